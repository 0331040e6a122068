"""A whole whiteboard: PostgreSQL, Redis, several processes of ours, and nginx before them."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Self

from .app import App, ServerName, Setup, run_python
from .nginx import Nginx
from .postgres import Postgres
from .processes import PROJECT, StartError, free_port, remove_folder, temporary_folder
from .redis import Redis


class Stack:
    """`with Stack() as stack:` has everything running, with an empty, migrated database."""

    def __init__(
        self,
        processes: int = 2,
        server: ServerName = "daphne",
        *,
        port: int | None = None,
        tls_port: int | None = None,
        only_tls: bool = False,
        fsync: bool = True,
        data: Path | None = None,
        secret_key: str = "",
        project: Path = PROJECT,
    ) -> None:
        """`tls_port` 0 is without TLS. With `only_tls` the site is https, and http leads there.

        `data` keeps the database; `project` is a copy of ours to be served, if not this one.
        """
        self.folder = temporary_folder("stack")
        self.postgres = Postgres(data, fsync=fsync)
        self.redis = Redis()
        self._ports = [free_port() for _ in range(processes)]
        self.nginx = Nginx(self._ports, port=port, tls_port=tls_port, only_tls=only_tls)
        self.apps: list[App] = []
        self._server: ServerName = server
        self._only_tls = only_tls
        self._secret_key = secret_key or secrets.token_urlsafe(48)
        self._project = project
        self._setup: Setup | None = None

    def __enter__(self) -> Self:
        try:
            return self.start()
        except BaseException:
            self.close()
            raise

    def __exit__(self, *_: object) -> None:
        self.close()

    # -- its life ----------------------------------------------------------------------------------

    def start(self) -> Self:
        self.postgres.start()
        self.redis.start()
        self._setup = Setup(
            database_url=self.postgres.url,
            redis_url=self.redis.url,
            secret_key=self._secret_key,
            folder=self.folder,
            origins=self.origins,
            proxies=1,
        )
        self.migrate()
        self.apps = [self._app(number, port) for number, port in enumerate(self._ports)]
        for app in self.apps:
            app.start()
        for app in self.apps:
            app.wait_ready()
        self.nginx.start()
        return self

    def close(self) -> None:
        """Stops all of it, those in front first."""
        self.nginx.close()
        for app in self.apps:
            app.stop()
        self.redis.close()
        self.postgres.close()
        remove_folder(self.folder)

    def rolling_restart(self, told: Callable[[str], None] = lambda _: None) -> None:
        """A deploy: one process after the other is replaced while the others serve."""
        for number, app in enumerate(self.apps):
            others = [port for port in self._ports if port != app.port]
            # The only one stays in: its clients wait for it.
            self.nginx.reload(others or self._ports)
            app.stop()
            app.start()
            app.wait_ready()
            self.nginx.reload(self._ports)
            told(f"process {number + 1} of {len(self.apps)} is a new one")

    # -- what stands in it -------------------------------------------------------------------------

    @property
    def address(self) -> str:
        return self.nginx.address

    @property
    def tls_address(self) -> str:
        return self.nginx.tls_address

    @property
    def origins(self) -> tuple[str, ...]:
        """The first decides whether cookies and redirects are those of https."""
        both = [origin for origin in (self.address, self.tls_address) if origin]
        return tuple(reversed(both) if self._only_tls else both)

    @property
    def environment(self) -> dict[str, str]:
        """What its processes have, for commands beside them."""
        if self._setup is None:
            raise StartError("the stack has not been started")
        return self._setup.environment()

    def migrate(self) -> None:
        self.manage("migrate", "--verbosity", "0")

    def manage(self, *command: str) -> str:
        """What a command of manage.py prints."""
        return run_python(["manage.py", *command], self.environment, self._project).stdout

    def seed(self, people: int, boards: int) -> tuple[list[str], list[str]]:
        """Cookies of new guests and ids of new boards."""
        arguments = ["-m", "bench.seed", str(people), str(boards)]
        made = json.loads(run_python(arguments, self.environment).stdout)
        return made["cookies"], made["boards"]

    def logs(self) -> str:
        """What the server processes have complained about."""
        return "\n".join(app.log.read_text() for app in self.apps if app.log.exists())

    def _app(self, number: int, port: int) -> App:
        log = self.folder / f"app-{number + 1}.log"
        return App(port, self.environment, self._server, log=log, project=self._project)
