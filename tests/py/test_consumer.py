"""A board's sockets through the real ASGI stack, with a real database file."""

from __future__ import annotations

import uuid

import pytest
from asgiref.sync import sync_to_async
from django.db import OperationalError

from boards import access, announce, store
from boards.models import Board, Element, Person, Transaction
from boards.protocol import Clear, Role
from boards.rooms import rooms_here

from .conftest import Join
from .sockets import Someone, cookie_of, new_id, put, stroke

pytestmark = pytest.mark.django_db(transaction=True)


async def test_a_stroke_reaches_everybody_and_is_its_authors_receipt(
    joined: Join, ann: Person, bob: Person, board: Board
) -> None:
    """R3: what comes back is committed, numbered and says who drew it."""
    a, b = await joined(ann), await joined(bob)
    uid = await a.commit(put("stroke-1"))
    for someone in (a, b):
        receipt = await someone.receipt(uid)
        assert receipt["clock"] == 1
        assert receipt["author"] == ann.pk
        assert receipt["changes"] == [put("stroke-1")]
    assert await Transaction.objects.filter(board=board, clock=1, uid=uid).aexists()
    assert await Element.objects.filter(board=board, key="stroke-1", author=ann).aexists()


async def test_clocks_run_without_gap_whoever_writes(
    joined: Join, ann: Person, bob: Person, board: Board
) -> None:
    """R1."""
    a, b = await joined(ann), await joined(bob)
    for number in range(20):
        await a.commit(put(f"of-ann-{number:02}"))
        await b.commit(put(f"of-bob-{number:02}"))
    clocks: list[int] = []
    while len(clocks) < 40:
        clocks += [t["clock"] for t in (await a.hear("commits"))["transactions"]]
    assert clocks == list(range(1, 41))
    assert await sync_to_async(store.verify)(board.pk) == []


async def test_a_resent_transaction_gets_its_first_receipt_and_no_second_effect(
    joined: Join, ann: Person, bob: Person, board: Board
) -> None:
    """R2, F3."""
    a, b = await joined(ann), await joined(bob)
    uid = await a.commit(put("stroke-1"))
    first = await a.receipt(uid)
    await b.commit({"op": "remove", "key": "stroke-1"})
    await a.commit(put("stroke-1"), uid=uid)
    again = await a.receipt(uid)
    assert again == first
    assert not await Element.objects.filter(board=board, removed=False).aexists()
    assert await Transaction.objects.filter(board=board).acount() == 2


async def test_another_content_under_a_used_id_is_refused(joined: Join, ann: Person) -> None:
    """R2, S20."""
    a = await joined(ann)
    uid = await a.commit(put("stroke-1"))
    await a.receipt(uid)
    await a.commit(put("stroke-2"), uid=uid)
    refused = await a.hear("refused")
    assert (refused["id"], refused["code"]) == (uid, "id_reused")


async def test_a_newcomer_gets_exactly_the_missing_tail(
    joined: Join, ann: Person, bob: Person, board: Board
) -> None:
    """R7, R8."""
    a = await joined(ann)
    for number in range(5):
        await a.receipt(await a.commit(put(f"stroke-{number}")))
    b = await Someone.connect(board.pk, await sync_to_async(cookie_of)(bob))
    welcome = await b.hello(board.epoch, 3)
    assert welcome["clock"] == 5
    tail = await b.hear("commits")
    assert [t["clock"] for t in tail["transactions"]] == [4, 5]
    await b.leave()


async def test_another_epoch_gets_no_tail_until_the_document_was_read_afresh(
    joined: Join, ann: Person, bob: Person, board: Board
) -> None:
    """R1: the page sees the epoch in `welcome` and says hello again."""
    a = await joined(ann)
    await a.receipt(await a.commit(put("stroke-1")))
    b = await Someone.connect(board.pk, await sync_to_async(cookie_of)(bob))
    assert (await b.hello("x" * 22, 1))["epoch"] == board.epoch
    await a.receipt(await a.commit(put("stroke-2")))
    assert not [m for m in b.seen if m["type"] == "commits"]
    await b.hello(board.epoch, 1)
    assert [t["clock"] for t in (await b.hear("commits"))["transactions"]] == [2]
    await b.leave()


