"""The admin about people, bans, links, reports, the audit log and server processes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from boards.admin import people as about_people
from boards.deeds import Actor
from boards.models import (
    AuditEntry,
    Board,
    Element,
    Invite,
    Membership,
    Person,
    Report,
    Restraint,
    ServerProcess,
)
from boards.protocol import CloseCode

from .commits import commit
from .conftest import Join
from .sockets import put
from .staff import ADDRESS, Staff, address, is_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(db: None) -> Staff:
    return Staff()


@pytest.fixture
def cas(db: None) -> Person:
    """Somebody with an account."""
    user = User.objects.create_user("cas")
    return Person.objects.create(name="Cas", user=user)


def does(staff: Client, person: Person, deed: str, **said: Any) -> str:
    answer = staff.post(address("person_deed", person.pk), {"deed": deed, **said}, follow=True)
    assert answer.status_code == 200, answer
    return answer.content.decode()


def audited() -> list[tuple[str, str]]:
    return list(AuditEntry.objects.order_by("pk").values_list("action", "staff"))


# -- people ----------------------------------------------------------------------------------------


def test_people_are_listed_with_account_boards_and_bans(
    staff: Staff, ann: Person, cas: Person, board: Board
) -> None:
    Restraint.objects.create(person=cas, kind="ban")
    page = staff.page("person_changelist")
    assert '<td class="field-kind">Guest</td>' in page
    assert '<td class="field-kind">cas</td>' in page
    assert '<td class="field-owned">1</td>' in page
    assert f">{ann.name}</a>" not in staff.page("person_changelist", banned="yes")
    assert ">Cas</a>" in staff.page("person_changelist", banned="yes")
    assert ">Cas</a>" in staff.page("person_changelist", q=str(cas.pk))


def test_a_persons_page_counts_what_they_drew(
    staff: Staff, ann: Person, bob: Person, board: Board
) -> None:
    other = Board.objects.create(title="Other")
    commit(board, bob, put("stroke-1"), put("stroke-2"), put("stroke-3"))
    commit(board, bob, {"op": "remove", "key": "stroke-3"})
    commit(other, bob, put("stroke-1"))
    commit(other, ann, put("stroke-2"))
    page = "".join(staff.page("person_change", bob.pk).split("\n"))
    for name, count in (("Elements", 3), ("Transactions", 3), ("Boards drawn on", 2)):
        assert f"<dt>{name}</dt><dd>{count}</dd>" in page.replace("  ", "")
    assert page.index(">Sums</a>") < page.index(">Other</a>"), "the board with most comes first"


def test_a_person_is_banned_from_all_boards_for_a_while_and_let_in_again(
    staff: Staff, bob: Person
) -> None:
    page = does(staff, bob, "ban", duration="3600", reason="rude")
    assert "They are kept out of all boards." in page
    ban = Restraint.objects.get(person=bob, board=None, kind="ban")
    assert ban.until is not None
    assert ban.until > timezone.now() + timedelta(minutes=59)
    does(staff, bob, "lift")
    assert not Restraint.objects.exists()
    assert audited() == [("ban", "root"), ("ban.lift", "root")]


def test_an_account_is_signed_out_everywhere_and_a_guest_is_not(
    staff: Staff, bob: Person, cas: Person
) -> None:
    client = Client()
    client.force_login(User.objects.get(username="cas"))
    before = Session.objects.count()
    assert "1 session was ended" in does(staff, cas, "sign-out")
    assert Session.objects.count() == before - 1
    assert client.session.get("_auth_user_id") is None
    assert "could never come back" in does(staff, bob, "sign-out")
    assert audited() == [("sign_out", "root")]


def test_erasing_is_another_parts_and_wants_to_be_meant(
    staff: Staff, bob: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    erased: list[tuple[Person, Actor]] = []

    def erase(person: Person, by: Actor) -> int:
        erased.append((person, by))
        return 2

    monkeypatch.setattr(about_people, "erase_person", erase)
    assert "Erase everything they drew" in staff.page("person_change", bob.pk)
    assert "Nothing was erased" in does(staff, bob, "erase")
    assert erased == []
    assert "Erased on 2 boards." in does(staff, bob, "erase", sure="on")
    assert erased == [(bob, Actor(staff="root"))]
    changer = Staff("view_person", "change_person", name="changer")
    denied = changer.post(address("person_deed", bob.pk), {"deed": "erase", "sure": "on"})
    assert denied.status_code == 403


def test_a_new_nickname_is_cleaned_and_audited(staff: Staff, bob: Person) -> None:
    staff.post(address("person_change", bob.pk), {"name": " Ro\u202ebert "})
    bob.refresh_from_db()
    assert bob.name == "Robert"
    assert audited() == [("rename", "root")]


def test_whoever_is_deleted_leaves_boards_and_ink_behind(
    staff: Staff, ann: Person, board: Board
) -> None:
    commit(board, ann, put("stroke-1"))
    staff.post(address("person_delete", ann.pk), {"post": "yes"})
    board.refresh_from_db()
    assert board.owner is None
    assert Element.objects.filter(board=board, removed=False).count() == 1
    assert audited() == [("person.delete", "root")]


def test_who_may_only_look_at_people_does_nothing_to_them(bob: Person) -> None:
    looker = Staff("view_person")
    assert 'value="ban"' not in looker.page("person_change", bob.pk)
    answer = looker.post(address("person_deed", bob.pk), {"deed": "ban", "duration": ""})
    assert answer.status_code == 403
    assert looker.get(address("person_deed", bob.pk)).status_code == 405
    nobody = Staff("view_board", name="nobody")
    assert nobody.get(address("person_change", bob.pk)).status_code == 403
    assert not Restraint.objects.exists()


@pytest.mark.django_db(transaction=True)
async def test_whoever_is_banned_everywhere_is_out_of_every_board(
    joined: Join, bob: Person, board: Board
) -> None:
    b = await joined(bob)
    staff = await sync_to_async(Staff)()
    await sync_to_async(does)(staff, bob, "ban", duration="")
    assert await b.hear_close() in {CloseCode.SIGNED_OUT, CloseCode.NOT_ALLOWED}


# -- bans ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("192.0.2.7", "192.0.2.7"),
        (" 2001:db8:1:2:3:4:5:6 ", "2001:db8:1:2::"),
        ("2001:db8:1:2::/64", "2001:db8:1:2::"),
    ],
)
def test_an_address_is_banned_as_it_is_counted(staff: Staff, written: str, kept: str) -> None:
    fields = {"address": written, "person": "", "until_0": "", "until_1": "", "reason": "spam"}
    answer = staff.post(address("restraint_add"), fields)
    assert answer.status_code == 302, answer.content.decode()
    ban = Restraint.objects.get()
    assert (ban.address, ban.kind, ban.board, ban.reason) == (kept, "ban", None, "spam")
    assert kept not in AuditEntry.objects.get().details


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"address": "school.example"},
        {"address": "192.0.2.7", "until_0": "2020-01-01", "until_1": "00:00"},
        {"person": "999999"},
    ],
)
def test_a_ban_of_nobody_or_of_the_past_is_none(staff: Staff, fields: dict[str, str]) -> None:
    empty = {"address": "", "person": "", "until_0": "", "until_1": "", "reason": ""}
    answer = staff.post(address("restraint_add"), {**empty, **fields})
    assert answer.status_code == 200
    assert "errornote" in answer.content.decode()
    assert not Restraint.objects.exists()


def test_a_ban_is_lifted_by_deleting_it_and_changed_by_nobody(
    staff: Staff, bob: Person, board: Board
) -> None:
    ban = Restraint.objects.create(board=board, person=bob, kind="mute")
    assert 'name="_save"' not in staff.page("restraint_change", ban.pk)
    staff.post(address("restraint_delete", ban.pk), {"post": "yes"})
    assert not Restraint.objects.exists()
    assert audited() == [("mute.lift", "root")]


def test_bans_that_have_ended_are_told_from_those_that_last(staff: Staff, bob: Person) -> None:
    past = timezone.now() - timedelta(days=1)
    Restraint.objects.create(person=bob, kind="ban", reason="long ago", until=past)
    Restraint.objects.create(person=bob, kind="ban", reason="for ever")
    lasting = staff.page("restraint_changelist", lasting="yes")
    assert "for ever" in lasting
    assert "long ago" not in lasting
    assert "long ago" in staff.page("restraint_changelist", lasting="no")


# -- links, reports, the record, processes ---------------------------------------------------------


def test_links_are_revoked_and_their_tokens_never_shown(
    staff: Staff, bob: Person, board: Board
) -> None:
    invite = Invite.objects.create(board=board, token_hash="f" * 64, role="editor", label="3b")
    Membership.objects.create(board=board, person=bob, role="editor", invite=invite)
    for page in (staff.page("invite_changelist"), staff.page("invite_change", invite.pk)):
        assert "3b" in page
        assert "ffff" not in page
    selected = {"action": "revoke", "_selected_action": [str(invite.pk)]}
    answer = staff.post(address("invite_changelist"), selected, follow=True)
    assert "1 link was revoked." in answer.content.decode()
    assert not Membership.objects.exists()
    staff.post(address("invite_changelist"), selected)
    assert audited() == [("invite.revoke", "root")]
    assert staff.post(address("invite_delete", invite.pk), {"post": "yes"}).status_code == 403


def test_reports_are_settled_once(staff: Staff, bob: Person, board: Board) -> None:
    report = Report.objects.create(board=board, by=bob, text="Rude words")
    selected = {"action": "settle", "_selected_action": [str(report.pk)]}
    for _ in range(2):
        staff.post(address("report_changelist"), selected)
    report.refresh_from_db()
    assert report.settled is not None
    assert report.settled_by is not None
    assert report.settled_by.username == "root"
    assert audited() == [("report.settle", "root")]


def test_nobody_changes_or_deletes_the_record(staff: Staff, board: Board) -> None:
    entry = AuditEntry.objects.create(action="kick", board=board.pk, staff="sam")
    AuditEntry.objects.create(action="freeze", board=board.pk, staff="sam")
    for view, about in (("add", ()), ("delete", (entry.pk,)), ("change", (entry.pk,))):
        answer = staff.post(address(f"auditentry_{view}", *about), {"post": "yes"})
        assert answer.status_code == 403
    selected = {"action": "delete_selected", "_selected_action": [str(entry.pk)]}
    staff.post(address("auditentry_changelist"), {**selected, "post": "yes"})
    assert AuditEntry.objects.count() == 2
    kicks = staff.page("auditentry_changelist", action_is="kick")
    assert '<td class="field-action">kick</td>' in kicks
    assert '<td class="field-action">freeze</td>' not in kicks
    assert "kick" in staff.page("auditentry_changelist", q=str(board.pk))


def test_processes_show_numbers_and_nobodys_address(
    staff: Staff, bob: Person, board: Board
) -> None:
    is_on(board, bob, transactions=5)
    process = ServerProcess.objects.get()
    for page in (
        staff.page("serverprocess_changelist"),
        staff.page("serverprocess_change", process.pk),
    ):
        assert "h:0" in page
        assert ADDRESS not in page
    assert '<td class="field-transactions">5</td>' in staff.page("serverprocess_changelist")


def test_every_page_leads_to_the_control_room_for_those_who_may_see_it(staff: Staff) -> None:
    link = reverse("admin:boards_board_control_room")
    assert link in staff.get(reverse("admin:index")).content.decode()
    nobody = Staff("view_person", name="nobody")
    assert link not in nobody.get(reverse("admin:index")).content.decode()
    assert link not in Client().get(reverse("admin:login")).content.decode()
