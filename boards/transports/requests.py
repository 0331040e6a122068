"""The ASGI application below `/live/`: reads requests about links and answers them.

It stands before Django, whose middleware would send every request through the one thread that all
synchronous code shares: a slow page would delay every stroke.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Annotated, Any, Final, NamedTuple
from urllib.parse import parse_qs
from uuid import UUID

import msgspec
from django.db import DatabaseError

from boards.echo import SUBPROTOCOL as ECHO_PROTOCOL
from boards.echo import address_of, places
from boards.link import Credentials, Link, protocol_of
from boards.options import option
from boards.origins import headers_of, is_allowed
from boards.outbox import Send
from boards.plain_requests import GONE
from boards.protocol import FRAME_BYTES
from boards.rooms import NotRegisteredError, rooms_here

from .distant import DistantLink, DistantReader, UnreachableError
from .echoes import EchoLink
from .held import AheadError, BadFramesError, Batch, GoneError, Handler, HeldLink, Reader
from .links import TooManyLinksError, links_here

log = logging.getLogger(__name__)

PREFIX: Final = "/live/"
BODY_BYTES: Final = FRAME_BYTES
"""As long as a frame of a socket may be; a POST carries some of them (S13)."""
FRAMES_MAX: Final = 1024
"""Of one POST: taken in one step, during which nobody else is heard."""
WAIT_SECONDS: Final = 25.0
"""A poll is held so long at most: proxies cut answers that take 30 s."""
GATHER_SECONDS: Final = 0.025
"""Polls of one link are answered so far apart at least; the first after a silence at once, and what
is durable too."""
POLLS_PER_SECOND: Final = 600
"""Of all links here: each costs some 0.3 ms, and near the end of a core everybody waits longer than
by gathering."""
GATHER_SECONDS_MOST: Final = 0.1
"""Beyond it what others draw would come in steps."""
COMMENT_SECONDS: Final = 5.0
"""A silent stream says so often that it lives, as sockets are pinged."""
SILENT_STREAM_SECONDS: Final = 10.0
"""Who has sent nothing for so long has to connect its stream again: it may be gone. With the time
that its link then has left this is noticed within 30 s (F2)."""
PADDING: Final = b": " + b" " * 2048 + b"\n\n"
"""Proxies that gather small pieces show themselves by keeping even this."""
LINK_HEADER: Final = "x-whiteboard-link"
HEADERS: Final = (
    (b"cache-control", b"no-store, no-transform"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
    (b"cross-origin-resource-policy", b"same-origin"),
)

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Answer = dict[str, Any]

ECHO: Final = "echo/"
BOARD: Final = re.compile(r"boards/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})/")


class Offer(msgspec.Struct, forbid_unknown_fields=True):
    """The body of an opening."""

    protocols: list[str]


class Sent(msgspec.Struct, forbid_unknown_fields=True):
    """The body of a sending."""

    first: Annotated[int, msgspec.Meta(ge=1, le=2**53)]
    frames: Annotated[list[msgspec.Raw], msgspec.Meta(max_length=FRAMES_MAX)]


class RefusedError(Exception):
    """A request that is answered with an error."""

    def __init__(self, status: int, error: str, **more: Any) -> None:
        super().__init__(error)
        self.status = status
        self.answer = {"error": error, **more}


class Request(NamedTuple):
    """What has been asked for."""

    scope: Scope
    receive: Receive
    send: Send
    path: str
    headers: Mapping[str, str]

    def needs(self, method: str) -> None:
        if self.scope["method"] != method:
            raise RefusedError(405, "method")

    def numbers(self, *names: str) -> list[float]:
        """Numbers of the query, 0 where there is none."""
        found = parse_qs(self.scope["query_string"].decode("latin-1"))
        return [_number(found[name][0]) if name in found else 0 for name in names]

    @property
    def link(self) -> str:
        return self.headers.get(LINK_HEADER, "")

    async def body(self) -> bytes:
        """All of a JSON body."""
        if self.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
            raise RefusedError(415, "content-type")
        parts: list[bytes] = []
        size = 0
        while True:
            message = await self.receive()
            if message["type"] != "http.request":
                raise RefusedError(400, "broken off")
            parts.append(message.get("body", b""))
            size += len(parts[-1])
            if size > BODY_BYTES:
                raise RefusedError(413, "too big")
            if not message.get("more_body"):
                return b"".join(parts)

    async def answer(self, status: int, answer: Answer | bytes) -> None:
        body = answer if isinstance(answer, bytes) else msgspec.json.encode(answer)
        headers = [
            *HEADERS,
            (b"content-type", b"application/json"),
            (b"content-length", str(len(body)).encode()),
        ]
        if status == 503:
            headers.append((b"retry-after", b"1"))
        await self.send({"type": "http.response.start", "status": status, "headers": headers})
        await self.send({"type": "http.response.body", "body": body})


def _number(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = -1
    if not 0 <= number <= 2**53:
        raise RefusedError(400, "a number is none")
    return number


async def live(scope: Scope, receive: Receive, send: Send) -> None:
    """The application."""
    request = Request(scope, receive, send, _path(scope).removeprefix(PREFIX), headers_of(scope))
    if scope["method"] == "POST":
        await _answer(request)
    elif request.path == "poll":
        await _answer_poll(request)
    else:
        await _answer_beside(request)


async def _answer_poll(request: Request) -> None:
    """As `_answer_beside`, for less: of polls there are many, and one can begin again."""
    try:
        await _answer(request)
    except asyncio.CancelledError:
        rooms = rooms_here()
        if rooms.stopping:
            await _until_stopped(rooms.in_background(_answer(request)))
        raise


async def _answer_beside(request: Request) -> None:
    """In a task of its own: daphne cancels what is under way when it stops, and the answers that
    say so are still to be given."""
    answering = rooms_here().in_background(_answer(request))
    try:
        await asyncio.shield(answering)
    except asyncio.CancelledError:
        await _until_stopped(answering)
        raise


async def _until_stopped(answering: asyncio.Task[None]) -> None:
    rooms = rooms_here()
    if rooms.stopping:
        await rooms.stop()
    answering.cancel()


async def _answer(request: Request) -> None:
    try:
        await _dispatch(request)
    except RefusedError as refused:
        await request.answer(refused.status, refused.answer)
    except GoneError:
        await request.answer(410, {"error": "gone"})
    except AheadError as ahead:
        await request.answer(409, {"error": "ahead", "received": ahead.received})
    except BadFramesError as bad:
        await request.answer(400, {"error": "frames", "why": str(bad)})
    except UnreachableError:
        await request.answer(503, {"error": "unreachable"})
    except (DatabaseError, NotRegisteredError) as error:
        log.warning("no link can be opened: %s", error)
        await request.answer(503, {"error": "database"})


async def _dispatch(request: Request) -> None:
    # Only pages send it, with all but plain reading; a foreign one is not to be answered (S1).
    if "origin" in request.headers and not is_allowed(dict(request.headers)):
        raise RefusedError(403, "origin")
    match request.path:
        case "events":
            request.needs("GET")
            await _stream(request)
        case "poll":
            request.needs("GET")
            await _poll(request)
        case "send":
            request.needs("POST")
            await _take(request)
        case "close":
            request.needs("POST")
            await (await _link(request)).end()
            await request.answer(200, {})
        case path:
            await _open(request, path)


# -- opening ---------------------------------------------------------------------------------------


async def _open(request: Request, path: str) -> None:
    if path == ECHO and option("ECHO"):
        await _open_echo(request)
        return
    board = BOARD.fullmatch(path)
    if board is None:
        raise RefusedError(404, "nothing here")
    request.needs("POST")
    if not is_allowed(dict(request.headers)):
        raise RefusedError(403, "origin")
    protocol = protocol_of(_offered(await request.body()))
    if protocol is None:
        raise RefusedError(400, "protocols")

    credentials = Credentials.of(request.scope)

    async def enter(send: Send) -> Handler:
        link = Link(send, rooms_here())
        try:
            await link.enter(UUID(board[1]), protocol, credentials)
        except BaseException:
            link.end()
            raise
        return link

    await _opened(request, credentials.address, enter, protocol)


async def _open_echo(request: Request) -> None:
    """For whoever has a page of this site, signed in or not."""
    request.needs("POST")
    if not is_allowed(dict(request.headers)):
        raise RefusedError(403, "origin")
    if ECHO_PROTOCOL not in _offered(await request.body()):
        raise RefusedError(400, "protocols")
    address = address_of(request.scope)
    too_many = RefusedError(429, "too many links")
    if not places.has_room(address):
        raise too_many

    async def enter(send: Send) -> Handler:
        # Others may have come while the link was made.
        if not places.take(address):
            raise too_many
        return EchoLink(send, address)

    await _opened(request, address, enter, ECHO_PROTOCOL)


async def _opened(
    request: Request, address: str, enter: Callable[[Send], Awaitable[Handler]], protocol: str
) -> None:
    try:
        name = await links_here().open(address, enter)
    except TooManyLinksError as error:
        raise RefusedError(429 if error.of_address else 503, "too many links") from None
    await request.answer(200, {"link": name, "protocol": protocol})


def _offered(body: bytes) -> list[str]:
    try:
        return msgspec.json.decode(body, type=Offer).protocols
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise RefusedError(400, "body", why=str(error)[:200]) from None


async def _link(request: Request) -> HeldLink | DistantLink:
    links = links_here()
    return links.held(request.link) or await links.distant(request.link)


# -- from the client -------------------------------------------------------------------------------


async def _take(request: Request) -> None:
    body = await request.body()
    try:
        sent = msgspec.json.decode(body, type=Sent)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise RefusedError(400, "body", why=str(error)[:200]) from None
    link = await _link(request)
    with link.requested():
        received = await link.receive(sent.first, [bytes(frame) for frame in sent.frames])
    await request.answer(200, {"received": received})


# -- to the client ---------------------------------------------------------------------------------


async def _poll(request: Request) -> None:
    number, asked = request.numbers("after", "wait")
    after, wait = int(number), min(WAIT_SECONDS, asked)
    link = await _link(request)
    with link.requested(held=wait), links_here().polled():
        reader = link.reader(after)
        unwatch = _watch(request, reader)
        try:
            # Beside others who draw there is always something: a request each time costs more than
            # it brings.
            await reader.gather(gather_seconds(links_here().polls), after)
            batch = await reader.take(after, wait)
        finally:
            unwatch()
    if batch is None:
        batch = Batch(after + 1, [], None)
    head = b'{"first":%d,"frames":[' % batch.first
    end = b"]}" if batch.end is None else b'],"end":%d}' % batch.end
    await request.answer(200, head + b",".join(batch.frames) + end)


def gather_seconds(polls: int) -> float:
    """How far apart one link's polls are answered where so many are held."""
    return min(GATHER_SECONDS_MOST, max(GATHER_SECONDS, polls / POLLS_PER_SECOND))


