"""Every message of the board protocol as frozen structs with their limits; no behaviour.

`docs/protocol.md` describes the same in prose, `static/board/protocol.d.ts` is generated from here.
"""

from __future__ import annotations

from enum import IntEnum, StrEnum
from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

SCHEMA = 4
"""The newest version of kinds and properties that this server accepts (R15)."""

SUBPROTOCOL = "whiteboard.v1"
SUBPROTOCOL_ANY = "whiteboard"
"""Offered beside the versioned one, so that a page of another version can be told to reload."""

MESSAGE_BYTES = 64 * 1024
"""Longest text message from a client: a transaction of 1,000 moved elements fits in it."""
LIVE_FRAME_BYTES = 16 * 1024
"""Longest binary frame from a client: a second of ten fingers drawing is below 4 KiB."""
FRAME_BYTES = 256 * 1024
"""Longest frame either side may send: daphne cuts connections at 1 MiB."""
CHANGES_PER_TRANSACTION = 1000
TRANSACTIONS_PER_MESSAGE = 64
COORDINATE_MAX = 1_000_000
"""Board units; beyond it single-precision drawing gets visibly coarse."""
POINTS_PER_STROKE = 10_000
PIECES_PER_SPLIT = 200
"""One sweep of an eraser over a dense scribble cuts it into some dozens."""
TEXT_LENGTH = 10_000
"""Characters of one element's text: some four pages, and in any script below a message's limit."""
NAME_LENGTH = 200
"""Characters of a page's or frame's name: a long title still fits."""
ALT_LENGTH = 2000
"""Characters that say what an image shows: a paragraph or two."""
LINK_LENGTH = 2000
"""Characters of an address: longer ones, browsers and proxies cut."""
GROUP_DEPTH = 8
"""Groups within groups: nobody keeps track of more, and each is a part of every member's text."""

ElementKey = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]{8,32}\Z")]
TransactionId = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]{22}\Z")]
Epoch = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]{22}\Z")]
Clock = Annotated[int, Meta(ge=0, le=2**53 - 1)]
Scalar = str | int | float | bool
PropertyName = Annotated[str, Meta(min_length=1, max_length=32)]
Properties = dict[PropertyName, Scalar]
Patch = dict[PropertyName, Scalar | None]
"""Properties to set; `null` takes an optional property away."""


class CloseCode(IntEnum):
    BAD_MESSAGE = 4400
    SIGNED_OUT = 4401
    NOT_ALLOWED = 4403
    NO_SUCH_BOARD = 4404
    TOO_SLOW = 4408
    TOO_BIG = 4413
    UNKNOWN_PROTOCOL = 4426
    TOO_FAST = 4429
    SHUTTING_DOWN = 4503


class RefusalCode(StrEnum):
    """Why a transaction was refused for good; the page has a sentence for each."""

    BAD_CHANGE = "bad_change"
    BOARD_FULL = "board_full"
    FROZEN = "frozen"
    ID_REUSED = "id_reused"
    LOCKED = "locked"
    NOT_ALLOWED = "not_allowed"
    NOT_YOURS = "not_yours"
    UNKNOWN_KIND = "unknown_kind"
    UNKNOWN_PROPERTY = "unknown_property"


class Role(StrEnum):
    """What somebody is on a board, the one with most rights first."""

    OWNER = "owner"
    EDITOR = "editor"
    COMMENTER = "commenter"
    LASER = "laser"
    VIEWER = "viewer"


class Audience(StrEnum):
    """What whoever has a board's address may do, without being a member."""

    NOBODY = "nobody"
    VIEW = "view"
    DRAW = "draw"


class Action(StrEnum):
    """What rights are asked for; `welcome` and `board` name those that the reader has."""

    SEE = "see"
    REACT = "react"
    POINT = "point"
    """The laser."""
    COMMENT = "comment"
    """In threads, and beside the own cursor."""
    DRAW = "draw"
    DRAW_FROZEN = "draw_frozen"
    CHANGE_OTHERS = "change_others"
    """What others drew, where people change only their own; and what others have locked."""
    LEAD = "lead"
    """Bring everybody to a place, and present."""
    RENAME = "rename"
    SET_PAPER = "set_paper"
    SHARE = "share"
    """Members, links, and who else may come in."""
    ORDER = "order"
    """Freeze, give the pen, mute, put out, take back what somebody did."""
    TRASH = "trash"


class NoticeCode(StrEnum):
    """What was done to a board from outside; the page has a sentence for each."""

    CLEARED = "cleared"
    ROLLED_BACK = "rolled_back"
    TAKEN_BACK = "taken_back"
    """Everything that one person did since a moment."""


class Paper(StrEnum):
    """What is printed on the board beneath everything that is drawn."""

    BLANK = "blank"
    GRID = "grid"
    RULED = "ruled"
    GRAPH = "graph"
    DOTTED = "dotted"
    ISOMETRIC = "isometric"


