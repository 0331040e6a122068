"""The browser's strings in one language, read from locale/<language>/LC_MESSAGES/djangojs.po."""

from __future__ import annotations

from functools import lru_cache

import polib

from .embedding import LOCALE

Strings = dict[str, str | list[str]]


@lru_cache
def browser_catalogue(language: str) -> Strings:
    """What static/board/core/translate.js looks up: a text, or the forms of a plural in order.

    What reads the same in English is left out: the English text is the key itself.
    """
    strings: Strings = {}
    path = LOCALE / language / "LC_MESSAGES" / "djangojs.po"
    if path.is_file():
        for entry in polib.pofile(str(path)).translated_entries():
            if entry.msgid_plural:
                strings[entry.msgid] = [text for _, text in sorted(entry.msgstr_plural.items())]
            elif entry.msgstr != entry.msgid:
                strings[entry.msgid] = entry.msgstr
    return strings
