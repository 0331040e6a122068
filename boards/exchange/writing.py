"""The file of a board in parts: never more than its elements and a piece of a picture at once."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from itertools import islice
from typing import Final

import msgspec

from boards import store
from boards.assets.storage import parts_of
from boards.elements import PAGE
from boards.elements import Element as Properties
from boards.models import Asset, Board
from boards.names import clean_line

from .reading import VERSION, BoardFile

AT_ONCE: Final = 500
"""Elements encoded together."""
NAME_LENGTH: Final = 80
ENDING: Final = ".board.json"
_NOT_IN_NAMES: Final = str.maketrans(dict.fromkeys('/\\:*?"<>|', "-"))

_encode: Final = msgspec.json.Encoder().encode


def file_name(board: Board) -> str:
    """As safe on every system as the title can be (S35)."""
    name = clean_line(board.title, NAME_LENGTH).translate(_NOT_IN_NAMES).strip(" .-")
    return f"{name or 'board'}{ENDING}"


def parts(board: Board) -> Iterator[bytes]:
    """Who drew what is not in it."""
    snapshot = store.document(board.pk)
    living = {} if snapshot is None else _from_below(store.living_of(snapshot.body))
    for element in living.values():
        element.pop("author", None)
    shown = BoardFile(board.title, store.paper_of(board), living, {}).named()
    head = {
        "format": "whiteboard",
        "version": VERSION,
        "title": board.title,
        "paper": store.paper_of(board).value,
    }
    yield _encode(head)[:-1] + b',"pages":{'
    yield from _listed({key: one for key, one in living.items() if one["kind"] == PAGE})
    yield b'},"elements":{'
    yield from _listed({key: one for key, one in living.items() if one["kind"] != PAGE})
    yield b'},"assets":{'
    yield from _assets(board, shown)
    yield b"}}\n"


def _from_below(living: dict[str, Properties]) -> dict[str, Properties]:
    """The same board gives the same file, and no database lists rows in an order of its own."""
    return dict(sorted(living.items(), key=lambda item: (item[1]["z"], item[0])))


def _listed(elements: dict[str, Properties]) -> Iterator[bytes]:
    left = iter(elements.items())
    comma = b""
    while some := dict(islice(left, AT_ONCE)):
        yield comma + _encode(some)[1:-1]
        comma = b","


def _assets(board: Board, shown: set[str]) -> Iterator[bytes]:
    rows = Asset.objects.filter(board=board).select_related("blob").order_by("pk")
    comma = ""
    for asset in rows.iterator():
        if asset.key not in shown:
            continue
        try:
            content = parts_of(asset.blob.stored)
        except FileNotFoundError:
            # Shown as missing here, and so it is there.
            continue
        yield f'{comma}"{asset.key}":{{"media":"{asset.blob.media}","data":"'.encode()
        yield from _in_base64(content)
        yield b'"}'
        comma = ","


def _in_base64(content: Iterator[bytes]) -> Iterator[bytes]:
    rest = b""
    for part in content:
        rest += part
        whole = len(rest) - len(rest) % 3
        yield b64encode(rest[:whole])
        rest = rest[whole:]
    yield b64encode(rest)
