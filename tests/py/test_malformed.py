"""S17: whatever a socket is sent, the server answers in its own words and nobody else notices."""

from __future__ import annotations

import asyncio
import json
import logging
import re
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from boards.models import Board, Element, Person, Transaction
from boards.rooms import rooms_here

from .sockets import Message, Someone, cookie_of, join, new_id, put, stroke

pytestmark = pytest.mark.django_db(transaction=True)

FAREWELLS = frozenset({4400, 4413})

anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from(["__proto__", "constructor", "stroke", "\ud800", "\x00", 10**400, -0.0]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
wrong_keys = (
    st.text() | st.sampled_from(["__proto__", "a/b", "short", "x" * 33, "12345678\n"])
).filter(lambda key: not re.fullmatch(r"[\w-]{8,32}", key))
wrong_names = st.text(min_size=1).filter(lambda name: name not in stroke())


def bent(whole: Message) -> st.SearchStrategy[Message]:
    """A right message with one field missing, of another value, or too much."""
    names = st.sampled_from(sorted(whole))
    return st.one_of(
        names.map(lambda name: {key: whole[key] for key in whole if key != name}),
        st.tuples(names, anything).map(lambda new: {**whole, new[0]: new[1]}),
        st.tuples(wrong_names, anything).map(lambda new: {new[0]: new[1], **whole}),
    )


def commit_of(*changes: Any) -> Message:
    return {"type": "commit", "transactions": [{"id": new_id(), "changes": changes}]}


bad_elements = st.tuples(
    st.sampled_from(sorted(stroke())), st.sampled_from([None, True, [], {}, 2.5e6, -0.0, "", "\0"])
).map(lambda new: {**stroke(), new[0]: new[1]})
bad_changes = st.one_of(
    bad_elements.map(lambda element: {**put("stroke-1"), "element": element}),
    wrong_keys.map(put),
    st.tuples(wrong_names, anything).map(
        lambda new: {"op": "set", "key": "stroke-1", "props": {new[0]: new[1]}}
    ),
    st.just({**put("stroke-1"), "author": 1}),
    anything,
)
messages = st.one_of(
    anything,
    bent({"type": "hello", "epoch": None, "since": 0, "schema": 1}),
    bent({"type": "got", "frames": 0}),
    bent({"type": "ping"}),
    bent(commit_of({**put("stroke-1"), "op": "no such"})),
    # The good change before it must have no effect either.
    bad_changes.map(lambda change: commit_of(put("stroke-2"), change)),
)
payloads = st.one_of(
    messages.map(json.dumps),
    messages.map(lambda message: json.dumps(message, ensure_ascii=False)),
    st.text(st.characters()),
    st.binary(),
    st.binary().map(lambda data: b"\x01" + data),
).filter(bool)  # Servers drop empty messages.


@settings(max_examples=30, suppress_health_check=list(HealthCheck))
@given(sent=st.lists(payloads, min_size=1, max_size=8))
def test_nothing_malformed_does_any_harm(
    sent: list[str | bytes],
    ann: Person,
    bob: Person,
    board: Board,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """S17, S19: no traceback, no close 1011, nothing stored, the other person undisturbed."""
    caplog.clear()
    asyncio.run(bother(board, ann, bob, sent))
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []
    assert not Transaction.objects.exists()
    assert not Element.objects.exists()


HARD = {
    "deep lists": "[" * 60_000,
    "deep objects": '{"a":' * 10_000,
    "many digits": '{"type":"got","frames":' + "1" * 400 + "}",
    "escaped half of a pair": '{"type":"\\ud800"}',
    "half of a pair": '"\ud800"',
    "not a number": '{"type":"got","frames":NaN}',
    "long text": "x" * 70_000,
    "few long characters": "가" * 30_000,
    "long frame": b"\x01" * 20_000,
    "length beyond the frame": b"\x01\x10\xff\x1f\x7f",
    "length without end": b"\x01\x10\xff\xff\xff\xff",
    "other version": b"\x02\x01\x00",
    "no record": b"\x01",
}


@pytest.mark.parametrize("payload", HARD.values(), ids=HARD.keys())
async def test_what_is_known_to_be_hard_is_told_and_closed(
    payload: str | bytes, ann: Person, bob: Person, board: Board, caplog: pytest.LogCaptureFixture
) -> None:
    """S13, S17."""
    assert await bother(board, ann, bob, [payload]) in FAREWELLS
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


async def test_whoever_says_no_hello_is_sent_away(
    ann: Person, board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R7, S16."""
    monkeypatch.setattr("boards.link.HELLO_SECONDS", 0.05)
    silent = await Someone.connect(board.pk, await sync_to_async(cookie_of)(ann))
    assert await silent.hear_close() == 4400
    assert "hello" in silent.seen[-1]["why"]
    await silent.leave()
    await rooms_here().close()


async def bother(board: Board, ann: Person, bob: Person, payloads: list[str | bytes]) -> int | None:
    """Ann sends these, with a new socket after each close; Bob is on the board all the while.

    Returns what the last socket was closed with, if it was.
    """
    b = await join(board, bob)
    a = await join(board, ann)
    for payload in payloads:
        if a.closed is not None:
            await a.leave()
            a = await join(board, ann)
        await (a.say(payload) if isinstance(payload, str) else a.say_bytes(payload))
        await settled(a)
    await b.say({"type": "ping"})
    await b.hear("pong")
    assert {message["type"] for message in b.seen} <= {"welcome", "people", "pong"}
    for someone in (a, b):
        await someone.leave()
    await rooms_here().close()
    return a.closed


async def settled(someone: Someone) -> None:
    """It still answers, or has been told why it was closed."""
    await someone.say({"type": "ping"})
    while (message := await someone.hear_any())["type"] not in {"pong", "closed"}:
        assert message["type"] in {"people", "refused", "welcome", "bye"}
    if someone.closed is not None:
        assert someone.closed in FAREWELLS
        assert someone.seen[-1]["code"] == someone.closed
