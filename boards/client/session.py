"""One connection's dealings with a board: frames in, events and frames out, nothing of the network.

Times are seconds of any clock that never goes back. What it raises is `EndedError`: this connection
is over, document and pending go on with the next.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from .document import Document, Transaction
from .errors import EndedError
from .events import (
    BoardChanged,
    Committed,
    Connected,
    DocumentNeeded,
    Event,
    Live,
    PeopleChanged,
    Refused,
    Reread,
    Someone,
)
from .live import Reader
from .pending import Pending

Frame = str | bytes

SCHEMA: Final = 4
LOST: Final = 1006
"""The code of a connection that ended without one."""
GOT_FRAMES: Final = 32
GOT_BYTES: Final = 64 * 1024
"""R10: what has been received is confirmed at every so many, the bytes with room to spare."""
QUIET_SECONDS: Final = 10.0
OWED_SECONDS: Final = 2.0
"""After so long without a word it is asked whether it lives; sooner where it owes an answer."""
PATIENCE_SECONDS: Final = 5.0
CATCH_UP_SECONDS: Final = 15.0
GAP_SECONDS: Final = 2.0
"""A gap that stays so long is no late frame."""


class Session:
    """See the module. `greet`, then `received` with every frame, `tick` when `wake_in` is over."""

    def __init__(self, document: Document, pending: Pending, now: float) -> None:
        self.document = document
        self.pending = pending
        self.caught_up = False
        self.you: Someone | None = None
        self.people: dict[int, Someone] = {}
        """By slot."""
        self.head: dict[str, Any] = {}
        """What `welcome` and `board` have said of the board."""
        self._sending: list[Frame] = []
        self._greeted = False
        self._target: int | None = None
        self._frames = 0
        self._unconfirmed = 0
        self._unconfirmed_bytes = 0
        self._heard_at = now
        self._asked_at: float | None = None
        self._moved_at = now
        self._gap_since: float | None = None

    # -- what goes out -----------------------------------------------------------------------------

    def greet(self, now: float) -> None:
        """Says hello with what the document has: after opening, and after each reading."""
        self._greeted = True
        self._moved_at = now
        self._say("hello", epoch=self.document.epoch, since=self.document.clock, schema=SCHEMA)

    def loaded(self, read: Mapping[str, Any], now: float) -> list[Event]:
        """The document that `DocumentNeeded` asked for."""
        events: list[Event] = [Reread(), *self._applied(self.document.load(read), now)]
        self.greet(now)
        return events

    def live(self, records: bytes) -> bool:
        """Now or never: whether they went."""
        if not self.caught_up:
            return False
        self._sending.append(b"\1" + records)
        return True

    def take(self, now: float) -> list[Frame]:
        """The frames to send now, in order."""
        if self.caught_up:
            while (message := self.pending.next_message(now)) is not None:
                self._sending.append(message)
        taken, self._sending = self._sending, []
        return taken

    def _say(self, kind: str, **fields: Any) -> None:
        self._sending.append(json.dumps({"type": kind, **fields}, separators=(",", ":")))

    # -- the pulse ---------------------------------------------------------------------------------

    def tick(self, now: float) -> None:
        """Looks whether the connection still does its work."""
        if self._asked_at is not None:
            if now - self._asked_at >= PATIENCE_SECONDS:
                raise EndedError(LOST, "the server does not answer")
        elif self._greeted and now - self._heard_at >= self._quiet:
            self._asked_at = now
            self._say("ping")
        if not self.caught_up and now - self._moved_at >= CATCH_UP_SECONDS:
            raise EndedError(LOST, "the board did not come")
        if self._gap_since is not None and now - self._gap_since >= GAP_SECONDS:
            raise EndedError(LOST, f"the transaction after {self.document.clock} is missing")

    def wake_in(self, now: float) -> float:
        """Seconds until `tick` and `take` have something to do, if nothing happens before."""
        ends = [self._heard_at + self._quiet]
        if self._asked_at is not None:
            ends = [self._asked_at + PATIENCE_SECONDS]
        if not self.caught_up:
            ends.append(self._moved_at + CATCH_UP_SECONDS)
        if self._gap_since is not None:
            ends.append(self._gap_since + GAP_SECONDS)
        due = self.pending.due_in(now) if self.caught_up else None
        if due is not None:
            ends.append(now + due)
        return max(0.0, min(ends) - now)

    @property
    def _quiet(self) -> float:
        return OWED_SECONDS if self.pending.owed else QUIET_SECONDS

    # -- what comes in -----------------------------------------------------------------------------

    def received(self, frame: Frame, now: float) -> list[Event | DocumentNeeded]:
        """What it means; the document has been changed already."""
        self.count_in(frame, now)
        if isinstance(frame, bytes):
            return list(self._live(frame))
        message = json.loads(frame)
        if not self.caught_up:
            self._moved_at = now
        return list(self._hear(message, now))

    def count_in(self, frame: Frame, now: float) -> None:
        self._heard_at = now
        self._asked_at = None
        self._frames += 1
        self._unconfirmed += 1
        # Characters may be four bytes each.
        self._unconfirmed_bytes += len(frame) * (1 if isinstance(frame, bytes) else 2)
        if self._unconfirmed >= GOT_FRAMES or self._unconfirmed_bytes >= GOT_BYTES:
            self._unconfirmed = self._unconfirmed_bytes = 0
            self._say("got", frames=self._frames)

    def _live(self, frame: bytes) -> Iterator[Live]:
        for slot, kind, payload in Reader(frame).records():
            if self.you is None or slot != self.you.slot:
                yield Live(slot, kind, payload)

    def _hear(self, message: Mapping[str, Any], now: float) -> Iterator[Event | DocumentNeeded]:
        match message["type"]:
            case "welcome":
                yield from self._welcome(message)
            case "commits":
                yield from self._commits(message, now)
            case "refused":
                if self.pending.answered(message["id"], now):
                    yield Refused(message["id"], message["code"], message["why"])
            case "later":
                self.pending.put_off(message["ids"], now + message["after_ms"] / 1000)
            case "reload":
                yield self._reread()
            case "people":
                yield self._people(message["joined"], message["left"])
            case "board":
                yield self._board(message)
            case "bye":
                raise EndedError(message["code"], message["why"])

    def _welcome(self, welcome: Mapping[str, Any]) -> Iterator[Event | DocumentNeeded]:
        self.you = Someone.of(welcome["you"])
        self.people = {}
        yield self._people(welcome["people"], [])
        yield self._board(welcome)
        if not self._greeted:
            # Overtaken: a reading is under way already.
            return
        document = self.document
        if document.epoch is None:
            # Nothing yet, so the tail is the whole log, or `reload` comes.
            document.epoch = welcome["epoch"]
        if welcome["epoch"] != document.epoch or welcome["clock"] < document.clock:
            yield self._reread()
            return
        self._target = welcome["clock"]
        yield from self._progress()

    def _commits(self, commits: Mapping[str, Any], now: float) -> Iterator[Event | DocumentNeeded]:
        if commits["epoch"] != self.document.epoch:
            if self._greeted:
                yield self._reread()
            return
        for message in commits["transactions"]:
            transaction = Transaction.of(message)
            known = transaction.clock <= self.document.clock
            if known and self.pending.answered(transaction.id, now):
                # Its effect came with a document that was read; this is its receipt.
                yield Committed(transaction)
            yield from self._applied(self.document.confirm(transaction), now)
        self._watch_gap(now)
        yield from self._progress()

    def _applied(self, transactions: list[Transaction], now: float) -> Iterator[Event]:
        for transaction in transactions:
            self.pending.answered(transaction.id, now)
            yield Committed(transaction)

    def _watch_gap(self, now: float) -> None:
        if not self.document.gap:
            self._gap_since = None
        elif self._gap_since is None:
            self._gap_since = now

    def _progress(self) -> Iterator[Event]:
        if self.caught_up or not self._greeted or self._target is None:
            return
        if self.document.clock >= self._target:
            self.caught_up = True
            yield Connected()

    def _reread(self) -> DocumentNeeded:
        """Another life of the board, or a tail longer than the document (R1, R7)."""
        self._greeted = self.caught_up = False
        self._target = self._gap_since = None
        self.pending.resend()
        return DocumentNeeded()

    def _people(self, joined: list[Mapping[str, Any]], left: list[int]) -> PeopleChanged:
        for slot in left:
            self.people.pop(slot, None)
        came = [Someone.of(one) for one in joined]
        self.people.update({one.slot: one for one in came})
        return PeopleChanged(came, left)

    def _board(self, message: Mapping[str, Any]) -> BoardChanged:
        beside = {"type", "you", "people", "epoch", "clock"}
        self.head = {name: value for name, value in message.items() if name not in beside}
        return BoardChanged(self.head)
