"""Reads the file of a board and checks all of it, before anything is made of it (S11).

Nothing is taken into memory before it is known to be few: counts come from the bytes, values are
decoded one element at a time, and pictures go from the file to the storage in parts.
"""

from __future__ import annotations

import json
import mmap
from binascii import Error as Base64Error
from binascii import a2b_base64
from collections.abc import Iterator
from dataclasses import dataclass
from os import SEEK_END
from typing import IO, Annotated, Any, Final, Literal

import msgspec
from django.utils.translation import gettext_lazy as _
from msgspec import UNSET, Meta, Raw, Struct, UnsetType

from boards.assets.refusals import FileRefusedError
from boards.batch import ELEMENTS_PER_BOARD
from boards.elements import PAGE, Refusal, check_change
from boards.protocol import MESSAGE_BYTES, ElementKey, Paper, PropertyName, Put, Scalar

VERSION: Final = 1
ASSETS_MAX: Final = 10_000
BRACES_MAX: Final = ELEMENTS_PER_BOARD + 50_000
"""In elements and pages: one for each, and some in their texts."""
BLOCK: Final = 1024 * 1024
BASE64_BLOCK: Final = 256 * 1024
"""A multiple of four."""
WHY_LENGTH: Final = 120
NO_KEYS: Final = frozenset({"__proto__", "constructor", "prototype"})

AssetKey = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]{22}\Z")]
Properties = dict[str, Any]

SENTENCES: Final[dict[str, Any]] = {
    "no_board": _("This is no file of a board, or it is damaged."),
    "newer": _("This file was made by a newer version of the whiteboard."),
    "too_big": _("This file is too large, or has too much in it."),
}
STATUS: Final = {"no_board": 400, "newer": 400, "too_big": 413}


class NoBoardFileError(Exception):
    """Nothing is made of this file; the message is a sentence for people."""

    def __init__(self, code: str, why: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.why = why
        """For programs and terminals."""

    @property
    def status(self) -> int:
        return STATUS[self.code]

    @property
    def sentence(self) -> str:
        return str(SENTENCES[self.code])

    def __str__(self) -> str:
        return f"{self.sentence} ({self.why})" if self.why else self.sentence


class Beginning(Struct):
    """What of the file is understood in all versions."""

    format: Literal["whiteboard"]
    version: Annotated[int, Meta(ge=1)]


class Parts(Struct, forbid_unknown_fields=True):
    """The file by its fields, none of them decoded yet."""

    format: Raw
    version: Raw
    elements: Raw
    title: Raw | UnsetType = UNSET
    paper: Raw | UnsetType = UNSET
    pages: Raw | UnsetType = UNSET
    assets: Raw | UnsetType = UNSET


class Thing(Struct):
    """What every element and page has."""

    kind: str


class Packed(Struct, forbid_unknown_fields=True):
    """A picture; of what type it is, its bytes say."""

    data: Raw
    media: str = ""


@dataclass
class BoardFile:
    """A file of which everything may be made."""

    title: str
    paper: Paper
    elements: dict[str, Properties]
    """Pages among them."""
    assets: dict[str, Packed]

    def named(self) -> set[str]:
        """The pictures that elements show."""
        found = {str(one["asset"]) for one in self.elements.values() if "asset" in one}
        sources = (str(one["source"]) for one in self.elements.values() if "source" in one)
        return found | {source.partition("#")[0] for source in sources}


def read(file: IO[bytes]) -> BoardFile:
    """Raises NoBoardFileError. The file must be one on disk."""
    # A mapping has at least one byte.
    if file.seek(0, SEEK_END) == 0:
        raise NoBoardFileError("no_board", "it is empty")
    try:
        return _read(memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)))
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, ValueError) as error:
        raise NoBoardFileError("no_board", ascii(str(error))[1:-1][:WHY_LENGTH]) from None


