"""The browser of a person that a test has already."""

from __future__ import annotations

from django.test import Client

from boards.models import Person
from boards.people import SESSION_KEY


class Browser(Client):
    """Whoever it is has a session, as by the page that asks for a nickname."""

    def __init__(self, person: Person) -> None:
        super().__init__()
        session = self.session
        session[SESSION_KEY] = person.pk
        session.save()
