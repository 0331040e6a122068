"""Empties the database behind a test that has committed, in a tenth of the time of Django's flush.

Flush empties all tables (PostgreSQL truncates each, whether it has rows or not) and then makes the
types of contents and the permissions anew. Here tables with rows are emptied, and those two stay.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.core.management import call_command
from django.db import connection, transaction
from django.test import TransactionTestCase

MADE_BY_MIGRATE: Final = ("django_content_type", "auth_permission")

Rows = list[tuple[Any, ...]]


def quick_emptying() -> Callable[[TransactionTestCase], None]:
    """What tests with `transaction=True` shall end with; the database is there and migrated."""
    made = _made_by_migrate()

    def empty(_: TransactionTestCase) -> None:
        nonlocal made
        _empty()
        if _made_by_migrate() != made:
            # A test has changed these too: all as Django does it.
            call_command("flush", verbosity=0, interactive=False, reset_sequences=False)
            made = _made_by_migrate()

    return empty


def _empty() -> None:
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    quoted = [connection.ops.quote_name(name) for name in tables if name not in MADE_BY_MIGRATE]
    # References are checked at the end of the transaction, so any order will do.
    with transaction.atomic(), connection.cursor() as cursor:
        asked = (f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM {name})" for name in quoted)  # noqa: S608  # Django's own names of tables
        cursor.execute(" UNION ALL ".join(asked))
        for (name,) in cursor.fetchall():
            cursor.execute(f"DELETE FROM {name}")  # noqa: S608  # the same


def _made_by_migrate() -> list[Rows]:
    found = []
    with connection.cursor() as cursor:
        for name in MADE_BY_MIGRATE:
            cursor.execute(f"SELECT * FROM {name} ORDER BY id")  # noqa: S608  # two constants
            found.append(cursor.fetchall())
    return found
