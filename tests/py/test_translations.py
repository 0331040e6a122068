"""English and Korean: complete, natural in tone, and on the page."""

from __future__ import annotations

import re
from pathlib import Path

import polib
import pytest
from django.test import Client

from boards.catalogue import browser_catalogue

LOCALE = Path(__file__).resolve().parents[2] / "locale"
KOREAN = [
    (domain, entry)
    for domain in ("django", "djangojs")
    for entry in polib.pofile(str(LOCALE / "ko" / "LC_MESSAGES" / f"{domain}.po"))
    if not entry.obsolete
]
SAME_IN_BOTH = {"OK", "ID", "id"}
STIFF = re.compile(r"(습니다|ㅂ니다|입니다|합니다|하십시오|하시오|십시오|당신)")
"""We speak 해요체."""


def texts(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) or [entry.msgstr]


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_the_korean_catalogue_is_complete_and_korean(domain: str) -> None:
    for entry in (entry for found, entry in KOREAN if found == domain):
        for text in texts(entry):
            assert re.search("[가-힣]", text) or entry.msgid in SAME_IN_BOTH, entry.msgid


def test_korean_sentences_speak_one_tone() -> None:
    assert [text for _, entry in KOREAN for text in texts(entry) if STIFF.search(text)] == []


def test_korean_has_no_particle_glued_to_a_placeholder() -> None:
    """이/가, 을/를 … depend on the sound before them, which a placeholder doesn't tell."""
    glued = re.compile(r"(\}|%\([a-z]+\)[sd])[’”]?(이|가|을|를|은|는|와|과)(\s|$)")
    assert [text for _, entry in KOREAN for text in texts(entry) if glued.search(text)] == []


def test_one_english_text_is_one_korean_text_in_both_catalogues() -> None:
    server = {entry.msgid: texts(entry) for domain, entry in KOREAN if domain == "django"}
    for domain, entry in KOREAN:
        if domain == "djangojs" and entry.msgid in server:
            assert texts(entry) == server[entry.msgid], entry.msgid


def test_the_browser_gets_texts_and_the_forms_of_plurals() -> None:
    korean = browser_catalogue("ko")
    assert re.search("[가-힣]", str(korean["Undo"]))
    assert all(value for value in korean.values())
    plurals = [key for key, value in korean.items() if isinstance(value, list)]
    assert plurals
    assert all(len(korean[key]) == 1 for key in plurals)
    # English texts are their own keys; only plurals need both forms.
    assert all(isinstance(value, list) for value in browser_catalogue("en").values())


@pytest.mark.django_db
def test_korean_is_on_the_first_page(client: Client) -> None:
    page = client.get("/", headers={"accept-language": "ko"}).content.decode()
    assert "닉네임" in page
    assert "Nickname" not in page
