"""Opening without a network: the service worker, the manifest, and which pages may be kept (F8)."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import override_settings
from django.urls import reverse

from boards import offline
from boards.embedding import STATIC
from boards.models import Board
from tests.visitors import Visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann() -> Visitor:
    return Visitor("Ann")


@pytest.fixture
def board(ann: Visitor) -> Board:
    return ann.new_board("Lesson")


def site_of(script: str) -> dict[str, Any]:
    """What the server writes before the worker's source."""
    first = script.partition("\n")[0]
    found: dict[str, Any] = json.loads(first.removeprefix("globalThis.site = ").removesuffix(";"))
    return found


# -- the service worker ----------------------------------------------------------------------------


def test_the_worker_is_asked_for_each_time_and_looks_after_the_apps_own_path() -> None:
    answer = Visitor().get(reverse("service-worker"))
    assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.headers["Service-Worker-Allowed"] == reverse("home")
    assert "connect-src 'self'" in answer.headers["Content-Security-Policy"]
    assert site_of(answer.content.decode())["home"] == reverse("home")


@override_settings(ROOT_URLCONF="tests.host.urls")
def test_below_a_path_all_of_it_is_below_the_path() -> None:
    site = site_of(Visitor().get("/draw/service-worker.js").content.decode())
    assert (site["home"], site["offline"], site["words"]) == (
        *("/draw/", "/draw/offline/"),
        "/draw/words/",
    )
    shown = Visitor().get("/draw/manifest.webmanifest").json()
    assert {shown[name] for name in ("id", "start_url", "scope")} == {"/draw/"}


def test_the_worker_leaves_alone_what_is_not_a_page_of_boards() -> None:
    source = (STATIC / "site" / "service-worker.js").read_text(encoding="utf-8")
    assert 'request.method !== "GET"' in source
    for path in ("/live/", "/ws/", "/api/", "/admin/", "/account/"):
        assert path not in source, "it answers what it names, and nothing else"


def test_in_development_nothing_is_fetched_in_advance_or_kept_for_good() -> None:
    site = site_of(Visitor().get(reverse("service-worker")).content.decode())
    assert (site["immutable"], site["files"]) == (False, [])


def test_what_pages_need_is_fetched_in_advance_and_sources_of_bundles_are_not() -> None:
    wanted = {"board/main.js", "board/later-7a3fbcde.js", "board/board.css", "site/offline.js"}
    others = {"board/core/fold.js", "board/editor.js", "site/admin.css", "npm/fonts/a.woff2"}
    found = {
        name
        for name in wanted | others
        if offline.FIRST_FILES.match(name) and name not in offline.NOT_OFFLINE
    }
    assert found == wanted
    assert [name for name in wanted if offline.BUNDLED.search(name)] == ["board/later-7a3fbcde.js"]


# -- which pages may be kept -----------------------------------------------------------------------


def test_the_list_and_boards_say_whose_they_are(ann: Visitor, board: Board) -> None:
    for address in (reverse("home"), reverse("board", args=[board.pk])):
        answer = ann.get(address)
        assert answer.headers[offline.PERSON_HEADER] == str(board.owner_id)
        assert re.fullmatch(r"[0-9a-f]{16}", answer.headers[offline.VERSION_HEADER])
        # Only the worker keeps it, which forgets it when another person comes.
        assert answer.headers["Cache-Control"] == "no-store, private"


def test_a_page_that_asks_for_a_name_is_nobodys(board: Board) -> None:
    for address in (reverse("home"), reverse("board", args=[board.pk])):
        assert Visitor().get(address).headers[offline.PERSON_HEADER] == "0"


def test_what_nobody_may_see_and_other_pages_are_not_kept(ann: Visitor, board: Board) -> None:
    board.audience = "nobody"
    board.save()
    for visitor, address in (
        (Visitor("Eve"), reverse("board", args=[board.pk])),
        (ann, reverse("trash")),
        (ann, reverse("nickname")),
        (ann, reverse("offline")),
    ):
        assert offline.PERSON_HEADER not in visitor.get(address).headers, address


# -- installing ------------------------------------------------------------------------------------


def test_the_manifest_is_in_the_visitors_language_and_its_icons_are_there() -> None:
    shown = Visitor().get(reverse("manifest"))
    assert shown.headers["Content-Type"] == "application/manifest+json"
    told = shown.json()
    assert (told["display"], told["lang"]) == ("standalone", "en")
    sizes = {icon["sizes"] for icon in told["icons"]}
    assert sizes == {"192x192", "512x512"}
    assert any(icon.get("purpose") == "maskable" for icon in told["icons"])
    for icon in told["icons"]:
        assert finders.find(icon["src"].removeprefix("/static/")), icon["src"]
    korean = Visitor().get(reverse("manifest"), headers={"Accept-Language": "ko"}).json()
    assert korean["lang"] == "ko"


def test_the_manifests_colour_is_the_canvas() -> None:
    tokens = Path(str(finders.find("site/tokens.css"))).read_text(encoding="utf-8")
    assert f"--canvas: light-dark({offline.LIGHT}," in tokens


def test_pages_name_the_manifest(ann: Visitor, board: Board) -> None:
    link = f'<link rel="manifest" href="{reverse("manifest")}">'
    for address in (reverse("home"), reverse("board", args=[board.pk])):
        assert link in ann.get(address).content.decode()
