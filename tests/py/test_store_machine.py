"""R14: whatever people do and whatever gets lost on the way, everybody ends with one document.

Three clients draw, undo and redo, send late, lose receipts, send again and read afresh; a model
that knows nothing of rows, batches or SQL says what must come of it.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    rule,
    run_state_machine_as_test,
)

from boards import store
from boards.elements import Element, fold
from boards.models import Board, Person
from boards.protocol import Change, Transaction

from .commits import elements
from .sockets import stroke
from .tries import tries

pytestmark = pytest.mark.django_db(transaction=True)

KEYS = [f"stroke-{letter}" for letter in "abc"]
"""So few that people meet on them."""
CLIENTS = st.integers(0, 2)
Message = dict[str, Any]
Steps = list[Message]


class Naive:
    """The rules as docs/protocol.md has them, on plain dicts."""

    def __init__(self) -> None:
        self.living: dict[str, Message] = {}
        self.removed: dict[str, Message] = {}

    def apply(self, changes: Steps, author: int) -> None:
        for change in changes:
            getattr(self, change["op"])(change, author)

    def put(self, change: Message, author: int) -> None:
        key, element = change["key"], change["element"]
        if key in self.living:
            return
        old = self.removed.pop(key, {})
        revived = {name: value for name, value in old.items() if name != "author"} == element
        self.living[key] = {"author": old["author"] if revived else author, **element}

    def set(self, change: Message, author: int) -> None:
        element = self.living.get(change["key"])
        if element is None:
            return
        before = dict(element)
        for name, value in change["props"].items():
            if before.get(name) != change.get("if", before).get(name, before.get(name)):
                continue
            element.pop(name, None)
            if value is not None:
                element[name] = value

    def remove(self, change: Message, author: int) -> None:
        if change["key"] in self.living:
            self.removed[change["key"]] = self.living.pop(change["key"])

    def clear(self, change: Message, author: int) -> None:
        self.removed |= self.living
        self.living = {}

    def split(self, change: Message, author: int) -> None:
        source = self.living.get(change["key"])
        if source is None:
            return
        self.remove(change, author)
        for piece in change["into"]:
            if piece["key"] not in self.living:
                self.removed.pop(piece["key"], None)
                self.living[piece["key"]] = {**source, **piece["props"]}


@dataclass
class Client:
    """What one page has: what it knows, what it waits for, and what it can undo."""

    person: Person
    clock: int = 0
    known: dict[str, Element] = field(default_factory=dict)
    pending: list[tuple[str, Steps]] = field(default_factory=list)
    undo: list[Steps] = field(default_factory=list)
    redo: list[Steps] = field(default_factory=list)


def inverse(change: Message, known: dict[str, Element]) -> Message:
    """Takes a change back only where its value still stands (R11)."""
    key = change["key"]
    element = known.get(key)
    if change["op"] == "put":
        return {"op": "remove", "key": key}
    if element is None:
        return {"op": "set", "key": key, "props": {}}
    if change["op"] == "remove":
        props = {name: value for name, value in element.items() if name != "author"}
        return {"op": "put", "key": key, "element": props}
    before = {name: element.get(name) for name in change["props"]}
    return {"op": "set", "key": key, "props": before, "if": change["props"]}


def sets() -> st.SearchStrategy[Message]:
    values = {
        "x": st.integers(0, 1),
        "color": st.sampled_from(["red", "blue"]),
        "note": st.sampled_from([None, "a", "b"]),
    }
    props = st.fixed_dictionaries({}, optional=values)
    return st.fixed_dictionaries(
        {"op": st.just("set"), "key": st.sampled_from(KEYS), "props": props},
        optional={"if": props},
    )


def invertible() -> st.SearchStrategy[Message]:
    keys = st.sampled_from(KEYS)
    puts = st.builds(
        lambda key, x: {"op": "put", "key": key, "element": stroke(x=x)}, keys, st.integers(0, 1)
    )
    return puts | sets() | st.builds(lambda key: {"op": "remove", "key": key}, keys)


def final() -> st.SearchStrategy[Message]:
    """Changes that these clients don't undo."""
    keys = st.sampled_from(KEYS)
    piece = st.builds(lambda key, x: {"key": key, "props": {"x": x}}, keys, st.integers(0, 1))
    split = st.builds(
        lambda key, into: {"op": "split", "key": key, "into": into},
        keys,
        st.lists(piece, max_size=3),
    )
    return split | st.just({"op": "clear"})


