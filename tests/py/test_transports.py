"""Boards over HTTP instead of sockets: streamed events and polls (`boards.transports`)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.db import OperationalError

from boards import announce
from boards.models import Board, Person, Transaction
from boards.room import Room
from boards.rooms import rooms_here
from boards.transports import held, requests
from boards.transports.links import links_here

from .links import Held, Stream, Streamed, ask, link_header, sit
from .seats import CURSOR, until
from .sockets import Someone, cookie_of, headers, new_id, put

pytestmark = pytest.mark.django_db(transaction=True)

Sit = Callable[[type[Held], Person], Awaitable[Held]]


@pytest.fixture
async def seated(board: Board) -> AsyncIterator[Sit]:
    here: list[Held] = []

    async def seat(kind: type[Held], person: Person) -> Held:
        here.append(await sit(kind, board, person))
        return here[-1]

    yield seat
    for someone in here:
        await someone.leave()
    await rooms_here().close()


@pytest.fixture(params=[Held, Streamed], ids=["poll", "events"])
def kind(request: pytest.FixtureRequest) -> type[Held]:
    chosen: type[Held] = request.param
    return chosen


async def test_a_stroke_is_its_authors_receipt_and_reaches_the_others(
    seated: Sit, kind: type[Held], ann: Person, bob: Person, board: Board
) -> None:
    """R3, as over a socket; each of the two has another transport."""
    a, b = await seated(kind, ann), await seated(Held, bob)
    uid = await a.commit(put("stroke-1"))
    for someone in (a, b):
        receipt = await someone.receipt(uid)
        assert (receipt["clock"], receipt["author"]) == (1, ann.pk)
    assert await Transaction.objects.filter(board=board, clock=1, uid=uid).aexists()


async def test_a_socket_and_a_poll_see_each_other(
    seated: Sit, kind: type[Held], ann: Person, bob: Person, board: Board
) -> None:
    """R9: live frames too, in both directions."""
    a = await seated(kind, ann)
    socket = await Someone.connect(board.pk, await sync_to_async(cookie_of)(bob))
    await socket.hello()
    await a.hear("people", lambda m: any(one["name"] == "Bob" for one in m["joined"]))
    await socket.say_bytes(CURSOR)
    assert await a.hear_frame()
    await a.say_bytes(CURSOR)
    assert await socket.hear_frame()
    await socket.leave()


async def test_what_is_sent_again_is_taken_once(
    seated: Sit, kind: type[Held], ann: Person, board: Board
) -> None:
    """F3: a POST whose answer was lost comes again, whole or with more behind it."""
    a = await seated(kind, ann)
    first = {"type": "commit", "transactions": [{"id": new_id(), "changes": [put("stroke-1")]}]}
    second = {"type": "commit", "transactions": [{"id": new_id(), "changes": [put("stroke-2")]}]}
    before = a.sent
    assert (await a.post(first)).json == {"received": before + 1}
    assert (await a.post(first, first=before + 1)).json == {"received": before + 1}
    assert (await a.post(first, second, first=before + 1)).json == {"received": before + 2}
    await a.receipt(second["transactions"][0]["id"])  # type: ignore[index]
    assert await Transaction.objects.filter(board=board).acount() == 2


async def test_what_is_missing_before_a_frame_is_asked_for(
    seated: Sit, kind: type[Held], ann: Person
) -> None:
    a = await seated(kind, ann)
    answer = await a.post({"type": "ping"}, first=a.sent + 2)
    assert (answer.status, answer.json["received"]) == (409, a.sent)


async def test_a_stream_that_was_cut_goes_on_where_it_was(
    seated: Sit, ann: Person, bob: Person
) -> None:
    """F2: nothing is missing and nothing comes twice, whatever had been under way."""
    a, b = await seated(Streamed, ann), await seated(Held, bob)
    assert isinstance(a, Streamed)
    uids = []
    for number in range(6):
        uids.append(await b.commit(put(f"stroke-{number}")))
        await b.receipt(uids[-1])
        await a.cut()
        await a.open()
    await a.receipt(uids[-1])
    told = [t["id"] for m in a.seen if m["type"] == "commits" for t in m["transactions"]]
    assert told == uids


async def test_a_poll_that_was_lost_is_answered_again(
    seated: Sit, ann: Person, bob: Person
) -> None:
    a, b = await seated(Held, ann), await seated(Held, bob)
    await b.receipt(await b.commit(put("stroke-1")))
    first, again = await a.poll(), await a.poll()
    assert first.json["frames"] == again.json["frames"][: len(first.json["frames"])]
    assert first.json["frames"]


async def test_a_held_poll_is_answered_by_the_next_event(
    seated: Sit, ann: Person, bob: Person
) -> None:
    a, b = await seated(Held, ann), await seated(Held, bob)
    while (await a.poll(wait=0.5)).json["frames"]:
        a.arrived += 1
    polling = asyncio.create_task(a.poll(wait=20))
    link = links_here().held(a.name)
    assert link is not None
    await until(lambda: link._waiting is not None)
    await b.commit(put("stroke-1"))
    assert any(frame["type"] == "commits" for frame in (await polling).json["frames"])


async def test_one_request_listens_at_a_time(seated: Sit, ann: Person) -> None:
    """A newer one ends the older: its connection may be dead without our knowing."""
    a = await seated(Held, ann)
    while (await a.poll(wait=0.3)).json["frames"]:
        a.arrived += 1
    older = asyncio.create_task(a.poll(wait=20))
    link = links_here().held(a.name)
    assert link is not None
    await until(lambda: link._waiting is not None)
    newer = await a.poll(wait=0)
    assert (await older).json == newer.json == {"first": a.arrived + 1, "frames": []}


async def test_what_has_arrived_is_not_kept(seated: Sit, ann: Person) -> None:
    """R10: the server keeps what is under way, and forgets it when the client names it."""
    a = await seated(Held, ann)
    link = links_here().held(a.name)
    assert link is not None
    await a.receipt(await a.commit(put("stroke-1")))
    await a.poll(wait=0)
    assert len(link._frames) <= 1
    assert (await a.poll(after=0, wait=0)).status == 410
    assert (await a.poll(after=10_000, wait=0)).status == 410


async def test_a_stream_forgets_what_messages_have_confirmed(seated: Sit, ann: Person) -> None:
    a = await seated(Streamed, ann)
    link = links_here().held(a.name)
    assert link is not None
    for number in range(5):
        await a.receipt(await a.commit(put(f"stroke-{number}")))
    await a.say({"type": "got", "frames": a.arrived})
    await a.say({"type": "ping"})
    await a.hear("pong")
    assert len(link._frames) <= 1


async def test_a_link_that_nobody_asks_about_ends(
    seated: Sit, ann: Person, bob: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """F2: who is gone leaves the board, and what they ask for later is gone."""
    b = await seated(Held, bob)
    monkeypatch.setattr(held, "LINK_SECONDS", 0.05)
    a = await seated(Held, ann)
    slot = a.welcome["you"]["slot"]
    await b.hear("people", lambda m: slot in m["left"])
    assert (await a.poll()).status == 410


async def test_a_held_poll_keeps_its_link(
    seated: Sit, ann: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(held, "LINK_SECONDS", 0.05)
    a = await seated(Held, ann)
    while (await a.poll(wait=0.3)).json["frames"]:
        a.arrived += 1
    assert (await a.poll(wait=0.3)).status == 200


async def test_leaving_is_told_to_the_others(
    seated: Sit, kind: type[Held], ann: Person, bob: Person
) -> None:
    a, b = await seated(kind, ann), await seated(Held, bob)
    await a.leave()
    await b.hear("people", lambda m: a.welcome["you"]["slot"] in m["left"])
    assert (await a.poll()).status == 410


async def test_who_may_no_longer_see_the_board_is_told_and_ended(
    seated: Sit, kind: type[Held], ann: Person, bob: Person, board: Board
) -> None:
    """S3."""
    b = await seated(kind, bob)
    await Board.objects.filter(pk=board.pk).aupdate(audience="nobody")
    await sync_to_async(announce.announce_board)(board.pk)
    assert (await b.hear("bye"))["code"] == 4403
    assert await b.hear_close() == 4403


@pytest.mark.parametrize(
    ("cookie", "path", "code"),
    [
        (False, "/live/boards/{}/", 4401),
        (True, "/live/boards/" + "0" * 8 + "-0000-4000-8000-" + "0" * 12 + "/", 4404),
    ],
    ids=["signed out", "no such board"],
)
async def test_what_is_wrong_with_who_asks_is_said_as_on_a_socket(
    kind: type[Held], ann: Person, board: Board, cookie: bool, path: str, code: int
) -> None:
    """S2."""
    own = await sync_to_async(cookie_of)(ann) if cookie else ""
    someone = await kind.connect(board.pk, own, path=path)
    assert (await someone.hear("bye"))["code"] == code
    assert await someone.hear_close() == code
    await someone.leave()
    await rooms_here().close()


async def test_an_older_page_is_asked_to_reload(
    kind: type[Held], ann: Person, board: Board
) -> None:
    cookie = await sync_to_async(cookie_of)(ann)
    someone = await kind.connect(board.pk, cookie, subprotocols=("whiteboard",))
    assert await someone.hear_close() == 4426
    await someone.leave()
    await rooms_here().close()


async def test_only_our_own_pages_open_links(ann: Person, board: Board) -> None:
    """S1, S25: no origin, a foreign one, or a body that a form could send."""
    cookie = await sync_to_async(cookie_of)(ann)
    path, body = f"/live/boards/{board.pk}/", {"protocols": ["whiteboard.v1"]}
    foreign = headers(cookie, "http://elsewhere.example")
    assert (await ask("POST", path, foreign, body)).status == 403
    nowhere = [each for each in headers(cookie) if each[0] != b"origin"]
    assert (await ask("POST", path, nowhere, body)).status == 403
    plain = [*headers(cookie), (b"content-type", b"text/plain")]
    assert (await ask("POST", path, plain, b'{"protocols":["whiteboard.v1"]}')).status == 415
    assert (await ask("GET", path, headers(cookie))).status == 405
    await rooms_here().close()


async def test_a_foreign_page_can_do_nothing_with_a_link(seated: Sit, ann: Person) -> None:
    """S1: even if it knew the secret."""
    a = await seated(Held, ann)
    more = [*link_header(a.name), (b"origin", b"http://elsewhere.example")]
    body = {"first": a.sent + 1, "frames": [{"type": "ping"}]}
    assert (await ask("POST", "/live/send", more, body)).status == 403
    assert (await ask("GET", "/live/poll?after=0", more)).status == 403


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("POST", "/live/send", b"{", 400),
        ("POST", "/live/send", b"[" * 100_000, 400),
        ("POST", "/live/send", b'{"first":0,"frames":[]}', 400),
        ("POST", "/live/send", b'{"first":%d,"frames":[]}' % 10**30, 400),
        ("POST", "/live/send", b'{"first":2,"frames":[%b1]}' % (b"1," * requests.FRAMES_MAX), 400),
        ("POST", "/live/send", b'{"first":2,"frames":[1]}', 400),
        ("POST", "/live/send", b'{"first":2,"frames":["no base64!"]}', 400),
        ("POST", "/live/send", b'{"first":2,"frames":[],"more":1}', 400),
        ("POST", "/live/send", b" " * (requests.BODY_BYTES + 1), 413),
        ("GET", "/live/send", b"", 405),
        ("GET", "/live/poll?after=-1", b"", 400),
        ("GET", "/live/poll?after=nan", b"", 400),
        ("GET", "/live/poll?wait=1e400", b"", 400),
        ("GET", "/live/nothing", b"", 404),
        ("POST", "/live/boards/none/", b"{}", 404),
    ],
)
async def test_nonsense_is_refused_and_nothing_is_lost(
    seated: Sit, ann: Person, method: str, path: str, body: bytes, status: int
) -> None:
    """S13, S17: the link goes on."""
    a = await seated(Held, ann)
    more = [*link_header(a.name), (b"content-type", b"application/json")]
    assert (await ask(method, path, more, body)).status == status
    await a.receipt(await a.commit(put("stroke-1")))


async def test_a_malformed_message_ends_the_link_as_it_ends_a_socket(
    seated: Sit, kind: type[Held], ann: Person
) -> None:
    """S17."""
    a = await seated(kind, ann)
    await a.post({"type": "commit", "transactions": "none"})
    assert await a.hear_close() == 4400


async def test_what_is_not_utf_8_is_a_malformed_message(seated: Sit, ann: Person) -> None:
    a = await seated(Held, ann)
    body = b'{"first":%d,"frames":[{"type":"ping","x":"\xff"}]}' % (a.sent + 1)
    more = [*link_header(a.name), (b"content-type", b"application/json")]
    assert (await ask("POST", "/live/send", more, body)).status in {200, 400}
    assert await Transaction.objects.acount() == 0


@pytest.mark.parametrize("name", ["", "x", "0" * 16 + "." + "A" * 33])
async def test_links_that_do_not_exist_are_gone(name: str) -> None:
    """S6: of this process or any other, guessed or forgotten."""
    for method, path, body in [("GET", "/live/poll?after=0", b""), ("GET", "/live/events", b"")]:
        assert (await ask(method, path, link_header(name), body)).status == 410
    answer = await ask("POST", "/live/send", link_header(name), {"first": 1, "frames": []})
    assert answer.status == 410
    await rooms_here().close()


async def test_a_process_holds_so_many_links_and_no_more(
    seated: Sit, ann: Person, board: Board, settings: Any
) -> None:
    """S15."""
    settings.BOARDS_LINKS_MAX = 1
    a = await seated(Held, ann)
    cookie = await sync_to_async(cookie_of)(ann)
    body = {"protocols": ["whiteboard.v1"]}
    answer = await ask("POST", f"/live/boards/{board.pk}/", headers(cookie), body)
    assert answer.status == 503
    await a.receipt(await a.commit(put("stroke-1")))


@pytest.mark.parametrize(
    "limit", ["CONNECTIONS_MAX", "CONNECTIONS_PER_ADDRESS_MAX", "CONNECTIONS_PER_PERSON_MAX"]
)
async def test_too_many_connections_are_refused_until_some_have_gone(
    seated: Sit, kind: type[Held], ann: Person, board: Board, settings: Any, limit: str
) -> None:
    """S15: over every transport; whoever is there goes on."""
    setattr(settings, f"BOARDS_{limit}", 2)
    cookie = await sync_to_async(cookie_of)(ann)
    a, b = await seated(kind, ann), await Someone.connect(board.pk, cookie)
    await b.hello()
    one_more = await kind.connect(board.pk, cookie)
    assert (await one_more.hear("bye"))["code"] == 4429
    assert await one_more.hear_close() == 4429
    await one_more.leave()
    await a.receipt(await a.commit(put("stroke-1")))
    await b.leave()
    await seated(kind, ann)


async def test_a_stream_says_that_it_lives_and_is_not_gathered(
    seated: Sit, ann: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What proxies need to see: at once more than they would keep, and something now and then."""
    monkeypatch.setattr(requests, "COMMENT_SECONDS", 0.05)
    a = await seated(Held, ann)
    stream = Stream("GET", "/live/events", [*link_header(a.name)])
    status, names = await stream.begin()
    assert status == 200
    assert names["content-type"] == "text/event-stream"
    assert (names["cache-control"], names["x-accel-buffering"]) == ("no-store, no-transform", "no")
    assert len(await stream.piece()) > 2048
    while await stream.piece() != b":\n\n":
        pass
    await stream.break_off()


