"""S11: a board as a file goes out whole and comes in whole, or nothing of it does."""

from __future__ import annotations

import base64
import io
import json
import tempfile
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from asgiref.sync import sync_to_async
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import AsyncClient
from django.urls import reverse
from PIL import Image
from pytest_django import Settings

from boards import store
from boards.assets.keeping import keep, received
from boards.exchange import reading, writing
from boards.exchange.reading import BoardFile, NoBoardFileError
from boards.models import Asset, Board, Folder, Person, Visit

from . import files
from .browsers import Browser
from .commits import commit, elements
from .sockets import stroke

pytestmark = pytest.mark.django_db

IMAGE = {"kind": "image", "x": 0, "y": 0, "z": "a", "w": 9, "h": 9}
ADDRESS = "/boards/import"


def put(key: str, element: dict[str, Any]) -> dict[str, Any]:
    return {"op": "put", "key": key, "element": element}


@pytest.fixture
def full(board: Board, ann: Person) -> Board:
    """With a page, a connector, a text of braces and quotes, a picture and a missing one."""
    incoming = received([files.png(900, 700)])
    with incoming.file:
        asset = keep(board, ann.pk, incoming).key
    note = {"kind": "note", "x": 1, "y": 2, "z": "b", "w": 9, "h": 9, "text": '{"a": "한글"} }{'}
    arrow = {**stroke(), "kind": "arrow", "from": "note-0001@0.5,1", "to": "picture-1"}
    commit(
        board,
        ann,
        put("page-0002", {"kind": "page", "z": "b", "name": "Two", "w": 100, "h": 200}),
        put("note-0001", note),
        put("arrow-001", arrow),
        put("picture-1", {**IMAGE, "asset": asset, "page": "page-0002", "alt": "A garden"}),
        put("picture-2", {**IMAGE, "asset": "m" * 22}),
    )
    Board.objects.filter(pk=board.pk).update(paper="grid")
    board.refresh_from_db()
    return board


def written(board: Board) -> bytes:
    return b"".join(writing.parts(board))


def read(content: bytes) -> BoardFile:
    with tempfile.TemporaryFile() as file:
        file.write(content)
        file.flush()
        return reading.read(file)


def refused(content: bytes | dict[str, Any]) -> str:
    text = content if isinstance(content, bytes) else json.dumps(content).encode()
    with pytest.raises(NoBoardFileError) as found:
        read(text)
    return found.value.code


def everything(board: Board) -> dict[str, dict[str, Any]]:
    """Without who drew it."""
    snapshot = store.document(board.pk)
    assert snapshot is not None
    living = store.living_of(snapshot.body)
    return {
        key: {name: value for name, value in one.items() if name != "author"}
        for key, one in living.items()
    }


def bring(person: Person, content: bytes, media: str = "application/json") -> Any:
    return Browser(person).generic("POST", ADDRESS, content, media)


# -- out and in ------------------------------------------------------------------------------------


def test_a_file_lists_from_below_whatever_order_rows_are_in(full: Board, ann: Person) -> None:
    commit(full, ann, {"op": "set", "key": "note-0001", "props": {"z": "Z"}})
    assert list(json.loads(written(full))["elements"]) == [
        *("note-0001", "picture-1", "picture-2", "arrow-001"),
    ]


def test_what_goes_out_comes_in_as_it_was(full: Board, ann: Person, bob: Person) -> None:
    answer = bring(bob, written(full))
    assert answer.status_code == 201, answer.content
    told = answer.json()
    assert (told["elements"], told["missing"]) == (5, 1)
    made = Board.objects.get(pk=told["board"])
    assert (made.title, made.paper, made.owner, made.trashed) == ("Sums", "grid", bob, None)
    assert everything(made) == everything(full)
    assert set(elements(made)["note-0001"].items()) >= {("author", bob.pk)}
    (asset,) = Asset.objects.filter(board=made)
    shown = Browser(bob).get(reverse("asset", args=[made.pk, asset.key]))
    assert files.read(shown.content).size == (900, 700)
    assert Visit.objects.filter(board=made, person=bob).exists()
    assert store.verify(made.pk) == []
    assert written(made) == written(full)


