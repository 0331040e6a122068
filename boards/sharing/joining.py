"""The page that invite links lead to. Their token stands behind #, which no browser sends along;
the page takes it from there, clears the address bar and posts it (S7)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from boards import errors
from boards.forms import NicknameForm
from boards.invites import DeadLinkError, follow
from boards.limits import BOARD_GUESSES, NEW_PEOPLE, client_address
from boards.models import NAME_LENGTH, Person, Visit
from boards.people import become_guest, person_of_request

TYPED_MAX = 2000
"""Longer is no link."""


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("token", "link")
def join(request: HttpRequest) -> HttpResponse:
    person = person_of_request(request)
    if request.method != "POST":
        return _page(request, person)
    token = _token_in(request.POST.get("token") or request.POST.get("link", ""))
    if person is None:
        form = NicknameForm(request.POST)
        if not form.is_valid():
            return _page(request, None, form, token)
        if not NEW_PEOPLE.take(request):
            return errors.too_many(request)
        person = become_guest(request, form.cleaned_data["name"])
    try:
        board = follow(token, person, client_address(request))
    except DeadLinkError:
        if not BOARD_GUESSES.take(request):
            return errors.too_many(request)
        return render(request, "boards/invite.html", {"dead": True, "person": person}, status=404)
    Visit.objects.update_or_create(board=board, person=person)
    return redirect("board", board_id=board.pk)


def _token_in(typed: str) -> str:
    """Of a whole link, or the token alone."""
    return typed[:TYPED_MAX].strip().rsplit("#", 1)[-1]


def _page(
    request: HttpRequest,
    person: Person | None,
    form: NicknameForm | None = None,
    token: str = "",
) -> HttpResponse:
    context = {
        "person": person,
        "form": form,
        "token": token,
        "value": "" if form is None else form.data.get("name", ""),
        "length": NAME_LENGTH,
    }
    return render(request, "boards/invite.html", context, status=200 if form is None else 400)
