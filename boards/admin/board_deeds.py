"""What the buttons of a board's page do."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext

from boards import deeds, invites, upkeep
from boards.deeds import Actor
from boards.duplicates import duplicate as copied
from boards.models import REASON_LENGTH, ROLE_NAMES, Board, Invite, Person, Report, Restraint
from boards.ownership import hand_over
from boards.protocol import Role

from .durations import DURATIONS, seconds_of
from .pages import actor_of

if TYPE_CHECKING:
    from .board_actions import BoardActions


class DeedForm(forms.Form):
    """What the buttons of the page send."""

    deed = forms.CharField(max_length=20)
    person = forms.ModelChoiceField(Person.objects.all(), required=False)
    duration = forms.ChoiceField(choices=DURATIONS, required=False)
    also_address = forms.BooleanField(required=False)
    reason = forms.CharField(max_length=REASON_LENGTH, required=False)
    role = forms.ChoiceField(choices=ROLE_NAMES, required=False)
    row = forms.IntegerField(required=False)


Said = dict[str, Any]
Deed = Callable[[Board, Actor, Said], object]


def _ban(board: Board, actor: Actor, said: Said) -> None:
    deeds.ban(
        board,
        said["person"],
        actor,
        seconds=seconds_of(said["duration"]),
        reason=said["reason"],
        also_address=said["also_address"],
    )


def _lift(board: Board, actor: Actor, said: Said) -> None:
    laid = Restraint.objects.select_related("person")
    deeds.lift(get_object_or_404(laid, pk=said["row"], board=board), actor)


def _revoke(board: Board, actor: Actor, said: Said) -> None:
    invites.revoke(get_object_or_404(Invite, pk=said["row"], board=board), actor)


def _settle(board: Board, actor: Actor, said: Said) -> None:
    reports = Report.objects.select_related("by")
    report = get_object_or_404(reports, pk=said["row"], board=board)
    upkeep.settle(report, actor, said["user"])


def duplicate(board: Board, actor: Actor) -> None:
    """For the board's own owner."""
    if board.owner is None:
        raise deeds.DeedError("nobody would own the copy")
    copy = copied(board, board.owner)
    deeds.record(actor, "duplicate", board.pk, copy=copy.pk)


ABOUT_PEOPLE: Final[dict[str, Deed]] = {
    "kick": lambda board, actor, said: deeds.kick(board, said["person"], actor),
    "ban": _ban,
    "mute": lambda board, actor, said: deeds.mute(
        board, said["person"], actor, seconds=seconds_of(said["duration"])
    ),
    "hand-over": lambda board, actor, said: hand_over(board, said["person"], by=actor),
    "pen": lambda board, actor, said: deeds.give_pen(
        board, said["person"], actor, seconds=seconds_of(said["duration"])
    ),
    "take-pen": lambda board, actor, said: deeds.take_pen(board, actor, said["person"]),
    "role": lambda board, actor, said: deeds.set_role(
        board, said["person"], Role(said["role"]), actor
    ),
    "remove": lambda board, actor, said: deeds.remove_member(board, said["person"], actor),
}
OTHERS: Final[dict[str, Deed]] = {
    "freeze": lambda board, actor, said: deeds.freeze(board, actor, frozen=True),
    "unfreeze": lambda board, actor, said: deeds.freeze(board, actor, frozen=False),
    "clear": lambda board, actor, said: upkeep.clear(board, actor),
    "trash": lambda board, actor, said: upkeep.set_trashed(board, actor, trashed=True),
    "undelete": lambda board, actor, said: upkeep.set_trashed(board, actor, trashed=False),
    "duplicate": lambda board, actor, said: duplicate(board, actor),
    "lift": _lift,
    "revoke": _revoke,
    "settle": _settle,
}


def deed(site: BoardActions, request: HttpRequest, board_id: uuid.UUID) -> HttpResponse:
    """One deed; leads back to the page with a sentence about it."""
    board = get_object_or_404(Board.objects.select_related("owner"), pk=board_id)
    form = DeedForm(request.POST)
    do = _deed_of(form)
    back = HttpResponseRedirect(reverse("admin:boards_board_change", args=[board.pk]))
    if do is None:
        site.message_user(request, gettext("That was not understood."), messages.ERROR)
        return back
    said = {**form.cleaned_data, "user": request.user.pk}
    try:
        do(board, actor_of(request), said)
    except deeds.DeedError as error:
        site.message_user(request, _why_not(error), messages.ERROR)
        return back
    name = said["deed"]
    site.log_change(request, board, [{"changed": {"name": name, "object": json.dumps(name)}}])
    site.message_user(request, gettext("Done; it holds on all open pages now."), messages.SUCCESS)
    return back


def _deed_of(form: DeedForm) -> Deed | None:
    if not form.is_valid():
        return None
    name = form.cleaned_data["deed"]
    if name in ABOUT_PEOPLE:
        if form.cleaned_data["person"] is None or (
            name == "role" and not form.cleaned_data["role"]
        ):
            return None
        return ABOUT_PEOPLE[name]
    return OTHERS.get(name)


def _why_not(error: deeds.DeedError) -> str:
    """A sentence for the page; the error's own words are for logs."""
    if "owner" in str(error):
        return gettext("The board's owner can't be put out, silenced or given another role.")
    return gettext("That could not be done.")
