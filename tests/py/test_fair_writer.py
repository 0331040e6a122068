"""Whose turn it is when many wait to be committed (`boards.writer`), without a database."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from boards.protocol import Remove
from boards.store import Submission
from boards.writer import BATCH_MAX, CHANGES_MAX, SHARE, Held, Waiting, Writer

BOARDS = [uuid4(), uuid4()]
queues = st.lists(
    st.tuples(st.integers(0, 4), st.sampled_from(BOARDS), st.integers(1, 300)), max_size=150
)


def waiting(session: int, board: UUID, changes: int, number: int = 0) -> Waiting:
    submission = Submission(board, 1, f"{number}", [Remove(key="stroke-1")] * changes, 1)
    return Waiting(submission, session, lambda _: None)


def writer_with(queue: list[Waiting]) -> Writer:
    writer = Writer(asyncio.new_event_loop())
    writer._loop.close()
    writer._waiting.extend(queue)
    return writer


def test_s14_a_days_work_of_one_session_keeps_nobody_waiting() -> None:
    day = [waiting(1, BOARDS[0], 25, number) for number in range(128)]
    writer = writer_with([*day, waiting(2, BOARDS[0], 1)])
    batch = writer._next_batch()
    assert any(one.session == 2 for one in batch)
    assert sum(len(one.submission.changes) for one in batch if one.session == 1) >= SHARE
    # And the room that nobody else wants is not left empty.
    assert sum(len(one.submission.changes) for one in batch) >= CHANGES_MAX


@given(queues, st.sets(st.sampled_from(BOARDS), max_size=1))
def test_r5_each_session_keeps_its_order_and_everything_comes(
    sent: list[tuple[int, UUID, int]], held: set[UUID]
) -> None:
    """Whatever is held by somebody else for a while, and whoever sends how much."""
    queue = [waiting(*each, number) for number, each in enumerate(sent)]
    writer = writer_with(queue)
    writer._busy = {board: Held(0.0, float("inf")) for board in held}
    taken: list[Waiting] = []
    while batch := writer._next_batch():
        changes = sum(len(one.submission.changes) for one in batch)
        assert len(batch) <= BATCH_MAX
        assert changes < CHANGES_MAX + len(batch[-1].submission.changes)
        taken += batch
    # What waits for a held board waits, with what its sessions have sent behind it.
    assert not held.intersection(one.submission.board for one in taken)
    writer._busy = {}
    while batch := writer._next_batch():
        taken += batch
    assert len(taken) == len(queue)
    order: dict[object, list[str]] = defaultdict(list)
    for one in taken:
        order[one.session].append(one.submission.uid)
    for session, uids in order.items():
        assert uids == [one.submission.uid for one in queue if one.session == session]
