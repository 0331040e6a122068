"""Locks, judged by the log: nobody got past one, and whoever was kept away met one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .folding import Change, Elements, fold
from .journal import LOCKED, Journal
from .ledger import Row


@dataclass(frozen=True)
class Claim:
    """What somebody was told: that, at one of these clocks, another had locked an element of it."""

    uid: str
    person: int
    changes: list[Change]
    first: int
    last: int


def judge_locks(journal: Journal, rows: Sequence[Row]) -> None:
    """Puts what is wrong into the journal."""
    claims = _claims(journal, rows)
    elements: Elements = {}
    for clock, row in enumerate([None, *rows]):
        if row is not None:
            if row.author not in journal.owners and is_kept_out(elements, row.changes, row.author):
                journal.violation(f"{row.uid} changed what others had locked, at clock {clock}")
            fold(elements, row.changes, row.author)
        claims = [
            claim
            for claim in claims
            if not claim.first <= clock <= claim.last
            or not is_kept_out(elements, claim.changes, claim.person)
        ]
    for claim in claims:
        journal.violation(
            f"{claim.uid} was refused as locked, and from clock {claim.first} to {claim.last} "
            "nothing of it was"
        )


def is_kept_out(elements: Elements, changes: Iterable[Change], person: int) -> bool:
    """Whether one of the changes needs what somebody else has locked."""
    return any(_is_kept_from(elements, change, person) for change in changes)


def _is_kept_from(elements: Elements, change: Change, person: int) -> bool:
    if change["op"] == "put":
        return False
    touched = elements.values() if change["op"] == "clear" else [elements.get(change["key"])]
    return any(
        element is not None and element.get("locked") is True and element["author"] != person
        for element in touched
    )


def _claims(journal: Journal, rows: Sequence[Row]) -> list[Claim]:
    """A refusal was given before the client's next transaction came into the log (R5)."""
    later: dict[str, list[tuple[int, int]]] = {}
    for row in rows:
        made = journal.submitted.get(row.uid)
        if made is not None:
            later.setdefault(made.client, []).append((made.number, row.clock))
    claims = []
    for uid, code in journal.refused.items():
        made = journal.submitted[uid]
        if code != LOCKED or made.bad:
            continue
        behind = [clock for number, clock in later.get(made.client, []) if number > made.number]
        last = min(behind, default=len(rows) + 1) - 1
        person = journal.persons[made.client]
        claims.append(Claim(uid, person, json.loads(made.content), made.since, last))
    return claims
