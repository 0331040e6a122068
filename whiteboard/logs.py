"""Log lines without what opens boards: their addresses are shortened, tokens blotted out (S31)."""

from __future__ import annotations

import logging
import re

BOARD = re.compile(r"\b([0-9a-f]{8})-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b")
"""Who has a board's address may draw on it; eight characters are enough to follow one in a log."""
TOKEN = re.compile(
    r"(?i)\b(sessionid|session|csrftoken|csrfmiddlewaretoken|password|token|cookie)"
    r"(['\"]?\s*[=:]\s*['\"]?)[^\s&;,'\"]+"
)


def redact(line: str) -> str:
    return TOKEN.sub(r"\1\2…", BOARD.sub(r"\1…", line))


class RedactingFormatter(logging.Formatter):
    """Redacts the finished line, so that arguments and tracebacks are covered too."""

    def format(self, record: logging.LogRecord) -> str:
        return redact(super().format(record))
