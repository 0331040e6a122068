"""S30: every address and every socket operation, with the exact answer to whoever asks.

A new address needs a row in `TABLE`; what it is made with and what is sent to it stand in
`arguments` and `fields`. `name` is the page that asks for a nickname; numbers are statuses.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

import pytest
from asgiref.sync import sync_to_async
from django.conf import settings as django_settings
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import AsyncClient, Client
from django.urls import URLPattern, URLResolver, reverse
from django.utils import timezone

from boards import invites, token_deeds
from boards.access import Scope
from boards.assets.keeping import keep, received
from boards.deeds import Actor
from boards.models import (
    AuditEntry,
    Board,
    Comment,
    Element,
    Folder,
    LibraryItem,
    Membership,
    Person,
    Restraint,
    Thread,
    Visit,
)
from boards.people import SESSION_KEY
from boards.protocol import Audience, LiveKind, Role
from boards.rooms import rooms_here
from boards.urls import urlpatterns

from . import files
from .conftest import Join
from .sockets import Someone, new_id, put, stroke

# The board is private. A stranger has a nickname, staff an account that may use the admin.
WHO: Final = (
    *("anonymous", "stranger", "staff", "banned", "viewer", "laser", "commenter", "editor"),
    "owner",
)
TABLE: Final = """
#                        anon stra staf bann view lase comm edit ownr
GET  home                name 200  200  200  200  200  200  200  200
GET  nickname            200  200  200  200  200  200  200  200  200
POST nickname            302  302  302  302  302  302  302  302  302
POST set_language        302  302  302  302  302  302  302  302  302
GET  trash               name 200  200  200  200  200  200  200  200
GET  new-board           name 302  302  302  302  302  302  302  302
POST new-board           302  302  302  302  302  302  302  302  302
GET  board               name 404  404  404  200  200  200  200  200
GET  document            404  404  404  404  200  200  200  200  200
POST title               404  404  404  404  403  403  403  302  302
POST paper               404  404  404  404  403  403  403  200  200
POST trash-board         404  404  404  404  403  403  403  403  302
POST undelete-board      404  404  404  404  403  403  403  403  302
GET  join                200  200  200  200  200  200  200  200  200
POST join                400  302  302  404  302  302  302  302  302
POST report              404  404  404  404  200  200  200  200  200
GET  sharing             name 404  404  404  200  200  200  200  200
GET  sharing-code        name 404  404  404  200  200  200  200  200
POST audience            404  404  404  404  403  403  403  403  200
POST leave               404  404  404  404  200  200  200  200  409
POST new-invite          404  404  404  404  403  403  403  403  200
POST revoke-invite       404  404  404  404  403  403  403  403  200
POST replace-invite      404  404  404  404  403  403  403  403  200
POST member-role         404  404  404  404  403  403  403  403  200
POST remove-member       404  404  404  404  403  403  403  403  200
POST freeze              404  404  404  404  403  403  403  403  200
POST own-only            404  404  404  404  403  403  403  403  200
POST give-pen            404  404  404  404  403  403  403  403  200
POST take-pen            404  404  404  404  403  403  403  403  200
POST mute                404  404  404  404  403  403  403  403  200
POST unmute              404  404  404  404  403  403  403  403  200
POST kick                404  404  404  404  403  403  403  403  200
POST ban                 404  404  404  404  403  403  403  403  200
POST take-back           404  404  404  404  403  403  403  403  200
POST lift                404  404  404  404  403  403  403  403  200
POST undo-take-back      404  404  404  404  403  403  403  403  200
GET  empty-trash         name 302  302  302  302  302  302  302  302
POST empty-trash         302  302  302  302  302  302  302  302  302
POST new-folder          302  302  302  302  302  302  302  302  302
POST rename-folder       302  404  404  404  404  404  404  404  302
POST delete-folder       302  404  404  404  404  404  404  404  302
GET  thumbnail           404  404  404  404  200  200  200  200  200
GET  trace               name 404  404  404  200  200  200  200  200
GET  authors             name 404  404  404  200  200  200  200  200
GET  words               404  404  404  404  404  404  404  404  404
GET  move-board          name 404  404  404  200  200  200  200  200
POST move-board          404  404  404  404  302  302  302  302  302
POST duplicate-board     404  404  404  404  302  302  302  302  302
GET  delete-board        name 404  404  404  403  403  403  403  302
POST delete-board        404  404  404  404  403  403  403  403  302
GET  comments            name 404  404  404  200  200  200  200  200
POST comments            404  404  404  404  403  403  200  200  200
POST reply               404  404  404  404  403  403  200  200  200
POST resolve-thread      404  404  404  404  403  403  200  200  200
POST see-thread          404  404  404  404  200  200  200  200  200
POST edit-comment        404  404  404  404  403  403  403  403  200
POST remove-comment      404  404  404  404  403  403  403  403  200
POST assets              404  404  404  404  403  403  403  201  201
POST assets-from         404  404  404  404  403  403  403  200  200
GET  asset               404  404  404  404  200  200  200  200  200
GET  board-file          name 404  404  404  200  200  200  200  200
POST import-board        302  201  201  201  201  201  201  201  201
GET  library             name 200  200  200  200  200  200  200  200
POST library             302  201  201  201  201  201  201  201  201
PATCH library-item       302  404  404  404  404  404  404  404  200
DELETE library-item      302  404  404  404  404  404  404  404  204
GET  tokens              name 200  200  200  200  200  200  200  200
POST tokens              302  200  200  200  200  200  200  200  200
POST revoke-tokens       302  302  302  302  302  302  302  302  302
POST revoke-token        302  404  404  404  404  404  404  404  302
GET  api                 200  200  200  200  200  200  200  200  200
GET  openapi             200  200  200  200  200  200  200  200  200
GET  api-me              401  200  200  200  200  200  200  200  200
GET  api-boards          401  200  200  200  200  200  200  200  200
POST api-boards          401  201  201  201  201  201  201  201  201
POST api-board-import    401  201  201  201  201  201  201  201  201
GET  api-board-file      401  404  404  404  200  200  200  200  200
GET  api-board-assets    401  404  404  404  200  200  200  200  200
POST api-board-assets    401  404  404  404  403  403  403  201  201
GET  api-board-asset     401  404  404  404  200  200  200  200  200
GET  api-board           401  404  404  404  200  200  200  200  200
PATCH api-board          401  404  404  404  403  403  403  200  200
DELETE api-board         401  404  404  404  403  403  403  403  204
GET  api-board-document  401  404  404  404  200  200  200  200  200
GET  api-board-transactions 401 404 404 404 200 200 200 200 200
POST api-board-transactions 401 404 404 404 200 200 200 200 200
GET  api-board-people    401  404  404  404  200  200  200  200  200
PUT  api-board-person    401  404  404  404  403  403  403  403  200
DELETE api-board-person  401  404  404  404  403  403  403  403  204
GET  api-board-links     401  404  404  404  403  403  403  403  200
POST api-board-links     401  404  404  404  403  403  403  403  201
DELETE api-board-link    401  404  404  404  403  403  403  403  204
GET  no-api              404  404  404  404  404  404  404  404  404
GET  service-worker      200  200  200  200  200  200  200  200  200
GET  manifest            200  200  200  200  200  200  200  200  200
GET  offline             200  200  200  200  200  200  200  200  200
GET  connection          200  200  200  200  200  200  200  200  200
GET  connection-seen     200  200  200  200  200  200  200  200  200
GET  connection-frame    200  200  200  200  200  200  200  200  200
GET  echo-without-upgrade 426 426  426  426  426  426  426  426  426
GET  favicon             302  302  302  302  302  302  302  302  302
GET  healthz             200  200  200  200  200  200  200  200  200
GET  readyz              200  200  200  200  200  200  200  200  200
"""
IN_JSON: Final = {
    *("assets-from", "library", "library-item"),
    *("comments", "reply", "resolve-thread", "see-thread", "edit-comment", "remove-comment"),
}
# What the owner's tokens open, by scope. A transaction that is refused is answered with 200.
TOKENS: Final = """
#                           read draw manage
GET  api-me                 200  200  200
GET  api-boards             200  200  200
POST api-boards             403  403  201
POST api-board-import       403  403  201
GET  api-board-file         200  200  200
GET  api-board-assets       200  200  200
POST api-board-assets       403  201  403
GET  api-board-asset        200  200  200
GET  api-board              200  200  200
PATCH api-board             403  403  200
DELETE api-board            403  403  204
GET  api-board-document     200  200  200
GET  api-board-transactions 200  200  200
POST api-board-transactions 403  200  403
GET  api-board-people       200  200  200
PUT  api-board-person       403  403  200
DELETE api-board-person     403  403  204
GET  api-board-links        403  403  200
POST api-board-links        403  403  201
DELETE api-board-link       403  403  204
"""
KEY: Final = "stroke-01"
STROKE: Final = json.dumps({"author": 1, **stroke()})


AS_FILES: Final = {
    "assets": files.png(),
    "api-board-assets": files.png(),
    "import-board": b'{"format":"whiteboard","version":1,"elements":{}}',
    "api-board-import": b'{"format":"whiteboard","version":1,"elements":{}}',
}
"""What is a body as it is."""
ITEM: Final = "item-of-the-owner-0001"


def rows_of(table: str) -> list[list[str]]:
    return [line.split() for line in table.splitlines() if line and not line.startswith("#")]


ROWS: Final = rows_of(TABLE)


@dataclass
class World:
    """A board with somebody of each kind, and something of everything that addresses name."""

    board: Board
    people: dict[str, Person]
    pupil: Person
    """Another editor, whom owners act upon."""
    token: str
    invite: int
    restraint: int
    taken_back: int
    folder: int
    """The owner's."""
    thread: int
    comment: int
    """Said by the owner."""
    owners_token: int
    asset: str


