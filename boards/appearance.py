"""How every page looks to this visitor: theme and language, given to all templates."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import get_language

THEME_COOKIE = "theme"
"""Written by static/site/theme.js; read here, so that no page flashes in the other theme."""
THEMES = ("system", "light", "dark")


def theme_of(request: HttpRequest) -> str:
    theme = request.COOKIES.get(THEME_COOKIE, "")
    return theme if theme in THEMES else "system"


def appearance(request: HttpRequest) -> dict[str, object]:
    """Also used on error pages, so it touches neither session nor database."""
    return {"theme": theme_of(request), "language": get_language() or "en"}
