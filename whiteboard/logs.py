"""Log lines without what opens boards: their addresses are shortened, tokens blotted out (S31)."""

from __future__ import annotations

import logging
import re

from django.core.exceptions import RequestAborted

BOARD = re.compile(r"\b([0-9a-f]{8})-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b")
"""Who has a board's address may draw on it; eight characters are enough to follow one in a log."""
TOKEN = re.compile(
    r"(?i)\b(sessionid|session|csrftoken|csrfmiddlewaretoken|password|token|cookie)"
    r"(['\"]?\s*[=:]\s*['\"]?)[^\s&;,'\"]+"
)

ACCESS_TOKEN = re.compile(r"\bwb_[A-Za-z0-9_-]{8,}")
"""What programs show instead of a session, wherever somebody may have put it."""

KEY_IN_PATH = re.compile(r"(/(?:password/reset/key|confirm-email)/)[^\s/?]+")
"""Links of mails: whoever has one chooses a new password, or confirms an address."""


def redact(line: str) -> str:
    line = ACCESS_TOKEN.sub("wb_…", line)
    return KEY_IN_PATH.sub(r"\1…", TOKEN.sub(r"\1\2…", BOARD.sub(r"\1…", line)))


class WithoutAborted(logging.Filter):
    """Drops what asyncio says of requests whose browser went away while the server stopped.

    Django leaves the task that waits for the going away to itself, which is nobody's fault.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        return not (record.exc_info and isinstance(record.exc_info[1], RequestAborted))


class RedactingFormatter(logging.Formatter):
    """Redacts the finished line, so that arguments and tracebacks are covered too."""

    def format(self, record: logging.LogRecord) -> str:
        return redact(super().format(record))
