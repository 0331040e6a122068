"""The verdict: what the clients were told is held against what the database has."""

from __future__ import annotations

from collections import Counter
from typing import Final

from .client import Client
from .folding import Elements, fold
from .journal import Journal, as_submitted
from .ledger import Row
from .locks import judge_locks, without_excuse
from .pages import read_document
from .stage import SLOWNESS, Stage, within

SETTLE_SECONDS: Final = 10.0
"""For receipts of all that is pending once nobody draws any more."""
NOTICE_SECONDS: Final = 30.0
"""F2: by then the server has given up a half-open connection."""
FROZEN_SECONDS: Final = 15.0
"""It may itself have been frozen meanwhile."""
LISTED: Final = 5
"""Of many alike a few are told."""


async def judge(stage: Stage, patience: float = SETTLE_SECONDS * SLOWNESS) -> list[Row]:
    """Puts what is wrong into the journal; returns the log."""
    await _settle(stage, patience)
    rows = stage.world.ledger.log(stage.board)
    _judge_log(stage.journal, rows)
    judge_locks(stage.journal, rows)
    folded: Elements = {}
    for row in rows:
        fold(folded, row.changes, row.author)
    for client in stage.clients:
        _judge_client(stage.journal, client, folded, len(rows))
    await _judge_late_joiner(stage, folded, len(rows))
    await _judge_documents(stage, folded, len(rows))
    _judge_patience(stage)
    verdict = await stage.world.verify(stage.board)
    if verdict != "[]":
        stage.journal.violation(f"store.verify: {verdict[:500]}")
    return rows


async def _settle(stage: Stage, patience: float) -> None:
    """Nobody draws any more, and everybody gets what is still on its way."""
    for client in stage.clients:
        client.drawing = False

    def unsettled() -> list[str]:
        clock = max(stage.journal.seen, default=0)
        return [
            f"{client.name} ({'live' if client.live else 'away'}, at {client.clock} of {clock}, "
            f"{len(client.pending)} pending)"
            for client in stage.clients
            if client.pending or not client.live or client.clock < clock
        ]

    if not await within(patience, lambda: not unsettled()):
        stage.journal.violation(f"not settled within {patience:.0f} s: {unsettled()}")


# -- the log ---------------------------------------------------------------------------------------


def _judge_log(journal: Journal, rows: list[Row]) -> None:
    _judge_clocks(journal, rows)
    by_id = {row.uid: row for row in rows}
    _accuse(
        journal,
        "twice in the log",
        [uid for uid, count in Counter(row.uid for row in rows).items() if count > 1],
    )
    _accuse(
        journal,
        "acknowledged, but not in the log",
        [uid for uid in journal.acknowledged if uid not in by_id],
    )
    _accuse(
        journal,
        "in the log at another clock than was acknowledged",
        [
            uid
            for uid, clock in journal.acknowledged.items()
            if uid in by_id and by_id[uid].clock != clock
        ],
    )
    refused = [uid for uid in journal.refused if uid in by_id and not journal.may_be_both(uid)]
    _accuse(journal, "refused, but in the log", refused)
    _judge_contents(journal, rows)
    _judge_order(journal, rows)


def _judge_clocks(journal: Journal, rows: list[Row]) -> None:
    clocks = [row.clock for row in rows]
    if clocks != list(range(1, len(rows) + 1)):
        wrong = [clock for expected, clock in enumerate(clocks, 1) if clock != expected]
        journal.violation(f"the clocks of the log have a gap or a double before {wrong[0]}")


def _judge_contents(journal: Journal, rows: list[Row]) -> None:
    """What is in the log was made by a client, is what it made, and is what everybody saw."""
    for row in rows:
        made = journal.submitted.get(row.uid)
        if made is None:
            journal.violation(f"nobody has made {row.uid}, clock {row.clock}")
        elif made.bad:
            journal.violation(f"{row.uid} had to be refused and is in the log at {row.clock}")
        elif made.content != as_submitted(row.changes):
            journal.violation(f"{row.uid} is in the log with another content: clock {row.clock}")
        seen = journal.seen.get(row.clock)
        if seen and (seen.uid, seen.author, seen.content) != (row.uid, row.author, row.content):
            journal.violation(f"clients saw something else at {row.clock} than is in the log")
    _accuse(
        journal,
        "clocks that clients saw and that are not in the log",
        [str(clock) for clock in journal.seen if clock > len(rows)],
    )


def _judge_order(journal: Journal, rows: list[Row]) -> None:
    """Each client's transactions in the order in which it made them (R5)."""
    last: dict[str, int] = {}
    overtaken: dict[str, str] = {}
    for row in rows:
        made = journal.submitted.get(row.uid)
        if made is None:
            continue
        if made.number < last.get(made.client, -1):
            overtaken[row.uid] = (
                f"overtaken: {made.client}'s number {made.number} came at clock {row.clock}, "
                f"behind its number {last[made.client]}"
            )
        last[made.client] = max(made.number, last.get(made.client, -1))
    wrong = without_excuse(journal, rows, overtaken)
    for uid, what in overtaken.items():
        if uid in wrong:
            journal.violation(what)


# -- documents -------------------------------------------------------------------------------------


def _judge_client(journal: Journal, client: Client, folded: Elements, clock: int) -> None:
    _judge_document(
        journal, f"{client.name}'s document", client.elements, client.clock, folded, clock
    )


def _judge_document(
    journal: Journal, whose: str, elements: Elements, at: int, folded: Elements, clock: int
) -> None:
    if at != clock:
        journal.violation(f"{whose} is at clock {at}, the log at {clock}")
    elif elements != folded:
        keys = [key for key in {*elements, *folded} if elements.get(key) != folded.get(key)]
        journal.violation(f"{whose} differs from the log's fold in {sorted(keys)[:LISTED]}")


async def _judge_late_joiner(stage: Stage, folded: Elements, clock: int) -> None:
    """Who comes now, with nothing, has the same."""
    late = await stage.add_client(drawing=False)
    bound = SETTLE_SECONDS * SLOWNESS
    if not await within(bound, lambda: late.live and late.clock >= clock):
        stage.journal.violation(f"a late joiner is not live within {bound:.0f} s")
    _judge_client(stage.journal, late, folded, clock)


async def _judge_documents(stage: Stage, folded: Elements, clock: int) -> None:
    for server in stage.world.servers:
        document = await read_document(server.port, stage.board, stage.world.cookies[0])
        _judge_document(
            stage.journal,
            f"{server.name}'s document",
            document["elements"],
            document["clock"],
            folded,
            clock,
        )


def _judge_patience(stage: Stage) -> None:
    """Half-open connections have been noticed in time by the server too (F2)."""
    for client in stage.clients:
        for seconds in client.wire.noticed_by_server:
            if seconds > NOTICE_SECONDS + FROZEN_SECONDS:
                stage.journal.violation(
                    f"a server noticed a half-open connection after {seconds:.0f} s"
                )


def _accuse(journal: Journal, what: str, ids: list[str]) -> None:
    if ids:
        told = [f"{uid} ({_whose(journal, uid)})" for uid in ids[:LISTED]]
        journal.violation(f"{what}: {len(ids)}, e.g. {', '.join(told)}")


def _whose(journal: Journal, uid: str) -> str:
    made = journal.submitted.get(uid)
    return "nobody's" if made is None else f"{made.client}'s number {made.number}"
