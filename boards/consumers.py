"""One socket of a board: connect, receive, disconnect; decodes and validates, nothing else."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

import msgspec
from channels.exceptions import StopConsumer
from channels.generic.websocket import AsyncWebsocketConsumer
from django.db import DatabaseError

from . import access
from .elements import Refusal, check_change
from .limits import counted_address
from .live import BadFrameError, read_records
from .models import Board, Person
from .origins import headers_of
from .outbox import Outbox
from .people import person_of_cookie_header
from .protocol import (
    MESSAGE_BYTES,
    SUBPROTOCOL,
    SUBPROTOCOL_ANY,
    Bye,
    CloseCode,
    Commit,
    FromClient,
    Got,
    Hand,
    Hello,
    Ping,
    Pong,
)
from .readers import read
from .rights import is_banned_from, standing_on
from .rooms import Rooms, rooms_here
from .session import Session

log = logging.getLogger(__name__)

HELLO_SECONDS: Final = 10.0
"""A socket that does not say hello costs memory for nobody's good (R7)."""
LIVE_PER_SECOND: Final = 60
"""Twice what the page sends; beyond it live frames are dropped, not punished (R9)."""

_decode = msgspec.json.Decoder(FromClient).decode


class BadMessageError(Exception):
    """A message that ends the connection with `code`."""

    def __init__(self, code: CloseCode, why: str) -> None:
        super().__init__(why)
        self.code = code
        self.why = why


