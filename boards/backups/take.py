"""Writes everything into a backup as it is in one moment, while people go on drawing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import IO, Final

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from boards.protocol import SCHEMA

from . import numbers, schema
from .keys import fingerprint
from .lines import FORMAT, BackupError, Header, Row, Table, Writer

ROWS_AT_ONCE: Final = 200
"""A row may have 256 KiB: this is all that is held in memory, however large the boards are."""


def take(out: IO[bytes], using: str = DEFAULT_DB_ALIAS) -> Mapping[str, int]:
    """Writes a backup; returns how many rows of which model it holds."""
    connection = connections[using]
    with _one_moment(connection):
        migrations = schema.applied(connection)
        if "boards" not in migrations:
            raise BackupError("there is nothing to back up: this database has no boards' tables.")
        if newer := schema.unknown(migrations):
            raise BackupError(
                f"the database is newer than this version of the whiteboard ({newer[0]}). "
                "Back it up with the version that uses it."
            )
        writer = Writer(out)
        writer.header(
            Header(
                format=FORMAT,
                made=datetime.now(UTC),
                schema=SCHEMA,
                migrations=migrations,
                key=fingerprint(),
            )
        )
        for model in schema.models_at(migrations).values():
            _write_table(writer, connection, model)
        writer.end()
    return writer.rows


@contextmanager
def _one_moment(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """One snapshot for all that is read, which keeps nobody from writing."""
    if connection.vendor == "sqlite":
        # Not `atomic()`, which takes the write lock at once here (IMMEDIATE).
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
        return
    with transaction.atomic(using=connection.alias, durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            # Whoever takes the file from the pipe may be slow; only reading waits for it.
            cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        yield


def _write_table(writer: Writer, connection: BaseDatabaseWrapper, model: schema.AnyModel) -> None:
    fields = [field.attname for field in schema.columns(model)]
    writer.table(
        Table(
            model=model._meta.label_lower,
            fields=fields,
            numbered=numbers.highest(connection, model),
        )
    )
    for row in _rows(connection, model, fields):
        writer.row(row)


def _rows(
    connection: BaseDatabaseWrapper, model: schema.AnyModel, fields: list[str]
) -> Iterator[Row]:
    """All rows in the order of their keys, some at a time.

    By key and not by a cursor of the server, which a pool between may forbid.
    """
    rows = model._base_manager.using(connection.alias).order_by("pk")
    part = list(rows.values_list("pk", *fields)[:ROWS_AT_ONCE])
    while part:
        for _, *row in part:
            yield row
        part = list(rows.filter(pk__gt=part[-1][0]).values_list("pk", *fields)[:ROWS_AT_ONCE])
