"""The arithmetic behind docs/scaling.md; nothing here is timed."""

from __future__ import annotations

import dataclasses
from collections import Counter
from typing import Any

import pytest

from bench import scaling_table, simulate
from bench.bottleneck import bottleneck, is_saturated
from bench.capacity import SIZES, people_on
from bench.cells import table_of
from bench.scaling_forecast import forecast
from bench.unit_costs import Costs, fit_two, unit_costs
from bench.world import Busy, boards_of

Run = dict[str, Any]

COSTS = Costs(
    message_in=200.0,
    frame_out=40.0,
    publish=100.0,
    take=50.0,
    redis_publish=8.0,
    redis_deliver=4.0,
    commit=400.0,
    beat_whiteboard=100.0,
    beat_postgres=10.0,
    announced=3.0,
    announced_bytes=41.0,
    update_bytes=20.0,
    socket_bytes=33_000.0,
    process_bytes=1e8,
)
ANYWHERE, ROUTED, TO_WHOM_IT_CONCERNS = simulate.WAYS


def latency(p99: float) -> Run:
    return {"count": 1, "p50": p99 / 4, "p95": p99 / 2, "p99": p99, "worst": p99}


def a_run(**changes: Any) -> Run:
    return {
        "shares": {"whiteboard": 0.5, "postgres": 0.2, "redis": 0.1},
        "busiest": {"whiteboard": 0.3, "postgres": 0.2, "redis": 0.1},
        "microsecondsOf": {"whiteboard": 10.0, "postgres": 4.0, "redis": 1.0, "nginx": 1.0},
        "serverShare": 0.5,
        "generatorShare": 0.2,
        "othersShare": 0.0,
        "busyShare": 1.0,
        "perSecond": 1000.0,
        "commitsPerSecond": 240.0,
        "missing": 0,
        "missingTransactions": 0,
        "troubles": 0,
        "firstTroubles": [],
        "latency": latency(40),
        "receipts": latency(60),
        "lateness": latency(2),
        **changes,
    }


# -- what is full ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"busiest": {"whiteboard": 0.95}}, "a whiteboard process"),
        ({"busiest": {"whiteboard": 0.95, "redis": 0.97}}, "a whiteboard process and a redis"),
        ({"generatorShare": 0.85}, "the load generator"),
        ({"busyShare": 1.95}, "the machine's 2 cores, most by whiteboard (50% of a core)"),
        ({}, "no processor: the board's lock and the disk"),
    ],
)
def test_what_is_full_is_named(changes: Run, said: str) -> None:
    assert bottleneck(a_run(**changes), cores=2).startswith(said)


@pytest.mark.parametrize(
    "changes",
    [
        {"receipts": latency(151)},
        {"missingTransactions": 1},
        {"troubles": 1},
        {"busiest": {"whiteboard": 0.91}},
    ],
)
def test_a_run_that_is_late_or_incomplete_or_full_was_too_much(changes: Run) -> None:
    assert is_saturated(a_run(**changes))
    assert not is_saturated(a_run())


def test_the_first_rate_that_was_too_much_is_told_with_its_reason() -> None:
    good = a_run(processes=2, people=20, rate=12)
    bad = a_run(processes=2, people=20, rate=24, receipts=latency(200))
    [said] = scaling_table.first_full([good, bad], cores=2)
    assert said.startswith("2 processes: 240 transactions/s on one board within 150 ms")
    assert said.endswith("at 20 x 24/s full: no processor: the board's lock and the disk")


# -- unit costs ------------------------------------------------------------------------------------


def test_two_costs_are_found_again_in_their_sums() -> None:
    samples = [(x, y, 3 * x + 7 * y) for x, y in ((1.0, 10.0), (5.0, 2.0), (8.0, 8.0))]
    assert fit_two(samples) == pytest.approx((3, 7))


@pytest.mark.parametrize(
    "samples",
    [[], [(1.0, 0.0, 0.0)], [(1.0, 2.0, 4.0)], [(1.0, 2.0, 9.0), (1.0, 4.0, 5.0)]],
    ids=["none", "nothing used", "one alone", "one would be negative"],
)
def test_no_cost_is_negative(samples: list[tuple[float, float, float]]) -> None:
    assert all(cost >= 0 for cost in fit_two(samples))


