"""Numbers of rows: none is given twice, also not after what bore it has been deleted.

Documents name people by number, and open sockets do: a newcomer who got the number of somebody
deleted, or of somebody younger than the backup, would be taken for them.
"""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

from . import schema


def highest(connection: BaseDatabaseWrapper, model: schema.AnyModel) -> int:
    """The highest number that a row of this table ever had; 0 where they are not counted."""
    field = model._meta.auto_field
    if field is None:
        return 0
    table, column = (
        connection.ops.quote_name(n) for n in (model._meta.db_table, schema.column(field))
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT MAX({column}) FROM {table}")  # noqa: S608  # Quoted names.
        there = cursor.fetchone()[0] or 0
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT seq FROM sqlite_sequence WHERE name = %s", [model._meta.db_table]
            )
            given = cursor.fetchone()
        else:
            cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [table, field.column])
            cursor.execute(
                # The sequence's name as PostgreSQL itself has quoted it.
                f"SELECT last_value FROM {cursor.fetchone()[0]} WHERE is_called"  # noqa: S608
            )
            given = cursor.fetchone()
    return max(there, given[0] if given else 0)


def go_on_after(connection: BaseDatabaseWrapper, model: schema.AnyModel, number: int) -> None:
    """The next row gets a number beyond this one, and beyond all that were given here before."""
    field = model._meta.auto_field
    number = max(number, highest(connection, model))
    if field is None or not number:
        return
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
            cursor.execute(
                "INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, number]
            )
        else:
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence(%s, %s), %s)",
                [connection.ops.quote_name(table), field.column, number],
            )
