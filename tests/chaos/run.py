"""One run of the suite: clients on a world, seeded faults, the verdict."""

from __future__ import annotations

import time
from typing import Final

from .judge import judge
from .logs import mistakes_in
from .schedule import Schedule, StuckError
from .stage import Stage
from .summary import Plan, Summary, summarize
from .world import World

LONG_SECONDS: Final = 100
"""From so long a run on there is time for outages that outlast the server's patience."""


async def run(world: World, plan: Plan) -> Summary:
    """Draws and breaks for so long, then judges."""
    stage = Stage(world, f"{world.name} {plan.seed}", transports=plan.transports)
    long = plan.seconds >= LONG_SECONDS
    schedule = Schedule(stage, stage.seed, long=long, only=plan.only)
    since = time.monotonic()
    log = 0
    try:
        for _ in range(plan.clients):
            await stage.add_client()
        try:
            await schedule.run(plan.seconds)
            log = len(await judge(stage))
        except StuckError as stuck:
            stage.journal.violation(str(stuck))
        for mistake in mistakes_in(world.log_text()):
            stage.journal.violation(f"a server logged {mistake}")
        return summarize(stage, schedule, plan, time.monotonic() - since, log)
    finally:
        await stage.close()
