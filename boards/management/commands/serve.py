"""Serves for real: daphne without DEBUG, after `make build`. `make serve` does both."""

from __future__ import annotations

from typing import Any

from daphne.endpoints import build_endpoint_description_strings
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from boards import addresses
from boards.serving import BoardServer


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, host: str, port: int, **options: Any) -> None:
        if settings.DEBUG or settings.DEVELOPMENT:
            raise CommandError(
                "serve is for production: set DEBUG=0 and SECRET_KEY, or: make serve"
            )
        # Only here, because it loads the boards: a wrong setting should be told before.
        from whiteboard.asgi import application

        server = BoardServer(
            application=application,
            endpoints=build_endpoint_description_strings(host=host, port=port),
            ready_callable=lambda: self._say_where(host, port),
        )
        server.run()
        if server.abort_start:
            raise CommandError(f"can't listen on {host}:{port}. Is it in use? Try PORT=8001")

    def _say_where(self, host: str, port: int) -> None:
        """The server listens: what to type here, or on a phone in the same network."""
        for link in addresses.links(host, port):
            self.stdout.write(f"The whiteboard is on {link}")
        self.stdout.flush()
