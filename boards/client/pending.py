"""Own transactions without a receipt: what to send of them, and when. Pure (R2, R5)."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from .folding import Change

TRANSACTIONS_PER_MESSAGE: Final = 64
MESSAGE_BYTES: Final = 64 * 1024
ENVELOPE_BYTES: Final = 64
"""What stands around the transactions of a message."""
UNANSWERED_MOST: Final = 128
BACKLOG: Final = 128
"""A day offline: it comes in small messages with pauses, at 400 KiB/s, so it is in nobody's way."""
BACKLOG_LEFT: Final = 8
BACKLOG_BYTES: Final = 16 * 1024
BACKLOG_GAP_SECONDS: Final = 0.04
ANSWER_SECONDS: Final = 15.0
"""A living server that says nothing of one for so long is asked again; it knows the id."""


def transaction_id() -> str:
    """128 random bits in 22 characters (R2)."""
    return secrets.token_urlsafe(16)


@dataclass(frozen=True)
class Proposal:
    """A transaction of ours, named for good."""

    id: str
    changes: Sequence[Change]
    text: str = field(init=False)

    def __post_init__(self) -> None:
        said = {"id": self.id, "changes": list(self.changes)}
        text = json.dumps(said, separators=(",", ":"), ensure_ascii=False)
        object.__setattr__(self, "text", text)


class Pending:
    """In the order in which they were made; nothing leaves but by a receipt or a refusal."""

    def __init__(self) -> None:
        self._waiting: dict[str, Proposal] = {}
        self._sent: set[str] = set()
        """On this connection, and not answered."""
        self._tried: set[str] = set()
        """On this connection, answered by `later` at most."""
        self._suspects: set[str] = set()
        """One of these made the server close the connection: each goes alone."""
        self._not_before = 0.0
        self._backlog = False
        self._progress = 0.0

    def __len__(self) -> int:
        return len(self._waiting)

    def __contains__(self, transaction: object) -> bool:
        return transaction in self._waiting

    @property
    def ids(self) -> Iterable[str]:
        """In order."""
        return self._waiting.keys()

    @property
    def owed(self) -> bool:
        """Whether the server owes an answer."""
        return bool(self._sent)

    def add(self, proposal: Proposal) -> None:
        self._waiting[proposal.id] = proposal

    def answered(self, transaction: str, now: float) -> bool:
        """By its receipt or for ever by a refusal; whether it was ours and pending."""
        for where in (self._sent, self._tried, self._suspects):
            where.discard(transaction)
        if self._waiting.pop(transaction, None) is None:
            return False
        self._progress = now
        return True

    def put_off(self, transactions: Iterable[str], until: float) -> None:
        """Not now: the first of these and all behind it are sent again then, so none overtakes."""
        asked = set(transactions)
        order = list(self._waiting)
        first = next((at for at, one in enumerate(order) if one in asked), None)
        if first is not None:
            self._sent.difference_update(order[first:])
            self._not_before = max(self._not_before, until)

    def resend(self) -> None:
        """The board may have another life than the one that they were sent to (R1)."""
        self._sent.clear()

    def disconnected(self, *, blamed: bool) -> str | None:
        """All will be sent again.

        Returns the one that counts as refused, if it was alone on its way when the server closed on
        it (`blamed`) for the second time.
        """
        alone = next(iter(self._tried), None)
        guilty = alone if blamed and self._suspects else None
        if blamed and guilty is None:
            self._suspects |= self._tried
        self._tried.clear()
        self._sent.clear()
        self._not_before = 0.0
        return guilty

    def due_in(self, now: float) -> float | None:
        """Seconds until there is something to send or to ask again; None: nothing waits."""
        if not self._waiting:
            return None
        if len(self._sent) < min(len(self._waiting), UNANSWERED_MOST):
            return max(0.0, self._not_before - now)
        return max(0.0, self._progress + ANSWER_SECONDS - now)

    def next_message(self, now: float) -> str | None:
        """What to send now, taken for sent; None: nothing."""
        if now < self._not_before:
            return None
        if self._sent and now - self._progress > ANSWER_SECONDS:
            self._sent.clear()
        self._backlog = len(self._waiting) > (BACKLOG_LEFT if self._backlog else BACKLOG)
        batch = self._alone() if self._suspects else self._batch()
        if not batch:
            return None
        if self._backlog:
            self._not_before = now + BACKLOG_GAP_SECONDS
        if not self._sent:
            self._progress = now
        ids = [proposal.id for proposal in batch]
        self._sent.update(ids)
        self._tried.update(ids)
        return f'{{"type":"commit","transactions":[{",".join(one.text for one in batch)}]}}'

    def _alone(self) -> list[Proposal]:
        return [] if self._sent else list(self._waiting.values())[:1]

    def _batch(self) -> list[Proposal]:
        batch: list[Proposal] = []
        size = ENVELOPE_BYTES
        most = min(TRANSACTIONS_PER_MESSAGE, UNANSWERED_MOST - len(self._sent))
        longest = BACKLOG_BYTES if self._backlog else MESSAGE_BYTES
        for one, proposal in self._waiting.items():
            if one in self._sent:
                continue
            size += len(proposal.text.encode()) + 1
            if len(batch) >= most or (batch and size > longest):
                break
            batch.append(proposal)
        return batch
