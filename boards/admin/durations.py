"""For how long somebody is kept out or silenced."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

FOREVER: Final = ""
DURATIONS: Final[list[tuple[str, Any]]] = [
    ("600", _("10 minutes")),
    ("3600", _("1 hour")),
    ("86400", _("1 day")),
    ("604800", _("1 week")),
    (FOREVER, _("Until lifted")),
]


def seconds_of(duration: str) -> int | None:
    return None if duration == FOREVER else int(duration)
