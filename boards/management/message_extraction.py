"""Finds the strings that people read: in Python, in templates and in the browser's modules."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from babel.messages.extract import DEFAULT_KEYWORDS, extract
from django.utils.translation import templatize

PYTHON_KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
BROWSER_KEYWORDS = {"t": None, "tn": (1, 2)}
"""static/board/core/translate.js: t("text", values) and tn("one", "other", count, values)."""


@dataclass(frozen=True)
class Message:
    msgid: str
    plural: str = ""
    context: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What identifies it in a catalogue: a text that is also a plural has one entry."""
        return (self.context, self.msgid)


@dataclass
class Found:
    """Messages by key, each with the files it stands in and what the translator is told."""

    messages: dict[tuple[str, str], Message] = field(default_factory=dict)
    files: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    comments: dict[tuple[str, str], set[str]] = field(default_factory=dict)

    def add(self, message: Message, file: str, comments: Iterable[str]) -> None:
        known = self.messages.get(message.key)
        if known is None or message.plural:
            self.messages[message.key] = message
        self.files.setdefault(message.key, set()).add(file)
        self.comments.setdefault(message.key, set()).update(comments)


def server_messages(root: Path) -> Found:
    found = Found()
    for folder in ("boards", "whiteboard"):
        for path in _files(root / folder, "*.py"):
            _add(found, root, path, "python", path.read_text())
    for path in _files(root / "templates", "*"):
        source = templatize(path.read_text(), origin=str(path))
        # What is no message is blanked but keeps its indentation, which isn't Python's.
        lines = (line.strip() for line in source.splitlines())
        _add(found, root, path, "python", "\n".join(lines))
    return found


def browser_messages(root: Path) -> Found:
    found = Found()
    for folder in ("static/board", "static/site"):
        for path in _files(root / folder, "*.js"):
            _add(found, root, path, "javascript", path.read_text())
    return found


def _files(folder: Path, pattern: str) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob(pattern)) if path.is_file())


def _add(found: Found, root: Path, path: Path, language: str, source: str) -> None:
    for message, comments in extracted(language, source):
        found.add(message, path.relative_to(root).as_posix(), comments)


def extracted(language: str, source: str) -> Iterator[tuple[Message, list[str]]]:
    keywords = PYTHON_KEYWORDS if language == "python" else BROWSER_KEYWORDS
    rows = extract(
        language,
        BytesIO(source.encode()),
        keywords=keywords,
        comment_tags=["Translators:"],
        options={"encoding": "utf-8", "parse_template_string": "1"},
        strip_comment_tags=True,
    )
    for _line, texts, comments, context in rows:
        msgid, plural = texts if isinstance(texts, tuple) else (texts, "")
        if msgid:
            yield Message(msgid, plural or "", context or ""), comments


PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")


def placeholders(text: str) -> set[str]:
    """What a translation must contain too: `%(name)s`, `{count}`."""
    return set(PLACEHOLDER.findall(text))
