"""What is done about people reaches their open sockets, and is written down (R13, S3)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.utils import timezone

from boards import announce, deeds
from boards.models import AuditEntry, Board, Membership, Pen, Person, Restraint, Transaction
from boards.protocol import Audience, CloseCode, LiveKind, Role

from .conftest import Join
from .sockets import Someone, cookie_of, put

pytestmark = pytest.mark.django_db(transaction=True)


async def do(deed: Any, *args: Any, **named: Any) -> None:
    await sync_to_async(deed)(*args, **named)


@pytest.fixture
def as_ann(ann: Person) -> deeds.Actor:
    return deeds.Actor(person=ann)


async def told(someone: Someone, **wanted: Any) -> dict[str, Any]:
    """The next word about the board that says so."""
    return await someone.hear(
        "board", lambda board: all(board.get(name) == value for name, value in wanted.items())
    )


async def refused(someone: Someone, *changes: dict[str, Any]) -> str:
    uid = await someone.commit(*changes)
    answer = await someone.hear("refused", lambda message: message["id"] == uid)
    return str(answer["code"])


async def test_on_a_frozen_board_the_pen_draws_until_it_is_taken_back(
    joined: Join, ann: Person, bob: Person, board: Board, as_ann: deeds.Actor
) -> None:
    a, b = await joined(ann), await joined(bob)
    await do(deeds.freeze, board, as_ann, frozen=True)
    assert "draw" not in (await told(b, frozen=True))["may"]
    assert await refused(b, put("stroke-1")) == "frozen"
    # The owner goes on.
    await a.receipt(await a.commit(put("of-the-owner")))

    await do(deeds.give_pen, board, bob, as_ann)
    said = await told(b, pens=[bob.pk])
    assert {"draw", "lead"} <= set(said["may"])
    await told(a, pens=[bob.pk])
    await b.receipt(await b.commit(put("with-the-pen")))

    await do(deeds.take_pen, board, as_ann)
    assert "draw" not in (await told(b, frozen=True))["may"]
    assert await refused(b, put("stroke-2")) == "frozen"
    actions = [entry.action async for entry in AuditEntry.objects.order_by("pk")]
    assert actions == ["freeze", "pen.give", "pen.take"]


async def test_a_pen_ends_by_itself(
    joined: Join, ann: Person, bob: Person, board: Board, as_ann: deeds.Actor
) -> None:
    b = await joined(bob)
    await do(deeds.freeze, board, as_ann, frozen=True)
    await do(deeds.give_pen, board, bob, as_ann, seconds=1)
    await told(b, pens=[bob.pk])
    # Nobody says anything: the clock does.
    said = await b.hear("board", lambda message: "pens" not in message)
    assert "draw" not in said["may"]


async def test_the_pen_makes_a_viewer_draw(
    joined: Join, ann: Person, bob: Person, board: Board, as_ann: deeds.Actor
) -> None:
    await do(deeds.set_audience, board, as_ann, Audience.VIEW)
    b = await joined(bob)
    assert b.welcome["role"] == "viewer"
    assert await refused(b, put("stroke-1")) == "not_allowed"
    await do(deeds.give_pen, board, bob, as_ann)
    await told(b, pens=[bob.pk])
    await b.receipt(await b.commit(put("stroke-1")))


async def test_who_loses_all_rights_is_put_out(
    joined: Join, ann: Person, bob: Person, board: Board, as_ann: deeds.Actor
) -> None:
    """S3; nobody else notices."""
    a, b = await joined(ann), await joined(bob)
    await do(deeds.set_audience, board, as_ann, Audience.NOBODY)
    assert await b.hear_close() == CloseCode.NOT_ALLOWED
    await a.receipt(await a.commit(put("stroke-1")))
    assert a.closed is None
    back = await Someone.connect(board.pk, await sync_to_async(cookie_of)(bob))
    assert await back.hear_close() == CloseCode.NO_SUCH_BOARD


async def test_a_member_of_a_private_board_stays(
    joined: Join, ann: Person, bob: Person, board: Board, as_ann: deeds.Actor
) -> None:
    b = await joined(bob)
    await do(deeds.set_role, board, bob, Role.COMMENTER, as_ann)
    await do(deeds.set_audience, board, as_ann, Audience.NOBODY)
    said = await told(b, role="commenter")
    assert said["may"] == ["comment", "point", "react", "see"]
    assert await refused(b, put("stroke-1")) == "not_allowed"
    await do(deeds.remove_member, board, bob, as_ann)
    assert await b.hear_close() == CloseCode.NOT_ALLOWED


async def test_the_muted_see_everything_and_show_nothing(
    joined: Join, ann: Person, bob: Person, board: Board, as_ann: deeds.Actor
) -> None:
    a, b = await joined(ann), await joined(bob)
    await do(deeds.mute, board, bob, as_ann)
    assert (await told(b, muted=True))["may"] == ["see"]
    assert await refused(b, put("stroke-1")) == "not_allowed"
    await do(deeds.lift_from, board, bob, Restraint.MUTE, as_ann)
    await b.hear("board", lambda message: "muted" not in message)
    await a.receipt(await b.commit(put("stroke-1")))


async def test_a_ban_ends_and_is_lifted(
    joined: Join, ann: Person, bob: Person, board: Board, as_ann: deeds.Actor
) -> None:
    b = await joined(bob)
    await do(deeds.kick, board, bob, as_ann)
    assert await b.hear_close() == CloseCode.NOT_ALLOWED
    cookie = await sync_to_async(cookie_of)(bob)
    out = await Someone.connect(board.pk, cookie)
    assert await out.hear_close() == CloseCode.NO_SUCH_BOARD
    over = timezone.now() - timedelta(seconds=1)
    await Restraint.objects.aupdate(until=over)
    await do(announce.announce_board, board.pk)
    await joined(bob)


async def test_a_ban_everywhere_closes_all_boards(
    joined: Join, ann: Person, bob: Person, board: Board
) -> None:
    b = await joined(bob)
    await do(deeds.ban_everywhere, deeds.Actor(staff="root"), person=bob)
    assert await b.hear_close() == CloseCode.SIGNED_OUT
    out = await Someone.connect(board.pk, await sync_to_async(cookie_of)(bob))
    assert await out.hear_close() == CloseCode.NO_SUCH_BOARD


async def test_an_address_is_kept_out_but_not_the_owner(
    joined: Join, ann: Person, bob: Person, board: Board
) -> None:
    """The test's sockets come from an address that can't be told."""
    await Restraint.objects.acreate(board=board, kind=Restraint.BAN, address="unknown")
    out = await Someone.connect(board.pk, await sync_to_async(cookie_of)(bob))
    assert await out.hear_close() == CloseCode.NO_SUCH_BOARD
    await joined(ann)


async def test_signed_out_sockets_are_closed(joined: Join, ann: Person, bob: Person) -> None:
    """S3."""
    a, b = await joined(ann), await joined(bob)
    await do(announce.announce_access, bob.pk)
    assert await b.hear_close() == CloseCode.SIGNED_OUT
    await a.receipt(await a.commit(put("stroke-1")))


async def test_people_change_only_what_they_drew(
    joined: Join, ann: Person, bob: Person, board: Board, as_ann: deeds.Actor
) -> None:
    a, b = await joined(ann), await joined(bob)
    await a.receipt(await a.commit(put("of-ann-1")))
    await b.receipt(await b.commit(put("of-bob-1")))
    await do(deeds.set_own_only, board, as_ann, own_only=True)
    await told(b, own_only=True)
    move = {"op": "set", "key": "of-ann-1", "props": {"x": 50}}
    assert await refused(b, move) == "not_yours"
    assert await refused(b, {"op": "remove", "key": "of-ann-1"}) == "not_yours"
    assert await refused(b, {"op": "clear"}) == "not_yours"
    # Whole or not at all (R4).
    assert await refused(b, {"op": "remove", "key": "of-bob-1"}, move) == "not_yours"
    await b.receipt(await b.commit({"op": "remove", "key": "of-bob-1"}))
    await a.receipt(await a.commit({"op": "clear"}))


async def test_what_somebody_has_locked_only_they_and_the_owner_change(
    joined: Join, ann: Person, bob: Person, board: Board
) -> None:
    cid = await Person.objects.acreate(name="Cid")
    a, b, c = await joined(ann), await joined(bob), await joined(cid)
    await b.receipt(await b.commit(put("of-bob-1", locked=True)))
    assert await refused(c, {"op": "set", "key": "of-bob-1", "props": {"x": 9}}) == "locked"
    assert await refused(c, {"op": "split", "key": "of-bob-1", "into": []}) == "locked"
    assert await refused(c, {"op": "clear"}) == "locked"
    await b.receipt(await b.commit({"op": "set", "key": "of-bob-1", "props": {"locked": None}}))
    await c.receipt(await c.commit({"op": "set", "key": "of-bob-1", "props": {"x": 9}}))
    await c.receipt(await c.commit(put("of-cid-1", locked=True)))
    await a.receipt(await a.commit({"op": "remove", "key": "of-cid-1"}))


async def test_live_records_need_their_rights(
    joined: Join, ann: Person, bob: Person, board: Board, as_ann: deeds.Actor
) -> None:
    """S4: a viewer's cursor is seen, nothing else of what they send."""
    await do(deeds.set_audience, board, as_ann, Audience.VIEW)
    a, b = await joined(ann), await joined(bob)
    kinds = (LiveKind.DRAFT, LiveKind.SUMMON, LiveKind.LASER, LiveKind.STROKE_END, LiveKind.CHAT)
    await b.say_bytes(bytes((1, *(byte for kind in kinds for byte in (kind, 0)), LiveKind.AWAY, 0)))
    slot = b.welcome["you"]["slot"]
    assert await a.hear_frame() == bytes((1, slot, LiveKind.AWAY, 0))


