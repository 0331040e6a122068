"""One board as a file: what it is now, and how it came to be; for people who want to keep it."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from boards import store
from boards.models import Board

FORMAT = 1


def parts(board: Board) -> Iterator[bytes]:
    """A JSON object in pieces: the document at one clock, and the log up to that clock."""
    snapshot = store.document(board.pk)
    if snapshot is None:
        return
    head = {
        "format": FORMAT,
        "board": str(board.pk),
        "title": board.title,
        "paper": board.paper,
        "created": board.created,
        "changed": board.changed,
    }
    yield msgspec.json.encode(head)[:-1] + b',"document":' + snapshot.body + b',"log":['
    after = 0
    while after < snapshot.clock:
        tail = store.tail(board.pk, after, snapshot.clock)
        if tail is None or not tail.transactions:
            break
        texts = b",".join(text for _, text in tail.transactions)
        yield (b"," if after else b"") + texts
        after = tail.transactions[-1][0]
    yield b"]}\n"
