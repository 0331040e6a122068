"""What the clients have been told, kept outside of them: the evidence that the judge holds up.

A client may be thrown away and its connections may fail; what it was promised stays promised.
"""

from __future__ import annotations

import json
import time
from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from .folding import Change

STORY: Final = 200_000
"""Lines kept; a violation tells the last of them."""
LOCKED: Final = "locked"
"""The refusal that nobody can foretell: it hangs on who came first. The judge finds it out."""
FAULTS: Final = "faults"
"""Who tells of those that everybody feels."""
FAULTS_TOLD: Final = 8
TOLD: Final = 20
STORIES: Final = 5
"""What comes after the first violations mostly follows from them."""
VIOLATIONS_MOST: Final = 50
"""One broken thing breaks many: more than these say nothing new."""


def canonical(value: object) -> str:
    """One text for one content."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"))


def as_submitted(changes: list[Change]) -> str:
    """Without the authors that the server adds to what revives (`put`)."""
    return canonical(
        [
            {name: value for name, value in change.items() if name != "author"}
            if change["op"] == "put"
            else change
            for change in changes
        ]
    )


@dataclass(frozen=True)
class Submitted:
    """A transaction that a client has made; `number` counts that client's from 0."""

    client: str
    number: int
    uid: str
    content: str
    bad: bool
    since: int
    """The board's clock as that client knew it."""


@dataclass(frozen=True)
class Seen:
    """A committed transaction as it was sent to clients."""

    clock: int
    uid: str
    author: int
    content: str


@dataclass
class Journal:
    """Everything said and done on one board."""

    submitted: dict[str, Submitted] = field(default_factory=dict)
    acknowledged: dict[str, int] = field(default_factory=dict)
    """The clock by id, as told to the author."""
    refused: dict[str, str] = field(default_factory=dict)
    """The code by id."""
    kept_out: set[str] = field(default_factory=set)
    """Refused by somebody's lock at least once."""
    sent: Counter[str] = field(default_factory=Counter)
    """How often, by id."""
    persons: dict[str, int] = field(default_factory=dict)
    """The number of each client's person."""
    owners: set[int] = field(default_factory=set)
    """Persons who may change what others have locked."""
    seen: dict[int, Seen] = field(default_factory=dict)
    """By clock, whoever has seen it."""
    violations: list[str] = field(default_factory=list)
    stories: list[str] = field(default_factory=list)
    """What had happened just before each of the first violations."""
    _told: deque[tuple[str, str]] = field(default_factory=lambda: deque(maxlen=STORY))
    _started: float = field(default_factory=time.monotonic)

    def tell(self, who: str, what: str) -> None:
        self._told.append((who, f"{time.monotonic() - self._started:8.3f} {who}: {what}"))

    def violation(self, what: str) -> None:
        if len(self.violations) == VIOLATIONS_MOST or what in self.violations:
            return
        self.violations.append(what)
        if len(self.stories) < STORIES:
            named = [who for who in dict.fromkeys(who for who, _ in self._told) if who in what]
            parts = [f"before: {what}", *self._last(FAULTS, FAULTS_TOLD)]
            self.stories.append("\n".join(parts + self._last(next(iter(named), ""), TOLD)))

    def _last(self, whose: str, most: int) -> list[str]:
        return [line for who, line in self._told if who == whose][-most:]

    # -- what clients report -----------------------------------------------------------------------

    def submits(self, submitted: Submitted) -> None:
        self.submitted[submitted.uid] = submitted

    def sends(self, uids: Iterable[str]) -> None:
        self.sent.update(uids)

    def comes(self, who: str, person: int, *, is_owner: bool) -> None:
        self.persons[who] = person
        if is_owner:
            self.owners.add(person)

    def is_answered(self, uid: str) -> bool:
        """For good, and as it had to be."""
        return uid in self.acknowledged or self.refused.get(uid) == LOCKED

    def sees(self, who: str, transaction: dict[str, Any]) -> None:
        """A client has been sent a committed transaction: everybody must be sent the same."""
        seen = Seen(
            transaction["clock"],
            transaction["id"],
            transaction["author"],
            canonical(transaction["changes"]),
        )
        before = self.seen.setdefault(seen.clock, seen)
        if before != seen:
            self.violation(f"{who} saw another transaction at clock {seen.clock} than others did")

    def acknowledges(self, who: str, uid: str, clock: int) -> None:
        """A client has been given the receipt of its own transaction, perhaps again."""
        made = self.submitted[uid]
        if made.bad:
            self.violation(f"{who} got a receipt for {uid}, which had to be refused")
        first = self.acknowledged.setdefault(uid, clock)
        if first != clock:
            self.violation(f"{who} was told clock {first} and then {clock} for {uid}")
        if self.may_be_both(uid):
            self.refused.pop(uid, None)
        if uid in self.refused:
            self.violation(f"{who} was told that {uid} is refused, and then that it is committed")

    def may_be_both(self, uid: str) -> bool:
        """Refused and committed: one copy came while there was a lock, the other when there wasn't.

        So it may be when a copy waits in a process that has lost its database, and the client has
        gone on to another one.
        """
        return uid in self.kept_out and self.sent[uid] > 1

    def refuses(self, who: str, uid: str, code: str) -> None:
        if code == LOCKED:
            self.kept_out.add(uid)
        if uid in self.acknowledged and self.may_be_both(uid):
            return
        self.refused[uid] = code
        if not self.submitted[uid].bad and code != LOCKED:
            self.violation(f"{who} was refused {uid}, which was fine: {code}")
        if uid in self.acknowledged:
            self.violation(f"{who} was told that {uid} is committed, and then that it is refused")
