"""Keeps a database as this version leaves it, for the tests of later ones.

Before a release that brings migrations: `python -m tests.upgrades.make NAME` writes NAME.sql, the
database, and NAME.json, what this version serves from it. Neither is ever made again.
"""

from __future__ import annotations

import json
import os
import sqlite3
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import django

HERE = Path(__file__).parent
SECRET_KEY = "known-to-everybody-and-therefore-only-for-the-databases-in-this-folder"
"""Sessions are signed with it."""


def main(name: str) -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder, "boards.sqlite3")
        os.environ |= {
            "DATABASE_URL": f"sqlite:///{file}",
            "DEBUG": "0",
            "DJANGO_SETTINGS_MODULE": "whiteboard.settings",
            "SECRET_KEY": SECRET_KEY,
        }
        django.setup()
        _fill()
        _keep(file, name)


def _fill() -> None:
    """Only now: models need settings."""
    from django.contrib.sessions.models import Session
    from django.core.management import call_command

    from tests.lived_in import live_in

    call_command("migrate", verbosity=0)
    live_in()
    # The tests that find whom it names are run for many years.
    Session.objects.update(expire_date=datetime(2999, 1, 1, tzinfo=UTC))


def _keep(file: Path, name: str) -> None:
    from .served import served

    text = json.dumps(served(), ensure_ascii=False, indent=1)
    HERE.joinpath(f"{name}.json").write_text(text + "\n")
    with closing(sqlite3.connect(file)) as database:
        HERE.joinpath(f"{name}.sql").write_text("\n".join(database.iterdump()) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
