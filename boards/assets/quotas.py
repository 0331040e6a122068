"""How much is kept: of a board, of a person, of the site; counted where it is kept."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet, Sum

from boards.models import Blob
from boards.options import option

from .refusals import FileRefusedError


def bytes_of_board(board: UUID) -> int:
    """Each content once."""
    return _bytes(Blob.objects.filter(assets__board=board).distinct())


def bytes_of_person(person: int) -> int:
    """What they brought, each content once on however many boards."""
    return _bytes(Blob.objects.filter(assets__person=person).distinct())


def bytes_of_site() -> int:
    return _bytes(Blob.objects.all())


def _bytes(blobs: QuerySet[Blob]) -> int:
    return int(blobs.aggregate(bytes=Sum("size"))["bytes"] or 0)


def check(board: UUID, person: int | None, size: int, *, is_new: bool) -> None:
    """Raises where so much more is too much. A content that is there costs the site nothing.

    Uploads at the same moment don't see each other: a quota is passed by at most as many files as
    are under way.
    """
    most: int = option("ASSET_BOARD_BYTES_MAX")
    if most and bytes_of_board(board) + size > most:
        raise FileRefusedError("quota_board")
    most = option("ASSET_PERSON_BYTES_MAX")
    if most and person is not None and bytes_of_person(person) + size > most:
        raise FileRefusedError("quota_person")
    most = option("ASSET_SITE_BYTES_MAX")
    if most and is_new and bytes_of_site() + size > most:
        raise FileRefusedError("quota_site")
