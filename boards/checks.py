"""System checks: settings that would fail late or silently are named at the start."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.checks import Warning as Caution

from .embedding import LAYER_CAPACITY

DAPHNE = "boards.daphne_app.DaphneConfig"


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


def _layer() -> dict[str, Any]:
    layers: dict[str, dict[str, Any]] = getattr(settings, "CHANNEL_LAYERS", {})
    return layers.get("default", {})
