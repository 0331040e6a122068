"""Backups: one moment, on any database; restored whole or not at all, under running servers."""

from __future__ import annotations

import gzip
import io
import json
import sqlite3
import stat
import threading
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import psycopg
import pytest
from asgiref.sync import sync_to_async
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection
from psycopg import sql

from boards import store
from boards.backups import BackupError, check, restore, schema, take
from boards.backups.lines import read
from boards.models import Board, Element, Person, ServerProcess, Transaction
from boards.protocol import CloseCode
from tests.lived_in import live_in
from tests.servers import DatabaseServer

from .commits import commit, elements, sent, submission
from .conftest import Join
from .installations import Installation, Rows, newer_program, rows_of
from .sockets import new_id, put

inside = pytest.mark.django_db(transaction=True)
"""On the database of the tests themselves."""

LIVE_IN = """
from django.core.management import call_command; call_command("migrate", verbosity=0)
from tests.lived_in import live_in; live_in()
"""

Place = Callable[[str], str]
"""Makes an empty database with this name; returns its address."""
LivedIn = Callable[[str], Installation]
"""Fills the empty database at this address, as people would have."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "boards.backup"


@pytest.fixture
def sqlite(tmp_path: Path) -> Place:
    return lambda name: f"sqlite:///{tmp_path / name}.sqlite3"


@pytest.fixture
def postgres(postgres_server: DatabaseServer) -> Place:
    return postgres_server.database


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest) -> Place:
    """On both."""
    found: Place = request.getfixturevalue(request.param)
    return found


@pytest.fixture(scope="module")
def original(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], str]:
    """The lived-in database of each kind that copies are made of; filled by the first who asks."""

    @cache
    def filled(kind: str) -> str:
        if kind == "sqlite":
            url = f"sqlite:///{tmp_path_factory.mktemp('original') / 'lived-in.sqlite3'}"
        else:
            url = request.getfixturevalue("postgres_server").database("original")
        Installation(url).manage("shell", "--no-imports", "-c", LIVE_IN)
        return url

    return filled


@pytest.fixture
def lived_in(original: Callable[[str], str]) -> LivedIn:
    """Fills the empty database at an address: migrating and drawing are done once for all."""

    def fill(url: str) -> Installation:
        if url.startswith("sqlite:"):
            _copy_file(original("sqlite"), url)
        else:
            _copy_database(original("postgres"), url)
        return Installation(url)

    return fill


def _copy_file(one: str, other: str) -> None:
    files = (url.removeprefix("sqlite:///") for url in (one, other))
    with closing(sqlite3.connect(next(files))) as old, closing(sqlite3.connect(next(files))) as new:
        old.backup(new)


def _copy_database(one: str, other: str) -> None:
    old, new = (sql.Identifier(urlsplit(url).path.removeprefix("/")) for url in (one, other))
    beside = urlsplit(one)._replace(path="/postgres").geturl()
    with psycopg.connect(beside, autocommit=True) as server:
        server.execute(sql.SQL("DROP DATABASE {}").format(new))
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(new, old))


def backed_up(file: Path) -> Path:
    call_command("backup", str(file), stderr=io.StringIO())
    return file


def put_back(file: Path) -> str:
    said = io.StringIO()
    call_command("restore", file, "--replace", "--no-input", stdout=said)
    return said.getvalue()


def everything() -> Rows:
    """All rows of all models of the database of the tests."""
    return {
        label: sorted(model._base_manager.values(), key=repr) for label, model in _models().items()
    }


@cache
def _models() -> dict[str, schema.AnyModel]:
    """Made once: nothing here migrates the tests' own database."""
    return schema.models_at(schema.applied(connection))


def without_renewed(rows: Rows) -> Rows:
    """Boards have new epochs and versions of rights after a restore, and nothing else is new."""
    boards = [
        {name: value for name, value in row.items() if name not in {"epoch", "access_version"}}
        for row in rows["boards.board"]
    ]
    return {**rows, "boards.board": boards}


