"""The browser's strings in one language, read from locale/<language>/LC_MESSAGES/djangojs.po.

A built page brings those that its first view needs, and fetches the others once it is live.
"""

from __future__ import annotations

import json
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

import polib
from django.contrib.staticfiles import finders

from .embedding import LOCALE

Strings = dict[str, str | list[str]]
FIRST_WORDS = "board/words.json"
"""Written with the bundles by scripts/build_board.mjs: the English words of the first view."""


class Catalogue(NamedTuple):
    """A language in two parts."""

    first: Strings
    rest: Strings
    digest: str
    """Of the rest, so that it may be kept for ever under it; empty where there is none."""


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


@lru_cache
def catalogue_in_parts(language: str) -> Catalogue:
    """Without a build all words are first."""
    words = browser_catalogue(language)
    found = finders.find(FIRST_WORDS)
    if found is None:
        return Catalogue(words, {}, "")
    wanted = set(json.loads(Path(found).read_text(encoding="utf-8")))
    first = {word: text for word, text in words.items() if word in wanted}
    rest = {word: text for word, text in words.items() if word not in wanted}
    digest = blake2b(json.dumps(rest).encode(), digest_size=8).hexdigest() if rest else ""
    return Catalogue(first, rest, digest)
