"""System checks: settings that would fail late or silently are named at the start."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.checks import Warning as Caution

from .embedding import LAYER_CAPACITY
from .options import option
from .origins import split_origin

DAPHNE = "boards.daphne_app.DaphneConfig"
ORIGIN: Final = re.compile(r"https?://([a-z0-9._-]+|\[[0-9a-f:.]+\])(:[0-9]+)?")
"""As browsers write it, so a name beyond ASCII is there in its xn-- form."""


@register()
def check_runserver_is_ours(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """The first app that has a `runserver` wins; Django's own knows no sockets."""
    order = [
        app
        for app in settings.INSTALLED_APPS
        if app in {"boards", "daphne", DAPHNE, "django.contrib.staticfiles"}
    ]
    if order[:1] == ["boards"] and order[-1] == "django.contrib.staticfiles":
        return []
    return [
        Error(
            "The order of INSTALLED_APPS decides which `runserver` runs, and it isn't ours.",
            hint="Put 'boards' before 'django.contrib.staticfiles', 'daphne', if there, between.",
            id="boards.E001",
        )
    ]


@register()
def check_layer_capacity(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """Layers drop messages over their capacity without a word."""
    if not _layer():
        # One process needs none, and nothing is there to be dropped.
        return []
    config = _layer().get("CONFIG", {})
    if config.get("capacity", 0) >= LAYER_CAPACITY:
        return []
    return [
        Error(
            "The channel layer's capacity is too low: over it, messages vanish silently.",
            hint=f"Set CONFIG's capacity to {LAYER_CAPACITY}.",
            id="boards.E002",
        )
    ]


@register()
def check_layer_survives_a_restart(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """channels-redis's older layer delivers nothing any more once Redis has been restarted."""
    if _layer().get("BACKEND") != "channels_redis.core.RedisChannelLayer":
        return []
    return [
        Error(
            "This channel layer stays silent after Redis was restarted.",
            hint="Set BACKEND to channels_redis.pubsub.RedisPubSubChannelLayer.",
            id="boards.E003",
        )
    ]


@register(Tags.database)
def check_database_serves_several_processes(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """A layer between machines, and a database that is a file on one of them."""
    shared = (
        not settings.CHANNEL_LAYERS["default"].get("BACKEND", "").endswith("InMemoryChannelLayer")
    )
    if not shared or not settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        return []
    return [
        Error(
            "A Redis layer is for several processes, but the database is a SQLite file.",
            hint="Use PostgreSQL, or the in-memory layer and one process.",
            id="boards.E004",
        )
    ]


@register(Tags.security, deploy=True)
def check_public_origins(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """Absolute links come from a setting, not from what a request says its host is (S28)."""
    if getattr(settings, "PUBLIC_ORIGINS", []):
        return []
    return [
        Caution(
            "PUBLIC_ORIGINS is empty.",
            hint="Set it to what people type, e.g. https://board.example.org.",
            id="boards.W001",
        )
    ]


@register(Tags.security)
def check_token_origins(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """What is no origin is never equal to one that a browser names: nobody would be let in."""
    origins = option("TOKEN_ORIGINS")
    # A text is a sequence too, of letters.
    listed = isinstance(origins, list | tuple | set | frozenset)
    wrong = [one for one in origins if not _is_origin(one)] if listed else [origins]
    return [
        Error(
            f"{one!r} in BOARDS_TOKEN_ORIGINS is no origin.",
            hint="Write a list of scheme://host or scheme://host:port, without a path, a slash at "
            'the end or *, e.g. ["https://app.example.org"].',
            id="boards.E005",
        )
        for one in wrong
    ]


def _is_origin(one: object) -> bool:
    if not isinstance(one, str) or not ORIGIN.fullmatch(one):
        return False
    return split_origin(one) is not None


def _layer() -> dict[str, Any]:
    layers: dict[str, dict[str, Any]] = getattr(settings, "CHANNEL_LAYERS", {})
    return layers.get("default", {})
