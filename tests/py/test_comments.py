"""Comments: who reads and who writes, once each, found by whoever asks for what is newer."""

from __future__ import annotations

from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from boards.comments import reading
from boards.comments.text import clean_text
from boards.models import (
    Board,
    Comment,
    Element,
    Membership,
    Person,
    Restraint,
    Thread,
    ThreadSeen,
    Visit,
)
from boards.protocol import Audience, Role
from tests.visitors import Visitor

from .conftest import Join
from .sockets import new_id

pytestmark = pytest.mark.django_db

Answer = dict[str, Any]


@pytest.fixture
def anna() -> Visitor:
    return Visitor("Ann")


@pytest.fixture
def bert() -> Visitor:
    return Visitor("Bert")


@pytest.fixture
def lesson(anna: Visitor) -> Board:
    board = anna.new_board("Lesson")
    Visit.objects.create(board=board, person=anna.person)
    return board


def post(who: Client, name: str, *where: object, **body: object) -> Any:
    return who.post(reverse(name, args=where), body, content_type="application/json")


def ask(who: Visitor, board: Board, text: str = "Why?", **more: object) -> Answer:
    """A new thread as its author is told of it."""
    body: dict[str, object] = {"uid": new_id(), "x": 10, "y": 20.5, "text": text, **more}
    answer = post(who, "comments", board.pk, **body)
    assert answer.status_code == 200, answer.content
    thread: Answer = answer.json()["thread"]
    return thread


def answered(who: Visitor, board: Board, thread: Answer, text: str = "So.", **more: object) -> Any:
    return post(who, "reply", board.pk, thread["id"], uid=new_id(), text=text, **more)


def read(who: Visitor, board: Board, since: int = 0) -> Answer:
    answer = who.get(reverse("comments", args=[board.pk]), {"since": since})
    assert answer.status_code == 200, answer.content
    found: Answer = answer.json()
    return found


def a_member(board: Board, role: Role, name: str = "Mia") -> Visitor:
    visitor = Visitor(name)
    Membership.objects.create(board=board, person=visitor.person, role=role.value)
    return visitor


# -- reading and writing ---------------------------------------------------------------------------


def test_a_thread_is_told_with_all_that_a_page_shows(anna: Visitor, lesson: Board) -> None:
    thread = ask(anna, lesson, "Why?\r\nAnd how?", element="element-1")
    told = read(anna, lesson)
    assert told["talk"] == 1
    assert told["threads"] == [thread]
    assert (thread["x"], thread["y"], thread["element"]) == (10, 20.5, "element-1")
    assert (thread["talk"], thread["unread"], thread["mentions_me"]) == (1, False, False)
    assert (thread["resolved"], thread["resolved_by"], thread["was_at"]) == (None, None, None)
    (comment,) = thread["comments"]
    assert comment["text"] == "Why?\nAnd how?"
    assert comment["author"]["name"] == "Ann"
    assert (comment["edited"], comment["removed"], comment["mentions"]) == (None, False, [])


def test_what_is_newer_than_known_is_told_and_nothing_else(
    anna: Visitor, bert: Visitor, lesson: Board
) -> None:
    first, second = ask(anna, lesson), ask(anna, lesson)
    assert [each["id"] for each in read(bert, lesson, since=1)["threads"]] == [second["id"]]
    answered(bert, lesson, first)
    newer = read(anna, lesson, since=2)
    assert [each["id"] for each in newer["threads"]] == [first["id"]]
    assert newer["talk"] == 3
    assert read(anna, lesson, since=3)["threads"] == []


def test_many_threads_come_in_parts_that_leave_none_out(
    anna: Visitor, lesson: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "THREADS_PER_ANSWER", 2)
    ids = [ask(anna, lesson)["id"] for _ in range(5)]
    found: list[int] = []
    since = 0
    while since < 5:
        told = read(anna, lesson, since)
        assert told["talk"] > since
        since = told["talk"]
        found += [thread["id"] for thread in told["threads"]]
    assert found == ids


