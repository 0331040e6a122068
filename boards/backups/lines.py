"""The file: gzip'ed lines of JSON, the last of which says how many rows there are, and a checksum.

A header; then for each table a line with its fields, and a line for each row; then the end. Only
types of JSON, so that the file says nothing about the database that it came from.
"""

from __future__ import annotations

import gzip
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import IO, Any, Final

import msgspec
from msgspec import Struct

FORMAT: Final = 1
"""Of the lines below. What the tables look like is said by the migrations in the header."""
GZIP_LEVEL: Final = 1
"""Points are dense: level 6 takes thrice the time for 4 % less, and people draw meanwhile."""
LONGEST_LINE: Final = 64 * 1024 * 1024
"""Bytes. No row comes near; without a bound a foreign file could be one endless line."""

Row = list[Any]


class BackupError(Exception):
    """Why a backup was not made or not restored, in a sentence."""


class Beginning(Struct, frozen=True, tag="whiteboard-backup", tag_field="line"):
    """What of the first line is understood in all formats, also future ones."""

    format: int


class Header(Beginning, frozen=True, tag="whiteboard-backup", tag_field="line"):
    made: datetime
    schema: int
    """The newest version of kinds and properties that its maker knew (R15)."""
    migrations: dict[str, list[str]]
    """Those applied, by app: what the tables looked like."""
    key: str
    """A fingerprint of the SECRET_KEY: under another one its sessions are worth nothing."""


class Table(Struct, frozen=True, tag="table", tag_field="line"):
    model: str
    fields: list[str]
    numbered: int
    """The highest number that a row of it ever had, so that none is given again; 0 for none."""


class End(Struct, frozen=True, tag="end", tag_field="line"):
    rows: dict[str, int]
    sha256: str
    """Of all lines before this one."""


class Writer:
    """Writes the lines; keeps count and checksum."""

    def __init__(self, out: IO[bytes]) -> None:
        # Without a name and a time in it: the same contents are the same bytes.
        self._file = gzip.GzipFile("", "wb", GZIP_LEVEL, out, mtime=0)
        self._encode = msgspec.json.Encoder().encode
        self._checksum = sha256()
        self._model = ""
        self.rows: Counter[str] = Counter()

    def header(self, header: Header) -> None:
        self._write(header)

    def table(self, table: Table) -> None:
        self._model = table.model
        self.rows[table.model] = 0
        self._write(table)

    def row(self, row: Row) -> None:
        self.rows[self._model] += 1
        self._write(row)

    def end(self) -> None:
        self._write(End(rows=dict(self.rows), sha256=self._checksum.hexdigest()))
        self._file.close()

    def _write(self, line: Header | Table | Row | End) -> None:
        text = self._encode(line) + b"\n"
        self._checksum.update(text)
        self._file.write(text)


@dataclass(frozen=True, slots=True)
class Checked:
    """A backup that has been read from end to end and is whole."""

    path: Path
    header: Header
    rows: Mapping[str, int]
    sha256: str


def check(path: Path) -> Checked:
    """Reads the whole file; raises if it is no backup, or not all of one."""
    header: Header | None = None
    for line in read(path):
        if isinstance(line, Header):
            header = line
        elif isinstance(line, End) and header is not None:
            return Checked(path, header, line.rows, line.sha256)
    raise AssertionError("read() ends with the end, or raises")


def read(path: Path) -> Iterator[Header | Table | Row | End]:
    """The lines in their order; raises where the file is not what its end says."""
    try:
        with gzip.open(path) as file:
            yield from _lines(file)
    except (EOFError, zlib.error) as error:
        raise BackupError(f"{path} is damaged or cut off: {error}.") from error
    except gzip.BadGzipFile as error:
        raise BackupError(f"{path} is no backup, or damaged: {error}.") from error
    except OSError as error:
        raise BackupError(f"{path} can't be read: {error.strerror or error}.") from error
    except msgspec.MsgspecError as error:
        raise BackupError(f"{path} is no backup, or damaged: {error}.") from error


_decode_beginning: Final = msgspec.json.Decoder(Beginning).decode
_decode_header: Final = msgspec.json.Decoder(Header).decode
_decode_other: Final = msgspec.json.Decoder(Table | End).decode
_decode_row: Final = msgspec.json.Decoder(Row).decode


def _lines(file: gzip.GzipFile) -> Iterator[Header | Table | Row | End]:
    checksum = sha256()
    rows: Counter[str] = Counter()
    table: Table | None = None
    text = file.readline(LONGEST_LINE)
    yield _header(text)
    checksum.update(text)
    while text := file.readline(LONGEST_LINE):
        line = _decode_row(text) if text.startswith(b"[") else _decode_other(text)
        match line:
            case End():
                _compare(line, rows, checksum.hexdigest())
                if file.read(1):
                    raise BackupError("there is something behind the backup's end.")
                yield line
                return
            case Table():
                table = line
                rows[table.model] += 0
            case _ if table is None or len(line) != len(table.fields):
                raise BackupError("the backup is damaged: a row does not fit its table.")
            case _:
                rows[table.model] += 1
        checksum.update(text)
        yield line
    raise BackupError("the backup is cut off: its end is missing.")


def _header(text: bytes) -> Header:
    if not text:
        raise BackupError("the file is empty.")
    found = _decode_beginning(text).format
    if found != FORMAT:
        raise BackupError(
            f"this backup has format {found}, and this version of the whiteboard knows {FORMAT}. "
            "Restore it with the version that made it."
        )
    return _decode_header(text)


def _compare(end: End, rows: Mapping[str, int], checksum: str) -> None:
    if end.sha256 != checksum:
        raise BackupError("the backup is damaged: its checksum differs.")
    if end.rows != rows:
        raise BackupError("the backup is damaged: rows are missing or too many.")
