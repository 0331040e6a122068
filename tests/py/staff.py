"""Staff in front of the admin, with all rights or with few; and boards that somebody is on."""

from __future__ import annotations

import json
from typing import Any

from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from boards.load import Connection, Counted, Meter
from boards.models import Board, Person, ServerProcess

from .test_load import Open

ADDRESS = "192.0.2.1"


class Staff(Client):
    """Somebody signed in to the admin. Without permissions named: a superuser."""

    def __init__(self, *permissions: str, name: str = "root") -> None:
        super().__init__()
        # No password, since hashing one takes longer than most tests.
        user = User.objects.create_user(name, is_staff=True, is_superuser=not permissions)
        user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
        self.force_login(user)

    def page(self, view: str, *about: object, **query: Any) -> str:
        """The text of a page of the admin, by the name of its view."""
        answer = self.get(address(view, *about), query)
        assert answer.status_code == 200, answer
        return answer.content.decode()

    def does(self, board: Board, deed: str, **said: Any) -> str:
        """Presses a button of the board's page; returns the page that follows."""
        answer = self.post(address("board_deed", board.pk), {"deed": deed, **said}, follow=True)
        assert answer.status_code == 200, answer
        return answer.content.decode()


def address(view: str, *about: object) -> str:
    return reverse(f"admin:boards_{view}", args=about)


def is_on(board: Board, *people: Person, transactions: int = 0) -> None:
    """A process says that these people are on the board."""
    here = [Connection(person.pk, ADDRESS, 5) for person in people]
    load = Meter().read({board.pk: Open(Counted(transactions, 100 * transactions, 0), here)})
    lane = ServerProcess.objects.count()
    ServerProcess.objects.create(
        origin=f"p{lane}", lane=lane, host="h", pid=lane, shared_layer=True, load=json.dumps(load)
    )
