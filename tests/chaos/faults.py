"""What can go wrong: each fault begins, lasts a while, and is over when its coroutine returns."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

from .client import Client
from .servers import Server
from .stage import SLOWNESS, Stage, within
from .wire import Condition
from .world import Cluster, Single

CLIENT_NOTICES_SECONDS: Final = 6.0
"""F2: a client that edits gives up a half-open connection."""
EDITS_WHILE_AWAY_SECONDS: Final = 2.0
"""F4: receipts keep coming while the layer is away."""

WireFault = Callable[[Client, Random], Awaitable[None]]
Happening = Callable[[Stage, Random, Sequence[Client]], Awaitable[None]]
"""The clients are those that nothing else happens to meanwhile."""
OUTAGE_SECONDS: Final = 17.0
"""Longer than the server's writer is patient: it gives up and sends everybody away (R5)."""


# -- to one client's connections (F2) --------------------------------------------------------------


async def cut(client: Client, rng: Random) -> None:
    client.wire.cut()


async def cut_in_frame(client: Client, rng: Random) -> None:
    client.wire.cut_in_frame(rng.randrange(1, 400))
    before = client.connections
    await within(rng.uniform(1, 3), lambda: client.connections > before)


async def half_open(client: Client, rng: Random) -> None:
    wire = client.wire
    if not wire.speaking:
        return
    before, since = client.connections, time.monotonic()
    was_live = client.live
    wire.go_half_open()
    seconds = CLIENT_NOTICES_SECONDS * SLOWNESS
    noticed = await within(seconds, lambda: client.connections > before)
    if was_live and not noticed:
        took = time.monotonic() - since
        client.violation(f"has not noticed a half-open connection within {took:.1f} s")


async def slow(client: Client, rng: Random) -> None:
    client.wire.condition = Condition.SLOW
    await asyncio.sleep(rng.uniform(1, 4))
    client.wire.mend()


async def delayed(client: Client, rng: Random) -> None:
    client.wire.condition = Condition.DELAYED
    await asyncio.sleep(rng.uniform(1, 4))
    client.wire.mend()


async def refused(client: Client, rng: Random) -> None:
    client.wire.refuse()
    await asyncio.sleep(rng.uniform(0.3, 2))
    client.wire.mend()


async def deaf(client: Client, rng: Random) -> None:
    """It hangs for a while and reads nothing; in the end it is sent away or catches up."""
    client.hears.clear()
    await asyncio.sleep(rng.uniform(1, 5))
    client.hears.set()


async def switch(client: Client, rng: Random) -> None:
    """On to another transport in the middle of everything; the old way is just left."""
    client.switch()


async def forget(client: Client, rng: Random) -> None:
    """A page that is opened anew: it has nothing but what it has not got a receipt for."""
    client.forget(reads_first=rng.random() < 0.5)
    client.wire.cut()


WIRE_FAULTS: Final[Sequence[WireFault]] = (
    cut, cut, cut_in_frame, cut_in_frame, half_open, slow, delayed, refused, deaf, switch, switch,
    forget,
)  # fmt: skip
"""Dealt as a deck of cards."""


# -- to server processes (F1, F7) ------------------------------------------------------------------


async def kill_server(stage: Stage, rng: Random, calm: Sequence[Client]) -> None:
    server = rng.choice(stage.world.servers)
    await server.kill()
    await asyncio.sleep(rng.uniform(0, 1))
    await server.start()


async def kill_all_servers(stage: Stage, rng: Random, calm: Sequence[Client]) -> None:
    await asyncio.gather(*(server.kill() for server in stage.world.servers))
    await asyncio.gather(*(server.start() for server in stage.world.servers))


async def terminate_server(stage: Stage, rng: Random, calm: Sequence[Client]) -> None:
    await _replace(rng.choice(stage.world.servers))


async def rolling_restart(stage: Stage, rng: Random, calm: Sequence[Client]) -> None:
    for server in rng.sample(stage.world.servers, len(stage.world.servers)):
        await _replace(server)


async def _replace(server: Server) -> None:
    await server.terminate()
    await server.start()


async def freeze_server(stage: Stage, rng: Random, calm: Sequence[Client]) -> None:
    server = rng.choice(stage.world.servers)
    await server.freeze()
    await asyncio.sleep(rng.uniform(1, 5))
    await server.thaw()


async def renew_rights(stage: Stage, rng: Random, calm: Sequence[Client]) -> None:
    """A few times in a row, while everybody draws."""
    for _ in range(rng.randrange(1, 4)):
        await asyncio.to_thread(stage.world.ledger.renew_rights, stage.board)
        await asyncio.sleep(rng.uniform(0, 0.5))


async def renew_rights_of_a_frozen_server(
    stage: Stage, rng: Random, calm: Sequence[Client]
) -> None:
    """When it wakes, what has piled up is judged under rights that are no longer true."""
    server = rng.choice(stage.world.servers)
    # In this order: a server may freeze while it holds the lock that this needs.
    await asyncio.to_thread(stage.world.ledger.renew_rights, stage.board)
    await server.freeze()
    await asyncio.sleep(rng.uniform(2, 4))
    await server.thaw()


# -- to SQLite (F5, F9) ----------------------------------------------------------------------------


async def lock_database(stage: Stage, rng: Random, calm: Sequence[Client]) -> None:
    world = stage.world
    assert isinstance(world, Single)
    with world.ledger.held_locked():
        await asyncio.sleep(rng.uniform(1, 5))


async def fill_disk(stage: Stage, rng: Random, calm: Sequence[Client]) -> None:
    await _fill_disk(stage, rng.uniform(1, 4))


