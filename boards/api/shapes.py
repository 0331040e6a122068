"""Everything that goes in and out of the API as frozen structs with their limits; no behaviour.

Transactions are the protocol's own. The description is made from these and nothing else.
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from boards.models import LABEL_LENGTH, TITLE_LENGTH
from boards.protocol import (
    TRANSACTIONS_PER_MESSAGE,
    Action,
    Audience,
    Clock,
    Epoch,
    Paper,
    Proposal,
    RefusalCode,
    Role,
    Transaction,
    TransactionId,
)

WAIT_MAX = 25
"""Seconds: below the 30 after which proxies usually give up."""
TRANSACTIONS_MAX = 1000
BOARDS_MAX = 100
LABEL = Annotated[str, Meta(max_length=LABEL_LENGTH)]
TITLE = Annotated[str, Meta(max_length=TITLE_LENGTH)]
CURSOR = Annotated[str, Meta(pattern=r"^[0-9]{1,17}\.[0-9a-f]{32}\Z")]


class Shape(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Common options of all of them."""


class Problem(Shape, frozen=True):
    """What every answer that isn't a success holds: a lasting code, and a sentence for people."""

    error: str
    why: str


# -- transactions ----------------------------------------------------------------------------------


class NewTransactions(Shape, frozen=True):
    """Exactly what a socket takes in a `commit`."""

    transactions: Annotated[list[Proposal], Meta(min_length=1, max_length=TRANSACTIONS_PER_MESSAGE)]


class Result(Shape, frozen=True):
    """What has become of a transaction: `clock`, or `refused` and `why`, or `later`."""

    id: TransactionId
    clock: Clock | UnsetType = UNSET
    """It is stored; one that had been stored before has its first clock."""
    refused: RefusalCode | UnsetType = UNSET
    """It will never be accepted."""
    why: str | UnsetType = UNSET
    later: int | UnsetType = UNSET
    """Send it again, and what came behind it, after so many milliseconds."""


class Results(Shape, frozen=True):
    """One for each transaction, in their order."""

    results: list[Result]


class After(Shape, frozen=True):
    """Which transactions are asked for."""

    after: Clock = 0
    epoch: Epoch | None = None
    """Of the board as the program knows it: another one means to read the document again."""
    wait: Annotated[float, Meta(ge=0, le=WAIT_MAX)] = 0
    """Seconds to wait for something, where there is nothing yet."""
    limit: Annotated[int, Meta(ge=1, le=TRANSACTIONS_MAX)] = TRANSACTIONS_MAX


class Transactions(Shape, frozen=True):
    """What was committed after a clock, in order; perhaps not all of it."""

    epoch: Epoch
    clock: Clock
    """Of the board: where it is beyond the last transaction here, there is more."""
    transactions: list[Transaction]
    reload: bool = False
    """The document is the shorter way, or the only one: read it and go on from its clock."""


class Document(Shape, frozen=True):
    """The whole board at one clock."""

    epoch: Epoch
    clock: Clock
    elements: dict[str, dict[str, str | int | float | bool]]


# -- boards ----------------------------------------------------------------------------------------


class Board(Shape, frozen=True):
    id: str
    title: str
    paper: Paper
    frozen: bool
    own_only: bool
    audience: Audience
    role: Role
    may: list[Action]
    """What the token, or whoever is signed in, may do now."""
    epoch: Epoch
    clock: Clock
    changed: int
    """Milliseconds since 1970, as all times here."""
    trashed: int | None
    address: str


class BoardsAfter(Shape, frozen=True):
    """A page of the list."""

    after: CURSOR | None = None
    """`next` of the page before."""
    limit: Annotated[int, Meta(ge=1, le=BOARDS_MAX)] = 50


class Boards(Shape, frozen=True):
    """The last changed first."""

    boards: list[Board]
    next: str | None
    """For `after`; null: that was all."""


class NewBoard(Shape, frozen=True):
    title: TITLE = ""
    audience: Audience | UnsetType = UNSET


class BoardChanges(Shape, frozen=True):
    """Only what is named changes."""

    title: TITLE | UnsetType = UNSET
    paper: Paper | UnsetType = UNSET
    frozen: bool | UnsetType = UNSET
    own_only: bool | UnsetType = UNSET
    audience: Audience | UnsetType = UNSET
    trashed: bool | UnsetType = UNSET


# -- people and links ------------------------------------------------------------------------------


class Token(Shape, frozen=True):
    name: str
    scopes: list[Literal["read", "draw", "manage"]]
    expires: int | None


class Me(Shape, frozen=True):
    """For whom the request speaks."""

    person: int
    name: str
    color: str
    account: bool
    """False: a guest."""
    token: Token | None
    """The one that was shown; null: the person is here themselves."""


class Here(Shape, frozen=True):
    """Somebody with the board open at this moment."""

    person: int
    name: str
    color: str


class Member(Shape, frozen=True):
    person: int
    name: str
    color: str
    role: Role
    link: str
    """The name of the link they came by."""
    stays: bool
    """Whether they are the board's owner, whom nobody can put out."""


class People(Shape, frozen=True):
    here: list[Here]
    members: list[Member] | None
    """Null for who may not share the board."""


class NewRole(Shape, frozen=True):
    role: Role


class Link(Shape, frozen=True):
    """An invite link; its address is told once, when it is made."""

    id: int
    role: Role
    label: str
    created: int
    expires: int | None
    uses: int
    most: int | None
    state: Literal["good", "used", "expired"]


class Links(Shape, frozen=True):
    links: list[Link]


class NewLink(Shape, frozen=True):
    role: Literal["editor", "commenter", "laser", "viewer"]
    lasts: Literal["hour", "day", "week", "ever"] = "week"
    uses: Annotated[int, Meta(ge=1, le=100_000)] | None = None
    label: LABEL = ""


class MadeLink(Shape, frozen=True):
    link: Link
    address: str


# -- pictures and documents ------------------------------------------------------------------------


class Asset(Shape, frozen=True):
    """What elements name in `asset` or `source`."""

    asset: str
    media: str
    width: int
    """In pixels; of a document in points."""
    height: int
    bytes: int
    pages: int
    """Of a document as far as it says; frames of a moving picture."""


class Assets(Shape, frozen=True):
    """All of a board."""

    assets: list[Asset]


class Side(Shape, frozen=True):
    """A smaller picture, whose longer side is at most that."""

    side: Literal[0, 256, 512, 1024] = 0


class Imported(Shape, frozen=True):
    """A board that was made of a file."""

    board: str
    address: str
    elements: int
    missing: int
    """Pictures that elements name and the file did not have."""
