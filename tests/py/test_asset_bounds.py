"""S10, S11, S13: a body that is too long is refused before anybody reads all of it."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest
from pytest_django import Settings

from boards.uploads.bounds import bounded

PATHS = [
    f"/boards/{uuid4()}/assets",
    f"/api/boards/{uuid4()}/assets",
    "/boards/import",
    "/api/boards/import",
]


class Pages:
    """Reads a whole body as Django does, and answers with how long it was."""

    def __init__(self) -> None:
        self.read = 0
        self.gone = False

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                self.gone = True
                return
            self.read += len(message.get("body", b""))
            if not message.get("more_body"):
                break
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})


Answer = tuple[int, Any]


async def post(
    path: str, pages: Pages, parts: list[bytes], *headers: tuple[bytes, bytes]
) -> Answer:
    """What is answered, and its body as JSON."""
    left, sent = list(parts), []
    scope = {"type": "http", "method": "POST", "path": path, "headers": list(headers)}

    async def receive() -> dict[str, Any]:
        part = left.pop(0)
        return {"type": "http.request", "body": part, "more_body": bool(left)}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    await bounded(pages)(scope, receive, send)
    start, body = sent
    return start["status"], json.loads(body["body"] or b"null")


@pytest.fixture(autouse=True)
def low_limits(settings: Settings) -> None:
    settings.BOARDS_ASSET_BYTES_MAX = 100_000
    settings.BOARDS_IMPORT_BYTES_MAX = 100_000


@pytest.mark.parametrize("path", PATHS)
async def test_s13_a_length_that_is_too_much_is_refused_unread(path: str) -> None:
    pages = Pages()
    said = (b"content-length", b"200000"), (b"accept-language", b"ko")
    status, told = await post(path, pages, [], *said)
    assert (status, told["error"], pages.read) == (413, "too_big", 0)
    assert told["detail"]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("length", [None, b"10", b"nonsense"])
async def test_s13_and_who_says_less_is_stopped_while_sending(
    path: str, length: bytes | None
) -> None:
    pages = Pages()
    said = [(b"content-length", length)] if length else []
    status, told = await post(path, pages, [bytes(10_000)] * 20, *said)
    assert (status, told["error"], pages.gone) == (413, "too_big", True)
    assert pages.read <= 120_000


@pytest.mark.parametrize("path", [*PATHS, "/boards/", f"/boards/{uuid4()}/assets/from"])
async def test_what_is_short_enough_passes(path: str) -> None:
    pages = Pages()
    answer = await post(path, pages, [bytes(50_000)], (b"content-length", b"50000"))
    assert (answer, pages.read) == ((200, None), 50_000)
