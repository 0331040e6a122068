"""What comes is sent back: `/ws/echo/`, and the HTTP transports' echo links, for `/connection/`.

No board, no session and no right is needed, only a page of this site as Origin. The subprotocol
is `whiteboard.echo`; a handshake that doesn't offer it is refused. On a socket

1. the first message is the server's: `{"echo": "report", ...}`, what it received of this very
   handshake: `headers` (pairs, only those of `REPORTED`), `head` (bytes of the whole head),
   `offered` and `chosen` subprotocols, `address` as limits count it, `abort` (whether the server
   can do so), `limits`, `at` (ms since 1970);
2. then every message comes back byte for byte, text as text and binary as binary, but for two
   commands: the text `!echo close <code> <reason>` (1000 or 3000 to 4999; the reason has at most
   123 bytes) is answered with that close, `!echo abort` with a connection cut without a word. What
   only looks like a command comes back.

The limits are settings. Beyond them: 4413 a message too big, 4429 too many at once, too fast or
too much in all, 4408 nothing said for too long, 1000 the time is over.
"""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any, Final, Protocol

from .limits import counted_address
from .options import option
from .origins import headers_of
from .protocol import CloseCode

SUBPROTOCOL: Final = "whiteboard.echo"
ABORT: Final = "whiteboard.abort"
"""An extension of our own server: a message of this type cuts the connection without a word."""
REPORTED: Final = (
    *("host", "upgrade", "connection", "origin", "user-agent"),
    *("sec-websocket-key", "sec-websocket-version", "sec-websocket-protocol"),
    *("sec-websocket-extensions", "via", "forwarded", "x-real-ip"),
    *("x-forwarded-for", "x-forwarded-host", "x-forwarded-port", "x-forwarded-proto"),
)
"""Never cookies, never authorization."""
VALUE_LENGTH: Final = 500
CLOSE: Final = re.compile(r"!echo close (1000|[34]\d{3})(?: (.*))?", re.DOTALL)
REASON_BYTES: Final = 123
NORMAL: Final = 1000


class Outgoing(Protocol):
    """The way back, of a socket or of a link."""

    def text(self, frame: str, size: int) -> None: ...
    def binary(self, frame: bytes) -> None: ...
    def close(self, code: int) -> None: ...


class Echo:
    """Sends back what comes, at a rate, until enough has come."""

    def __init__(self, outbox: Outgoing, now: Callable[[], float] = time.monotonic) -> None:
        self._outbox = outbox
        self._now = now
        self._burst, self._rate = option("ECHO_MESSAGES")
        self._tokens = float(self._burst)
        self._at = now()
        self._left: int = option("ECHO_BYTES_IN_ALL")
        self.over = False

    async def receive(self, text: str | None, data: bytes | None) -> None:
        if self.over:
            return
        # No more than it takes to know; half a surrogate pair is no text, but has a length.
        most: int = option("ECHO_MESSAGE_BYTES")
        size = len((text or "")[: most + 1].encode(errors="surrogatepass")) or len(data or b"")
        self._left -= size
        if size > most:
            self._close(CloseCode.TOO_BIG)
        elif self._left < 0 or not self._has_token():
            self._close(CloseCode.TOO_FAST)
        elif data is not None:
            self._outbox.binary(data)
        elif text is not None:
            self._outbox.text(text, size)

    def end(self) -> None:
        self.over = True

    def _close(self, code: int) -> None:
        self._outbox.close(code)
        self.over = True

    def _has_token(self) -> bool:
        now = self._now()
        self._tokens = min(self._burst, self._tokens + (now - self._at) * self._rate)
        self._at = now
        if self._tokens < 1:
            return False
        self._tokens -= 1
        return True


class Places:
    """How many sockets there are at once, from each address and in this process (S15)."""

    def __init__(self) -> None:
        self._taken: Counter[str] = Counter()

    def has_room(self, address: str) -> bool:
        if self._taken.total() >= option("ECHO_PER_PROCESS"):
            return False
        most: int = option("ECHO_PER_ADDRESS")
        return self._taken[address] < most

    def take(self, address: str) -> bool:
        if not self.has_room(address):
            return False
        self._taken[address] += 1
        return True

    def give_back(self, address: str) -> None:
        self._taken[address] -= 1
        # Addresses of strangers are not kept.
        if self._taken[address] <= 0:
            del self._taken[address]


places = Places()


