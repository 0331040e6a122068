"""Addresses for keeping order: freeze, pens, silence, putting people out, taking back, reports."""

from __future__ import annotations

import json
from datetime import timedelta

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from boards import deeds
from boards.access import Action
from boards.deeds import DeedError
from boards.history.taking_back import take_back, undo_take_back
from boards.models import AuditEntry, Report, Restraint

from .answers import Answer, Asked, deed
from .forms import (
    BanForm,
    PeopleForm,
    ReportForm,
    SomeOrAllForm,
    SwitchForm,
    WhileForm,
    seconds_of,
)
from .shown import restraints_of

REPORT_EVERY = timedelta(hours=1)


# -- the board -------------------------------------------------------------------------------------


@deed(Action.ORDER)
def freeze(asked: Asked) -> Answer:
    frozen = asked.filled(SwitchForm)["on"]
    deeds.freeze(asked.board, asked.actor, frozen=frozen)
    return {"frozen": frozen}


@deed(Action.ORDER)
def own_only(asked: Asked) -> Answer:
    on = asked.filled(SwitchForm)["on"]
    deeds.set_own_only(asked.board, asked.actor, own_only=on)
    return {"ownOnly": on}


# -- the pen ---------------------------------------------------------------------------------------


@deed(Action.ORDER)
def give_pen(asked: Asked) -> Answer:
    filled = asked.filled(PeopleForm)
    people = [asked.somebody(number) for number in filled["people"]]
    with transaction.atomic():
        for person in people:
            seconds = seconds_of(filled["minutes"])
            deeds.give_pen(asked.board, person, asked.actor, seconds=seconds)
    return {}


@deed(Action.ORDER)
def take_pen(asked: Asked) -> Answer:
    people = asked.filled(SomeOrAllForm)["people"]
    if not people:
        deeds.take_pen(asked.board, asked.actor)
    for number in people:
        deeds.take_pen(asked.board, asked.actor, asked.somebody(number))
    return {}


# -- people ----------------------------------------------------------------------------------------


@deed(Action.ORDER)
def mute(asked: Asked, number: int) -> Answer:
    seconds = seconds_of(asked.filled(WhileForm)["minutes"])
    deeds.mute(asked.board, asked.somebody(number), asked.actor, seconds=seconds)
    return {}


@deed(Action.ORDER)
def unmute(asked: Asked, number: int) -> Answer:
    deeds.lift_from(asked.board, asked.somebody(number), Restraint.MUTE, asked.actor)
    return {}


@deed(Action.ORDER)
def kick(asked: Asked, number: int) -> Answer:
    deeds.kick(asked.board, asked.somebody(number), asked.actor)
    return {}


@deed(Action.ORDER)
def ban(asked: Asked, number: int) -> Answer:
    filled = asked.filled(BanForm)
    deeds.ban(
        asked.board,
        asked.somebody(number),
        asked.actor,
        seconds=seconds_of(filled["minutes"]),
        reason=filled["reason"],
        also_address=filled["address"],
    )
    return {}


@deed(Action.ORDER)
def lift(asked: Asked, number: int) -> Answer:
    """A ban or a mute, by its own number."""
    restraint = Restraint.objects.filter(board=asked.board, pk=number).first()
    if restraint is None:
        raise Http404
    deeds.lift(restraint, asked.actor)
    return {"restraints": restraints_of(asked.board)}


# -- taking back -----------------------------------------------------------------------------------


@deed(Action.ORDER)
def take_back_all(asked: Asked, number: int) -> Answer:
    """Everything that a person did in the last minutes, or ever."""
    minutes = asked.filled(WhileForm)["minutes"]
    since = None if minutes is None else timezone.now() - timedelta(minutes=minutes)
    entry = take_back(asked.board, asked.somebody(number), asked.actor, since=since)
    return {"entry": None if entry is None else entry.pk}


@deed(Action.ORDER)
def put_back_all(asked: Asked, number: int) -> Answer:
    """Undoes a taking back, by the number of its audit entry."""
    entry = AuditEntry.objects.filter(board=asked.board.pk, action="take_back", pk=number).first()
    if entry is None:
        raise Http404
    undo_take_back(asked.board, entry, asked.actor)
    return {"clocks": json.loads(entry.details).get("clocks", [])}


# -- reports ---------------------------------------------------------------------------------------


@deed(Action.SEE)
def report(asked: Asked) -> Answer:
    """Tells the staff; once an hour from each."""
    text = asked.filled(ReportForm)["text"]
    recent = Report.objects.filter(
        board=asked.board, by=asked.actor.person, at__gt=timezone.now() - REPORT_EVERY
    )
    if recent.exists():
        raise DeedError("reported already within this hour")
    Report.objects.create(board=asked.board, by=asked.actor.person, text=text)
    return {}