async def test_a_tail_longer_than_the_document_becomes_a_reload(
    joined: Join, ann: Person, board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R7."""
    monkeypatch.setattr("boards.room.TAIL_CHUNK", 5)
    monkeypatch.setattr("boards.store.LONG_TAIL", 5)
    a = await joined(ann)
    for _ in range(10):
        await a.receipt(await a.commit({"op": "clear"}))
    b = await Someone.connect(board.pk, await sync_to_async(cookie_of)(ann))
    await b.hello()
    assert (await b.hear("reload"))["clock"] == 10
    await b.leave()


async def test_live_records_are_stamped_and_reach_the_others_alone(
    joined: Join, ann: Person, bob: Person
) -> None:
    """R9: the sender does not hear itself, the payload is passed on unread."""
    a, b = await joined(ann), await joined(bob)
    await a.say_bytes(b"\x01\x01\x03abc")
    assert await b.hear_frame() == b"\x01" + bytes((a.welcome["you"]["slot"],)) + b"\x01\x03abc"
    await a.say({"type": "ping"})
    await a.hear("pong")
    assert a.frames == []


async def test_people_come_and_go(joined: Join, ann: Person, bob: Person) -> None:
    a = await joined(ann)
    b = await joined(bob)
    slot = b.welcome["you"]["slot"]
    assert [p["name"] for p in b.welcome["people"]] == ["Ann", "Bob"]
    came = await a.hear("people", lambda m: any(p["slot"] == slot for p in m["joined"]))
    assert {p["name"] for p in came["joined"]} >= {"Bob"}
    await b.leave()
    await a.hear("people", lambda m: slot in m["left"])


async def test_a_new_nickname_is_told_to_the_board(joined: Join, ann: Person, bob: Person) -> None:
    a = await joined(ann)
    b = await joined(bob)
    await Person.objects.filter(pk=bob.pk).aupdate(name="Robert")
    await sync_to_async(announce.announce_person)(bob.pk)
    slot = b.welcome["you"]["slot"]
    await a.hear(
        "people", lambda m: any((p["slot"], p["name"]) == (slot, "Robert") for p in m["joined"])
    )


async def test_a_trashed_board_closes_for_all_but_its_owner(
    joined: Join, ann: Person, bob: Person, board: Board
) -> None:
    """R13: open sockets follow, and what is sent meanwhile is judged again before it is kept."""
    a, b = await joined(ann), await joined(bob)
    await Board.objects.filter(pk=board.pk).aupdate(trashed=board.created)
    await sync_to_async(announce.announce_board)(board.pk)
    assert await b.hear_close() == 4403
    assert (await a.hear("board"))["role"] == "owner"


async def test_a_frozen_board_refuses_strokes_with_a_reason(
    joined: Join, ann: Person, bob: Person, board: Board
) -> None:
    b = await joined(bob)
    await Board.objects.filter(pk=board.pk).aupdate(frozen=True, paper="dotted")
    await sync_to_async(announce.announce_board)(board.pk)
    changed = await b.hear("board")
    assert (changed["frozen"], changed["paper"]) == (True, "dotted")
    uid = await b.commit(put("stroke-1"))
    refused = await b.hear("refused")
    assert (refused["id"], refused["code"]) == (uid, "frozen")


async def test_what_was_judged_under_old_rights_is_judged_again(
    joined: Join, bob: Person, board: Board
) -> None:
    """R5, R13: `later` keeps it pending, the resend is taken, nothing overtakes it."""
    b = await joined(bob)
    await Board.objects.filter(pk=board.pk).aupdate(access_version=7)
    uid = await b.commit(put("stroke-1"))
    assert (await b.hear("later"))["ids"] == [uid]
    second = await b.commit(put("stroke-2"))
    assert (await b.hear("later"))["ids"] == [second]
    await b.hear("board")
    await b.commit(put("stroke-1"), uid=uid)
    assert (await b.receipt(uid))["clock"] == 1
    await b.commit(put("stroke-2"), uid=second)
    assert (await b.receipt(second))["clock"] == 2


async def test_clearing_from_outside_is_seen_live(joined: Join, ann: Person, board: Board) -> None:
    """R6: it came by no socket of this process; the room reads it from the log."""
    a = await joined(ann)
    await a.receipt(await a.commit(put("stroke-1")))
    await sync_to_async(announce.submit_from_outside)(board.pk, None, [Clear()])
    seen = await a.hear("commits")
    assert seen["transactions"][0]["changes"] == [{"op": "clear"}]


async def test_a_commit_of_another_process_is_found_by_the_heartbeat(
    joined: Join, ann: Person, board: Board
) -> None:
    """R6: nothing was announced at all."""
    a = await joined(ann)
    submission = store.Submission(board.pk, ann.pk, new_id(), [Clear()], board.access_version)
    await sync_to_async(store.commit)([submission])
    assert (await a.hear("commits"))["transactions"][0]["clock"] == 1


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ("nonsense", 4400),
        ("[]", 4400),
        ("[" * 60_000, 4400),
        ('{"type":"ping","more":1}', 4400),
        ('{"type":"got","frames":' + "9" * 400 + "}", 4400),
        ('{"type":"got","frames":999}', 4400),
        ('{"type":"commit","transactions":[]}', 4400),
        ('{"type":"welcome"}', 4400),
        ('{"type":"ping"}' + " " * 65_536, 4413),
    ],
)
async def test_bad_messages_end_the_socket_with_a_reason_and_nobody_elses(
    joined: Join, ann: Person, bob: Person, message: str, code: int
) -> None:
    """S13, S17."""
    a, b = await joined(ann), await joined(bob)
    await b.say(message)
    bye = await b.hear("bye")
    assert bye["code"] == code
    assert await b.hear_close() == code
    await a.receipt(await a.commit(put("stroke-1")))


@pytest.mark.parametrize(
    "change",
    [
        put("stroke-1", kind="banner"),
        put("stroke-1", x=1_000_001),
        put("stroke-1", x=True),
        put("stroke-1", x="1"),
        put("stroke-1", x=-0.0),
        put("stroke-1", color="javascript:alert(1)"),
        put("stroke-1", points="!!"),
        put("stroke-1", author=1),
        put("stroke-1", onclick="x"),
        {"op": "put", "key": "stroke-1", "element": {"kind": "stroke"}},
        {"op": "put", "key": "stroke-1", "element": stroke(), "author": 999},
        {"op": "set", "key": "stroke-1", "props": {"kind": "stroke"}},
        {"op": "set", "key": "stroke-1", "props": {"x": None}},
    ],
)
async def test_what_the_schema_does_not_know_is_refused_whole(
    joined: Join, ann: Person, board: Board, change: dict[str, object]
) -> None:
    """S18, S20, R4: refused, not repaired; the good change beside it has no effect either."""
    a = await joined(ann)
    uid = await a.commit(put("good-one"), change)
    assert (await a.hear("refused"))["id"] == uid
    assert await Element.objects.filter(board=board).acount() == 0


async def test_a_foreign_origin_is_turned_away_before_any_consumer(
    ann: Person, board: Board
) -> None:
    """S1."""
    cookie = await sync_to_async(cookie_of)(ann)
    for origin in (
        "http://elsewhere.example",
        "https://testserver",
        "http://testserver:81",
        "null",
    ):
        stranger = await Someone.connect(board.pk, cookie, origin=origin)
        assert stranger.closed == 1008, origin


@pytest.mark.parametrize("path", ["/ws/boards/x/", "/ws/", "/ws/boards/{}/more/"])
async def test_other_addresses_take_no_sockets(ann: Person, board: Board, path: str) -> None:
    """S17: no traceback either."""
    someone = await Someone.connect(board.pk, await sync_to_async(cookie_of)(ann), path=path)
    assert someone.closed == 1008


async def test_absent_and_forbidden_boards_answer_alike(
    joined: Join, ann: Person, bob: Person, board: Board
) -> None:
    """S2, S6."""
    await joined(ann)
    await Board.objects.filter(pk=board.pk).aupdate(trashed=board.created)
    cookie = await sync_to_async(cookie_of)(bob)
    forbidden = await Someone.connect(board.pk, cookie)
    absent = await Someone.connect(uuid.uuid4(), cookie)
    for someone in (forbidden, absent):
        assert await someone.hear_close() == 4404
        assert [m["type"] for m in someone.seen] == ["bye"]
    assert forbidden.seen == absent.seen


async def test_nobody_without_a_name_gets_in(board: Board) -> None:
    for cookie in ("", "sessionid=forged", "\x00=;;;"):
        stranger = await Someone.connect(board.pk, cookie)
        assert await stranger.hear_close() == 4401


async def test_subprotocols_are_agreed_upon_or_explained(ann: Person, board: Board) -> None:
    cookie = await sync_to_async(cookie_of)(ann)
    old = await Someone.connect(board.pk, cookie, subprotocols=("whiteboard.v9", "whiteboard"))
    assert await old.hear_close() == 4426
    foreign = await Someone.connect(board.pk, cookie, subprotocols=("chat",))
    assert foreign.closed is not None


async def test_a_reader_that_confirms_nothing_gets_the_rest_from_the_log_later(
    joined: Join, ann: Person, bob: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R10: its window bounds what is in flight; everybody else goes on."""
    monkeypatch.setattr("boards.outbox.WINDOW_FIRST", 2000)
    a, b = await joined(ann), await joined(bob)
    last = ""
    for number in range(60):
        last = await a.commit(put(f"stroke-{number:02}"))
        await a.receipt(last)
        await a.say({"type": "got", "frames": len(a.seen)})
    await b.say({"type": "ping"})
    await b.hear("pong")
    had = [t["clock"] for m in b.seen if m["type"] == "commits" for t in m["transactions"]]
    assert 0 < len(had) < 60
    while not any(
        t["id"] == last for m in b.seen if m["type"] == "commits" for t in m["transactions"]
    ):
        await b.say({"type": "got", "frames": len(b.seen)})
        await b.hear("commits")
    clocks = [t["clock"] for m in b.seen if m["type"] == "commits" for t in m["transactions"]]
    assert clocks == list(range(1, 61))


async def test_two_people_of_one_colour_are_told_apart(
    joined: Join, ann: Person, bob: Person
) -> None:
    await Person.objects.filter(pk=bob.pk).aupdate(color=ann.color)
    a, b = await joined(ann), await joined(await Person.objects.aget(pk=bob.pk))
    again = await joined(ann)
    assert a.welcome["you"]["color"] == ann.color
    assert b.welcome["you"]["color"] != ann.color
    assert again.welcome["you"]["color"] == ann.color


async def test_a_demoted_person_still_gets_a_lost_receipt_but_no_more(
    joined: Join, bob: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R2: the id is looked up before rights are judged. S4: the rest is refused."""
    b = await joined(bob)
    uid = await b.commit(put("stroke-1"))
    first = await b.receipt(uid)
    only_seeing = dict.fromkeys(Role, frozenset({access.Action.SEE}))
    monkeypatch.setattr(access, "ALLOWED", only_seeing)
    await b.commit(put("stroke-1"), uid=uid)
    assert await b.receipt(uid) == first
    new = await b.commit(put("stroke-2"))
    refused = await b.hear("refused")
    assert (refused["id"], refused["code"]) == (new, "not_allowed")


async def test_nothing_is_taken_before_the_document_of_this_life_was_read(
    joined: Join, ann: Person, bob: Person, board: Board
) -> None:
    """R1, R5: put off, and taken after the second hello."""
    await joined(ann)
    b = await Someone.connect(board.pk, await sync_to_async(cookie_of)(bob))
    await b.hello("x" * 22, 0)
    uid = await b.commit(put("stroke-1"))
    assert (await b.hear("later"))["ids"] == [uid]
    await b.hello(board.epoch, 0)
    await b.commit(put("stroke-1"), uid=uid)
    assert (await b.receipt(uid))["clock"] == 1
    await b.leave()


async def test_whoever_comes_while_the_database_is_away_is_asked_to_come_again(
    ann: Person, board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    """F5: a close with a reason instead of a traceback; the page tries again by itself."""

    def away(*_: object) -> None:
        raise OperationalError("the connection was refused")

    cookie = await sync_to_async(cookie_of)(ann)
    with monkeypatch.context() as outage:
        outage.setattr("boards.link.admit", away)
        someone = await Someone.connect(board.pk, cookie)
        assert (await someone.hear("bye"))["code"] == 4503
        assert await someone.hear_close() == 4503
        await someone.leave()
    back = await Someone.connect(board.pk, cookie)
    await back.hello()
    await back.leave()
    await rooms_here().close()
