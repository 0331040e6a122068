"""One server process that faults happen to; waiting for it holds up no client."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path

from cluster.app import App, ServerName
from cluster.processes import free_port


class PlantedApp(App):
    """The server with bugs planted into it."""

    plants: Sequence[str] = ()

    def _arguments(self) -> list[str]:
        _, *command = super()._arguments()
        return ["-m", "tests.chaos.plant_server", *self.plants, *command]


class Server:
    """See the module."""

    def __init__(
        self,
        name: str,
        folder: Path,
        env: Mapping[str, str],
        plants: Sequence[str] = (),
        server: ServerName = "daphne",
    ) -> None:
        self.name = name
        self.up = False
        """Whether a proxy in front would send anybody here."""
        log = folder / f"{name}.log"
        if plants:
            planted = PlantedApp(free_port(), env, log=log)
            planted.plants = plants
            self._app: App = planted
        else:
            self._app = App(free_port(), env, server, log=log)

    @property
    def port(self) -> int:
        return self._app.port

    async def start(self) -> None:
        """Returns when it is ready."""
        await asyncio.to_thread(self._app.start)
        await asyncio.to_thread(self._app.wait_ready)
        self.up = True

    async def kill(self) -> None:
        self.up = False
        await asyncio.to_thread(self._app.kill)

    async def terminate(self) -> None:
        self.up = False
        await asyncio.to_thread(self._app.stop)

    async def freeze(self) -> None:
        self.up = False
        await asyncio.to_thread(self._app.freeze)

    async def thaw(self) -> None:
        await asyncio.to_thread(self._app.thaw)
        self.up = True

    def close(self) -> None:
        self.up = False
        self._app.stop()

    def log_text(self) -> str:
        log = self._app.log
        return log.read_text(errors="replace") if log.exists() else ""