def test_unit_costs_come_from_the_runs_that_show_them() -> None:
    shapes = [
        a_run(
            shape=shape,
            processes=processes,
            routed=routed,
            framesPerSecond=frames,
            bytesPerSecond=20_000.0,
            shares={"whiteboard": share, "postgres": 0.1, "redis": 0.01 if routed else 0.04},
            serverShare=share,
        )
        for shape, processes, routed, frames, share in (
            ("ten", 1, False, 600.0, 0.054),
            ("boards", 1, False, 12_000.0, 0.78),
            ("boards", 2, False, 12_000.0, 1.3),
            ("boards", 2, True, 12_000.0, 1.0),
            ("boards", 4, False, 12_000.0, 1.5),
            ("boards", 4, True, 12_000.0, 1.0),
        )
    ]
    results = {
        "shapes": shapes,
        "idle": a_run(boards=200, processes=2, bytesPerSocket=33_000, before=2e8),
        "many": [a_run(routed=True), a_run(routed=False, microsecondsOf={"postgres": 500.0})],
        "announcing": {"microseconds": 4.0, "bytes": 41.0},
    }
    costs = unit_costs(results)
    assert (costs.message_in, costs.frame_out) == pytest.approx((100, 40))
    # 3,000 frames a second cross: 100 us each to two processes, 167 to four.
    assert costs.publish + 2 * costs.take == pytest.approx(100)
    assert costs.publish + 4 * costs.take == pytest.approx(0.5 * 1e6 / 3000)
    assert (costs.commit, costs.process_bytes) == (500.0, 1e8)
    assert costs.beat_whiteboard == pytest.approx(0.5 * 1e6 / 400)


# -- the simulation --------------------------------------------------------------------------------


@pytest.mark.parametrize("people", [7, 1000, 20_000])
def test_there_are_exactly_so_many_people(people: int) -> None:
    boards = boards_of(people)
    assert sum(busy.people * count for busy, count in boards.items()) == people
    assert sum(boards.values()) == people // 5
    assert all(0 <= busy.drawers <= busy.people for busy in boards)


def test_the_same_seed_is_the_same_world() -> None:
    assert boards_of(1000) == boards_of(1000)
    assert boards_of(1000) != boards_of(1000, seed=21)


def test_traffic_is_counted_as_the_rooms_send_it() -> None:
    boards = Counter({Busy(5, 1): 2, Busy(200, 4): 1, Busy(3, 0): 10})
    each = simulate.traffic(boards, 4, routed=True)
    assert (each.people, each.boards, each.drawers) == (240, 13, 6)
    assert each.messages_in == 180
    # Who alone draws gets nothing back; a crowd of 200 has fewer ticks than four draw messages.
    assert each.frames_out == pytest.approx(2 * 4 * 30 + 200 * 30.3)
    assert each.updates_out == 2 * 30 * 4 + 120 * 199
    assert (each.open_boards, each.published, each.taken) == (13, 0, 0)


def test_a_board_on_any_process_is_open_on_nearly_as_many_as_it_has_people() -> None:
    assert simulate.spread_over(5, 1) == 1
    assert simulate.spread_over(1, 100) == pytest.approx(1)
    assert 4.8 < simulate.spread_over(5, 100) < 5
    assert simulate.spread_over(300, 4) == pytest.approx(4)


def test_routing_boards_never_needs_more() -> None:
    boards = boards_of(20_000)
    anywhere, routed = (simulate.need(boards, COSTS, way) for way in (ANYWHERE, ROUTED))
    assert routed.processes <= anywhere.processes
    assert routed.redis < anywhere.redis
    assert routed.postgres < anywhere.postgres


def test_the_processes_found_carry_their_load() -> None:
    found = simulate.need(boards_of(20_000), COSTS, ROUTED)
    assert found.carried
    assert found.whiteboard <= found.processes * simulate.CORE_SHARE


def test_where_announcements_eat_every_process_no_number_is_enough() -> None:
    costs = dataclasses.replace(COSTS, announced=1000.0)
    boards = boards_of(20_000)
    stuck = simulate.need(boards, costs, ANYWHERE)
    assert not stuck.carried
    assert stuck.limit.startswith("the announcements")
    assert simulate.need(boards, costs, TO_WHOM_IT_CONCERNS).carried


