"""The browser's strings in one language, read from locale/<language>/LC_MESSAGES/djangojs.po."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import polib
from django.conf import settings


@lru_cache
def browser_catalogue(language: str) -> dict[str, str]:
    """What static/board/core/translate.js looks up; empty where the English text is the text.

    A plural stands under both its English forms, each leading to the form that fits it.
    """
    strings: dict[str, str] = {}
    for folder in settings.LOCALE_PATHS:
        path = Path(folder, language, "LC_MESSAGES", "djangojs.po")
        if path.is_file():
            for entry in polib.pofile(str(path)).translated_entries():
                strings.update(_pairs(entry))
    return strings


def _pairs(entry: polib.POEntry) -> dict[str, str]:
    if not entry.msgid_plural:
        return {entry.msgid: entry.msgstr}
    forms = entry.msgstr_plural
    return {entry.msgid: forms[0], entry.msgid_plural: forms[max(forms)]}
