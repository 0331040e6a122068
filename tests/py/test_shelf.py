"""The list of boards: which are on it, in what order, folders, searching; and who may not."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries, Settings

from boards import excerpts
from boards.models import Board, Folder, Membership, Person, Restraint, Visit
from boards.rights import boards_of
from boards.shelf.snippets import snippet
from tests.gallery.elements import line, note, placed, shape, stroke, text
from tests.visitors import Visitor

from .commits import commit

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann() -> Visitor:
    return Visitor("Ann")


@pytest.fixture
def bob() -> Visitor:
    return Visitor("Bob")


def titles(visitor: Visitor, **fields: str) -> list[str]:
    """Of the cards, in their order."""
    page = visitor.get("/", fields).content.decode()
    return re.findall(r"data-title><bdi>(.*?)</bdi>", page)


def write(board: Board, *elements: dict[str, Any]) -> None:
    changes = [
        {"op": "put", "key": f"element-{i}", "element": one} for i, one in enumerate(elements)
    ]
    commit(board, board.owner, *changes)


# -- which boards ----------------------------------------------------------------------------------


def test_the_list_shows_own_and_visited_boards_and_no_others(ann: Visitor, bob: Visitor) -> None:
    ann.new_board("Never seen by Bob")
    assert bob.opens(ann.new_board("Shared")) == 200
    assert titles(bob) == ["Shared"]
    assert titles(Visitor("Eve")) == []


def test_a_private_board_is_listed_for_members_alone(ann: Visitor, bob: Visitor) -> None:
    board = ann.new_board("Private")
    bob.opens(board)
    Board.objects.filter(pk=board.pk).update(audience="nobody")
    assert titles(bob) == []
    member = Membership.objects.create(board=board, person=bob.person, role="viewer")
    assert titles(bob) == ["Private"]
    member.delete()
    assert titles(bob) == []
    assert titles(ann) == ["Private"]


@pytest.mark.parametrize("everywhere", [True, False])
def test_who_is_banned_sees_only_their_own(ann: Visitor, bob: Visitor, everywhere: bool) -> None:
    board = ann.new_board("Lesson")
    bob.opens(board)
    Membership.objects.create(board=board, person=bob.person, role="editor")
    bob.new_board("Own")
    where = None if everywhere else board
    ban = Restraint.objects.create(board=where, person=bob.person, kind=Restraint.BAN)
    assert titles(bob) == ["Own"]
    Restraint.objects.filter(pk=ban.pk).update(until=timezone.now() - timedelta(seconds=1))
    assert set(titles(bob)) == {"Own", "Lesson"}


def test_mine_and_shared_with_me_are_all_boards_and_none_is_both(
    ann: Visitor, bob: Visitor
) -> None:
    joint, seen = ann.new_board("Joint"), ann.new_board("Seen")
    Membership.objects.create(board=joint, person=bob.person, role="owner")
    bob.opens(seen)
    bob.new_board("Own")
    assert set(titles(bob, show="mine")) == {"Own", "Joint"}
    assert titles(bob, show="shared") == ["Seen"]
    assert len(titles(bob)) == 3


def test_recent_is_what_i_have_opened_last(ann: Visitor) -> None:
    boards = [ann.new_board(title) for title in ("One", "Two", "Three")]
    for board in (boards[1], boards[2], boards[0]):
        ann.opens(board)
    assert titles(ann, show="recent") == ["One", "Three", "Two"]


def test_boards_are_sorted_and_the_address_says_how(ann: Visitor) -> None:
    for days, title in enumerate(("b", "A", "c")):
        board = ann.new_board(title)
        Board.objects.filter(pk=board.pk).update(
            created=timezone.now() - timedelta(days=days),
            changed=timezone.now() + timedelta(days=days),
        )
    assert titles(ann) == ["c", "A", "b"]
    assert titles(ann, sort="title") == ["A", "b", "c"]
    assert titles(ann, sort="created") == ["b", "A", "c"]
    assert titles(ann, sort="'; --") == ["c", "A", "b"]
    page = ann.get("/", {"sort": "title", "show": "mine"}).content.decode()
    assert 'href="/?show=shared&amp;sort=title"' in page
    assert 'href="/?show=mine&amp;sort=created"' in page


def test_many_boards_come_in_pages(ann: Visitor) -> None:
    Board.objects.bulk_create(Board(owner=ann.person, title=f"B{n}") for n in range(60))
    first = ann.get("/", {"sort": "title"}).content.decode()
    assert "?sort=title&amp;page=2" in first
    assert first.count("data-board=") == 35
    assert len(titles(ann, page="2")) == 25
    assert ann.get("/", {"page": "'; --"}).status_code == 200


def test_the_list_reads_a_fixed_number_of_queries(
    ann: Visitor, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    others = [Person.objects.create(name=f"Person {n}") for n in range(6)]
    for n in range(20):
        board = Board.objects.create(owner=ann.person, title=f"Board {n}")
        Visit.objects.bulk_create(Visit(board=board, person=person) for person in others)
        Folder.objects.create(person=ann.person, name=f"Folder {n}")
    ann.get("/")
    # Session, person, folders, bans, count, boards, visits with people; members, pens, restraints.
    with django_assert_num_queries(10):
        page = ann.get("/").content.decode()
    assert page.count("data-board=") == 20
    assert page.count(">+2<") == 20
    # One more looks for the words.
    with django_assert_num_queries(11):
        ann.get("/", {"q": "board"})


def test_an_empty_home_invites_with_one_sentence_and_one_button(ann: Visitor) -> None:
    page = ann.get("/").content.decode()
    assert page.count("New board") == 1
    assert page.count("<h1>") == 1


def test_pictures_come_from_the_server_and_only_when_they_are_seen(ann: Visitor) -> None:
    board = ann.new_board("Lesson")
    page = ann.get("/").content.decode()
    assert f'src="/boards/{board.pk}/thumbnail?theme=dark&amp;v=0"' in page
    assert page.count('loading="lazy"') == page.count("<img class=") == 2


# -- folders ---------------------------------------------------------------------------------------


def move(visitor: Visitor, board: Board, **fields: object) -> int:
    return visitor.post(reverse("move-board", args=[board.pk]), fields).status_code


def test_boards_are_moved_into_a_folder_and_out_of_it(ann: Visitor) -> None:
    board = ann.new_board("Fractions")
    ann.opens(board)
    ann.new_board("Other")
    assert move(ann, board, folder="new", name=" Maths ") == 302
    folder = Folder.objects.get()
    assert folder.name == "Maths"
    assert titles(ann, folder=str(folder.pk)) == ["Fractions"]
    assert len(titles(ann)) == 2
    assert move(ann, board, folder="none") == 302
    assert titles(ann, folder=str(folder.pk)) == []
    assert move(ann, board, folder=folder.pk) == 302
    assert titles(ann, folder=str(folder.pk)) == ["Fractions"]


def test_a_folder_is_made_once_renamed_and_deleted_and_its_boards_stay(ann: Visitor) -> None:
    addresses = {ann.post(reverse("new-folder"), {"name": "Maths"})["Location"] for _ in range(2)}
    folder = Folder.objects.get()
    assert addresses == {f"/?folder={folder.pk}"}
    board = ann.new_board("Fractions")
    move(ann, board, folder=folder.pk)
    ann.post(reverse("rename-folder", args=[folder.pk]), {"name": "수학"})
    assert Folder.objects.get().name == "수학"
    ann.post(reverse("delete-folder", args=[folder.pk]))
    assert titles(ann) == ["Fractions"]
    assert not Folder.objects.exists()


def test_a_name_that_another_folder_has_or_nobody_sees_changes_nothing(ann: Visitor) -> None:
    for name in ("One", "Two", "", "\u200b"):
        ann.post(reverse("new-folder"), {"name": name})
    one = Folder.objects.get(name="One")
    for name in ("Two", "", "\u200b"):
        assert ann.post(reverse("rename-folder", args=[one.pk]), {"name": name}).status_code == 302
    assert set(Folder.objects.values_list("name", flat=True)) == {"One", "Two"}


def test_a_new_board_goes_into_the_folder_where_it_was_made(ann: Visitor) -> None:
    folder = Folder.objects.create(person=ann.person, name="Maths")
    ann.post(reverse("new-board"), {"folder": str(folder.pk)})
    ann.opens(Board.objects.get())
    assert Visit.objects.get().folder == folder


def test_folders_are_nobody_elses(ann: Visitor, bob: Visitor) -> None:
    folder = Folder.objects.create(person=ann.person, name="Secret plans")
    board = ann.new_board("Lesson")
    ann.opens(board)
    bob.opens(board)
    move(ann, board, folder=folder.pk)
    for name in ("rename-folder", "delete-folder"):
        assert bob.post(reverse(name, args=[folder.pk]), {"name": "X"}).status_code == 404
    assert move(bob, board, folder=folder.pk) == 404
    bob.post(reverse("new-board"), {"folder": str(folder.pk)})
    assert "Secret plans" not in bob.get("/", {"folder": str(folder.pk)}).content.decode()
    assert "Secret plans" not in bob.get(reverse("move-board", args=[board.pk])).content.decode()
    assert set(Visit.objects.filter(folder=folder).values_list("person", flat=True)) == {
        ann.person.pk
    }
    folder.refresh_from_db()
    assert folder.name == "Secret plans"


def test_who_may_not_see_a_board_moves_it_nowhere(ann: Visitor, bob: Visitor) -> None:
    board = ann.new_board()
    Board.objects.filter(pk=board.pk).update(audience="nobody")
    assert move(bob, board, folder="new", name="X") == 404
    assert bob.get(reverse("move-board", args=[board.pk])).status_code == 404
    assert not Folder.objects.exists()


@pytest.mark.parametrize("folder", ["", "x", "-1", "9" * 40, "²", "new"])
def test_what_is_no_folder_is_refused(ann: Visitor, folder: str) -> None:
    assert move(ann, ann.new_board(), folder=folder) == 400
    assert ann.get("/", {"folder": folder}).status_code == 200


def test_folders_are_limited(ann: Visitor, settings: Settings) -> None:
    settings.BOARDS_FOLDERS_MAX = 1
    ann.post(reverse("new-folder"), {"name": "One"})
    assert ann.post(reverse("new-folder"), {"name": "Two"}).status_code == 429
    assert move(ann, ann.new_board(), folder="new", name="Two") == 429
    assert Folder.objects.count() == 1


# -- searching -------------------------------------------------------------------------------------


def test_boards_are_found_by_title(ann: Visitor) -> None:
    for title in ("Plan A", "Plan B", "Sketch"):
        ann.new_board(title)
    assert titles(ann, q="plan", sort="title") == ["Plan A", "Plan B"]


@pytest.mark.parametrize(
    ("words", "snippet"),
    [
        ("WATER cycle", "The <mark>water cycle</mark> again"),
        ("한국어", "민지: <mark>한국어</mark> 번역"),
        ('say "hi" \\o/', "We <mark>say &quot;hi&quot; \\o/</mark> now"),
        ("<b>", "not &lt;i&gt; but <mark>&lt;b&gt;</mark>"),
        ("mill", "An old <mark>mill</mark>"),
        ("rises", "The vapour <mark>rises</mark>"),
        ("fällt", "Regen <mark>fällt</mark>"),
    ],
)
def test_boards_are_found_by_what_is_written_on_them(
    ann: Visitor, words: str, snippet: str
) -> None:
    board = ann.new_board("Found")
    write(
        board,
        text("The water cycle again", 0, 0),
        note("민지:\n한국어 번역", 0, 0),
        shape("star", 0, 0, text='We say "hi" \\o/ now'),
        text("not <i> but <b>", 0, 0),
        placed("image", 0, 0, w=9, h=9, asset="m" * 22, alt="An old mill"),
        line("arrow", [(0, 0), (90, 0)], text="The vapour rises"),
        line("line", [(0, 0), (90, 0)], text="Regen\nfällt"),
    )
    write(ann.new_board("Other"), text("Nothing of the kind", 0, 0))
    assert titles(ann, q=words) == ["Found"]
    assert snippet in ann.get("/", {"q": words}).content.decode()


@pytest.mark.parametrize("words", ["text", "black", "rectangle", "color", "kind", "author", "a0"])
def test_names_of_properties_and_colours_are_no_words(ann: Visitor, words: str) -> None:
    write(ann.new_board(), shape("rectangle", 0, 0, text="Hello"), stroke([(0, 0), (5, 5)]))
    assert titles(ann, q=words) == []


def test_what_was_removed_or_is_nobody_elses_business_is_not_found(
    ann: Visitor, bob: Visitor
) -> None:
    board = ann.new_board("Secret")
    write(board, text("treasure", 0, 0))
    assert titles(bob, q="treasure") == []
    commit(board, ann.person, {"op": "remove", "key": "element-0"})
    assert titles(ann, q="treasure") == []


def test_a_search_looks_everywhere_and_reads_only_what_may_have_text(ann: Visitor) -> None:
    board = ann.new_board("In a folder")
    ann.opens(board)
    move(ann, board, folder="new", name="Maths")
    write(board, text("pythagoras", 0, 0))
    assert titles(ann, q="pythagoras", show="shared") == ["In a folder"]
    with CaptureQueriesContext(connection) as queries:
        ann.get("/", {"q": "pythagoras"})
    (search,) = [query["sql"] for query in queries if "boards_element" in query["sql"]]
    # Both databases take a partial index only where its own condition stands in the statement.
    assert "NOT removed AND NOT (kind IN ('stroke', " in search
    assert "NOT removed AND kind IN ('line', " in search


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the plan is SQLite's")
def test_a_search_uses_the_indexes_of_what_may_have_text(ann: Visitor) -> None:
    with CaptureQueriesContext(connection) as queries:
        list(excerpts.boards_with("pythagoras", boards_of(ann.person)))
    (search,) = [query["sql"] for query in queries if "boards_element" in query["sql"]]
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {search}")
        plan = str(cursor.fetchall())
    assert "elements_that_may_have_text" in plan
    assert "lines_with_a_label" in plan


@pytest.mark.parametrize("words", ["\0", "%", "_", "\\", "' OR 1=1 --", "\ud83d\ude00", "x" * 5000])
def test_s17_any_words_may_be_searched_for(ann: Visitor, words: str) -> None:
    write(ann.new_board("Lesson"), text("Hello", 0, 0))
    fields = {"q": words.encode("utf-8", "surrogatepass").decode("utf-8", "replace")}
    assert ann.get("/", fields).status_code == 200


@given(st.text(max_size=200), st.text(min_size=1, max_size=10))
def test_a_snippet_is_short_and_around_the_words(said: str, words: str) -> None:
    cut = snippet(said, words)
    assert cut is None or len("".join(cut)) <= 24 + len(words) + 58


# -- what a board is asked to --------------------------------------------------------------------


def test_the_list_is_where_one_comes_back_to(ann: Visitor) -> None:
    board = ann.new_board("Lesson")
    for name in ("title", "move-board", "duplicate-board", "trash-board", "undelete-board"):
        fields = {"next": "/?show=mine", "title": "X", "folder": "none"}
        answer = ann.post(reverse(name, args=[board.pk]), fields)
        assert answer["Location"] == "/?show=mine"
        answer = ann.post(reverse(name, args=[board.pk]), {**fields, "next": "//evil.example"})
        assert answer["Location"] == "/"


def test_lists_hold_no_boards_of_others_even_by_union(ann: Visitor, bob: Visitor) -> None:
    Board.objects.create(owner=bob.person, title="Bob's")
    both = Board.objects.create(owner=ann.person, title="Both")
    Visit.objects.create(board=both, person=ann.person)
    Membership.objects.create(board=both, person=ann.person, role="owner")
    assert [board.title for board in boards_of(ann.person)] == ["Both"]