class Message(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Common options of all messages."""


# -- changes ---------------------------------------------------------------------------------------


class Put(Message, tag_field="op", tag="put"):
    """A new element. On a living key a no-op, on a removed key it revives (R4)."""

    key: ElementKey
    element: Properties
    author: int | UnsetType = UNSET
    """Only from the server: the author, where it is not the transaction's (a revived element)."""


class Set(Message, tag_field="op", tag="set", rename={"expected": "if"}):
    """Some properties of a living element; each is judged by `if` on its own (R4, R11)."""

    key: ElementKey
    props: Patch
    expected: Patch | UnsetType = UNSET


class Remove(Message, tag_field="op", tag="remove"):
    key: ElementKey


class Clear(Message, tag_field="op", tag="clear"):
    """Removes every element that is there at this moment."""


class Piece(Message):
    key: ElementKey
    props: Properties


class Split(Message, tag_field="op", tag="split"):
    """Replaces an element by pieces of it, if it is still there (R16)."""

    key: ElementKey
    into: Annotated[list[Piece], Meta(max_length=PIECES_PER_SPLIT)]


Change = Put | Set | Remove | Clear | Split


class Proposal(Message):
    """A transaction as its author sends it."""

    id: TransactionId
    changes: Annotated[list[Change], Meta(min_length=1, max_length=CHANGES_PER_TRANSACTION)]


class Transaction(Message):
    """A transaction as the board has committed it. `author` is a person's number, `at` in ms."""

    clock: Clock
    id: TransactionId
    author: int
    at: int
    changes: list[Change]


class Someone(Message):
    """One connection of a person on the board. `slot` is what live records are stamped with."""

    slot: int
    person: int
    name: str
    color: str
    hand: int = 0
    """Since when the hand is up, in ms since 1970; 0: it is down."""


# -- from the client -------------------------------------------------------------------------------


class Hello(Message, tag_field="type", tag="hello"):
    """The first message: what the client already has (R7)."""

    epoch: Epoch | None
    since: Clock
    schema: Annotated[int, Meta(ge=1, le=10_000)] = 1


class Commit(Message, tag_field="type", tag="commit"):
    transactions: Annotated[list[Proposal], Meta(min_length=1, max_length=TRANSACTIONS_PER_MESSAGE)]


class Got(Message, tag_field="type", tag="got"):
    """How many frames have been received on this connection so far (R10)."""

    frames: Annotated[int, Meta(ge=0, le=2**53 - 1)]


class Ping(Message, tag_field="type", tag="ping"):
    """Asks for a sign of life."""


class Hand(Message, tag_field="type", tag="hand"):
    """Raises this connection's hand, or lowers it; somebody else's with `slot`, by ORDER."""

    up: bool
    slot: int | None = None


FromClient = Hello | Commit | Got | Ping | Hand


# -- from the server -------------------------------------------------------------------------------


class Welcome(Message, tag_field="type", tag="welcome"):
    you: Someone
    role: Role
    epoch: Epoch
    clock: Clock
    schema: int
    title: str
    frozen: bool
    people: list[Someone]
    paper: Paper = Paper.BLANK
    may: list[Action] = []
    """What the reader may do at this moment, freeze, pen and mute included."""
    pens: list[int] = []
    """People (by number) who hold the pen."""
    own_only: bool = False
    muted: bool = False
    talk: int = 0
    """Version of the board's comments: another one than known means to read them."""


class Commits(Message, tag_field="type", tag="commits"):
    """Committed transactions in clock order; for their authors also the receipts (R3)."""

    epoch: Epoch
    transactions: list[Transaction]


class Refused(Message, tag_field="type", tag="refused"):
    """Final: this transaction will never be accepted (R5)."""

    id: TransactionId
    code: RefusalCode
    why: str


class Later(Message, tag_field="type", tag="later"):
    """Not now: these transactions stay pending and are sent again after `after_ms` (R5)."""

    ids: list[TransactionId]
    after_ms: int


class Reload(Message, tag_field="type", tag="reload"):
    """The tail is longer than the document: read the document afresh, then say hello again."""

    clock: Clock


class People(Message, tag_field="type", tag="people"):
    """Who came, changed (same slot) or left since the last such message."""

    joined: list[Someone]
    left: list[int]


class BoardChanged(Message, tag_field="type", tag="board"):
    title: str
    frozen: bool
    role: Role
    paper: Paper = Paper.BLANK
    may: list[Action] = []
    pens: list[int] = []
    own_only: bool = False
    muted: bool = False
    talk: int = 0
    notice: NoticeCode | None = None
    """What was last done to the board from outside, and when (ms since 1970)."""
    noticed: int = 0


class Pong(Message, tag_field="type", tag="pong"):
    """The sign of life asked for."""


class Bye(Message, tag_field="type", tag="bye"):
    """Said before every close, because servers drop close reasons."""

    code: CloseCode
    why: str


FromServer = Welcome | Commits | Refused | Later | Reload | People | BoardChanged | Pong | Bye


# -- live frames (binary) --------------------------------------------------------------------------

LIVE_FRAME = 1
"""First byte of a binary frame: the version of the record format."""


class LiveKind(IntEnum):
    """What a live record is about. 1 to 15 replace the sender's earlier one in the same tick."""

    CURSOR = 1
    AWAY = 2
    SELECTION = 3
    TRANSFORM = 4
    DRAFT = 5
    CHAT = 6
    VIEW = 7
    STATE = 8
    PRESENT = 9
    PAGE = 10
    PICTURES = 11
    STROKE_START = 16
    STROKE_POINTS = 17
    STROKE_END = 18
    LASER = 19
    REACTION = 20
    SUMMON = 21


LIVE_REPLACING = frozenset(range(1, 16))
LIVE_KINDS = frozenset(LiveKind)
LIVE_RECORD_BYTES: Literal[4096] = 4096
"""Longest payload of one record."""
