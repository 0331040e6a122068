"""Who drew what is on a board; of one element also who changed it last and when, by the log."""

from __future__ import annotations

import uuid
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from .access import Action
from .models import Element, Person, Transaction
from .sight import sight_of
from .visitors import board_for, for_person

AUTHORS_MAX: Final = 2000
"""More names nobody reads; and no crowd of guests makes the answer a long one."""


@require_safe
@for_person
def authors(request: HttpRequest, person: Person, board_id: uuid.UUID) -> HttpResponse:
    """The names of all who have drawn what is there, whether or not they are here."""
    board, standing = board_for(request, person, board_id, Action.SEE)
    sight = sight_of(standing, person.pk, board.owner_id)
    drawn = Element.objects.filter(board=board, removed=False).order_by().values("author")
    found = Person.objects.filter(pk__in=drawn.distinct()).order_by("pk")[:AUTHORS_MAX]
    seen = [_named(one) for one in found if sight is None or sight.shows(one.pk)]
    answer = JsonResponse({"authors": seen})
    answer.headers["Cache-Control"] = "no-store, private"
    return answer


@require_safe
@for_person
def history(request: HttpRequest, person: Person, board_id: uuid.UUID, key: str) -> HttpResponse:
    """Names of people who are not here any more, too: whoever sees the ink may know whose it is."""
    board, _ = board_for(request, person, board_id, Action.SEE)
    found = (
        Element.objects.filter(board=board, key=key, removed=False).select_related("author").first()
    )
    if found is None:
        raise Http404
    last = (
        Transaction.objects.filter(board=board, clock=found.clock).select_related("author").first()
    )
    # Most ink is never touched again. Where it was, its first transaction would have to be searched
    # for by its text: 75 ms among 10,000, 220 on PostgreSQL, for one line in a small card.
    untouched = last is not None and f'"op":"put","key":"{found.key}"' in last.body
    answer = JsonResponse(
        {
            "author": _named(found.author),
            "created": last.at if last is not None and untouched else None,
            "changed": None if last is None else last.at,
            "changed_by": None if last is None else _named(last.author),
        }
    )
    answer.headers["Cache-Control"] = "no-store, private"
    return answer


def _named(person: Person | None) -> dict[str, Any] | None:
    if person is None:
        return None
    return {"id": person.pk, "name": person.name, "color": person.color}
