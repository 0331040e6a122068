"""One client's way to a board, whatever carries its frames: admits, decodes, validates."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Mapping
from typing import Any, Final, NamedTuple, Self
from uuid import UUID

import msgspec
from django.db import DatabaseError

from . import access
from .crowd import Place
from .elements import Refusal, check_change
from .limits import counted_address
from .live import BadFrameError, read_records
from .models import Board, Person
from .origins import headers_of
from .outbox import Outbox, Send
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
from .rooms import Rooms
from .session import Session

log = logging.getLogger(__name__)

HELLO_SECONDS: Final = 10.0
"""A connection that does not say hello costs memory for nobody's good (R7)."""
LIVE_PER_SECOND: Final = 60
"""Twice what the page sends; beyond it live frames are dropped, not punished (R9)."""

_decode = msgspec.json.Decoder(FromClient).decode


class BadMessageError(Exception):
    """A message that ends the connection with `code`."""

    def __init__(self, code: CloseCode, why: str) -> None:
        super().__init__(why)
        self.code = code
        self.why = why


class Credentials(NamedTuple):
    """What a request says about who sends it, and from where."""

    cookie: str
    address: str

    @classmethod
    def of(cls, scope: Mapping[str, Any]) -> Self:
        """Those of an ASGI scope, of a handshake and of a request alike."""
        headers = headers_of(dict(scope))
        remote = (scope.get("client") or ("",))[0]
        address = counted_address(remote, headers.get("x-forwarded-for", ""))
        return cls(headers.get("cookie", ""), address)


def protocol_of(offered: list[str]) -> str | None:
    """Which of the protocols that a client offers is spoken; None where there is none."""
    for ours in (SUBPROTOCOL, SUBPROTOCOL_ANY):
        if ours in offered:
            return ours
    return None


class Link:
    """See the module. Everything that happens on a board is the Room's."""

    def __init__(self, send: Send, rooms: Rooms) -> None:
        self.outbox = Outbox(send, rooms.loop)
        self.session: Session | None = None
        self._rooms = rooms
        self._ended = False
        self._place: tuple[Place, str] | None = None
        """Where it counts, while it does."""
        self._hello_timer: asyncio.TimerHandle | None = None
        self._live_tokens = float(LIVE_PER_SECOND)
        self._live_at = 0.0

    # -- coming in ---------------------------------------------------------------------------------

    async def enter(self, board: UUID, protocol: str, credentials: Credentials) -> None:
        """Admits the client, or tells it in a message what is wrong: close reasons get lost."""
        if protocol != SUBPROTOCOL:
            self.bye(CloseCode.UNKNOWN_PROTOCOL, "please reload the page")
        elif self._rooms.stopping:
            self.bye(CloseCode.SHUTTING_DOWN, "the server is restarting")
        elif self._rooms.refusing:
            self.bye(CloseCode.SHUTTING_DOWN, "another server serves this board")
        else:
            try:
                await self._enter(board, credentials)
            except DatabaseError as error:
                # Away for a moment, or restarting: the page comes back by itself (F5).
                log.warning("nobody can be admitted: %s", error)
                self.bye(CloseCode.SHUTTING_DOWN, "the database does not answer")

    async def _enter(self, board: UUID, credentials: Credentials) -> None:
        person, standing = await read(admit, board, credentials)
        if person is None:
            self.bye(CloseCode.SIGNED_OUT, "nobody is signed in here")
            return
        room = await self._rooms.open(board) if standing is not None else None
        # Again by the head that the room follows: it may have changed since they were admitted.
        if room is not None:
            standing = access.standing(room.head.rules, person.pk, time.time())
        if room is None or standing is None:
            self.bye(CloseCode.NO_SUCH_BOARD, "there is no such board")
            return
        if self._ended:
            # It has gone while it was being admitted.
            return
        self._place = (board, person.pk), credentials.address
        if not self._rooms.crowd.let_in(*self._place):
            self._place = None
            self.bye(CloseCode.TOO_FAST, "too many connections")
            return
        member = room.join(self.outbox, person, standing)
        member.address = credentials.address
        self.session = Session(room, member, self._rooms)
        self._hello_timer = self._rooms.loop.call_later(HELLO_SECONDS, self._no_hello)

    def _no_hello(self) -> None:
        self.bye(CloseCode.BAD_MESSAGE, f"no hello came within {HELLO_SECONDS:.0f} s")

    # -- receiving ---------------------------------------------------------------------------------

    async def receive(self, text: str | None, data: bytes | None) -> None:
        """Takes one frame; never waits for anything, so that a client keeps its order (R10)."""
        if self.session is None or self.outbox.broken:
            return
        try:
            if data is not None:
                self._receive_live(self.session, data)
            elif text is not None:
                self._receive_text(self.session, text)
        except BadMessageError as bad:
            self.bye(bad.code, bad.why)

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
                self._receive_commit(session, message, len(data))
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

    def _receive_commit(self, session: Session, message: Commit, size: int) -> None:
        wait = session.pace.take(size, self._rooms.loop.time())
        if wait and not session.put_off([one.id for one in message.transactions], wait):
            raise BadMessageError(CloseCode.TOO_FAST, "that is too much at once")
        for proposal in () if wait else message.transactions:
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
        now = self._rooms.loop.time()
        self._live_tokens = min(
            2 * LIVE_PER_SECOND, self._live_tokens + (now - self._live_at) * LIVE_PER_SECOND
        )
        self._live_at = now
        if self._live_tokens < 1:
            return
        self._live_tokens -= 1
        session.live(records)

    # -- going -------------------------------------------------------------------------------------

    def bye(self, code: CloseCode, why: str) -> None:
        """Said as a message first, because servers drop close reasons."""
        text = msgspec.json.encode(Bye(code=code, why=why))
        self.outbox.text(text.decode(), len(text))
        self.outbox.close(code)
        self.outbox.break_off()

    def end(self) -> None:
        """The client is gone, or is to be gone."""
        if self._hello_timer is not None:
            self._hello_timer.cancel()
        self._ended = True
        self.outbox.break_off()
        if self._place is not None:
            self._rooms.crowd.leave(*self._place)
            self._place = None
        if self.session is not None:
            self.session.end()


def admit(board: UUID, credentials: Credentials) -> tuple[Person | None, access.Standing | None]:
    """Who is asking and what they are here."""
    person = person_of_cookie_header(credentials.cookie)
    if person is None:
        return None, None
    found = Board.objects.filter(pk=board).first()
    if found is None:
        return person, None
    standing = standing_on(found, person)
    if found.owner_id != person.pk and is_banned_from(board, credentials.address):
        return person, None
    return person, standing
