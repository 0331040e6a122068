"""Token buckets for what strangers may do from one address (S6, S14); the amounts are settings."""

from __future__ import annotations

import ipaddress
import logging
import time
from collections import OrderedDict
from dataclasses import dataclass

from django.core.cache import cache
from django.http import HttpRequest

from .options import option

log = logging.getLogger(__name__)

IPV6_PREFIX = 64
"""One household has that many bits to choose from: it counts as one address."""


Level = tuple[float, float]
"""Tokens that were left, and when."""

AWAY_SECONDS = 5.0
"""A cache that failed is not asked for so long: each time would cost a page its timeout."""
HERE_MAX = 10_000
"""Levels kept in this process meanwhile; beyond it the oldest are forgotten."""


class Levels:
    """Levels of buckets, in the cache of all processes; while that is away, in this process."""

    def __init__(self) -> None:
        self._away_until = 0.0
        self._here: OrderedDict[str, Level] = OrderedDict()

    def get(self, key: str) -> Level | None:
        if time.monotonic() >= self._away_until:
            try:
                level: Level | None = cache.get(key)
            except Exception as error:
                # Whatever the cache's client raises: a limit must not cost anybody the page.
                self._is_away(error)
            else:
                return level
        return self._here.get(key)

    def put(self, key: str, level: Level, seconds: float) -> None:
        if time.monotonic() >= self._away_until:
            try:
                cache.set(key, level, timeout=seconds)
            except Exception as error:
                # As above.
                self._is_away(error)
            else:
                return
        self._here[key] = level
        self._here.move_to_end(key)
        if len(self._here) > HERE_MAX:
            self._here.popitem(last=False)

    def _is_away(self, error: Exception) -> None:
        log.warning("the cache fails (%s): limits count in each process", type(error).__name__)
        self._away_until = time.monotonic() + AWAY_SECONDS


_levels = Levels()


@dataclass(frozen=True)
class Bucket:
    """Holds `burst` tokens at most; `rate` come back a second. The name leads to the setting."""

    name: str

    @property
    def _limits(self) -> tuple[float, float]:
        burst, rate = option(f"LIMIT_{self.name}")
        return float(burst), float(rate)

    def has_token(self, request: HttpRequest) -> bool:
        return self._level(self._key(client_address(request))) >= 1

    def take(self, request: HttpRequest) -> bool:
        """Takes a token of the address that asks; False where there was none."""
        return self.take_of(client_address(request))

    def take_of(self, whose: str, cost: float = 1.0) -> bool:
        """Takes tokens of somebody, or from some address; False where there was not one.

        Two requests at the same moment may take the same token: a limit for floods needs no lock.
        """
        key = self._key(whose)
        level = self._level(key)
        if level < 1:
            return False
        burst, rate = self._limits
        # A bucket that is full again needs no memory.
        _levels.put(key, (level - cost, time.time()), (burst + cost) / rate + 1)
        return True

    def _level(self, key: str) -> float:
        burst, rate = self._limits
        stored = _levels.get(key)
        if stored is None:
            return burst
        level, at = stored
        return min(burst, level + max(0.0, time.time() - at) * rate)

    def _key(self, whose: str) -> str:
        return f"limit:{self.name}:{whose}"


NEW_PEOPLE = Bucket("NEW_PEOPLE")
NEW_BOARDS = Bucket("NEW_BOARDS")
BOARD_GUESSES = Bucket("BOARD_GUESSES")
TAKEOUTS = Bucket("TAKEOUTS")
TOKEN_GUESSES = Bucket("TOKEN_GUESSES")
API = Bucket("API")
API_TOKEN = Bucket("API_TOKEN")


def client_address(request: HttpRequest) -> str:
    """Where a request comes from; forwarded headers count only behind proxies of ours."""
    remote = request.META.get("REMOTE_ADDR") or ""
    return counted_address(remote, request.headers.get("X-Forwarded-For", ""))


def counted_address(remote: str, forwarded_for: str) -> str:
    """What limits and bans go by: an address, or the network of one household."""
    written = remote
    if option("TRUSTED_PROXIES"):
        forwarded = forwarded_for.split(",")
        if len(forwarded) >= option("TRUSTED_PROXIES"):
            # Each proxy appends whom it saw; what stands before was said by the client itself.
            written = forwarded[-option("TRUSTED_PROXIES")].strip()
    try:
        address = ipaddress.ip_address(written)
    except ValueError:
        return "unknown"
    if address.version == 6:
        return str(ipaddress.ip_network((address, IPV6_PREFIX), strict=False).network_address)
    return str(address)
