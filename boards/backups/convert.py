"""Brings a backup of an older version up to date, in a database of its own that is then deleted.

There it is loaded as the tables were, migrated like any database of that version, and taken
again. The real database sees nothing of this, so that whatever fails there has changed nothing
here, and an old backup can also replace what a newer version has made.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from django.core.management import call_command
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.sqlite3.base import DatabaseWrapper

from . import files, schema
from .lines import BackupError, Checked, check
from .load import load
from .take import take

ALIAS: Final = "whiteboard_conversion"


@contextmanager
def brought_up_to_date(backup: Checked) -> Iterator[Checked]:
    """The same contents as a backup of this version."""
    # The folder is its owner's alone, as a backup is.
    with TemporaryDirectory(prefix="whiteboard-restore-") as folder:
        fresh = Path(folder, "fresh.backup")
        with _database(Path(folder, "conversion.sqlite3")) as connection:
            migrations = backup.header.migrations
            schema.migrate_to(connection, migrations)
            if schema.applied(connection) != {app: sorted(n) for app, n in migrations.items()}:
                raise BackupError("the backup's migrations do not follow from each other.")
            with transaction.atomic(using=ALIAS):
                load(connection, schema.models_at(migrations), backup, renewals={})
            call_command("migrate", database=ALIAS, interactive=False, verbosity=0)
            with files.durable(fresh) as out:
                take(out, using=ALIAS)
        yield check(fresh)


@contextmanager
def _database(file: Path) -> Iterator[BaseDatabaseWrapper]:
    """An SQLite database for this thread, as if it stood in the settings."""
    settings = connections.configure_settings(
        {
            "default": {},
            ALIAS: {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": str(file),
                # If the power fails, so does the restore: nothing of this is needed then.
                "OPTIONS": {"init_command": "PRAGMA synchronous=OFF"},
            },
        }
    )
    connection = DatabaseWrapper(settings[ALIAS], ALIAS)
    connections[ALIAS] = connection
    try:
        yield connection
    finally:
        connection.close()
        del connections[ALIAS]
