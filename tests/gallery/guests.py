"""More people on a board, each with an open socket and no browser."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from http.cookiejar import CookieJar
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from boards.management.commands.board_client import live, zigzag

CURSOR = 1
NAMES = (
    *("Bob", "민지", "Charlotte-Amalie von Oldenburg", "José", "김하늘", "Zoë", "Ана", "Ola"),
    *(f"Guest {i}" for i in range(1, 40)),
)


def cookie_of(address: str, name: str) -> str:
    jar = CookieJar()
    web = build_opener(HTTPCookieProcessor(jar))
    web.addheaders = [("Origin", address)]
    page = web.open(f"{address}/").read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token, f"{address}/ does not ask for a nickname"
    form = urlencode({"name": name, "csrfmiddlewaretoken": token[1]}).encode()
    web.open(f"{address}/nickname/", form).close()
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar)


def join(address: str, board: str, name: str) -> ClientConnection:
    cookie = cookie_of(address, name)
    socket = connect(
        f"{address.replace('http', 'ws', 1)}/ws/boards/{board}/",
        origin=Origin(address),
        subprotocols=[Subprotocol("whiteboard.v1"), Subprotocol("whiteboard")],
        additional_headers={"Cookie": cookie},
        # Nobody reads what comes.
        ping_interval=None,
        max_queue=None,
    )
    socket.send(json.dumps({"type": "hello", "epoch": None, "since": 0, "schema": 2}))
    return socket


def points_at(socket: ClientConnection, x: float, y: float) -> None:
    """Others see this guest's pointer there."""
    socket.send(live(CURSOR, zigzag(0, round(x), round(y))))


@contextmanager
def guests(
    address: str, board: str, names: Sequence[str], places: Sequence[tuple[float, float]] = ()
) -> Iterator[None]:
    with ExitStack() as stay:
        sockets = [stay.enter_context(join(address, board, name)) for name in names]
        for socket, (x, y) in zip(sockets, places, strict=False):
            points_at(socket, x, y)
        yield