async def fill_disk_for_long(stage: Stage, rng: Random, calm: Sequence[Client]) -> None:
    await _fill_disk(stage, OUTAGE_SECONDS)


async def _fill_disk(stage: Stage, seconds: float) -> None:
    world = stage.world
    assert isinstance(world, Single)
    world.full_disk.touch()
    await asyncio.sleep(seconds)
    world.full_disk.unlink()


async def kill_server_while_locked(stage: Stage, rng: Random, calm: Sequence[Client]) -> None:
    """What waits for the database has been promised to nobody."""
    world = stage.world
    assert isinstance(world, Single)
    with world.ledger.held_locked():
        await asyncio.sleep(rng.uniform(0.5, 1.5))
        await world.servers[0].kill()
    await world.servers[0].start()


# -- to Redis (F4) ---------------------------------------------------------------------------------


async def kill_redis(stage: Stage, rng: Random, calm: Sequence[Client]) -> None:
    redis = _cluster(stage).redis
    await asyncio.to_thread(redis.kill)
    await _edits_are_acknowledged(stage, calm, "Redis is killed")
    await asyncio.sleep(rng.uniform(1, 4))
    await asyncio.to_thread(redis.start)


async def freeze_redis(stage: Stage, rng: Random, calm: Sequence[Client]) -> None:
    redis = _cluster(stage).redis
    await asyncio.to_thread(redis.freeze)
    await _edits_are_acknowledged(stage, calm, "Redis is frozen")
    await asyncio.sleep(rng.uniform(1, 4))
    await asyncio.to_thread(redis.thaw)


async def empty_redis(stage: Stage, rng: Random, calm: Sequence[Client]) -> None:
    """Restarted at once: it has forgotten who listens."""
    redis = _cluster(stage).redis
    await asyncio.to_thread(redis.kill)
    await asyncio.to_thread(redis.start)


async def _edits_are_acknowledged(stage: Stage, calm: Sequence[Client], while_: str) -> None:
    # Over HTTP requests come to other processes than the link's, which only the layer leads to.
    sure = [client for client in calm if client.live and client.transport == "websocket"]
    asked = {client.name: client.submit_edit() for client in sure}
    seconds = EDITS_WHILE_AWAY_SECONDS * SLOWNESS
    if not await within(seconds, lambda: stage.answered(asked.values())):
        late = [name for name, uid in asked.items() if not stage.journal.is_answered(uid)]
        stage.journal.violation(
            f"while {while_}: no receipt within {seconds:.0f} s for {', '.join(late)}"
        )


# -- to PostgreSQL (F5) ----------------------------------------------------------------------------


async def kill_postgres(stage: Stage, rng: Random, calm: Sequence[Client]) -> None:
    postgres = _cluster(stage).postgres
    await asyncio.to_thread(postgres.kill)
    await asyncio.sleep(rng.uniform(0, 3))
    await asyncio.to_thread(postgres.start)


async def kill_postgres_for_long(stage: Stage, rng: Random, calm: Sequence[Client]) -> None:
    postgres = _cluster(stage).postgres
    await asyncio.to_thread(postgres.kill)
    await asyncio.sleep(OUTAGE_SECONDS)
    await asyncio.to_thread(postgres.start)


async def lock_board(stage: Stage, rng: Random, calm: Sequence[Client]) -> None:
    """An operator's SQL transaction that takes its time over this board alone."""
    ledger = _cluster(stage).ledger
    with ledger.held_locked(stage.board):
        await asyncio.sleep(rng.uniform(1, 5))


async def restart_postgres(stage: Stage, rng: Random, calm: Sequence[Client]) -> None:
    postgres = _cluster(stage).postgres
    await asyncio.to_thread(postgres.stop)
    await asyncio.to_thread(postgres.start)


async def freeze_postgres(stage: Stage, rng: Random, calm: Sequence[Client]) -> None:
    postgres = _cluster(stage).postgres
    await asyncio.to_thread(postgres.freeze)
    await asyncio.sleep(rng.uniform(1, 5))
    await asyncio.to_thread(postgres.thaw)


def _cluster(stage: Stage) -> Cluster:
    assert isinstance(stage.world, Cluster)
    return stage.world


# -- what there is in each world -------------------------------------------------------------------


@dataclass(frozen=True)
class WorldFault:
    """One that everybody feels."""

    happens: Happening
    what: frozenset[str]
    """What it happens to: two faults of one round have nothing in common here."""
    long: bool = False
    """Takes so long that only long runs have it."""

    @property
    def name(self) -> str:
        return self.happens.__name__


def _to(what: str, *happenings: Happening, long: bool = False) -> list[WorldFault]:
    return [WorldFault(happens, frozenset(what.split()), long) for happens in happenings]


WORLD_FAULTS: Final[Mapping[str, Sequence[WorldFault]]] = {
    "single": (
        *_to("servers", kill_server, terminate_server, freeze_server),
        *_to("database", renew_rights, lock_database, fill_disk),
        *_to("servers database", kill_server_while_locked, renew_rights_of_a_frozen_server),
        *_to("servers database", fill_disk_for_long, long=True),
    ),
    "cluster": (
        *_to("servers", kill_server, kill_all_servers, rolling_restart, freeze_server),
        *_to("redis", kill_redis, freeze_redis, empty_redis),
        *_to("database", renew_rights, lock_board, kill_postgres),
        *_to("database", restart_postgres, freeze_postgres),
        *_to("servers database", renew_rights_of_a_frozen_server),
        *_to("servers database", kill_postgres_for_long, long=True),
    ),
}
