"""A board's document as far as it is confirmed: read, then kept up by transactions. Pure (R1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .folding import Change, Elements, fold


@dataclass(frozen=True, slots=True)
class Transaction:
    """What somebody has done to the board, for good."""

    clock: int
    """Its number: 1, 2, 3 … on each board, without gap."""
    id: str
    author: int
    """The lasting number of the person; 0 is the server itself."""
    at: int
    """Milliseconds since 1970."""
    changes: tuple[Change, ...]

    @staticmethod
    def of(message: Mapping[str, Any]) -> Transaction:
        return Transaction(
            message["clock"],
            message["id"],
            message["author"],
            message["at"],
            tuple(message["changes"]),
        )


class Document:
    """See the module."""

    def __init__(self) -> None:
        self.epoch: str | None = None
        """The board's life, which a restored backup changes."""
        self.clock = 0
        self.elements: Elements = {}
        self._held: dict[int, Transaction] = {}

    @property
    def gap(self) -> bool:
        """Whether a transaction is missing before one that has come."""
        return bool(self._held)

    def load(self, read: Mapping[str, Any]) -> list[Transaction]:
        """The document as the server has it; returns what had come early and goes on from there."""
        if read["epoch"] != self.epoch:
            self._held.clear()
        self.epoch, self.clock = read["epoch"], read["clock"]
        self.elements = {**read["elements"], **read.get("pages", {})}
        return self._apply_due()

    def confirm(self, transaction: Transaction) -> list[Transaction]:
        """In whatever order and however often they come; returns what has been applied now."""
        if transaction.clock > self.clock:
            self._held[transaction.clock] = transaction
        return self._apply_due()

    def _apply_due(self) -> list[Transaction]:
        for old in [clock for clock in self._held if clock <= self.clock]:
            del self._held[old]
        due: list[Transaction] = []
        while (transaction := self._held.pop(self.clock + 1, None)) is not None:
            fold(self.elements, transaction.changes, transaction.author)
            self.clock += 1
            due.append(transaction)
        return due
