"""Pictures on boards: brought, stored once, shown to whoever may see, counted, swept away."""

from __future__ import annotations

import io
import json
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from boards import erasing, store
from boards.assets import keeping, storage, sweeping
from boards.assets.keeping import keep, received
from boards.assets.refusals import FileRefusedError
from boards.deeds import Actor
from boards.deletion import delete_for_good
from boards.duplicates import duplicate
from boards.models import Asset, Blob, Board, Element, LibraryItem, Membership, Person, Piece
from boards.privacy import erase_person
from boards.protocol import Audience, Role

from . import files
from .browsers import Browser
from .commits import commit

pytestmark = pytest.mark.django_db
committed = pytest.mark.django_db(transaction=True)
"""Files go when their rows are gone for good."""


def bring(visitor: Browser, board: Board, content: bytes, **headers: str) -> Any:
    return visitor.generic(
        "POST",
        reverse("assets", args=[board.pk]),
        content,
        "application/octet-stream",
        headers=headers,
    )


def brought(visitor: Browser, board: Board, content: bytes) -> dict[str, Any]:
    answer = bring(visitor, board, content)
    assert answer.status_code == 201, answer.content
    found: dict[str, Any] = answer.json()
    return found


def refused(answer: HttpResponse) -> tuple[int, str]:
    told = json.loads(answer.content)
    assert told["detail"]
    return answer.status_code, told["error"]


def look(visitor: Browser, board: Board, asset: str, query: str = "") -> Any:
    return visitor.get(reverse("asset", args=[board.pk, asset]) + query)


def kept(board: Board, person: Person, content: bytes) -> Asset:
    incoming = received([content])
    with incoming.file:
        return keep(board, person.pk, incoming)


def image(asset: str, **more: Any) -> dict[str, Any]:
    shown = {"kind": "image", "x": 0, "y": 0, "z": "a", "w": 9, "h": 9, "asset": asset}
    return shown | more


def place(board: Board, person: Person, key: str, asset: str, **more: Any) -> None:
    commit(board, person, {"op": "put", "key": key, "element": image(asset, **more)})


def names() -> set[str]:
    return set(Piece.objects.values_list("name", flat=True))


