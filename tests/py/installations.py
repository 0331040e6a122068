"""The program on a database of its own, used as operators use it: through commands.

Each is a process of its own; all but those whose pipes are looked at come from one that stands
ready (`ready`), for they are many.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from boards.backups.lines import Table, read
from tests.upgrades.make import SECRET_KEY

from .ready import DEADLINE, Ready

ROOT = Path(__file__).resolve().parent.parent.parent
NOT_OURS = {
    *("ALLOWED_HOSTS", "DATABASE_URL", "DEBUG", "HTTPS", "PUBLIC_ORIGINS", "REDIS_URL"),
    *("SECRET_KEY", "SECRET_KEY_FILE", "STATE_DIR", "TRUSTED_PROXIES"),
}
"""Whatever the tests themselves run with."""

Rows = dict[str, list[dict[str, Any]]]


class Installation:
    """One copy of the program (the one at hand unless told otherwise) on one database."""

    def __init__(self, url: str, program: Path = ROOT) -> None:
        self.url = url
        self.program = program

    def manage(self, *command: str | Path) -> str:
        """What `manage.py` prints."""
        return _printed(self._run("manage.py", *command)).decode()

    def refuses(self, *command: str | Path) -> str:
        """What `manage.py` says when it does not do it: a sentence and no traceback."""
        done = self._run("manage.py", *command)
        said = done.stderr.decode()
        assert done.returncode == 1, f"{command}: {said[-2000:]}"
        assert "Traceback" not in said, said[-2000:]
        return said

    def run(self, module: str, *arguments: str | Path) -> Any:
        """What a module of the tests finds out, as JSON."""
        return json.loads(_printed(self._run("-m", module, *arguments)))

    def piped(self, *command: str | Path) -> bytes:
        """What a command writes into a pipe."""
        return _printed(
            subprocess.run(
                [sys.executable, *map(str, command)],
                cwd=self.program,
                env=_environment(self.url),
                stdin=subprocess.DEVNULL,
                capture_output=True,
                check=False,
                timeout=DEADLINE,
            )
        )

    def start(self, *command: str) -> subprocess.Popen[str]:
        """A command that goes on while others run; it ends with its standard input."""
        return subprocess.Popen(
            [sys.executable, *command],
            cwd=self.program,
            env=_environment(self.url),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def _run(self, *command: str | Path) -> subprocess.CompletedProcess[bytes]:
        return _ready(self.program).run([str(part) for part in command], self.url)


def _printed(done: subprocess.CompletedProcess[bytes]) -> bytes:
    assert not done.returncode, f"{done.args}, {done.returncode}: {done.stderr.decode()[-2000:]}"
    printed: bytes = done.stdout
    return printed


@cache
def _ready(program: Path) -> Ready:
    return Ready(program, _environment("sqlite:///nowhere"))


def _environment(url: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in NOT_OURS}
    ours = {"DATABASE_URL": url, "DEBUG": "0", "SECRET_KEY": SECRET_KEY}
    return {**kept, **ours, "DJANGO_SETTINGS_MODULE": "whiteboard.settings"}


def newer_program(folder: Path, migration: str) -> Path:
    """A copy of the program with one more migration of the boards."""
    for part in ("boards", "whiteboard"):
        shutil.copytree(ROOT / part, folder / part)
    # What settings and checks look for.
    for part in ("static", "locale", "templates"):
        (folder / part).mkdir()
    shutil.copy(ROOT / "manage.py", folder)
    newest = max(path.stem for path in (folder / "boards" / "migrations").glob("0*.py"))
    text = migration.replace("NEWEST", newest)
    (folder / "boards" / "migrations" / "9999_newer.py").write_text(text)
    return folder


def rows_of(backup: Path) -> Rows:
    """Everything in a backup, by model, in the order of the rows' own text."""
    found: Rows = {}
    for fields, row in _named(backup):
        found.setdefault(fields.model, []).append(dict(zip(fields.fields, row, strict=True)))
    return {model: sorted(rows, key=json.dumps) for model, rows in found.items()}


def _named(backup: Path) -> Iterator[tuple[Table, list[Any]]]:
    table: Table | None = None
    for line in read(backup):
        if isinstance(line, Table):
            table = line
        elif isinstance(line, list) and table is not None:
            yield table, line
