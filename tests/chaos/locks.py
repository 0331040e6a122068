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
    """That, at one of these clocks, somebody else had locked an element of this transaction."""

    uid: str
    person: int
    changes: list[Change]
    first: int
    last: int


def judge_locks(journal: Journal, rows: Sequence[Row]) -> None:
    """Puts what is wrong into the journal."""
    refused = [
        uid
        for uid, code in journal.refused.items()
        if code == LOCKED and not journal.submitted[uid].bad
    ]
    for claim in unfounded(_claims(journal, rows, refused), rows):
        journal.violation(
            f"{claim.uid} was refused as locked, and from clock {claim.first} to {claim.last} "
            "nothing of it was"
        )
    elements: Elements = {}
    for row in rows:
        if row.author not in journal.owners and is_kept_out(elements, row.changes, row.author):
            journal.violation(f"{row.uid} changed what others had locked, at clock {row.clock}")
        fold(elements, row.changes, row.author)


def without_excuse(journal: Journal, rows: Sequence[Row], overtaken: Iterable[str]) -> set[str]:
    """Those that no lock explains.

    A refusal may get lost with its connection. Sent again, when there is no lock any more, the
    transaction comes behind those that were made after it.
    """
    again = [uid for uid in overtaken if journal.sent[uid] > 1]
    unexplained = {claim.uid for claim in unfounded(_claims(journal, rows, again), rows)}
    return unexplained | {uid for uid in overtaken if uid not in again}


def unfounded(claims: list[Claim], rows: Sequence[Row]) -> list[Claim]:
    """Those that are not true."""
    elements: Elements = {}
    for clock, row in enumerate([None, *rows]):
        if row is not None:
            fold(elements, row.changes, row.author)
        claims = [
            claim
            for claim in claims
            if not claim.first <= clock <= claim.last
            or not is_kept_out(elements, claim.changes, claim.person)
        ]
    return claims


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


def _claims(journal: Journal, rows: Sequence[Row], uids: Iterable[str]) -> list[Claim]:
    """A refusal was given before the client's next transaction came into the log (R5)."""
    later: dict[str, list[tuple[int, int]]] = {}
    for row in rows:
        made = journal.submitted.get(row.uid)
        if made is not None:
            later.setdefault(made.client, []).append((made.number, row.clock))
    claims = []
    for uid in uids:
        made = journal.submitted[uid]
        behind = [clock for number, clock in later.get(made.client, []) if number > made.number]
        last = min(behind, default=len(rows) + 1) - 1
        person = journal.persons[made.client]
        claims.append(Claim(uid, person, json.loads(made.content), made.since, last))
    return claims
