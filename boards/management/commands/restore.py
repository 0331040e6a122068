"""Puts a backup in the place of what the database holds; servers may go on running."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from boards.assets.sweeping import lost_files
from boards.backups import BackupError, check, contents, fingerprint, restore, told


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--replace", action="store_true", help="delete what the database holds, if anything"
        )
        parser.add_argument("--no-input", action="store_true", help="do so without asking")
        parser.add_argument(
            "--no-verify",
            action="store_true",
            help="do not compare each board with its log afterwards",
        )

    def handle(
        self,
        *args: Any,
        file: Path,
        replace: bool,
        no_input: bool,
        no_verify: bool,
        **options: Any,
    ) -> None:
        try:
            backup = check(file)
            if replace and not no_input:
                self._ask()
            rows = restore(backup, replace=replace)
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"restored, as of {backup.header.made:%Y-%m-%d %H:%M:%S} UTC: {told(rows)}"
        )
        if lost := lost_files():
            self.stderr.write(
                f"{lost} pictures and documents are not in the storage of this site: they are "
                "shown as missing until its files are restored too."
            )
        if backup.header.key != fingerprint():
            self.stderr.write(
                "This SECRET_KEY is not the backup's: guests, whom only their session knows, are "
                "strangers now. With the old SECRET_KEY they are themselves again."
            )
        if not no_verify:
            call_command("verify", stdout=self.stdout)

    def _ask(self) -> None:
        found = contents()
        if not found:
            return
        if not sys.stdin.isatty():
            raise BackupError("nobody is there to be asked: say --no-input to replace all.")
        self.stdout.write(f"This deletes what the database holds, forever: {told(found)}.")
        if input("Type yes to go on: ") != "yes":
            raise BackupError("nothing has been changed.")
