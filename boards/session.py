"""One connection's dealings with its Room: the order of its transactions and their answers (R5)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from . import access, store
from .frames import commit_frames
from .member import Member
from .protocol import (
    CloseCode,
    Later,
    LiveKind,
    Proposal,
    RefusalCode,
    Refused,
)
from .room import Room
from .rooms import Rooms

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
        self._rooms = rooms
        self._waiting = 0
        self._judged_under = 0
        """The access version of what waits in the writer."""
        self._put_off = 0
        self._ended = False

    def hello(self, epoch: str | None, since: int) -> None:
        self.greeted = True
        # The client sends all that is pending again, from the first on.
        self.member.held = None
        self.room.hello(self.member, epoch, since)

    def submit(self, proposal: Proposal) -> bool:
        """Passes a checked transaction to the writer; False if the client ignores `later`."""
        member = self.member
        held = member.held is not None and member.held != proposal.id
        # Who still reads the document judges by another life of the board, so it has to wait (R1).
        if held or member.reading or self._waiting >= WAITING_MAX or self._rooms.stopping:
            self._later(proposal.id)
            return self._put_off <= IGNORED_MAX
        member.held = None
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
            may_draw=access.may(member.role, access.Action.DRAW),
            may_draw_frozen=access.may(member.role, access.Action.DRAW_FROZEN),
            known_clock=self.room.clock,
        )
        self._rooms.writer.submit(
            submission, self, lambda outcome: self._answer(proposal.id, outcome)
        )
        return True

    def _answer(self, uid: str, outcome: store.Outcome | None) -> None:
        self._waiting -= 1
        if isinstance(outcome, store.Committed):
            self._no_longer_held(uid)
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
        self._no_longer_held(uid)
        if not self._ended:
            self.member.tell(Refused(id=uid, code=code, why=why[:200]))

    def _later(self, uid: str) -> None:
        """Not now: it stays pending, and so does what comes behind it (R5)."""
        self._put_off += 1
        if self.member.held is None:
            self.member.held = uid
        if not self._ended:
            self.member.tell(Later(ids=[uid], after_ms=LATER_MS))

    def _no_longer_held(self, uid: str) -> None:
        """Another copy of it has been answered for good: what comes behind it may pass."""
        if self.member.held == uid:
            self.member.held = None

    def live(self, records: Sequence[tuple[int, bytes]]) -> None:
        """Live records, without those that this person has no right to."""
        if not self.room.may_draw(self.member):
            records = [(kind, record) for kind, record in records if kind < LiveKind.STROKE_START]
        self.room.live(self.member, records)

    def end(self) -> None:
        """The connection is gone; what the writer holds of it is still committed."""
        self._ended = True
        self.room.leave(self.member)
        self._rooms.left(self.room)
