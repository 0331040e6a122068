"""Extracting, updating and compiling translations."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import polib
import pytest
from django.core.management import CommandError, call_command

from boards.management.commands import catalogues, compile_catalogues
from boards.management.message_extraction import (
    Message,
    browser_messages,
    extracted,
    placeholders,
    server_messages,
)

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A tiny project with one text on each side."""
    for folder in ("boards", "whiteboard", "templates", "static/board", "static/site"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "boards/views.py").write_text('from x import gettext\ngettext("Boards")\n')
    (tmp_path / "static/board/main.js").write_text('tn("{count} change", "{count} changes", 2);')
    stand_in(tmp_path, monkeypatch)
    return tmp_path


def stand_in(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands work on this folder instead of on ours."""
    monkeypatch.setattr(catalogues, "ROOT", folder)
    monkeypatch.setattr(compile_catalogues, "LOCALE", folder / "locale")


def catalogue(project: Path, language: str, domain: str) -> polib.POFile:
    return polib.pofile(str(project / "locale" / language / "LC_MESSAGES" / f"{domain}.po"))


def translate(project: Path) -> None:
    server = catalogue(project, "ko", "django")
    server[0].msgstr = "보드"
    server.save()
    browser = catalogue(project, "ko", "djangojs")
    browser[0].msgstr_plural = {0: "변경 {count}개"}
    browser.save()


def test_finds_texts_in_the_browser_modules() -> None:
    source = """
        // Translators: on a button
        t("New board"); t('Hello {name}', {name}); t(variable);
        `${t("inside")} ${x ? `nested` : ""}`;
        tn("{count} person", "{count} people", n);
        const pattern = /["']/; other.tt("not this");
    """
    found = dict(extracted("javascript", source))
    assert set(found) == {
        Message("New board"),
        Message("Hello {name}"),
        Message("inside"),
        Message("{count} person", "{count} people"),
    }
    assert found[Message("New board")] == ["on a button"]


def test_finds_every_text_of_the_modules_as_they_are() -> None:
    """The parser has lost some within templates; a plain search can't."""
    known = {message.msgid for message in browser_messages(ROOT).messages.values()}
    calls = re.compile(r"""\bt\(\s*("(?:[^"\\\n]|\\.)*")""")
    modules = [*(ROOT / "static/board").rglob("*.js"), *(ROOT / "static/site").rglob("*.js")]
    called = {json.loads(text) for path in modules for text in calls.findall(path.read_text())}
    assert len(called) > 900
    assert called - known == set()


def test_finds_texts_in_templates_however_they_are_indented(project: Path) -> None:
    (project / "templates/page.html").write_text(
        "{% load i18n %}\n<p>\n      {% translate 'Don’t' %}\n   it's\n"
        "  {% blocktranslate count n=n %}{{ n }} board{% plural %}{{ n }} boards"
        "{% endblocktranslate %}\n</p>\n"
    )
    messages = set(server_messages(project).messages.values())
    assert messages == {
        Message("Boards"),
        Message("Don’t"),
        Message("%(n)s board", "%(n)s boards"),
    }


def test_english_is_filled_in_and_korean_waits_for_a_translation(project: Path) -> None:
    call_command("catalogues", verbosity=0)
    assert catalogue(project, "en", "django")[0].msgstr == "Boards"
    with pytest.raises(CommandError, match=r"locale/ko.*untranslated: 'Boards'"):
        call_command("catalogues", "--check")
    translate(project)
    call_command("catalogues", "--check")


def test_an_update_keeps_translations_and_reports_what_is_gone(project: Path) -> None:
    call_command("catalogues", verbosity=0)
    translate(project)
    (project / "boards/views.py").write_text('from x import gettext\ngettext("All boards")\n')
    with pytest.raises(CommandError, match=r"missing: 'All boards'"):
        call_command("catalogues", "--check")
    call_command("catalogues", verbosity=0)
    with pytest.raises(CommandError, match=r"obsolete .*'Boards'"):
        call_command("catalogues", "--check")
    (project / "boards/views.py").write_text('from x import gettext\ngettext("Boards")\n')
    call_command("catalogues", verbosity=0)
    call_command("catalogues", "--check")


def test_a_translation_that_lost_its_placeholder_is_a_fault(project: Path) -> None:
    call_command("catalogues", verbosity=0)
    translate(project)
    browser = catalogue(project, "ko", "djangojs")
    browser[0].msgstr_plural = {0: "변경"}
    browser.save()
    with pytest.raises(CommandError, match=r"placeholders \['\{count\}'\]"):
        call_command("catalogues", "--check")


def test_compiling_makes_what_django_reads(project: Path) -> None:
    call_command("catalogues", verbosity=0)
    translate(project)
    call_command("compile_catalogues", verbosity=0)
    compiled = polib.mofile(str(project / "locale/ko/LC_MESSAGES/django.mo"))
    assert compiled.find("Boards").msgstr == "보드"  # type: ignore[union-attr]  # None would fail it


def test_the_catalogues_of_this_project_compile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(ROOT / "locale", tmp_path / "locale", ignore=shutil.ignore_patterns("*.mo"))
    stand_in(tmp_path, monkeypatch)
    call_command("compile_catalogues", verbosity=0)
    assert (tmp_path / "locale/ko/LC_MESSAGES/django.mo").stat().st_size > 0


def test_placeholders_of_both_languages() -> None:
    assert placeholders("%(n)s of {count}, 100%") == {"%(n)s", "{count}"}
