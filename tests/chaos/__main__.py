"""Long runs: `python -m tests.chaos --seconds 600 --seed 7 --clients 24 --world both`."""

from __future__ import annotations

import argparse
import asyncio
import json
import secrets
import sys
import tempfile
from pathlib import Path

from boards.client.transports import TRANSPORTS

from .run import run
from .summary import Plan, Summary
from .world import Cluster, Single, World

WORLDS = {"single": Single, "cluster": Cluster}
CLIENTS_MOST = 50


def main() -> None:
    options = _options()
    names = list(WORLDS) if options.world == "both" else [options.world]
    seed = options.seed or secrets.token_hex(4)
    summaries = []
    for name in names:
        seconds = options.seconds / len(names)
        only, ways = tuple(options.only), tuple(options.transports)
        plan = Plan(seed, seconds, options.clients, only, ways)
        summary = asyncio.run(_run(name, plan, options.logs))
        print(summary, flush=True)
        summaries.append(summary)
    if options.json:
        text = json.dumps([summary.as_json() for summary in summaries], indent=2)
        Path(options.json).write_text(f"{text}\n")
    sys.exit(any(summary.violations for summary in summaries))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("--seconds", type=float, default=300, help="for all worlds together")
    parser.add_argument("--seed", default="", help="of a run to be done again; else a new one")
    parser.add_argument("--clients", type=int, default=24, choices=range(2, CLIENTS_MOST + 1))
    parser.add_argument("--world", choices=[*WORLDS, "both"], default="both")
    parser.add_argument("--json", default="", help="a file for the summaries")
    parser.add_argument("--logs", default="", help="a folder that keeps the servers' logs")
    parser.add_argument("--only", nargs="*", default=[], help="these faults of the world")
    parser.add_argument(
        "--transports", nargs="*", default=[*TRANSPORTS], choices=[*TRANSPORTS], help="of clients"
    )
    return parser.parse_args()


async def _run(name: str, plan: Plan, logs: str) -> Summary:
    with tempfile.TemporaryDirectory(prefix="whiteboard-chaos-") as folder:
        world: World = WORLDS[name](Path(folder))
        if logs:
            world.logs = Path(logs)
            world.logs.mkdir(parents=True, exist_ok=True)
        try:
            await world.start(people=plan.clients + 1)
            return await run(world, plan)
        finally:
            world.close()


if __name__ == "__main__":
    main()