def new_world() -> World:
    owner = Person.objects.create(name="Ann")
    board = Board.objects.create(owner=owner, title="Sums", audience=Audience.NOBODY.value)
    people = {who: Person.objects.create(name=who) for who in WHO[1:-1]} | {"owner": owner}
    people["staff"].user = User.objects.create_user("root", is_staff=True, is_superuser=True)
    people["staff"].save()
    pupil = Person.objects.create(name="Sam")
    for who, role in [*((people[r.value], r) for r in list(Role)[1:]), (pupil, Role.EDITOR)]:
        Membership.objects.create(board=board, person=who, role=role.value)
        Visit.objects.create(board=board, person=who)
    banned = people["banned"]
    Membership.objects.create(board=board, person=banned, role=Role.EDITOR.value)
    restraint = Restraint.objects.create(board=board, person=banned, kind=Restraint.BAN)
    invite, token = invites.make(board, Role.VIEWER, Actor(owner))
    entry = AuditEntry.objects.create(action="take_back", board=board.pk)
    folder = Folder.objects.create(person=owner, name="Maths")
    thread = Thread.objects.create(board=board, x=0, y=0)
    said = Comment.objects.create(thread=thread, author=owner, uid=new_id(), text="Well done")
    Element.objects.create(board=board, key=KEY, kind="stroke", clock=0, body=STROKE, author=owner)
    shown, _ = token_deeds.make(owner, "a program", [], Actor(owner))
    numbers = (invite.pk, restraint.pk, entry.pk, folder.pk, thread.pk, said.pk, shown.pk)
    LibraryItem.objects.create(person=owner, key=ITEM, body='{"elements":[]}')
    incoming = received([files.png(seed=1)])
    with incoming.file:
        brought = keep(board, owner.pk, incoming)
    return World(board, people, pupil, token, *numbers, brought.key)


