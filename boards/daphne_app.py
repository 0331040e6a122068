"""daphne as an installed app that costs nothing until something is served."""

from __future__ import annotations

from django.apps import AppConfig


class DaphneConfig(AppConfig):
    """In place of daphne's own, which loads all of Twisted into every command: a third of its time.

    Twisted is loaded by what serves, and our `runserver` takes the place of daphne's.
    """

    name = "daphne"
    verbose_name = "Daphne"
