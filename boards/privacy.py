"""What a person may have done about what is kept of them: erased from boards, or all of it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from . import erasing
from .announce import announce_access, announce_board, announce_talk
from .assets.sweeping import boards_with_assets_of
from .deeds import Actor, record
from .deletion import delete_for_good
from .models import Board, Comment, LibraryItem, Person
from .ownership import hand_over, heir_of


def erase_person(person: Person, by: Actor, boards: list[UUID] | None = None) -> int:
    """Everything they drew and said, on all boards or on some; returns on how many it was.

    Each board by itself: whoever draws waits for no other, and what is done is done.
    """
    count = 0
    for board in _boards_of(person) if boards is None else boards:
        if erasing.erase_ink(board, person.pk):
            record(by, "erase", board, person)
            announce_board(board)
            count += 1
    _erase_comments(person, boards)
    if boards is None:
        LibraryItem.objects.filter(person=person).delete()
    return count


def _boards_of(person: Person) -> list[UUID]:
    """Where there is ink of theirs, or a picture that they brought."""
    return sorted({*erasing.boards_with_ink_of(person.pk), *boards_with_assets_of(person.pk)})


def _erase_comments(person: Person, boards: list[UUID] | None) -> None:
    """Their words go; that something was said stays, so that the answers make sense."""
    said = Comment.objects.filter(author=person, removed=None)
    if boards is not None:
        said = said.filter(thread__board__in=boards)
    talks = set(said.values_list("thread__board", flat=True))
    with transaction.atomic():
        Comment.mentions.through.objects.filter(comment__in=said.values("pk")).delete()
        said.update(text="", removed=timezone.now())
    for board in talks:
        announce_talk(board)


@dataclass(frozen=True, slots=True)
class Farewell:
    """What has become of a person's boards."""

    handed_over: int
    deleted: int


def forget_person(person: Person, by: Actor, *, ink: bool) -> Farewell:
    """Deletes a person with their account; with `ink` also what they drew on others' boards.

    Their boards go to who follows them (see `ownership`), and are deleted where nobody does.
    Ink that stays is nobody's from then on.
    """
    if ink:
        erase_person(person, by)
    else:
        _erase_comments(person, None)
    with transaction.atomic():
        farewell = _part_with_boards(person, by)
        by = Actor(staff=by.staff) if by.person == person else by
        record(
            by,
            "person.delete",
            erased=ink,
            account=person.user_id is not None,
            handed_over=farewell.handed_over,
            deleted=farewell.deleted,
        )
        announce_access(person.pk)
        user = person.user
        person.delete()
        if user is not None:
            user.delete()
    return farewell


def _part_with_boards(person: Person, by: Actor) -> Farewell:
    handed_over = deleted = 0
    for board in Board.objects.filter(owner=person):
        heir = heir_of(board)
        if heir is None:
            Board.objects.filter(pk=board.pk, trashed=None).update(trashed=timezone.now())
            delete_for_good([board.pk], by)
            deleted += 1
        else:
            hand_over(board, heir, by=by, keep=None)
            handed_over += 1
    return Farewell(handed_over, deleted)
