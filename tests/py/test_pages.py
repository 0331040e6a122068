"""The pages: a nickname first, then boards; and who may not (S6, S25, S26, S28, S31, S34)."""

from __future__ import annotations

import json
import re
import uuid

import pytest
from django.db import OperationalError
from django.test import Client, RequestFactory
from django.urls import reverse
from pytest_django import Settings

from boards import announce
from boards.errors import server_error
from boards.limits import client_address
from boards.models import Board, Person, Visit
from boards.visitors import MONTH_KEY, local_address
from tests.visitors import Visitor

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def told(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What the open boards would have been told."""
    told: list[object] = []
    monkeypatch.setattr(announce, "announce_board", told.append)
    monkeypatch.setattr(announce, "announce_person", told.append)
    return told


@pytest.fixture
def stranger() -> Visitor:
    return Visitor()


@pytest.fixture
def ann() -> Visitor:
    return Visitor("Ann")


@pytest.fixture
def bob() -> Visitor:
    return Visitor("Bob")


@pytest.fixture
def board(ann: Visitor) -> Board:
    return ann.new_board("Lesson")


def text_boxes(page: str) -> list[str]:
    return re.findall(r'<input[^>]*type="text"[^>]*>', page)


# -- the nickname ----------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["/", "/trash/", f"/boards/{uuid.UUID(int=7)}/"])
def test_a_visitor_without_a_name_meets_one_text_box_labelled_nickname(
    stranger: Visitor, address: str
) -> None:
    page = stranger.get(address)
    assert page.status_code == 200
    assert len(text_boxes(page.content.decode())) == 1
    assert '<label for="name">Nickname</label>' in page.content.decode()
    assert f'name="next" value="{address}"' in page.content.decode()


def test_taking_a_name_leads_on_and_is_never_asked_twice(stranger: Visitor, board: Board) -> None:
    address = reverse("board", args=[board.pk])
    answer = stranger.post(reverse("nickname"), {"name": " Eve ", "next": address})
    assert answer.headers["Location"] == address
    assert stranger.person.name == "Eve"
    for page in (address, "/"):
        assert "Nickname</label>\n    <input class" not in stranger.get(page).content.decode()
    assert Person.objects.filter(name="Eve").count() == 1


def test_changing_the_nickname_keeps_the_person(ann: Visitor, told: list[object]) -> None:
    before = ann.person.pk
    ann.post(reverse("nickname"), {"name": "Anna"})
    assert (ann.person.pk, ann.person.name) == (before, "Anna")
    assert told == [before]


def test_scripts_get_json(ann: Visitor) -> None:
    as_json = {"accept": "application/json"}
    taken = ann.post(reverse("nickname"), {"name": "A\u202enna"}, headers=as_json)
    assert taken.json() == {"name": "Anna"}
    refused = ann.post(reverse("nickname"), {"name": "\u200b"}, headers=as_json)
    assert refused.status_code == 400
    assert refused.json() == {"error": "Please type a nickname."}


@pytest.mark.parametrize("name", ["", "   ", "\u200b\u202e", "\u3164"])
def test_s34_a_name_that_nobody_sees_is_refused(stranger: Visitor, name: str) -> None:
    page = stranger.post(reverse("nickname"), {"name": name})
    assert page.status_code == 400
    assert "Please type a nickname." in page.content.decode()
    assert not Person.objects.exists()


@pytest.mark.parametrize(
    "address",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "boards"],
)
def test_a_name_leads_to_no_other_site(stranger: Visitor, address: str) -> None:
    assert local_address(address) == "/"
    answer = stranger.post(reverse("nickname"), {"name": "Eve", "next": address})
    assert answer.headers["Location"] == "/"


def test_s26_the_session_gets_a_new_key_with_the_name(stranger: Visitor) -> None:
    stranger.session["theme"] = "x"
    stranger.get("/")
    session = stranger.session
    session["before"] = True
    session.save()
    before = session.session_key
    answer = stranger.post(reverse("nickname"), {"name": "Eve"})
    cookie = answer.cookies["session"]
    assert cookie.value != before
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert int(cookie["max-age"]) == 365 * 24 * 60 * 60


def test_s26_a_guest_who_keeps_coming_keeps_the_cookie(ann: Visitor) -> None:
    assert "session" in ann.get("/").cookies
    assert "session" not in ann.get("/").cookies
    session = ann.session
    session[MONTH_KEY] = "2020-01"
    session.save()
    assert int(ann.get("/").cookies["session"]["max-age"]) == 365 * 24 * 60 * 60


def test_new_people_from_one_address_are_limited(settings: Settings) -> None:
    settings.BOARDS_LIMIT_NEW_PEOPLE = (1, 0.001)
    Visitor("Ann")
    assert Client().post(reverse("nickname"), {"name": "Bob"}).status_code == 429
    assert list(Person.objects.values_list("name", flat=True)) == ["Ann"]


# -- the list --------------------------------------------------------------------------------------


def test_an_empty_home_invites_with_one_sentence_and_one_button(ann: Visitor) -> None:
    page = ann.get("/").content.decode()
    assert page.count("New board") == 1
    assert page.count("<h1>") == 1


def test_new_board_leads_to_its_own_address(ann: Visitor) -> None:
    answer = ann.post(reverse("new-board"))
    board = Board.objects.get()
    assert answer.headers["Location"] == f"/boards/{board.pk}/"
    assert board.owner == ann.person


def test_s23_titles_and_names_are_escaped() -> None:
    eve = Visitor("<img src=x onerror=alert(1)>")
    eve.opens(eve.new_board("</script><script>alert(1)</script>"))
    for address in ("/", reverse("nickname"), reverse("board", args=[Board.objects.get().pk])):
        page = eve.get(address).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def test_new_boards_from_one_address_are_limited(ann: Visitor, settings: Settings) -> None:
    settings.BOARDS_LIMIT_NEW_BOARDS = (1, 0.001)
    ann.new_board()
    assert ann.post(reverse("new-board")).status_code == 429
    assert Board.objects.count() == 1


def test_a_shortened_address_leads_to_the_list(ann: Visitor) -> None:
    assert ann.get("/boards/").headers["Location"] == "/"


# -- the board's page ------------------------------------------------------------------------------


def test_the_board_page_tells_the_browser_what_it_needs(ann: Visitor, board: Board) -> None:
    page = ann.get(reverse("board", args=[board.pk])).content.decode()
    found = re.search(r'<script id="board-config" type="application/json">(.*?)</script>', page)
    assert found is not None
    config = json.loads(found[1])
    assert config["board"] == str(board.pk)
    assert config["title"] == "Lesson"
    assert config["person"]["name"] == "Ann"
    assert config["role"] == "owner"
    assert config["socket"] == f"/ws/boards/{board.pk}/"
    assert config["document"] == f"/boards/{board.pk}/document"
    assert config["rename"] == f"/boards/{board.pk}/title/"
    assert '<script id="catalogue" type="application/json">' in page


def test_a_visit_is_remembered_once(bob: Visitor, board: Board) -> None:
    assert [bob.opens(board), bob.opens(board)] == [200, 200]
    assert Visit.objects.filter(person=bob.person, board=board).count() == 1


def test_s6_absent_and_forbidden_boards_look_alike(
    ann: Visitor, bob: Visitor, board: Board
) -> None:
    ann.post(reverse("trash-board", args=[board.pk]))
    absent = bob.get(reverse("board", args=[uuid.uuid4()]))
    forbidden = bob.get(reverse("board", args=[board.pk]))
    assert (absent.status_code, forbidden.status_code) == (404, 404)

    pages = [
        re.sub(r'value="[A-Za-z0-9]{64}"', "", page.content.decode())
        for page in (absent, forbidden)
    ]
    assert pages[0] == pages[1]
    for name in ("title", "trash-board", "undelete-board"):
        assert bob.post(reverse(name, args=[board.pk])).status_code == 404


def test_s6_guessing_boards_is_slowed_down_but_known_boards_stay_open(
    ann: Visitor, bob: Visitor, settings: Settings
) -> None:
    settings.BOARDS_LIMIT_BOARD_GUESSES = (3, 0.001)
    known, unknown = ann.new_board(), ann.new_board()
    assert bob.opens(known) == 200
    guesses = [bob.get(reverse("board", args=[uuid.uuid4()])).status_code for _ in range(5)]
    assert guesses == [404, 404, 404, 429, 429]
    assert bob.opens(known) == 200
    assert bob.opens(unknown) == 429
    assert ann.opens(unknown) == 200


# -- title, trash ----------------------------------------------------------------------------------


def test_renaming_in_place_answers_json_to_scripts_and_the_list_to_forms(
    ann: Visitor, board: Board, told: list[object]
) -> None:
    address = reverse("title", args=[board.pk])
    as_json = {"accept": "application/json"}
    answer = ann.post(address, {"title": " New\u202e name "}, headers=as_json)
    assert answer.json() == {"title": "New name", "shown": "New name"}
    assert ann.post(address, {"title": ""}).headers["Location"] == "/"
    board.refresh_from_db()
    assert board.title == ""
    assert told[-2:] == [board.pk, board.pk]


def test_renaming_touches_nothing_that_the_writer_moves(ann: Visitor, board: Board) -> None:
    Board.objects.filter(pk=board.pk).update(clock=7, living=3)
    ann.post(reverse("title", args=[board.pk]), {"title": "New"})
    board.refresh_from_db()
    assert (board.clock, board.living) == (7, 3)


def test_whoever_may_draw_may_rename(bob: Visitor, board: Board) -> None:
    bob.post(reverse("title", args=[board.pk]), {"title": "By Bob"})
    board.refresh_from_db()
    assert board.title == "By Bob"


def test_s25_json_is_taken_and_other_types_are_refused(ann: Visitor, board: Board) -> None:
    address = reverse("title", args=[board.pk])

    def post(body: str, content_type: str) -> int:
        return ann.post(address, body, content_type=content_type).status_code

    assert post('{"title": "J"}', "application/json") == 302
    assert post('{"title": "T"}', "text/plain") == 415
    assert post('{"title": 5}', "application/json") == 400
    assert post("[" * 100_000, "application/json") == 400
    assert post("[]", "application/json") == 400
    assert post("other=1", "application/x-www-form-urlencoded") == 400
    board.refresh_from_db()
    assert board.title == "J"


@pytest.mark.parametrize("name", ["title", "trash-board", "undelete-board", "set_language"])
def test_s25_get_changes_nothing(ann: Visitor, board: Board, name: str) -> None:
    arguments = [] if name == "set_language" else [board.pk]
    assert ann.get(reverse(name, args=arguments)).status_code in {302, 405}
    board.refresh_from_db()
    assert (board.title, board.trashed) == ("Lesson", None)


@pytest.mark.parametrize(
    "name", ["nickname", "new-board", "title", "trash-board", "undelete-board"]
)
def test_s25_without_a_token_nothing_is_changed(ann: Visitor, board: Board, name: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = ann.cookies
    arguments = [] if name in {"nickname", "new-board"} else [board.pk]
    page = strict.post(reverse(name, args=arguments), {"name": "X", "title": "X"})
    assert page.status_code == 403
    assert "This page has been open for too long" in page.content.decode()


def test_the_owner_trashes_and_puts_back(
    ann: Visitor, bob: Visitor, board: Board, told: list[object]
) -> None:
    assert bob.opens(board) == 200
    ann.post(reverse("trash-board", args=[board.pk]))
    assert "Lesson" not in ann.get("/").content.decode()
    assert "Lesson" not in bob.get("/").content.decode()
    assert "Lesson" in ann.get(reverse("trash")).content.decode()
    assert ann.get(reverse("board", args=[board.pk])).headers["Location"] == reverse("trash")
    ann.post(reverse("undelete-board", args=[board.pk]))
    assert "Lesson" in ann.get("/").content.decode()
    assert bob.opens(board) == 200
    assert told[-2:] == [board.pk, board.pk]


def test_only_the_owner_may_trash(bob: Visitor, stranger: Visitor, board: Board) -> None:
    bob.opens(board)
    assert bob.post(reverse("trash-board", args=[board.pk])).status_code == 403
    assert stranger.post(reverse("trash-board", args=[board.pk])).status_code == 404
    board.refresh_from_db()
    assert board.trashed is None
    assert "Lesson" not in bob.get(reverse("trash")).content.decode()


def test_a_board_is_printed_with_one_of_the_papers_there_are(ann: Visitor, board: Board) -> None:
    address = reverse("paper", args=[board.pk])
    assert ann.post(address, {"paper": "ruled"}).json() == {"paper": "ruled"}
    for wrong in ({"paper": "lava"}, {"paper": ""}, {}):
        assert ann.post(address, wrong).status_code == 400
    assert ann.post(address, "ruled", content_type="text/plain").status_code == 415
    board.refresh_from_db()
    assert board.paper == "ruled"


def test_whoever_may_not_see_a_board_prints_nothing_on_it(
    bob: Visitor, stranger: Visitor, board: Board
) -> None:
    address = reverse("paper", args=[board.pk])
    assert stranger.post(address, {"paper": "grid"}).status_code == 404
    Board.objects.filter(pk=board.pk).update(trashed=board.changed)
    assert bob.post(address, {"paper": "grid"}).status_code == 404
    board.refresh_from_db()
    assert board.paper == "blank"


def test_nobody_without_a_name_makes_or_renames_boards(stranger: Visitor, board: Board) -> None:
    assert stranger.post(reverse("new-board")).headers["Location"] == "/"
    assert stranger.post(reverse("title", args=[board.pk]), {"title": "X"}).status_code == 404
    assert Board.objects.get().title == "Lesson"


# -- look, language, health, mishaps ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("cookie", "theme"), [("", "system"), ("dark", "dark"), ("light", "light"), ('"><x', "system")]
)
def test_the_theme_of_the_cookie_is_in_the_first_byte_sent(
    ann: Visitor, cookie: str, theme: str
) -> None:
    if cookie:
        ann.cookies["theme"] = cookie
    assert f'data-theme="{theme}"' in ann.get("/").content.decode()


def test_the_language_follows_the_browser_until_it_is_switched(stranger: Visitor) -> None:
    korean = {"accept-language": "ko-KR,ko;q=0.9"}
    assert '<html lang="ko"' in stranger.get("/", headers=korean).content.decode()
    answer = stranger.post(reverse("set_language"), {"language": "en", "next": "/trash/"})
    assert answer.headers["Location"] == "/trash/"
    assert '<html lang="en"' in stranger.get("/", headers=korean).content.decode()


def test_switching_the_language_leads_to_no_other_site(stranger: Visitor) -> None:
    answer = stranger.post(
        reverse("set_language"), {"language": "ko", "next": "https://evil.example"}
    )
    assert answer.headers["Location"] == "/"


def test_health_needs_no_session(client: Client) -> None:
    for name in ("healthz", "readyz"):
        answer = client.get(reverse(name))
        assert (answer.status_code, answer.content) == (200, b"ok\n")
        assert not answer.cookies


def test_s31_not_ready_says_what_but_not_why(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("boards.health._layer", lambda: False)
    answer = client.get(reverse("readyz"))
    assert (answer.status_code, answer.content) == (503, b"not ready: layer\n")


@pytest.mark.parametrize(
    ("language", "sentence"), [("en", "There is no board here"), ("ko", "여기에는 보드가 없어요")]
)
def test_s31_mishaps_speak_the_readers_language(
    client: Client, language: str, sentence: str
) -> None:
    page = client.get("/no/such/page", headers={"accept-language": language})
    assert page.status_code == 404
    assert sentence in page.content.decode()
    assert "/no/such/page" not in page.content.decode()


def test_s28_a_foreign_host_is_refused(client: Client) -> None:
    page = client.get("/", headers={"host": "evil.example"})
    assert page.status_code == 400
    assert "evil.example" not in page.content.decode()


@pytest.mark.parametrize("path", ["/", "/boards/{}/"])
def test_f5_a_database_that_is_away_is_told_and_passes(
    client: Client, board: Board, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """503, so that whoever asked comes again; nothing of the error is shown (S31)."""
    session = client.session
    session["person"] = board.owner_id
    session.save()

    def away(*_: object, **__: object) -> None:
        raise OperationalError("connection to db.internal refused")

    with monkeypatch.context() as outage:
        outage.setattr("django.db.models.sql.compiler.SQLCompiler.execute_sql", away)
        answer = client.get(path.format(board.pk))
    assert answer.status_code == 503
    assert answer["Retry-After"] == "2"
    assert b"db.internal" not in answer.content
    assert client.get(path.format(board.pk)).status_code == 200


def test_s31_a_server_error_tells_nothing(rf: RequestFactory) -> None:
    request = rf.get("/", headers={"accept-language": "ko"})
    page = server_error(request)
    assert page.status_code == 500
    assert "서버에 문제가 생겼어요" in page.content.decode()


def test_s31_an_unexpected_error_shows_the_page_and_no_details(
    ann: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr("boards.shelf.views.boards_in", broken)
    ann.raise_request_exception = False
    page = ann.get("/")
    assert page.status_code == 500
    assert "secret detail" not in page.content.decode()


def test_s14_forwarded_addresses_count_only_behind_a_proxy(
    rf: RequestFactory, settings: Settings
) -> None:
    request = rf.get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="1.1.1.1, 2.2.2.2")
    assert client_address(request) == "10.0.0.1"
    settings.BOARDS_TRUSTED_PROXIES = 1
    assert client_address(request) == "2.2.2.2"
    settings.BOARDS_TRUSTED_PROXIES = 3
    assert client_address(request) == "10.0.0.1"
    settings.BOARDS_TRUSTED_PROXIES = 0
    six = rf.get("/", REMOTE_ADDR="2001:db8:1:2:3:4:5:6")
    assert client_address(six) == "2001:db8:1:2::"
