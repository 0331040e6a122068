"""What is measured with several processes: each part plans its runs and says what came of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .bottleneck import is_saturated
from .report import progress
from .rows import IDLE_WARMUP_BOARDS, LIVE_ROWS, RECEIPT_PEOPLE, RECEIPTS_PER_SECOND, LiveRow
from .whole import Whole

Run = dict[str, Any]

PROCESSES = (1, 2, 4)
SHAPES = ("ten", "class", "crowd", "boards")
RATES = (24, 48, 72, 96, 128, 160)
"""Transactions a second and person, raised until something is full."""
IDLE_BOARDS, IDLE_PEOPLE = 200, 5
MANY_BOARDS, MANY_PEOPLE = 100, 5
MANY_RATES = (1, 5)
"""Five transactions a second on each board, and five by each person."""
REACH_PEOPLE, REACH_DRAWERS = 100, 20
REACH_WARMUP = 2.5
"""Both processes have the board open from the beginning."""
RESTART_PEOPLE = 50
STALL_DRAWERS, STALL_READERS, STALLED = 20, 16, 5
FEW = 2
"""Processes where not their number is the question."""


@dataclass(frozen=True)
class Lengths:
    """How long each run takes, in seconds, and how many there are."""

    warmup: float
    """Longer than a room publishes without knowing of anybody elsewhere (5 s)."""
    shape: float
    durable: float
    idle: float
    reach: float
    reach_runs: int
    before_restart: float
    stall: float
    stall_rounds: int
    rates: tuple[int, ...]
    many_rates: tuple[int, ...]


WHOLE = Lengths(
    warmup=5.5,
    shape=8,
    durable=5,
    idle=10,
    reach=8,
    reach_runs=5,
    before_restart=3,
    stall=12,
    stall_rounds=2,
    rates=RATES,
    many_rates=MANY_RATES,
)
QUICK = Lengths(
    warmup=0.5,
    shape=1.5,
    durable=1.5,
    idle=2,
    reach=2,
    reach_runs=1,
    before_restart=1,
    stall=3,
    stall_rounds=1,
    rates=(),
    many_rates=MANY_RATES[:1],
)


def shape_rows() -> list[LiveRow]:
    return [row for row in LIVE_ROWS if row.name in SHAPES]


def shapes(whole: Whole, lengths: Lengths) -> list[Run]:
    """The load shapes; all numbers of processes of one shape stand next to each other in time."""
    results = []
    for row in shape_rows():
        for processes, routed in _ways(row):
            seats = whole.seat(row.boards, row.people, row.drawers)
            place = whole.routed if routed else whole.spread
            run = whole.run(
                "live",
                place(seats, processes),
                processes,
                warmup=lengths.warmup,
                seconds=lengths.shape,
            )
            results.append({"shape": row.name, "processes": processes, "routed": routed, **run})
            how = "routed" if routed else "spread"
            progress(f"{row.title}, {processes} processes, {how}", run)
    return results


def _ways(row: LiveRow) -> Iterator[tuple[int, bool]]:
    for processes in PROCESSES:
        yield processes, False
        if row.boards > 1 and processes > 1:
            yield processes, True


def durable(whole: Whole, lengths: Lengths) -> list[Run]:
    """One board whose people all commit, faster and faster until something is full."""
    results = []
    for processes in PROCESSES:
        too_much = 0
        for rate in (RECEIPTS_PER_SECOND, *lengths.rates):
            seats = whole.spread(whole.seat(1, RECEIPT_PEOPLE, 0), processes)
            run = whole.run(
                "receipts",
                seats,
                processes,
                warmup=min(2, lengths.warmup),
                seconds=lengths.durable,
                perSecond=rate,
            )
            results.append({"processes": processes, "people": RECEIPT_PEOPLE, "rate": rate, **run})
            progress(f"{RECEIPT_PEOPLE} people x {rate}/s, {processes} processes", run)
            # Twice, because once may have been somebody else on the machine.
            too_much = too_much + 1 if is_saturated(run) else 0
            if too_much == 2:
                break
    return results


def idle(whole: Whole, lengths: Lengths) -> Run:
    seats = whole.spread(whole.seat(IDLE_WARMUP_BOARDS + IDLE_BOARDS, IDLE_PEOPLE, 0), FEW)
    run = whole.run(
        "idle",
        seats[IDLE_WARMUP_BOARDS:],
        FEW,
        warmupBoards=seats[:IDLE_WARMUP_BOARDS],
        seconds=lengths.idle,
    )
    result = {"processes": FEW, "boards": IDLE_BOARDS, **run}
    progress("idle", result)
    return result


def many(whole: Whole, lengths: Lengths) -> list[Run]:
    """Five hundred people on a hundred boards."""
    results = []
    for rate in lengths.many_rates:
        for routed in (False, True):
            seats = whole.seat(MANY_BOARDS, MANY_PEOPLE, 0)
            run = whole.run(
                "receipts",
                (whole.routed if routed else whole.spread)(seats, FEW),
                FEW,
                warmup=lengths.warmup,
                seconds=lengths.shape,
                perSecond=rate,
            )
            people = MANY_BOARDS * MANY_PEOPLE
            result = {"processes": FEW, "people": people, "rate": rate, "routed": routed, **run}
            results.append(result)
            progress(f"{people} people on {MANY_BOARDS} boards, {rate}/s each", result)
    return results


def reach(whole: Whole, lengths: Lengths) -> Run:
    """The figures to reach, through nginx."""
    run = whole.run(
        "live",
        whole.seat(1, REACH_PEOPLE, REACH_DRAWERS),
        FEW,
        nginx=True,
        warmup=min(REACH_WARMUP, lengths.warmup),
        seconds=lengths.reach,
    )
    progress(f"{REACH_PEOPLE} people, {REACH_DRAWERS} draw, through nginx", run)
    return run


def restart(whole: Whole, lengths: Lengths) -> Run:
    """Every process is replaced while people draw."""
    seats = whole.seat(1, RESTART_PEOPLE, RESTART_PEOPLE)
    generator = whole.start("restart", seats, FEW, nginx=True, seconds=lengths.before_restart)
    generator.wait_going()
    whole.stack.rolling_restart()
    run = generator.finish()
    progress("rolling restart", run)
    return run


def stall(whole: Whole, lengths: Lengths) -> Run:
    """Readers that stop reading beside others that go on."""
    seats = whole.seat(1, STALL_DRAWERS + STALL_READERS, STALL_DRAWERS)
    run = whole.run(
        "stall",
        whole.spread(seats, FEW),
        FEW,
        warmup=lengths.warmup,
        seconds=lengths.stall,
        rounds=lengths.stall_rounds,
        stalled=STALLED,
    )
    progress("stalled readers", run)
    return run
