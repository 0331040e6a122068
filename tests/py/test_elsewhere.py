"""What a process knows of the others from announcements that come late, twice or never (R6)."""

from __future__ import annotations

from uuid import UUID, uuid4

from boards.elsewhere import GONE_SECONDS, Elsewhere
from boards.layer import COMMITS_WAITING_MAX, merged
from boards.protocol import FRAME_BYTES

SUMS, MAPS = uuid4(), uuid4()


def announced(elsewhere: Elsewhere, origin: str, *boards: UUID, now: float = 0) -> None:
    elsewhere.announced(origin, dict.fromkeys(boards, 1), now)


def test_a_board_is_open_elsewhere_while_anybody_says_so() -> None:
    elsewhere = Elsewhere()
    assert not elsewhere.has(SUMS)
    announced(elsewhere, "one", SUMS)
    announced(elsewhere, "two", SUMS, MAPS)
    announced(elsewhere, "one")
    assert elsewhere.has(SUMS)
    assert elsewhere.gone("two") == [SUMS, MAPS]
    assert not elsewhere.has(SUMS)
    assert elsewhere.gone("two") == []


def test_a_new_process_is_greeted_once() -> None:
    elsewhere = Elsewhere()
    assert elsewhere.announced("one", {}, 0).is_new
    assert not elsewhere.announced("one", {}, 2).is_new


def test_people_are_asked_for_until_they_have_come() -> None:
    elsewhere = Elsewhere()
    assert elsewhere.announced("one", {SUMS: 7}, 0).outdated == [SUMS]
    assert elsewhere.announced("one", {SUMS: 7}, 2).outdated == [SUMS]
    assert elsewhere.people_known("one", SUMS, 7, 3)
    assert elsewhere.announced("one", {SUMS: 7}, 4).outdated == []
    assert elsewhere.announced("one", {SUMS: 8}, 6).outdated == [SUMS]
    assert not elsewhere.people_known("one", SUMS, 8, 7)


def test_a_board_that_is_opened_again_asks_anew() -> None:
    elsewhere = Elsewhere()
    elsewhere.people_known("one", SUMS, 7, 0)
    elsewhere.people_forgotten(SUMS)
    assert elsewhere.announced("one", {SUMS: 7}, 1).outdated == [SUMS]


def test_what_is_no_longer_announced_is_closed() -> None:
    elsewhere = Elsewhere()
    announced(elsewhere, "one", SUMS, MAPS)
    assert elsewhere.announced("one", {MAPS: 1}, 2).closed == [SUMS]
    assert not elsewhere.has(SUMS)
    assert elsewhere.has(MAPS)


def test_who_misses_three_announcements_is_gone() -> None:
    elsewhere = Elsewhere()
    announced(elsewhere, "one", SUMS)
    elsewhere.opened("two", [SUMS], 3)
    assert elsewhere.silent(GONE_SECONDS) == []
    assert elsewhere.silent(GONE_SECONDS + 1) == ["one"]
    elsewhere.people_known("one", SUMS, 1, GONE_SECONDS + 1)
    assert elsewhere.silent(GONE_SECONDS + 2) == []


def live(*records: bytes) -> dict[str, object]:
    return {"type": "board.live", "frame": b"\1" + b"".join(records)}


def commits(*clocks: int, epoch: str = "e") -> dict[str, object]:
    done = [(clock, b"{}") for clock in clocks]
    return {"type": "board.commits", "epoch": epoch, "commits": done}


def test_ticks_that_wait_become_one_frame_until_it_is_too_long() -> None:
    assert merged(live(b"ab"), live(b"c")) == live(b"abc")
    long = live(b"x" * (FRAME_BYTES - 1))
    assert merged(long, live(b"c")) == live(b"c")


def test_transactions_that_wait_are_kept_in_order_up_to_a_bound() -> None:
    assert merged(commits(1, 2), commits(3)) == commits(1, 2, 3)
    assert merged(commits(1, epoch="old"), commits(1)) == commits(1)
    many = merged(commits(*range(COMMITS_WAITING_MAX)), commits(COMMITS_WAITING_MAX))
    assert len(many["commits"]) == COMMITS_WAITING_MAX
    assert many["commits"][-1][0] == COMMITS_WAITING_MAX


def test_boards_that_were_opened_are_told_together_and_lists_replace_each_other() -> None:
    opened = {"type": "process.opened", "boards": ["a"]}
    assert merged(opened, {**opened, "boards": ["b"]})["boards"] == ["a", "b"]
    people = {"type": "board.people", "people": [1]}
    assert merged({**people, "people": [1, 2]}, people) == people
