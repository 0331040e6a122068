"""What all tests share: a database on disk, and how hypothesis looks for counterexamples."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import TransactionTestCase, override_settings
from hypothesis import HealthCheck, settings
from pytest_django import DjangoDbBlocker

from .emptying import quick_emptying
from .servers import postgres_server, redis_server

__all__ = ["postgres_server", "redis_server"]

# A slow machine is no fault of the code; pytest's own timeout stops what hangs.
settings.register_profile(
    "whiteboard", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
# HYPOTHESIS_PROFILE=thorough looks longer, by night or before a release.
settings.register_profile("thorough", settings.get_profile("whiteboard"), max_examples=5000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "whiteboard"))


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    """Real hashes take a good part of a second each, by intent; none here protects anything."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A file, for in memory SQLite knows no WAL, and threads that write would fail at once."""
    if connection.vendor == "sqlite":
        file = tmp_path_factory.mktemp("database") / "boards.sqlite3"
        connection.settings_dict["TEST"]["NAME"] = str(file)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Also PostgreSQL drops no database that somebody uses, and readers' threads stay connected."""
    with django_db_blocker.unblock():
        emptying = quick_emptying()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", emptying)
        yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


NEED_DATABASE = {"db", "transactional_db", "django_db_reset_sequences", "live_server"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On servers (`python -m cluster.on_servers`) only what uses them runs a second time."""
    if not os.environ.get("ON_SERVERS"):
        return
    kept = [item for item in items if _uses_database(item) and not _is_about_pages(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = kept


PAGES = {
    *("test_accounts", "test_admin_boards", "test_admin_people", "test_board_command"),
    *("test_rights_table", "test_sharing", "test_words", "test_thumbnails", "test_order"),
    *("test_ownership", "test_privacy", "test_sign_ins", "test_load", "test_traces"),
    *("test_api", "test_api_asking", "test_connection", "test_echo", "test_offline_pages"),
    *("test_transports", "test_security_headers"),
}
"""Nothing in them depends on which database is asked; what they call has tests of its own."""


def _is_about_pages(item: pytest.Item) -> bool:
    return item.path.stem in PAGES


def _uses_database(item: pytest.Item) -> bool:
    names = set(getattr(item, "fixturenames", ()))
    return bool(names & NEED_DATABASE) or item.get_closest_marker("django_db") is not None
