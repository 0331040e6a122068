"""Ways to put transactions into a board's log without a socket."""

from __future__ import annotations

import json
import secrets
from typing import Any

import msgspec

from boards import store
from boards.models import Board, Person
from boards.protocol import Change

Document = dict[str, dict[str, Any]]


def submission(
    board: Board, person: Person | None, *changes: object, uid: str = "", **others: Any
) -> store.Submission:
    """A transaction as the room hands it to the writer; changes are written as they travel."""
    return store.Submission(
        board=board.pk,
        person=None if person is None else person.pk,
        uid=uid or secrets.token_urlsafe(16),
        changes=[msgspec.convert(change, Change) for change in changes],
        **{"access_version": board.access_version, **others},
    )


def commit(board: Board, person: Person | None, *changes: object, uid: str = "") -> dict[str, Any]:
    """Commits one transaction and returns it as it goes out."""
    (outcome,) = store.commit([submission(board, person, *changes, uid=uid)])
    assert isinstance(outcome, store.Committed), outcome
    return sent(outcome)


def sent(outcome: store.Outcome) -> dict[str, Any]:
    assert isinstance(outcome, store.Committed), outcome
    transaction: dict[str, Any] = json.loads(outcome.text)
    return transaction


def elements(board: Board) -> Document:
    """The living elements as the document shows them."""
    snapshot = store.document(board.pk)
    assert snapshot is not None
    found: Document = json.loads(snapshot.body)["elements"]
    return found
