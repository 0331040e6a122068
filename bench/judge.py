"""Which runs count, and why the others do not."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .rows import GENERATOR_SHARE_MAX, LATENESS_P95_MAX_MS, WAIT_SHARE_MAX

Run = dict[str, Any]


def flaw(run: Run) -> str:
    """Why a run does not count; empty where it does."""
    if run.get("missing") or run.get("missingTransactions"):
        return f"lost: {run.get('missing', 0)} live, {run['missingTransactions']} durable"
    if run.get("troubles"):
        return f"{run['troubles']} troubles: {'; '.join(run['firstTroubles'])[:120]}"
    if run.get("generatorShare", 0) > GENERATOR_SHARE_MAX:
        return f"void: the generator used {run['generatorShare']:.0%}"
    if run["waitShare"] > WAIT_SHARE_MAX:
        return f"void: the server waited for its core {run['waitShare']:.0%}"
    if run["lateness"]["p95"] > LATENESS_P95_MAX_MS:
        return f"void: the generator was {run['lateness']['p95']:.0f} ms late"
    return ""


def all_valid(results: Run) -> bool:
    return not any(flaw(run) for run in runs_of(results))


def runs_of(results: Run) -> Iterable[Run]:
    for systems in results["live"].values():
        for runs in systems.values():
            yield from runs
    yield from results["parts"].get("receipts", [])
