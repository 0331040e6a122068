"""The figures of several processes as tables; pure."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Any

from .bottleneck import DURABLE_P99_MAX_MS, bottleneck, is_saturated
from .cells import table_of
from .rows import LATENESS_P95_MAX_MS, LIVE_ROWS
from .scaling_forecast import forecast

Run = dict[str, Any]

LIVE_P99_MAX_MS = 100.0
AWAY_MAX_MS = 5000.0
STALLED_BYTES_MAX = 8 * 2**20
CLOSED_MAX_MS = 12_250
"""Until the others are told: ten seconds without progress, the watch of one second, one in which
daphne waits for the close to be answered, and the tick of the list of people."""
WORSE_MAX = 1.1
OTHERS_SHARE_MAX = 0.2
"""Of a core: beyond it other programs have had a say in the figures."""


def markdown(results: Run) -> str:
    lines = [_described(results["about"])]
    for name, title, table in SECTIONS:
        if name in results:
            lines += ["", f"### {title}", "", *table(results[name], results)]
    return "\n".join(lines)


def _described(what: dict[str, str]) -> str:
    return (
        f"Measured {what['at']} at commit {what['commit']} on {what['cpu']}, "
        f"{what['cores']} cores for all of it, the load generator included, {what['system']}: "
        f"Python {what['python']}, Django {what['django']}, daphne {what['daphne']}, "
        f"uvicorn {what['uvicorn']}, PostgreSQL {what['postgres']} with fsync, "
        f"{what['redis']}, Node {what['node']}; {what['ink']} ink."
    )


# -- people drawing --------------------------------------------------------------------------------


def _shapes(runs: list[Run], _: Run) -> list[str]:
    titles = {row.name: row.title for row in LIVE_ROWS}
    return table_of(
        "shape, processes, boards on, updates/s, us per update: whiteboard, PostgreSQL, Redis, "
        "fullest process, live p50/p95/p99 ms, durable p50/p95/p99 ms, lost, worth",
        (
            (
                titles[run["shape"]],
                f"{run['processes']}",
                "one process" if run["routed"] or run["processes"] == 1 else "all processes",
                f"{run['perSecond']:,.0f}",
                *(f"{run['microsecondsOf'][who]:.1f}" for who in ("whiteboard", "postgres")),
                f"{run['microsecondsOf']['redis']:.2f}",
                f"{run['busiest']['whiteboard']:.0%}",
                three(run["latency"]),
                three(run["receipts"]),
                f"{lost(run)}",
                worth(run),
            )
            for run in runs
        ),
    )


def three(latency: Run) -> str:
    return " / ".join(f"{latency[name]:,.1f}" for name in ("p50", "p95", "p99"))


def lost(run: Run) -> int:
    return int(run.get("missing", 0)) + int(run["missingTransactions"])


def worth(run: Run) -> str:
    """Why a run's times say little; its counts hold all the same."""
    if run["troubles"]:
        return f"**{run['troubles']} troubles**: {run['firstTroubles'][0][:80]}"
    if run["othersShare"] > OTHERS_SHARE_MAX:
        return f"others used {run['othersShare']:.0%} of a core"
    if run["lateness"]["p95"] > LATENESS_P95_MAX_MS:
        return f"the generator was {run['lateness']['p95']:.0f} ms late"
    return "counts"


# -- transactions ----------------------------------------------------------------------------------


def _durable(runs: list[Run], results: Run) -> list[str]:
    lines = table_of(
        "processes, people x transactions/s, committed/s, p50/p95/p99 ms, "
        "us per transaction: whiteboard, PostgreSQL, Redis, fullest process, generator, lost, "
        "worth",
        (
            (
                f"{run['processes']}",
                f"{run['people']} x {run['rate']}",
                f"{run['commitsPerSecond']:,.0f}",
                three(run["receipts"]),
                *(f"{run['microsecondsOf'][who]:,.0f}" for who in CROWD),
                f"{run['busiest']['whiteboard']:.0%}",
                f"{run['generatorShare']:.0%}",
                f"{lost(run)}",
                worth(run),
            )
            for run in runs
        ),
    )
    cores = int(results["about"]["cores"])
    return [*lines, "", *(f"- {each}" for each in first_full(runs, cores))]


