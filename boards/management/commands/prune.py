"""Carries out the retention timers: deletes what has been kept for as long as the settings say."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from boards.retention import TIMERS, prune


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="as JSON, for programs")
        parser.add_argument("--dry-run", action="store_true", help="only says what it would do")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        done = prune(dry_run=dry_run)
        if options["json"]:
            self.stdout.write(json.dumps({"dry_run": dry_run, "pruned": done}))
            return
        would = "would be " if dry_run else ""
        for name, count in done.items():
            self.stdout.write(f"{SENTENCES[name].format(count=count, would=would)}")
        for name in TIMERS.keys() - done.keys():
            self.stdout.write(f"BOARDS_RETENTION_{name.upper()}_DAYS is 0: kept for ever")


SENTENCES = {
    "guest_boards": "{count} boards of guests {would}moved to the trash",
    "trash": "{count} boards in the trash {would}deleted",
    "idle_guests": "{count} guests {would}forgotten",
    "audit": "{count} audit entries {would}deleted",
    "sessions": "{count} expired sessions {would}deleted",
    "contents": "{count} pictures and documents that no board shows {would}deleted",
}
