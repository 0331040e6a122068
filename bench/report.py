"""Says what was measured on what, tells of progress, and keeps the figures in docs/."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from boards.browser import find_node

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


def write(results: Run, table: str, page_file: Path = PAGE, figures: Path = FIGURES) -> None:
    """Replaces what stands between the markers; the words around them are written by hand."""
    page = page_file.read_text() if page_file.is_file() else HEADING
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    page_file.write_text(f"{before}{BEGIN}\n{table}\n{END}{after}")
    figures.write_text(json.dumps(results, indent=1) + "\n")