CROWD = ("whiteboard", "postgres", "redis")


def first_full(runs: list[Run], cores: int) -> Iterable[str]:
    """For each number of processes, how far it went and what stopped it."""
    for processes, group in groupby(runs, key=lambda run: int(run["processes"])):
        steps = list(group)
        good = [run for run in steps if not is_saturated(run)]
        last_good = max((run["rate"] for run in good), default=0)
        bad = [run for run in steps if is_saturated(run) and run["rate"] > last_good]
        best = max((run["commitsPerSecond"] for run in good), default=0.0)
        text = f"{processes} {'process' if processes == 1 else 'processes'}: "
        text += f"{best:,.0f} transactions/s on one board within {DURABLE_P99_MAX_MS:.0f} ms"
        if bad:
            text += (
                f"; at {bad[0]['people']} x {bad[0]['rate']}/s full: {bottleneck(bad[0], cores)}"
            )
        yield text


def _many(runs: list[Run], _: Run) -> list[str]:
    return table_of(
        "people, transactions/s each, boards on, asked/s, committed/s, p50/p95/p99 ms, "
        "us per transaction: whiteboard, PostgreSQL, Redis, not there 10 s later, worth",
        (
            (
                f"{run['people']}",
                f"{run['rate']}",
                "one process" if run["routed"] else f"{run['processes']} processes",
                f"{run['people'] * run['rate']:,}",
                f"{run['commitsPerSecond']:,.0f}",
                three(run["receipts"]),
                *(f"{run['microsecondsOf'][who]:,.0f}" for who in CROWD),
                f"{lost(run):,}",
                worth(run),
            )
            for run in runs
        ),
    )


# -- what is to be reached -------------------------------------------------------------------------


def _idle(run: Run, _: Run) -> list[str]:
    shares = ", ".join(f"{who} {run['shares'][who]:.1%}" for who in CROWD)
    text = (
        f"{run['sockets']:,} sockets on {run['boards']} boards over {run['processes']} processes: "
        f"{run['bytesPerSocket'] / 1024:.1f} KiB of resident memory a socket "
        f"({run['before'] / 2**20:.0f} MiB before, {run['after'] / 2**20:.0f} MiB with them); "
        f"CPU while nothing happens, of a core: {shares}."
    )
    return [text]


def _reach(servers: dict[str, list[Run]], _: Run) -> list[str]:
    return table_of(
        "server, runs, updates/s, us per update: whiteboard, PostgreSQL, Redis, nginx, "
        "live p99 ms, at most, durable p99 ms, at most, lost, reached, every run's p99 ms",
        (_reach_row(server, runs) for server, runs in servers.items()),
    )


def _reach_row(server: str, runs: list[Run]) -> Iterable[str]:
    live = _median(runs, lambda run: float(run["latency"]["p99"]))
    durable = _median(runs, lambda run: float(run["receipts"]["p99"]))
    gone = sum(lost(run) for run in runs)
    reached = live < LIVE_P99_MAX_MS and durable < DURABLE_P99_MAX_MS and not gone
    each = ", ".join(f"{run['latency']['p99']:.0f} / {run['receipts']['p99']:.0f}" for run in runs)
    return (
        server,
        f"{len(runs)}",
        f"{_median(runs, lambda run: float(run['perSecond'])):,.0f}",
        *(
            f"{statistics.median(run['microsecondsOf'][who] for run in runs):.2f}"
            for who in (*CROWD, "nginx")
        ),
        f"{live:.1f}",
        f"{LIVE_P99_MAX_MS:.0f}",
        f"{durable:.1f}",
        f"{DURABLE_P99_MAX_MS:.0f}",
        f"{gone}",
        yes(reached),
        each,
    )