def test_what_comes_while_somebody_reads_is_told_twice_rather_than_never(
    anna: Visitor, lesson: Board
) -> None:
    before = Board.objects.get(pk=lesson.pk)
    thread = ask(anna, lesson)
    told = reading.talked(before, anna.person, 0, with_people=False)
    assert (told.talk, [each.id for each in told.threads]) == (0, [thread["id"]])
    assert [each["id"] for each in read(anna, lesson, since=told.talk)["threads"]] == [thread["id"]]


def test_a_thread_is_resolved_opened_again_and_opened_by_a_reply(
    anna: Visitor, bert: Visitor, lesson: Board
) -> None:
    thread = ask(anna, lesson)

    def resolve(resolved: bool) -> Answer:
        told: Answer = post(
            bert, "resolve-thread", lesson.pk, thread["id"], resolved=resolved
        ).json()["thread"]
        return told

    assert resolve(True)["resolved_by"]["name"] == "Bert"
    assert resolve(True)["talk"] == 2
    assert resolve(False)["resolved"] is None
    resolve(True)
    assert answered(anna, lesson, thread).json()["thread"]["resolved"] is None


def test_one_edits_and_removes_ones_own(anna: Visitor, bert: Visitor, lesson: Board) -> None:
    thread = ask(bert, lesson)
    where = (lesson.pk, thread["id"], thread["comments"][0]["id"])
    changed = post(bert, "edit-comment", *where, text="Why not?").json()["thread"]
    assert changed["comments"][0]["text"] == "Why not?"
    assert changed["comments"][0]["edited"]
    assert post(bert, "edit-comment", *where, text="Why not?").json()["thread"] == changed
    assert post(anna, "edit-comment", *where, text="Mine").status_code == 403
    gone = post(bert, "remove-comment", *where).json()["thread"]["comments"][0]
    assert (gone["text"], gone["removed"]) == ("", True)
    assert post(bert, "edit-comment", *where, text="Back").json() == {"error": "gone"}


def test_the_owner_removes_anybodys_comment_and_nobody_else_does(
    anna: Visitor, bert: Visitor, lesson: Board
) -> None:
    by_bert, by_ann = ask(bert, lesson), ask(anna, lesson)
    refused = post(bert, "remove-comment", lesson.pk, by_ann["id"], by_ann["comments"][0]["id"])
    assert (refused.status_code, refused.json()) == (403, {"error": "not_yours"})
    post(anna, "remove-comment", lesson.pk, by_bert["id"], by_bert["comments"][0]["id"])
    assert list(Comment.objects.order_by("pk").values_list("text", flat=True)) == ["", "Why?"]


def test_whoever_is_no_longer_there_has_said_it_still(
    anna: Visitor, bert: Visitor, lesson: Board
) -> None:
    ask(bert, lesson)
    bert.person.delete()
    (comment,) = read(anna, lesson)["threads"][0]["comments"]
    assert (comment["author"], comment["text"]) == (None, "Why?")


def test_where_a_removed_element_was_is_told(anna: Visitor, lesson: Board) -> None:
    ask(anna, lesson, element="element-1")
    row = Element.objects.create(
        board=lesson, key="element-1", kind="note", clock=1, body='{"kind":"note","x":7,"y":-8}'
    )
    assert read(anna, lesson)["threads"][0]["was_at"] is None
    Element.objects.filter(pk=row.pk).update(removed=True)
    assert read(anna, lesson)["threads"][0]["was_at"] == {"x": 7, "y": -8}


# -- unread, mentions ------------------------------------------------------------------------------


def test_a_thread_is_unread_until_it_is_seen_and_again_after_a_reply(
    anna: Visitor, bert: Visitor, lesson: Board
) -> None:
    thread = ask(anna, lesson)

    def is_unread(who: Visitor) -> bool:
        return bool(read(who, lesson)["threads"][0]["unread"])

    assert (is_unread(anna), is_unread(bert)) == (False, True)
    post(bert, "see-thread", lesson.pk, thread["id"], talk=99)
    assert not is_unread(bert)
    answered(anna, lesson, thread)
    assert (is_unread(anna), is_unread(bert)) == (False, True)
    post(bert, "see-thread", lesson.pk, thread["id"], talk=1)
    assert is_unread(bert), "what came meanwhile hasn't been seen"


