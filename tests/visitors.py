"""Visitors for tests of pages: a browser of their own, and mostly a name."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse

from boards.models import Board, Person
from boards.people import SESSION_KEY


class Visitor(Client):
    """Somebody with a browser; with a nickname they are a person, as on the real pages."""

    def __init__(self, name: str = "", **options: Any) -> None:
        super().__init__(**options)
        if name:
            answer = self.post(reverse("nickname"), {"name": name})
            assert answer.status_code == 302, answer

    @property
    def person(self) -> Person:
        return Person.objects.get(pk=self.session[SESSION_KEY])

    def new_board(self, title: str = "") -> Board:
        answer = self.post(reverse("new-board"))
        board = Board.objects.get(pk=answer.headers["Location"].split("/")[2])
        if title:
            self.post(reverse("title", args=[board.pk]), {"title": title})
        board.refresh_from_db()
        return board

    def opens(self, board: Board) -> int:
        """The status of the board's page."""
        return self.get(reverse("board", args=[board.pk])).status_code
