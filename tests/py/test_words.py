"""The translated words of a board come in two parts: with the page, and once it is live."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from boards import catalogue


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As if the bundles had been built, with one word in the first."""
    words = tmp_path / "words.json"
    words.write_text(json.dumps(["Undo", "Not translated"]))
    monkeypatch.setattr(finders, "find", lambda name: str(words))
    catalogue.catalogue_in_parts.cache_clear()
    yield
    catalogue.catalogue_in_parts.cache_clear()


def test_both_parts_are_the_whole(built: None) -> None:
    parts = catalogue.catalogue_in_parts("ko")
    assert list(parts.first) == ["Undo"]
    assert parts.first | parts.rest == catalogue.browser_catalogue("ko")


def test_without_a_build_the_page_brings_everything() -> None:
    catalogue.catalogue_in_parts.cache_clear()
    assert catalogue.catalogue_in_parts("ko") == (catalogue.browser_catalogue("ko"), {}, "")


def test_the_rest_is_kept_by_browsers_for_ever(built: None, client: Client) -> None:
    parts = catalogue.catalogue_in_parts("ko")
    answer = client.get(f"/words/ko-{parts.digest}.json")
    assert answer.json() == parts.rest
    assert "immutable" in answer["Cache-Control"]


@pytest.mark.parametrize("name", ["ko-0123456789abcdef", "xx-0123456789abcdef", "en-"])
def test_there_are_no_other_words(built: None, client: Client, name: str) -> None:
    assert client.get(f"/words/{name}.json").status_code == 404