def epoch_of(board: Board) -> str:
    return Board.objects.get(pk=board.pk).epoch


# -- there and back --------------------------------------------------------------------------------


def test_everything_comes_back_on_any_database(
    lived_in: LivedIn, sqlite: Place, postgres: Place, tmp_path: Path
) -> None:
    """From SQLite to PostgreSQL, to another PostgreSQL, and back to SQLite: row for row."""
    one = lived_in(sqlite("one"))
    files = [tmp_path / str(number) for number in range(4)]
    one.manage("backup", files[0])
    for number, url in enumerate([postgres("two"), postgres("three"), sqlite("four")]):
        other = Installation(url)
        told = other.manage("restore", files[number])
        assert "boards.transaction 11" in told
        assert "verified: 2 boards, 0 differ from their logs" in told
        other.manage("backup", files[number + 1])
    first, *others = [rows_of(path) for path in files]
    assert len(first["boards.transaction"]) == 11
    assert all(without_renewed(rows) == without_renewed(first) for rows in others)
    epochs = {row["epoch"] for path in files for row in rows_of(path)["boards.board"]}
    assert len(epochs) == 2 * len(files)
    # Nothing is judged by SQLite's tables of the file that began it, for those we read ourselves.
    assert _tables(tmp_path / "four.sqlite3") == _tables(tmp_path / "one.sqlite3")


def _tables(file: Path) -> dict[str, Counter[tuple[Any, ...]]]:
    """Every table of an SQLite file, as it stands there."""
    found = {}
    with closing(sqlite3.connect(file)) as database:
        for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'"):
            columns = [row[1] for row in database.execute(f"PRAGMA table_info({name})")]
            kept = [f'"{column}"' for column in columns if column not in {"epoch", "applied"}]
            rows = database.execute(f"SELECT {', '.join(kept)} FROM {name}")  # noqa: S608
            found[name] = Counter(rows.fetchall())
    return found


@inside
def test_nothing_changes_but_the_boards_epochs_and_versions_of_rights(file: Path) -> None:
    """R1, R2, R13: ids, clocks, digests, dates and numbers are what they were."""
    lived = live_in()
    again = submission(lived.sums, lived.ann, put("stroke-9"))
    (first,) = store.commit([again])
    before = everything()
    backed_up(file)
    commit(lived.sums, lived.bob, {"op": "clear"})
    Person.objects.filter(pk=lived.bob.pk).update(name="Bert")
    Session.objects.all().delete()

    put_back(file)

    after = everything()
    assert without_renewed(after) == without_renewed(before)
    for old, new in zip(before["boards.board"], after["boards.board"], strict=True):
        assert new["epoch"] != old["epoch"]
        assert new["access_version"] > old["access_version"]
    (outcome,) = store.commit([again])
    assert sent(outcome) == sent(first)
    lived.sums.refresh_from_db()
    assert commit(lived.sums, lived.ann, put("stroke-10"))["clock"] == sent(first)["clock"] + 1


@inside
def test_rights_are_newer_than_any_that_were_judged(file: Path, ann: Person, board: Board) -> None:
    """R13: the backup's version 1 may be counted up to another 2 than the one of before."""
    backed_up(file)
    Board.objects.filter(pk=board.pk).update(access_version=5, frozen=True)
    judged = Board.objects.get(pk=board.pk)
    put_back(file)
    (outcome,) = store.commit([submission(judged, ann, put("stroke-1"))])
    assert isinstance(outcome, store.Stale)
    assert Board.objects.get(pk=board.pk).access_version > 5


@inside
def test_no_number_is_given_twice(file: Path, ann: Person, bob: Person) -> None:
    """Whoever was deleted, or is younger than the backup, is nobody else afterwards."""
    deleted = bob.pk
    bob.delete()
    backed_up(file)
    assert Person.objects.create(name="Cid").pk > deleted
    younger = Person.objects.create(name="Dan").pk
    put_back(file)
    assert list(Person.objects.all()) == [ann]
    assert Person.objects.create(name="Eve").pk > younger