class EchoConsumer:
    """One echo socket: an ASGI application of its own, since it has nothing to do with boards."""

    def __init__(self) -> None:
        self._waiting: list[Mapping[str, Any]] = []
        self._open = False

    @classmethod
    def as_asgi(cls) -> Any:
        async def application(scope: Any, receive: Any, send: Any) -> None:
            await cls().serve(scope, receive, send)

        return application

    # -- what Echo sees of it; `_flush` sends it, and waits for a server that is held up ---------

    def text(self, frame: str, size: int) -> None:
        self._waiting.append({"type": "websocket.send", "text": frame})

    def binary(self, frame: bytes) -> None:
        self._waiting.append({"type": "websocket.send", "bytes": frame})

    def close(self, code: int, reason: str = "") -> None:
        if not self._open:
            return
        self._waiting.append({"type": "websocket.close", "code": int(code), "reason": reason})
        self._open = False

    # -- from handshake to end -------------------------------------------------------------------

    async def serve(self, scope: Any, receive: Any, send: Any) -> None:
        await receive()
        if not option("ECHO") or SUBPROTOCOL not in scope["subprotocols"]:
            await send({"type": "websocket.close", "code": 1008})
            return
        await send({"type": "websocket.accept", "subprotocol": SUBPROTOCOL})
        self._open = True
        address = address_of(scope)
        if not places.take(address):
            # Only after accepting: a refusal's reason reaches no page.
            self.close(CloseCode.TOO_FAST, "too many echo sockets at once")
            await self._flush(send)
            return
        try:
            self.text(json.dumps(report(scope, address)), 0)
            await self._flush(send)
            await self._talk(scope, receive, send)
        finally:
            places.give_back(address)

    async def _talk(self, scope: Any, receive: Any, send: Any) -> None:
        echo = Echo(self)
        loop = asyncio.get_running_loop()
        end = loop.time() + option("ECHO_LIFETIME_SECONDS")
        while self._open:
            silent = loop.time() + option("ECHO_IDLE_SECONDS")
            try:
                async with asyncio.timeout_at(min(end, silent)):
                    message = await receive()
            except TimeoutError:
                self.close(NORMAL if end < silent else CloseCode.TOO_SLOW)
                await self._flush(send)
                return
            if message["type"] != "websocket.receive":
                return
            if not await self._obey(scope, message.get("text"), send):
                await echo.receive(message.get("text"), message.get("bytes"))
            await self._flush(send)

    async def _obey(self, scope: Any, text: str | None, send: Any) -> bool:
        """Whether it was a command."""
        if text is None or not text.startswith("!echo "):
            return False
        if text == "!echo abort" and can_abort(scope):
            await send({"type": ABORT})
            self._open = False
            return True
        found = CLOSE.fullmatch(text)
        reason = (found and found[2]) or ""
        if found is None or len(reason.encode(errors="surrogatepass")) > REASON_BYTES:
            return False
        self.close(int(found[1]), reason)
        return True

    async def _flush(self, send: Any) -> None:
        while self._waiting:
            await send(self._waiting.pop(0))


def report(scope: Mapping[str, Any], address: str) -> dict[str, Any]:
    """What the server received of this handshake."""
    return {
        "echo": "report",
        "headers": reported(headers_of(dict(scope))),
        "head": head_bytes(scope),
        "offered": list(scope["subprotocols"]),
        "chosen": SUBPROTOCOL,
        "address": address,
        "abort": can_abort(scope),
        "limits": {"message": option("ECHO_MESSAGE_BYTES"), "idle": option("ECHO_IDLE_SECONDS")},
        "at": int(time.time() * 1000),
    }


def reported(headers: Mapping[str, str]) -> list[tuple[str, str]]:
    """The pairs that may be told, in a fixed order; names in small letters."""
    return [(name, headers[name][:VALUE_LENGTH]) for name in REPORTED if name in headers]


def head_bytes(scope: Mapping[str, Any]) -> int:
    """How long the request's head was: its line, its headers, the empty line."""
    target = len(scope.get("raw_path") or scope["path"].encode())
    query = len(scope.get("query_string") or b"")
    line = len("GET  HTTP/1.1\r\n") + target + (query + 1 if query else 0)
    return line + sum(len(name) + len(value) + 4 for name, value in scope["headers"]) + 2


def can_abort(scope: Mapping[str, Any]) -> bool:
    return ABORT in scope.get("extensions", {})


def address_of(scope: Mapping[str, Any]) -> str:
    remote = (scope.get("client") or ("",))[0]
    return counted_address(remote, headers_of(dict(scope)).get("x-forwarded-for", ""))
