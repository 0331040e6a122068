"""Pages about the API: a person's access tokens, and one to try it on."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from boards import models, token_deeds
from boards.access import Scope
from boards.deeds import Actor
from boards.models import Person, Token
from boards.people import person_of_request
from boards.rights import boards_of
from boards.shelf.cards import face
from boards.token_deeds import TooManyTokensError
from boards.tokens import living, scopes_in
from boards.visitors import for_person

from .description import description
from .forms import LASTS, TokenForm

DEAD_SHOWN = 10
"""Tokens that are no longer good: enough to see what has just been revoked."""


@require_http_methods(["GET", "HEAD", "POST"])
@for_person
def tokens(request: HttpRequest, person: Person) -> HttpResponse:
    """Lists them and makes one; the answer to that is the only page that ever shows it."""
    if request.method != "POST":
        return _page(request, person, TokenForm())
    form = TokenForm(request.POST)
    if not form.is_valid():
        return _page(request, person, form)
    filled = form.cleaned_data
    try:
        made, text = token_deeds.make(
            person,
            filled["name"],
            [Scope(scope) for scope in filled["scopes"]],
            Actor(person),
            seconds=LASTS[filled["lasts"]],
        )
    except TooManyTokensError:
        form.add_error(None, _("You have as many tokens as one can have. Revoke some first."))
        return _page(request, person, form)
    return _page(request, person, TokenForm(), made=made, text=text)


@require_POST
@for_person
def revoke(request: HttpRequest, person: Person, number: int) -> HttpResponse:
    found = Token.objects.filter(person=person, pk=number)
    if not found.exists():
        raise Http404
    token_deeds.revoke(found, Actor(person))
    messages.success(request, _("The token is revoked. Programs that used it are shut out."))
    return redirect("tokens")


@require_POST
@for_person
def revoke_all(request: HttpRequest, person: Person) -> HttpResponse:
    count = token_deeds.revoke(living(person), Actor(person))
    text = ngettext("%(count)d token was revoked.", "%(count)d tokens were revoked.", count)
    messages.success(request, text % {"count": count})
    return redirect("tokens")


def _page(
    request: HttpRequest,
    person: Person,
    form: TokenForm,
    made: Token | None = None,
    text: str = "",
) -> HttpResponse:
    good = list(living(person).order_by("-pk"))
    dead = Token.objects.filter(person=person).exclude(pk__in=[one.pk for one in good])
    context: dict[str, Any] = {
        "person": face(person),
        "form": form,
        "made": made,
        "text": text,
        "good": [_row(token) for token in good],
        "dead": [_row(token) for token in dead.order_by("-pk")[:DEAD_SHOWN]],
    }
    return render(request, "api/tokens.html", context, status=400 if form.errors else 200)


def _row(token: Token) -> dict[str, Any]:
    names = {
        Scope.READ: _("Read"),
        Scope.DRAW: _("Draw"),
        Scope.MANAGE: _("Manage"),
    }
    has = scopes_in(token.scopes)
    return {"token": token, "scopes": [names[scope] for scope in Scope if scope in has]}


# -- trying it -------------------------------------------------------------------------------------


@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """For everybody: it tells nothing that the program's text doesn't."""
    return JsonResponse(description(), json_dumps_params={"ensure_ascii": False})


@require_safe
def api(request: HttpRequest) -> HttpResponse:
    person = person_of_request(request)
    context: dict[str, Any] = {
        "person": None if person is None else face(person),
        "csrf": get_token(request),
        "origin": request.build_absolute_uri("/").rstrip("/"),
        "board": "" if person is None else _last_board(person),
        "tokens_url": reverse("tokens"),
        "words": {
            "body": _("Body"),
            "copy": _("Copy the line"),
            "copied": _("Copied"),
            "send": _("Send"),
            "waiting": _("Waiting for the answer…"),
            "unreachable": _("Can’t reach the server. Try again in a moment."),
        },
    }
    return render(request, "api/try.html", context)


def _last_board(person: Person) -> str:
    """So that the examples can be sent as they are."""
    board: models.Board | None = boards_of(person).first()
    return "" if board is None else str(board.pk)
