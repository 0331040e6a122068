"""Bundles the board's scripts into build/board/, which shadows their sources in production."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from boards.browser import BrowserError, ensure_modules, run_script
from boards.embedding import ROOT


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            ensure_modules()
            run_script(ROOT / "scripts" / "build_board.mjs")
        except BrowserError as error:
            raise CommandError(str(error)) from error
