"""How daphne is started, the same in development and in production."""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

import twisted.web.http
from daphne.http_protocol import HTTPFactory
from daphne.server import Server
from daphne.ws_protocol import WebSocketFactory, WebSocketProtocol
from django.conf import settings

from boards.echo import ABORT
from boards.floods import FrameFlood
from boards.plain_requests import CAN_BE_READ, PlainChannel
from boards.protocol import FRAME_BYTES, CloseCode

PING_INTERVAL = 10
PING_TIMEOUT = 15
"""Seconds. Together they notice a peer that vanished without a word within 30 s."""

MESSAGE_BYTES_MAX = FRAME_BYTES
"""Beyond it daphne cuts the connection; up to it the consumer says what was too big (S13)."""


class BoardServer(Server):
    """Daphne with our limits, whoever starts it."""

    def __init__(self, **options: Any) -> None:
        limits = {
            "ping_interval": PING_INTERVAL,
            "ping_timeout": PING_TIMEOUT,
            "websocket_max_message_size": MESSAGE_BYTES_MAX,
            "websocket_max_frame_size": MESSAGE_BYTES_MAX,
        }
        super().__init__(**{**options, **limits})

    def run(self) -> None:
        # daphne makes its factory itself, and that its sockets.
        WebSocketFactory.protocol = BoundedSocket
        _spare_each_request()
        if self._may_be_plain():
            PlainChannel.beginnings = _many()
            HTTPFactory.protocol = PlainChannel
        super().run()

    def _may_be_plain(self) -> bool:
        """Not where daphne is asked to log or to judge each request, or speaks TLS itself."""
        asked = self.action_logger or self.http_timeout or self.proxy_forwarded_address_header
        plain = all(str(one).startswith("tcp:") for one in self.endpoints)
        return CAN_BE_READ and plain and not asked

    def create_application(self, protocol: Any, scope: dict[str, Any]) -> Any:
        """Tells applications what this server can do beside ASGI."""
        if scope["type"] == "websocket":
            scope.setdefault("extensions", {})[ABORT] = {}
        return super().create_application(protocol, scope)

    async def handle_reply(self, protocol: Any, message: dict[str, Any]) -> None:
        if message["type"] == ABORT:
            protocol.dropConnection(abort=True)
        elif message["type"] == "websocket.close" and protocol.state == protocol.STATE_OPEN:
            _hang_up_gently(protocol)
            # daphne passes on the code alone.
            protocol.sendClose(code=message.get("code"), reason=message.get("reason") or None)
        else:
            await super().handle_reply(protocol, message)


def _many() -> tuple[bytes, ...]:
    """How requests begin of which there are many."""
    static = urlsplit(settings.STATIC_URL or "").path.encode()
    polls = (b"POST /live/send ", b"GET /live/poll?")
    return (*polls, b"GET " + static) if static.startswith(b"/") else polls


def _spare_each_request() -> None:
    """A tenth of what a POST of the HTTP transports costs, of which there may be 600 a second."""
    # Twisted makes an e-mail message of each request's content type, of which there are a few.
    web: Any = twisted.web.http
    # Its own affair: a version without it is only as slow as that makes it.
    parse = getattr(web, "_parseContentType", None)
    if parse and not hasattr(parse, "cache_info"):
        web._parseContentType = lru_cache(maxsize=64)(parse)
    # It also writes a line for each request, to a log that daphne has led to nowhere.
    HTTPFactory.log = _log_nothing


def _log_nothing(factory: Any, request: Any) -> None:
    pass


class BoundedSocket(WebSocketProtocol):
    """autobahn answers pings and gathers fragments below every consumer: they are counted here."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._flood = FrameFlood()
        self._flooded = False

    def onFrameBegin(self) -> None:  # noqa: N802  # autobahn calls it so
        frame = self.current_frame
        why = self._flood.refuses(frame.opcode, frame.length, fin=frame.fin)
        if why and self.state == self.STATE_OPEN:
            self.sendClose(code=int(CloseCode.TOO_FAST), reason=why)
            self._flooded = True
        super().onFrameBegin()

    def consumeData(self) -> None:  # noqa: N802  # autobahn calls it so
        """Whoever was told to go is not listened to: autobahn cuts the connection in a second."""
        if self._flooded:
            self.data = b""
        else:
            super().consumeData()

    def processData(self) -> bool:  # noqa: N802  # autobahn calls it so
        return not self._flooded and bool(super().processData())


def _hang_up_gently(protocol: Any) -> None:
    """autobahn resets the connection after a clean goodbye, and browsers call that unclean."""
    drop = protocol.dropConnection
    protocol.dropConnection = lambda abort=False: drop(abort=abort and not protocol.wasClean)
