"""The proof that docs/protocol.md is enough: a client written from it alone, on a real server."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command

from cluster.processes import free_port

from .test_first_start import ROOT, START_SECONDS, environment, wait_until_healthy

MANAGE = [sys.executable, str(ROOT / "manage.py")]
STAY_SECONDS = 60
"""Who watches is ended by the test; this only bounds a test that hangs."""


class Ann:
    """Somebody with a browser: opens a board and reads its document."""

    def __init__(self, origin: str) -> None:
        self.web = build_opener(HTTPCookieProcessor(CookieJar()))
        self.origin = origin
        self.post("/nickname/", name="Ann")
        self.board = self.post("/boards/")

    def post(self, path: str, **fields: str) -> str:
        """Where it leads."""
        page = self.web.open(f"{self.origin}/").read().decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert token
        body = urlencode({**fields, "csrfmiddlewaretoken": token[1]}).encode()
        return str(self.web.open(self.origin + path, body).geturl())

    def elements(self) -> dict[str, dict[str, Any]]:
        document: dict[str, dict[str, Any]] = json.load(self.web.open(f"{self.board}document"))
        return document["elements"]


class Client:
    """`manage.py board_client` as a process of its own; `said` is what it has printed."""

    def __init__(self, board: str, env: dict[str, str], name: str, seconds: float) -> None:
        self.process = subprocess.Popen(
            [*MANAGE, "board_client", board, "--name", name, "--seconds", str(seconds)],
            env=env,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.said: list[str] = []

    def hear(self, pattern: str) -> str:
        """What the pattern's group holds in the next line that fits; pytest bounds the wait."""
        assert self.process.stdout
        for line in self.process.stdout:
            self.said.append(line.rstrip())
            if found := re.fullmatch(pattern, self.said[-1]):
                return found[1]
        pytest.fail(f"never said {pattern!r}, but:\n" + "\n".join(self.said))

    def end(self) -> None:
        """Idempotent, and by its own process only."""
        if self.process.poll() is None:
            self.process.terminate()
        self.process.communicate(timeout=START_SECONDS)


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    return {**environment(), "STATE_DIR": str(tmp_path), "PYTHONUNBUFFERED": "1"}


@pytest.fixture
def ann(env: dict[str, str], tmp_path: Path) -> Iterator[Ann]:
    """On a board of a server whose state is this test's own."""
    subprocess.run([*MANAGE, "migrate", "--verbosity", "0"], env=env, check=True)
    port = free_port()
    command = [*MANAGE, "runserver", "--noreload", f"127.0.0.1:{port}"]
    with (tmp_path / "server.log").open("w") as log:
        server = subprocess.Popen(command, env=env, stdout=log, stderr=subprocess.STDOUT)
        try:
            wait_until_healthy(server, port)
            yield Ann(f"http://127.0.0.1:{port}")
        finally:
            server.terminate()
            server.wait(timeout=START_SECONDS)


@pytest.fixture
def clients(ann: Ann, env: dict[str, str]) -> Iterator[tuple[Client, Client]]:
    """The first is on the board for long; the second comes when the first has drawn."""
    first = Client(ann.board, env, "First", STAY_SECONDS)
    second = None
    try:
        first.hear(r"drew: (\S+)")
        second = Client(ann.board, env, "둘째", seconds=2)
        yield first, second
    finally:
        for client in filter(None, (first, second)):
            client.end()


def test_a_stroke_of_a_foreign_client_is_seen_growing_and_stored(
    ann: Ann, clients: tuple[Client, Client]
) -> None:
    first, second = clients
    key = second.hear(r"drew: (\S+)")
    slot = first.hear(r"live: start of (\d+), .*")
    first.hear(rf"live: (points) of {slot}, .*")
    author = first.hear(rf"commit: 2 by (\d+): put {key}")
    assert second.hear(rf"commit: 2 by (\d+): put {key}") == author
    second.hear(r"(left): at clock 2")
    assert second.process.wait(timeout=START_SECONDS) == 0
    first.hear(rf'people: .*"left": \[({slot})\].*')
    stroke = ann.elements()[key]
    assert (stroke["kind"], stroke["color"], stroke["author"]) == ("stroke", "teal", int(author))
    welcome = next(line for line in second.said if line.startswith("welcome: "))
    assert "First" in welcome
    assert "둘째" in welcome


def test_a_server_that_is_not_there_is_told_in_a_sentence() -> None:
    with pytest.raises(CommandError, match="Connection refused"):
        call_command("board_client", f"http://127.0.0.1:{free_port()}/boards/{uuid4()}/")
