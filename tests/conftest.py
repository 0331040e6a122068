"""What all tests share: a database on disk, and how hypothesis looks for counterexamples."""

from __future__ import annotations

import os

import pytest
from django.db import connection
from hypothesis import HealthCheck, settings

from .servers import postgres_server, redis_server

__all__ = ["postgres_server", "redis_server"]

# A slow machine is no fault of the code; pytest's own timeout stops what hangs.
settings.register_profile(
    "whiteboard", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
# HYPOTHESIS_PROFILE=thorough looks longer, by night or before a release.
settings.register_profile("thorough", settings.get_profile("whiteboard"), max_examples=5000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "whiteboard"))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A file, for in memory SQLite knows no WAL, and threads that write would fail at once."""
    if connection.vendor == "sqlite":
        file = tmp_path_factory.mktemp("database") / "boards.sqlite3"
        connection.settings_dict["TEST"]["NAME"] = str(file)