def _read(text: memoryview) -> BoardFile:
    if _count(text, b"{") > BRACES_MAX + ASSETS_MAX:
        raise NoBoardFileError("too_big")
    if msgspec.json.decode(text, type=Beginning).version > VERSION:
        raise NoBoardFileError("newer")
    parts = msgspec.json.decode(text, type=Parts)
    elements = _elements(parts.elements, pages=False)
    if isinstance(parts.pages, Raw):
        pages = _elements(parts.pages, pages=True)
        if pages.keys() & elements.keys():
            raise ValueError("a page has the key of an element")
        elements |= pages
    if len(elements) > ELEMENTS_PER_BOARD:
        raise NoBoardFileError("too_big")
    fields = [part for part in msgspec.structs.astuple(parts) if isinstance(part, Raw)]
    _is_without_repetitions(text, fields)
    return BoardFile(
        title=_decoded(parts.title, str, ""),
        paper=_decoded(parts.paper, Paper, Paper.BLANK),
        elements=elements,
        assets=_assets(parts.assets) if isinstance(parts.assets, Raw) else {},
    )


def _decoded(part: Raw | UnsetType, shape: Any, default: Any) -> Any:
    return msgspec.json.decode(part, type=shape) if isinstance(part, Raw) else default


# -- what can be known without decoding ------------------------------------------------------------


def _count(text: memoryview, byte: bytes) -> int:
    return sum(
        bytes(text[start : start + BLOCK]).count(byte) for start in range(0, len(text), BLOCK)
    )


def _is_without_repetitions(whole: memoryview, values: list[Raw]) -> None:
    """A name that is there twice has two quotes more than the names and values that are left."""
    quotes = 2 * len(values) + sum(_count(memoryview(value), b'"') for value in values)
    if _count(whole, b'"') != quotes:
        raise ValueError("a name is there twice")


def _is_bounded(text: Raw, most: int) -> None:
    if _count(memoryview(text), b"{") > most:
        raise NoBoardFileError("too_big")


# -- elements --------------------------------------------------------------------------------------

_things: Final = msgspec.json.Decoder(dict[ElementKey, Thing])
_raw: Final = msgspec.json.Decoder(dict[ElementKey, Raw])
_properties: Final = msgspec.json.Decoder(dict[PropertyName, Scalar])
_encode: Final = msgspec.json.Encoder().encode


def _elements(text: Raw, *, pages: bool) -> dict[str, Properties]:
    _is_bounded(text, BRACES_MAX)
    # Ends at the first that is no element: what is then taken apart has as many as braces.
    _things.decode(text)
    found = _raw.decode(text)
    if any(len(memoryview(raw)) > MESSAGE_BYTES for raw in found.values()):
        raise NoBoardFileError("too_big")
    _is_without_repetitions(memoryview(text), list(found.values()))
    return {key: _element(key, raw, pages=pages) for key, raw in found.items()}


def _element(key: str, text: Raw, *, pages: bool) -> Properties:
    properties = _properties.decode(text)
    if len(_encode(properties)) != len(memoryview(text)):
        # Written with spaces, or with something twice.
        json.loads(bytes(text), object_pairs_hook=_without_repetitions)
    # Who drew it isn't on this board.
    properties.pop("author", None)
    if key in NO_KEYS or (properties.get("kind") == PAGE) is not pages:
        raise ValueError(f"{key} has no place here")
    try:
        check_change(Put(key, properties))
    except Refusal as refusal:
        raise ValueError(f"{key}: {refusal}") from None
    return properties


def _without_repetitions(pairs: list[tuple[str, Any]]) -> None:
    if len({name for name, _ in pairs}) != len(pairs):
        raise ValueError("a property is there twice")


# -- pictures --------------------------------------------------------------------------------------


def _assets(text: Raw) -> dict[str, Packed]:
    _is_bounded(text, ASSETS_MAX)
    found = msgspec.json.decode(text, type=dict[AssetKey, Raw])
    _is_without_repetitions(memoryview(text), list(found.values()))
    return {key: msgspec.json.decode(raw, type=Packed) for key, raw in found.items()}


def content_of(packed: Packed) -> Iterator[bytes]:
    """The picture in parts; raises FileRefusedError where it isn't base64."""
    text = memoryview(packed.data)
    if bytes(text[:1]) != b'"':
        raise FileRefusedError("broken")
    for start in range(1, len(text) - 1, BASE64_BLOCK):
        try:
            yield a2b_base64(text[start : min(start + BASE64_BLOCK, len(text) - 1)])
        except Base64Error as error:
            raise FileRefusedError("broken") from error