async def test_a_stream_whose_client_is_silent_ends_and_another_goes_on(
    seated: Sit, ann: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """F2: a half-open line is noticed, and a page that listens only loses nothing by it."""
    monkeypatch.setattr(requests, "COMMENT_SECONDS", 0.05)
    monkeypatch.setattr(requests, "SILENT_STREAM_SECONDS", 0.1)
    a = await seated(Streamed, ann)
    assert isinstance(a, Streamed)
    await a.open()
    assert a.stream is not None
    async with asyncio.timeout(10):
        while not a.stream.ended:
            await a.stream.piece()
    a.stream = None
    await a.receipt(await a.commit(put("stroke-1")))


async def test_strangers_who_are_not_let_in_keep_nobody_out(
    ann: Person, board: Board, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    """S15: they hear why, and are forgotten; so are names that were made up."""
    settings.BOARDS_CONNECTIONS_PER_ADDRESS_MAX = 3
    monkeypatch.setattr(held, "STILLBORN_SECONDS", 0.05)
    path, body = f"/live/boards/{board.pk}/", {"protocols": ["whiteboard.v1"]}
    statuses = [(await ask("POST", path, headers(""), body)).status for _ in range(3)]
    assert statuses == [200, 200, 200]
    cookie = await sync_to_async(cookie_of)(ann)
    await until(lambda: not links_here()._held)
    assert (await ask("POST", path, headers(cookie), body)).status == 200
    await rooms_here().close()


async def test_while_the_database_is_away_links_are_asked_for_again(
    ann: Person, board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    """F5."""

    async def away() -> None:
        raise OperationalError("the connection was refused")

    cookie = await sync_to_async(cookie_of)(ann)
    monkeypatch.setattr(rooms_here()._alive, "register", away)
    path, body = f"/live/boards/{board.pk}/", {"protocols": ["whiteboard.v1"]}
    answer = await ask("POST", path, headers(cookie), body)
    assert (answer.status, answer.headers["retry-after"]) == (503, "1")
    await rooms_here().close()


async def test_a_place_is_given_back_when_something_fails(
    ann: Person, board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise LookupError("no slot")

    cookie = await sync_to_async(cookie_of)(ann)
    rooms = rooms_here()
    monkeypatch.setattr(Room, "join", fails)
    path, body = f"/live/boards/{board.pk}/", {"protocols": ["whiteboard.v1"]}
    with pytest.raises(LookupError):
        await ask("POST", path, headers(cookie), body)
    assert rooms.crowd._all == 0
    assert links_here()._held == {}
    await rooms.close()
