"""The channel layers that the boards' promises hold on."""

from __future__ import annotations

from typing import Any

import pytest

from whiteboard.environment import REDIS_PATIENCE

CAPACITY = 10_000


def pubsub(url: str) -> dict[str, Any]:
    """As the settings have it where REDIS_URL is set."""
    return {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {"hosts": [{"address": url, **REDIS_PATIENCE}], "capacity": CAPACITY},
    }


def memory() -> dict[str, Any]:
    return {
        "BACKEND": "channels.layers.InMemoryChannelLayer",
        "CONFIG": {"capacity": CAPACITY},
    }


def use_layer(request: pytest.FixtureRequest, settings: Any, kind: str) -> None:
    """Sets `memory`, `pubsub` (a real server) or `none` for this test."""
    layers: dict[str, dict[str, Any]] = {}
    if kind == "memory":
        layers["default"] = memory()
    elif kind == "pubsub":
        layers["default"] = pubsub(request.getfixturevalue("redis_server").url)
    settings.CHANNEL_LAYERS = layers
