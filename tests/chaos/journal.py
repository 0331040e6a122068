"""What the clients have been told, kept outside of them: the evidence that the judge holds up.

A client may be thrown away and its connections may fail; what it was promised stays promised.
"""

from __future__ import annotations

import json
import time
from collections import deque
from dataclasses import dataclass, field
from typing import Any, Final

from .folding import Change

STORY: Final = 4000
"""Lines kept; a failure tells the last of them."""
TOLD: Final = 30
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
    seen: dict[int, Seen] = field(default_factory=dict)
    """By clock, whoever has seen it."""
    violations: list[str] = field(default_factory=list)
    story: deque[str] = field(default_factory=lambda: deque(maxlen=STORY))
    started: float = field(default_factory=time.monotonic)

    def tell(self, who: str, what: str) -> None:
        self.story.append(f"{time.monotonic() - self.started:8.3f} {who}: {what}")

    def violation(self, what: str) -> None:
        self.tell("VIOLATION", what)
        if len(self.violations) < VIOLATIONS_MOST and what not in self.violations:
            self.violations.append(what)

    def story_of(self, who: str = "", most: int = TOLD) -> str:
        """The last lines about a client, or about all."""
        lines = [line for line in self.story if not who or f" {who}:" in line]
        return "\n".join(lines[-most:])

    # -- what clients report -----------------------------------------------------------------------

    def submits(self, submitted: Submitted) -> None:
        self.submitted[submitted.uid] = submitted

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
        if uid in self.refused:
            self.violation(f"{who} was told that {uid} is refused, and then that it is committed")

    def refuses(self, who: str, uid: str, code: str) -> None:
        self.refused[uid] = code
        if not self.submitted[uid].bad:
            self.violation(f"{who} was refused {uid}, which was fine: {code}")
        if uid in self.acknowledged:
            self.violation(f"{who} was told that {uid} is committed, and then that it is refused")
