"""The figures of all runs as tables against the marks."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable
from typing import Any

from .judge import flaw, runs_of
from .rows import LIMITS, LIVE_ROWS, LiveRow

Run = dict[str, Any]


def markdown(results: Run) -> str:
    lines = [_described(results["about"])]
    if results["live"]:
        lines += ["", "### People drawing", "", *_live_table(results["live"])]
    limits = _limit_table(results["parts"])
    if limits:
        lines += ["", "### Everything else", "", *limits]
    if any(True for _ in runs_of(results)):
        lines += ["", "### Every run", "", *_run_table(results)]
    lines += ["", *_repeats(results["parts"])]
    return "\n".join(lines)


def _head(columns: str) -> list[str]:
    names = columns.split(", ")
    return [_line(names), _line(["---"] * len(names))]


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _described(what: dict[str, str]) -> str:
    return (
        f"Measured {what['at']} at commit {what['commit']} on {what['cpu']}, "
        f"{what['cores']} cores, {what['system']}: Python {what['python']}, "
        f"Django {what['django']}, "
        f"daphne {what['daphne']}, Node {what['node']}; {what['ink']} ink."
    )


def _live_table(live: dict[str, dict[str, list[Run]]]) -> list[str]:
    lines = _head(
        "row, updates/s, us per update, relay, times, mark, p50/p95/p99 ms, relay, server core, "
        "lost, reached"
    )
    lines += [_live_line(row, live[row.name]) for row in LIVE_ROWS if row.name in live]
    return lines


def _live_line(row: LiveRow, systems: dict[str, list[Run]]) -> str:
    ours, theirs = systems.get("whiteboard", []), systems.get("relay", [])
    cost = _median(ours, _microseconds)
    relay_cost = _median(theirs, _microseconds)
    lost = sum(run["missing"] + run["missingTransactions"] for run in ours)
    marks, meets = _judge(row, ours, cost / relay_cost)
    cells = (
        row.title,
        f"{_median(ours, lambda run: float(run['perSecond'])):,.0f}",
        f"{cost:.1f}",
        f"{relay_cost:.1f}" if theirs else "",
        f"{cost / relay_cost:.2f}" if theirs else "",
        ", ".join(marks),
        _latencies(ours),
        _latencies(theirs) if theirs else "",
        f"{_median(ours, lambda run: float(run['serverShare'])):.0%}",
        f"{lost}",
        _verdict(meets and lost == 0),
    )
    return _line(cells)


def _judge(row: LiveRow, runs: list[Run], ratio: float) -> tuple[list[str], bool]:
    marks, meets = [], any(not flaw(run) for run in runs)
    if row.ratio_max is not None:
        marks.append(f"{row.ratio_max:g} x")
        meets = meets and ratio <= row.ratio_max
    for name, most in (("p50", row.p50_max_ms), ("p99", row.p99_max_ms)):
        if most is not None:
            marks.append(f"{name} {most:g} ms")
            meets = meets and _percentile(runs, name) <= most
    return marks, meets


def _microseconds(run: Run) -> float:
    return float(run["microseconds"])


def _percentile(runs: list[Run], name: str) -> float:
    return _median(runs, lambda run: float(run["latency"][name]))


def _latencies(runs: list[Run]) -> str:
    return " / ".join(f"{_percentile(runs, name):.1f}" for name in ("p50", "p95", "p99"))


def _limit_table(parts: dict[str, Any]) -> list[str]:
    figures = _figures(parts)
    lines = [
        f"| {limit.title} | {figures[limit.name]:,.1f} {limit.unit} | "
        f"{limit.at_most:,.0f} {limit.unit} | {_verdict(figures[limit.name] <= limit.at_most)} |"
        for limit in LIMITS
        if limit.name in figures
    ]
    return [*_head("what, measured, at most, reached"), *lines] if lines else []


def _figures(parts: dict[str, Any]) -> dict[str, float]:
    """One figure for each limit that was measured."""
    figures: dict[str, float] = {}
    if "receipts" in parts:
        figures["receipt_p95"] = _median(parts["receipts"], lambda run: run["receipts"]["p95"])
    if "opening" in parts:
        opening = parts["opening"]
        figures["document_plain"] = opening["plain"]
        figures["document_gzip"] = opening["gzip"]
        figures["document_warm"] = statistics.median(opening["warm_ms"])
        figures["document_cold"] = statistics.median(opening["cold_ms"])
    if "stroke" in parts:
        strokes = parts["stroke"]["strokes"]
        figures["stroke_bytes"] = statistics.median(stroke["liveBytes"] for stroke in strokes)
    if "idle" in parts:
        figures["idle_socket"] = parts["idle"]["bytesPerSocket"]
    if "browser" in parts:
        figures["first_view"] = parts["browser"]["first_view_ms"]
        figures["pan_p95"] = parts["browser"]["pan"]["p95"]
        figures["pan_far_p95"] = parts["browser"]["pan_far"]["p95"]
    return figures


def _run_table(results: Run) -> list[str]:
    lines = _head(
        "row, system, run, updates/s, us per update, p50/p95/p99 ms, receipt p95 ms, commits, "
        "generator, worth"
    )
    for name, systems in results["live"].items():
        for system, runs in systems.items():
            for number, run in enumerate(runs, 1):
                latency = run["latency"]
                cells = (
                    name,
                    system,
                    f"{number}",
                    f"{run['perSecond']:,.0f}",
                    f"{run['microseconds']:.1f}",
                    f"{latency['p50']:.1f} / {latency['p95']:.1f} / {latency['p99']:.1f}",
                    f"{run['receipts']['p95']:.1f}",
                    f"{run['commits']}",
                    f"{run['generatorShare']:.0%}",
                    flaw(run) or "counts",
                )
                lines.append(_line(cells))
    for number, run in enumerate(results["parts"].get("receipts", []), 1):
        lines.append(
            f"| receipts | whiteboard | {number} | | | | {run['receipts']['p95']:.1f} | "
            f"{run['commits']} | {run['generatorShare']:.0%} | {flaw(run) or 'counts'} |"
        )
    return lines


def _repeats(parts: dict[str, Any]) -> list[str]:
    """Every single measurement of what is not compared with the relay."""
    lines = []
    if "opening" in parts:
        opening = parts["opening"]
        lines += [
            f"- document, warm, ms: {_numbers(opening['warm_ms'])}",
            f"- document, cold, ms: {_numbers(opening['cold_ms'])}",
            f"- document, first after the server's start, ms: {opening['first_ms']:.1f}",
            f"- document, not compressed, ms: {opening['plain_ms']:.1f}",
        ]
    if "stroke" in parts:
        strokes = parts["stroke"]["strokes"]
        lines.append(
            f"- bytes of a 100-point stroke while it grows: "
            f"{_numbers([stroke['liveBytes'] for stroke in strokes])}; when it is committed: "
            f"{_numbers([stroke['commitBytes'] for stroke in strokes])}"
        )
    if "idle" in parts:
        idle = parts["idle"]
        lines.append(
            f"- {idle['sockets']} idle sockets: {idle['before'] / 2**20:.1f} MiB before, "
            f"{idle['after'] / 2**20:.1f} MiB with them"
        )
    if "browser" in parts:
        lines += _browser_repeats(parts["browser"])
    return lines


def _browser_repeats(browser: dict[str, Any]) -> list[str]:
    views = browser["openings"]
    lines = [
        f"- first view, painted, ms: {_numbers(view['painted'] for view in views)}",
        f"- first ink, ms: {_numbers(view['firstInk'] for view in views)}",
    ]
    lines += [
        f"- pan at {pan['zoom']}: {pan['frames']} frames, "
        f"median {pan['median']}, p95 {pan['p95']}, worst {pan['worst']} ms"
        for pan in (browser["pan"], browser["pan_far"])
    ]
    return lines


def _numbers(values: Iterable[float]) -> str:
    return ", ".join(f"{value:,.1f}".removesuffix(".0") for value in values)


def _median(runs: list[Run], figure: Callable[[Run], float]) -> float:
    """Of the runs that count; NaN, which meets no mark, where there are none."""
    values = [figure(run) for run in runs if not flaw(run)]
    return statistics.median(values) if values else float("nan")


def _verdict(meets: bool) -> str:
    return "yes" if meets else "**no**"