async def test_a_hand_goes_up_and_is_lowered_by_who_keeps_order(
    joined: Join, ann: Person, bob: Person
) -> None:
    a, b = await joined(ann), await joined(bob)
    slot = b.welcome["you"]["slot"]
    await b.say({"type": "hand", "up": True})
    raised = await a.hear("people", lambda m: any(one.get("hand") for one in m["joined"]))
    assert [one["slot"] for one in raised["joined"] if one.get("hand")] == [slot]
    # Not by just anybody: Bob can't lower Ann's.
    await a.say({"type": "hand", "up": True})
    await b.hear("people", lambda m: any(one.get("hand") for one in m["joined"]))
    await b.say({"type": "hand", "up": False, "slot": a.welcome["you"]["slot"]})
    await a.say({"type": "hand", "up": False, "slot": slot})
    lowered = await b.hear("people", lambda m: any(one["slot"] == slot for one in m["joined"]))
    hands = {one["slot"]: bool(one.get("hand")) for one in lowered["joined"]}
    assert not hands.pop(slot)
    assert all(hands.values())


async def test_pages_of_before_schema_3_are_told_roles_that_they_know(
    ann: Person, bob: Person, board: Board, as_ann: deeds.Actor
) -> None:
    """R15."""
    await do(deeds.set_audience, board, as_ann, Audience.NOBODY)
    await do(deeds.set_role, board, bob, Role.LASER, as_ann)
    cookie = await sync_to_async(cookie_of)(bob)
    old = await Someone.connect(board.pk, cookie)
    await old.hello(schema=2)
    assert old.welcome["role"] == "viewer"
    new = await Someone.connect(board.pk, cookie)
    assert (await new.hello())["role"] == "laser"
    for someone in (old, new):
        await someone.leave()


@pytest.mark.parametrize("deed", ["kick", "mute", "ban"])
async def test_the_owner_is_left_alone(
    deed: str, ann: Person, board: Board, as_ann: deeds.Actor
) -> None:
    with pytest.raises(deeds.DeedError, match="owner"):
        await do(getattr(deeds, deed), board, ann, as_ann)
    with pytest.raises(deeds.DeedError, match="owner"):
        await do(deeds.set_role, board, ann, Role.VIEWER, as_ann)
    assert not await Restraint.objects.aexists()
    assert not await AuditEntry.objects.aexists()
    assert not await Membership.objects.aexists()


async def test_what_was_refused_is_in_no_log(
    joined: Join, bob: Person, board: Board, as_ann: deeds.Actor
) -> None:
    b = await joined(bob)
    await do(deeds.mute, board, bob, as_ann)
    await told(b, muted=True)
    await refused(b, put("stroke-1"))
    assert not await Transaction.objects.filter(board=board).aexists()
    assert not await Pen.objects.aexists()
