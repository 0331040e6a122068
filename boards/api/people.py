"""Who is on a board, as what, and by which links others come in."""

from __future__ import annotations

import uuid
from typing import Any

import msgspec
from django.http import Http404

from boards import deeds, invites, models, processes
from boards.access import Action, may
from boards.models import Invite
from boards.names import clean_line
from boards.protocol import Role
from boards.readers import read
from boards.rights import people_among
from boards.rooms import rooms_here
from boards.sharing.forms import LASTS
from boards.sharing.shown import link_of, sharing_of, shown_invite

from . import shapes
from .asking import Asked


async def people(asked: Asked, board_id: uuid.UUID) -> shapes.People:
    members = await read(_members, asked, board_id)
    room = rooms_here().opened(board_id)
    if room is None:
        here = await read(_elsewhere, board_id)
    else:
        # By connection: somebody with two tabs is here once.
        found = {one.person: one for one in room.people()}
        here = [shapes.Here(person=o.person, name=o.name, color=o.color) for o in found.values()]
    return shapes.People(here=here, members=members)


def _members(asked: Asked, board_id: uuid.UUID) -> list[shapes.Member] | None:
    board, judged = asked.board(board_id)
    if not may(judged, Action.SHARE):
        return None
    return msgspec.convert(_sharing(asked, board)["members"], list[shapes.Member])


def _elsewhere(board_id: uuid.UUID) -> list[shapes.Here]:
    """As the processes that have the board open have last said."""
    numbers = {one.person for one in processes.everywhere().on(board_id).connections}
    found = people_among(numbers).values()
    return [shapes.Here(person=one.pk, name=one.name, color=one.color) for one in found]


def _sharing(asked: Asked, board: models.Board) -> dict[str, Any]:
    _, judged = asked.board(board.pk, Action.SHARE)
    return sharing_of(board, asked.person, judged)


def set_role(asked: Asked, board_id: uuid.UUID, number: int) -> shapes.NewRole:
    """Makes somebody a member, or another sort of member."""
    board, _ = asked.board(board_id, Action.SHARE)
    body: shapes.NewRole = asked.body
    deeds.set_role(board, asked.somebody(board, number), Role(body.role), asked.actor)
    return body


def remove(asked: Asked, board_id: uuid.UUID, number: int) -> None:
    board, _ = asked.board(board_id, Action.SHARE)
    deeds.remove_member(board, asked.somebody(board, number), asked.actor)


# -- links -----------------------------------------------------------------------------------------


def links(asked: Asked, board_id: uuid.UUID) -> shapes.Links:
    board, _ = asked.board(board_id, Action.SHARE)
    found = msgspec.convert(_sharing(asked, board)["invites"], list[shapes.Link])
    return shapes.Links(links=found)


def new_link(asked: Asked, board_id: uuid.UUID) -> shapes.MadeLink:
    board, _ = asked.board(board_id, Action.SHARE)
    body: shapes.NewLink = asked.body
    invite, token = invites.make(
        board,
        Role(body.role),
        asked.actor,
        seconds=LASTS[body.lasts],
        most_uses=body.uses,
        label=clean_line(body.label, models.LABEL_LENGTH),
    )
    link = msgspec.convert(shown_invite(invite, {invite.pk}), shapes.Link)
    return shapes.MadeLink(link=link, address=link_of(asked.request, token))


def revoke_link(asked: Asked, board_id: uuid.UUID, number: int) -> None:
    """Whoever came by it is no member any more."""
    board, _ = asked.board(board_id, Action.SHARE)
    invite = Invite.objects.filter(board=board, pk=number, revoked=None).first()
    if invite is None:
        raise Http404
    invites.revoke(invite, asked.actor)
