"""A person's own pages: what others see of them, and what is kept of them."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator
from typing import IO, Any

from allauth.account.models import EmailAddress
from asgiref.sync import sync_to_async
from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from boards import announce
from boards.deeds import Actor
from boards.errors import too_many
from boards.limits import TAKEOUTS
from boards.models import Board, Person
from boards.ownership import adopt, adoptable_by, heir_of, may_adopt
from boards.privacy import erase_person, forget_person
from boards.shelf import shown_title
from boards.takeout import take_out
from boards.visitors import for_person

from .forms import FarewellForm, ProfileForm, ReallyForm

BOARDS_NAMED = 20
"""Titles that are written out before an account is deleted; the rest is a number."""

PART_BYTES = 64 * 1024


@require_http_methods(["GET", "HEAD", "POST"])
@for_person
def profile(request: HttpRequest, person: Person) -> HttpResponse:
    if request.method != "POST":
        return _profile_page(request, person, ProfileForm.of(person))
    form = ProfileForm.of(person, request.POST)
    if not form.is_valid():
        return _profile_page(request, person, form)
    name, color = form.cleaned_data["name"], form.cleaned_data["color"]
    Person.objects.filter(pk=person.pk).update(name=name, color=color)
    announce.announce_person(person.pk)
    messages.success(request, _("Saved."))
    return redirect("account")


def _profile_page(request: HttpRequest, person: Person, form: ProfileForm) -> HttpResponse:
    left = [board for board in adoptable_by(person) if may_adopt(board, person)]
    context: dict[str, Any] = {
        "form": form,
        "left": [{"id": board.pk, "title": shown_title(board)} for board in left],
    }
    status = 400 if form.errors else 200
    return render(request, "accounts/profile.html", context, status=status)


@require_POST
@for_person
def take_over(request: HttpRequest, person: Person, board_id: uuid.UUID) -> HttpResponse:
    """A board whose guest has not been seen for long."""
    board = Board.objects.filter(pk=board_id).select_related("owner").first()
    if board is None or not may_adopt(board, person):
        raise Http404
    adopt(board, person)
    messages.success(request, _("“%(title)s” is yours now.") % {"title": shown_title(board)})
    return redirect("account")


# -- what is kept of a person ----------------------------------------------------------------------


@require_POST
@for_person
def download(request: HttpRequest, person: Person) -> HttpResponseBase:
    if not TAKEOUTS.take(request):
        return too_many(request)
    file = take_out(person, _account_of(person))
    name = f"whiteboard-{timezone.now():%Y-%m-%d}.zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    response = StreamingHttpResponse(_parts(file), content_type="application/zip", headers=headers)
    response._resource_closers.append(file.close)  # type: ignore[attr-defined]  # no other way
    return response


async def _parts(file: IO[bytes]) -> AsyncIterator[bytes]:
    """Asynchronous, or else the server would read the whole file into memory first."""
    while part := await sync_to_async(file.read)(PART_BYTES):
        yield part


def _account_of(person: Person) -> dict[str, Any]:
    user = person.user
    if user is None:
        return {}
    addresses = EmailAddress.objects.filter(user=user).order_by("pk")
    return {
        "user_name": user.get_username(),
        "email": user.email,
        "addresses": list(addresses.values("email", "verified", "primary")),
        "joined": user.date_joined,
        "last_sign_in": user.last_login,
    }


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
@for_person
def erase(request: HttpRequest, person: Person) -> HttpResponse:
    form = ReallyForm(person, request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _asking(request, "accounts/erase.html", form)
    count = erase_person(person, Actor(person))
    text = ngettext(
        "What you drew is erased, on %(count)d board.",
        "What you drew is erased, on %(count)d boards.",
        count,
    )
    messages.success(request, text % {"count": count})
    return redirect("account")


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
@for_person
def delete(request: HttpRequest, person: Person) -> HttpResponse:
    form = FarewellForm(person, request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _asking(request, "accounts/delete.html", form, **_fate_of_boards(person))
    forget_person(person, Actor(person), ink=form.cleaned_data["ink"])
    logout(request)
    return render(request, "accounts/deleted.html")


def _fate_of_boards(person: Person) -> dict[str, Any]:
    going: list[str] = []
    staying = 0
    for board in Board.objects.filter(owner=person):
        if heir_of(board) is None:
            going.append(shown_title(board))
        else:
            staying += 1
    return {
        "going": going[:BOARDS_NAMED],
        "more": max(0, len(going) - BOARDS_NAMED),
        "staying": staying,
    }


def _asking(request: HttpRequest, template: str, form: ReallyForm, **context: Any) -> HttpResponse:
    status = 400 if form.is_bound else 200
    return render(request, template, {"form": form, **context}, status=status)
