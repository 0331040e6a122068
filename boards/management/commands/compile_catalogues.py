"""Compiles locale/*/LC_MESSAGES/*.po for Django; needs no gettext tools on the machine."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polib
from django.core.management.base import BaseCommand

from boards.embedding import LOCALE


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = ()

    def handle(self, *args: Any, verbosity: int = 1, **options: Any) -> None:
        for source in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
            if _compile(source) and verbosity:
                self.stdout.write(f"{source.relative_to(LOCALE.parent)} compiled")


def _compile(source: Path) -> bool:
    """Whether it had to be compiled."""
    target = source.with_suffix(".mo")
    if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
        return False
    # In one step, because a server that starts at the same moment may be reading it.
    fresh = target.with_suffix(".mo.tmp")
    polib.pofile(str(source)).save_as_mofile(str(fresh))
    fresh.replace(target)
    return True
