"""Tells the open boards what pages and the admin have changed."""

from __future__ import annotations

import uuid

from . import protocol


def announce_board(board_id: uuid.UUID) -> None:
    """The title, the trash or a name on this board has changed: its people are told."""


def announce_person(person_id: int) -> None:
    """This person has another name now: whoever is on a board with them is told."""


def submit_from_outside(
    board_id: uuid.UUID, person_id: int | None, changes: list[protocol.Change]
) -> None:
    """Commits a transaction that no open board has sent; people on the board see it live."""
