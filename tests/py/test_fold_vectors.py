"""R4, R16: the vectors that the browser's fold is tested with too, for the fold and the store."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import pytest

from boards.batch import BoardState, Committed, Row, Submission, judge
from boards.elements import Element, fold
from boards.protocol import Change, Transaction

VECTORS: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "vectors" / "fold.json").read_text()
)
BOARD = UUID(int=1)
AT = 1_700_000_000_000

vectors = pytest.mark.parametrize("vector", VECTORS, ids=[vector["name"] for vector in VECTORS])


def changes_of(vector: dict[str, Any]) -> list[Change]:
    return msgspec.convert(vector["changes"], list[Change])


@vectors
def test_the_fold_agrees_with_the_browser(vector: dict[str, Any]) -> None:
    living: dict[str, Element] = dict(vector["before"])
    for change in changes_of(vector):
        fold(living, change, vector["author"])
    assert living == vector["after"]


@vectors
def test_what_the_store_keeps_is_the_fold_of_what_it_sends(vector: dict[str, Any]) -> None:
    """R14: the elements it writes against the transaction that goes out."""
    rows = {
        key: Row(str(element["kind"]), False, None, 1, json.dumps(element), None)
        for key, element in vector["before"].items()
    }
    state = BoardState(
        "epoch", 1, access_version=1, frozen=False, living=len(rows), rows=dict(rows)
    )
    submission = Submission(BOARD, vector["author"], "u" * 22, changes_of(vector), 1)
    outcome = judge({BOARD: state}, submission, AT)
    assert isinstance(outcome, Committed)

    folded: dict[str, Element] = dict(vector["before"])
    sent = msgspec.json.decode(outcome.text, type=Transaction)
    for change in sent.changes:
        fold(folded, change, sent.author)
    kept = {key: json.loads(row.text()) for key, row in state.rows.items() if not row.removed}
    assert kept == folded
    assert state.living == len(folded)
    # Only a revived element's author may be told beside what was sent.
    if sent.changes == submission.changes:
        assert folded == vector["after"]
