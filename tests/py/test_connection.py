"""The connection page, the frame without an origin, and what the server saw (S1, S23)."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from hashlib import sha256

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from boards.connection.proxies import PROXIES

NAME = "a-handshake-of-its-own"


@pytest.fixture(autouse=True)
def forgotten() -> None:
    cache.clear()


@pytest.mark.django_db
def test_the_page_is_for_everybody_and_brings_the_lines(client: Client) -> None:
    text = client.get("/connection/").content.decode()
    found = re.search(r'id="connection-config" type="application/json">(.*?)</script>', text)
    assert found is not None
    config = json.loads(found[1])
    assert config["proxies"]["nginx"]["lines"] == PROXIES["nginx"].lines
    assert config["proxies"]["apache"]["whole"] == PROXIES["apache"].configuration()
    assert config["echo"] is True


@pytest.mark.django_db
def test_s23_its_policy_is_that_of_all_pages_but_for_its_own_frame(client: Client) -> None:
    home, page = (client.get(path)["Content-Security-Policy"] for path in ("/", "/connection/"))
    assert sorted(page.split("; ")) == sorted([*home.split("; "), "frame-src 'self'"])


def test_s23_the_frame_may_nothing_but_run_its_script_and_open_sockets(client: Client) -> None:
    answer = client.get("/connection/frame/")
    policy = answer["Content-Security-Policy"]
    scripts = re.findall(r"<script>(.*?)</script>", answer.content.decode(), re.DOTALL)
    assert len(scripts) == 1
    digest = b64encode(sha256(scripts[0].encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'self'" in policy
    assert "sandbox allow-scripts;" in policy
    assert answer["X-Frame-Options"] == "SAMEORIGIN"


def test_what_the_server_saw_is_told_without_secrets(client: Client) -> None:
    client.cookies["session"] = "secret"
    seen = client.get(
        "/connection/seen/?origin=http://testserver",
        headers={"Host": "testserver", "Authorization": "Bearer secret", "Via": "1.1 somebody"},
    )
    assert seen.json()["accepts"] is True
    assert seen.json()["host"] == "testserver"
    assert ["via", "1.1 somebody"] in seen.json()["headers"]
    assert "secret" not in seen.content.decode()


def test_s1_it_knows_which_pages_get_sockets(client: Client, settings: Settings) -> None:
    def accepts(origin: str) -> bool:
        told = client.get("/connection/seen/", {"origin": origin}, headers={"Host": "testserver"})
        return bool(told.json()["accepts"])

    assert not accepts("https://testserver")
    assert not accepts("null")
    assert not accepts("")
    settings.PUBLIC_ORIGINS = ["https://board.example"]
    assert accepts("https://board.example")
    assert not accepts("http://testserver")


def test_a_handshake_without_its_upgrade_is_remembered_for_its_page(client: Client) -> None:
    def plain(name: str) -> object:
        return client.get("/connection/seen/", {"try": name}).json()["plain"]

    assert plain(NAME) is None
    answer = client.get(f"/ws/echo/?try={NAME}", headers={"Sec-WebSocket-Key": "abc"})
    assert answer.status_code == 426
    assert answer.json() == {"error": "upgrade"}
    assert ["sec-websocket-key", "abc"] in plain(NAME)  # type: ignore[operator]  # it is a list
    assert plain("another-handshake-of-its-own") is None


def test_s14_not_more_of_them_than_the_limit(client: Client, settings: Settings) -> None:
    settings.BOARDS_LIMIT_ECHO_TRIES = (1, 0.001)
    for number in range(2):
        client.get(f"/ws/echo/?try={NAME}-{number}")
    told = [
        client.get("/connection/seen/", {"try": f"{NAME}-{number}"}).json()["plain"]
        for number in range(2)
    ]
    assert told[0] is not None
    assert told[1] is None


@pytest.mark.django_db
def test_an_echo_that_is_switched_off_is_told(client: Client, settings: Settings) -> None:
    settings.BOARDS_ECHO = False
    assert '"echo": false' in client.get("/connection/").content.decode()
