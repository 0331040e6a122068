"""Puts a checked backup in the place of what the database holds, all of it or nothing.

Old backups are brought up to date elsewhere first (`convert`), so there is one way in: rows of
exactly the tables that this version has, in one SQL transaction.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import ExitStack
from itertools import count
from typing import Final

from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, OperationalError, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Max

from boards.models import Board, new_epoch
from boards.protocol import SCHEMA

from . import convert, schema
from .lines import BackupError, Checked
from .load import Renewals, load

CONTENT: Final = ("boards.board", "boards.person", "auth.user")
"""Where none of these is, there is nothing to lose: what else is there, migrations have made."""
LOCK_SECONDS: Final = 60
"""For the boards: commits take milliseconds, but a large deletion in the admin may take long."""
LOCK_MILLISECONDS: Final = 500
"""For the other tables: less than the second after which PostgreSQL looks for deadlocks and
chooses a victim, which would be some visitor. Then all locks are let go and asked for again."""
LOCK_ATTEMPTS: Final = 60


def contents(using: str = DEFAULT_DB_ALIAS) -> dict[str, int]:
    """How much of what people have made is in the database; empty where nothing is."""
    models = schema.models_at(schema.applied(connections[using]))
    counts = {
        label: models[label]._base_manager.using(using).count()
        for label in CONTENT
        if label in models
    }
    return {label: count for label, count in counts.items() if count}


def restore(backup: Checked, *, replace: bool) -> Mapping[str, int]:
    """Returns how many rows of which model there are now; raises with the database as before.

    Tables may have been migrated to this version even so; that is no loss.
    """
    refuse_newer(backup)
    connection = connections[DEFAULT_DB_ALIAS]
    if newer := schema.unknown(schema.applied(connection)):
        raise BackupError(
            f"the database is newer than this version of the whiteboard ({newer[0]})."
        )
    refuse_to_overwrite(replace=replace)
    if not schema.is_complete(backup.header.migrations):
        with convert.brought_up_to_date(backup) as fresh:
            return _replace_contents(connection, fresh, replace=replace)
    return _replace_contents(connection, backup, replace=replace)


def refuse_newer(backup: Checked) -> None:
    if newer := schema.unknown(backup.header.migrations):
        raise BackupError(
            f"this backup was made by a newer version of the whiteboard ({newer[0]}): "
            "upgrade first."
        )
    if backup.header.schema > SCHEMA:
        raise BackupError(
            f"this backup has elements of schema {backup.header.schema}, and this version of the "
            f"whiteboard knows {SCHEMA}: upgrade first."
        )


def refuse_to_overwrite(*, replace: bool) -> None:
    if replace:
        return
    if found := contents():
        raise BackupError(
            f"the database is not empty ({told(found)}). "
            "Restore into an empty one, or say --replace to delete all that."
        )


def told(rows: Mapping[str, int]) -> str:
    """Which rows, and how many."""
    return ", ".join(f"{label} {count}" for label, count in rows.items() if count) or "nothing"


def _replace_contents(
    connection: BaseDatabaseWrapper, backup: Checked, *, replace: bool
) -> Mapping[str, int]:
    if not schema.is_complete(schema.applied(connection)):
        call_command("migrate", interactive=False, verbosity=0)
    models = schema.models_at(backup.header.migrations)
    try:
        with _nobody_writes(connection, models.values()):
            # Again, under the lock: somebody may have come in since.
            refuse_to_overwrite(replace=replace)
            renewals = _renewals()
            with connection.cursor() as cursor:
                for model in reversed(models.values()):
                    table = connection.ops.quote_name(model._meta.db_table)
                    cursor.execute(f"DELETE FROM {table}")  # noqa: S608  # A quoted name.
            rows = load(connection, models, backup, renewals)
    except OperationalError as error:
        raise BackupError(f"the database failed, nothing has changed: {error}") from error
    return rows


def _nobody_writes(
    connection: BaseDatabaseWrapper, models: Collection[schema.AnyModel]
) -> ExitStack:
    """A transaction in which others read what was there before, and wait to write after it.

    They have to wait: a writer that found its board deleted would refuse what people draw. On
    SQLite the transaction itself sees to it.
    """
    for attempt in count(1):
        with ExitStack() as stack:
            try:
                stack.enter_context(transaction.atomic(durable=True))
                if connection.vendor == "postgresql":
                    _lock(connection, [model._meta.db_table for model in models])
                return stack.pop_all()
            except OperationalError:
                if attempt == LOCK_ATTEMPTS:
                    raise
    raise AssertionError("count() never ends")


def _lock(connection: BaseDatabaseWrapper, tables: list[str]) -> None:
    """The boards first, as every writer does; those who hold another table then let it go."""
    boards = Board._meta.db_table
    with connection.cursor() as cursor:
        # Reading a large backup's next lines may take its time.
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        cursor.execute(f"SET LOCAL lock_timeout = '{LOCK_SECONDS}s'")
        cursor.execute(f"LOCK TABLE {connection.ops.quote_name(boards)} IN EXCLUSIVE MODE")
        cursor.execute(f"SET LOCAL lock_timeout = '{LOCK_MILLISECONDS}ms'")
        names = ", ".join(connection.ops.quote_name(table) for table in tables if table != boards)
        cursor.execute(f"LOCK TABLE {names} IN EXCLUSIVE MODE")


def _renewals() -> Renewals:
    """What restored boards must have that nobody has seen before.

    Another epoch: who is on a board reads it afresh (R1). And rights newer than any that a
    server has judged by, so that it judges again (R13): the versions count up, and after the
    backup they may have counted to the same number by other ways.
    """
    most = Board.objects.aggregate(most=Max("access_version"))["most"]
    return {
        ("boards.board", "epoch"): lambda _: new_epoch(),
        ("boards.board", "access_version"): lambda own: own if most is None else max(own, most + 1),
    }