# -- the storage -----------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [0, 1, storage.PIECE_BYTES, storage.PIECE_BYTES + 1, 700_000])
def test_the_database_keeps_files_in_pieces(size: int) -> None:
    content = bytes(range(256)) * (size // 256 + 1)
    there = storage.DatabaseStorage()
    name = there.save("a-file", ContentFile(content[:size]))
    assert (there.exists(name), there.size(name)) == (True, size)
    with there.open(name) as file:
        assert file.read(10) == content[: min(10, size)]
        assert file.read() == content[10:size]
    assert there.listdir("") == ([], [name])
    there.delete(name)
    assert not there.exists(name)
    with pytest.raises(FileNotFoundError):
        there.open(name)
    with pytest.raises(FileNotFoundError):
        there.size(name)


def test_a_small_file_is_read_with_one_question(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    name = storage.DatabaseStorage().save("a-file", ContentFile(b"small"))
    with django_assert_num_queries(1):
        assert b"".join(storage.parts_of(name)) == b"small"


def test_half_a_file_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    Piece.objects.create(name="half", number=1, content=b"rest")
    assert not storage.DatabaseStorage().exists("half")
    assert storage.DatabaseStorage().listdir("") == ([], ["half"])


# -- bringing and looking --------------------------------------------------------------------------


def test_a_picture_is_brought_and_shown(ann: Person, board: Board) -> None:
    visitor = Browser(ann)
    told = brought(visitor, board, files.png(2000, 1000))
    assert told == {
        "asset": told["asset"],
        "media": "image/png",
        "width": 2000,
        "height": 1000,
        "bytes": Blob.objects.get().size,
        "pages": 1,
    }
    assert len(told["asset"]) == 22
    answer = look(visitor, board, told["asset"])
    assert files.read(answer.content).size == (2000, 1000)
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Content-Disposition"].startswith("inline")
    assert answer.headers["Cache-Control"] == "private, max-age=31536000, immutable"
    for side, size in (
        (256, (256, 128)),
        (512, (512, 256)),
        (1024, (1024, 512)),
        (77, (2000, 1000)),
    ):
        assert files.read(look(visitor, board, told["asset"], f"?side={side}").content).size == size


def test_s9_s10_a_document_is_only_ever_an_attachment(ann: Person, board: Board) -> None:
    visitor = Browser(ann)
    told = brought(visitor, board, files.pdf(3))
    assert (told["media"], told["pages"]) == ("application/pdf", 3)
    answer = look(visitor, board, told["asset"], "?side=256")
    assert answer.content == files.pdf(3)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_a_small_picture_is_its_own_smaller_one(ann: Person, board: Board) -> None:
    visitor = Browser(ann)
    told = brought(visitor, board, files.png(100, 50))
    answer = look(visitor, board, told["asset"], "?side=256")
    assert (answer.headers["Content-Type"], files.read(answer.content).size) == (
        "image/png",
        (100, 50),
    )


def test_a_smaller_one_that_is_missing_is_made_again(ann: Person, board: Board) -> None:
    visitor = Browser(ann)
    told = brought(visitor, board, files.png(300, 300))
    Piece.objects.filter(name__endswith=".256").delete()
    assert files.read(look(visitor, board, told["asset"], "?side=256").content).size == (256, 256)
    assert any(name.endswith(".256") for name in names())


def test_a_size_that_is_newer_than_the_picture_is_made_of_the_next_larger_one(
    ann: Person, board: Board
) -> None:
    visitor = Browser(ann)
    told = brought(visitor, board, files.png(1200, 600))
    Piece.objects.filter(name__endswith=".512").delete()
    # Were it read, it would not be found.
    Piece.objects.filter(name=Blob.objects.get().stored).delete()
    assert files.read(look(visitor, board, told["asset"], "?side=512").content).size == (512, 256)
    assert any(name.endswith(".512") for name in names())


def test_the_same_content_is_stored_once(ann: Person, bob: Person, board: Board) -> None:
    visitor = Browser(ann)
    first = brought(visitor, board, files.png())
    before = names()
    assert brought(visitor, board, files.png()) == first
    other = Board.objects.create(owner=bob)
    second = brought(Browser(bob), other, files.png())
    assert second["asset"] != first["asset"]
    assert (Blob.objects.count(), Asset.objects.count(), names()) == (1, 2, before)


@committed
def test_a_lost_file_is_there_again_once_somebody_brings_it(ann: Person, board: Board) -> None:
    visitor = Browser(ann)
    told = brought(visitor, board, files.png())
    Piece.objects.all().delete()
    assert look(visitor, board, told["asset"]).status_code == 404
    assert brought(visitor, board, files.png()) == told
    assert look(visitor, board, told["asset"]).status_code == 200


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"<svg/>", (422, "unknown_type")),
        (b"", (422, "unknown_type")),
        (files.png()[:80], (422, "broken")),
        (files.flood(30_000, 30_000), (422, "too_many_pixels")),
    ],
)
def test_what_is_refused_leaves_nothing(
    ann: Person, board: Board, content: bytes, expected: tuple[int, str]
) -> None:
    assert refused(bring(Browser(ann), board, content)) == expected
    assert not names()
    assert not Blob.objects.exists()


def test_a_file_over_the_limit_is_refused(ann: Person, board: Board, settings: Settings) -> None:
    settings.BOARDS_ASSET_BYTES_MAX = 1000
    assert refused(bring(Browser(ann), board, bytes(1001))) == (413, "too_big")


def test_refusals_are_told_in_the_readers_language(ann: Person, board: Board) -> None:
    answer = bring(Browser(ann), board, b"?", **{"accept-language": "ko"})
    assert answer.json()["error"] == "unknown_type"


