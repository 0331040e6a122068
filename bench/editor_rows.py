"""What the editor must reach, and whether it did; pure.

Times that are no frame times stand beside the yardstick B of the same run: another machine, or a
busy one, is slower in both.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterable
from dataclasses import dataclass

from .cells import table_of

Figures = dict[str, float]
"""By name, of one run: `10000 pan p95` in ms, `10000 load` in ms, `10000 memory` in MiB …"""

LARGER_MAX = 1.15
"""A frame figure of 100,000 strokes by that of 10,000."""
KIB_UNTIL_LIVE = 60
"""In every language."""
STILL_MS = 17.5
"""Frames that miss nothing take so long; a difference below it is the screen's clock, not ours."""


@dataclass(frozen=True)
class Target:
    name: str
    title: str
    most: float
    unit: str
    """`B`: in yardsticks; `ms`, `MiB`, `KiB`."""
    worst: bool = False


def _frames(scene: str, title: str, name: str, p95: float, worst: float) -> list[Target]:
    return [
        Target(f"{scene} {name} p95", f"{title}, p95", p95, "ms"),
        Target(f"{scene} {name} worst", f"{title}, worst frame", worst, "ms", worst=True),
    ]


def _scene(scene: str, load: float, memory: float) -> list[Target]:
    return [
        Target(f"{scene} load", "data in memory to complete view at 100 %", load, "B"),
        Target(f"{scene} overview", "first overview, 10,000 in view", 0.8, "B"),
        *_frames(scene, "pan at 100 %", "pan 100", 17.5, 25),
        *_frames(scene, "pan at 10 %", "pan 10", 17.5, 25),
        *_frames(scene, "zoom 100-10-100 %", "zoom", 20, 40),
        *_frames(scene, "50 remote strokes/s at 10 %", "remote", 18, 25),
        Target(f"{scene} moving p95", "moving 1,000 selected, p95", 25, "ms"),
        Target(f"{scene} moving wide p95", "moving 1,000 selected, large in view, p95", 25, "ms"),
        Target(f"{scene} drawing", "main-thread work per pointermove", 1.8, "ms"),
        Target(f"{scene} memory", "memory after load", memory, "MiB"),
    ]


MIXED = [
    Target("mixed load", "5,000 mixed: data in memory to complete view", 0.5, "B"),
    Target("mixed overview", "5,000 mixed: first overview, all in view", 0.8, "B"),
    *_frames("mixed", "5,000 mixed: pan at 100 %", "pan 100", 17.5, 25),
    *_frames("mixed", "5,000 mixed: pan at 10 %", "pan 10", 17.5, 25),
    *_frames("mixed", "5,000 mixed: zoom 100-10-100 %", "zoom", 20, 40),
    Target("mixed moving p95", "5,000 mixed: moving 1,000 selected, p95", 25, "ms"),
]
CONTENTS = [
    Target(
        "contents full load", "20 pages, 200 pictures: first view from the navigation", 1000, "ms"
    ),
    *_frames("contents full", "20 pages, 200 pictures: pan at 100 %", "pan 100", 17.5, 25),
    *_frames("contents full", "20 pages, 200 pictures: pan at 10 %", "pan 10", 17.5, 25),
    *_frames("contents full", "20 pages, 200 pictures: zoom 100-10-100 %", "zoom", 20, 40),
    Target("contents full memory", "20 pages, 200 pictures: memory after all pages", 16, "MiB"),
]
"""The marks of boards without pictures. `--json` also has a board of three strokes a page."""
TARGETS: dict[str, list[Target]] = {
    "10000": _scene("10000", 0.5, 16),
    "100000": _scene("100000", 1.3, 90),
    "1000": [Target("1000 drawing", "main-thread work per pointermove, 1,000 strokes", 1.8, "ms")],
    "mixed": MIXED,
    "contents": CONTENTS,
    "bytes": [
        Target("bytes", "HTML, CSS, JS, icons, catalogue until live, gzip", KIB_UNTIL_LIVE, "KiB")
    ],
}


def median(runs: Iterable[Figures], name: str, worst: bool = False) -> float | None:
    """Of all runs; of the five worst where it is about the worst."""
    values = sorted(run[name] for run in runs if name in run)
    if not values:
        return None
    return statistics.median(values[-5:] if worst else values)


def judged(runs: list[Figures]) -> list[tuple[Target, str, float, bool]]:
    """Target, measured as text, the number that was judged, whether it is reached."""
    rows = []
    for target in (target for targets in TARGETS.values() for target in targets):
        value = _value(runs, target)
        if value is None:
            continue
        absolute = median(runs, target.name, target.worst)
        text = f"{value:.2f} B ({absolute:.0f} ms)" if target.unit == "B" else _text(value, target)
        rows.append((target, text, value, value <= target.most))
    return [*rows, *_larger(runs)]


def _value(runs: list[Figures], target: Target) -> float | None:
    if target.unit != "B":
        return median(runs, target.name, target.worst)
    with_it = [run for run in runs if target.name in run]
    return median([{"ratio": run[target.name] / run["B"]} for run in with_it], "ratio")


def _text(value: float, target: Target) -> str:
    return f"{value:.1f} {target.unit}"


def _larger(runs: list[Figures]) -> list[tuple[Target, str, float, bool]]:
    """Each frame figure of the large board beside that of the small one."""
    rows = []
    for target in TARGETS["100000"]:
        small = target.name.replace("100000", "10000", 1)
        ours, theirs = (median(runs, name, target.worst) for name in (target.name, small))
        if target.unit != "ms" or ours is None or theirs is None:
            continue
        title = f"{target.title}: 100,000 by 10,000"
        row = Target(f"{target.name} ratio", title, LARGER_MAX, "times", target.worst)
        ratio = ours / theirs
        good = ratio <= LARGER_MAX or (target.name.endswith("p95") and ours <= STILL_MS)
        rows.append((row, f"{ratio:.2f}", ratio, good))
    return rows


def markdown(runs: list[Figures]) -> str:
    rows = [
        (_scene_of(target), target.title, text, f"{target.most:g} {target.unit}", yes_or_no(good))
        for target, text, _, good in judged(runs)
    ]
    yards = ", ".join(
        f"{title} {median(runs, name):.0f} ms"
        for name, title in (("B", "B"), ("B outlines", "with outlines"), ("B ours", "as we paint"))
        if median(runs, name) is not None
    )
    lines = table_of("scene, measure, measured, to reach, reached", rows)
    return "\n".join([f"The bare repaint of the overview: {yards}.", "", *lines])


def _scene_of(target: Target) -> str:
    first = target.name.split()[0]
    return f"{int(first):,}" if first.isdigit() else first


def yes_or_no(good: bool) -> str:
    return "yes" if good else "**no**"