def test_resolving_and_editing_are_no_news(anna: Visitor, bert: Visitor, lesson: Board) -> None:
    thread = ask(anna, lesson)
    post(bert, "see-thread", lesson.pk, thread["id"], talk=thread["talk"])
    post(anna, "resolve-thread", lesson.pk, thread["id"], resolved=True)
    where = (lesson.pk, thread["id"], thread["comments"][0]["id"])
    post(anna, "edit-comment", *where, text="Why so?")
    assert not read(bert, lesson)["threads"][0]["unread"]
    assert ThreadSeen.objects.filter(talk=3).count() == 2


def test_whoever_may_see_the_board_is_mentioned_and_nobody_else(
    anna: Visitor, bert: Visitor, lesson: Board
) -> None:
    mia, zoe = a_member(lesson, Role.VIEWER), Visitor("Zoe")
    bert.opens(lesson)
    Board.objects.filter(pk=lesson.pk).update(audience=Audience.VIEW.value)
    Restraint.objects.create(board=lesson, person=bert.person, kind=Restraint.BAN)
    people = [who.person.pk for who in (mia, zoe, bert)]
    thread = ask(anna, lesson, "@Mia @Zoe @Bert", mentions=[*people, 10**12])
    assert thread["comments"][0]["mentions"] == [mia.person.pk]
    assert read(mia, lesson)["threads"][0]["mentions_me"]
    assert {one["name"] for one in read(anna, lesson)["people"]} == {"Ann", "Mia"}
    assert "people" not in read(mia, lesson), "names are for whoever may mention them"
    assert "people" not in read(anna, lesson, since=1)


# -- sent again, limits ----------------------------------------------------------------------------


def test_a_comment_sent_again_has_no_second_effect_and_the_same_answer(
    anna: Visitor, bert: Visitor, lesson: Board
) -> None:
    uid, reply_uid = new_id(), new_id()
    first = ask(anna, lesson, uid=uid)
    assert ask(anna, lesson, uid=uid) == first
    where = (lesson.pk, first["id"])
    told = [post(anna, "reply", *where, uid=reply_uid, text="So.").json() for _ in range(2)]
    assert told[0] == told[1]
    assert (Thread.objects.count(), Comment.objects.count()) == (1, 2)
    other = ask(anna, lesson)
    for name, body in (("reply", {}), ("comments", {"x": 0, "y": 0})):
        target = (lesson.pk, other["id"]) if name == "reply" else (lesson.pk,)
        stolen = post(bert, name, *target, uid=reply_uid, text="Mine", **body)
        assert stolen.json() == {"error": "uid"}
    assert post(anna, "reply", lesson.pk, other["id"], uid=reply_uid, text="x").status_code == 400


@pytest.mark.parametrize(
    ("setting", "code"),
    [("THREADS_MAX", "threads_full"), ("COMMENTS_MAX", "board_full")],
)
def test_a_board_takes_so_many_threads_and_comments(
    anna: Visitor, lesson: Board, settings: Settings, setting: str, code: str
) -> None:
    ask(anna, lesson)
    setattr(settings, f"BOARDS_{setting}", 1)
    refused = post(anna, "comments", lesson.pk, uid=new_id(), x=0, y=0, text="More")
    assert (refused.status_code, refused.json()) == (409, {"error": code})


def test_a_thread_takes_so_many_comments(anna: Visitor, lesson: Board, settings: Settings) -> None:
    settings.BOARDS_COMMENTS_PER_THREAD_MAX = 2
    thread = ask(anna, lesson)
    codes = [answered(anna, lesson, thread).status_code for _ in range(2)]
    assert codes == [200, 409]


def test_comments_from_one_address_are_limited(
    anna: Visitor, lesson: Board, settings: Settings
) -> None:
    settings.BOARDS_LIMIT_COMMENTS = (1, 0.001)
    thread = ask(anna, lesson)
    assert answered(anna, lesson, thread).status_code == 429
    assert post(anna, "see-thread", lesson.pk, thread["id"], talk=1).status_code == 200


