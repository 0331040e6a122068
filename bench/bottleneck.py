"""What is full in a run, and whether it still does what people expect; pure."""

from __future__ import annotations

from typing import Any

Run = dict[str, Any]

DURABLE_P99_MAX_MS = 150.0
"""The figure to reach; a run beyond it counts as saturated."""
FULL_SHARE = 0.9
"""Of a core. What has one thread that matters is full there; the rest is its other threads."""
GENERATOR_FULL_SHARE = 0.8
MACHINE_FULL_SHARE = 0.93
SINGLE_THREADED = ("whiteboard", "redis", "nginx")
"""Of these one process uses about one core at most: Python's lock, one thread, one worker."""


def is_saturated(run: Run) -> bool:
    """Whether a run of receipts was too much."""
    late = run["receipts"]["p99"] > DURABLE_P99_MAX_MS
    return bool(late or run["missingTransactions"] or run["troubles"] or full_processes(run))


def full_processes(run: Run) -> list[str]:
    """Those that use their core up."""
    busiest = run["busiest"]
    return [name for name in SINGLE_THREADED if busiest.get(name, 0) >= FULL_SHARE]


def bottleneck(run: Run, cores: int) -> str:
    """In words, what kept a run from going faster."""
    full = full_processes(run)
    if full:
        return " and ".join(f"a {name} process" for name in full)
    if run["generatorShare"] >= GENERATOR_FULL_SHARE:
        return "the load generator"
    if run["busyShare"] >= MACHINE_FULL_SHARE * cores:
        shares = {**run["shares"], "generator": run["generatorShare"], "others": run["othersShare"]}
        most = max(shares, key=lambda name: float(shares[name]))
        return f"the machine's {cores} cores, most by {most} ({shares[most]:.0%} of a core)"
    return "no processor: the board's lock and the disk"