def test_the_file_says_nothing_of_who_drew_it(full: Board, ann: Person) -> None:
    told = json.loads(written(full))
    assert told.keys() == {"format", "version", "title", "paper", "pages", "elements", "assets"}
    assert not any("author" in one for one in told["elements"].values())
    (asset,) = told["assets"].values()
    assert files.read(base64.b64decode(asset["data"])).size == (900, 700)


def test_a_file_with_spaces_is_the_same(full: Board) -> None:
    pretty = json.dumps(json.loads(written(full)), indent=4).encode()
    assert read(pretty).elements == read(written(full)).elements


def test_the_page_gets_it_with_a_safe_name(full: Board, ann: Person) -> None:
    Board.objects.filter(pk=full.pk).update(title='../../"한글"\\x.')
    answer = Browser(ann).get(reverse("board-file", args=[full.pk]))
    assert answer.content == written(Board.objects.get(pk=full.pk))
    name = answer.headers["Content-Disposition"]
    assert name.startswith("attachment; filename*=utf-8''")
    assert "/" not in name.partition(";")[2]
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.django_db(transaction=True)
async def test_large_ones_go_out_in_parts(ann: Person, board: Board) -> None:
    noise = files.written(Image.effect_noise((1300, 1300), 99), "PNG")

    def prepare() -> AsyncClient:
        incoming = received([noise])
        with incoming.file:
            asset = keep(board, ann.pk, incoming).key
        commit(board, ann, put("picture-1", {**IMAGE, "asset": asset}))
        client = AsyncClient()
        client.cookies = Browser(ann).cookies
        return client

    client = await sync_to_async(prepare)()
    for name, args in (("board-file", []), ("asset", [(await Asset.objects.aget()).key])):
        answer = await client.get(reverse(name, args=[board.pk, *args]))
        assert answer.streaming
        parts: Any = answer
        content = b"".join([part async for part in parts])
        if name == "asset":
            assert len(content) == int(answer.headers["Content-Length"])
            assert files.read(content).size == (1300, 1300)
        else:
            assert content == await sync_to_async(written)(board)


def test_the_home_page_brings_it_by_a_form(full: Board, bob: Person) -> None:
    file = SimpleUploadedFile("x.board.json", written(full), "application/json")
    answer = Browser(bob).post(ADDRESS, {"file": file})
    made = Board.objects.get(owner=bob)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/boards/{made.pk}/")
    broken = Browser(bob).post(ADDRESS, {"file": SimpleUploadedFile("x", b"{}")})
    assert broken.status_code == 400


def test_a_board_out_of_a_file_lies_in_the_folder_where_it_was_opened(
    full: Board, ann: Person, bob: Person
) -> None:
    own, others = (Folder.objects.create(person=one, name="Maths") for one in (bob, ann))
    browser = Browser(bob)
    page = browser.get("/", {"folder": own.pk}).content.decode()
    assert page.count(f'<input type="hidden" name="folder" value="{own.pk}">') == 2
    for folder, lies in ((own.pk, own), (others.pk, None), ("x", None)):
        file = SimpleUploadedFile("x.board.json", written(full), "application/json")
        answer = browser.post(ADDRESS, {"file": file, "folder": folder})
        made = UUID(answer.headers["Location"].split("/")[2])
        assert Visit.objects.get(board=made, person=bob).folder == lies


def test_the_home_page_is_told_in_a_sentence_why_there_is_no_board(
    full: Board, bob: Person
) -> None:
    browser = Browser(bob)
    assert ADDRESS in browser.get("/").content.decode()
    wanted = {"accept": "application/json"}
    good = {"file": SimpleUploadedFile("x.board.json", written(full))}
    told = browser.post(ADDRESS, good, headers=wanted)
    assert (told.status_code, told.json()["address"]) == (
        201,
        reverse("board", args=[Board.objects.get(owner=bob).pk]),
    )
    broken = browser.post(ADDRESS, {"file": SimpleUploadedFile("x", b"{}")}, headers=wanted)
    assert (broken.status_code, broken.json()["error"]) == (400, "no_board")
    assert broken.json()["detail"] == "This is no file of a board, or it is damaged."


# -- what is not taken -----------------------------------------------------------------------------


