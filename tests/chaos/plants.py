"""What is planted into a started server: bugs that the suite has to find, and a disk that fills up.

Each is a function that puts something over the product's own; `plant_server` calls it before the
server starts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

UNLIMITED_PAGES: Final = 4_294_967_294
"""SQLite's own limit."""


def disk() -> None:
    """No bug: while a file named `disk-full` lies beside the database, it can't grow (F9).

    `max_page_count` belongs to a connection, so it is set by the thread that commits, each time.
    """
    from django.conf import settings
    from django.db import connection

    from boards import store

    from .world import FULL_DISK

    full = Path(settings.DATABASES["default"]["NAME"]).parent / FULL_DISK
    commit = store.commit

    def commit_while_there_is_room(*args: Any, **kwargs: Any) -> Any:
        # 1 means "no more than there are".
        pages = 1 if full.exists() else UNLIMITED_PAGES
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA max_page_count = {pages}")
        return commit(*args, **kwargs)

    store.commit = commit_while_there_is_room


PLANTS: Final[Mapping[str, Callable[[], None]]] = {"disk": disk}
