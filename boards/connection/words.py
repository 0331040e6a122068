"""The translated words that the page's own scripts need, of all that the browser's have."""

from __future__ import annotations

from functools import lru_cache

import polib

from boards.catalogue import Strings, browser_catalogue
from boards.embedding import LOCALE

SCRIPTS = "static/site/connection/"


@lru_cache
def words_of(language: str) -> Strings:
    path = LOCALE / language / "LC_MESSAGES" / "djangojs.po"
    if not path.is_file():
        return {}
    own = {
        entry.msgid
        for entry in polib.pofile(str(path))
        if any(file.startswith(SCRIPTS) for file, _ in entry.occurrences)
    }
    return {word: text for word, text in browser_catalogue(language).items() if word in own}
