"""One connection's dealings with its Room: the order of its transactions and their answers (R5)."""

from __future__ import annotations

import asyncio
import heapq
import logging
import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from django.db import DatabaseError

from . import access, store
from .frames import commit_frames
from .member import Member
from .protocol import (
    CloseCode,
    Later,
    Proposal,
    RefusalCode,
    Refused,
)
from .readers import read
from .room import Room
from .rooms import Rooms

log = logging.getLogger(__name__)

WAITING_MAX: Final = 1000
"""Transactions of one connection in the writer's queue: some seconds of a busy database."""
IGNORED_MAX: Final = 10_000
"""Transactions sent on although earlier ones were put off: beyond it nobody is listening."""
LATER_MS: Final = 250
"""Long enough for the changed rights to be read."""


class Session:
    """What the consumer talks to once the connection is admitted."""

    def __init__(self, room: Room, member: Member, rooms: Rooms) -> None:
        self.room = room
        self.member = member
        self.greeted = False
        self.pace = rooms.paces.of(member.person, rooms.loop.time())
        self._rooms = rooms
        self._waiting = 0
        self._judged_under = 0
        """The access version of what waits in the writer."""
        self._put_off = 0
        self._places: dict[str, int] = {}
        """In which order this connection first sent what has no answer for good yet."""
        self._submitted = 0
        self._late: set[str] = set()
        """What was put off. It comes again in its order, and nothing passes it (R5)."""
        self._late_first: list[tuple[int, str]] = []
        """The same as a heap by place, with some that are no longer late."""
        self._asking: asyncio.Task[None] | None = None
        self._outdated = 0
        """What still waits in the writer since something was put off: it will be put off too."""
        self._ended = False

    def hello(self, epoch: str | None, since: int, schema: int = 1) -> None:
        self.greeted = True
        # The client sends all that is pending again, from the first on.
        self._late.clear()
        self._late_first.clear()
        self.room.hello(self.member, epoch, since, schema)

    def submit(self, proposal: Proposal) -> bool:
        """Passes a checked transaction to the writer; False if the client ignores `later`."""
        member = self.member
        self._submitted += 1
        self._places.setdefault(proposal.id, self._submitted)
        held = bool(self._late) and not self._is_next(proposal.id)
        # Who still reads the document judges by another life of the board, so it has to wait (R1).
        if held or member.reading or self._waiting >= WAITING_MAX or self._rooms.stopping:
            self._later(proposal.id)
            if held:
                self._ask_the_log()
            return self._put_off <= IGNORED_MAX
        self._late.discard(proposal.id)
        self._put_off = 0
        if not self._waiting:
            # Else as what waits: were that to be judged again alone, this would overtake it (R5).
            self._judged_under = member.access_version
        self._waiting += 1
        submission = store.Submission(
            board=self.room.board,
            person=member.person,
            uid=proposal.id,
            changes=proposal.changes,
            access_version=self._judged_under,
            epoch=self.room.epoch,
            # Judged behind the id, so that a lost receipt never turns into a refusal (R2).
            # The freeze is judged by the writer, under the board's lock.
            may_draw=access.may(replace(member.standing, frozen=False), access.Action.DRAW),
            may_draw_frozen=access.may(member.standing, access.Action.DRAW_FROZEN),
            may_change_others=access.may(member.standing, access.Action.CHANGE_OTHERS),
            known_clock=self.room.clock,
        )
        self._rooms.writer.submit(
            submission, self, lambda outcome: self._answer(proposal.id, outcome)
        )
        return True

    def put_off(self, uids: Sequence[str], seconds: float) -> bool:
        """These come too fast: all of them, in their order, later (S14); False as of `submit`."""
        for uid in uids:
            self._submitted += 1
            self._places.setdefault(uid, self._submitted)
            self._later(uid, max(LATER_MS, math.ceil(seconds * 1000)))
        return self._put_off <= IGNORED_MAX

    def _is_next(self, uid: str) -> bool:
        """Whether nothing that was put off, or soon will be, comes before it."""
        while self._late_first and self._late_first[0][1] not in self._late:
            heapq.heappop(self._late_first)
        return not self._outdated and self._places[uid] <= self._late_first[0][0]

    def _ask_the_log(self) -> None:
        """Whether what holds the others up has been committed by way of another connection.

        Then its author has its receipt and will not send it again here.
        """
        if self._asking is None:
            self._asking = self._rooms.loop.create_task(self._find_in_log())

    async def _find_in_log(self) -> None:
        try:
            late = sorted(self._late)
            for uid in await read(store.committed_ids, self.room.board, late):
                self._answered(uid)
        except DatabaseError as error:
            # The next transaction that is held up asks again.
            log.warning("what was put off could not be looked for: %s", error)
        finally:
            self._asking = None

    def _answer(self, uid: str, outcome: store.Outcome | None) -> None:
        self._waiting -= 1
        self._outdated = max(0, self._outdated - 1)
        if isinstance(outcome, store.Committed):
            self._answered(uid)
        match outcome:
            case store.Committed(clock=clock, text=text, fresh=True, before=before):
                room = self._rooms.opened(self.room.board)
                if room is not None:
                    for earlier, its_text in before:
                        room.committed(earlier, its_text, here=False)
                    room.committed(clock, text, here=True)
            case store.Committed(clock=clock, text=text):
                self._repeat_receipt(clock, text)
            case store.Refused(code=code, why=why):
                self.refuse(uid, code, why)
            case store.Stale() | store.Busy():
                self._outdated = self._waiting
                self._later(uid)
                self._rooms.refresh_soon(self.room.board)
            case None:
                if not self._ended:
                    self.member.dismiss(
                        CloseCode.SHUTTING_DOWN, "the database does not answer; nothing is lost"
                    )

    def _repeat_receipt(self, clock: int, text: bytes) -> None:
        """An id that had been committed before: its original receipt, to its sender alone (R2)."""
        if self._ended:
            return
        for _, frame, size in commit_frames(self.room.epoch, clock, [text]):
            self.member.outbox.text(frame, size)

    def refuse(self, uid: str, code: RefusalCode, why: str) -> None:
        self._answered(uid)
        if not self._ended:
            self.member.tell(Refused(id=uid, code=code, why=why[:200]))

    def _later(self, uid: str, after_ms: int = LATER_MS) -> None:
        """Not now: it stays pending, and so does what comes behind it (R5)."""
        self._put_off += 1
        if uid not in self._late:
            self._late.add(uid)
            heapq.heappush(self._late_first, (self._places.get(uid, self._submitted), uid))
        if not self._ended:
            self.member.tell(Later(ids=[uid], after_ms=after_ms))

    def _answered(self, uid: str) -> None:
        """For good, this copy or another: what comes behind it may pass."""
        self._places.pop(uid, None)
        self._late.discard(uid)

    def live(self, records: Sequence[tuple[int, bytes]]) -> None:
        """Live records, without those that this person has no right to."""
        kinds = self.member.live_kinds
        allowed = [one for one in records if one[0] in kinds]
        self.room.live(self.member, allowed)

    def hand(self, *, up: bool, slot: int | None) -> None:
        """One's own hand; lowering another's is for those who keep order, as is all of a class."""
        room, member = self.room, self.member
        if slot is None or slot == member.slot:
            room.hand(member, up=up and not member.standing.muted)
        elif not up and access.may(member.standing, access.Action.ORDER):
            room.lower_hand(slot)

    def end(self) -> None:
        """The connection is gone; what the writer holds of it is still committed."""
        self._ended = True
        if self._asking is not None:
            self._asking.cancel()
        self.room.leave(self.member)
        self._rooms.left(self.room)