class Drawing(RuleBasedStateMachine):
    """One board, three clients, one writer."""

    def __init__(self) -> None:
        super().__init__()
        people = [Person.objects.create(name=name) for name in ("Ann", "Bob", "Cho")]
        self.board = Board.objects.create(owner=people[0])
        self.clients = [Client(person) for person in people]
        self.naive = Naive()
        self.receipts: dict[str, bytes] = {}

    # -- what people do ----------------------------------------------------------------------------

    @rule(who=CLIENTS, change=invertible(), heard=st.booleans())
    def draw(self, who: int, change: Message, heard: bool) -> None:
        client = self.clients[who]
        client.undo.append([inverse(change, client.known)])
        client.redo.clear()
        self._propose(client, [change])
        if heard:
            self.everybody_hears()

    @rule(
        who=CLIENTS,
        changes=st.lists(invertible() | final(), min_size=1, max_size=3),
        heard=st.booleans(),
    )
    def sweep(self, who: int, changes: Steps, heard: bool = False) -> None:
        self._propose(self.clients[who], changes)
        if heard:
            self.everybody_hears()

    @rule(who=CLIENTS)
    def undo(self, who: int) -> None:
        client = self.clients[who]
        if client.undo:
            changes = client.undo.pop()
            client.redo.append([inverse(change, client.known) for change in changes])
            self._propose(client, changes)

    @rule(who=CLIENTS)
    def redo(self, who: int) -> None:
        client = self.clients[who]
        if client.redo:
            changes = client.redo.pop()
            client.undo.append([inverse(change, client.known) for change in changes])
            self._propose(client, changes)

    def _propose(self, client: Client, changes: Steps) -> None:
        client.pending.append((secrets.token_urlsafe(16), changes))

    # -- what the network does ---------------------------------------------------------------------

    @rule(order=st.permutations([0, 1, 2]), amount=st.integers(1, 3), twice=st.booleans())
    def commit(self, order: Sequence[int], amount: int, twice: bool) -> None:
        """One batch of several clients; receipts come only when the log is read."""
        sent = [
            (client, uid, changes)
            for client in (self.clients[who] for who in order)
            for uid, changes in client.pending[:amount]
        ] * (2 if twice else 1)
        batch = [
            store.Submission(
                self.board.pk,
                client.person.pk,
                uid,
                msgspec.convert(changes, list[Change]),
                self.board.access_version,
            )
            for client, uid, changes in sent
        ]
        for (client, uid, changes), outcome in zip(sent, store.commit(batch), strict=True):
            assert isinstance(outcome, store.Committed)
            assert outcome.fresh == (uid not in self.receipts)
            assert self.receipts.setdefault(uid, outcome.text) == outcome.text
            if outcome.fresh:
                assert outcome.clock == len(self.receipts)
                self.naive.apply(changes, client.person.pk)
        self.the_document_is_the_models()

    def everybody_hears(self) -> None:
        """The network as it mostly is."""
        self.commit([0, 1, 2], amount=3, twice=False)
        for who in range(3):
            self.read_on(who, limit=1000)

    @rule(who=CLIENTS, limit=st.integers(1, 4))
    def read_on(self, who: int, limit: int) -> None:
        """R7: some of the missing tail; own transactions in it are no longer pending (R5)."""
        client = self.clients[who]
        tail = store.tail(self.board.pk, client.clock, limit=limit)
        assert tail is not None
        for clock, text in tail.transactions:
            assert clock == client.clock + 1
            transaction = msgspec.json.decode(text, type=Transaction)
            assert self.receipts[transaction.id] == text
            for change in transaction.changes:
                fold(client.known, change, transaction.author)
            client.clock = clock
            client.pending = [(uid, c) for uid, c in client.pending if uid != transaction.id]
        if client.clock == len(self.receipts):
            assert client.known == self.naive.living

    @rule(who=CLIENTS)
    def read_afresh(self, who: int) -> None:
        """R8: a new connection with the document; what had been sent is still sent again."""
        snapshot = store.document(self.board.pk)
        assert snapshot is not None
        client = self.clients[who]
        client.clock = snapshot.clock
        client.known = json.loads(snapshot.body)["elements"]

    # -- what must be true -------------------------------------------------------------------------

    def the_document_is_the_models(self) -> None:
        assert elements(self.board) == self.naive.living
        head = store.head(self.board.pk)
        assert head is not None
        assert (head.clock, head.living) == (len(self.receipts), len(self.naive.living))

    def teardown(self) -> None:
        for who, client in enumerate(self.clients):
            while client.clock < len(self.receipts):
                self.read_on(who, limit=4)
        assert store.verify(self.board.pk) == []


@pytest.mark.timeout(900)  # A failure is made as small as can be, and that takes its time.
def test_three_clients_end_with_the_models_document() -> None:
    run_state_machine_as_test(
        Drawing, settings=settings(max_examples=tries(100), stateful_step_count=30)
    )


# -- rare cases, and whatever fails above: run for ever --------------------------------------------

PUT = {"op": "put", "key": "stroke-a", "element": stroke()}
KEPT = {
    "what a split brought back is its source's author's": [
        (0, [{**PUT, "key": "stroke-b"}, PUT, {"op": "remove", "key": "stroke-b"}]),
        (1, [{"op": "split", "key": "stroke-a", "into": [{"key": "stroke-b", "props": {}}]}]),
        (2, [{"op": "clear"}]),
        (1, [{**PUT, "key": "stroke-b"}]),
    ],
    "a piece under the key of its own source": [
        (0, [PUT]),
        (1, [{"op": "split", "key": "stroke-a", "into": [{"key": "stroke-a", "props": {"x": 2}}]}]),
        (1, [{"op": "remove", "key": "stroke-a"}]),
        (2, [{**PUT, "element": stroke(x=2)}]),
    ],
    "put, clear and put of one key in one transaction": [
        (0, [PUT, {"op": "clear"}, PUT, {"op": "remove", "key": "stroke-a"}]),
        (1, [PUT, {"op": "clear"}, PUT]),
    ],
}


@pytest.mark.parametrize("together", [True, False], ids=["one batch", "one by one"])
@pytest.mark.parametrize("steps", KEPT.values(), ids=KEPT.keys())
def test_kept_examples(steps: list[tuple[int, Steps]], together: bool) -> None:
    drawing = Drawing()
    for who, changes in steps:
        drawing.sweep(who, changes)
        if not together:
            drawing.commit([0, 1, 2], 1, twice=True)
            for reader in range(3):
                drawing.read_on(reader, limit=4)
    drawing.commit([0, 1, 2], 3, twice=True)
    drawing.teardown()
