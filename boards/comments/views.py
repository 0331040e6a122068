"""`/boards/<uuid>/comments`: read by whoever may see the board, written by whoever may comment."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

import msgspec
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_http_methods, require_POST

from boards.access import Action, Standing, may
from boards.limits import Bucket
from boards.models import Board, Person, Thread
from boards.visitors import TooManyRequestsError, board_for, for_person

from . import threads
from .messages import Body, Edit, NewThread, Nothing, Reply, Resolve, Seen, ToldOne
from .reading import talked, told
from .threads import RefusedError

P = ParamSpec("P")
B = TypeVar("B", bound=Body)
COMMENTS = Bucket("COMMENTS")
TALK_MAX = 2**53 - 1


def _refusable(view: Callable[P, HttpResponse]) -> Callable[P, HttpResponse]:
    """Answers what was refused with its code, which the page has a sentence for."""

    @wraps(view)
    def answered(*args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(*args, **kwargs)
        except RefusedError as refused:
            return JsonResponse({"error": refused.code}, status=refused.status)

    return answered


@require_http_methods(["GET", "HEAD", "POST"])
@for_person
@_refusable
def comments(request: HttpRequest, person: Person, board_id: uuid.UUID) -> HttpResponse:
    if request.method != "POST":
        return _read(request, person, board_id)
    board, _ = _to_write_on(request, person, board_id)
    thread = threads.open_thread(board, person, _said(request, NewThread))
    return _told(board, thread, person)


@require_POST
@for_person
@_refusable
def reply(
    request: HttpRequest, person: Person, board_id: uuid.UUID, thread_id: int
) -> HttpResponse:
    board, _ = _to_write_on(request, person, board_id)
    return _told(board, threads.reply(board, person, thread_id, _said(request, Reply)), person)


@require_POST
@for_person
@_refusable
def resolve(
    request: HttpRequest, person: Person, board_id: uuid.UUID, thread_id: int
) -> HttpResponse:
    board, _ = _to_write_on(request, person, board_id)
    said = _said(request, Resolve)
    return _told(board, threads.resolve(board, person, thread_id, resolved=said.resolved), person)


@require_POST
@for_person
@_refusable
def edit(
    request: HttpRequest, person: Person, board_id: uuid.UUID, thread_id: int, comment_id: int
) -> HttpResponse:
    board, _ = _to_write_on(request, person, board_id)
    thread = threads.edit(board, person, thread_id, comment_id, _said(request, Edit))
    return _told(board, thread, person)


@require_POST
@for_person
@_refusable
def remove(
    request: HttpRequest, person: Person, board_id: uuid.UUID, thread_id: int, comment_id: int
) -> HttpResponse:
    board, standing = _to_write_on(request, person, board_id)
    _said(request, Nothing)
    return _told(board, threads.remove(board, person, standing, thread_id, comment_id), person)


@require_POST
@for_person
@_refusable
def seen(request: HttpRequest, person: Person, board_id: uuid.UUID, thread_id: int) -> HttpResponse:
    """One's own mark: whoever may read may have it."""
    board, _ = board_for(request, person, board_id, Action.SEE)
    threads.see(board, person, thread_id, _said(request, Seen).talk)
    return JsonResponse({})


# -- parts -----------------------------------------------------------------------------------------


def _read(request: HttpRequest, person: Person, board_id: uuid.UUID) -> HttpResponse:
    board, standing = board_for(request, person, board_id, Action.SEE)
    typed = request.GET.get("since", "0")
    if not (typed.isascii() and typed.isdecimal() and len(typed) <= len(str(TALK_MAX))):
        raise RefusedError("since")
    since = min(int(typed), TALK_MAX)
    # The names are for whoever may mention them.
    with_people = since == 0 and may(standing, Action.COMMENT)
    return _json(talked(board, person, since, with_people=with_people))


def _to_write_on(
    request: HttpRequest, person: Person, board_id: uuid.UUID
) -> tuple[Board, Standing]:
    found = board_for(request, person, board_id, Action.COMMENT)
    if not COMMENTS.take(request):
        raise TooManyRequestsError
    return found


def _said(request: HttpRequest, shape: type[B]) -> B:
    """The body as JSON of this shape; forms of other sites can't send that (S25)."""
    if request.content_type != "application/json":
        raise RefusedError("content-type", 415)
    try:
        return msgspec.json.decode(request.body, type=shape)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise RefusedError("body") from None


def _told(board: Board, thread: Thread, person: Person) -> HttpResponse:
    (one,) = told(board, [thread], person)
    return _json(ToldOne(one))


def _json(answer: msgspec.Struct) -> HttpResponse:
    return HttpResponse(msgspec.json.encode(answer), content_type="application/json")
