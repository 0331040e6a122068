"""Transactions over HTTP: committed as a socket's are, and waited for without holding a thread."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Final
from uuid import UUID

from django.http import Http404, HttpResponse

from boards import access, store
from boards.access import Action
from boards.document import answer_document
from boards.elements import Refusal, check_change
from boards.listener import Listener
from boards.options import option
from boards.pace import BURSTS_SECONDS
from boards.protocol import CloseCode, Proposal, RefusalCode
from boards.readers import read
from boards.room import Room
from boards.rooms import rooms_here
from boards.sight import seen_transactions, sight_of
from boards.submitting import submission_of, tell_everybody

from . import shapes
from .asking import CHALLENGE, Asked, ProblemError, too_many, with_headers

TRIES: Final = 3
"""Rights may change while something waits; that they do so three times running is no accident."""
LATER_MS: Final = 250
DATABASE_AWAY_MS: Final = 2000
ANSWER_BYTES: Final = 1024 * 1024
"""Of transactions in one answer: a program that is far behind comes again for the rest."""


# -- committing ------------------------------------------------------------------------------------


async def commit(asked: Asked, board_id: UUID) -> shapes.Results:
    await read(asked.board, board_id)
    body: shapes.NewTransactions = asked.body
    async with on_board(asked, board_id) as (room, _):
        _keep_pace(asked)
        return shapes.Results(results=await Committing(asked, room).all(body.transactions))


def _keep_pace(asked: Asked) -> None:
    """The one that the person's connections have too: a program is no way round it (S14)."""
    rooms = rooms_here()
    now = rooms.loop.time()
    pace = rooms.paces.of(asked.person.pk, now)
    # Kept until it is full again: there may be no connection that keeps it.
    rooms.loop.call_later(BURSTS_SECONDS, id, pace)
    seconds = pace.take(asked.size, now)
    if seconds:
        raise too_many(seconds=seconds)


class Committing:
    """The transactions of one request, in their order."""

    def __init__(self, asked: Asked, room: Room) -> None:
        self._asked = asked
        self._room = room
        self._rooms = rooms_here()
        self._results: dict[int, shapes.Result] = {}

    async def all(self, proposals: Sequence[Proposal]) -> list[shapes.Result]:
        left = [
            (place, proposal)
            for place, proposal in enumerate(proposals)
            if not self._is_refused(place, proposal)
        ]
        for _ in range(TRIES):
            left = await self._submit(left)
            if not left:
                break
            await self._rooms.refresh(self._room.board)
        for place, proposal in left:
            self._results[place] = shapes.Result(id=proposal.id, later=LATER_MS)
        return [self._results[place] for place in range(len(proposals))]

    def _is_refused(self, place: int, proposal: Proposal) -> bool:
        try:
            for change in proposal.changes:
                check_change(change)
        except Refusal as refusal:
            self._refuse(place, proposal.id, refusal.code, str(refusal))
            return True
        return False

    def _refuse(self, place: int, uid: str, code: RefusalCode, why: str) -> None:
        self._results[place] = shapes.Result(id=uid, refused=code, why=why[:200])

    async def _submit(self, left: list[tuple[int, Proposal]]) -> list[tuple[int, Proposal]]:
        """Returns what has to be judged again."""
        standing = standing_in(self._room, self._asked)
        version = self._room.head.access_version
        # One name for all, so that none overtakes another (R5).
        session = object()
        answers = [
            self._answer_to(
                submission_of(self._room, self._asked.person.pk, standing, proposal, version),
                session,
            )
            for _, proposal in left
        ]
        again: list[tuple[int, Proposal]] = []
        for (place, proposal), outcome in zip(left, await asyncio.gather(*answers), strict=True):
            match outcome:
                case store.Committed(clock=clock):
                    self._results[place] = shapes.Result(id=proposal.id, clock=clock)
                case store.Refused(code=code, why=why):
                    self._refuse(place, proposal.id, code, why)
                case store.Stale() | store.Busy():
                    again.append((place, proposal))
                case None:
                    self._results[place] = shapes.Result(id=proposal.id, later=DATABASE_AWAY_MS)
        return again

    def _answer_to(
        self, submission: store.Submission, session: object
    ) -> asyncio.Future[store.Outcome | None]:
        future: asyncio.Future[store.Outcome | None] = self._rooms.loop.create_future()

        def take(outcome: store.Outcome | None) -> None:
            # Also where whoever asked is gone meanwhile: it is on the board.
            if isinstance(outcome, store.Committed):
                tell_everybody(self._rooms, submission.board, outcome)
            if not future.done():
                future.set_result(outcome)

        self._rooms.writer.submit(submission, session, take)
        return future


# -- reading ---------------------------------------------------------------------------------------