WRONG: list[dict[str, object]] = [
    {"text": ""},
    {"text": " \n\u200b\u202e"},
    {"text": "x" * 2001},
    {"text": "x" * 10_000},
    {"text": 5},
    {"uid": "short"},
    {"x": 1e300},
    {"x": "1"},
    {"element": "no key"},
    {"mentions": list(range(1, 30))},
    {"mentions": [-1]},
    {"author": 1},
]


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_no_comment_is_refused(
    anna: Visitor, lesson: Board, wrong: dict[str, object]
) -> None:
    body = {"uid": new_id(), "x": 0, "y": 0, "text": "Why?", **wrong}
    assert post(anna, "comments", lesson.pk, **body).status_code == 400
    assert not Thread.objects.exists()


def test_s25_only_json_with_a_token_is_taken(anna: Visitor, lesson: Board) -> None:
    address = reverse("comments", args=[lesson.pk])
    body = f'{{"uid":"{new_id()}","x":0,"y":0,"text":"Why?"}}'
    for content_type in ("text/plain", "application/x-www-form-urlencoded"):
        assert anna.post(address, body, content_type=content_type).status_code == 415
    for broken in ("[", "[" * 100_000, '"text"', '{"text": "\\ud800"}'):
        assert anna.post(address, broken, content_type="application/json").status_code == 400
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = anna.cookies
    assert strict.post(address, body, content_type="application/json").status_code == 403
    assert not Thread.objects.exists()


@pytest.mark.parametrize("since", ["", "-1", "x", "1.5", "9" * 40, "\u0661"])
def test_a_since_that_is_no_number_is_refused(anna: Visitor, lesson: Board, since: str) -> None:
    answer = anna.get(reverse("comments", args=[lesson.pk]), {"since": since})
    assert answer.status_code == 400


# -- who may ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.OWNER, 200),
        (Role.EDITOR, 200),
        (Role.COMMENTER, 200),
        (Role.LASER, 403),
        (Role.VIEWER, 403),
    ],
)
def test_s4_each_role_reads_and_from_commenter_on_writes(
    anna: Visitor, lesson: Board, role: Role, status: int
) -> None:
    Board.objects.filter(pk=lesson.pk).update(audience=Audience.NOBODY.value, frozen=True)
    thread = ask(anna, lesson)
    mia = a_member(lesson, role)
    where = (lesson.pk, thread["id"])
    assert read(mia, lesson)["threads"][0]["unread"]
    new = post(mia, "comments", lesson.pk, uid=new_id(), x=0, y=0, text="Why?")
    assert new.status_code == status
    assert answered(mia, lesson, thread).status_code == status
    assert post(mia, "resolve-thread", *where, resolved=True).status_code == status
    assert post(mia, "see-thread", *where, talk=1).status_code == 200


def test_s4_the_muted_read_only(anna: Visitor, bert: Visitor, lesson: Board) -> None:
    thread = ask(bert, lesson)
    Restraint.objects.create(board=lesson, person=bert.person, kind=Restraint.MUTE)
    assert len(read(bert, lesson)["threads"]) == 1
    assert answered(bert, lesson, thread).status_code == 403
    where = (lesson.pk, thread["id"], thread["comments"][0]["id"])
    assert post(bert, "edit-comment", *where, text="Again").status_code == 403
    assert post(bert, "remove-comment", *where).status_code == 403


def test_s6_who_may_not_see_the_board_finds_no_comments(
    anna: Visitor, bert: Visitor, lesson: Board
) -> None:
    thread = ask(anna, lesson)
    Board.objects.filter(pk=lesson.pk).update(audience=Audience.NOBODY.value)
    where = (lesson.pk, thread["id"])
    for who in (bert, Visitor()):
        assert answered(who, lesson, thread).status_code == 404
        assert post(who, "see-thread", *where, talk=1).status_code == 404
    assert bert.get(reverse("comments", args=[lesson.pk])).status_code == 404
    nameless = Visitor().get(reverse("comments", args=[lesson.pk]))
    assert b"Why?" not in nameless.content
    Board.objects.filter(pk=lesson.pk).update(trashed=timezone.now(), audience="draw")
    assert bert.get(reverse("comments", args=[lesson.pk])).status_code == 404


