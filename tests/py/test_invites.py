"""Invite links: a role for whoever follows, until they expire, are used up or revoked (S7)."""

from __future__ import annotations

import logging
import re
from datetime import timedelta
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from boards import deeds, invites
from boards.deeds import Actor, BoardIsFullError
from boards.models import AuditEntry, Board, Invite, Membership, Person, Restraint
from boards.protocol import Audience, Role
from tests.visitors import Visitor

from .conftest import Join

pytestmark = pytest.mark.django_db(transaction=True)
JOIN = "/join/"
SENTENCE = "This link is no longer good. Ask for a new one."


@pytest.fixture
def teacher() -> Visitor:
    return Visitor("Ann")


@pytest.fixture
def private(teacher: Visitor) -> Board:
    made = teacher.new_board("Lesson")
    Board.objects.filter(pk=made.pk).update(audience=Audience.NOBODY.value)
    made.refresh_from_db()
    return made


def link(owner: Visitor, board: Board, **fields: Any) -> dict[str, Any]:
    asked = {"role": "editor", "lasts": "ever", **fields}
    answer = owner.post(reverse("new-invite", args=[board.pk]), asked)
    assert answer.status_code == 200, answer.content
    made: dict[str, Any] = answer.json()
    return made | {"token": made["link"].split("#")[1]}


def follows(visitor: Client, token: str, **fields: str) -> int:
    return visitor.post(JOIN, {"token": token, **fields}).status_code


def role_on(board: Board, visitor: Visitor) -> str | None:
    found = Membership.objects.filter(board=board, person=visitor.person)
    return found.values_list("role", flat=True).first()


def test_s7_a_link_makes_a_member_and_only_its_hash_is_kept(
    teacher: Visitor, private: Board
) -> None:
    made = link(teacher, private, role="commenter", label="Class 5b")
    bob = Visitor("Bob")
    assert bob.opens(private) == 404
    answer = bob.post(JOIN, {"token": made["token"]})
    assert answer.headers["Location"] == reverse("board", args=[private.pk])
    assert role_on(private, bob) == "commenter"
    assert bob.opens(private) == 200
    kept = Invite.objects.get()
    assert len(made["token"]) >= 32
    assert kept.token_hash == invites.hash_of(made["token"])
    assert made["token"] not in str(Invite.objects.values().get())
    assert not any(made["token"] in entry.details for entry in AuditEntry.objects.all())
    # Told once: the list of links doesn't have it.
    told = teacher.get(reverse("sharing", args=[private.pk])).content.decode()
    assert made["token"] not in told
    assert "Class 5b" in told