class BoardConsumer(AsyncWebsocketConsumer):
    """See the module. Everything that happens on a board is the Room's."""

    # No channel of its own: the Room is the group's member, and this saves 5 KiB a socket.
    channel_layer_alias = "none"

    session: Session | None = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """A plain loop: channels' own makes a task per message, about 30 us each.

        `finally` because `websocket.disconnect` does not come for every way a socket ends.
        """
        self.scope = scope
        self.base_send = send
        self.rooms: Rooms = rooms_here()
        self.outbox = Outbox(send, self.rooms.loop)
        self._hello_timer: asyncio.TimerHandle | None = None
        self._live_tokens = float(LIVE_PER_SECOND)
        self._live_at = 0.0
        try:
            while True:
                await self.dispatch(await receive())
        except StopConsumer:
            pass
        except asyncio.CancelledError:
            if self.rooms.stopping:
                await self.rooms.stop()
            raise
        finally:
            self._end()

    async def dispatch(self, message: Mapping[str, Any]) -> None:
        """Without channels' `aclose_old_connections()`: that is a hop to the one thread that all
        synchronous code shares, so that a slow query would delay every message (measured: 491 ms
        against 0.8). This consumer touches the database only through our own executors.
        """
        if message["type"] == "websocket.receive":
            await self.receive(message.get("text"), message.get("bytes"))
        elif message["type"] == "websocket.connect":
            await self.connect()
        else:
            raise StopConsumer

    # -- connect -----------------------------------------------------------------------------------

    async def connect(self) -> None:
        """Accepts, then says what is wrong: a close before accepting reaches no page (1006)."""
        offered = self.scope["subprotocols"]
        if SUBPROTOCOL not in offered and SUBPROTOCOL_ANY not in offered:
            await self.close()
            raise StopConsumer
        if SUBPROTOCOL not in offered:
            await self.accept(SUBPROTOCOL_ANY)
            self._bye(CloseCode.UNKNOWN_PROTOCOL, "please reload the page")
            return
        await self.accept(SUBPROTOCOL)
        if self.rooms.stopping:
            self._bye(CloseCode.SHUTTING_DOWN, "the server is restarting")
            return
        if self.rooms.refusing:
            self._bye(CloseCode.SHUTTING_DOWN, "another server serves this board")
            return
        try:
            await self._enter(self.scope["url_route"]["kwargs"]["board"])
        except DatabaseError as error:
            # Away for a moment, or restarting: the page comes back by itself (F5).
            log.warning("nobody can be admitted: %s", error)
            self._bye(CloseCode.SHUTTING_DOWN, "the database does not answer")

    async def _enter(self, board: UUID) -> None:
        cookie = headers_of(self.scope).get("cookie", "")
        address = address_of(self.scope)
        person, standing = await read(admit, board, cookie, address)
        if person is None:
            self._bye(CloseCode.SIGNED_OUT, "nobody is signed in here")
            return
        room = await self.rooms.open(board) if standing is not None else None
        # Again by the head that the room follows: it may have changed since they were admitted.
        if room is not None:
            standing = access.standing(room.head.rules, person.pk, time.time())
        if room is None or standing is None:
            self._bye(CloseCode.NO_SUCH_BOARD, "there is no such board")
            return
        member = room.join(self.outbox, person, standing)
        member.address = address
        self.session = Session(room, member, self.rooms)
        self._hello_timer = self.rooms.loop.call_later(HELLO_SECONDS, self._no_hello)

    def _no_hello(self) -> None:
        self._bye(CloseCode.BAD_MESSAGE, f"no hello came within {HELLO_SECONDS:.0f} s")

    # -- receive -----------------------------------------------------------------------------------

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        if self.session is None or self.outbox.broken:
            return
        try:
            if bytes_data is not None:
                self._receive_live(self.session, bytes_data)
            elif text_data is not None:
                self._receive_text(self.session, text_data)
        except BadMessageError as bad:
            self._bye(bad.code, bad.why)

    def _receive_text(self, session: Session, text: str) -> None:
        # No more than it takes to know: encoding a hostile megabyte to count it would cost memory.
        # Half a surrogate pair is no text; the decoder is left to say so.
        data = text[: MESSAGE_BYTES + 1].encode(errors="surrogatepass")
        if len(data) > MESSAGE_BYTES:
            raise BadMessageError(CloseCode.TOO_BIG, f"a message has at most {MESSAGE_BYTES} bytes")
        try:
            message = _decode(data)
        except (msgspec.MsgspecError, ValueError, RecursionError) as error:
            raise BadMessageError(CloseCode.BAD_MESSAGE, str(error)[:200]) from None
        if not session.greeted and not isinstance(message, Hello):
            raise BadMessageError(CloseCode.BAD_MESSAGE, "the first message must be hello")
        match message:
            case Commit():
                self._receive_commit(session, message)
            case Got():
                if not self.outbox.got(message.frames):
                    raise BadMessageError(
                        CloseCode.BAD_MESSAGE, f"{message.frames} frames were never sent"
                    )
            case Hello():
                if self._hello_timer is not None:
                    self._hello_timer.cancel()
                session.hello(message.epoch, message.since, message.schema)
            case Ping():
                session.member.tell(Pong())
            case Hand():
                session.hand(up=message.up, slot=message.slot)

    def _receive_commit(self, session: Session, message: Commit) -> None:
        for proposal in message.transactions:
            try:
                for change in proposal.changes:
                    check_change(change)
            except Refusal as refusal:
                session.refuse(proposal.id, refusal.code, str(refusal))
                continue
            if not session.submit(proposal):
                raise BadMessageError(
                    CloseCode.TOO_FAST, "too many transactions wait to be committed"
                )

    def _receive_live(self, session: Session, frame: bytes) -> None:
        try:
            records = read_records(frame)
        except BadFrameError as error:
            raise BadMessageError(CloseCode.BAD_MESSAGE, str(error)) from None
        if not session.greeted:
            raise BadMessageError(CloseCode.BAD_MESSAGE, "the first message must be hello")
        now = self.rooms.loop.time()
        self._live_tokens = min(
            2 * LIVE_PER_SECOND, self._live_tokens + (now - self._live_at) * LIVE_PER_SECOND
        )
        self._live_at = now
        if self._live_tokens < 1:
            return
        self._live_tokens -= 1
        session.live(records)

    # -- disconnect --------------------------------------------------------------------------------

    def _bye(self, code: CloseCode, why: str) -> None:
        """Said as a message first, because servers drop close reasons."""
        text = msgspec.json.encode(Bye(code=code, why=why))
        self.outbox.text(text.decode(), len(text))
        self.outbox.close(code)
        self.outbox.break_off()

    def _end(self) -> None:
        if self._hello_timer is not None:
            self._hello_timer.cancel()
        self.outbox.break_off()
        if self.session is not None:
            self.session.end()


def address_of(scope: Mapping[str, Any]) -> str:
    """Where a socket comes from, as limits and bans go by it."""
    remote = (scope.get("client") or ("",))[0]
    return counted_address(remote, headers_of(dict(scope)).get("x-forwarded-for", ""))


def admit(
    board: UUID, cookie_header: str, address: str
) -> tuple[Person | None, access.Standing | None]:
    """Who is asking and what they are here."""
    person = person_of_cookie_header(cookie_header)
    if person is None:
        return None, None
    found = Board.objects.filter(pk=board).first()
    if found is None:
        return person, None
    standing = standing_on(found, person)
    if found.owner_id != person.pk and is_banned_from(board, address):
        return person, None
    return person, standing