GOOD: dict[str, Any] = {
    "format": "whiteboard",
    "version": 1,
    "elements": {"stroke-1": stroke()},
}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"[]",
        b"null",
        b'"whiteboard"',
        b'{"format":"excalidraw","version":1,"elements":{}}',
        b'{"format":"whiteboard","version":0,"elements":{}}',
        b'{"format":"whiteboard","version":1}',
        b'{"format":"whiteboard","version":1,"elements":[]}',
        b'{"format":"whiteboard","version":1,"elements":{},"more":{}}',
        b'{"format":"whiteboard","version":1,"elements":{},"elements":{}}',
        b'{"format":"whiteboard","version":1,"title":"a","title":"b","elements":{}}',
        b'{"format":"whiteboard","version":1,"elements":{}',
        b"\xff\xfe{}",
        b'{"format":"whiteboard","version":1,"elements":{"a\\ud800aaaaaaa":{}}}',
    ],
)
def test_s11_what_is_no_board_is_refused(content: bytes) -> None:
    assert refused(content) == "no_board"


def test_an_empty_file_is_called_empty() -> None:
    with pytest.raises(NoBoardFileError, match="is empty"):
        read(b"")


@pytest.mark.parametrize(
    "found",
    [
        {"short": stroke()},
        {"__proto__": stroke()},
        {"constructor": stroke()},
        {"stroke-1": {"kind": "page", "z": "a"}},
        {"stroke-1": {**stroke(), "kind": "unknown"}},
        {"stroke-1": {**stroke(), "__proto__": 1}},
        {"stroke-1": {**stroke(), "x": 1e9}},
        {"stroke-1": {**stroke(), "x": True}},
        {"stroke-1": {**stroke(), "x": [[1]]}},
        {"stroke-1": {**stroke(), "link": "javascript:alert(1)"}},
        {"stroke-1": 1},
        {"stroke-1": None},
    ],
)
def test_s11_s18_s19_each_element_is_checked_as_if_it_were_drawn(found: dict[str, Any]) -> None:
    assert refused({**GOOD, "elements": {"stroke-0": stroke(), **found}}) == "no_board"


@pytest.mark.parametrize("number", ["1e400", "-0.0", "NaN", "Infinity", "1" + "0" * 400])
def test_s11_s18_numbers_that_are_none(number: str) -> None:
    text = json.dumps({**GOOD, "elements": {"stroke-1": {**stroke(), "x": 12321}}})
    assert refused(text.replace("12321", number).encode()) == "no_board"


def test_s11_nothing_may_be_there_twice() -> None:
    one = json.dumps(stroke())
    head = '{"format":"whiteboard","version":1,"elements":'
    for inside in (
        f'{{"stroke-1":{one},"stroke-1":{one}}}',
        f'{{"stroke-1":1,"stroke-1":{one}}}',
        f'{{"stroke-1":{one},"stroke\\u002d1":{one}}}',
        '{"stroke-1":{"x":1,' + one[1:] + "}",
        '{"stroke-1":{"x" : 1,' + one[1:] + "}",
    ):
        assert refused(f"{head}{inside}}}".encode()) == "no_board"
    assert refused({**GOOD, "pages": {"stroke-1": {"kind": "page", "z": "a"}}}) == "no_board"


def test_a_newer_version_is_told_apart() -> None:
    assert refused({**GOOD, "version": 2}) == "newer"


MEGABYTE = 1024 * 1024
ELEMENTS = b'{"format":"whiteboard","version":1,"elements":{'
BOMBS: dict[str, Callable[[], bytes]] = {
    "deep": lambda: ELEMENTS + b'"aaaaaaaa":{' * (5 * MEGABYTE),
    "deep lists": lambda: ELEMENTS[:-12] + b'"title":' + b"[" * (60 * MEGABYTE),
    "many unknown": lambda: ELEMENTS[:-12] + many(b'"n%07d":1') + b"}",
    "many keys": lambda: ELEMENTS + many(b'"n%07d":1') + b"}}",
    "many elements": lambda: ELEMENTS + many(b'"n%07d":{"kind":"x"}') + b"}}",
    "many properties": lambda: (
        ELEMENTS + b'"aaaaaaaa":{"kind":"page",' + many(b'"n%07d":1') + b"}}}"
    ),
    "many pictures": lambda: ELEMENTS + b'},"assets":{' + many(b'"%022d":{"data":""}') + b"}}",
    "a long text": lambda: (
        ELEMENTS + b'"aaaaaaaa":{"kind":"note","text":"' + b"x" * (60 * MEGABYTE) + b'"}}}'
    ),
}


