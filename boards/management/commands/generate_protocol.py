"""Writes static/board/protocol.d.ts from boards/protocol.py, or checks that it is up to date."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from boards import protocol
from boards.embedding import ROOT
from boards.management.protocol_types import typescript


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing, fail if outdated")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        path = ROOT / "static" / "board" / "protocol.d.ts"
        wanted = typescript(protocol)
        if path.is_file() and path.read_text() == wanted:
            return
        if check:
            raise CommandError(f"{path.name} is outdated. Type: python manage.py generate_protocol")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(wanted)
        self.stdout.write(f"{path.name} written")
