"""Brings locale/ up to date with the strings in the sources; --check fails on what is missing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from boards.embedding import ROOT
from boards.management.message_extraction import (
    Found,
    Message,
    browser_messages,
    placeholders,
    server_messages,
)

PLURALS = {
    "en": "nplurals=2; plural=(n != 1);",
    "ko": "nplurals=1; plural=0;",
}


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="write nothing, list what is wrong"
        )
        parser.add_argument("--forget", action="store_true", help="drop what is no longer used")

    def handle(self, *args: Any, check: bool, forget: bool, **options: Any) -> None:
        root = ROOT
        faults: list[str] = []
        for domain, found in (
            ("django", server_messages(root)),
            ("djangojs", browser_messages(root)),
        ):
            for language, _name in settings.LANGUAGES:
                path = root / "locale" / language / "LC_MESSAGES" / f"{domain}.po"
                catalogue = _read(path)
                if not check:
                    catalogue = _updated(catalogue, found, language, forget=forget)
                    _write(path, catalogue)
                faults += [
                    f"{path.relative_to(root)}: {fault}" for fault in _faults(catalogue, found)
                ]
        if faults and check:
            advice = "Type: python manage.py catalogues, and translate what is empty"
            raise CommandError("\n".join([*faults, advice]))
        self.stdout.write("\n".join(faults) or "catalogues are complete")


def _read(path: Path) -> polib.POFile:
    return polib.pofile(str(path)) if path.is_file() else polib.POFile()


def _write(path: Path, catalogue: polib.POFile) -> None:
    text = f"{catalogue}\n".lstrip("\n")
    if path.is_file() and path.read_text() == text:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def _updated(old: polib.POFile, found: Found, language: str, *, forget: bool) -> polib.POFile:
    """The found messages in the order of the files they stand in, with the old translations.

    Translations without a message are kept at the end until they are told to be forgotten: the
    text may only have been reworded.
    """
    # No line length: a wrapped text hides from a search.
    fresh = polib.POFile(wrapwidth=0)
    fresh.metadata = {
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS[language],
    }
    known = {(entry.msgctxt or "", entry.msgid): entry for entry in old}
    for key in sorted(found.messages, key=lambda key: (min(found.files[key]), *key)):
        fresh.append(_entry(found, key, known.get(key), language))
    for key, entry in known.items():
        if key not in found.messages and not forget and language != "en" and entry.translated():
            entry.obsolete = True
            fresh.append(entry)
    return fresh


def _entry(
    found: Found, key: tuple[str, str], known: polib.POEntry | None, language: str
) -> polib.POEntry:
    message = found.messages[key]
    entry = polib.POEntry(
        msgid=message.msgid,
        msgctxt=message.context or None,
        comment="\n".join(sorted(found.comments[key])),
        # Without line numbers: they would change the catalogue with every edit.
        occurrences=[(file, "") for file in sorted(found.files[key])],
        flags=["python-format"] if "%(" in message.msgid else [],
    )
    if message.plural:
        entry.msgid_plural = message.plural
        entry.msgstr_plural = _plural_texts(message, known, language)
    else:
        text = known.msgstr if known else ""
        entry.msgstr = text or (message.msgid if language == "en" else "")
    return entry


def _plural_texts(message: Message, known: polib.POEntry | None, language: str) -> dict[int, str]:
    old = dict(known.msgstr_plural) if known else {}
    english = {0: message.msgid, 1: message.plural} if language == "en" else {0: ""}
    return {form: old.get(form) or text for form, text in english.items()}


def _faults(catalogue: polib.POFile, found: Found) -> list[str]:
    entries = {(entry.msgctxt or "", entry.msgid): entry for entry in catalogue}
    faults = [f"missing: {key[1]!r}" for key in found.messages if key not in entries]
    for key, entry in entries.items():
        if key not in found.messages:
            faults.append(f"obsolete (reword, or: catalogues --forget): {key[1]!r}")
        elif entry.obsolete or entry.fuzzy or not entry.translated():
            faults.append(f"untranslated: {key[1]!r}")
        elif bool(entry.msgid_plural) != bool(found.messages[key].plural):
            faults.append(f"plural forms differ from the source: {key[1]!r}")
        else:
            faults += _wrong_placeholders(entry)
    return faults


def _wrong_placeholders(entry: polib.POEntry) -> list[str]:
    # A plural's first form may leave the number out ("one change").
    wanted = placeholders(entry.msgid_plural or entry.msgid)
    texts = (
        [entry.msgstr_plural[max(entry.msgstr_plural)]] if entry.msgid_plural else [entry.msgstr]
    )
    return [
        f"placeholders {sorted(wanted)} expected: {entry.msgid!r}"
        for text in texts
        if placeholders(text) != wanted
    ]
