"""Frames over a WebSocket."""

from __future__ import annotations

from typing import Final

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidMessage, InvalidStatus
from websockets.typing import Origin, Subprotocol

from boards.client.errors import AnswerError, EndedError
from boards.client.site import Site

SUBPROTOCOLS: Final = (Subprotocol("whiteboard.v1"), Subprotocol("whiteboard"))
OPEN_SECONDS: Final = 10.0
CLOSE_SECONDS: Final = 1.0
LOST: Final = 1006
FRAME_BYTES: Final = 256 * 1024
"""The longest frame that a server sends."""


class WebSocket:
    """See the module."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket

    async def send(self, frame: str | bytes) -> None:
        try:
            await self._socket.send(frame)
        except ConnectionClosed as closed:
            raise _ended(closed) from closed

    async def receive(self) -> str | bytes:
        try:
            return await self._socket.recv()
        except ConnectionClosed as closed:
            raise _ended(closed) from closed

    async def close(self) -> None:
        await self._socket.close()

    def abort(self) -> None:
        self._socket.transport.abort()


async def open_websocket(site: Site) -> WebSocket:
    headers = dict(site.headers)
    origin = headers.pop("Origin", None)
    try:
        socket = await connect(
            site.socket_url,
            origin=None if origin is None else Origin(origin),
            subprotocols=SUBPROTOCOLS,
            additional_headers=headers,
            open_timeout=OPEN_SECONDS,
            close_timeout=CLOSE_SECONDS,
            # The session asks by itself, and sooner where it matters.
            ping_interval=None,
            compression=None,
            proxy=None,
            max_size=FRAME_BYTES,
        )
    except InvalidStatus as refused:
        raise AnswerError("the WebSocket's opening", refused.response.status_code) from refused
    except (InvalidHandshake, InvalidMessage, EOFError) as error:
        raise ConnectionError(f"no WebSocket: {type(error).__name__}") from error
    return WebSocket(socket)


def _ended(closed: ConnectionClosed) -> EndedError:
    return EndedError(closed.rcvd.code if closed.rcvd else LOST, str(closed))
