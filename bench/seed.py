"""Makes guests and boards in bulk in the database that the environment names; prints JSON.

Run as a program of its own beside the server, so that the server measured has done nothing else.
"""

from __future__ import annotations

import json
import os
import sys
from importlib import import_module


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "whiteboard.settings")
    import django

    django.setup()
    people, boards = int(sys.argv[1]), int(sys.argv[2])
    json.dump(seeded(people, boards), sys.stdout)


def seeded(people: int, boards: int) -> dict[str, list[str]]:
    from django.conf import settings
    from django.db import transaction

    from boards.models import Board, Person
    from boards.people import SESSION_KEY

    engine = import_module(settings.SESSION_ENGINE)
    cookies = []
    with transaction.atomic():
        persons = Person.objects.bulk_create(Person(name=f"guest {i}") for i in range(people))
        for person in persons:
            session = engine.SessionStore()
            session[SESSION_KEY] = person.pk
            session.create()
            # `create` makes the row, `save` puts the content in.
            session.save()
            cookies.append(f"{settings.SESSION_COOKIE_NAME}={session.session_key}")
        owner = persons[0]
        made = Board.objects.bulk_create(
            Board(title=f"bench {i}", owner=owner) for i in range(boards)
        )
    return {"cookies": cookies, "boards": [str(board.pk) for board in made]}


if __name__ == "__main__":
    main()
