"""What a client has made and has no receipt for: what to send of it, and when. Pure (R5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from .folding import Change
from .journal import canonical

TRANSACTIONS_PER_MESSAGE: Final = 64
MESSAGE_BYTES: Final = 64 * 1024
ENVELOPE_BYTES: Final = 64
UNANSWERED_MOST: Final = 256
"""As the page does it: a day offline comes in portions that a server's queue takes."""
ANSWER_PATIENCE_SECONDS: Final = 15.0
"""A living server that says nothing of a transaction for so long is asked again."""


@dataclass(frozen=True)
class Made:
    """A transaction with its lasting id."""

    uid: str
    changes: list[Change]

    @property
    def text(self) -> str:
        return canonical({"id": self.uid, "changes": self.changes})


def message_of(batch: Sequence[Made]) -> str:
    return f'{{"type":"commit","transactions":[{",".join(made.text for made in batch)}]}}'


class Pending:
    """In order of submission; nothing leaves but by a receipt or a refusal."""

    def __init__(self) -> None:
        self._waiting: dict[str, Made] = {}
        self._sent: set[str] = set()
        """On this connection, and not answered."""
        self._not_before = 0.0
        self._progress = 0.0

    def __len__(self) -> int:
        return len(self._waiting)

    def __contains__(self, uid: object) -> bool:
        return uid in self._waiting

    @property
    def owed(self) -> bool:
        """Whether the server owes an answer."""
        return bool(self._sent)

    @property
    def sent(self) -> list[Made]:
        """What has been sent on this connection and not answered, in order."""
        return [made for uid, made in self._waiting.items() if uid in self._sent]

    def add(self, made: Made) -> None:
        self._waiting[made.uid] = made

    def put_first(self, made: Made) -> None:
        """Has to be sent again, before everything else."""
        self._waiting = {made.uid: made, **self._waiting}

    def answered(self, uid: str, now: float) -> Made | None:
        self._sent.discard(uid)
        self._progress = now
        return self._waiting.pop(uid, None)

    def disconnected(self) -> None:
        self._sent.clear()
        self._not_before = 0.0

    def put_off(self, uid: str, until: float) -> None:
        """Not now: this and all behind it are sent again then."""
        order = list(self._waiting)
        for later in order[order.index(uid) :]:
            self._sent.discard(later)
        self._not_before = max(self._not_before, until)

    def wait(self, now: float) -> float:
        return max(0.0, self._not_before - now)

    def next_batch(self, now: float) -> list[Made]:
        """What to send now; taken for sent."""
        if self.wait(now) > 0:
            return []
        if self._sent and now - self._progress > ANSWER_PATIENCE_SECONDS:
            self._sent.clear()
        if not self._sent:
            self._progress = now
        batch: list[Made] = []
        size = ENVELOPE_BYTES
        for uid, made in self._waiting.items():
            if uid in self._sent:
                continue
            size += len(made.text) + 1
            if batch and size > MESSAGE_BYTES:
                break
            batch.append(made)
            if len(batch) == TRANSACTIONS_PER_MESSAGE:
                break
            if len(batch) + len(self._sent) >= UNANSWERED_MOST:
                break
        self._sent.update(made.uid for made in batch)
        return batch
