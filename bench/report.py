"""Turns the figures of all runs into a table against the marks, and keeps them in docs/."""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from boards.browser import find_node

from .rows import GENERATOR_SHARE_MAX, LIMITS, LIVE_ROWS, LiveRow
from .system import PROJECT

PAGE = PROJECT / "docs" / "performance.md"
FIGURES = PROJECT / "docs" / "performance.json"
BEGIN, END = "<!-- bench: begin -->", "<!-- bench: end -->"
HEADING = f"# Performance\n\n{BEGIN}\n{END}\n"

Run = dict[str, Any]


def about() -> dict[str, str]:
    """What was measured, on what."""
    return {
        "at": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "cpu": _cpu_name(),
        "cores": str(os.cpu_count()),
        "system": platform.system() + " " + platform.release().split("-")[0],
        "python": platform.python_version(),
        "node": _output_of(find_node().node, "--version").lstrip("v"),
        "django": version("django"),
        "daphne": version("daphne"),
        "commit": _output_of("git", "rev-parse", "--short", "HEAD"),
        "ink": "real" if os.environ.get("INK") else "synthetic",
    }


def _cpu_name() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def _output_of(*command: str) -> str:
    done = subprocess.run(
        command, cwd=PROJECT, check=False, capture_output=True, text=True, timeout=10
    )
    return done.stdout.strip() or "unknown"


def progress(what: str, result: Run) -> None:
    """A line on standard error for whoever waits."""
    flat = {name: value for name, value in result.items() if not isinstance(value, list)}
    print(f"{what}: {json.dumps(flat)}", file=sys.stderr, flush=True)
    for trouble in result.get("firstTroubles", []):
        print(f"  {trouble}", file=sys.stderr, flush=True)


# -- judging ---------------------------------------------------------------------------------------


def flaw(run: Run) -> str:
    """Why a run does not count; empty where it does."""
    if run.get("missing") or run.get("missingTransactions"):
        return f"lost: {run.get('missing', 0)} live, {run['missingTransactions']} durable"
    if run.get("troubles"):
        return f"{run['troubles']} troubles: {'; '.join(run['firstTroubles'])[:120]}"
    if run.get("generatorShare", 0) > GENERATOR_SHARE_MAX:
        return f"void: the generator used {run['generatorShare']:.0%}"
    return ""


def all_valid(results: Run) -> bool:
    return not any(flaw(run) for run in _runs_of(results))


def _runs_of(results: Run) -> Iterable[Run]:
    for systems in results["live"].values():
        for runs in systems.values():
            yield from runs
    yield from results["parts"].get("receipts", [])


def _median(runs: list[Run], figure: Callable[[Run], float]) -> float:
    """Of the runs that count; NaN, which meets no mark, where there are none."""
    values = [figure(run) for run in runs if not flaw(run)]
    return statistics.median(values) if values else float("nan")


def _verdict(meets: bool) -> str:
    return "yes" if meets else "**no**"


# -- the page --------------------------------------------------------------------------------------


def markdown(results: Run) -> str:
    lines = [_described(results["about"])]
    if results["live"]:
        lines += ["", "### People drawing", "", *_live_table(results["live"])]
    limits = _limit_table(results["parts"])
    if limits:
        lines += ["", "### Everything else", "", *limits]
    lines += ["", "### Every run", "", *_run_table(results)]
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


def write(results: Run, table: str) -> None:
    """Replaces what stands between the markers; the words around them are written by hand."""
    page = PAGE.read_text() if PAGE.is_file() else HEADING
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    PAGE.write_text(f"{before}{BEGIN}\n{table}\n{END}{after}")
    FIGURES.write_text(json.dumps(results, indent=1) + "\n")