def many(part: bytes) -> bytes:
    return b",".join(part % number for number in range(1_500_000))


@pytest.mark.parametrize("name", BOMBS)
def test_s11_bombs_are_refused_in_little_memory(name: str) -> None:
    with tempfile.TemporaryFile() as file:
        file.write(BOMBS[name]())
        file.flush()
        tracemalloc.start()
        try:
            with pytest.raises(NoBoardFileError):
                reading.read(file)
            _, most = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert most < 50 * MEGABYTE


def test_s11_a_file_over_the_limit_is_refused(ann: Person, settings: Settings) -> None:
    settings.BOARDS_IMPORT_BYTES_MAX = 100
    answer = bring(ann, json.dumps(GOOD).encode())
    assert (answer.status_code, answer.json()["error"]) == (413, "too_big")
    assert answer.json()["detail"]


@pytest.mark.parametrize(
    ("packed", "status"),
    [
        ({"data": "####"}, 422),
        ({"data": "AAA"}, 422),
        ({"data": base64.b64encode(b"<svg/>").decode(), "media": "image/png"}, 422),
        ({"data": base64.b64encode(files.flood(30_000, 30_000)).decode()}, 422),
        ({"data": 7}, 422),
        ({"media": "image/png"}, 400),
    ],
)
def test_s10_s11_a_bad_picture_leaves_no_board(
    ann: Person, packed: dict[str, Any], status: int
) -> None:
    shown = {"picture-1": {**IMAGE, "asset": "a" * 22}}
    answer = bring(
        ann, json.dumps({**GOOD, "elements": shown, "assets": {"a" * 22: packed}}).encode()
    )
    assert answer.status_code == status, answer.content
    assert not Board.objects.exists()
    assert not Asset.objects.exists()


def test_pictures_that_nothing_shows_are_left(ann: Person) -> None:
    packed = {"data": base64.b64encode(files.png()).decode()}
    answer = bring(ann, json.dumps({**GOOD, "assets": {"a" * 22: packed}}).encode())
    assert answer.status_code == 201
    assert not Asset.objects.exists()


def test_s25_forms_of_other_sites_make_no_boards(ann: Person) -> None:
    for media in ("text/plain", "application/x-www-form-urlencoded"):
        assert bring(ann, json.dumps(GOOD).encode(), media).status_code == 415


def test_why_it_is_no_file_of_a_board_is_said_in_whole_words() -> None:
    with pytest.raises(NoBoardFileError) as found:
        read(b"[1]")
    assert found.value.why == "Expected `object`, got `array`"


# -- operators -------------------------------------------------------------------------------------


def test_operators_save_and_import(full: Board, bob: Person, tmp_path: Path) -> None:
    file = tmp_path / "sums.board.json"
    call_command("board", "save", str(full.pk), str(file), stdout=io.StringIO())
    assert file.read_bytes() == written(full)
    out = io.StringIO()
    call_command("board", "import", str(file), "--owner", str(bob.pk), "--json", stdout=out)
    told = json.loads(out.getvalue())
    made = Board.objects.get(pk=told["board"])
    assert (made.owner, told["elements"], told["missing"]) == (bob, 5, 1)
    call_command("board", "import", str(file), stdout=out)
    assert Board.objects.filter(owner=None, trashed=None).count() == 1


def test_operators_are_told_what_is_wrong(tmp_path: Path) -> None:
    file = tmp_path / "bad"
    for content, why in ((b"{}", "no file of a board"), (b"", "no file of a board")):
        file.write_bytes(content)
        with pytest.raises(CommandError, match=why):
            call_command("board", "import", str(file))
    with pytest.raises(CommandError, match="No such file"):
        call_command("board", "import", str(tmp_path / "absent"))
    with pytest.raises(CommandError, match="no person"):
        call_command("board", "import", str(file), "--owner", "77")
