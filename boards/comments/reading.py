"""What a page is told of a board's comments, in a fixed number of queries."""

from __future__ import annotations

import json
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from boards import access
from boards.models import Board, Comment, Element, Membership, Person, Thread, ThreadSeen, Visit
from boards.rights import rules_of

from .messages import Named, Place, Somebody, Talked, ToldComment, ToldThread

THREADS_PER_ANSWER = 200
"""Some hundred kilobytes at most in ordinary use; whoever is behind asks again."""
PEOPLE_MAX = 200


def talked(board: Board, person: Person, since: int, *, with_people: bool) -> Talked:
    """The threads that have changed after `since`.

    The board's `talk` has been read before them: a thread that changes in between comes twice
    rather than never.
    """
    newer = Thread.objects.filter(board=board, talk__gt=since).select_related("resolved_by")
    threads = list(newer.order_by("talk", "pk")[: THREADS_PER_ANSWER + 1])
    talk = board.talk
    if len(threads) > THREADS_PER_ANSWER:
        threads.pop()
        talk = threads[-1].talk
    people = people_near(board) if with_people else None
    return Talked(talk=talk, threads=told(board, threads, person), people=people)


def told(board: Board, threads: Sequence[Thread], person: Person) -> list[ToldThread]:
    ids = [thread.pk for thread in threads]
    comments = _comments_of(ids)
    seen = dict(
        ThreadSeen.objects.filter(thread__in=ids, person=person).values_list("thread", "talk")
    )
    was_at = _places_of_removed(board, {thread.element for thread in threads if thread.element})
    return [
        ToldThread(
            id=thread.pk,
            x=thread.x,
            y=thread.y,
            element=thread.element or None,
            page=thread.page or None,
            was_at=was_at.get(thread.element),
            created=_ms(thread.created),
            resolved=None if thread.resolved is None else _ms(thread.resolved),
            resolved_by=_named(thread.resolved_by),
            talk=thread.talk,
            unread=seen.get(thread.pk, 0) < thread.talk,
            mentions_me=any(person.pk in comment.mentions for comment in comments[thread.pk]),
            comments=comments[thread.pk],
        )
        for thread in threads
    ]


def people_near(board: Board) -> list[Named]:
    """Whom one may mention: owner, members and recent visitors, as far as they may see it."""
    members = Membership.objects.filter(board=board).select_related("person").order_by("-pk")
    visits = Visit.objects.filter(board=board).select_related("person").order_by("-seen")
    near = [
        *((board.owner,) if board.owner is not None else ()),
        *(visit.person for visit in visits[:PEOPLE_MAX]),
        *(member.person for member in members[:PEOPLE_MAX]),
    ]
    rules, now = rules_of(board), time.time()
    found = {one.pk: one for one in near if access.standing(rules, one.pk, now) is not None}
    return [Named(one.pk, one.name) for one in list(found.values())[:PEOPLE_MAX]]


# -- parts -----------------------------------------------------------------------------------------


def _comments_of(threads: Sequence[int]) -> defaultdict[int, list[ToldComment]]:
    mentions: defaultdict[int, list[int]] = defaultdict(list)
    through = Comment.mentions.through.objects.filter(comment__thread__in=threads)
    for comment_id, person_id in through.order_by("pk").values_list("comment", "person"):
        mentions[comment_id].append(person_id)
    found: defaultdict[int, list[ToldComment]] = defaultdict(list)
    rows = Comment.objects.filter(thread__in=threads).select_related("author").order_by("pk")
    for comment in rows:
        found[comment.thread_id].append(_comment(comment, mentions[comment.pk]))
    return found


def _comment(comment: Comment, mentions: list[int]) -> ToldComment:
    author = comment.author
    return ToldComment(
        id=comment.pk,
        uid=comment.uid,
        author=None if author is None else Somebody(author.pk, author.name, author.color),
        at=_ms(comment.at),
        edited=None if comment.edited is None else _ms(comment.edited),
        removed=comment.removed is not None,
        text=comment.text,
        mentions=mentions,
    )


def _places_of_removed(board: Board, keys: Iterable[str]) -> dict[str, Place]:
    """The page has no elements that are removed; their rows still know where they were."""
    rows = Element.objects.filter(board=board, key__in=keys, removed=True)
    found: dict[str, Place] = {}
    for key, body in rows.values_list("key", "body"):
        element = json.loads(body)
        found[key] = Place(float(element.get("x", 0)), float(element.get("y", 0)))
    return found


def _named(person: Person | None) -> Named | None:
    return None if person is None else Named(person.pk, person.name)


def _ms(at: datetime) -> int:
    return int(at.timestamp() * 1000)
