"""S27: limits go on counting while Redis is away, and nobody is kept from signing in."""

from __future__ import annotations

import pytest
from django.core.cache import caches
from django.test import Client, override_settings

from cluster.processes import free_port
from whiteboard.cache import PatientRedisCache


@pytest.fixture
def away() -> PatientRedisCache:
    """A cache whose Redis does not answer."""
    return PatientRedisCache(f"redis://127.0.0.1:{free_port()}/0", {})


def test_it_counts_here_meanwhile(away: PatientRedisCache) -> None:
    away._here.clear()
    assert away.add("key", 1)
    assert not away.add("key", 2)
    away.set("key", 3, timeout=60)
    assert away.get("key") == 3
    assert away.delete("key")
    assert away.get("key", "none") == "none"


@pytest.mark.django_db
def test_signing_in_works_without_redis_and_is_slowed_all_the_same(client: Client) -> None:
    cache = {
        "BACKEND": "whiteboard.cache.PatientRedisCache",
        "LOCATION": f"redis://127.0.0.1:{free_port()}/0",
    }
    with override_settings(CACHES={"default": cache}):
        caches["default"].delete("anything")
        for _ in range(6):
            answer = client.post("/account/login/", {"login": "nobody", "password": "wrong"})
        assert b"That was a lot of tries." in answer.content
