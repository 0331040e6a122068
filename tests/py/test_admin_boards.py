"""The admin about boards: who is on them now, what is done about them, and who may do it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.contrib.admin.models import LogEntry
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from boards import store
from boards.models import (
    AuditEntry,
    Board,
    Invite,
    Membership,
    Pen,
    Person,
    Report,
    Restraint,
    Thumbnail,
)
from boards.protocol import CloseCode, Role

from .commits import commit, elements
from .conftest import Join
from .sockets import put
from .staff import ADDRESS, Staff, address, is_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(db: None) -> Staff:
    return Staff()


def audited() -> list[tuple[str, str]]:
    return list(AuditEntry.objects.order_by("pk").values_list("action", "staff"))


# -- looking ---------------------------------------------------------------------------------------


def test_the_list_says_who_is_on_a_board_and_how_busy_it_is(
    staff: Staff, ann: Person, bob: Person, board: Board
) -> None:
    is_on(board, ann, bob, transactions=33)
    is_on(board, bob)
    page = staff.page("board_changelist")
    for column, text in (
        ("people_now", "2"),
        ("sockets", "3"),
        ("transactions", "33"),
        ("bytes_a_minute", "3.2\xa0KB"),
    ):
        assert f'<td class="field-{column}">{text}</td>' in page
    assert ADDRESS not in page


def test_boards_are_found_by_what_is_the_matter_with_them(staff: Staff, bob: Person) -> None:
    boards = {name: Board.objects.create(title=name) for name in ("On", "Cold", "Away", "Bad")}
    Board.objects.filter(title="Cold").update(frozen=True)
    Board.objects.filter(title="Away").update(trashed=timezone.now())
    Report.objects.create(board=boards["Bad"], by=bob)
    is_on(boards["On"], bob)
    for name, query in (
        ("On", {"open": "yes"}),
        ("Cold", {"frozen__exact": "1"}),
        ("Away", {"trashed__isempty": "0"}),
        ("Bad", {"reported": "yes"}),
    ):
        page = staff.page("board_changelist", **query)
        assert [title for title in boards if f">{title}</a>" in page] == [name]


def test_a_boards_page_shows_people_links_and_bans_but_no_token_and_no_address(
    staff: Staff, ann: Person, bob: Person, board: Board
) -> None:
    is_on(board, bob)
    invite = Invite.objects.create(board=board, token_hash="f" * 64, role="editor", label="3b")
    Membership.objects.create(board=board, person=ann, role="viewer", invite=invite)
    Pen.objects.create(board=board, person=bob)
    Report.objects.create(board=board, by=bob, text="Rude words")
    Restraint.objects.create(board=board, person=bob, kind="mute", reason="noisy")
    page = staff.page("board_change", board.pk)
    for text in ("Bob", "3b", "Viewer", "Rude words", "noisy", "Mute", "Until taken back"):
        assert text in page
    assert "f" * 64 not in page
    assert ADDRESS not in page


def test_pages_ask_little_even_of_staff_with_few_rights(
    ann: Person, bob: Person, board: Board, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    """Fewer than 15, whoever looks; permissions are two of them."""
    staff = Staff("view_board", "change_board", "view_report", "view_auditentry")
    for number in range(20):
        person = Person.objects.create(name=f"P{number}")
        Membership.objects.create(board=board, person=person, role="editor")
        Restraint.objects.create(board=board, person=person, kind="ban", by=ann)
        Report.objects.create(board=board, by=person)
        AuditEntry.objects.create(action="freeze", board=board.pk, by=ann, subject=person)
        is_on(board, person)
    commit(board, ann, put("stroke-1"))
    for view, about in (
        ("board_changelist", ()),
        ("board_change", (board.pk,)),
        ("board_control_room", ()),
        ("board_control_room_now", ()),
        ("board_now", (board.pk,)),
        ("board_back", (board.pk,)),
    ):
        with django_assert_max_num_queries(14):
            staff.page(view, *about)


def test_a_thumbnail_is_shown_to_staff_who_may_not_open_the_board(
    board: Board, ann: Person
) -> None:
    looker = Staff("view_board")
    Thumbnail.objects.create(board=board, epoch=board.epoch, clock=0, light=b"L", dark=b"D")
    light = looker.get(address("board_thumbnail", board.pk))
    assert (light.content, light.headers["Content-Type"]) == (b"L", "image/png")
    assert looker.get(address("board_thumbnail", board.pk), {"theme": "dark"}).content == b"D"


def test_the_control_room_is_complete_as_it_comes_and_the_same_as_json(
    staff: Staff, ann: Person, bob: Person, board: Board
) -> None:
    is_on(board, ann, bob, transactions=7)
    Report.objects.create(board=board, by=bob, text="Rude <b>words</b>")
    AuditEntry.objects.create(action="kick", board=board.pk, staff="sam", subject=bob)
    page = staff.page("board_control_room")
    now = json.loads(staff.page("board_control_room_now"))
    assert now["numbers"] == {
        "people": "2",
        "sockets": "2",
        "boards": "1",
        "transactions": "7",
        "live": "0",
        "bytes": "700\xa0bytes",
        "processes": 1,
        "reports": "1",
    }
    (row,) = now["lists"]["boards"]
    assert (row["title"], row["owner"], row["people"]) == ("Sums", "Ann", "2")
    (entry,) = now["lists"]["entries"]
    assert (entry["who"], entry["action"], entry["board"]) == ("sam", "kick", "Sums")
    for text in ("Sums", "h:0", "Rude &lt;b&gt;words", "kick", "sam"):
        assert text in page
    assert "<b>words" not in page
    assert ADDRESS not in page + json.dumps(now)


def test_the_control_room_shows_only_what_one_may_see_elsewhere(board: Board, bob: Person) -> None:
    Report.objects.create(board=board, by=bob, text="Rude")
    now = json.loads(Staff("view_board").page("board_control_room_now"))
    assert now["lists"].keys() == {"boards"}
    assert "reports" not in now["numbers"]


# -- doing -----------------------------------------------------------------------------------------


def test_each_button_does_its_deed_and_leaves_an_entry(
    staff: Staff, bob: Person, board: Board
) -> None:
    for deed, said in (
        ("freeze", {}),
        ("unfreeze", {}),
        ("trash", {}),
        ("undelete", {}),
        ("clear", {}),
        ("role", {"person": bob.pk, "role": "commenter"}),
        ("pen", {"person": bob.pk, "duration": "600"}),
        ("take-pen", {"person": bob.pk}),
        ("remove", {"person": bob.pk}),
        ("kick", {"person": bob.pk}),
        ("mute", {"person": bob.pk, "duration": ""}),
        ("ban", {"person": bob.pk, "duration": "3600", "reason": "rude"}),
    ):
        assert "Done; it holds on all open pages now." in staff.does(board, deed, **said)
    assert audited() == [
        (action, "root")
        for action in (
            *("freeze", "unfreeze", "trash", "undelete", "clear", "role", "pen.give", "pen.take"),
            *("member.remove", "kick", "mute", "ban"),
        )
    ]
    assert LogEntry.objects.count() == 12


def test_bans_links_and_reports_of_the_board_are_ended_on_its_page(
    staff: Staff, bob: Person, board: Board
) -> None:
    ban = Restraint.objects.create(board=board, person=bob, kind="ban")
    invite = Invite.objects.create(board=board, token_hash="f" * 64, role="editor")
    Membership.objects.create(board=board, person=bob, role="editor", invite=invite)
    report = Report.objects.create(board=board, by=bob)
    for deed, row in (("lift", ban), ("revoke", invite), ("settle", report)):
        staff.does(board, deed, row=row.pk)
    assert not Restraint.objects.exists()
    assert not Membership.objects.exists()
    invite.refresh_from_db()
    report.refresh_from_db()
    assert invite.revoked is not None
    assert report.settled is not None
    assert [action for action, _ in audited()] == ["ban.lift", "invite.revoke", "report.settle"]


def test_rows_of_other_boards_are_not_touched(staff: Staff, bob: Person, board: Board) -> None:
    other = Board.objects.create(title="Other")
    ban = Restraint.objects.create(board=other, person=bob, kind="ban")
    answer = staff.post(address("board_deed", board.pk), {"deed": "lift", "row": ban.pk})
    assert answer.status_code == 404
    assert Restraint.objects.exists()


def test_a_ban_also_of_the_address_uses_where_they_are_connected_from(
    staff: Staff, bob: Person, board: Board
) -> None:
    is_on(board, bob)
    page = staff.does(board, "ban", person=bob.pk, duration="3600", also_address="on")
    assert Restraint.objects.get().address == ADDRESS
    assert ADDRESS not in AuditEntry.objects.get().details
    assert ADDRESS in page, "staff see what they have banned"


@pytest.mark.parametrize(
    "said",
    [
        {"deed": "dance"},
        {"deed": "kick"},
        {"deed": "kick", "person": "999999"},
        {"deed": "role", "person": "{bob}"},
        {"deed": "ban", "person": "{bob}", "duration": "-5"},
        {"deed": "mute", "person": "{bob}", "duration": "tomorrow"},
    ],
)
def test_what_is_not_understood_is_not_done(
    staff: Staff, bob: Person, board: Board, said: dict[str, Any]
) -> None:
    asked = {name: str(value).format(bob=bob.pk) for name, value in said.items()}
    assert "That was not understood." in staff.does(board, **asked)
    assert not AuditEntry.objects.exists()


def test_the_owner_can_not_be_put_out(staff: Staff, ann: Person, board: Board) -> None:
    assert "owner can&#x27;t be put out" in staff.does(board, "kick", person=ann.pk)
    assert not Restraint.objects.exists()


def test_a_board_is_handed_over_and_its_former_owner_stays_as_an_editor(
    staff: Staff, ann: Person, bob: Person, board: Board
) -> None:
    Membership.objects.create(board=board, person=bob, role="viewer")
    staff.does(board, "hand-over", person=bob.pk)
    board.refresh_from_db()
    assert board.owner == bob
    assert list(Membership.objects.values_list("person", "role")) == [(ann.pk, Role.EDITOR)]


@pytest.mark.parametrize("action", ["freeze", "unfreeze", "clear_boards", "trash", "undelete"])
def test_actions_on_several_boards_are_audited_one_by_one(
    staff: Staff, board: Board, action: str
) -> None:
    Board.objects.filter(pk=board.pk).update(
        frozen=action == "unfreeze", trashed=timezone.now() if action == "undelete" else None
    )
    other = Board.objects.create(
        frozen=action == "unfreeze", trashed=timezone.now() if action == "undelete" else None
    )
    selected = {"action": action, "_selected_action": [str(board.pk), str(other.pk)]}
    staff.post(address("board_changelist"), selected)
    assert set(AuditEntry.objects.values_list("board", flat=True)) == {
        board.pk,
        other.pk,
    }


def test_deleting_for_good_asks_first_and_is_audited(
    staff: Staff, ann: Person, board: Board
) -> None:
    commit(board, ann, put("stroke-1"))
    selected = {"action": "delete_selected", "_selected_action": [str(board.pk)]}
    assert "Are you sure" in staff.post(address("board_changelist"), selected).content.decode()
    staff.post(address("board_changelist"), {**selected, "post": "yes"})
    assert not Board.objects.exists()
    assert audited() == [("trash", "root"), ("delete", "root")]


def test_a_moment_is_looked_at_before_a_board_goes_back_to_it(
    staff: Staff, ann: Person, bob: Person, board: Board
) -> None:
    commit(board, ann, put("stroke-1"))
    commit(board, bob, put("stroke-2"), {"op": "set", "key": "stroke-1", "props": {"width": 9}})
    page = staff.page("board_back", board.pk, clock=1)
    assert "Transaction 1 of 2" in page
    assert elements(board).keys() == {"stroke-1", "stroke-2"}
    answer = staff.post(address("board_go_back", board.pk), {"clock": 1}, follow=True)
    said = "0 elements came back, 1 went, 1 changed. To undo it, roll back to transaction 2."
    assert said in answer.content.decode()
    assert elements(board).keys() == {"stroke-1"}
    again = staff.post(address("board_go_back", board.pk), {"clock": 1}, follow=True)
    assert "nothing was changed" in again.content.decode()
    assert store.verify(board.pk) == []
    assert audited() == [("rollback", "root")]


@pytest.mark.parametrize("asked", [{}, {"clock": "-1"}, {"at": "soon"}, {"ago": "long"}])
def test_without_a_moment_nothing_goes_back(
    staff: Staff, ann: Person, board: Board, asked: dict[str, str]
) -> None:
    commit(board, ann, put("stroke-1"))
    assert "Roll back to this moment" not in staff.page("board_back", board.pk, **asked)
    answer = staff.post(address("board_go_back", board.pk), asked, follow=True)
    assert "Choose a moment." in answer.content.decode()
    assert elements(board).keys() == {"stroke-1"}


def test_a_board_is_exported_with_its_log_and_that_is_audited(
    staff: Staff, ann: Person, board: Board
) -> None:
    commit(board, ann, put("stroke-1"))
    answer = staff.get(address("board_export", board.pk))
    assert answer.headers["Content-Disposition"].startswith("attachment")
    exported = json.loads(answer.getvalue())
    assert exported["document"]["elements"] == elements(board)
    assert [one["clock"] for one in exported["log"]] == [1]
    assert audited() == [("export", "root")]


# -- who may ---------------------------------------------------------------------------------------


DONE = ("board_deed", "board_go_back")
SEEN = ("board_now", "board_back", "board_thumbnail", "board_export", "board_change")


def test_who_may_only_look_does_nothing(board: Board, bob: Person) -> None:
    looker = Staff("view_board")
    for view in DONE:
        answer = looker.post(address(view, board.pk), {"deed": "freeze", "clock": "0"})
        assert answer.status_code == 403
    page = looker.page("board_change", board.pk)
    assert 'value="kick"' not in page
    assert 'value="freeze"' not in page
    assert looker.post(address("board_delete", board.pk), {"post": "yes"}).status_code == 403
    assert not Board.objects.filter(frozen=True).exists()
    assert audited() == []


def test_staff_without_rights_about_boards_see_none(board: Board) -> None:
    nobody = Staff("view_person")
    for view in SEEN:
        assert nobody.get(address(view, board.pk)).status_code == 403
    for view in ("board_control_room", "board_control_room_now"):
        assert nobody.get(address(view)).status_code == 403
    for view in DONE:
        assert nobody.post(address(view, board.pk), {"deed": "freeze"}).status_code == 403


def test_deeds_are_posted(staff: Staff, board: Board) -> None:
    """S25: GET changes nothing."""
    for view in DONE:
        assert staff.get(address(view, board.pk), {"deed": "freeze"}).status_code == 405


# -- and those on the board ------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
async def test_whoever_is_kicked_in_the_admin_is_out_at_once_and_the_others_stay(
    joined: Join, ann: Person, bob: Person, board: Board
) -> None:
    """S3: 4403, for which the page has a sentence."""
    a, b = await joined(ann), await joined(bob)
    staff = await sync_to_async(Staff)()
    await sync_to_async(staff.does)(board, "kick", person=bob.pk)
    assert await b.hear_close() == CloseCode.NOT_ALLOWED
    uid = await a.commit(put("stroke-1"))
    await a.receipt(uid)


@pytest.mark.django_db(transaction=True)
async def test_whoever_is_muted_in_the_admin_draws_nothing_more(
    joined: Join, ann: Person, bob: Person, board: Board
) -> None:
    b = await joined(bob)
    staff = await sync_to_async(Staff)()
    await sync_to_async(staff.does)(board, "mute", person=bob.pk, duration="600")
    await b.hear("board", lambda m: m.get("muted") is True)
    await b.commit(put("stroke-1"))
    assert (await b.hear("refused"))["code"] == "not_allowed"
