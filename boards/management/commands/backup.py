"""Writes everything people have made here into one file, while they go on drawing."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import IO, Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from boards.assets.storage import is_in_the_database
from boards.backups import BackupError, durable, take, told


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="where to write it; - for the standard output")

    def handle(self, *args: Any, file: str, **options: Any) -> None:
        try:
            if file == "-":
                rows = take(_pipe())
            else:
                with durable(Path(file)) as out:
                    rows = take(out)
        except BackupError as error:
            raise CommandError(str(error)) from error
        except (OSError, DatabaseError) as error:
            raise CommandError(f"no backup was made: {error}") from error
        # Not on the standard output, which may be the backup.
        self.stderr.write(f"backed up: {told(rows)}")
        if not is_in_the_database():
            self.stderr.write(
                "Pictures and documents are not in it: they are in the storage that the settings "
                "name (STORAGES['boards']), which needs a backup of its own, taken after this one."
            )


def _pipe() -> IO[bytes]:
    if sys.stdout.isatty():
        raise BackupError("a backup is no text to be read: give a file, or lead it into one.")
    return sys.stdout.buffer