def arguments(world: World, name: str) -> dict[str, Any]:
    """What the address of this name is made with."""
    takes = route_of(name)
    found: dict[str, Any] = {}
    if "board_id" in takes:
        found["board_id"] = world.board.pk
    if "number" in takes:
        numbers = {
            "revoke-invite": world.invite,
            "replace-invite": world.invite,
            "lift": world.restraint,
            "undo-take-back": world.taken_back,
            "revoke-token": world.owners_token,
            "api-board-link": world.invite,
        }
        found["number"] = numbers.get(name, world.pupil.pk)
    keys = {"asset": world.asset, "library-item": ITEM}
    named = {
        "key": keys.get(name, KEY),
        "asset": world.asset,
        "folder_id": world.folder,
        "thread_id": world.thread,
        "comment_id": world.comment,
        "language": "ko",
        "digest": "0" * 16,
        "way": "boards/nowhere",
    }
    return found | {one: value for one, value in named.items() if f":{one}>" in takes}


def fields(world: World, name: str) -> dict[str, Any]:
    """What is sent to the address of this name."""
    sent: Mapping[str, dict[str, Any]] = {
        "nickname": {"name": "Kim"},
        "set_language": {"language": "ko"},
        "title": {"title": "New"},
        "paper": {"paper": "grid"},
        "join": {"token": world.token},
        "audience": {"audience": "view"},
        "new-invite": {"role": "viewer", "lasts": "day"},
        "member-role": {"role": "viewer"},
        "freeze": {"on": "true"},
        "own-only": {"on": "true"},
        "give-pen": {"people": str(world.pupil.pk)},
        "new-folder": {"name": "Art"},
        "rename-folder": {"name": "Art"},
        "move-board": {"folder": "none"},
        "comments": {"uid": new_id(), "x": 1, "y": 2, "text": "Why?"},
        "reply": {"uid": new_id(), "text": "Because"},
        "resolve-thread": {"resolved": True},
        "see-thread": {"talk": 0},
        "edit-comment": {"text": "Very well done"},
        "tokens": {"name": "a program", "lasts": "week"},
        "assets-from": {"board": str(world.board.pk), "assets": [world.asset]},
        "library": {"key": new_id(), "name": "Star", "elements": [stroke()]},
        "library-item": {"name": "Star"},
        "api-boards": {"title": "Art"},
        "api-board": {"title": "Art"},
        "api-board-transactions": {"transactions": [{"id": new_id(), "changes": [put(KEY)]}]},
        "api-board-person": {"role": "viewer"},
        "api-board-links": {"role": "viewer"},
    }
    return sent.get(name, {})


