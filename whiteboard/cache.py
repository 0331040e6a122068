"""A cache in Redis that stands in for itself while Redis is away: limits go on counting (S27)."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any, Final

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache

log = logging.getLogger(__name__)

AWAY_SECONDS: Final = 5.0
"""A Redis that failed is not asked for so long: each time would cost a page its timeout."""


class PatientRedisCache(RedisCache):
    """Signing in needs the cache, and must not need Redis; each process counts by itself then."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._here = LocMemCache("while-redis-is-away", {"OPTIONS": {"MAX_ENTRIES": 10_000}})
        self._away_until = 0.0

    def _ask(self, there: Callable[[], Any], here: Callable[[], Any]) -> Any:
        if time.monotonic() >= self._away_until:
            try:
                return there()
            except Exception as error:
                # Whatever Redis's client raises.
                log.warning("the cache fails (%s): counting here", type(error).__name__)
                self._away_until = time.monotonic() + AWAY_SECONDS
        return here()

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        return self._ask(
            lambda: RedisCache.get(self, key, default, version),
            lambda: self._here.get(key, default, version),
        )

    def set(self, key: Any, value: Any, *rest: Any, **named: Any) -> None:
        self._ask(
            lambda: RedisCache.set(self, key, value, *rest, **named),
            lambda: self._here.set(key, value, *rest, **named),
        )

    def add(self, key: Any, value: Any, *rest: Any, **named: Any) -> bool:
        return bool(
            self._ask(
                lambda: RedisCache.add(self, key, value, *rest, **named),
                lambda: self._here.add(key, value, *rest, **named),
            )
        )

    def delete(self, key: Any, version: int | None = None) -> bool:
        return bool(
            self._ask(
                lambda: RedisCache.delete(self, key, version),
                lambda: self._here.delete(key, version),
            )
        )
