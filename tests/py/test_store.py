"""The store's contract, on a real database with committed transactions."""

from __future__ import annotations

import json
import threading
import uuid

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from boards import batch, store
from boards.access import Rules
from boards.models import Board, Element, Person, Transaction
from boards.protocol import Paper, RefusalCode

from .commits import commit, elements, sent, submission
from .sockets import new_id, put, stroke

pytestmark = pytest.mark.django_db(transaction=True)

CLEAR = {"op": "clear"}


def remove(key: str) -> dict[str, object]:
    return {"op": "remove", "key": key}


# -- clocks and identity ---------------------------------------------------------------------------


def test_clocks_count_each_board_from_one(ann: Person, board: Board) -> None:
    """R1."""
    other = Board.objects.create()
    outcomes = store.commit(
        [submission(b, ann, CLEAR) for b in (board, other, board, other, board)]
    )
    assert [sent(outcome)["clock"] for outcome in outcomes] == [1, 1, 2, 2, 3]
    assert sent(store.commit([submission(board, ann, CLEAR)])[0])["clock"] == 4


def test_two_threads_on_one_board_leave_no_gap(ann: Person, bob: Person, board: Board) -> None:
    """R1: whatever number of writers there is."""
    clocks: list[int] = []
    start = threading.Barrier(2)

    def write(person: Person) -> None:
        start.wait()
        for number in range(25):
            key = f"{person.name}-{number:05}"
            clocks.append(commit(board, person, put(key))["clock"])
        connection.close()

    threads = [threading.Thread(target=write, args=[person]) for person in (ann, bob)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(clocks) == list(range(1, 51))
    assert len(elements(board)) == 50
    assert store.verify(board.pk) == []


def test_a_resend_gets_the_first_receipt_to_the_byte(ann: Person, board: Board) -> None:
    """R2, F3: alone, in a later batch, and twice in one batch; whatever has happened since."""
    again = submission(board, ann, put("stroke-1"))
    (first,) = store.commit([again])
    commit(board, ann, CLEAR)
    outcomes = store.commit([again, again])
    assert isinstance(first, store.Committed)
    assert first.fresh
    expected = store.Committed(first.clock, first.uid, first.text, fresh=False)
    assert outcomes == [expected, expected]
    assert elements(board) == {}
    twice = submission(board, ann, put("stroke-2"))
    fresh, repeated = store.commit([twice, twice])
    assert isinstance(fresh, store.Committed)
    assert isinstance(repeated, store.Committed)
    assert (fresh.fresh, repeated.fresh) == (True, False)
    assert fresh.text == repeated.text


def test_the_same_content_in_another_order_of_names_is_the_same(ann: Person, board: Board) -> None:
    """R2: a page that kept its transaction through a reload may write it differently."""
    uid = new_id()
    first = commit(board, ann, put("stroke-1"), uid=uid)
    turned = {**put("stroke-1"), "element": dict(reversed(stroke().items()))}
    assert commit(board, ann, turned, uid=uid) == first


def test_another_content_under_a_used_id_is_refused(ann: Person, board: Board) -> None:
    """R2, S20: in a later batch and in the same one."""
    uid = new_id()
    first, second = store.commit(
        [submission(board, ann, put("stroke-1"), uid=uid), submission(board, ann, CLEAR, uid=uid)]
    )
    (third,) = store.commit([submission(board, ann, CLEAR, uid=uid)])
    assert isinstance(first, store.Committed)
    for refused in (second, third):
        assert isinstance(refused, store.Refused)
        assert refused.code is RefusalCode.ID_REUSED


def test_the_same_id_on_another_board_is_another_transaction(ann: Person, board: Board) -> None:
    """R2: unique within a board."""
    uid = new_id()
    commit(board, ann, put("stroke-1"), uid=uid)
    assert commit(Board.objects.create(), ann, CLEAR, uid=uid)["changes"] == [CLEAR]


# -- rights and limits -----------------------------------------------------------------------------


def test_what_was_judged_under_older_rights_is_judged_again(ann: Person, board: Board) -> None:
    """R13; and beside it the others of the batch are committed."""
    old, new = store.commit(
        [
            submission(board, ann, CLEAR, access_version=board.access_version - 1),
            submission(board, ann, CLEAR),
        ]
    )
    assert isinstance(old, store.Stale)
    assert sent(new)["clock"] == 1


def test_a_frozen_board_takes_only_its_owners(ann: Person, board: Board) -> None:
    kept = submission(board, ann, put("stroke-1"))
    store.commit([kept])
    Board.objects.filter(pk=board.pk).update(frozen=True, access_version=9)
    board.refresh_from_db()
    refused, allowed, repeated = store.commit(
        [
            submission(board, ann, CLEAR),
            submission(board, ann, CLEAR, may_draw_frozen=True),
            kept,
        ]
    )
    assert isinstance(refused, store.Refused)
    assert refused.code is RefusalCode.FROZEN
    assert sent(allowed)["clock"] == 2
    # R2: the id is looked up before freeze and rights, so a lost receipt is no refusal.
    assert sent(repeated)["clock"] == 1


def test_a_board_that_is_gone_refuses(ann: Person, board: Board) -> None:
    gone = submission(board, ann, CLEAR)
    board.delete()
    (outcome,) = store.commit([gone])
    assert isinstance(outcome, store.Refused)
    assert store.head(gone.board) is None
    assert store.document(gone.board) is None
    assert store.tail(gone.board, 0) is None
    assert store.heads([gone.board]) == {}


def test_a_full_board_refuses_a_transaction_whole_but_lets_it_shrink(
    ann: Person, board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R4: of the refused one nothing stays, not even its removals."""
    monkeypatch.setattr(batch, "ELEMENTS_PER_BOARD", 2)
    commit(board, ann, put("stroke-1"), put("stroke-2"))
    before = elements(board)
    full, swapped, cut = store.commit(
        [
            submission(board, ann, remove("stroke-1"), put("stroke-3"), put("stroke-4")),
            submission(board, ann, put("stroke-3"), remove("stroke-1")),
            submission(
                board,
                ann,
                {
                    "op": "split",
                    "key": "stroke-2",
                    "into": [{"key": f"piece-{n:03}", "props": {}} for n in range(2)],
                },
            ),
        ]
    )
    assert isinstance(full, store.Refused)
    assert full.code is RefusalCode.BOARD_FULL
    assert isinstance(cut, store.Refused)
    assert sent(swapped)["clock"] == 2
    assert elements(board) == {"stroke-2": before["stroke-2"], "stroke-3": before["stroke-2"]}
    assert store.verify(board.pk) == []


# -- the fold in rows ------------------------------------------------------------------------------


def test_what_was_removed_comes_back_as_its_authors(ann: Person, bob: Person, board: Board) -> None:
    """R4: the transaction that goes out says so, for all to fold alike."""
    commit(board, ann, put("stroke-1"))
    commit(board, bob, CLEAR)
    assert commit(board, bob, put("stroke-1"))["changes"] == [{**put("stroke-1"), "author": ann.pk}]
    assert elements(board)["stroke-1"]["author"] == ann.pk
    assert Element.objects.get(board=board, key="stroke-1").author == ann


def test_a_removed_key_with_other_properties_is_the_putters(
    ann: Person, bob: Person, board: Board
) -> None:
    """R4."""
    commit(board, ann, put("stroke-1"))
    commit(board, bob, remove("stroke-1"))
    assert commit(board, bob, put("stroke-1", x=5))["changes"] == [put("stroke-1", x=5)]
    assert elements(board)["stroke-1"] == {"author": bob.pk, **stroke(x=5)}


def test_a_put_on_a_living_key_is_logged_and_changes_nothing(
    ann: Person, bob: Person, board: Board
) -> None:
    """R4."""
    commit(board, ann, put("stroke-1"))
    before = elements(board)
    assert commit(board, bob, put("stroke-1", x=5))["clock"] == 2
    assert elements(board) == before


def test_a_set_is_judged_property_by_property(ann: Person, bob: Person, board: Board) -> None:
    """R4, R11: what has been changed since stays, the rest returns."""
    commit(board, ann, put("stroke-1", x=1, color="black"))
    change = {"op": "set", "key": "stroke-1", "props": {"x": 8, "color": "red"}}
    commit(board, bob, {**change, "if": {"x": 2, "color": "black"}})
    assert elements(board)["stroke-1"] == {"author": ann.pk, **stroke(x=1, color="red")}


def test_a_clear_spares_what_is_drawn_after_it(ann: Person, board: Board) -> None:
    """R4: also within one transaction and one batch, whether the batch names an element or not."""
    commit(board, ann, put("unnamed-1"), put("stroke-1"), put("stroke-2"))
    store.commit(
        [
            submission(board, ann, put("stroke-3"), CLEAR, put("stroke-1", x=3)),
            submission(board, ann, put("stroke-4")),
        ]
    )
    assert elements(board).keys() == {"stroke-1", "stroke-4"}
    clocks = dict(Element.objects.filter(board=board).values_list("key", "clock"))
    assert clocks == {
        "unnamed-1": 2,
        "stroke-1": 2,
        "stroke-2": 2,
        "stroke-3": 2,
        "stroke-4": 3,
    }
    assert store.verify(board.pk) == []


def test_two_cutters_never_double_the_ink(ann: Person, bob: Person, board: Board) -> None:
    """R16: the pieces are the source's author's, of its colour at that moment."""
    commit(board, ann, put("stroke-1"))
    commit(board, bob, {"op": "set", "key": "stroke-1", "props": {"color": "red"}})

    def cut(name: str) -> dict[str, object]:
        piece = {"key": f"piece-of-{name}", "props": {"x": 7}}
        return {"op": "split", "key": "stroke-1", "into": [piece]}

    store.commit([submission(board, ann, cut("ann")), submission(board, bob, cut("bob"))])
    assert elements(board) == {"piece-of-ann": {"author": ann.pk, **stroke(x=7, color="red")}}


def test_what_a_newer_version_has_stored_is_kept(ann: Person, board: Board) -> None:
    """R15."""
    commit(board, ann, put("stroke-1", sparkle=9))
    commit(board, ann, {"op": "set", "key": "stroke-1", "props": {"x": 5}})
    assert elements(board)["stroke-1"]["sparkle"] == 9


def test_the_server_itself_is_author_zero(board: Board) -> None:
    assert commit(board, None, put("stroke-1"))["author"] == 0
    assert elements(board)["stroke-1"]["author"] == 0
    assert Transaction.objects.get(board=board).author is None


def test_the_board_keeps_its_sums_with_each_commit(ann: Person, board: Board) -> None:
    created = board.changed
    commit(board, ann, put("stroke-1"), put("stroke-2"))
    commit(board, ann, remove("stroke-1"))
    board.refresh_from_db()
    assert (board.clock, board.living) == (2, 1)
    bodies = Transaction.objects.filter(board=board).values_list("body", flat=True)
    assert board.log_bytes == sum(map(len, bodies))
    assert board.changed > created


# -- whole or not at all ---------------------------------------------------------------------------


def test_a_batch_that_fails_leaves_nothing(
    ann: Person, board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R3: the last statement fails; the clock has not moved either."""
    monkeypatch.setattr(store, "_UPSERT_ELEMENT", "INSERT INTO nowhere VALUES (%s)")
    with pytest.raises(Exception, match=r"nowhere|bindings|placeholders"):
        store.commit([submission(board, ann, put("stroke-1"))])
    monkeypatch.undo()
    assert not Transaction.objects.filter(board=board).exists()
    assert commit(board, ann, put("stroke-1"))["clock"] == 1


def test_a_batch_with_one_bad_row_leaves_nothing_behind(
    ann: Person, bob: Person, board: Board
) -> None:
    """R5: its author's row has just been deleted."""
    batch_ = [submission(board, person, CLEAR) for person in (ann, bob, ann)]
    bob.delete()
    with pytest.raises(Exception, match=r"(?i)foreign key"):
        store.commit(batch_)
    assert not Transaction.objects.filter(board=board).exists()
    assert [sent(store.commit([batch_[i]])[0])["clock"] for i in (0, 2)] == [1, 2]


def test_nothing_is_acknowledged_inside_another_transaction(ann: Person, board: Board) -> None:
    """R3: a receipt must not depend on whether somebody else's work rolls back."""
    with transaction.atomic(), pytest.raises(RuntimeError):
        store.commit([submission(board, ann, CLEAR)])


def test_a_large_batch_takes_no_more_statements_than_a_small_one(ann: Person, board: Board) -> None:
    others = [Board.objects.create() for _ in range(7)]
    counts = []
    for size in (1, 64):
        batch_ = [
            submission(([board, *others])[n % min(size, 8)], ann, put(f"of-{size:02}-{n:03}"))
            for n in range(size)
        ]
        with CaptureQueriesContext(connection) as queries:
            store.commit(batch_)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_thousands_of_keys_in_one_batch(ann: Person, board: Board) -> None:
    """Databases bound the variables of a statement; names are asked for in parts."""
    keys = [f"stroke-{n:06}" for n in range(1000)]
    store.commit([submission(board, ann, *[put(f"{key}-{n}") for key in keys]) for n in range(2)])
    assert len(elements(board)) == 2000
    commit(board, ann, *[remove(f"{key}-0") for key in keys])
    assert len(elements(board)) == 1000


# -- reading ---------------------------------------------------------------------------------------


def test_the_tail_is_what_was_sent(ann: Person, bob: Person, board: Board) -> None:
    """R7."""
    all_sent = [commit(board, ann, put(f"stroke-{n}")) for n in range(5)]
    all_sent.append(commit(board, bob, CLEAR))
    found = store.tail(board.pk, 2)
    assert found is not None
    assert (found.epoch, found.clock) == (board.epoch, 6)
    assert [clock for clock, _ in found.transactions] == [3, 4, 5, 6]
    assert [json.loads(text) for _, text in found.transactions] == all_sent[2:]
    part = store.tail(board.pk, 1, upto=4, limit=2)
    assert part is not None
    assert [clock for clock, _ in part.transactions] == [2, 3]
    beyond = store.tail(board.pk, 6)
    assert beyond is not None
    assert (beyond.clock, beyond.transactions) == (6, [])


def test_a_tail_is_long_when_the_document_is_the_shorter_way(
    ann: Person, board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R7."""
    monkeypatch.setattr(store, "LONG_TAIL", 2)
    for n in range(4):
        commit(board, ann, put(f"stroke-{n}"))
    assert not store.tail_is_long(board.pk, 0)
    commit(board, ann, CLEAR)
    assert store.tail_is_long(board.pk, 0)
    assert not store.tail_is_long(board.pk, 3)
    assert not store.tail_is_long(uuid.uuid4(), 0)


def test_heads_are_asked_for_in_parts(board: Board, monkeypatch: pytest.MonkeyPatch) -> None:
    """R6: one look at all boards of the process."""
    boards = [board, *(Board.objects.create() for _ in range(4))]
    monkeypatch.setattr(store, "NAMES_PER_QUERY", 2)
    found = store.heads([b.pk for b in boards] + [uuid.uuid4()])
    assert found == {b.pk: store.Beat(0, 1, b.epoch, 0) for b in boards}


def test_the_head_says_what_rights_are_judged_from(ann: Person, board: Board) -> None:
    """R13."""
    Board.objects.filter(pk=board.pk).update(paper="grid")
    head = store.head(board.pk)
    rules = Rules(ann.pk)
    assert head == store.Head(
        board.epoch, 0, "Sums", False, Paper.GRID, 1, 0, rules, talk=0, notice=None, noticed=0
    )


def test_a_paper_of_a_newer_version_is_blank_here(board: Board) -> None:
    """R15."""
    Board.objects.filter(pk=board.pk).update(paper="hexagons")
    head = store.head(board.pk)
    assert head is not None
    assert head.paper is Paper.BLANK


def test_an_empty_board_has_an_empty_document(board: Board) -> None:
    snapshot = store.document(board.pk)
    assert snapshot is not None
    assert json.loads(snapshot.body) == {"epoch": board.epoch, "clock": 0, "elements": {}}


def test_keys_and_bodies_are_shown_as_they_are(ann: Person, board: Board) -> None:
    """S19: names that mean something to JavaScript are names like others."""
    commit(board, ann, put("__proto__"), put("constructor"))
    assert elements(board).keys() == {"__proto__", "constructor"}


def test_verifying_finds_what_differs_from_the_log(ann: Person, board: Board) -> None:
    """R14."""
    commit(board, ann, put("stroke-1"), put("stroke-2"), put("stroke-3"))
    Element.objects.filter(board=board, key="stroke-1").update(removed=True)
    Element.objects.filter(board=board, key="stroke-2").update(body='{"author":1,"kind":"stroke"}')
    assert store.verify(board.pk) == ["stroke-1 is missing", "stroke-2 differs from its log"]
    Transaction.objects.filter(board=board).delete()
    assert store.verify(board.pk)
    assert store.verify(uuid.uuid4())


def test_the_database_of_these_tests_is_the_real_one() -> None:
    """R3: a file in WAL, synced at each commit, as `runserver` has it."""
    if connection.vendor != "sqlite":
        pytest.skip("this is about SQLite's settings")
    with connection.cursor() as cursor:
        answers = [
            cursor.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous")
        ]
    assert answers == ["wal", 2]
