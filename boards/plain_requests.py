"""Requests of which there are many, read and answered without Twisted's and daphne's own classes.

Those take nine tenths of what a POST or a poll costs: a line, a header and a write at a time. Read
here is only what has come in one piece and looks as browsers send it; the rest is left to them, and
so is everything about connections. The application is the same and is told the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, Final, NamedTuple
from urllib.parse import unquote

import twisted.web.http
from twisted.web.http import NO_BODY_CODES, RESPONSES

HEAD_BYTES: Final = 16 * 1024
"""Of which Twisted refuses more."""
HEADERS_MAX: Final = 100
GONE: Final = "whiteboard.gone"
"""Tells by a call that the client has gone: without it each held poll needs a task that waits."""
_line_of: Final = re.compile(rb"(GET|POST) (/[!-\"$-~]*) HTTP/1\.1").fullmatch
# No line that goes on in the next, nothing that daphne refuses, nothing that ends a line elsewhere.
_are_headers: Final = re.compile(
    rb"(?:[!#$%%&'*+.^`|~0-9A-Za-z-]+:[\t -~\xa0-\xff]*\r\n){1,%d}" % HEADERS_MAX
).fullmatch
_is_length: Final = re.compile(rb"[0-9]{1,6}").fullmatch
NOT_PLAIN: Final = frozenset(
    {b"transfer-encoding", b"upgrade", b"expect", b"te", b"trailer", b"daphne-root-path"}
)
"""Headers that have something to say to a server."""

# Its methods are without types.
_HTTPChannel: Any = twisted.web.http.HTTPChannel

CAN_BE_READ: Final = hasattr(_HTTPChannel(), "_handlingRequest")
"""Whether this Twisted says so of its connections, which is its own affair."""

Headers = list[tuple[bytes, bytes]]


class Plain(NamedTuple):
    """A whole request."""

    method: str
    target: bytes
    headers: Headers
    body: bytes


def plain(data: bytes) -> Plain | None:
    """The request that this is, no more and no less; None where that takes more than a look."""
    begun, ended = data.find(b"\r\n"), data.find(b"\r\n\r\n", 0, HEAD_BYTES)
    line = _line_of(data, 0, begun) if 0 < begun < ended else None
    known = _known(data[begun + 2 : ended + 2]) if line is not None else None
    if line is None or known is None or len(data) - ended - 4 != (known.length or 0):
        return None
    if known.length is not None and line[1] == b"GET":
        return None
    return Plain(line[1].decode(), line[2], [*known.headers], data[ended + 4 :])


class _Known(NamedTuple):
    headers: Headers
    length: int | None
    """Of the body, where it is said."""


# A connection's requests have the same ones, as long as what they carry is of one length.
@lru_cache(maxsize=256)
def _known(block: bytes) -> _Known | None:
    if not _are_headers(block):
        return None
    lines = [line.partition(b":") for line in block[:-2].split(b"\r\n")]
    headers = [(name.lower(), value.strip(b"\t ")) for name, _, value in lines]
    said = dict(headers)
    if not NOT_PLAIN.isdisjoint(said) or said.get(b"connection", b"keep-alive") != b"keep-alive":
        return None
    lengths = [value for name, value in headers if name == b"content-length"]
    if not lengths:
        return _Known(headers, None)
    return (
        _Known(headers, int(lengths[0])) if len(lengths) == 1 and _is_length(lengths[0]) else None
    )


class PlainRequest:
    """One of them, with what daphne's server asks of a request."""

    def __init__(self, channel: PlainChannel, request: Plain) -> None:
        self._channel = channel
        self._server = channel.factory.server
        self._head: list[bytes] | None = None
        self._chunked = False
        self._news: Any = None
        """What the application hears of."""
        self._at_gone: Callable[[], None] | None = None
        self._server.protocol_connected(self)
        path, _, query = request.target.partition(b"?")
        client, server = channel.addresses
        scope = {
            "type": "http",
            "http_version": "1.1",
            "method": request.method,
            "path": unquote(path.decode("ascii")),
            "raw_path": path,
            "root_path": self._server.root_path,
            "scheme": "http",
            "query_string": query,
            "headers": request.headers,
            "client": client,
            "server": server,
            "extensions": {GONE: {"tells": self._tells}},
        }
        self._news = self._server.create_application(self, scope)
        self._news.put_nowait({"type": "http.request", "body": request.body, "more_body": False})

    # -- what the application says -----------------------------------------------------------------

    def handle_reply(self, message: Mapping[str, Any]) -> None:
        match message["type"]:
            case "http.response.start":
                self._begin(message["status"], message.get("headers", ()))
            case "http.response.body":
                self._go_on(message.get("body", b""), more=message.get("more_body", False))
            case unknown:
                raise ValueError(f"an answer has no {unknown}")

    def _begin(self, status: int, headers: Any) -> None:
        if self._head is not None:
            raise ValueError("an answer begins once")
        lines = [b"HTTP/1.1 %d %b" % (status, RESPONSES.get(status, b"Unknown"))]
        lines += [b"%b: %b" % pair for pair in headers]
        if self._server.server_name:
            lines.append(b"server: " + self._server.server_name.encode())
        if any(b"\n" in line or b"\r" in line for line in lines):
            raise ValueError("a header is one line")
        self._chunked = status not in NO_BODY_CODES and all(
            name.lower() != b"content-length" for name, _ in headers
        )
        if self._chunked:
            lines.append(b"transfer-encoding: chunked")
        self._head = [*lines, b"\r\n"]

    def _go_on(self, body: bytes, *, more: bool) -> None:
        if self._head is None:
            raise ValueError("an answer begins with its head")
        if self._chunked:
            body = b"%x\r\n%b\r\n" % (len(body), body) if body else b""
            body += b"" if more else b"0\r\n\r\n"
        # The head goes with the first of it: one piece is one call of the system.
        self._channel.write_now(b"\r\n".join(self._head) + body if self._head else body)
        self._head = []
        if not more:
            self._is_over()
            self._channel.requestDone(self)

    # -- what the server says ----------------------------------------------------------------------

    def basic_error(self, status: int, status_text: bytes, body: str) -> None:
        text = body.encode()
        if self._head is None:
            self._begin(status, [(b"content-length", b"%d" % len(text))])
            self._go_on(text, more=False)
        else:
            # Half an answer must not look like a whole one.
            self._channel.transport.abortConnection()

    def handle_exception(self, exception: Exception) -> None:
        self.basic_error(500, b"Internal Server Error", "Internal Server Error")

    def check_timeouts(self) -> None:
        """There are none where these requests are taken."""

    def connectionLost(self, reason: object) -> None:  # noqa: N802  # Twisted calls it so
        self._is_over()
        if self._at_gone is not None:
            self._at_gone()

    def _tells(self, at_gone: Callable[[], None] | None) -> None:
        self._at_gone = at_gone

    def _is_over(self) -> None:
        if self._news is not None:
            self._news.put_nowait({"type": "http.disconnect"})
        self._server.protocol_disconnected(self)