def _restart(servers: dict[str, Run], _: Run) -> list[str]:
    return table_of(
        "server, transactions, acknowledged and lost, doubled, never committed, differing, "
        "connections cut, closes, worst time away ms, durable p99 ms, errors shown, reached",
        (
            (
                server,
                f"{run['commits']}",
                f"{run['acknowledgedLost']}",
                f"{run['doubled']}",
                f"{run['neverCommitted']}",
                f"{run['differing']}",
                f"{run['cut']}",
                counted(run["codes"]),
                f"{run['worstAwayMs']:,.0f}",
                f"{run['receipts']['p99']:,.0f}",
                f"{run['troubles']}",
                yes(restart_reached(run)),
            )
            for server, run in servers.items()
        ),
    )


def restart_reached(run: Run) -> bool:
    kept = ("acknowledgedLost", "doubled", "neverCommitted", "differing", "troubles")
    return run["worstAwayMs"] <= AWAY_MAX_MS and not any(run[name] for name in kept)


def counted(codes: dict[str, int]) -> str:
    return ", ".join(f"{code} x {count}" for code, count in sorted(codes.items())) or "none"


def _stall(servers: dict[str, Run], _: Run) -> list[str]:
    return table_of(
        "server, memory a stalled reader KiB, closed after s, never closed, "
        "the page sees, transactions missing after, others' p95 ms: alone, beside, times, reached",
        (
            (
                server,
                f"{stalled_bytes(run) / 1024:,.0f}",
                seconds_range([ms for each in run["rounds"] for ms in each["closedAfterMs"]]),
                f"{sum(each['neverClosed'] for each in run['rounds'])}",
                counted(_codes(run)),
                f"{run['tailsMissing']}",
                f"{run['calm']['p95']:.1f}",
                f"{run['beside']['p95']:.1f}",
                f"{worse(run):.2f}",
                yes(stall_reached(run)),
            )
            for server, run in servers.items()
        ),
    )


def _codes(run: Run) -> dict[str, int]:
    codes = [str(code) for each in run["rounds"] for code in each["codes"]]
    return {code: codes.count(code) for code in codes}


def stalled_bytes(run: Run) -> int:
    return max(int(each["bytesPerStalled"]) for each in run["rounds"])


def worse(run: Run) -> float:
    """The others' p95 beside stalled readers, in times of what it is without them."""
    return float(run["beside"]["p95"]) / max(float(run["calm"]["p95"]), 0.05)


def stall_reached(run: Run) -> bool:
    closed = [ms for each in run["rounds"] for ms in each["closedAfterMs"]]
    return (
        stalled_bytes(run) <= STALLED_BYTES_MAX
        and not any(each["neverClosed"] for each in run["rounds"])
        and max(closed, default=0) <= CLOSED_MAX_MS
        and not run["tailsMissing"]
        and not run["troubles"]
        and worse(run) <= WORSE_MAX
    )


def seconds_range(ms: list[int]) -> str:
    return f"{min(ms) / 1000:.1f} to {max(ms) / 1000:.1f}" if ms else "never"


def _capacity(sizes: list[Run], _: Run) -> list[str]:
    return table_of(
        "installation, a board is on, people, people where three times as many draw",
        (
            (size["name"], size["way"], f"{size['people']:,}", f"{size['lively']:,}")
            for size in sizes
        ),
    )


def _simulation(simulation: Run, _: Run) -> list[str]:
    return forecast(simulation)


def _median(runs: list[Run], figure: Callable[[Run], float]) -> float:
    return statistics.median(figure(run) for run in runs)


def yes(reached: bool) -> str:
    return "yes" if reached else "**no**"


SECTIONS: tuple[tuple[str, str, Callable[[Any, Run], list[str]]], ...] = (
    ("shapes", "People drawing on 1, 2 and 4 processes", _shapes),
    ("durable", "Transactions on one board, until something is full", _durable),
    ("many", "500 people on 100 boards", _many),
    ("idle", "1,000 people who only look", _idle),
    ("reach", "100 people, 20 draw, through nginx on 2 processes", _reach),
    ("restart", "A rolling restart under 50 people who draw, through nginx", _restart),
    ("stall", "5 of 16 readers stop reading while 20 people draw", _stall),
    ("capacity", "How many people, reckoned from these figures", _capacity),
    ("simulation", "A million people on 200,000 boards, simulated", _simulation),
)
