"""Makes a board of a file that was read: all of it, or none."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from boards.assets.keeping import keep, received
from boards.deeds import Actor
from boards.deletion import delete_for_good
from boards.duplicates import draw
from boards.models import TITLE_LENGTH, Board, Person, Visit
from boards.names import clean_line
from boards.options import option

from .reading import BoardFile, content_of


@dataclass(frozen=True)
class Made:
    """What has become of a file."""

    board: Board
    elements: int
    missing: int
    """Pictures that elements name and the file did not have."""


def make_board(given: BoardFile, person: Person | None, actor: Actor) -> Made:
    """Raises FileRefusedError for its pictures. It waits in the trash until it is whole."""
    member = person is not None and person.user_id is not None
    board = Board.objects.create(
        owner=person,
        title=clean_line(given.title, TITLE_LENGTH),
        paper=given.paper.value,
        audience=option("MEMBER_BOARD_AUDIENCE" if member else "GUEST_BOARD_AUDIENCE"),
        trashed=timezone.now(),
    )
    elements, named = len(given.elements), given.named()
    number = None if person is None else person.pk
    try:
        for key in named & given.assets.keys():
            incoming = received(content_of(given.assets[key]))
            with incoming.file:
                keep(board, number, incoming, key)
        draw(board, number, given.elements)
    except BaseException:
        delete_for_good([board.pk], actor)
        raise
    if person is not None:
        Visit.objects.create(board=board, person=person)
    Board.objects.filter(pk=board.pk).update(trashed=None)
    board.refresh_from_db()
    return Made(board, elements, len(named - given.assets.keys()))