def test_s7_the_token_is_behind_the_hash_and_in_no_log(
    teacher: Visitor, private: Board, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    made = link(teacher, private)
    assert re.fullmatch(r"http://testserver/join/#[A-Za-z0-9_-]{32}", made["link"])
    page = Client().get(JOIN)
    # Browsers never put what stands behind # into a Referer; other sites get none at all.
    assert page.headers["Referrer-Policy"] == "same-origin"
    follows(Visitor("Bob"), made["token"])
    follows(Visitor("Bob"), f"{made['token']}x")
    assert made["token"] not in caplog.text


def test_a_stranger_is_asked_for_a_nickname_once_and_is_in(
    teacher: Visitor, private: Board
) -> None:
    made = link(teacher, private)
    stranger = Visitor()
    page = stranger.get(JOIN).content.decode()
    assert len(re.findall(r'<input class="field" id="name"', page)) == 1
    assert stranger.post(JOIN, {"token": made["token"], "name": " "}).status_code == 400
    again = stranger.post(JOIN, {"token": made["token"], "name": "\u200b"}).content.decode()
    assert f'value="{made["token"]}"' in again
    assert follows(stranger, made["token"], name="Bob") == 302
    assert stranger.person.name == "Bob"
    assert stranger.opens(private) == 200


def test_the_whole_link_may_be_pasted(teacher: Visitor, private: Board) -> None:
    made = link(teacher, private)
    bob = Visitor("Bob")
    assert bob.post(JOIN, {"link": f" {made['link']} "}).status_code == 302


def test_dead_links_all_say_the_same(teacher: Visitor, private: Board) -> None:
    used = link(teacher, private, uses=1)
    follows(Visitor("Bob"), used["token"])
    expired, revoked = link(teacher, private, lasts="day"), link(teacher, private)
    trashed = link(teacher, teacher.new_board())
    Invite.objects.filter(pk=expired["invite"]["id"]).update(
        expires=timezone.now() - timedelta(seconds=1)
    )
    number = revoked["invite"]["id"]
    teacher.post(reverse("revoke-invite", args=[private.pk, number]))
    Board.objects.exclude(pk=private.pk).update(trashed=timezone.now())
    eve = Visitor("Eve")
    pages = set()
    for dead in (used, expired, revoked, trashed, {"token": "guessed"}, {"token": ""}):
        answer = eve.post(JOIN, {"token": dead["token"]})
        assert answer.status_code == 404
        page = answer.content.decode()
        assert SENTENCE in page
        pages.add(re.sub(r'value="[A-Za-z0-9]{64}"', "", page))
    assert len(pages) == 1
    assert role_on(private, eve) is None


def test_guessing_links_is_slowed_down(settings: Settings) -> None:
    settings.BOARDS_LIMIT_BOARD_GUESSES = (2, 0.001)
    eve = Visitor("Eve")
    assert [follows(eve, "guessed") for _ in range(3)] == [404, 404, 429]


def test_a_use_is_counted_once_per_person(teacher: Visitor, private: Board) -> None:
    made = link(teacher, private, uses=2)
    bob, eve, dan = Visitor("Bob"), Visitor("Eve"), Visitor("Dan")
    answers = [follows(one, made["token"]) for one in (bob, bob, eve, bob, dan, eve)]
    assert answers == [302, 302, 302, 302, 404, 302]
    assert Invite.objects.get().uses == 2


def test_a_link_never_lowers_a_role_nor_touches_the_owner(teacher: Visitor, private: Board) -> None:
    editing, looking = link(teacher, private), link(teacher, private, role="viewer")
    bob = Visitor("Bob")
    for token in (looking["token"], editing["token"], looking["token"]):
        follows(bob, token)
    assert role_on(private, bob) == "editor"
    assert follows(teacher, looking["token"]) == 302
    assert role_on(private, teacher) is None


def test_whoever_was_demoted_by_hand_does_not_come_back_up_by_the_same_link(
    teacher: Visitor, private: Board
) -> None:
    made = link(teacher, private)
    bob = Visitor("Bob")
    follows(bob, made["token"])
    demoted = reverse("member-role", args=[private.pk, bob.person.pk])
    assert teacher.post(demoted, {"role": "viewer"}).status_code == 200
    follows(bob, made["token"])
    assert role_on(private, bob) == "viewer"
    follows(bob, link(teacher, private)["token"])
    assert role_on(private, bob) == "editor"


def test_who_is_banned_does_not_come_in_by_a_link(teacher: Visitor, private: Board) -> None:
    made = link(teacher, private)
    bob = Visitor("Bob")
    deeds.ban(private, bob.person, Actor(teacher.person))
    assert follows(bob, made["token"]) == 404
    Restraint.objects.update(address="127.0.0.1")
    assert follows(Visitor("Bob's friend"), made["token"]) == 404
    assert Invite.objects.get().uses == 0


def test_replacing_a_link_ends_the_old_one_and_keeps_who_came_by_it(
    teacher: Visitor, private: Board
) -> None:
    made = link(teacher, private, lasts="day", uses=1)
    bob, eve = Visitor("Bob"), Visitor("Eve")
    follows(bob, made["token"])
    number = made["invite"]["id"]
    answer = teacher.post(reverse("replace-invite", args=[private.pk, number])).json()
    assert follows(eve, made["token"]) == 404
    assert follows(eve, answer["link"].split("#")[1]) == 302
    assert (role_on(private, bob), role_on(private, eve)) == ("editor", "editor")
    teacher.post(reverse("revoke-invite", args=[private.pk, number]))
    assert (role_on(private, bob), role_on(private, eve)) == (None, None)
    gone = teacher.post(reverse("replace-invite", args=[private.pk, number]))
    assert gone.status_code == 409
    assert gone.json()["say"]


def test_revoking_leaves_those_who_were_given_a_role_by_hand(
    teacher: Visitor, private: Board
) -> None:
    made = link(teacher, private)
    bob = Visitor("Bob")
    follows(bob, made["token"])
    deeds.set_role(private, bob.person, Role.COMMENTER, Actor(teacher.person))
    invites.revoke(Invite.objects.get(), Actor(teacher.person))
    assert role_on(private, bob) == "commenter"


def test_a_board_has_so_many_links_and_dead_ones_make_room(
    teacher: Visitor, private: Board, settings: Settings
) -> None:
    settings.BOARDS_INVITES_MAX = 2
    by = Actor(teacher.person)
    first, _ = invites.make(private, Role.VIEWER, by)
    invites.make(private, Role.VIEWER, by)
    with pytest.raises(BoardIsFullError):
        invites.make(private, Role.VIEWER, by)
    assert (
        teacher.post(
            reverse("new-invite", args=[private.pk]), {"role": "viewer", "lasts": "ever"}
        ).status_code
        == 409
    )
    for _ in range(3):
        invites.revoke(first, by)
        first, _token = invites.make(private, Role.VIEWER, by)
    assert Invite.objects.count() <= 4


def test_a_link_gives_no_ownership(teacher: Visitor, private: Board) -> None:
    asked = {"role": "owner", "lasts": "ever"}
    assert teacher.post(reverse("new-invite", args=[private.pk]), asked).status_code == 400


def test_the_code_is_square_and_says_the_link(teacher: Visitor, private: Board) -> None:
    made = link(teacher, private)
    squares = made["squares"]
    assert all(len(line) == len(squares) for line in squares)
    assert set("".join(squares)) == {"0", "1"}
    assert squares[0].startswith("11111110")
    own = teacher.get(reverse("sharing-code", args=[private.pk])).json()
    assert own["link"] == f"http://testserver/boards/{private.pk}/"
    assert own["squares"] != squares


# -- open sockets ----------------------------------------------------------------------------------


async def test_s3_revoking_a_link_closes_the_sockets_of_those_who_came_by_it(
    joined: Join, ann: Person, bob: Person, board: Board
) -> None:
    await sync_to_async(deeds.set_audience)(board, Actor(ann), Audience.NOBODY)
    made = await sync_to_async(invites.make)(board, Role.EDITOR, Actor(ann))
    await sync_to_async(invites.follow)(made[1], bob, "127.0.0.1")
    a, b = await joined(ann), await joined(bob)
    await sync_to_async(invites.revoke)(made[0], Actor(ann))
    assert await b.hear_close() == 4403
    assert a.closed is None


async def test_a_link_of_more_rights_counts_on_the_open_socket(
    joined: Join, ann: Person, bob: Person, board: Board
) -> None:
    await sync_to_async(deeds.set_audience)(board, Actor(ann), Audience.VIEW)
    b = await joined(bob)
    _, token = await sync_to_async(invites.make)(board, Role.EDITOR, Actor(ann))
    await sync_to_async(invites.follow)(token, bob, "127.0.0.1")
    assert (await b.hear("board", lambda m: m["role"] == "editor"))["may"]