@pytest.mark.parametrize(
    "media", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]
)
def test_s25_forms_of_other_sites_bring_nothing(ann: Person, board: Board, media: str) -> None:
    address = reverse("assets", args=[board.pk])
    answer = Browser(ann).generic("POST", address, b"--x--\r\n", media)
    assert answer.status_code in {400, 415}
    assert not Blob.objects.exists()


def test_who_may_draw_brings_and_who_may_see_looks(ann: Person, bob: Person, board: Board) -> None:
    Board.objects.filter(pk=board.pk).update(audience=Audience.NOBODY.value)
    told = brought(Browser(ann), board, files.png())
    assert look(Browser(bob), board, told["asset"]).status_code == 404
    assert bring(Browser(bob), board, files.png()).status_code == 404
    Membership.objects.create(board=board, person=bob, role=Role.VIEWER.value)
    assert look(Browser(bob), board, told["asset"]).status_code == 200
    assert bring(Browser(bob), board, files.png()).status_code == 403


def test_on_a_frozen_board_only_owners_bring(ann: Person, bob: Person, board: Board) -> None:
    Board.objects.filter(pk=board.pk).update(frozen=True)
    assert bring(Browser(bob), board, files.png()).status_code == 403
    assert bring(Browser(ann), board, files.png()).status_code == 201


def test_a_picture_is_only_shown_on_its_board(ann: Person, board: Board) -> None:
    visitor = Browser(ann)
    told = brought(visitor, board, files.png())
    other = Board.objects.create(owner=ann)
    assert look(visitor, other, told["asset"]).status_code == 404


def test_s14_floods_of_files_are_slowed(ann: Person, board: Board, settings: Settings) -> None:
    settings.BOARDS_LIMIT_ASSETS = (2, 0.001)
    visitor = Browser(ann)
    for _ in range(2):
        brought(visitor, board, files.png())
    answer = bring(visitor, board, files.png())
    assert refused(answer) == (429, "too_fast")
    assert answer.headers["Retry-After"]


# -- quotas ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("which", ["board", "person", "site"])
def test_s10_quotas_are_kept(ann: Person, board: Board, settings: Settings, which: str) -> None:
    visitor = Browser(ann)
    first = brought(visitor, board, files.png())
    setattr(settings, f"BOARDS_ASSET_{which.upper()}_BYTES_MAX", first["bytes"] + 10)
    assert refused(bring(visitor, board, files.png(seed=1))) == (409, f"quota_{which}")
    # What is there already costs nothing.
    assert brought(visitor, board, files.png()) == first
    assert len(names()) == 1


def test_a_quota_of_one_board_leaves_the_others(
    ann: Person, board: Board, settings: Settings
) -> None:
    visitor = Browser(ann)
    first = brought(visitor, board, files.png())
    settings.BOARDS_ASSET_BOARD_BYTES_MAX = first["bytes"] + 10
    brought(visitor, Board.objects.create(owner=ann), files.png(seed=1))


# -- at the same moment ----------------------------------------------------------------------------


def at_once(*deeds: Callable[[], object]) -> list[object]:
    """Each in a thread of its own; what each gave or raised."""
    found: list[object] = [None] * len(deeds)
    ready = threading.Barrier(len(deeds))

    def run(number: int, deed: Callable[[], object]) -> None:
        ready.wait()
        try:
            found[number] = deed()
        except Exception as error:  # whatever it is, the test that asked for it judges it
            found[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=one) for one in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


@committed
def test_a_content_that_many_bring_at_once_is_stored_once(ann: Person, board: Board) -> None:
    boards = [board, *(Board.objects.create(owner=ann) for _ in range(3))]
    deeds = [partial(kept, where, ann, files.png()) for where in boards for _ in "12"]
    found = at_once(*deeds)
    assert all(isinstance(one, Asset) for one in found), found
    assert (Blob.objects.count(), Asset.objects.count()) == (1, len(boards))
    assert names() == {Blob.objects.get().stored}


