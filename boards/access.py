"""The only place that answers who may do what on a board; pure.

Pages, sockets and the writer ask the same questions of the same `Rules`, which `rights` and the
store read from the database (R13).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

from .protocol import Action, Audience, LiveKind, Role

__all__ = [
    "Action",
    "Restrained",
    "Rules",
    "Scope",
    "Standing",
    "may",
    "may_send",
    "narrowed",
    "standing",
]


class Scope(StrEnum):
    """What an access token is for. Each gives a part of what its person may, and never more."""

    READ = "read"
    """See boards and follow them. Every token has it: who changes a board has to know it."""
    DRAW = "draw"
    """Whatever somebody with a pen in hand does: draw, comment, point, react, lead."""
    MANAGE = "manage"
    """Make boards, rename, freeze and trash them; members and links."""


class Restrained(StrEnum):
    """What was laid upon somebody."""

    BANNED = "ban"
    MUTED = "mute"


@dataclass(frozen=True, slots=True)
class Until:
    """A restraint with its end in seconds since 1970; None: until it is lifted."""

    what: Restrained
    end: float | None


@dataclass(frozen=True, slots=True)
class Rules:
    """What rights on a board are judged from."""

    owner_id: int | None
    trashed: bool = False
    frozen: bool = False
    own_only: bool = False
    audience: Audience = Audience.DRAW
    members: Mapping[int, Role] = field(default_factory=dict)
    restraints: Mapping[int, tuple[Until, ...]] = field(default_factory=dict)
    pens: Mapping[int, float | None] = field(default_factory=dict)
    """Holders with the end in seconds since 1970; None: until it is taken back."""

    def next_change(self, now: float) -> float | None:
        """When the first pen or restraint ends by itself."""
        ends = [
            *self.pens.values(),
            *(one.end for all_ in self.restraints.values() for one in all_),
        ]
        return min((end for end in ends if end is not None and end > now), default=None)

    def holders(self, now: float) -> list[int]:
        return sorted(person for person, end in self.pens.items() if end is None or end > now)


@dataclass(frozen=True, slots=True)
class Standing:
    """What somebody is on a board at one moment."""

    role: Role
    is_member: bool = False
    """Owner or member; not only somebody who has the address."""
    muted: bool = False
    pen: bool = False
    frozen: bool = False
    own_only: bool = False
    scopes: frozenset[Scope] | None = None
    """Of the access token that is shown; None: the person is here themselves."""

    @property
    def allowed(self) -> frozenset[Action]:
        """Everything that `may` grants, freeze and pen included."""
        return frozenset(action for action in Action if may(self, action))


_VIEW: Final = frozenset({Action.SEE, Action.REACT})
_LASER: Final = _VIEW | {Action.POINT}
_COMMENT: Final = _LASER | {Action.COMMENT}
_EDIT: Final = _COMMENT | {Action.DRAW, Action.RENAME, Action.SET_PAPER}
ALLOWED: Final[Mapping[Role, frozenset[Action]]] = {
    Role.OWNER: frozenset(Action),
    Role.EDITOR: _EDIT,
    Role.COMMENTER: _COMMENT,
    Role.LASER: _LASER,
    Role.VIEWER: _VIEW,
}
_OF_THE_MUTED: Final = frozenset({Action.SEE})
_OF_THE_AUDIENCE: Final[Mapping[Audience, Role | None]] = {
    Audience.NOBODY: None,
    Audience.VIEW: Role.VIEWER,
    Audience.DRAW: Role.EDITOR,
}


def standing(rules: Rules, person: int | None, now: float) -> Standing | None:
    """What the person with this number is; None where they may not even know of the board.

    The owner can't be put out. In the trash a board is its owners' alone. Who is a member has
    their role, or the audience's if that is more.
    """
    if person is None:
        return None
    role = Role.OWNER if rules.owner_id == person else rules.members.get(person)
    is_member = role is not None
    laid = {one.what for one in rules.restraints.get(person, ()) if _lasts(one.end, now)}
    if rules.owner_id != person and Restrained.BANNED in laid:
        return None
    if role is not Role.OWNER:
        if rules.trashed:
            return None
        role = _more(role, _OF_THE_AUDIENCE[rules.audience])
    if role is None:
        return None
    return Standing(
        role=role,
        is_member=is_member,
        muted=role is not Role.OWNER and Restrained.MUTED in laid,
        pen=person in rules.pens and _lasts(rules.pens[person], now),
        frozen=rules.frozen,
        own_only=rules.own_only,
    )


def narrowed(standing: Standing | None, scopes: frozenset[Scope] | None) -> Standing | None:
    """The same for a program that shows a token with these scopes; None: for the person."""
    return standing if standing is None or scopes is None else replace(standing, scopes=scopes)


SCOPE_OF: Final[Mapping[Action, Scope]] = {
    Action.SEE: Scope.READ,
    Action.REACT: Scope.DRAW,
    Action.POINT: Scope.DRAW,
    Action.COMMENT: Scope.DRAW,
    Action.DRAW: Scope.DRAW,
    Action.DRAW_FROZEN: Scope.DRAW,
    Action.CHANGE_OTHERS: Scope.DRAW,
    Action.LEAD: Scope.DRAW,
    Action.RENAME: Scope.MANAGE,
    Action.SET_PAPER: Scope.MANAGE,
    Action.SHARE: Scope.MANAGE,
    Action.ORDER: Scope.MANAGE,
    Action.TRASH: Scope.MANAGE,
}


def may(standing: Standing | None, action: Action) -> bool:
    """Whether somebody of this standing may do this now."""
    if standing is None:
        return False
    if standing.scopes is not None and SCOPE_OF[action] not in standing.scopes:
        return False
    if standing.muted and action not in _OF_THE_MUTED:
        return False
    if action is Action.DRAW:
        # Whoever is given the pen draws with it, a viewer too.
        drawing = standing.pen or action in ALLOWED[standing.role]
        return drawing and (not standing.frozen or may(standing, Action.DRAW_FROZEN))
    if action is Action.DRAW_FROZEN:
        return standing.pen or action in ALLOWED[standing.role]
    if action is Action.LEAD:
        # Not whoever happens to have the address: thirty pupils would pull each other about.
        invited = standing.role is Role.EDITOR and standing.is_member
        return standing.role is Role.OWNER or invited or standing.pen
    return action in ALLOWED[standing.role]


_LIVE: Final[Mapping[int, Action]] = {
    LiveKind.CURSOR: Action.SEE,
    LiveKind.AWAY: Action.SEE,
    LiveKind.SELECTION: Action.SEE,
    LiveKind.TRANSFORM: Action.DRAW,
    LiveKind.DRAFT: Action.DRAW,
    LiveKind.CHAT: Action.COMMENT,
    LiveKind.VIEW: Action.SEE,
    LiveKind.STATE: Action.SEE,
    LiveKind.PRESENT: Action.LEAD,
    LiveKind.PAGE: Action.SEE,
    LiveKind.PICTURES: Action.DRAW,
    LiveKind.STROKE_START: Action.DRAW,
    LiveKind.STROKE_POINTS: Action.DRAW,
    LiveKind.STROKE_END: Action.DRAW,
    LiveKind.LASER: Action.POINT,
    LiveKind.REACTION: Action.REACT,
    LiveKind.SUMMON: Action.LEAD,
}


def may_send(standing: Standing) -> frozenset[int]:
    """The kinds of live records that somebody of this standing may send (S4)."""
    return frozenset(kind for kind, action in _LIVE.items() if may(standing, action))


def _lasts(end: float | None, now: float) -> bool:
    return end is None or end > now


def _more(one: Role | None, other: Role | None) -> Role | None:
    if one is None or other is None:
        return one or other
    order = list(Role)
    return min(one, other, key=order.index)
