"""A database that people have used: drawings with every kind of change, a trashed board, users."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group, Permission, User
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from boards.models import Board, Person, Visit
from boards.people import SESSION_KEY

from .py.commits import commit
from .py.sockets import put


@dataclass(frozen=True, slots=True)
class LivedIn:
    ann: Person
    bob: Person
    sums: Board
    trashed: Board
    session: str
    """The key of Ann's, who is a guest."""


def live_in() -> LivedIn:
    """Fills the database through the code of this version."""
    ann = Person.objects.create(name="Ann", color="red")
    bob = Person.objects.create(name="밥 “Bob”", color="blue", user=_staff())
    sums = Board.objects.create(owner=ann, title="Sums & 그림")
    trashed = Board.objects.create(owner=bob, title="Old", access_version=7)
    _draw(sums, ann, bob)
    commit(trashed, bob, put("only-one"))
    Board.objects.filter(pk=trashed.pk).update(trashed=timezone.now(), frozen=True)
    for board, person in ((sums, ann), (sums, bob), (trashed, bob)):
        Visit.objects.create(board=board, person=person)
    # Somebody and something that are gone, whose numbers nobody else may get.
    Person.objects.create(name="Cid").delete()
    return LivedIn(ann, bob, sums, trashed, _session(ann))


def _draw(board: Board, ann: Person, bob: Person) -> None:
    """Strokes, a move, a recolouring, removals, a cut, a clear, what survives it, a revival."""
    commit(board, ann, put("stroke-1"), put("stroke-2", color="red", x=-20.5))
    commit(board, bob, put("stroke-3", z="a1"))
    commit(board, bob, {"op": "set", "key": "stroke-1", "props": {"x": 40, "y": -7.25}})
    commit(board, ann, {"op": "set", "key": "stroke-3", "props": {"color": "blue"}})
    commit(board, ann, {"op": "remove", "key": "stroke-2"})
    pieces = [{"key": f"piece-{n:03}", "props": {"x": n}} for n in range(2)]
    commit(board, bob, {"op": "split", "key": "stroke-3", "into": pieces})
    commit(board, None, {"op": "clear"})
    commit(board, ann, put("stroke-1", x=40, y=-7.25))
    commit(board, bob, put("stroke-4", width=12))
    commit(board, bob, {"op": "remove", "key": "no-such-key"})


def _staff() -> User:
    """Somebody signed up, in a group with a permission, who has done something in the admin."""
    user = User.objects.create_user("bob", "bob@example.org", is_staff=True)
    group = Group.objects.create(name="Teachers")
    permission = Permission.objects.get(codename="change_board")
    group.permissions.add(permission)
    user.groups.add(group)
    user.user_permissions.add(permission)
    LogEntry.objects.create(
        user=user,
        content_type=ContentType.objects.get_for_model(Board),
        object_id="1",
        object_repr="Sums",
        action_flag=CHANGE,
        change_message="[]",
    )
    return user


def _session(person: Person) -> str:
    session = SessionStore()
    session[SESSION_KEY] = person.pk
    session.create()
    assert session.session_key is not None
    return session.session_key