def test_more_processes_hold_more_people_and_lively_ones_are_fewer() -> None:
    small, two, *_, sixty, _ = SIZES
    assert people_on(small, COSTS) < people_on(two, COSTS) < people_on(sixty, COSTS)
    assert people_on(two, COSTS, drawing=3.0) < people_on(two, COSTS)


# -- tables ----------------------------------------------------------------------------------------


def test_every_row_of_a_table_has_all_its_cells() -> None:
    assert table_of("a, b", [["1", "2"]]) == ["| a | b |", "| --- | --- |", "| 1 | 2 |"]


def test_every_part_becomes_a_table_of_whole_rows() -> None:
    needs = [
        dataclasses.asdict(simulate.need(boards_of(1000), COSTS, way)) for way in simulate.WAYS
    ]
    stalled = {
        "bytesPerStalled": 4096,
        "closedAfterMs": [10_800],
        "neverClosed": 0,
        "codes": [4408],
    }
    gone = dict.fromkeys(("acknowledgedLost", "doubled", "neverCommitted", "differing"), 0)
    results: Run = {
        "about": dict.fromkeys(
            [
                *("at", "commit", "cpu", "system", "python", "django", "daphne", "uvicorn"),
                *("postgres", "redis", "node", "ink"),
            ],
            "?",
        )
        | {"cores": "2"},
        "shapes": [a_run(shape="boards", processes=2, routed=True)],
        "durable": [a_run(processes=1, people=20, rate=12)],
        "many": [a_run(processes=2, people=500, rate=1, routed=False)],
        "idle": a_run(sockets=1000, boards=200, processes=2, bytesPerSocket=9, before=1, after=2),
        "reach": {"daphne": [a_run()], "uvicorn": [a_run(missing=1)]},
        "restart": {
            "daphne": a_run(**gone, commits=9, cut=75, codes={"4503": 75}, worstAwayMs=1200.0)
        },
        "stall": {
            "daphne": a_run(rounds=[stalled], tailsMissing=0, calm=latency(20), beside=latency(21))
        },
        "capacity": [{"name": "one", "way": "any", "people": 1000, "lively": 400}],
        "simulation": {"costs": COSTS.as_dict(), "needs": needs},
    }
    text = scaling_table.markdown(results)
    widths = [
        {line.count(" | ") for line in block.splitlines()}
        for block in text.split("\n\n")
        if block.startswith("|")
    ]
    assert len(widths) == 10
    assert all(len(width) == 1 for width in widths)
    assert "| uvicorn | 1 | 1,000 |" in text
    assert text.count("**no**") == 1
    assert forecast(results["simulation"])[-1] in text


@pytest.mark.parametrize(
    "changes",
    [
        {"rounds": [{"bytesPerStalled": 9 * 2**20, "closedAfterMs": [1], "neverClosed": 0}]},
        {"rounds": [{"bytesPerStalled": 1, "closedAfterMs": [15_000], "neverClosed": 0}]},
        {"rounds": [{"bytesPerStalled": 1, "closedAfterMs": [], "neverClosed": 5}]},
        {"tailsMissing": 1},
        {"beside": latency(50)},
    ],
    ids=["memory", "late", "never", "tail", "others"],
)
def test_stalled_readers_are_judged_by_every_mark(changes: Run) -> None:
    good = {
        "rounds": [{"bytesPerStalled": 1, "closedAfterMs": [10_900], "neverClosed": 0}],
        "tailsMissing": 0,
        "calm": latency(40),
        "beside": latency(42),
    }
    assert scaling_table.stall_reached(a_run(**good))
    assert not scaling_table.stall_reached(a_run(**{**good, **changes}))


@pytest.mark.parametrize("name", ["acknowledgedLost", "doubled", "differing", "troubles"])
def test_a_restart_that_loses_or_shows_anything_is_not_reached(name: str) -> None:
    good = dict.fromkeys(("acknowledgedLost", "doubled", "neverCommitted", "differing"), 0)
    run = a_run(**good, worstAwayMs=1200.0)
    assert scaling_table.restart_reached(run)
    assert not scaling_table.restart_reached({**run, name: 1})
    assert not scaling_table.restart_reached({**run, "worstAwayMs": 5001.0})