@committed
def test_a_content_is_not_swept_from_under_who_brings_it(ann: Person, board: Board) -> None:
    for seed in range(5):
        first = kept(board, ann, files.png(seed=seed))
        other = Board.objects.create(owner=ann)
        _, second = at_once(
            partial(sweeping.delete_assets, Asset.objects.filter(pk=first.pk)),
            partial(kept, other, ann, files.png(seed=seed)),
        )
        assert isinstance(second, Asset), second
        there = Asset.objects.select_related("blob").get(pk=second.pk)
        assert storage.storage().exists(there.blob.stored)


# -- crashes ---------------------------------------------------------------------------------------


class Killed(BaseException):
    """As by kill -9."""


def test_a_crash_between_file_and_row_leaves_a_file_that_is_swept(
    ann: Person, board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise Killed

    monkeypatch.setattr(keeping, "_named", killed)
    with pytest.raises(Killed):
        kept(board, ann, files.png())
    assert (len(names()), Blob.objects.count()) == (1, 0)
    assert sweeping.sweep(dry_run=False) == 0, "it may be under way"
    (name,) = names()
    Piece.objects.update(name="20200101T0000-" + name.partition("-")[2])
    assert sweeping.sweep(dry_run=True) == 1
    assert (sweeping.sweep(dry_run=False), names()) == (1, set())


@committed
def test_a_crash_between_row_and_file_of_a_deletion_is_swept_too(
    ann: Person, board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    asset = kept(board, ann, files.png(300, 300))
    monkeypatch.setattr(sweeping, "delete_files", lambda _: None)
    sweeping.delete_assets(Asset.objects.filter(pk=asset.pk))
    assert (Blob.objects.count(), len(names())) == (0, 2)
    for name in names():
        Piece.objects.filter(name=name).update(name="20200101T0000-" + name.partition("-")[2])
    assert (sweeping.sweep(dry_run=False), names()) == (2, set())


def test_what_is_on_a_board_is_never_swept(ann: Person, board: Board) -> None:
    asset = kept(board, ann, files.png(300, 300))
    old = "20200101T0000-" + "0" * 32
    for name in names():
        Piece.objects.filter(name=name).update(name=name.replace(asset.blob.stored, old))
    Blob.objects.update(stored=old)
    assert (sweeping.sweep(dry_run=False), len(names())) == (0, 2)


# -- copies, deletion, erasing ---------------------------------------------------------------------


def take(visitor: Browser, board: Board, other: Board, *assets: str) -> Any:
    said = {"board": str(other.pk), "assets": assets}
    address = reverse("assets-from", args=[board.pk])
    return visitor.post(address, said, content_type="application/json")


def test_pictures_come_along_from_another_board(ann: Person, board: Board) -> None:
    visitor = Browser(ann)
    asset = brought(visitor, board, files.png())["asset"]
    other = Board.objects.create(owner=ann)
    for _ in range(2):
        assert take(visitor, other, board, asset, "x" * 22).json() == {"taken": [asset]}
    assert look(visitor, other, asset).status_code == 200


def test_s10_what_comes_along_counts_too(ann: Person, board: Board, settings: Settings) -> None:
    browser = Browser(ann)
    told = brought(browser, board, files.png())
    other = Board.objects.create(owner=ann)
    settings.BOARDS_ASSET_BOARD_BYTES_MAX = told["bytes"] - 1
    assert refused(take(browser, other, board, told["asset"])) == (409, "quota_board")
    assert not Asset.objects.filter(board=other).exists()


def test_only_from_boards_that_one_may_see(ann: Person, bob: Person, board: Board) -> None:
    Board.objects.filter(pk=board.pk).update(audience=Audience.NOBODY.value)
    asset = brought(Browser(ann), board, files.png())["asset"]
    other = Board.objects.create(owner=bob)
    assert take(Browser(bob), other, board, asset).status_code == 404
    assert not Asset.objects.filter(board=other).exists()


@committed
def test_a_copy_of_a_board_has_its_pictures(ann: Person, bob: Person, board: Board) -> None:
    asset = kept(board, ann, files.png())
    place(board, ann, "picture-1", asset.key)
    copy = duplicate(board, bob)
    delete_board(board, ann)
    assert Asset.objects.get(board=copy).key == asset.key
    assert look(Browser(bob), copy, asset.key).status_code == 200


def delete_board(board: Board, person: Person) -> None:
    Board.objects.filter(pk=board.pk).update(trashed=timezone.now())
    delete_for_good([board.pk], Actor(person))


@committed
def test_with_the_last_board_the_content_goes(ann: Person, board: Board) -> None:
    other = Board.objects.create(owner=ann)
    for where in (board, other):
        kept(where, ann, files.png(300, 300))
    delete_board(board, ann)
    assert (Blob.objects.count(), len(names())) == (1, 2)
    delete_board(other, ann)
    assert (Blob.objects.count(), len(names())) == (0, 0)


@committed
def test_r17_erasing_takes_the_pictures_that_only_theirs_showed(
    ann: Person, bob: Person, board: Board
) -> None:
    own, shared, unplaced, bobs = (kept(board, ann, files.png(seed=i)) for i in range(4))
    Asset.objects.filter(pk=bobs.pk).update(person=bob)
    place(board, ann, "picture-1", own.key)
    place(board, ann, "picture-2", shared.key)
    place(board, bob, "picture-3", shared.key)
    commit(board, bob, {"op": "remove", "key": "picture-3"})
    place(board, bob, "picture-4", bobs.key)
    commit(board, ann, {"op": "put", "key": "page-2345", "element": {"kind": "page", "z": "b"}})
    assert erasing.erase_ink(board.pk, ann.pk)
    assert store.verify(board.pk) == []
    assert set(Asset.objects.values_list("key", flat=True)) == {shared.key, bobs.key}
    assert set(Asset.objects.values_list("person", flat=True)) == {None, bob.pk}
    assert not Element.objects.filter(author=ann).exists()
    assert len(names()) == 2
    assert unplaced.key not in set(Asset.objects.values_list("key", flat=True))


@committed
def test_r17_what_was_brought_and_never_placed_goes_as_well(ann: Person, board: Board) -> None:
    kept(board, ann, files.png())
    erase_person(ann, Actor(ann))
    assert not Asset.objects.exists()
    assert not names()


def test_backgrounds_of_documents_count_as_shown(ann: Person, bob: Person, board: Board) -> None:
    document = kept(board, ann, files.pdf())
    image_of = kept(board, ann, files.png())
    place(board, bob, "picture-1", image_of.key, source=f"{document.key}#2")
    erase_person(ann, Actor(ann))
    assert Asset.objects.count() == 2


# -- kept for good ---------------------------------------------------------------------------------


@committed
def test_r3_what_was_answered_is_committed(ann: Person, board: Board) -> None:
    told = brought(Browser(ann), board, files.png(300, 300))

    def seen() -> tuple[int, int]:
        there = Asset.objects.filter(key=told["asset"]).select_related("blob").get()
        return there.blob.size, storage.storage().size(there.blob.stored)

    assert at_once(seen) == [(told["bytes"], told["bytes"])]


@committed
def test_a_backup_has_the_pictures(ann: Person, board: Board, tmp_path: Path) -> None:
    document = files.pdf() + bytes(storage.PIECE_BYTES)
    told = brought(Browser(ann), board, files.png(900, 700))
    long = brought(Browser(ann), board, document)
    ann.library.create(key="k" * 22, name="Star", body='{"elements":[]}')
    file = tmp_path / "boards.backup"
    call_command("backup", str(file), stderr=io.StringIO())
    sweeping.delete_assets(Asset.objects.all())
    LibraryItem.objects.all().delete()
    said = io.StringIO()
    call_command("restore", file, "--replace", "--no-input", stdout=said, stderr=said)
    assert "not in the storage" not in said.getvalue()
    assert LibraryItem.objects.get().name == "Star"
    assert look(Browser(ann), board, long["asset"]).content == document
    for side in ("", "?side=256"):
        assert look(Browser(ann), board, told["asset"], side).status_code == 200
    assert sweeping.lost_files() == 0


def test_a_refusal_names_its_code() -> None:
    assert str(FileRefusedError("broken")) == "broken"
