"""What a reader gets of a board: the one place where a mode can leave things out.

Document, transactions, live traffic and thumbnails all ask `sight_of`. None means everything, and
costs one comparison; no mode asks for anything else yet. A sight never changes clocks: a
transaction that a reader may not see goes out empty, under its own clock, so that their document
stays in step (R1). Search and copies read whole boards: a mode has to close them to its readers.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import msgspec

from .access import Standing

_decode = msgspec.json.Decoder().decode
_encode = msgspec.json.Encoder().encode


class Sight(Protocol):
    """What one reader, or all of one sort, may see."""

    def shows(self, author: int) -> bool:
        """Whether what the person with this number draws and does is seen."""
        ...


def sight_of(standing: Standing, person: int, owner: int | None) -> Sight | None:
    """What this person sees of the board of this owner; None where it is all of it."""
    return None


def seen_transactions(sight: Sight, texts: Sequence[bytes]) -> list[bytes]:
    """The same transactions, those that are not to be seen without their changes."""
    return [_seen_transaction(sight, text) for text in texts]


def _seen_transaction(sight: Sight, text: bytes) -> bytes:
    transaction = _decode(text)
    if sight.shows(transaction["author"]):
        return text
    return _encode({**transaction, "author": 0, "changes": []})


def seen_document(sight: Sight, body: bytes) -> bytes:
    """The document without the elements of authors that are not to be seen."""
    document = _decode(body)
    for part in document.keys() & {"elements", "pages"}:
        listed = document[part].items()
        document[part] = {key: one for key, one in listed if sight.shows(one.get("author", 0))}
    return _encode(document)
