"""Starts the server with things planted into it: `python -m tests.chaos.plant_server disk serve …`.

The product has no hook for this: what is planted is put over its functions before it starts.
"""

from __future__ import annotations

import os
import sys

from .plants import PLANTS


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "whiteboard.settings")
    import django
    from django.core.management import execute_from_command_line

    django.setup()
    names = [name for name in sys.argv[1:] if name in PLANTS]
    for name in names:
        PLANTS[name]()
    execute_from_command_line(["manage.py", *sys.argv[1 + len(names) :]])


if __name__ == "__main__":
    main()
