"""Boards as a whole: listed, made, changed, thrown away; and who asks."""

from __future__ import annotations

import time
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from msgspec import UNSET

from boards import deeds, models
from boards.access import Action, Standing, may, standing
from boards.announce import announce_board
from boards.limits import NEW_BOARDS
from boards.names import clean_line
from boards.options import option
from boards.protocol import Audience, Role
from boards.rights import audience_of, boards_of, rules_of_all, standing_on
from boards.store import paper_of
from boards.tokens import scopes_in

from . import shapes
from .asking import Asked, ProblemError, too_many

_START = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def me(asked: Asked) -> shapes.Me:
    person = asked.person
    number = asked.asker.token
    shown = None if number is None else models.Token.objects.filter(pk=number).first()
    return shapes.Me(
        person=person.pk,
        name=person.name,
        color=person.color,
        account=person.user_id is not None,
        token=None if shown is None else _token(shown),
    )


def _token(token: models.Token) -> shapes.Token:
    has = scopes_in(token.scopes)
    scopes: list[Any] = sorted(scope.value for scope in has)
    return shapes.Token(name=token.name, scopes=scopes, expires=said(token.expires))


# -- the list --------------------------------------------------------------------------------------


def list_boards(asked: Asked) -> shapes.Boards:
    query: shapes.BoardsAfter = asked.query
    rows = boards_of(asked.person).order_by("-changed", "-pk")
    if query.after is not None:
        rows = rows.filter(_behind(query.after))
    found = list(rows[: query.limit + 1])
    page, more = found[: query.limit], len(found) > query.limit
    return shapes.Boards(boards=_shown_all(asked, page), next=_cursor(page[-1]) if more else None)


def _cursor(board: models.Board) -> str:
    return f"{(board.changed - _START) // _MICROSECOND}.{board.pk.hex}"


def _behind(cursor: str) -> Q:
    when, _, pk = cursor.partition(".")
    try:
        changed = _START + int(when) * _MICROSECOND
    except OverflowError:
        raise ProblemError(400, "query", "expected `after` as an answer's `next`") from None
    return Q(changed__lt=changed) | Q(changed=changed, pk__lt=uuid.UUID(pk))


def _shown_all(asked: Asked, boards: Sequence[models.Board]) -> list[shapes.Board]:
    rules = rules_of_all(boards, asked.person.pk)
    now = time.time()
    found: list[shapes.Board] = []
    for board in boards:
        judged = asked.asker.narrowed(standing(rules[board.pk], asked.person.pk, now))
        if judged is not None:
            found.append(shown(asked, board, judged))
    return found


def shown(asked: Asked, board: models.Board, judged: Standing) -> shapes.Board:
    return shapes.Board(
        id=str(board.pk),
        title=board.title,
        paper=paper_of(board),
        frozen=board.frozen,
        own_only=board.own_only,
        audience=audience_of(board),
        role=judged.role,
        may=sorted(judged.allowed),
        epoch=board.epoch,
        clock=board.clock,
        changed=said(board.changed) or 0,
        trashed=said(board.trashed),
        address=asked.request.build_absolute_uri(reverse("board", args=[board.pk])),
    )


def said(moment: datetime | None) -> int | None:
    """Milliseconds since 1970."""
    return None if moment is None else int(moment.timestamp() * 1000)


# -- one board -------------------------------------------------------------------------------------


def new_board(asked: Asked) -> shapes.Board:
    if not NEW_BOARDS.take(asked.request):
        raise too_many()
    body: shapes.NewBoard = asked.body
    person = asked.person
    usual = option("MEMBER_BOARD_AUDIENCE" if person.user_id else "GUEST_BOARD_AUDIENCE")
    board = models.Board.objects.create(
        owner=person,
        title=clean_line(body.title, models.TITLE_LENGTH),
        audience=usual if body.audience is UNSET else Audience(body.audience).value,
    )
    models.Visit.objects.create(board=board, person=person)
    return _afresh(asked, board)


def one_board(asked: Asked, board_id: uuid.UUID) -> shapes.Board:
    return shown(asked, *asked.board(board_id))


_NEEDED = {
    "title": Action.RENAME,
    "paper": Action.SET_PAPER,
    "frozen": Action.ORDER,
    "own_only": Action.ORDER,
    "audience": Action.SHARE,
    "trashed": Action.TRASH,
}


def change_board(asked: Asked, board_id: uuid.UUID) -> shapes.Board:
    """All of it may be done, or nothing is."""
    changes: shapes.BoardChanges = asked.body
    board, judged = asked.board(board_id)
    named = [name for name in _NEEDED if getattr(changes, name) is not UNSET]
    if not named:
        raise ProblemError(400, "body", f"expected some of {', '.join(_NEEDED)}")
    for name in named:
        if not may(judged, _NEEDED[name]):
            raise ProblemError(403, "not_allowed", f"you may not change `{name}`")
    _change_columns(board, changes)
    _change_rules(asked, board, changes)
    if isinstance(changes.trashed, bool):
        _trash(board, trashed=changes.trashed)
    return _afresh(asked, board)


def _change_columns(board: models.Board, changes: shapes.BoardChanges) -> None:
    columns: dict[str, str] = {}
    if isinstance(changes.title, str):
        columns["title"] = clean_line(changes.title, models.TITLE_LENGTH)
    if changes.paper is not UNSET:
        columns["paper"] = str(changes.paper)
    if columns:
        # Only these: the writer moves the board's clock at the same time.
        models.Board.objects.filter(pk=board.pk).update(**columns)
        announce_board(board.pk)


def _change_rules(asked: Asked, board: models.Board, changes: shapes.BoardChanges) -> None:
    if isinstance(changes.frozen, bool):
        deeds.freeze(board, asked.actor, frozen=changes.frozen)
    if isinstance(changes.own_only, bool):
        deeds.set_own_only(board, asked.actor, own_only=changes.own_only)
    if changes.audience is not UNSET:
        deeds.set_audience(board, asked.actor, Audience(changes.audience))


def trash_board(asked: Asked, board_id: uuid.UUID) -> None:
    """It can be put back: by `trashed: false`, or from the trash."""
    board, _ = asked.board(board_id, Action.TRASH)
    _trash(board, trashed=True)


def _trash(board: models.Board, *, trashed: bool) -> None:
    rows = models.Board.objects.filter(pk=board.pk, trashed__isnull=trashed)
    if rows.update(trashed=timezone.now() if trashed else None):
        announce_board(board.pk)


def _afresh(asked: Asked, board: models.Board) -> shapes.Board:
    board.refresh_from_db()
    judged = asked.asker.narrowed(standing_on(board, asked.person))
    return shown(asked, board, judged or Standing(Role.VIEWER))
