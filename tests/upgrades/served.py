"""What the code at hand makes of a database: `python -m tests.upgrades.served [FILE]`, as JSON.

FILE holds what an older version served from it: then everything in it is sent again, and
something new is drawn.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import django

Served = dict[str, Any]


def served() -> Served:
    """Documents, logs as they go out, and whom the sessions name."""
    from django.contrib.sessions.models import Session

    from boards import store
    from boards.models import Board
    from boards.people import SESSION_KEY

    documents, transactions = {}, {}
    for board in Board.objects.order_by("pk").values_list("pk", flat=True):
        snapshot, tail = store.document(board), store.tail(board, 0)
        assert snapshot is not None
        assert tail is not None
        documents[str(board)] = json.loads(snapshot.body)
        transactions[str(board)] = [json.loads(text) for _, text in tail.transactions]
    return {
        "documents": documents,
        "transactions": transactions,
        "sessions": {one.pk: one.get_decoded()[SESSION_KEY] for one in Session.objects.all()},
    }


def go_on(before: Served) -> Served:
    """Sends each transaction again and draws; says what came of it."""
    from boards import store
    from boards.models import Board, Person
    from boards.people import person_of_cookie_header
    from tests.py.commits import commit, submission
    from tests.py.sockets import put

    resent: Served = {}
    for board in Board.objects.all():
        outcomes = store.commit(
            [
                submission(board, None, *transaction["changes"], uid=transaction["id"])
                for transaction in before["transactions"][str(board.pk)]
            ]
        )
        resent[str(board.pk)] = [
            json.loads(outcome.text) if isinstance(outcome, store.Committed) else repr(outcome)
            for outcome in outcomes
        ]
    people = {key: person_of_cookie_header(f"session={key}") for key in before["sessions"]}
    drawn = {}
    for board in Board.objects.filter(trashed=None):
        drawn[str(board.pk)] = commit(board, Person.objects.first(), put("afterwards"))["clock"]
    return {
        "resent": resent,
        "people": {key: person and person.pk for key, person in people.items()},
        "drawn": drawn,
        "differences": [store.verify(board.pk) for board in Board.objects.all()],
        "newcomer": Person.objects.create(name="Dan").pk,
    }


def main() -> None:
    django.setup()
    found = served()
    if sys.argv[1:]:
        found |= go_on(json.loads(Path(sys.argv[1]).read_text()))
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
