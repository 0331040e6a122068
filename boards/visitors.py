"""Who gets as far as a page: first a nickname, then boards that they may know of (S6)."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from . import errors
from .access import Action, Standing, may
from .forms import NicknameForm
from .limits import BOARD_GUESSES, client_address
from .models import NAME_LENGTH, Board, Person, Visit
from .offline import keepable
from .people import person_of_request
from .rights import is_banned_from, standing_on

P = ParamSpec("P")
MONTH_KEY = "month"


class TooManyRequestsError(Exception):
    """A limit for strangers is used up."""


def for_person(
    view: Callable[Concatenate[HttpRequest, Person, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Calls the view with the person who asks; whoever has no name yet is asked for one."""

    @wraps(view)
    def named(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        person = person_of_request(request)
        if person is None:
            return _ask_first(request, about_a_board="board_id" in kwargs)
        _keep_session(request)
        _keep_day(person)
        try:
            return view(request, person, *args, **kwargs)
        except TooManyRequestsError:
            return errors.too_many(request)

    return named


def _keep_session(request: HttpRequest) -> None:
    """A guest has nothing but the cookie: each month of use gives it another year."""
    month = f"{timezone.now():%Y-%m}"
    if request.session.get(MONTH_KEY) != month:
        request.session[MONTH_KEY] = month


def _keep_day(person: Person) -> None:
    """When somebody was last here, by day: guests who never come again are forgotten one day."""
    today = timezone.now().date()
    if person.seen != today:
        Person.objects.filter(pk=person.pk).update(seen=today)


def _ask_first(request: HttpRequest, *, about_a_board: bool) -> HttpResponse:
    if request.method in {"GET", "HEAD"}:
        # Asked in place and for every address alike, so it tells nothing about boards.
        return keepable(nickname_page(request, NicknameForm(), request.get_full_path()), None)
    if about_a_board:
        raise Http404
    return redirect("home")


def nickname_page(
    request: HttpRequest, form: NicknameForm, next_url: str, person: Person | None = None
) -> HttpResponse:
    context = {
        "form": form,
        "next": next_url,
        "person": person,
        "value": form.data.get("name", person.name if person else ""),
        "length": NAME_LENGTH,
    }
    return render(request, "boards/nickname.html", context, status=400 if form.errors else 200)


def local_address(address: str, otherwise: str = "home") -> str:
    """The address if it is one of this site's own paths, so that no link leads elsewhere; else the
    page of that name."""
    if address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None):
        return address
    return reverse(otherwise)


def board_for(
    request: HttpRequest, person: Person, board_id: uuid.UUID, action: Action
) -> tuple[Board, Standing]:
    """The board and what the person is on it, where they may do this.

    Absent and forbidden boards are the same 404. Each such miss costs the address a token; with
    none left, boards that the person has not been on before stay closed for a while.
    """
    board = Board.objects.filter(pk=board_id).first()
    standing = None if board is None else standing_on(board, person)
    if board is None or standing is None or _is_kept_out(request, person, board):
        if not BOARD_GUESSES.take(request):
            raise TooManyRequestsError
        raise Http404
    if not BOARD_GUESSES.has_token(request) and not _knows(person, board):
        raise TooManyRequestsError
    if not may(standing, action):
        raise PermissionDenied
    return board, standing


def _is_kept_out(request: HttpRequest, person: Person, board: Board) -> bool:
    return board.owner_id != person.pk and is_banned_from(board.pk, client_address(request))


def _knows(person: Person, board: Board) -> bool:
    if board.owner_id == person.pk:
        return True
    return Visit.objects.filter(board=board, person=person).exists()
