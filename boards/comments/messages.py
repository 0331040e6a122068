"""What pages send and read about comments, with its limits; no behaviour."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from boards.models import COMMENT_LENGTH
from boards.protocol import COORDINATE_MAX, ElementKey, TransactionId

MENTIONS_MAX = 20
"""More isn't for somebody, but for everybody."""
COMES_CLEAN = 2
"""Longer by so much before it is cleaned: marks and line ends may be left out of it."""

Text = Annotated[str, Meta(max_length=COMMENT_LENGTH * COMES_CLEAN)]
Coordinate = Annotated[float, Meta(ge=-2 * COORDINATE_MAX, le=2 * COORDINATE_MAX)]
PersonNumber = Annotated[int, Meta(ge=1, le=2**53 - 1)]
Mentions = Annotated[list[PersonNumber], Meta(max_length=MENTIONS_MAX)]
Talk = Annotated[int, Meta(ge=0, le=2**53 - 1)]


class Body(Struct, frozen=True, forbid_unknown_fields=True):
    """Common options of all bodies."""


class NewThread(Body, frozen=True):
    """The first comment of a thread; with `element`, x and y are relative to that element's own."""

    uid: TransactionId
    x: Coordinate
    y: Coordinate
    text: Text
    element: ElementKey | None = None
    page: ElementKey | None = None
    """The page that it is on; None: the first."""
    mentions: Mentions = []


class Reply(Body, frozen=True):
    uid: TransactionId
    text: Text
    mentions: Mentions = []


class Edit(Body, frozen=True):
    text: Text
    mentions: Mentions = []


class Resolve(Body, frozen=True):
    resolved: bool


class Seen(Body, frozen=True):
    talk: Talk


class Nothing(Body, frozen=True):
    """For what needs no more than its address."""


# -- answers ---------------------------------------------------------------------------------------


class Somebody(Struct, frozen=True):
    id: int
    name: str
    color: str


class Named(Struct, frozen=True):
    """Whom one may mention."""

    id: int
    name: str


class Place(Struct, frozen=True):
    x: float
    y: float


class ToldComment(Struct, frozen=True):
    id: int
    uid: str
    author: Somebody | None
    """None: somebody whose person is no longer there."""
    at: int
    """Milliseconds since 1970, like all times here."""
    edited: int | None
    removed: bool
    text: str
    mentions: list[int]


class ToldThread(Struct, frozen=True):
    id: int
    x: float
    y: float
    element: str | None
    page: str | None
    """None: the first."""
    was_at: Place | None
    """Where its element was, if that has been removed."""
    created: int
    resolved: int | None
    resolved_by: Named | None
    talk: int
    unread: bool
    mentions_me: bool
    comments: list[ToldComment]


class Talked(Struct, frozen=True, omit_defaults=True):
    """What is newer than `since`, up to `talk`; with the board's own beyond it there is more."""

    talk: int
    threads: list[ToldThread]
    people: list[Named] | None = None
    """Whom one may mention; with the first reading only."""


class ToldOne(Struct, frozen=True):
    """The thread after what was done to it."""

    thread: ToldThread
