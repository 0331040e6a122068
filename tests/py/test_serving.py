"""Daphne has our limits, whoever starts it (S13, S16)."""

from __future__ import annotations

import pytest
from daphne.server import Server
from django.core.management import CommandError, call_command
from pytest_django import Settings

from boards.management.commands.runserver import Command as Runserver
from boards.protocol import FRAME_BYTES
from boards.serving import BoardServer


def test_our_limits_hold_whatever_daphnes_commands_ask_for() -> None:
    server: Server = BoardServer(
        application=None, endpoints=["unused"], websocket_max_message_size=2**30, ping_timeout=30
    )
    assert server.websocket_max_message_size == FRAME_BYTES
    assert server.websocket_max_frame_size == FRAME_BYTES
    assert server.ping_interval + server.ping_timeout < 30


def test_runserver_starts_that_server() -> None:
    assert Runserver.server_cls is BoardServer


def test_serve_refuses_to_run_with_development_settings(settings: Settings) -> None:
    settings.DEBUG = True
    with pytest.raises(CommandError, match="DEBUG=0"):
        call_command("serve")
