"""What `bench.transports` has measured, as a page tells it, and which marks were missed. Pure."""

from __future__ import annotations

from typing import Any, Final

MARKS: Final = {"sse": 2.0, "longpoll": 4.0}
"""Times the latency of a WebSocket."""
BACK_SECONDS: Final = 10.0
WORSE: Final = 1.2

Results = dict[str, Any]


def missed(results: Results) -> list[str]:
    """In words; empty where all marks are reached."""
    crowds = results["crowds"]
    found = []
    for name, most in MARKS.items() if crowds else ():
        for what in ("live", "durable"):
            for share in ("p50", "p95"):
                ratio = crowds[name][what][share] / crowds["websocket"][what][share]
                if ratio > most:
                    found.append(f"{name}: {what} {share} is {ratio:.1f} times a WebSocket's")
    for name, runs in results["back"].items():
        for run in runs:
            if run["arrived"] > BACK_SECONDS:
                found.append(f"{name}: back after {run['arrived']} s")
            worse = run["busy"]["p95"] / run["calm"]["p95"]
            if worse > WORSE:
                found.append(f"{name}: others' p95 {worse:.2f} times as long meanwhile")
    return found


def markdown(results: Results) -> str:
    parts = [_crowds(results), _busy(results)] if results["crowds"] else []
    parts += [_pairs(results)] if results["pairs"] else []
    parts += [_back(results)] if results["back"] else []
    marks = [f"- missed: {one}" for one in missed(results)] or ["All marks are reached."]
    return "\n\n".join([*parts, "\n".join(marks)])


def _crowds(results: Results) -> str:
    rows = [
        "| all draw | live p50 | p95 | p99 | durable p50 | p95 | p99 | to WebSocket | CPU |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    best = results["crowds"]["websocket"]["live"]
    for name, run in results["crowds"].items():
        live, durable = run["live"], run["durable"]
        ratio = f"{live['p50'] / best['p50']:.1f}, {live['p95'] / best['p95']:.1f}"
        cells = [live[at] for at in best if at != "count"]
        cells += [durable[at] for at in best if at != "count"]
        times = " | ".join(f"{ms:.1f} ms" for ms in cells)
        rows.append(f"| {name} | {times} | {ratio} | {run['cpu'] * 1000:.0f} ms |")
    return "\n".join(rows)


def _busy(results: Results) -> str:
    """Who measures with a busy processor measures that."""
    shares = [f"{name} {run['generator'] * 100:.0f} %" for name, run in results["crowds"].items()]
    return f"The generator's own processor was busy at most: {', '.join(shares)}."


def _pairs(results: Results) -> str:
    rows = [
        "| one stroke | drawer up | down | requests | viewer up | down | requests | to WebSocket |",
        "|---|---|---|---|---|---|---|---|",
    ]
    whole = {name: _bytes(pair) for name, pair in results["pairs"].items()}
    for name, pair in results["pairs"].items():
        drawer, viewer = pair["drawer"], pair["viewer"]
        sizes = [drawer["up"], drawer["down"], viewer["up"], viewer["down"]]
        up, down, asked, seen = (f"{size:,.0f} B" for size in sizes)
        rows.append(
            f"| {name} | {up} | {down} | {drawer['requests']:.0f} | {asked} | {seen} "
            f"| {viewer['requests']:.0f} | {whole[name] / whole['websocket']:.1f} |"
        )
    return "\n".join(rows)


def _bytes(pair: dict[str, dict[str, float]]) -> float:
    return sum(pair[who][way] for who in pair for way in ("up", "down"))


def _back(results: Results) -> str:
    rows = [
        "| 10,000 changes | saved | with others | others' live p95 before | meanwhile |",
        "|---|---|---|---|---|",
    ]
    for name, runs in results["back"].items():
        rows += [
            f"| {name} | {run['saved']:.1f} s | {run['arrived']:.1f} s "
            f"| {run['calm']['p95']:.1f} ms | {run['busy']['p95']:.1f} ms |"
            for run in runs
        ]
    return "\n".join(rows)
