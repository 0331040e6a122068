"""What somebody may do follows from a few rules, whatever else holds (R13, S30)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boards import access
from boards.access import Action, Restrained, Rules, Standing, Until, may, may_send, standing
from boards.protocol import Audience, LiveKind, Role

NOW = 1000.0
OWNER, EVE, OTHER = 1, 2, 3

roles = st.sampled_from(Role)
ends = st.sampled_from([None, NOW - 1, NOW, NOW + 1])
lasting = st.sampled_from([None, NOW + 1])
over = st.sampled_from([NOW - 1, NOW])
restraints = st.builds(Until, st.sampled_from(Restrained), ends)
rules = st.builds(
    Rules,
    owner_id=st.sampled_from([OWNER, None]),
    trashed=st.booleans(),
    frozen=st.booleans(),
    own_only=st.booleans(),
    audience=st.sampled_from(Audience),
    members=st.dictionaries(st.sampled_from([OWNER, EVE, OTHER]), roles),
    restraints=st.dictionaries(
        st.sampled_from([OWNER, EVE, OTHER]), st.lists(restraints, max_size=3).map(tuple)
    ),
    pens=st.dictionaries(st.sampled_from([OWNER, EVE, OTHER]), ends),
)
people = st.sampled_from([OWNER, EVE, OTHER])
standings = st.builds(
    Standing,
    role=roles,
    is_member=st.booleans(),
    muted=st.booleans(),
    pen=st.booleans(),
    frozen=st.booleans(),
    own_only=st.booleans(),
)


def allowed(rules: Rules, person: int) -> frozenset[Action]:
    found = standing(rules, person, NOW)
    return frozenset() if found is None else found.allowed


@given(rules, roles, roles)
def test_whoever_is_more_may_all_that_whoever_is_less_may(
    rules: Rules, one: Role, other: Role
) -> None:
    more, less = sorted((one, other), key=list(Role).index)
    as_more = replace(rules, members={**rules.members, EVE: more})
    as_less = replace(rules, members={**rules.members, EVE: less})
    assert allowed(as_more, EVE) >= allowed(as_less, EVE)


@given(rules, roles)
def test_becoming_a_member_takes_nothing_away(rules: Rules, role: Role) -> None:
    without = replace(rules, members={})
    assert allowed(replace(rules, members={EVE: role}), EVE) >= allowed(without, EVE)


@given(rules)
def test_an_audience_that_may_more_takes_nothing_away(rules: Rules) -> None:
    nobody, view, draw = (allowed(replace(rules, audience=one), EVE) for one in Audience)
    assert nobody <= view <= draw


@given(rules, people, lasting)
def test_the_banned_are_nothing_but_the_owner_stays(
    rules: Rules, person: int, end: float | None
) -> None:
    banned = replace(rules, restraints={person: (Until(Restrained.BANNED, end),)})
    found = standing(banned, person, NOW)
    if rules.owner_id == person:
        assert found is not None
    else:
        assert found is None


@given(rules, people, lasting)
def test_the_muted_only_see(rules: Rules, person: int, end: float | None) -> None:
    muted = replace(rules, restraints={person: (Until(Restrained.MUTED, end),)})
    found = standing(muted, person, NOW)
    if found is not None and found.role is not Role.OWNER:
        assert found.allowed == {Action.SEE}


@given(standings)
def test_on_a_frozen_board_draw_owners_and_whoever_has_the_pen(one: Standing) -> None:
    frozen = replace(one, frozen=True, muted=False)
    assert may(frozen, Action.DRAW) == (one.pen or one.role is Role.OWNER)


@given(rules, people, over)
def test_what_is_over_counts_for_nothing(rules: Rules, person: int, end: float) -> None:
    bare = replace(rules, restraints={}, pens={})
    past = replace(
        rules,
        restraints={person: tuple(Until(kind, end) for kind in Restrained)},
        pens={person: end},
    )
    assert standing(past, person, NOW) == standing(bare, person, NOW)


@given(rules, people)
def test_a_board_in_the_trash_is_its_owners_alone(rules: Rules, person: int) -> None:
    found = standing(replace(rules, trashed=True), person, NOW)
    assert found is None or found.role is Role.OWNER


@given(rules)
def test_nobody_is_nothing(rules: Rules) -> None:
    assert standing(rules, None, NOW) is None
    assert not any(may(None, action) for action in Action)


@given(rules, people)
def test_whoever_may_anything_may_see(rules: Rules, person: int) -> None:
    found = standing(rules, person, NOW)
    assert found is None or Action.SEE in found.allowed


@given(rules, people)
def test_one_person_s_rights_hang_on_nobody_else_s_rows(rules: Rules, person: int) -> None:
    """So that a page may read one person's rows and a room everybody's."""
    own = replace(
        rules,
        members={who: role for who, role in rules.members.items() if who == person},
        restraints={who: laid for who, laid in rules.restraints.items() if who == person},
        pens={who: end for who, end in rules.pens.items() if who == person},
    )
    assert standing(own, person, NOW) == standing(rules, person, NOW)


@given(rules, people)
def test_nothing_changes_before_the_next_change(rules: Rules, person: int) -> None:
    change = rules.next_change(NOW)
    before = NOW + 0.5 if change is None else (NOW + change) / 2
    assert standing(rules, person, before) == standing(rules, person, NOW)
    assert rules.holders(before) == rules.holders(NOW)


SENT = {
    LiveKind.CURSOR: Action.SEE,
    LiveKind.AWAY: Action.SEE,
    LiveKind.SELECTION: Action.SEE,
    LiveKind.VIEW: Action.SEE,
    LiveKind.STATE: Action.SEE,
    LiveKind.TRANSFORM: Action.DRAW,
    LiveKind.DRAFT: Action.DRAW,
    LiveKind.STROKE_START: Action.DRAW,
    LiveKind.STROKE_POINTS: Action.DRAW,
    LiveKind.STROKE_END: Action.DRAW,
    LiveKind.CHAT: Action.COMMENT,
    LiveKind.LASER: Action.POINT,
    LiveKind.REACTION: Action.REACT,
    LiveKind.PRESENT: Action.LEAD,
    LiveKind.PAGE: Action.SEE,
    LiveKind.PICTURES: Action.DRAW,
    LiveKind.SUMMON: Action.LEAD,
}


@given(standings)
def test_s4_live_records_go_by_the_same_rights(one: Standing) -> None:
    assert may_send(one) == {kind for kind, action in SENT.items() if may(one, action)}


def test_every_live_kind_has_its_right() -> None:
    assert SENT.keys() == set(LiveKind)


@pytest.mark.parametrize("role", Role)
def test_only_owners_share_keep_order_and_throw_away(role: Role) -> None:
    owners_own = {Action.SHARE, Action.ORDER, Action.TRASH, Action.CHANGE_OTHERS}
    one = Standing(role=role, is_member=True, pen=True)
    assert (owners_own <= one.allowed) == (role is Role.OWNER)
    assert role is Role.OWNER or not owners_own & one.allowed


def test_the_table_of_roles_has_a_row_for_each() -> None:
    assert access.ALLOWED.keys() == set(Role)