def addresses(patterns: list[Any], before: str = "") -> Iterator[tuple[str, str]]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield pattern.name or route, route


def route_of(name: str) -> str:
    return dict(addresses(urlpatterns))[name]


def browser_of(world: World, who: str) -> Client:
    client = Client()
    if who == "staff":
        client.force_login(User.objects.get())
    elif who != "anonymous":
        session = client.session
        session[SESSION_KEY] = world.people[who].pk
        session.save()
    return client


def answer(world: World, who: str, method: str, name: str) -> str:
    address = reverse(name, kwargs=arguments(world, name))
    found = send(browser_of(world, who), method, name, address, fields(world, name))
    asks = found.status_code == 200 and name != "nickname" and name != "join"
    if asks and who == "anonymous" and b'id="name"' in found.content:
        return "name"
    return str(found.status_code)


def send(client: Client, method: str, name: str, address: str, sent: dict[str, Any]) -> Any:
    if method == "GET":
        return client.get(address)
    if name in AS_FILES:
        return client.generic(method, address, AS_FILES[name], "application/octet-stream")
    if name.startswith("api-"):
        return client.generic(method, address, json.dumps(sent), "application/json")
    if name in IN_JSON:
        return client.generic(method, address, json.dumps(sent), "application/json")
    return client.post(address, sent)


def test_s30_every_address_has_a_row() -> None:
    rows = {name for _, name, *_ in ROWS}
    for name, route in addresses(urlpatterns):
        assert name in rows, f"{name} (/{route}) has no row in TABLE of {__name__}"
    gone = rows - dict(addresses(urlpatterns)).keys()
    assert not gone, f"rows of TABLE without an address: {gone}"
    assert all(len(row) == 2 + len(WHO) for row in ROWS)


READ_ELSEWHERE: Final = {"document", "readyz"}
"""By other threads, which see only what is committed."""


ON_THE_LOOP: Final = {"api-board-document", "api-board-transactions", "api-board-people"}
"""Asynchronous, and with the rooms of their loop."""
ASKED_HERE: Final = [r for r in ROWS if r[1] not in READ_ELSEWHERE | ON_THE_LOOP]


@pytest.mark.django_db
@pytest.mark.parametrize("row", ASKED_HERE, ids=" ".join)
def test_s30_every_address_answers_as_the_table_says(row: list[str]) -> None:
    judge(row)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("row", [r for r in ROWS if r[1] in READ_ELSEWHERE], ids=" ".join)
def test_s30_so_do_those_that_read_on_other_threads(row: list[str]) -> None:
    judge(row)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("row", [r for r in ROWS if r[1] in ON_THE_LOOP], ids=" ".join)
async def test_s30_and_those_that_wait(row: list[str]) -> None:
    method, name, *expected = row
    world = await sync_to_async(new_world)()
    got = []
    for who in WHO:
        client = AsyncClient()
        client.cookies = (await sync_to_async(browser_of)(world, who)).cookies
        got.append(await status_on_the_loop(client, world, method, name))
    await rooms_here().close()
    assert dict(zip(WHO, got, strict=True)) == dict(zip(WHO, expected, strict=True)), " ".join(got)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("row", rows_of(TOKENS), ids=" ".join)
async def test_s30_tokens_open_what_their_scopes_say(row: list[str]) -> None:
    method, name, *expected = row
    got = []
    for scope in Scope:
        world = await sync_to_async(new_world)()
        owner = world.people["owner"]
        _, text = await sync_to_async(token_deeds.make)(owner, scope, [scope], Actor(owner))
        headers = {"Authorization": f"Bearer {text}"}
        got.append(await status_on_the_loop(AsyncClient(), world, method, name, headers))
        await sync_to_async(User.objects.all().delete)()
    await rooms_here().close()
    assert got == expected


