"""The only module that writes comments.

Each change raises the board's `talk` and puts the new value on the thread, in one transaction that
holds the board's row: whoever has read up to n finds all that is newer by asking for talk > n.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import transaction
from django.db.models import Q
from django.http import Http404
from django.utils import timezone

from boards import access, announce
from boards.access import Action, Standing
from boards.elements import FIRST_PAGE
from boards.models import COMMENT_LENGTH, Board, Comment, Person, Thread, ThreadSeen
from boards.options import option
from boards.rights import rules_of

from .messages import Edit, NewThread, Reply
from .text import clean_text


class RefusedError(Exception):
    """A comment that is not taken; `code` is for the page, which has a sentence for each."""

    def __init__(self, code: str, status: int = 400) -> None:
        super().__init__(code)
        self.code = code
        self.status = status


def open_thread(board: Board, person: Person, said: NewThread) -> Thread:
    """A new thread; sent again, the one that it has become."""
    text = _checked(said.text)
    with _held(board.pk):
        known = _sent_before(board, person, said.uid)
        if known is not None:
            return known
        if Thread.objects.filter(board=board).count() >= option("THREADS_MAX"):
            raise RefusedError("threads_full", 409)
        _leave_room(board)
        thread = Thread.objects.create(
            board=board,
            element=said.element or "",
            page="" if said.page in {None, FIRST_PAGE} else said.page,
            x=said.x,
            y=said.y,
        )
        _add(thread, person, said.uid, text, said.mentions)
        return thread


def reply(board: Board, person: Person, thread_id: int, said: Reply) -> Thread:
    """Another comment; a resolved thread is open again by it."""
    text = _checked(said.text)
    with _held(board.pk):
        thread = _thread_of(board, thread_id)
        known = _sent_before(board, person, said.uid)
        if known is not None:
            if known.pk != thread.pk:
                raise RefusedError("uid")
            return known
        if thread.comments.count() >= option("COMMENTS_PER_THREAD_MAX"):
            raise RefusedError("thread_full", 409)
        _leave_room(board)
        thread.resolved = thread.resolved_by = None
        _add(thread, person, said.uid, text, said.mentions)
        return thread


def resolve(board: Board, person: Person, thread_id: int, *, resolved: bool) -> Thread:
    with _held(board.pk):
        thread = _thread_of(board, thread_id)
        if (thread.resolved is not None) != resolved:
            thread.resolved = timezone.now() if resolved else None
            thread.resolved_by = person if resolved else None
            _changed(thread)
        return thread


def edit(board: Board, person: Person, thread_id: int, comment_id: int, said: Edit) -> Thread:
    """Another text of one's own comment."""
    text = _checked(said.text)
    with _held(board.pk):
        thread = _thread_of(board, thread_id)
        comment = _comment_of(thread, comment_id)
        if comment.author_id != person.pk:
            raise RefusedError("not_yours", 403)
        if comment.removed is not None:
            raise RefusedError("gone", 409)
        mentions = _mentionable(board, said.mentions)
        before = sorted(comment.mentions.values_list("pk", flat=True))
        if (comment.text, before) != (text, mentions):
            comment.text = text
            comment.edited = timezone.now()
            comment.save(update_fields=["text", "edited"])
            _mention(comment, mentions)
            _changed(thread)
        return thread


def remove(
    board: Board, person: Person, standing: Standing, thread_id: int, comment_id: int
) -> Thread:
    """Empties one's own comment, or anybody's where one keeps order; its row keeps its place."""
    with _held(board.pk):
        thread = _thread_of(board, thread_id)
        comment = _comment_of(thread, comment_id)
        if comment.author_id != person.pk and not access.may(standing, Action.ORDER):
            raise RefusedError("not_yours", 403)
        if comment.removed is None:
            comment.text = ""
            comment.removed = timezone.now()
            comment.save(update_fields=["text", "removed"])
            _mention(comment, [])
            _changed(thread)
        return thread


def see(board: Board, person: Person, thread_id: int, talk: int) -> None:
    """This person has read the thread up to there."""
    thread = _thread_of(board, thread_id)
    _mark_seen(thread, person, min(talk, thread.talk))


# -- who may be mentioned --------------------------------------------------------------------------


def _mentionable(board: Board, people: Sequence[int]) -> list[int]:
    """Those of them who have to do with the board and may see it (nobody else learns of it)."""
    if not people:
        return []
    near = Person.objects.filter(
        Q(visits__board=board) | Q(memberships__board=board) | Q(boards=board.pk),
        pk__in=people,
    )
    rules, now = rules_of(board), time.time()
    found = set(near.values_list("pk", flat=True))
    return sorted(pk for pk in found if access.standing(rules, pk, now) is not None)


# -- parts -----------------------------------------------------------------------------------------


@contextmanager
def _held(board_id: uuid.UUID) -> Iterator[None]:
    """One writer of a board's comments at a time, so that `talk` grows as they are committed."""
    with transaction.atomic():
        if Board.objects.select_for_update().filter(pk=board_id).values("pk").first() is None:
            raise Http404
        yield


def _thread_of(board: Board, thread_id: int) -> Thread:
    """A thread of this board; another board's is as absent as none."""
    found = Thread.objects.filter(board=board, pk=thread_id).first()
    if found is None:
        raise Http404
    return found


def _comment_of(thread: Thread, comment_id: int) -> Comment:
    found = thread.comments.filter(pk=comment_id).first()
    if found is None:
        raise Http404
    return found


def _sent_before(board: Board, person: Person, uid: str) -> Thread | None:
    known = Comment.objects.filter(thread__board=board, uid=uid).select_related("thread").first()
    if known is None:
        return None
    if known.author_id != person.pk:
        raise RefusedError("uid")
    return known.thread


def _checked(typed: str) -> str:
    text = clean_text(typed)
    if not text:
        raise RefusedError("empty")
    if len(text) > COMMENT_LENGTH:
        raise RefusedError("too_long")
    return text


def _leave_room(board: Board) -> None:
    if Comment.objects.filter(thread__board=board).count() >= option("COMMENTS_MAX"):
        raise RefusedError("board_full", 409)


def _add(thread: Thread, person: Person, uid: str, text: str, mentions: Sequence[int]) -> None:
    comment = Comment.objects.create(thread=thread, author=person, uid=uid, text=text)
    _mention(comment, _mentionable(thread.board, mentions))
    _changed(thread, is_news=True)
    _mark_seen(thread, person, thread.talk)


def _mention(comment: Comment, people: Sequence[int]) -> None:
    comment.mentions.set(people)


def _changed(thread: Thread, *, is_news: bool = False) -> None:
    """`is_news`: something to read; else whoever had read it all still has."""
    before = thread.talk
    thread.talk = announce.announce_talk(thread.board_id)
    thread.save(update_fields=["talk", "resolved", "resolved_by"])
    if not is_news:
        ThreadSeen.objects.filter(thread=thread, talk__gte=before).update(talk=thread.talk)


def _mark_seen(thread: Thread, person: Person, talk: int) -> None:
    mark, is_new = ThreadSeen.objects.get_or_create(
        thread=thread, person=person, defaults={"talk": talk}
    )
    if not is_new and mark.talk < talk:
        # Another tab may have read further meanwhile.
        ThreadSeen.objects.filter(pk=mark.pk, talk__lt=talk).update(talk=talk)
