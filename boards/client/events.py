"""What happens on a board, as `Board.events` tells it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .document import Transaction


@dataclass(frozen=True, slots=True)
class Someone:
    """A connection to the board, and who it is."""

    slot: int
    """Of this connection alone: the same person in two tabs has two."""
    person: int
    name: str
    color: str
    hand: int | None = None
    """Since when their hand is up, in milliseconds since 1970; None: it is down."""

    @staticmethod
    def of(message: Mapping[str, Any]) -> Someone:
        known = ("slot", "person", "name", "color", "hand")
        return Someone(**{name: message[name] for name in known if name in message})


@dataclass(frozen=True, slots=True)
class Connected:
    """Everything there was has come, and what we do is sent from now on."""


@dataclass(frozen=True, slots=True)
class Disconnected:
    """The client comes back by itself; what is pending stays so."""

    code: int
    why: str


@dataclass(frozen=True, slots=True)
class Committed:
    """By anybody, ourselves included; it is in `Board.elements` already."""

    transaction: Transaction


@dataclass(frozen=True, slots=True)
class Refused:
    """One of ours, for good."""

    id: str
    code: str
    why: str


@dataclass(frozen=True, slots=True)
class Reread:
    """The document was read afresh: any element may be another."""


@dataclass(frozen=True, slots=True)
class PeopleChanged:
    """Who is in `joined` may have been there before, with another name or hand."""

    joined: Sequence[Someone]
    left: Sequence[int]
    """Their slots."""


@dataclass(frozen=True, slots=True)
class BoardChanged:
    """Title, freeze, rights …: see `board` and `welcome` in docs/protocol.md."""

    head: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Live:
    """A live record of somebody else; `boards.client.live` reads some kinds."""

    slot: int
    kind: int
    payload: bytes


@dataclass(frozen=True, slots=True)
class DocumentNeeded:
    """For whoever runs a `Session`: read the document and give it to `loaded`."""


Event = (
    Connected | Disconnected | Committed | Refused | Reread | PeopleChanged | BoardChanged | Live
)
