"""Keeps what people bring: looked at, stored once by content, on a board under an id.

The file is written before the row that names it, and the row before anybody is answered: a crash
leaves at most a file that nobody names, which `sweeping` finds.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from typing import IO, Final
from uuid import UUID

from django.core.files import File
from django.core.files.base import File as AnyFile
from django.db import IntegrityError, transaction

from boards.models import Asset, Blob, Board, new_transaction_id
from boards.options import option

from . import documents, pictures, quotas
from .refusals import FileRefusedError
from .rewriting import SIDES, Prepared
from .storage import new_name, parts_of, storage, variant_name

IN_MEMORY: Final = 1024 * 1024
TRIES: Final = 3
"""Where a content is swept away, or comes from somebody else, at the same moment."""


@dataclass
class Incoming:
    """A file as it came, not looked at yet."""

    file: IO[bytes]
    digest: str
    size: int


def received(parts: Iterable[bytes]) -> Incoming:
    """Reads no farther than it takes to know that it is too much. Whoever takes it closes it."""
    file = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115  # as just said
    try:
        return _received(parts, file)
    except BaseException:
        file.close()
        raise


def _received(parts: Iterable[bytes], file: IO[bytes]) -> Incoming:
    most: int = option("ASSET_BYTES_MAX")
    digest, size = sha256(), 0
    for part in parts:
        size += len(part)
        if size > most:
            raise FileRefusedError("too_big")
        digest.update(part)
        file.write(part)
    return Incoming(file, digest.hexdigest(), size)


def keep(board: Board, person: int | None, incoming: Incoming, key: str = "") -> Asset:
    """The asset of this content on the board; the one that is there already, if there is one.

    With `key` under that id, whatever else shows the same. Raises FileRefusedError.
    """
    for tries_left in reversed(range(TRIES)):
        known = Blob.objects.filter(digest=incoming.digest).first()
        there = _on_board(board.pk, known, key)
        if there is not None and storage().exists(there.blob.stored):
            return there
        try:
            return _kept(board, person, incoming, known, key)
        except IntegrityError:
            if not tries_left:
                raise
    raise AssertionError("the last try returns or raises")


def _on_board(board: UUID, blob: Blob | None, key: str) -> Asset | None:
    if blob is None:
        return None
    rows = Asset.objects.filter(board=board, blob=blob).select_related("blob")
    return (rows.filter(key=key) if key else rows).order_by("pk").first()


def _kept(
    board: Board, person: int | None, incoming: Incoming, known: Blob | None, key: str
) -> Asset:
    if known is not None and storage().exists(known.stored):
        quotas.check(board.pk, person, known.size, is_new=False)
        return _placed(board, person, known, key)
    if known is None:
        # Before the work; once more when it is known how much it has become.
        quotas.check(board.pk, person, 0, is_new=True)
    ready = _prepared(incoming)
    size = ready.file.seek(0, 2)
    if size > 2 * option("ASSET_BYTES_MAX"):
        raise FileRefusedError("too_big")
    if known is None:
        quotas.check(board.pk, person, size, is_new=True)
    stored = _stored(ready, known.stored if known else new_name())
    if known is None:
        known = _named(incoming, ready, stored, size)
    return _placed(board, person, known, key)


def _prepared(incoming: Incoming) -> Prepared:
    incoming.file.seek(0)
    head = incoming.file.read(pictures.HEAD_BYTES)
    if documents.is_pdf(head):
        return documents.prepared(incoming.file)
    kind = pictures.format_of(head)
    if kind is None:
        raise FileRefusedError("unknown_type")
    return pictures.prepared(incoming.file, kind)


def _stored(ready: Prepared, name: str) -> str:
    for side, small in ready.variants.items():
        storage().save(variant_name(name, side), File(small))
    ready.file.seek(0)
    return storage().save(name, File(ready.file))


def _named(incoming: Incoming, ready: Prepared, stored: str, size: int) -> Blob:
    """The row of a stored file; somebody else's where they were first with the same content."""
    blob, made = Blob.objects.get_or_create(
        digest=incoming.digest,
        defaults={
            "stored": stored,
            "media": ready.media,
            "size": size,
            "width": ready.width,
            "height": ready.height,
            "pages": ready.pages,
        },
    )
    if not made:
        delete_files(stored)
    return blob


@transaction.atomic
def _placed(board: Board, person: int | None, blob: Blob, key: str) -> Asset:
    """Raises IntegrityError where the content has been swept away meanwhile."""
    # Held, so that no sweep takes it between this moment and the asset that needs it.
    if not Blob.objects.select_for_update().filter(pk=blob.pk).exists():
        raise IntegrityError("the content was swept away")
    there = _on_board(board.pk, blob, key)
    if there is not None:
        return there
    return Asset.objects.create(
        board=board, key=key or new_transaction_id(), blob=blob, person_id=person
    )


# -- reading ---------------------------------------------------------------------------------------


def asset_of(board: UUID, key: str) -> Asset | None:
    return Asset.objects.filter(board=board, key=key).select_related("blob").first()


def variant_of(blob: Blob, side: int) -> Iterator[bytes] | None:
    """The smaller picture of this side, made where it isn't there; None where none is smaller."""
    if side not in SIDES or blob.media == documents.MEDIA or max(blob.width, blob.height) <= side:
        return None
    name = variant_name(blob.stored, side)
    try:
        return parts_of(name)
    except FileNotFoundError:
        pass
    with _larger(blob, side) as file:
        small = pictures.variant(file, side)
    if small is None:
        return None
    storage().save(name, File(small))
    return parts_of(name)


def _larger(blob: Blob, side: int) -> AnyFile[bytes]:
    """The smallest that is there, from which one of this side takes the least to make."""
    for larger in SIDES:
        if side < larger < max(blob.width, blob.height):
            with suppress(FileNotFoundError):
                return storage().open(variant_name(blob.stored, larger), "rb")
    return storage().open(blob.stored, "rb")


def delete_files(stored: str) -> None:
    """A content's file, and the smaller ones made of it."""
    for name in (*(variant_name(stored, side) for side in SIDES), stored):
        storage().delete(name)
