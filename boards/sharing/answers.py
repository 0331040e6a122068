"""What the JSON addresses have in common: who may, what was sent, and how it is answered (S25)."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Concatenate, ParamSpec

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from boards.access import Action
from boards.deeds import Actor, BoardIsFullError, DeedError, OwnerStandsError
from boards.models import Board, Membership, Person, Restraint, Visit
from boards.visitors import board_for, for_person

P = ParamSpec("P")
Fields = Mapping[str, Any]
Answer = dict[str, Any]
FORM_TYPES = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})


class InvalidError(Exception):
    """What was sent is not what was asked for."""

    def __init__(self, errors: Mapping[str, Any]) -> None:
        super().__init__(", ".join(errors))
        self.fields = sorted(errors)


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody who may do it wants done to a board."""

    request: HttpRequest
    board: Board
    actor: Actor
    fields: Fields

    def filled(self, form: type[forms.Form]) -> dict[str, Any]:
        filled = form(dict(self.fields))
        if not filled.is_valid():
            raise InvalidError(filled.errors)
        return filled.cleaned_data

    def somebody(self, number: int) -> Person:
        """Who has something to do with this board: nobody acts upon strangers by number."""
        here = (
            Visit.objects.filter(board=self.board, person=number),
            Membership.objects.filter(board=self.board, person=number),
            Restraint.objects.filter(board=self.board, person=number),
        )
        person = Person.objects.filter(pk=number).first()
        known = self.board.owner_id == number or any(rows.exists() for rows in here)
        if person is None or not known:
            raise Http404
        return person


Deed = Callable[Concatenate[Asked, P], Answer]
View = Callable[..., HttpResponseBase]


def deed(action: Action) -> Callable[[Deed[P]], View]:
    """Makes a view of something that is done to a board by those who may; it answers JSON."""

    def decorate(do: Deed[P]) -> View:
        def view(
            request: HttpRequest,
            person: Person,
            /,
            board_id: uuid.UUID,
            *args: P.args,
            **kwargs: P.kwargs,
        ) -> HttpResponse:
            board, _standing = board_for(request, person, board_id, action)
            fields = fields_of(request)
            if fields is None:
                return JsonResponse({"error": "content-type"}, status=415)
            try:
                asked = Asked(request, board, Actor(person), fields)
                return JsonResponse(do(asked, *args, **kwargs))
            except InvalidError as error:
                return JsonResponse({"error": "fields", "fields": error.fields}, status=400)
            except DeedError as error:
                return JsonResponse({"error": "deed", "say": sentence(error)}, status=409)

        view.__name__ = do.__name__
        return require_POST(for_person(view))

    return decorate


def fields_of(request: HttpRequest) -> Fields | None:
    """The fields of a form or a JSON object; None for any other type of body."""
    if request.content_type in FORM_TYPES:
        return request.POST.dict()
    if request.content_type != "application/json":
        return None
    try:
        fields = json.loads(request.body)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(fields, dict):
        return {}
    return {name: _as_in_a_form(value) for name, value in fields.items()}


def _as_in_a_form(value: object) -> str | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, (str, int, float)) else None


def sentence(error: DeedError) -> str:
    """What the page says of it."""
    match error:
        case OwnerStandsError():
            return _("That can't be done to the owner of the board.")
        case BoardIsFullError():
            return _("This board has as many of these as it can have.")
        case _:
            return _("That isn't possible any more.")
