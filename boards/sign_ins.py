"""What follows from signing in and out, whichever way a site does it: Django's own signals.

A guest who signs up stays the same person. Signed out, deactivated, another password: open sockets
close within 2 s in all processes (S3).
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.db import transaction
from django.db.models import QuerySet
from django.db.models.signals import post_save, pre_delete, pre_save
from django.dispatch import receiver
from django.http import HttpRequest

from . import announce, token_deeds
from .deeds import Actor
from .models import (
    NAME_LENGTH,
    Board,
    Folder,
    LibraryItem,
    Membership,
    Pen,
    Person,
    Restraint,
    ThreadSeen,
    Token,
    Visit,
)
from .names import clean_line
from .people import SESSION_KEY, person_of_user

WHAT_LETS_IN = ("password", "is_active")
"""Columns of a user; after a change of one, sessions and sockets of before are worth nothing."""


@receiver(user_logged_in)
def meet(sender: Any, request: HttpRequest, user: AbstractBaseUser, **others: Any) -> None:
    """The guest of this browser becomes the account's person, or hands over to who that is."""
    number = request.session.pop(SESSION_KEY, None)
    guest = number if isinstance(number, int) else None
    if guest is None:
        return
    person = person_of_user(user, guest)
    if person.pk != guest:
        hand_over_of_guest(guest, person)
        return
    name = clean_line(getattr(user, "first_name", ""), NAME_LENGTH)
    if name and name != person.name:
        Person.objects.filter(pk=person.pk).update(name=name)
        announce.announce_person(person.pk)


@transaction.atomic
def hand_over_of_guest(guest_id: int, person: Person) -> None:
    """A guest's boards, memberships and visits go to the person of the account they signed in to.

    Ink stays under the guest's number, and so does the record of who did what. Never done to
    somebody who has an account.
    """
    guest = Person.objects.select_for_update().filter(pk=guest_id, user=None).first()
    if guest is None or guest.pk == person.pk:
        return
    boards = list(Board.objects.filter(owner=guest).values_list("pk", flat=True))
    Board.objects.filter(pk__in=boards).update(owner=person)
    boards += _move(guest, person)
    # What spoke for a guest must not speak for an account; and nobody is the guest any more.
    token_deeds.revoke(Token.objects.filter(person=guest), Actor(person))
    # The guest's own tabs come back as the person.
    announce.announce_access(guest.pk)
    for board in set(boards):
        announce.announce_board(board)


def _move(guest: Person, person: Person) -> list[Any]:
    """Rows of which a board has one for each; the account's own stays where it has one already."""
    _move_folders(guest, person)
    for model in (Visit, Pen, Membership):
        known = model._default_manager.filter(person=person).values("board")
        rows: QuerySet[Any] = model._default_manager.filter(person=guest)
        rows.exclude(board__in=known).update(person=person)
    # Whoever was put out stays out.
    Restraint.objects.filter(person=guest).update(person=person)
    ThreadSeen.objects.filter(person=guest).exclude(
        thread__in=ThreadSeen.objects.filter(person=person).values("thread")
    ).update(person=person)
    Visit.objects.filter(person=guest).delete()
    mine = LibraryItem.objects.filter(person=person).values("key")
    LibraryItem.objects.filter(person=guest).exclude(key__in=mine).update(person=person)
    joined = Membership.objects.filter(person__in=(guest, person))
    return list(joined.values_list("board", flat=True))


def _move_folders(guest: Person, person: Person) -> None:
    names = Folder.objects.filter(person=person).values("name")
    Folder.objects.filter(person=guest).exclude(name__in=names).update(person=person)
    mine = dict(Folder.objects.filter(person=person).values_list("name", "pk"))
    for folder in Folder.objects.filter(person=guest):
        Visit.objects.filter(folder=folder).update(folder=mine[folder.name])
        folder.delete()


@receiver(user_logged_out)
def part(sender: Any, request: HttpRequest, user: AbstractBaseUser | None, **others: Any) -> None:
    if user is not None:
        close_sockets_of(user)


@receiver(pre_save, sender=get_user_model())
def look_before(
    sender: Any, instance: Any, update_fields: frozenset[str] | None = None, **others: Any
) -> None:
    """Remembers what let in before; most saves of a user only note when they were last here."""
    instance.let_in_before = None
    if instance.pk is None or (update_fields and not update_fields.intersection(WHAT_LETS_IN)):
        return
    rows = get_user_model()._default_manager.filter(pk=instance.pk)
    instance.let_in_before = rows.values_list(*WHAT_LETS_IN).first()


@receiver(post_save, sender=get_user_model())
def look_after(sender: Any, instance: Any, **others: Any) -> None:
    before = getattr(instance, "let_in_before", None)
    if before not in {None, tuple(getattr(instance, name) for name in WHAT_LETS_IN)}:
        close_sockets_of(instance)


@receiver(pre_delete, sender=get_user_model())
def gone(sender: Any, instance: Any, **others: Any) -> None:
    close_sockets_of(instance)
    # The person may stay, without an account: as a guest they must not be spoken for.
    tokens = Token.objects.filter(person__user=instance.pk)
    token_deeds.revoke(tokens, Actor(staff=""))


def close_sockets_of(user: AbstractBaseUser) -> None:
    for person in Person.objects.filter(user_id=user.pk).values_list("pk", flat=True):
        announce.announce_access(person)