class PlainChannel(_HTTPChannel):
    """A connection. What isn't plain is read as ever."""

    beginnings: tuple[bytes, ...] = ()
    """Of the requests that are looked at, with their method."""
    transport: Any

    def connectionMade(self) -> None:  # noqa: N802  # Twisted calls it so
        super().connectionMade()
        peer, host = self.transport.getPeer(), self.transport.getHost()
        self.addresses = [str(peer.host), peer.port], [str(host.host), host.port]

    def dataReceived(self, data: bytes) -> None:  # noqa: N802  # Twisted calls it so
        if self.requests or not self.line_mode or not self.persistent:
            super().dataReceived(data)
            return
        data = self.clearLineBuffer() + data
        request = plain(data) if data.startswith(self.beginnings) else None
        if request is None:
            super().dataReceived(data)
            return
        self.resetTimeout()
        # From here on this connection is in the state of one whose request Twisted has read.
        self._handlingRequest = True
        self.setRawMode()
        begun = PlainRequest(self, request)
        self.requests.append(begun)

    def timeoutConnection(self) -> None:  # noqa: N802  # Twisted calls it so
        """Of a client that asks nothing, or not to the end. Stopping the clock for each request
        would cost more than to look here whether one is being answered."""
        if self._handlingRequest:
            self.setTimeout(self.timeOut)
        else:
            super().timeoutConnection()

    def write_now(self, data: bytes) -> None:
        """At once where nothing waits before it: Twisted would write in the next turn of the loop,
        and tell the selector before and after."""
        sent = 0
        transport = self.transport
        # Its own affair: a version without it is only as slow as that makes it.
        waits = getattr(transport, "_tempDataBuffer", True)
        if not waits and not transport.dataBuffer and transport.connected:
            done = transport.writeSomeData(data)
            # What is no number is a lost connection, which the next writing finds out as well.
            sent = done if isinstance(done, int) else 0
        if sent < len(data):
            transport.write(data[sent:])
