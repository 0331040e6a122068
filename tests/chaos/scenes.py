"""Short schedules in which nothing is left to luck: each provokes one sort of mistake."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from random import Random
from typing import Final

from boards.client.transports.link import HttpLink

from .client import Client
from .edits import points_of
from .folding import Change
from .stage import Stage, within
from .world import Single

SCENE_SECONDS: Final = 30.0
"""For each step; usually it takes a few milliseconds."""
BIG_POINTS: Final = 8000
"""21 KB: more than there is room for in the database's pages."""

Scene = Callable[[Stage], Awaitable[None]]


async def kill_after_a_receipt(stage: Stage) -> None:
    ann = await _joined(stage)
    await _acknowledged(stage, [ann.submit([_put("first-of-two")])])
    await _acknowledged(stage, [ann.submit([_put("last-of-all")])])
    (server,) = stage.world.servers
    await server.kill()
    await server.start()


async def send_twice(stage: Stage) -> None:
    ann = await _joined(stage)
    uid = ann.submit([_put("once-only")])
    await _acknowledged(stage, [uid])
    await ann.send_again([uid, uid])
    # Its receipt says that what was sent before has been dealt with.
    await _acknowledged(stage, [ann.submit([_put("after-it")])])


async def come_back_to_a_tail(stage: Stage) -> None:
    ann, bob = await _joined(stage), await _joined(stage)
    await _acknowledged(stage, [ann.submit([_put("while-bob-sees")])])
    await _until(lambda: bob.clock == ann.clock)
    bob.wire.refuse()
    await _until(lambda: not bob.live)
    await _acknowledged(stage, [ann.submit([_put(f"without-bob-{n}")]) for n in range(3)])
    bob.wire.mend()


async def have_one_refused(stage: Stage) -> None:
    ann = await _joined(stage)
    bad: Change = {"op": "set", "key": "good-one", "props": {"color": "no colour"}}
    uid = ann.submit([_put("good-one"), bad], bad=True)
    await _until(lambda: uid in stage.journal.refused or uid in stage.journal.acknowledged)
    await _acknowledged(stage, [ann.submit([_put("after-it")])])


async def put_two(stage: Stage) -> None:
    ann = await _joined(stage)
    await _acknowledged(stage, [ann.submit([_put("one-of-two"), _put("two-of-two")])])


async def set_what_is_removed(stage: Stage) -> None:
    ann = await _joined(stage)
    await _acknowledged(stage, [ann.submit([_put("to-be-removed")])])
    await _acknowledged(stage, [ann.submit([{"op": "remove", "key": "to-be-removed"}])])
    late: Change = {"op": "set", "key": "to-be-removed", "props": {"x": 1}}
    await _acknowledged(stage, [ann.submit([late])])


async def send_two_to_a_full_disk(stage: Stage) -> None:
    """Again where a slow server took the two one by one: only together can one overtake."""
    ann = await _joined(stage)
    for attempt in range(5):
        if await _fail_together(stage, ann, attempt):
            return
    raise AssertionError("the two never failed together")


async def _fail_together(stage: Stage, ann: Client, attempt: int) -> bool:
    world = stage.world
    assert isinstance(world, Single)
    world.full_disk.touch()
    told = world.log_text().count("disk is full")
    # Made in one moment, so they go in one message.
    uids = [
        ann.submit([_put(f"big-stroke-{attempt}", BIG_POINTS)]),
        ann.submit([_put(f"small-one-{attempt}")]),
    ]
    try:
        await _until(lambda: world.log_text().count("disk is full") > told)
        if any(uid in stage.journal.acknowledged for uid in uids):
            stage.journal.violation("acknowledged although the disk is full")
    finally:
        world.full_disk.unlink()
    await _acknowledged(stage, uids)
    last = [line for line in world.log_text().splitlines() if "disk is full" in line][-1]
    return "a batch of 2" in last


async def lose_the_answer_to_a_post(stage: Stage) -> None:
    ann = await _joined(stage, "sse")
    assert ann.link is not None
    assert isinstance(ann.link.transport, HttpLink)
    outbound = ann.link.transport.outbound
    taken = outbound.taken

    def lost(_: int) -> None:
        outbound.taken = taken  # type: ignore[method-assign]  # put back
        raise ConnectionError("the answer got lost")

    outbound.taken = lost  # type: ignore[assignment, method-assign]
    await ann.ping(ann.link)
    # Its receipt says that what was sent before has been dealt with.
    await _acknowledged(stage, [ann.submit([_put("after-it")])])


async def cut_a_stream(stage: Stage) -> None:
    ann, bob = await _joined(stage), await _joined(stage, "sse")
    await _acknowledged(stage, [ann.submit([_put("while-bob-sees")])])
    await _until(lambda: bob.clock == ann.clock)
    bob.wire.refuse()
    await _acknowledged(stage, [ann.submit([_put(f"without-bob-{n}")]) for n in range(3)])
    bob.wire.mend()
    await _until(lambda: bob.clock == ann.clock)


# -- steps -----------------------------------------------------------------------------------------


def _put(key: str, points: int = 3) -> Change:
    element = {"kind": "stroke", "x": 0, "y": 0, "z": "a0", "color": "red", "width": 2}
    return {
        "op": "put",
        "key": key,
        "element": {**element, "points": points_of(points, Random(key))},
    }


async def _joined(stage: Stage, transport: str = "websocket") -> Client:
    client = await stage.add_client(drawing=False, transport=transport)
    await _until(lambda: client.live)
    return client


async def _acknowledged(stage: Stage, uids: Iterable[str]) -> None:
    await _until(lambda: stage.acknowledged(uids))


async def _until(condition: Callable[[], bool]) -> None:
    assert await within(SCENE_SECONDS, condition), "the scene could not be played"
