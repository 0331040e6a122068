"""Whole boards as files, for programs."""

from __future__ import annotations

import uuid

from django.http.response import HttpResponseBase
from django.urls import reverse

from boards.exchange import views as exchange

from . import shapes
from .asking import Asked
from .bodies import told_as_problems, unkept


def get_file(asked: Asked, board_id: uuid.UUID) -> HttpResponseBase:
    board, _ = asked.board(board_id)
    return unkept(exchange.as_file(board))


def import_board(asked: Asked) -> shapes.Imported:
    with told_as_problems():
        made = exchange.imported(asked.request, asked.person)
    address = reverse("board", args=[made.board.pk])
    return shapes.Imported(
        board=str(made.board.pk),
        address=asked.request.build_absolute_uri(address),
        elements=made.elements,
        missing=made.missing,
    )
