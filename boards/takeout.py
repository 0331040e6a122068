"""All that is kept of a person, as one ZIP on disk: never more than a board of it in memory."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.core.serializers.json import DjangoJSONEncoder

from . import store
from .assets.storage import parts_of
from .batch import transaction_text
from .erasing import boards_with_ink_of
from .models import (
    Asset,
    Board,
    Comment,
    LibraryItem,
    Membership,
    Person,
    Token,
    Transaction,
    Visit,
)


def take_out(person: Person, account: dict[str, Any]) -> IO[bytes]:
    """Open at its beginning; the file is gone when it is closed."""
    file = tempfile.TemporaryFile()  # noqa: SIM115  # the response closes it
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        _add(archive, "profile.json", _profile(person, account))
        _add(archive, "boards.json", list(_boards(person)))
        _add(archive, "comments.json", list(_comments(person)))
        _add(archive, "library.json", list(_library(person)))
        _add_documents(archive, person)
        _add_assets(archive, person)
        _add_transactions(archive, person)
    file.seek(0)
    return file


def _add(archive: ZipFile, name: str, content: Any) -> None:
    text = json.dumps(content, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
    archive.writestr(name, text)


def _profile(person: Person, account: dict[str, Any]) -> dict[str, Any]:
    return {
        "number": person.pk,
        "name": person.name,
        "color": person.color,
        "first_seen": person.created,
        "last_seen": person.seen,
        **({"account": account} if account else {}),
        "access_tokens": _tokens(person),
    }


def _tokens(person: Person) -> list[dict[str, Any]]:
    """What they are for; the tokens themselves nobody has."""
    columns = ("name", "scopes", "created", "used", "expires", "revoked")
    return list(Token.objects.filter(person=person).order_by("pk").values(*columns))


def _boards(person: Person) -> Iterator[dict[str, Any]]:
    """Own ones, those they are a member of, and those they have been on."""
    roles = dict(Membership.objects.filter(person=person).values_list("board", "role"))
    visits = {
        visit.board_id: visit
        for visit in Visit.objects.filter(person=person).select_related("folder")
    }
    own = Board.objects.filter(owner=person).values_list("pk", flat=True)
    for board in Board.objects.filter(pk__in={*own, *roles, *visits}).order_by("created"):
        visit = visits.get(board.pk)
        yield {
            "id": board.pk,
            "title": board.title,
            "role": "owner" if board.owner_id == person.pk else roles.get(board.pk),
            "created": board.created,
            "last_change": board.changed,
            "in_the_trash_since": board.trashed,
            "last_opened": visit and visit.seen,
            "folder": visit and visit.folder and visit.folder.name,
        }


def _comments(person: Person) -> Iterator[dict[str, Any]]:
    said = Comment.objects.filter(author=person, removed=None).select_related("thread")
    for comment in said.order_by("at").iterator():
        yield {"board": comment.thread.board_id, "at": comment.at, "text": comment.text}


def _library(person: Person) -> Iterator[dict[str, Any]]:
    for item in LibraryItem.objects.filter(person=person).order_by("created").iterator():
        yield {"name": item.name, "created": item.created, **json.loads(item.body)}


def _add_assets(archive: ZipFile, person: Person) -> None:
    """What they brought, as it is stored; packed already, so it is not packed once more."""
    brought = Asset.objects.filter(person=person).select_related("blob")
    for asset in brought.order_by("pk").iterator():
        ending = asset.blob.media.rpartition("/")[2]
        try:
            parts = parts_of(asset.blob.stored)
        except FileNotFoundError:
            continue
        entry = ZipInfo(f"assets/{asset.board_id}/{asset.key}.{ending}")
        with archive.open(entry, "w", force_zip64=True) as file:
            file.writelines(parts)


def _add_documents(archive: ZipFile, person: Person) -> None:
    for board in Board.objects.filter(owner=person).values_list("pk", flat=True):
        snapshot = store.document(board)
        if snapshot is not None:
            archive.writestr(f"boards/{board}.json", snapshot.body)


def _add_transactions(archive: ZipFile, person: Person) -> None:
    """What they did on boards of others, a transaction a line, exactly as it was sent to all."""
    own = set(Board.objects.filter(owner=person).values_list("pk", flat=True))
    columns = ("clock", "uid", "author", "at", "body")
    for board in boards_with_ink_of(person.pk):
        if board in own:
            continue
        log = Transaction.objects.filter(board=board, author=person).order_by("clock")
        with archive.open(f"transactions/{board}.jsonl", "w", force_zip64=True) as lines:
            for row in log.values_list(*columns).iterator():
                lines.write(transaction_text(*row) + b"\n")
