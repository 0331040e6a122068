"""Staff look at pictures, see how much room they take, and take one away; it is recorded."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse
from pytest_django import Settings

from boards.assets.keeping import keep, received
from boards.models import Asset, AuditEntry, Blob, Board, Person

from . import files
from .browsers import Browser
from .staff import Staff, address

pytestmark = pytest.mark.django_db


def kept(board: Board, person: Person, content: bytes) -> Asset:
    incoming = received([content])
    with incoming.file:
        return keep(board, person.pk, incoming)


def test_staff_see_pictures_and_how_much_room_they_take(
    ann: Person, board: Board, settings: Settings
) -> None:
    asset = kept(board, ann, files.png(900, 700))
    kept(board, ann, files.pdf())
    settings.BOARDS_ASSET_SITE_BYTES_MAX = 1024 * 1024
    staff = Staff()
    listed = staff.page("asset_changelist")
    assert "of 1.0\xa0MB" in listed
    assert asset.key in listed
    assert "900 × 700" in staff.page("asset_change", asset.pk)
    preview = staff.get(address("asset_preview", asset.pk))
    assert files.read(preview.content).size == (256, 199)
    assert "sandbox" in preview.headers["Content-Security-Policy"]
    assert reverse("admin:boards_asset_changelist") in staff.page("board_change", board.pk)


def test_s30_who_may_not_look_sees_no_picture(ann: Person, board: Board) -> None:
    asset = kept(board, ann, files.png())
    where = address("asset_preview", asset.pk)
    assert Staff("view_board", name="few").get(where).status_code == 403
    assert Browser(ann).get(where).status_code == 302
    assert Staff().get(address("asset_preview", 10**6)).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_s30_taking_one_away_is_recorded(ann: Person, board: Board) -> None:
    one, two = (kept(board, ann, files.png(seed=i)) for i in range(2))
    staff = Staff()
    staff.post(address("asset_delete", one.pk), {"post": "yes"})
    chosen = {"action": "delete_selected", "_selected_action": [two.pk], "post": "yes"}
    staff.post(address("asset_changelist"), chosen)
    assert not Asset.objects.exists()
    assert not Blob.objects.exists()
    entries = AuditEntry.objects.filter(action="asset.remove").order_by("pk")
    assert [(e.staff, e.board, e.subject) for e in entries] == [("root", board.pk, ann)] * 2
    assert json.loads(entries[0].details)["asset"] == one.key


def test_nothing_is_changed_or_added_here(ann: Person, board: Board) -> None:
    asset = kept(board, ann, files.png())
    staff = Staff()
    assert staff.get(address("asset_add")).status_code == 403
    staff.post(address("asset_change", asset.pk), {"key": "x" * 22})
    assert Asset.objects.get().key == asset.key
