"""Where files are kept: in the database, unless the settings name another storage.

Django's own interface of storages, so that whatever django-storages has for one can take its place
(`STORAGES["boards"]`).
"""

from __future__ import annotations

import io
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import IO, Any, Final

from django.conf import settings
from django.core.files import File
from django.core.files.base import File as AnyFile
from django.core.files.storage import Storage, storages
from django.db.models import Sum
from django.db.models.functions import Length
from django.utils import timezone

from boards.models import Piece

ALIAS: Final = "boards"
"""In STORAGES."""
PIECE_BYTES: Final = 256 * 1024
"""A row that no database minds; small enough that nobody who draws waits for one to be written. For
readers a shorter piece is the last: with another size, files that are there end too soon."""
NAMES_AT_ONCE: Final = 500
_WHEN: Final = "%Y%m%dT%H%M"


class DatabaseStorage(Storage):
    """Files as rows of pieces. A backup of the database has them too."""

    def _open(self, name: str, mode: str = "rb") -> AnyFile[bytes]:
        if mode != "rb":
            raise ValueError(f"files of boards are opened to be read, not with mode {mode!r}")
        return File(io.BufferedReader(_Pieces(name), PIECE_BYTES), name)

    def _save(self, name: str, content: AnyFile[bytes]) -> str:
        """Each piece by itself: a transaction of 20 MB would keep others from drawing.

        The first piece comes last: with it the file is there, and whole. Who writes the same name
        at the same moment writes the same file.
        """
        size = content.seek(0, io.SEEK_END)
        for number in range(max(0, size - 1) // PIECE_BYTES, -1, -1):
            content.seek(number * PIECE_BYTES)
            piece = Piece(name=name, number=number, content=content.read(PIECE_BYTES))
            Piece.objects.bulk_create([piece], ignore_conflicts=True)
        return name

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        return name

    def delete(self, name: str) -> None:
        Piece.objects.filter(name=name).delete()

    def exists(self, name: str) -> bool:
        return Piece.objects.filter(name=name, number=0).exists()

    def size(self, name: str) -> int:
        if not self.exists(name):
            raise FileNotFoundError(f"there is no file {name}")
        found = Piece.objects.filter(name=name).aggregate(bytes=Sum(Length("content")))
        return int(found["bytes"])

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        """Also what a crash has left without its first piece."""
        names = Piece.objects.filter(name__startswith=path).order_by("name").distinct()
        return [], list(names.values_list("name", flat=True))


class _Pieces(io.RawIOBase):
    """The pieces of a file one after the other, never more than one of them in memory.

    As few questions as can be: a small picture is one piece, and each question a tenth of its cost.
    """

    def __init__(self, name: str) -> None:
        first = _piece(name, 0)
        if first is None:
            raise FileNotFoundError(f"there is no file {name}")
        self._name = name
        self._number = 0
        self._rest = memoryview(first)
        self._is_last = len(first) < PIECE_BYTES

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if not self._rest and not self._is_last:
            self._rest = self._next()
        part = self._rest[: len(buffer)]
        buffer[: len(part)] = part
        self._rest = self._rest[len(part) :]
        return len(part)

    def _next(self) -> memoryview:
        self._number += 1
        content = _piece(self._name, self._number) or b""
        self._is_last = len(content) < PIECE_BYTES
        return memoryview(content)


def _piece(name: str, number: int) -> bytes | memoryview[int] | None:
    rows = Piece.objects.filter(name=name, number=number)
    return rows.values_list("content", flat=True).first()


def storage() -> Storage:
    """The one that the settings name, or else the database's."""
    return storages[ALIAS] if ALIAS in settings.STORAGES else DatabaseStorage()


def is_in_the_database() -> bool:
    return isinstance(storage(), DatabaseStorage)


# -- names -----------------------------------------------------------------------------------------


def new_name() -> str:
    """Random, so that nothing can be guessed from it (S10), behind the minute in which it was made:
    what a crash has left over is told from what is just being written."""
    return f"{timezone.now().astimezone(UTC):{_WHEN}}-{secrets.token_hex(16)}"


def is_older(name: str, age: timedelta) -> bool:
    """False where it is no name of ours."""
    try:
        made = datetime.strptime(name.partition("-")[0], _WHEN).replace(tzinfo=UTC)
    except ValueError:
        return False
    return made < timezone.now() - age


def variant_name(name: str, side: int) -> str:
    return f"{name}.{side}"


def name_of_whole(name: str) -> str:
    """Of what this is a variant, or itself."""
    return name.partition(".")[0]


def parts_of(name: str) -> Iterator[bytes]:
    """The file's content; raises FileNotFoundError at once where there is none."""
    file = storage().open(name, "rb")
    return _read(file)


def _read(file: IO[bytes] | AnyFile[bytes]) -> Iterator[bytes]:
    with file:
        while part := file.read(PIECE_BYTES):
            yield part