def test_s30_every_operation_of_programs_has_a_row_of_tokens() -> None:
    asked = {(method, name) for method, name, *_ in ROWS if name.startswith("api-")}
    assert asked == {(method, name) for method, name, *_ in rows_of(TOKENS)}


async def status_on_the_loop(
    client: AsyncClient,
    world: World,
    method: str,
    name: str,
    headers: Mapping[str, str] | None = None,
) -> str:
    address = reverse(name, kwargs=arguments(world, name))
    text = "" if method == "GET" else AS_FILES.get(name) or json.dumps(fields(world, name))
    found = await client.generic(method, address, text, "application/json", headers=headers)
    return str(found.status_code)


def judge(row: list[str]) -> None:
    method, name, *expected = row
    world = new_world()
    got = [answer(world, who, method, name) for who in WHO]
    assert dict(zip(WHO, got, strict=True)) == dict(zip(WHO, expected, strict=True)), " ".join(got)


@pytest.mark.django_db
def test_s25_what_is_posted_to_changes_nothing_when_it_is_read() -> None:
    world = new_world()
    read = {name for method, name, *_ in ROWS if method == "GET"}
    for method, name, *_ in ROWS:
        if method == "POST" and name not in read and name != "set_language":
            assert answer(world, "owner", "GET", name) == "405", name


@pytest.mark.django_db
def test_s6_absent_boards_answer_as_forbidden_ones_do() -> None:
    world = new_world()
    stranger = browser_of(world, "stranger")
    for method, name, *_ in ROWS:
        kwargs = arguments(world, name)
        if "board_id" not in kwargs or name in READ_ELSEWHERE | ON_THE_LOOP:
            continue
        cache.clear()
        absent = reverse(name, kwargs=kwargs | {"board_id": uuid.uuid4()})
        sent = fields(world, name)
        there = reverse(name, kwargs=kwargs)
        pages = [send(stranger, method, name, address, sent) for address in (absent, there)]
        assert [page.status_code for page in pages] == [404, 404], name
        plain = [re.sub(rb'value="[A-Za-z0-9]{64}"', b"", page.content) for page in pages]
        assert plain[0] == plain[1], name


# -- sockets ---------------------------------------------------------------------------------------

# hello: `in`, or the close code. commit: `in`, or the refusal. Others: whether it goes out.
SOCKETS: Final = """
#               anon stra staf bann muted view lase comm edit ownr
hello           4401 4404 4404 4404 in    in   in   in   in   in
commit          -    -    -    -    not_allowed not_allowed not_allowed not_allowed in in
CURSOR          -    -    -    -    yes   yes  yes  yes  yes  yes
AWAY            -    -    -    -    yes   yes  yes  yes  yes  yes
SELECTION       -    -    -    -    yes   yes  yes  yes  yes  yes
TRANSFORM       -    -    -    -    no    no   no   no   yes  yes
DRAFT           -    -    -    -    no    no   no   no   yes  yes
CHAT            -    -    -    -    no    no   no   yes  yes  yes
VIEW            -    -    -    -    yes   yes  yes  yes  yes  yes
STATE           -    -    -    -    yes   yes  yes  yes  yes  yes
PRESENT         -    -    -    -    no    no   no   no   yes  yes
PAGE            -    -    -    -    yes   yes  yes  yes  yes  yes
STROKE_START    -    -    -    -    no    no   no   no   yes  yes
STROKE_POINTS   -    -    -    -    no    no   no   no   yes  yes
STROKE_END      -    -    -    -    no    no   no   no   yes  yes
LASER           -    -    -    -    no    no   yes  yes  yes  yes
REACTION        -    -    -    -    no    yes  yes  yes  yes  yes
PICTURES        -    -    -    -    no    no   no   no   yes  yes
SUMMON          -    -    -    -    no    no   no   no   yes  yes
hand            -    -    -    -    no    yes  yes  yes  yes  yes
lower           -    -    -    -    no    no   no   no   no   yes
"""
ON_SOCKETS: Final = (*WHO[:4], "muted", *WHO[4:])
EXPECTED: Final = {
    who: {line.split()[0]: line.split()[1 + i] for line in SOCKETS.splitlines()[2:]}
    for i, who in enumerate(ON_SOCKETS)
}