async def transactions(asked: Asked, board_id: UUID) -> HttpResponse:
    query: shapes.After = asked.query
    board, judged = await read(asked.board, board_id)
    sight = sight_of(judged, asked.person.pk, board.owner_id)
    found = await _after(board_id, query)
    if query.wait and not _is_something(found, query):
        async with waiting(asked, board_id) as (room, listener):
            found = await _wait(room, listener, asked)
            sight = sight_of(standing_in(room, asked), asked.person.pk, room.head.rules.owner_id)
    texts = _bounded([text for _, text in found.transactions])
    if sight is not None:
        texts = seen_transactions(sight, texts)
    head = f'{{"epoch":"{found.epoch}","clock":{found.clock},"transactions":['
    tail = '],"reload":true}' if await _has_to_reload(board_id, found, query) else "]}"
    body = head.encode() + (b"" if "reload" in tail else b",".join(texts)) + tail.encode()
    return with_headers(HttpResponse(body, content_type="application/json"))


async def _after(board_id: UUID, query: shapes.After) -> store.Tail:
    found = await read(store.tail, board_id, query.after, None, query.limit)
    if found is None:
        raise Http404
    return found


def _is_something(found: store.Tail, query: shapes.After) -> bool:
    return bool(found.transactions) or _is_another(found, query)


def _is_another(found: store.Tail, query: shapes.After) -> bool:
    """Another life of the board, or from beyond it: there is no tail."""
    return query.epoch not in {None, found.epoch} or query.after > found.clock


async def _has_to_reload(board_id: UUID, found: store.Tail, query: shapes.After) -> bool:
    if _is_another(found, query):
        return True
    far = found.clock - query.after > store.LONG_TAIL
    return far and await read(store.tail_is_long, board_id, query.after)


async def _wait(room: Room, listener: Listener, asked: Asked) -> store.Tail:
    query: shapes.After = asked.query
    loop = asyncio.get_running_loop()
    end = loop.time() + query.wait
    while True:
        listener.begins_to_look()
        found = await _after(room.board, query)
        left = end - loop.time()
        if _is_something(found, query) or left <= 0:
            return found
        await listener.hears(left)
        if listener.gone is not None:
            raise _shut_out(listener.gone)
        # A board that was closed to them meanwhile: not even that something happened is told.
        standing_in(room, asked)


def _bounded(texts: list[bytes]) -> list[bytes]:
    size = 0
    for count, text in enumerate(texts):
        size += len(text)
        if size > ANSWER_BYTES and count:
            return texts[:count]
    return texts


async def document(asked: Asked, board_id: UUID) -> HttpResponse:
    board, judged = await read(asked.board, board_id)
    head = await read(store.head, board_id)
    if head is None:
        raise Http404
    sight = sight_of(judged, asked.person.pk, board.owner_id)
    return with_headers(await answer_document(asked.request, board_id, head, sight))


# -- waiting ---------------------------------------------------------------------------------------


_waiting: Final[Counter[int]] = Counter()
"""Requests of this process that wait, by person."""


@asynccontextmanager
async def waiting(asked: Asked, board_id: UUID) -> AsyncIterator[tuple[Room, Listener]]:
    """As many as a person, and a process, can have at the same time."""
    person = asked.person.pk
    if _waiting[person] >= option("HELD_PER_PERSON_MAX"):
        raise too_many("too many requests wait at the same time")
    if _waiting.total() >= option("HELD_MAX"):
        raise ProblemError(503, "busy", "too many requests wait here", {"Retry-After": "1"})
    _waiting[person] += 1
    try:
        async with on_board(asked, board_id) as found:
            yield found
    finally:
        _waiting[person] -= 1
        if not _waiting[person]:
            del _waiting[person]


@asynccontextmanager
async def on_board(asked: Asked, board_id: UUID) -> AsyncIterator[tuple[Room, Listener]]:
    """The board's Room, which stays open meanwhile and can shut the asker out (R13)."""
    rooms = rooms_here()
    if rooms.stopping or rooms.refusing:
        raise _shut_out(CloseCode.SHUTTING_DOWN)
    room = await rooms.open(board_id)
    if room is None:
        raise Http404
    listener = Listener(asked.person.pk, asked.person.access_version, asked.asker.token)
    room.listeners.add(listener)
    try:
        yield room, listener
    finally:
        room.listeners.discard(listener)
        rooms.left(room)


def standing_in(room: Room, asked: Asked) -> access.Standing:
    """What the asker is on the board now, by the head that the room follows."""
    of_person = access.standing(room.head.rules, asked.person.pk, time.time())
    standing = asked.asker.narrowed(of_person)
    if standing is None or not access.may(standing, Action.SEE):
        raise Http404
    return standing


def _shut_out(code: CloseCode) -> ProblemError:
    match code:
        case CloseCode.SIGNED_OUT:
            return ProblemError(401, "signed_out", "this access ended meanwhile", CHALLENGE)
        case CloseCode.SHUTTING_DOWN:
            return ProblemError(503, "again", "come again in a moment", {"Retry-After": "1"})
        case _:
            return ProblemError(404, "not_found", "there is no such thing")
