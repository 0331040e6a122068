"""Daphne's development server, after the npm modules and the catalogues are up to date."""

from __future__ import annotations

import os
from typing import Any

from daphne.management.commands.runserver import Command as DaphneRunserver
from django.core.management import call_command
from django.core.management.base import CommandError

from boards.browser import BrowserError, ensure_modules
from boards.serving import BoardServer


class Command(DaphneRunserver):
    help = __doc__
    server_cls = BoardServer

    def handle(self, *args: Any, **options: Any) -> None:
        # The reloader starts this command again in a child for every change: once is enough.
        if os.environ.get("RUN_MAIN") != "true":
            try:
                ensure_modules()
            except BrowserError as error:
                raise CommandError(str(error)) from error
            call_command("compile_catalogues", verbosity=0)
        super().handle(*args, **options)