def test_no_number_is_given_twice_on_another_database(
    lived_in: LivedIn, place: Place, file: Path
) -> None:
    """The third person, who was deleted, stays the third."""
    lived_in(place("one")).manage("backup", file)
    other = Installation(place("two"))
    other.manage("restore", file)
    made = "from boards.models import Person; print(Person.objects.create(name='Dan').pk)"
    assert other.manage("shell", "--no-imports", "-c", made).strip() == "4"


# -- the file --------------------------------------------------------------------------------------


@inside
def test_only_its_owner_may_read_it_and_nothing_else_is_left(file: Path, board: Board) -> None:
    file.write_text("an older one")
    backed_up(file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(file.parent.iterdir()) == [file]
    assert check(file).rows["boards.board"] == 1


@inside
def test_what_could_not_be_written_leaves_the_older_one(
    file: Path, board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    backed_up(file)
    before = file.read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(CommandError, match="No space left"):
        backed_up(file)
    assert file.read_bytes() == before
    assert list(file.parent.iterdir()) == [file]


@inside
def test_nothing_but_a_file_is_replaced(file: Path, board: Board) -> None:
    """A folder, or a device, which root could replace."""
    for place in (file.parent, Path("/dev/null")):
        with pytest.raises(CommandError, match="is no file"):
            backed_up(place)
    link = file.with_name("newest")
    link.symlink_to(file)
    backed_up(link)
    assert link.is_symlink()
    assert check(file).rows["boards.board"] == 1


def test_it_goes_through_a_pipe(lived_in: LivedIn, sqlite: Place, file: Path) -> None:
    one = lived_in(sqlite("one"))
    file.write_bytes(one.piped("manage.py", "backup", "-"))
    assert check(file).rows["boards.board"] == 2


@inside
def test_the_same_contents_are_the_same_lines(file: Path) -> None:
    live_in()
    one, two = ([*read(backed_up(file))] for _ in range(2))
    assert one[1:-1] == two[1:-1]


@inside
def test_who_is_alive_is_left_out_and_left_alone(file: Path) -> None:
    """Server processes register themselves: it means nothing at another moment."""
    alive = ServerProcess.objects.create(
        origin="one", lane=1, host="here", pid=1, shared_layer=False
    )
    assert "boards.serverprocess" not in check(backed_up(file)).rows
    put_back(file)
    assert ServerProcess.objects.get() == alive


@inside
def test_what_is_left_out_today_may_be_in_an_older_backup(
    file: Path, ann: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sessions stand for such a table here."""
    Session.objects.create(pk="a", session_data="", expire_date=ann.created)
    backed_up(file)
    monkeypatch.setattr(schema, "LEFT_OUT", frozenset({"sessions.session"}))
    Session.objects.create(pk="b", session_data="", expire_date=ann.created)
    put_back(file)
    assert Session.objects.count() == 2


# -- one moment ------------------------------------------------------------------------------------


class Interrupted(io.BytesIO):
    """A file; whenever something is written to it, somebody draws, in a thread of their own."""

    def __init__(self, board: Board) -> None:
        super().__init__()
        self.board = board
        self.drawn = 0

    def write(self, text: Any) -> int:
        thread = threading.Thread(target=self._draw)
        thread.start()
        thread.join()
        return super().write(text)

    def _draw(self) -> None:
        commit(self.board, None, put(new_id()))
        self.drawn += 1
        connection.close()


@inside
def test_a_backup_is_one_moment_and_nobody_waits_for_it(file: Path, board: Board) -> None:
    """Whoever draws while it is being written is committed, and is not in it."""
    commit(board, None, put("stroke-1"))
    out = Interrupted(board)
    take(out)
    file.write_bytes(out.getvalue())
    assert out.drawn > 0
    rows = rows_of(file)
    assert [row["clock"] for row in rows["boards.board"]] == [1]
    assert [row["uid"] for row in rows["boards.transaction"]] == [
        Transaction.objects.get(clock=1).uid
    ]
    assert Board.objects.get().clock == 1 + out.drawn


def test_every_board_is_at_its_logs_end_while_others_write(
    lived_in: LivedIn, place: Place, file: Path
) -> None:
    """R1: two threads commit through another process; the backup takes many pages meanwhile."""
    one, other = lived_in(place("one")), Installation(place("two"))
    with one.start("-m", "tests.py.writing") as writing:
        assert writing.stdout is not None
        assert writing.stdout.readline() == "begun\n"
        one.manage("backup", file)
        # The end of its standard input is what it waits for.
        said, _ = writing.communicate()
    rows = rows_of(file)
    clocks = Counter(row["board_id"] for row in rows["boards.transaction"])
    assert {row["id"]: row["clock"] for row in rows["boards.board"]} == clocks
    assert max(clocks.values()) < 10 + int(said)
    assert "0 differ" in other.manage("restore", file)
    assert json.loads(other.manage("verify", "--json")) == {"boards": 2, "differences": {}}


def test_who_writes_while_all_is_replaced_waits_and_is_not_refused(
    lived_in: LivedIn, place: Place, file: Path
) -> None:
    """R5: *never* would take back what is drawn; a writer sees the board before or after."""
    one = lived_in(place("one"))
    one.manage("backup", file)
    with one.start("-m", "tests.py.writing") as writing:
        assert writing.stdout is not None
        assert writing.stdout.readline() == "begun\n"
        one.manage("restore", file, "--replace", "--no-input")
        said, _ = writing.communicate()
    assert writing.returncode == 0
    assert int(said) > 0
    assert json.loads(one.manage("verify", "--json")) == {"boards": 2, "differences": {}}


# -- what is refused -------------------------------------------------------------------------------


def rewritten(file: Path, change: Callable[[list[bytes]], list[bytes]]) -> None:
    """The same file with other lines, properly compressed."""
    lines = gzip.decompress(file.read_bytes()).splitlines(keepends=True)
    file.write_bytes(gzip.compress(b"".join(change(lines))))


def end_of(lines: list[bytes]) -> list[bytes]:
    """Lines with a new and right end, as a careful forger would write it."""
    counts: dict[str, int] = {}
    model = ""
    for line in lines[1:]:
        if line.startswith(b"["):
            counts[model] += 1
        else:
            model = json.loads(line)["model"]
            counts[model] = 0
    checksum = sha256(b"".join(lines)).hexdigest()
    end = {"line": "end", "rows": counts, "sha256": checksum}
    return [*lines, json.dumps(end).encode() + b"\n"]


def header(lines: list[bytes], **others: Any) -> list[bytes]:
    first = json.loads(lines[0]) | others
    return end_of([json.dumps(first).encode() + b"\n", *lines[1:-1]])


DAMAGES: dict[str, Callable[[Path], object]] = {
    "cut off in the middle": lambda f: f.write_bytes(f.read_bytes()[: f.stat().st_size // 2]),
    "cut off by one byte": lambda f: f.write_bytes(f.read_bytes()[:-1]),
    "empty": lambda f: f.write_bytes(b""),
    "missing": lambda f: f.unlink(),
    "a folder": lambda f: _with_a_folder_instead(f),
    "another file": lambda f: f.write_bytes(b"\x89PNG and so on"),
    "another gzip": lambda f: f.write_bytes(gzip.compress(b"{}\n[]\n")),
    "binary in gzip": lambda f: f.write_bytes(gzip.compress(bytes(range(256)))),
    "one bit": lambda f: f.write_bytes(_with_a_flipped_bit(f.read_bytes())),
    "a line without its end": lambda f: rewritten(f, lambda lines: [*lines[:-1], lines[-1][:9]]),
    "no end": lambda f: rewritten(f, lambda lines: lines[:-1]),
    "a row less": lambda f: rewritten(f, lambda lines: [*lines[:-2], lines[-1]]),
    "a row more": lambda f: rewritten(f, lambda lines: [*lines[:-1], *lines[-2:]]),
    "another value": lambda f: rewritten(
        f, lambda lines: [line.replace(b"Sums", b"Suns") for line in lines]
    ),
    "something behind": lambda f: rewritten(f, lambda lines: [*lines, b"[]\n"]),
    "another backup behind": lambda f: f.write_bytes(2 * f.read_bytes()),
    "a row of another length": lambda f: rewritten(
        f, lambda lines: end_of([*lines[:-2], b'["too short"]\n'])
    ),
    "another format": lambda f: rewritten(f, lambda lines: header(lines, format=2)),
    "a newer schema": lambda f: rewritten(f, lambda lines: header(lines, schema=99)),
    "newer migrations": lambda f: rewritten(
        f, lambda lines: header(lines, migrations={"boards": ["0001_initial", "9999_newer"]})
    ),
    "an unknown part": lambda f: rewritten(
        f, lambda lines: header(lines, migrations={"boards": ["0001_initial"], "shop": ["0001"]})
    ),
    "migrations without what they need": lambda f: rewritten(
        f, lambda lines: header(lines, migrations={"boards": ["0001_initial"]})
    ),
    "another table": lambda f: rewritten(
        f,
        lambda lines: end_of(
            [line.replace(b"boards.element", b"boards.mineral") for line in lines[:-1]]
        ),
    ),
    "another field": lambda f: rewritten(
        f, lambda lines: end_of([line.replace(b'"title"', b'"name"') for line in lines[:-1]])
    ),
    "somebody who is missing": lambda f: rewritten(
        f, lambda lines: end_of([line for line in lines[:-1] if b'"Ann"' not in line])
    ),
    "the same row twice": lambda f: rewritten(f, _with_ann_twice),
    "no date": lambda f: rewritten(f, _without_a_date),
}


@cache
def whole_backup() -> bytes:
    """Of the database as the first who asks has it; what is damaged afterwards are copies."""
    out = io.BytesIO()
    take(out)
    return out.getvalue()


def _with_a_folder_instead(file: Path) -> None:
    file.unlink()
    file.mkdir()


def _with_a_flipped_bit(content: bytes) -> bytes:
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


def _with_ann_twice(lines: list[bytes]) -> list[bytes]:
    (at,) = [number for number, line in enumerate(lines) if b'"Ann"' in line]
    return end_of([*lines[:at], lines[at], *lines[at:-1]])


def _without_a_date(lines: list[bytes]) -> list[bytes]:
    (at,) = [number for number, line in enumerate(lines) if b'"Ann"' in line]
    row = json.loads(lines[at])
    row[4] = "yesterday"
    return end_of([*lines[:at], json.dumps(row).encode() + b"\n", *lines[at + 1 : -1]])


@inside
@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_what_is_no_whole_backup_of_ours_changes_nothing(
    damage: Callable[[Path], object], file: Path, ann: Person, board: Board
) -> None:
    commit(board, ann, put("stroke-1"))
    file.write_bytes(whole_backup())
    commit(board, ann, put("stroke-2"))
    before = everything()
    damage(file)
    with pytest.raises(CommandError) as refused:
        put_back(file)
    assert str(refused.value).strip()
    assert everything() == before
    assert commit(board, ann, put("stroke-3"))["clock"] == 3


@inside
def test_a_file_that_changes_meanwhile_is_not_restored(file: Path, ann: Person) -> None:
    backup = check(backed_up(file))
    Person.objects.create(name="Bob")
    backed_up(file)
    with pytest.raises(BackupError, match="has changed"):
        restore(backup, replace=True)
    assert Person.objects.count() == 2


@inside
def test_what_people_have_made_is_not_deleted_unasked(
    file: Path, ann: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    backed_up(file)
    with pytest.raises(CommandError, match=r"not empty \(boards.person 1\)"):
        call_command("restore", file)
    with pytest.raises(CommandError, match="nobody is there to be asked"):
        call_command("restore", file, "--replace")
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("builtins.input", lambda _: "no")
    asked = io.StringIO()
    with pytest.raises(CommandError, match="nothing has been changed"):
        call_command("restore", file, "--replace", stdout=asked)
    assert "deletes what the database holds, forever: boards.person 1." in asked.getvalue()
    assert Person.objects.get() == ann
    monkeypatch.setattr("builtins.input", lambda _: "yes")
    call_command("restore", file, "--replace", stdout=asked)
    assert Person.objects.get() == ann


@inside
def test_accounts_alone_are_something_too(file: Path) -> None:
    backed_up(file)
    User.objects.create_user("ann")
    with pytest.raises(CommandError, match=r"not empty \(auth.user 1\)"):
        call_command("restore", file)
    User.objects.all().delete()
    call_command("restore", file, stdout=io.StringIO())


@inside
def test_another_key_is_told(
    file: Path, ann: Person, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    """Guests are known by sessions alone, and those are signed."""
    backed_up(file)
    settings.SECRET_KEY = "another one"
    said = io.StringIO()
    call_command("restore", file, "--replace", "--no-input", stdout=io.StringIO(), stderr=said)
    assert "SECRET_KEY is not the backup's" in said.getvalue()


# -- other versions --------------------------------------------------------------------------------

MIGRATION = """
from django.db import migrations, models

def say_so(apps, schema_editor):
    boards = apps.get_model("boards", "Board").objects.using(schema_editor.connection.alias)
    boards.update(motto=models.F("title"))

class Migration(migrations.Migration):
    dependencies = [("boards", "NEWEST")]
    operations = [
        migrations.AddField(
            "board", "motto", models.CharField(max_length=200, default="", db_default="")
        ),
        migrations.RunPython(say_so, migrations.RunPython.noop),
    ]
"""


@pytest.fixture(scope="module")
def newer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return newer_program(tmp_path_factory.mktemp("newer"), MIGRATION)


def test_a_backup_of_an_older_version_is_brought_up_to_date(
    lived_in: LivedIn, place: Place, newer: Path, tmp_path: Path
) -> None:
    """Into an empty database, and over what the newer version has made; and never back."""
    old, new, again = (tmp_path / name for name in ("old", "new", "again"))
    before = lived_in(place("one"))
    before.manage("backup", old)
    after = Installation(place("two"), newer)
    after.manage("restore", old)
    after.manage("restore", old, "--replace", "--no-input")
    after.manage("backup", new)
    rows = rows_of(new)
    assert {row.pop("motto") for row in rows["boards.board"]} == {"Sums & 그림", "Old"}
    assert _but_for_types(rows) == _but_for_types(rows_of(old))

    assert "made by a newer version" in before.refuses("restore", new, "--replace", "--no-input")
    before.manage("backup", again)
    assert rows_of(again) == rows_of(old)
    assert "newer than this version" in Installation(after.url).refuses("backup", again)


def _but_for_types(rows: Rows) -> Rows:
    """A newer version may have more content types and permissions."""
    made = {"contenttypes.contenttype", "auth.permission"}
    return without_renewed({model: them for model, them in rows.items() if model not in made})


def test_an_upgrade_may_begin_with_a_backup(
    lived_in: LivedIn, sqlite: Place, newer: Path, file: Path
) -> None:
    """The newer program on the older database, before it migrates."""
    old = lived_in(sqlite("one"))
    Installation(old.url, newer).manage("backup", file)
    assert "verified: 2 boards" in Installation(sqlite("two")).manage("restore", file)


def test_a_database_without_tables_has_nothing_to_back_up(sqlite: Place, file: Path) -> None:
    assert "nothing to back up" in Installation(sqlite("one")).refuses("backup", file)
    assert not file.exists()


# -- under open rooms ------------------------------------------------------------------------------


@inside
async def test_an_open_page_reads_the_restored_board_by_itself(
    file: Path, ann: Person, board: Board, joined: Join, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R1, R2, R5: told by `reload`; what the backup lacks is sent again and stored again."""
    monkeypatch.setattr("boards.rooms.HEARTBEAT_SECONDS", 0.02)
    a = await joined(ann)
    first = await a.commit(put("stroke-1"))
    receipt = await a.receipt(first)
    await sync_to_async(backed_up)(file)
    second = await a.commit(put("stroke-2"))
    await a.receipt(second)

    await sync_to_async(put_back)(file)

    await a.hear("reload")
    await a.hear("board")  # Rights are judged anew, too: what comes sooner is put off.
    epoch = await sync_to_async(epoch_of)(board)
    assert epoch != a.welcome["epoch"]
    assert set(await sync_to_async(elements)(board)) == {"stroke-1"}
    assert (await a.hello(epoch, 1))["epoch"] == epoch
    await a.commit(put("stroke-1"), uid=first)
    await a.commit(put("stroke-2"), uid=second)
    assert await a.receipt(first) == receipt
    assert (await a.receipt(second))["clock"] == 2
    assert await sync_to_async(store.verify)(board.pk) == []


@inside
async def test_somebody_whom_the_backup_does_not_know_is_signed_out(
    file: Path, ann: Person, board: Board, joined: Join, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R13: their number is nobody's now; everybody else goes on."""
    monkeypatch.setattr("boards.rooms.HEARTBEAT_SECONDS", 0.02)
    await sync_to_async(backed_up)(file)
    cid = await Person.objects.acreate(name="Cid")
    a, c = await joined(ann), await joined(cid)
    await sync_to_async(put_back)(file)
    assert await c.hear_close() == CloseCode.SIGNED_OUT
    await a.hear("reload")
    await a.hear("board")
    await a.hello(await sync_to_async(epoch_of)(board), 0)
    uid = await a.commit(put("stroke-2"))
    assert (await a.receipt(uid))["clock"] == 1


@inside
async def test_what_they_draw_before_that_is_not_stored(
    file: Path, board: Board, joined: Join, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database refuses the row; its author's socket alone pays for it."""
    monkeypatch.setattr("boards.rooms.HEARTBEAT_SECONDS", 3600.0)
    await sync_to_async(backed_up)(file)
    c = await joined(await Person.objects.acreate(name="Cid"))
    await sync_to_async(put_back)(file)
    await c.commit(put("stroke-1"))
    await c.hear("reload")
    await c.hear("board")
    await c.hello(await sync_to_async(epoch_of)(board), 0)
    await c.commit(put("stroke-2"))
    assert await c.hear_close() == CloseCode.SHUTTING_DOWN
    assert await sync_to_async(elements)(board) == {}


# -- verify ----------------------------------------------------------------------------------------


@inside
def test_verifying_tells_which_boards_differ(ann: Person, board: Board) -> None:
    """R14."""
    commit(board, ann, put("stroke-1"))
    other = Board.objects.create()
    call_command("verify", board.pk, other.pk, stdout=io.StringIO())
    Element.objects.filter(board=board).delete()
    said = io.StringIO()
    with pytest.raises(CommandError, match="1 of 2 boards differ"):
        call_command("verify", "--json", stdout=said)
    assert json.loads(said.getvalue()) == {
        "boards": 2,
        "differences": {str(board.pk): ["stroke-1 is missing"]},
    }
    said = io.StringIO()
    call_command("verify", str(other.pk), stdout=said)
    assert said.getvalue() == "verified: 1 boards, 0 differ from their logs\n"
    nowhere = UUID(int=0)
    with pytest.raises(CommandError, match="1 of 1"):
        call_command("verify", str(nowhere), stdout=io.StringIO())
