"""A board's sharing as JSON: all of it for those who may share, else one's own part."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import qrcode  # type: ignore[import-untyped]  # it brings no types
from django.http import HttpRequest
from django.urls import reverse

from boards.access import Action, Standing, may
from boards.invites import living
from boards.models import Board, Invite, Membership, Pen, Person, Restraint
from boards.rights import audience_of

Shown = dict[str, Any]


def sharing_of(board: Board, person: Person, standing: Standing) -> Shown:
    own = {
        "role": standing.role.value,
        "member": standing.is_member,
        "isOwner": board.owner_id == person.pk,
        "audience": audience_of(board).value,
    }
    if not may(standing, Action.SHARE):
        return own
    good = set(living(board).values_list("pk", flat=True))
    invites = Invite.objects.filter(board=board, revoked=None).order_by("-created", "-pk")
    return own | {
        "members": _members(board),
        "invites": [shown_invite(invite, good) for invite in invites],
        "restraints": restraints_of(board),
        "pens": [
            {"person": pen.person_id, "name": pen.person.name, "until": _said(pen.until)}
            for pen in Pen.objects.filter(board=board).select_related("person").order_by("pk")
        ],
    }


def _members(board: Board) -> list[Shown]:
    rows = Membership.objects.filter(board=board).exclude(person=board.owner_id)
    rows = rows.select_related("person", "invite").order_by("person__name", "pk")
    found = [
        _member(row.person, row.role, str(row.invite.label) if row.invite else "") for row in rows
    ]
    owner = [] if board.owner is None else [_member(board.owner, "owner", "") | {"stays": True}]
    return owner + found


def _member(person: Person, role: str, by: str) -> Shown:
    return {
        "person": person.pk,
        "name": person.name,
        "color": person.color,
        "role": role,
        "link": by,
        "stays": False,
    }


def shown_invite(invite: Invite, good: set[int]) -> Shown:
    used_up = invite.most_uses is not None and invite.uses >= invite.most_uses
    state = "expired" if invite.pk not in good else "used" if used_up else "good"
    return {
        "id": invite.pk,
        "role": invite.role,
        "label": invite.label,
        "created": _said(invite.created),
        "expires": _said(invite.expires),
        "uses": invite.uses,
        "most": invite.most_uses,
        "state": state,
    }


def restraints_of(board: Board) -> list[Shown]:
    """Who is kept out or silenced; never the address itself."""
    rows = Restraint.objects.filter(board=board).select_related("person").order_by("-pk")
    return [
        {
            "id": row.pk,
            "kind": row.kind,
            "person": row.person_id,
            "name": row.person.name if row.person else "",
            "address": bool(row.address),
            "reason": row.reason,
            "until": _said(row.until),
        }
        for row in rows
    ]


def link_of(request: HttpRequest, token: str) -> str:
    """The token stands behind #, which browsers send to nobody: no log and no Referer has it."""
    return f"{request.build_absolute_uri(reverse('join'))}#{token}"


def squares_of(text: str) -> list[str]:
    """A QR code's dark and light squares, a line of ones and noughts each."""
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=0)
    code.add_data(text)
    code.make(fit=True)
    return ["".join("1" if dark else "0" for dark in line) for line in code.get_matrix()]


def _said(moment: datetime | None) -> int | None:
    """Milliseconds since 1970."""
    return None if moment is None else int(moment.timestamp() * 1000)
