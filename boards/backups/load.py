"""Inserts a backup's rows into empty tables, inside the caller's transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError
from django.db.backends.base.base import BaseDatabaseWrapper

from . import numbers, schema
from .lines import BackupError, Checked, End, Header, Row, Table, read

ROWS_AT_ONCE: Final = 200
"""As many as were read at once: a row may have 256 KiB."""

Renewals = Mapping[tuple[str, str], Callable[[Any], Any]]
"""By model and field: what becomes of the backup's value."""


def load(
    connection: BaseDatabaseWrapper,
    models: Mapping[str, schema.AnyModel],
    backup: Checked,
    renewals: Renewals,
) -> Mapping[str, int]:
    """Returns how many rows of which model have been inserted.

    References may lead to rows that come later: the database checks them at the end.
    """
    rows: dict[str, int] = {}
    target: _Target | None = None
    try:
        for line in read(backup.path):
            match line:
                case Header():
                    pass
                case Table() | End():
                    if target is not None:
                        rows[target.label] = target.finish()
                        target = None
                    if isinstance(line, End):
                        _is_what_was_checked(line, backup)
                    # What is left out today may be in an older backup.
                    elif line.model not in schema.LEFT_OUT:
                        target = _Target(connection, models.get(line.model), line, renewals)
                case _ if target is not None:
                    target.insert(line)
        connection.check_constraints()
    except (IntegrityError, DataError, ValidationError) as error:
        raise BackupError(f"the backup's rows do not fit the database: {error}") from error
    return rows


def _is_what_was_checked(end: End, backup: Checked) -> None:
    if end.sha256 != backup.sha256:
        raise BackupError(f"{backup.path} has changed since it was checked.")


class _Target:
    """One table while it is being filled."""

    def __init__(
        self,
        connection: BaseDatabaseWrapper,
        model: schema.AnyModel | None,
        line: Table,
        renewals: Renewals,
    ) -> None:
        fields = {} if model is None else {f.attname: f for f in schema.columns(model)}
        if model is None or fields.keys() != set(line.fields):
            raise BackupError(
                f"the backup's table {line.model} has other fields than its migrations say."
            )
        self.label = line.model
        self._connection = connection
        self._model = model
        self._numbered = line.numbered
        self._fields = [fields[name] for name in line.fields]
        self._renew = [renewals.get((line.model, name), _kept) for name in line.fields]
        quote = connection.ops.quote_name
        columns = ", ".join(quote(schema.column(field)) for field in self._fields)
        places = ", ".join("%s" for _ in self._fields)
        # Plain SQL: the ORM would set anew what it sets with each save, such as dates.
        # Names of our own tables and columns, quoted by the database's rules.
        self._insert = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({places})"  # noqa: S608
        self._waiting: list[list[Any]] = []
        self._count = 0

    def insert(self, row: Row) -> None:
        self._waiting.append(
            [
                field.get_db_prep_save(renew(_typed(field, value)), self._connection)
                for field, renew, value in zip(self._fields, self._renew, row, strict=True)
            ]
        )
        if len(self._waiting) == ROWS_AT_ONCE:
            self._flush()

    def finish(self) -> int:
        """Returns how many rows there are."""
        self._flush()
        numbers.go_on_after(self._connection, self._model, self._numbered)
        return self._count

    def _flush(self) -> None:
        if self._waiting:
            with self._connection.cursor() as cursor:
                cursor.executemany(self._insert, self._waiting)
            self._count += len(self._waiting)
            self._waiting = []


def _kept(value: Any) -> Any:
    return value


def _typed(field: schema.AnyField, value: Any) -> Any:
    """What JSON has no type for, such as a date, comes back from its text."""
    return None if value is None else field.to_python(value)
