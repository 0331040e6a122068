"""Measures the editor in Chromium without a GPU, on up to 100,000 strokes: `make bench-editor`.

Every figure is the median of the runs, a worst frame the median of the five worst. Nothing is
written but what `--json` names.
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .editor_bytes import bytes_until_live
from .editor_contents import contents
from .editor_page import Board, chromium, static_server
from .editor_rows import TARGETS, Figures, judged, markdown

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser

SELECTED = 1000
OVERVIEW = 0.1
WIDE = 0.32
"""A thousand strokes fill the view at this zoom."""


def main(arguments: list[str] | None = None) -> int:
    options = _options(arguments)
    began = time.monotonic()
    runs = []
    with static_server() as address, chromium() as browser:
        for run in range(options.runs):
            runs.append(_run(browser, address, options))
            print(f"run {run + 1} of {options.runs}: {_short(runs[-1])}", file=sys.stderr)
    if not options.only or "bytes" in options.only:
        runs[0] |= bytes_until_live()
    if "contents" in options.only:
        runs[0] |= contents()
    print(markdown(runs))
    if options.json:
        options.json.write_text(json.dumps(_results(runs, time.monotonic() - began), indent=1))
    return 0 if all(good for *_, good in judged(runs)) else 1


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.editor", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one run instead of five")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--only", action="append", choices=list(TARGETS), default=[])
    parser.add_argument("--json", type=Path, metavar="PATH", help="where the figures go")
    options = parser.parse_args(arguments)
    if options.quick:
        options.runs = 1
    return options


def _run(browser: Browser, address: str, options: argparse.Namespace) -> Figures:
    figures = _on_a_page(browser, address, _yardsticks)
    for scene in ("10000", "100000", "1000", "mixed"):
        if not options.only or scene in options.only:
            figures |= _on_a_page(browser, address, partial(_scene, scene=scene))
    return figures


def _on_a_page(browser: Browser, address: str, measure: Callable[[Board], Figures]) -> Figures:
    """Each on a fresh page: nothing is warm that a person would find cold."""
    board = Board(browser, address)
    try:
        return measure(board)
    finally:
        board.close()


def _yardsticks(board: Board) -> Figures:
    yards = board.ask("yardsticks")
    return {"B": yards["lines"], "B outlines": yards["outlines"], "B ours": yards["ours"]}


def _scene(board: Board, scene: str) -> Figures:
    """In the order of a visit: the board opens, is seen as a whole, worked on, seen closely."""
    board.ask("prepare", scene)
    figures: Figures = {"load": board.ask("load")}
    board.ask("rest")
    if scene != "1000":
        figures |= {f"memory {part}": mib for part, mib in board.memory().items()}
        figures["memory"] = figures.pop("memory all")
        figures["overview"] = board.ask("look", _overview_of(scene))
        _far(board, figures)
        _near(board, figures)
    figures |= _named("drawing", board.ask("drawing"))
    return {f"{scene} {name}": value for name, value in figures.items()}


def _overview_of(scene: str) -> float:
    return 0.14 if scene == "mixed" else OVERVIEW


def _far(board: Board, figures: Figures) -> None:
    board.ask("rest")
    figures |= _named("pan 10", board.ask("pan"))
    board.ask("rest")
    figures |= _named("remote", board.ask("remote"))
    board.ask("rest")
    figures |= _named("moving", board.ask("moving", SELECTED))
    board.ask("look", WIDE)
    board.ask("rest")
    figures |= _named("moving wide", board.ask("moving", SELECTED))
    board.ask("rest")


def _near(board: Board, figures: Figures) -> None:
    board.ask("look", 1)
    board.ask("rest")
    figures |= _named("pan 100", board.ask("pan"))
    board.ask("rest")
    figures |= _named("zoom", board.ask("zoom"))
    board.ask("look", 1)
    board.ask("rest")


def _named(name: str, answer: dict[str, float]) -> Figures:
    return {name if part == "work" else f"{name} {part}": value for part, value in answer.items()}


def _short(figures: Figures) -> str:
    shown = ("B", "10000 load", "10000 overview", "10000 memory", "100000 load", "100000 memory")
    return ", ".join(f"{name} {figures[name]:.0f}" for name in shown if name in figures)


def _results(runs: list[Figures], seconds: float) -> dict[str, Any]:
    return {
        "machine": platform.platform(),
        "seconds": round(seconds),
        "rows": [
            {"name": target.name, "title": target.title, "measured": text, "value": value}
            | {"most": target.most, "unit": target.unit, "reached": good}
            for target, text, value, good in judged(runs)
        ],
        "runs": runs,
    }


if __name__ == "__main__":
    sys.exit(main())