async def _stream(request: Request) -> None:
    after = int(_number(request.headers.get("last-event-id") or "0"))
    link = await _link(request)
    with link.requested():
        reader = link.reader(after)
        # What is asked for is there: else the answer is an error and not a stream.
        batch = await reader.take(after, 0)
        headers = [*HEADERS, (b"content-type", b"text/event-stream")]
        await request.send({"type": "http.response.start", "status": 200, "headers": headers})
        unwatch = _watch(request, reader)
        try:
            await _piece(request, PADDING)
            await _flow(request, reader, batch)
        except TimeoutError:
            # As in `_piece`.
            return
        finally:
            unwatch()
    await request.send({"type": "http.response.body", "body": b""})


async def _flow(request: Request, reader: Reader | DistantReader, batch: Batch | None) -> None:
    """Writes frames until the link ends, another request takes over, or nothing is heard."""
    begun = asyncio.get_running_loop().time()
    while batch is not None:
        after = batch.first - 1
        numbered = enumerate(batch.frames, batch.first)
        pieces = [b"id: %d\ndata: %b\n\n" % each for each in numbered]
        if pieces:
            after += len(pieces)
            await _piece(request, b"".join(pieces))
        if batch.end is not None:
            await _piece(request, b'event: end\ndata: {"code":%d}\n\n' % batch.end)
            return
        open_seconds = asyncio.get_running_loop().time() - begun
        if min(open_seconds, reader.silent_seconds) > SILENT_STREAM_SECONDS:
            return
        try:
            batch = await reader.take(after, COMMENT_SECONDS)
        except (GoneError, UnreachableError):
            # The client comes again, and is told what has become of it.
            return
        if batch is not None and not batch.frames and batch.end is None:
            await _piece(request, b":\n\n")


async def _piece(request: Request, piece: bytes) -> None:
    """A client that does not read holds up some servers: it has to come again."""
    async with asyncio.timeout(SILENT_STREAM_SECONDS):
        await request.send({"type": "http.response.body", "body": piece, "more_body": True})


def _watch(request: Request, reader: Reader | DistantReader) -> Callable[[], object]:
    """Ends the reading when the client breaks off the request, until what is returned is called."""
    gone = request.scope.get("extensions", {}).get(GONE)
    if gone is not None:
        gone["tells"](reader.interrupt)
        return lambda: gone["tells"](None)

    async def watch() -> None:
        while (await request.receive())["type"] != "http.disconnect":
            pass
        reader.interrupt()

    return asyncio.get_running_loop().create_task(watch()).cancel


def before(pages: Any) -> Any:
    """`/live/` by this application, everything else by that of the pages."""

    async def application(scope: Scope, receive: Receive, send: Any) -> None:
        chosen = live if _path(scope).startswith(PREFIX) else pages
        await chosen(scope, receive, send)

    return application


def _path(scope: Scope) -> str:
    """Below the path at which the server has the whole site."""
    path: str = scope["path"]
    return path.removeprefix(scope.get("root_path") or "")