def test_s6_threads_and_comments_of_another_board_are_not_found(
    anna: Visitor, lesson: Board
) -> None:
    thread, other = ask(anna, lesson), ask(anna, lesson)
    elsewhere = anna.new_board()
    assert answered(anna, elsewhere, thread).status_code == 404
    foreign = (elsewhere.pk, thread["id"])
    assert post(anna, "resolve-thread", *foreign, resolved=True).status_code == 404
    assert post(anna, "see-thread", *foreign, talk=1).status_code == 404
    crossed = (lesson.pk, other["id"], thread["comments"][0]["id"])
    assert post(anna, "edit-comment", *crossed, text="x").status_code == 404
    assert post(anna, "remove-comment", *crossed).status_code == 404
    assert post(anna, "see-thread", lesson.pk, 10**30, talk=1).status_code == 404
    assert read(anna, elsewhere)["threads"] == []


# -- text ------------------------------------------------------------------------------------------


def test_s23_markup_stays_text(anna: Visitor, lesson: Board) -> None:
    text = '<img src=x onerror=alert(1)> </script><script>alert("x")</script> & {{ 7|add:7 }}'
    ask(anna, lesson, text)
    answer = anna.get(reverse("comments", args=[lesson.pk]))
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store, private"
    assert answer.json()["threads"][0]["comments"][0]["text"] == text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  one\r\ntwo\rthree  ", "one\ntwo\nthree"),
        ("a\n\n\n\n\nb", "a\n\nb"),
        ("a\u202eb\u2066c\x00\x07d\ufeff", "abcd"),
        ("tab\there", "tab here"),
        ("\u200bx\u200d", "x"),
        ("👩\u200d🔬", "👩\u200d🔬"),
        ("e\u0301", "é"),
        ("x" + "\u0301" * 40, "x\u0301\u0301"),
        ("지수 님,\n좋아요", "지수 님,\n좋아요"),
    ],
)
def test_s34_what_hides_or_turns_text_is_left_out(typed: str, kept: str) -> None:
    assert clean_text(typed) == kept
    assert clean_text(kept) == kept


# -- cost, live ------------------------------------------------------------------------------------


def test_reading_costs_a_fixed_number_of_queries(
    anna: Visitor, lesson: Board, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    thread = ask(anna, lesson, element="element-1")
    anna.get(reverse("comments", args=[lesson.pk]))
    address = reverse("comments", args=[lesson.pk])
    # Session, person, board; members, pens, restraints, bans: then threads, mentions, comments,
    # marks and removed elements. With people: owner, visits, members, and everybody's rights.
    with django_assert_num_queries(17):
        anna.get(address)
    for number in range(20):
        visitor = Person.objects.create(name=f"Person {number}")
        Visit.objects.create(board=lesson, person=visitor)
        answered(anna, lesson, thread, mentions=[visitor.pk])
        ask(anna, lesson, element=f"element-{number}")
    with django_assert_num_queries(17):
        assert len(anna.get(address).json()["threads"]) == 21
    with django_assert_num_queries(11):
        anna.get(address, {"since": 5})


@pytest.mark.django_db(transaction=True)
async def test_a_comment_is_told_to_whoever_has_the_board_open(
    joined: Join, ann: Person, bob: Person, board: Board
) -> None:
    a = await joined(ann)
    assert a.welcome.get("talk", 0) == 0
    visitor = await sync_to_async(Visitor)("Cleo")
    thread = await sync_to_async(ask)(visitor, board)
    assert (await a.hear("board"))["talk"] == thread["talk"] == 1
    b = await joined(bob)
    assert b.welcome["talk"] == 1
    await sync_to_async(answered)(visitor, board, thread)
    for someone in (a, b):
        assert (await someone.hear("board", lambda m: m["talk"] == 2))["talk"] == 2