def test_s30_every_live_kind_has_a_row() -> None:
    assert {kind.name for kind in LiveKind} <= EXPECTED["owner"].keys()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("who", ON_SOCKETS)
async def test_s30_every_operation_is_answered_as_the_table_says(joined: Join, who: str) -> None:
    world = await sync_to_async(world_for_sockets)(who)
    got = await Operations(world, who).all()
    assert got == EXPECTED[who]


def world_for_sockets(who: str) -> World:
    world = new_world()
    if who == "muted":
        world.people["muted"] = muted = Person.objects.create(name="muted")
        Membership.objects.create(board=world.board, person=muted, role=Role.EDITOR.value)
        until = timezone.now() + timedelta(hours=1)
        kind = Restraint.MUTE
        Restraint.objects.create(board=world.board, person=muted, kind=kind, until=until)
    return world


class Operations:
    """All that somebody may try on a socket, with what a pupil beside them sees of it."""

    def __init__(self, world: World, who: str) -> None:
        self.world = world
        self.who = who

    async def all(self) -> dict[str, str]:
        got = dict.fromkeys(EXPECTED["owner"], "-")
        someone = await self.connected(self.who)
        got["hello"] = await self.hello(someone)
        if got["hello"] != "in":
            return got
        self.slot = someone.welcome["you"]["slot"]
        pupil = await self.connected("pupil")
        await pupil.hello()
        got["commit"] = await self.commit(someone)
        for kind in LiveKind:
            got[kind.name] = await self.live(someone, pupil, kind)
        got["hand"] = await self.hand(someone, pupil)
        got["lower"] = await self.lower(someone, pupil)
        await someone.leave()
        await pupil.leave()
        return got

    async def connected(self, who: str) -> Someone:
        return await Someone.connect(self.world.board.pk, await sync_to_async(self.cookie)(who))

    def cookie(self, who: str) -> str:
        self.world.people["pupil"] = self.world.pupil
        morsel = browser_of(self.world, who).cookies.get(django_settings.SESSION_COOKIE_NAME)
        return "" if morsel is None else f"{django_settings.SESSION_COOKIE_NAME}={morsel.value}"

    async def hello(self, someone: Someone) -> str:
        await someone.say({"type": "hello", "epoch": None, "since": 0, "schema": 3})
        while (message := await someone.hear_any())["type"] not in {"welcome", "closed"}:
            assert message["type"] == "bye"
        if message["type"] == "closed":
            return str(someone.closed)
        someone.welcome = message
        return "in"

    async def commit(self, someone: Someone) -> str:
        uid = await someone.commit(put("element-1"))
        while True:
            message = await someone.hear_any()
            if message["type"] == "refused" and message["id"] == uid:
                return str(message["code"])
            if message["type"] == "commits":
                return "in"

    async def live(self, someone: Someone, pupil: Someone, kind: LiveKind) -> str:
        """Beside a cursor, which whoever is here may send: by it the pupil knows when it came."""
        pupil.frames.clear()
        marker = bytes((LiveKind.CURSOR, 1, 200 + kind.value))
        record = bytes((kind.value, 1, 77))
        # Of two cursors in a tick the later one counts.
        await someone.say_bytes(
            b"\x01" + (marker + record if kind is kind.CURSOR else record + marker)
        )
        sign = record if kind is kind.CURSOR else marker
        while sign not in b"".join(pupil.frames):
            await pupil.hear_frame()
        return "yes" if bytes((self.slot,)) + record in b"".join(pupil.frames) else "no"

    async def hand(self, someone: Someone, pupil: Someone) -> str:
        await someone.say({"type": "hand", "up": True})
        return await self.is_up(someone, pupil, self.slot)

    async def lower(self, someone: Someone, pupil: Someone) -> str:
        slot = pupil.welcome["you"]["slot"]
        await pupil.say({"type": "hand", "up": True})
        assert await self.is_up(pupil, someone, slot) == "yes"
        await someone.say({"type": "hand", "up": False, "slot": slot})
        return "no" if await self.is_up(someone, pupil, slot) == "yes" else "yes"

    async def is_up(self, someone: Someone, beside: Someone, slot: int) -> str:
        """As a newcomer is told, after what `someone` said before has been dealt with."""
        await someone.say({"type": "ping"})
        await someone.hear("pong")
        newcomer = await self.connected("viewer" if self.who != "viewer" else "laser")
        await newcomer.hello()
        people = {one["slot"]: one.get("hand", 0) for one in newcomer.welcome["people"]}
        await newcomer.leave()
        return "yes" if people[slot] else "no"
