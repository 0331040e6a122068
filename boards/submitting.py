"""From somebody's proposal to the writer, and from its outcome to everybody on the board.

The same for connections and for requests of programs: rights are judged here as far as they are the
person's, and under the board's lock as far as they are the board's (R13).
"""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from . import access, store
from .protocol import Proposal
from .room import Room
from .rooms import Rooms


def submission_of(
    room: Room, person: int, standing: access.Standing, proposal: Proposal, access_version: int
) -> store.Submission:
    """`access_version` is the board's when the standing was judged."""
    return store.Submission(
        board=room.board,
        person=person,
        uid=proposal.id,
        changes=proposal.changes,
        access_version=access_version,
        epoch=room.epoch,
        # Judged behind the id, so that a lost receipt never turns into a refusal (R2).
        # The freeze is judged by the writer, under the board's lock.
        may_draw=access.may(replace(standing, frozen=False), access.Action.DRAW),
        may_draw_frozen=access.may(standing, access.Action.DRAW_FROZEN),
        may_change_others=access.may(standing, access.Action.CHANGE_OTHERS),
        known_clock=room.clock,
    )


def tell_everybody(rooms: Rooms, board: UUID, done: store.Committed) -> None:
    """A fresh transaction goes out, and before it what other processes have committed (R6)."""
    room = rooms.opened(board)
    if room is None or not done.fresh:
        return
    for earlier, text in done.before:
        room.committed(earlier, text, here=False)
    room.committed(done.clock, done.text, here=True)
