"""`manage.py board`: what operators do without a browser, also as JSON for programs."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.core.management import call_command
from django.core.management.base import CommandError

from boards import store
from boards.load import Connection, Counted, Meter
from boards.models import AuditEntry, Board, Element, Person, Report, ServerProcess, Transaction
from boards.protocol import CloseCode

from .commits import commit, elements
from .conftest import Join
from .sockets import Someone, put
from .test_load import Open

pytestmark = pytest.mark.django_db


def run(*arguments: object) -> str:
    out = StringIO()
    call_command("board", *map(str, arguments), stdout=out)
    return out.getvalue()


def told(*arguments: object) -> Any:
    return json.loads(run(*arguments, "--json"))


@pytest.fixture
def drawn(ann: Person, bob: Person, board: Board) -> Board:
    commit(board, ann, put("stroke-1"))
    commit(board, bob, put("stroke-2"))
    commit(board, bob, {"op": "remove", "key": "stroke-1"})
    return board


def somebody_is_on(board: Board, person: Person) -> None:
    rooms = {board.pk: Open(Counted(2, 200, 0), [Connection(person.pk, "192.0.2.1", 5)])}
    ServerProcess.objects.create(
        origin="one",
        lane=0,
        host="h",
        pid=1,
        shared_layer=True,
        load=json.dumps(Meter().read(rooms)),
    )


def test_boards_are_listed_with_who_is_on_them(ann: Person, bob: Person, drawn: Board) -> None:
    Board.objects.create(title="Empty", owner=bob)
    somebody_is_on(drawn, bob)
    assert {board["title"] for board in told("list")["boards"]} == {"Sums", "Empty"}
    (one,) = told("list", "--open")["boards"]
    assert one["id"] == str(drawn.pk)
    assert one["owner"] == {"id": ann.pk, "name": "Ann"}
    assert (one["people"], one["sockets"], one["transactions_a_minute"]) == (1, 1, 2)
    assert (one["clock"], one["elements"], one["frozen"]) == (3, 1, False)
    text = run("list")
    assert str(drawn.pk) in text
    assert "192.0.2.1" not in text + run("show", drawn.pk) + json.dumps(told("show", drawn.pk))
    assert told("show", drawn.pk)["here"] == [bob.pk]


def test_lists_can_be_narrowed_and_cut(bob: Person, board: Board) -> None:
    frozen = Board.objects.create(title="Cold", frozen=True)
    away = Board.objects.create(title="Gone", trashed="2026-01-01T00:00Z")
    Report.objects.create(board=frozen, by=bob)
    for narrowing, expected in (
        ("--frozen", {str(frozen.pk)}),
        ("--reported", {str(frozen.pk)}),
        ("--trashed", {str(away.pk)}),
        ("--open", set()),
    ):
        assert {one["id"] for one in told("list", narrowing)["boards"]} == expected
    assert len(told("list", "--limit", 1)["boards"]) == 1


def test_a_board_is_frozen_and_unfrozen(board: Board) -> None:
    assert told("freeze", board.pk) == {"board": str(board.pk), "done": "freeze"}
    assert Board.objects.filter(frozen=True).exists()
    run("unfreeze", board.pk)
    assert Board.objects.filter(frozen=False).exists()
    entries = told("audit", "--board", board.pk)["entries"]
    assert [(one["action"], one["by"]) for one in entries] == [
        ("unfreeze", "manage.py"),
        ("freeze", "manage.py"),
    ]
    assert entries[0]["details"] == {"frozen": False}


def test_a_board_goes_back_by_clock_and_by_moment(drawn: Board) -> None:
    would = told("rollback", drawn.pk, "--clock", 1, "--dry-run")
    assert (would["back"], would["gone"], would["changed"]) == (1, 1, 0)
    assert elements(drawn).keys() == {"stroke-2"}
    told("rollback", drawn.pk, "--clock", 1)
    assert elements(drawn).keys() == {"stroke-1"}
    Transaction.objects.filter(clock__lte=2).update(at=1_767_225_600_000)
    told("rollback", drawn.pk, "--at", "2026-01-01T00:00:01Z")
    assert elements(drawn).keys() == {"stroke-1", "stroke-2"}
    told("rollback", drawn.pk, "--at", "0s")
    assert store.verify(drawn.pk) == []


def test_a_cleared_board_can_be_rolled_back(drawn: Board) -> None:
    run("clear", drawn.pk)
    assert elements(drawn) == {}
    run("rollback", drawn.pk, "--clock", 3)
    assert elements(drawn).keys() == {"stroke-2"}


def test_a_board_is_exported_whole_and_never_over_a_file(drawn: Board, tmp_path: Path) -> None:
    file = tmp_path / "board.json"
    run("export", drawn.pk, file)
    exported = json.loads(file.read_text())
    assert exported["title"] == "Sums"
    assert exported["document"]["elements"] == elements(drawn)
    assert [one["clock"] for one in exported["log"]] == [1, 2, 3]
    with pytest.raises(CommandError, match="nothing was exported"):
        run("export", drawn.pk, file)


def test_a_board_is_deleted_for_good_only_by_who_means_it(drawn: Board) -> None:
    with pytest.raises(CommandError, match="--yes") as refused:
        run("delete", drawn.pk)
    assert refused.value.returncode == 2
    run("delete", drawn.pk, "--yes")
    for kind in (Board, Element, Transaction):
        assert not kind.objects.exists()
    assert AuditEntry.objects.get(action="delete").board == drawn.pk


@pytest.mark.parametrize(
    "arguments",
    [
        ("show", "nonsense"),
        ("show", "00000000-0000-4000-8000-000000000000"),
        ("rollback", "{board}"),
        ("rollback", "{board}", "--at", "yesterday"),
        ("rollback", "{board}", "--clock", "4"),
        ("rollback", "{board}", "--clock", "4", "--dry-run"),
        ("dance", "{board}"),
    ],
)
def test_what_can_not_be_done_is_said(drawn: Board, arguments: tuple[str, ...]) -> None:
    with pytest.raises(CommandError):
        run(*(one.format(board=drawn.pk) for one in arguments))
    assert not AuditEntry.objects.exists()


async def sees(someone: Someone, clock: int, notice: str) -> None:
    """The transaction and the sentence come in either order."""
    await someone.has_heard("commits", lambda m: m["transactions"][-1]["clock"] == clock)
    await someone.has_heard("board", lambda m: m.get("notice") == notice)


@pytest.mark.django_db(transaction=True)
async def test_people_on_the_board_see_what_another_process_does(
    joined: Join, ann: Person, bob: Person, board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R13: `manage.py` is a process of its own and only writes the database."""
    monkeypatch.setattr("boards.announce.everywhere_here", list)
    b = await joined(bob)
    await b.receipt(await b.commit(put("stroke-1")))
    await sync_to_async(run)("freeze", board.pk)
    await b.hear("board", lambda m: m["frozen"])
    await sync_to_async(run)("clear", board.pk)
    await sees(b, 2, "cleared")
    await sync_to_async(run)("rollback", board.pk, "--clock", 1)
    await sees(b, 3, "rolled_back")
    await sync_to_async(run)("delete", board.pk, "--yes")
    assert await b.hear_close() in {CloseCode.NOT_ALLOWED, CloseCode.NO_SUCH_BOARD}
