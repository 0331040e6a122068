"""Pictures and documents of a board for programs, and whole boards as files."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.http.response import HttpResponseBase
from django.urls import reverse

from boards import models
from boards.access import Action
from boards.assets.refusals import RETRY_SECONDS, FileRefusedError
from boards.exchange import views as exchange
from boards.exchange.reading import NoBoardFileError
from boards.uploads import views as uploads

from . import shapes
from .asking import Asked, ProblemError, too_many

LISTED_MAX: Final = 10_000


def list_assets(asked: Asked, board_id: uuid.UUID) -> shapes.Assets:
    board, _ = asked.board(board_id)
    rows = models.Asset.objects.filter(board=board).select_related("blob").order_by("pk")
    return shapes.Assets(assets=[_told(asset) for asset in rows[:LISTED_MAX]])


def add_asset(asked: Asked, board_id: uuid.UUID) -> shapes.Asset:
    board, _ = asked.board(board_id, Action.DRAW)
    with told_as_problems():
        return _told(uploads.taken(asked.request, board, asked.person))


def get_asset(asked: Asked, board_id: uuid.UUID, asset: str) -> HttpResponseBase:
    board, _ = asked.board(board_id)
    query: shapes.Side = asked.query
    return _unkept(uploads.shown(board, asset, str(query.side)))


def get_file(asked: Asked, board_id: uuid.UUID) -> HttpResponseBase:
    board, _ = asked.board(board_id)
    return _unkept(exchange.as_file(board))


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


@contextmanager
def told_as_problems() -> Iterator[None]:
    try:
        yield
    except FileRefusedError as refused:
        if refused.status == 429:
            raise too_many(seconds=RETRY_SECONDS) from None
        raise ProblemError(refused.status, refused.code, refused.detail) from None
    except NoBoardFileError as error:
        raise ProblemError(error.status, error.code, str(error)) from None


def _told(asset: models.Asset) -> shapes.Asset:
    return shapes.Asset(**uploads.told(asset))


def _unkept(response: HttpResponseBase) -> HttpResponseBase:
    response.headers["Cache-Control"] = "no-store, private"
    return response
