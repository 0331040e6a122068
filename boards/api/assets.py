"""Pictures and documents of a board, for programs."""

from __future__ import annotations

import uuid
from typing import Final

from django.http.response import HttpResponseBase

from boards import models
from boards.access import Action
from boards.uploads import views as uploads

from . import shapes
from .asking import Asked
from .bodies import told_as_problems, unkept

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
    return unkept(uploads.shown(board, asset, str(query.side)))


def _told(asset: models.Asset) -> shapes.Asset:
    return shapes.Asset(**uploads.told(asset))
