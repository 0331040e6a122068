"""How long it takes to get the document of a full board, and how large it is."""

from __future__ import annotations

import http.client
import json
import time
from dataclasses import dataclass
from typing import Any

from .generator import generate
from .rows import OPENING_STROKES
from .system import HOST, Running

REPEATS = 5
FILL_SECONDS = 180
REQUEST_SECONDS = 30


@dataclass(frozen=True)
class Answer:
    status: int
    size: int
    encoding: str
    ms: float
    body: bytes


def fill(
    server: Running, board: str, cookie: str, strokes: int, known: dict[str, Any] | None = None
) -> dict[str, Any]:
    """Commits strokes to a board; `known` is the epoch and clock of one that is not empty."""
    plan = {
        "load": "fill",
        "target": {"host": HOST, "port": server.port, "system": "whiteboard"},
        "boards": [{"id": board, "cookies": [cookie], "drawers": 0, **(known or {})}],
        "strokes": strokes,
        "seed": 1,
    }
    return generate(plan, FILL_SECONDS)


def opening(
    server: Running, board: str, cookie: str, strokes: int = OPENING_STROKES
) -> dict[str, Any]:
    """Cold is the first request after a change of the board, warm any later one."""
    filled = fill(server, board, cookie, strokes)
    connection = http.client.HTTPConnection(HOST, server.port, timeout=REQUEST_SECONDS)
    try:
        first = _get(connection, board, cookie, "gzip")
        plain = _get(connection, board, cookie, "identity")
        warm = [_get(connection, board, cookie, "gzip") for _ in range(REPEATS * 2)]
        cold = []
        document = json.loads(plain.body)
        for more in range(REPEATS):
            known = {"epoch": document["epoch"], "since": document["clock"] + more}
            fill(server, board, cookie, 1, known)
            cold.append(_get(connection, board, cookie, "gzip"))
    finally:
        connection.close()
    wrong = [answer for answer in (first, plain, *warm, *cold) if answer.status != 200]
    if wrong or plain.encoding or first.encoding != "gzip":
        answers = [(answer.status, answer.encoding) for answer in (first, plain, *wrong)]
        raise RuntimeError(f"unexpected answers for the document: {answers}")
    return {
        "strokes": strokes,
        "fill_seconds": filled["seconds"],
        "plain": plain.size,
        "gzip": first.size,
        "first_ms": first.ms,
        "plain_ms": plain.ms,
        "warm_ms": [answer.ms for answer in warm],
        "cold_ms": [answer.ms for answer in cold],
    }


def _get(connection: http.client.HTTPConnection, board: str, cookie: str, encoding: str) -> Answer:
    headers = {"Cookie": cookie, "Accept-Encoding": encoding}
    begin = time.perf_counter()
    connection.request("GET", f"/boards/{board}/document", headers=headers)
    response = connection.getresponse()
    body = response.read()
    ms = (time.perf_counter() - begin) * 1000
    coding = response.getheader("Content-Encoding") or ""
    return Answer(response.status, len(body), coding, ms, body)
