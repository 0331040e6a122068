"""Addresses of sharing: who else may come in, as what, and by which links."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from boards import deeds, invites
from boards.access import Action
from boards.models import Invite, Person
from boards.protocol import Audience, Role
from boards.visitors import board_for, for_person

from .answers import Answer, Asked, deed
from .forms import LASTS, AudienceForm, InviteForm, RoleForm
from .shown import link_of, sharing_of, shown_invite, squares_of


@require_safe
@for_person
def sharing(request: HttpRequest, person: Person, board_id: uuid.UUID) -> HttpResponse:
    """Owners get all of it; others what they are themselves and what the address opens."""
    board, standing = board_for(request, person, board_id, Action.SEE)
    address = request.build_absolute_uri(reverse("board", args=[board.pk]))
    shown = sharing_of(board, person, standing) | {"address": address}
    return JsonResponse(shown)


@require_safe
@for_person
def squares(request: HttpRequest, person: Person, board_id: uuid.UUID) -> HttpResponse:
    """The QR code of the board's own address."""
    board, _ = board_for(request, person, board_id, Action.SEE)
    address = request.build_absolute_uri(reverse("board", args=[board.pk]))
    return JsonResponse({"link": address, "squares": squares_of(address)})


@deed(Action.SHARE)
def audience(asked: Asked) -> Answer:
    chosen = asked.filled(AudienceForm)["audience"]
    deeds.set_audience(asked.board, asked.actor, Audience(chosen))
    return {"audience": chosen}


# -- links -----------------------------------------------------------------------------------------


@deed(Action.SHARE)
def new_invite(asked: Asked) -> Answer:
    """Makes a link; the answer is the only one that ever has it."""
    filled = asked.filled(InviteForm)
    invite, token = invites.make(
        asked.board,
        Role(filled["role"]),
        asked.actor,
        seconds=LASTS[filled["lasts"]],
        most_uses=filled["uses"],
        label=filled["label"],
    )
    return _with_link(asked, invite, token)


@deed(Action.SHARE)
def replace_invite(asked: Asked, number: int) -> Answer:
    """Another link in its place: whoever came by the old one stays."""
    invite = _invite(asked, number)
    return _with_link(asked, invite, invites.replace(invite, asked.actor))


@deed(Action.SHARE)
def revoke_invite(asked: Asked, number: int) -> Answer:
    invites.revoke(_invite(asked, number), asked.actor)
    return {}


def _invite(asked: Asked, number: int) -> Invite:
    invite = Invite.objects.filter(board=asked.board, pk=number).first()
    if invite is None:
        raise Http404
    return invite


def _with_link(asked: Asked, invite: Invite, token: str) -> Answer:
    link = link_of(asked.request, token)
    return {
        "invite": shown_invite(invite, {invite.pk}),
        "link": link,
        "squares": squares_of(link),
    }


# -- members ---------------------------------------------------------------------------------------


@deed(Action.SHARE)
def member_role(asked: Asked, number: int) -> Answer:
    role = Role(asked.filled(RoleForm)["role"])
    deeds.set_role(asked.board, asked.somebody(number), role, asked.actor)
    return {"role": role.value}


@deed(Action.SHARE)
def remove_member(asked: Asked, number: int) -> Answer:
    deeds.remove_member(asked.board, asked.somebody(number), asked.actor)
    return {}


@deed(Action.SEE)
def leave(asked: Asked) -> Answer:
    """Somebody is no member any more, by their own will."""
    deeds.leave(asked.board, asked.actor)
    return {"home": reverse("home")}
