"""This process's end of the channel layer: its one channel, the groups it is in, what it publishes.

Here are the only `group_add` and `group_send` of the application. What goes through the layer is a
hint (R6): nobody waits for it, it may be lost, and while the layer is away messages of the same
kind for the same group are merged instead of piling up.
"""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import Any, Final

from channels.layers import InMemoryChannelLayer, get_channel_layer

from .protocol import FRAME_BYTES

log = logging.getLogger(__name__)

Message = dict[str, Any]
Take = Callable[[Message], None]

PATIENCE_SECONDS: Final = 0.25
"""A board opens without its subscription after so long: the heartbeat stands in meanwhile."""
PAUSE_SECONDS: Final = 0.5
"""Between tries to publish while the layer is away."""
WAITING_MAX: Final = 5000
"""Messages that wait for a layer that is away, one per kind and group; the oldest are dropped."""
PROCESSES: Final = "boards.processes"
"""The group of all processes."""
BUNDLE_FROM: Final = 8
"""So many, one by one, would take a busy process about a tick."""
BUNDLE_MAX: Final = 200
"""Messages of several boards in one: some 100 bytes each while people draw."""
FOR_ONE: Final = frozenset({"link.asks", "link.answers"})
"""Kinds that are meant for one process: to bundle them would send them to all."""
ITEMS_WAITING_MAX: Final = 500
"""Of such a kind, for one process that the layer does not reach: who asked asks again."""
ITEMS_BYTES_MAX: Final = 4 * FRAME_BYTES
"""Of their frames: more would hold up both processes while it is packed."""
COMMITS_WAITING_MAX: Final = 500
"""Transactions of one board in one message; beyond it the others read the log."""


class Layer:
    """See the module."""

    def __init__(self, loop: asyncio.AbstractEventLoop, take: Take) -> None:
        self._loop = loop
        self._take = take
        self._backend: Any = get_channel_layer()
        self._channel: str | None = None
        self._groups: set[str] = set()
        self._unjoined: set[str] = set()
        """Groups to which adding has failed."""
        self._waiting: OrderedDict[tuple[str, str], Message] = OrderedDict()
        self._sending: asyncio.Task[None] | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._away = False
        self.at_away: list[Callable[[], None]] = []
        """Called when it does not answer any more."""

    @property
    def is_away(self) -> bool:
        """Whether it failed when something was last asked of it; each heartbeat asks."""
        return self._away

    @property
    def reaches_others(self) -> bool:
        """Whether other processes can be on this layer at all."""
        return self._backend is not None and not isinstance(self._backend, InMemoryChannelLayer)

    def is_alone_in(self, group: str) -> bool:
        """Whether the layer is in-memory and nobody but us is in the group.

        Then nothing need be published: 49 us each, a third of a small board's cost.
        """
        if self._backend is None:
            return True
        if self.reaches_others:
            return False
        return len(self._backend.groups.get(group, ())) < 2

    async def open(self) -> None:
        """Opens this process's channel and listens; patient, but not for long."""
        if self._backend is not None:
            await self._for_a_moment(self._open())

    async def _open(self) -> None:
        if self._channel is not None:
            return
        channel = await self._patiently(self._backend.new_channel())
        if channel is not None and self._channel is None:
            self._channel = channel
            self._in_background(self._listen(channel))
            # What was to be joined meanwhile had no channel yet.
            for group in list(self._unjoined):
                self._in_background(self._add(group))

    # -- groups ------------------------------------------------------------------------------------

    async def join(self, group: str) -> None:
        """Subscribes; where that takes long it goes on without the caller."""
        self._groups.add(group)
        if self._backend is not None:
            await self._for_a_moment(self._add(group))

    def leave(self, group: str) -> None:
        self._groups.discard(group)
        self._unjoined.discard(group)
        if self._channel is not None:
            channel = self._channel
            self._in_background(self._quietly(self._backend.group_discard(group, channel)))

    async def repeat(self, *, everything: bool) -> None:
        """Tries again what has failed; or everything: a restarted layer may have forgotten it."""
        if self._backend is None:
            return
        await self.open()
        for group in list(self._groups if everything else self._unjoined):
            await self._for_a_moment(self._add(group))

    async def _add(self, group: str) -> None:
        # Taken for failed until it has succeeded: `repeat` may come while this one hangs.
        self._unjoined.add(group)
        if self._channel is None:
            return
        if await self._quietly(self._backend.group_add(group, self._channel)):
            self._unjoined.discard(group)

    # -- publishing --------------------------------------------------------------------------------

    def publish(self, group: str, message: Message) -> None:
        """Queues a message for the group's other processes; drawing never waits for it."""
        if self._backend is None:
            return
        key = (group, str(message["type"]))
        waiting = self._waiting.get(key)
        self._waiting[key] = message if waiting is None else merged(waiting, message)
        if len(self._waiting) > WAITING_MAX:
            self._waiting.popitem(last=False)
        if self._sending is None:
            self._sending = self._loop.create_task(self._send())

    async def flush(self) -> None:
        """Returns when what waits is sent, or the layer does not take it."""
        if self._sending is not None and not self._away:
            await asyncio.wait({self._sending}, timeout=PATIENCE_SECONDS)

    async def _send(self) -> None:
        try:
            while self._waiting:
                group, message = self._next()
                if not await self._quietly(self._backend.group_send(group, message)):
                    await asyncio.sleep(PAUSE_SECONDS)
        finally:
            self._sending = None

    def _next(self) -> tuple[str, Message]:
        """The message that waits longest, or all where many wait.

        The layer publishes one by one, and each takes a turn of a busy loop: a process with a
        hundred boards open would be seconds behind.
        """
        (group, kind), message = self._waiting.popitem(last=False)
        if kind in FOR_ONE or len(self._waiting) < BUNDLE_FROM:
            return group, message
        others = [key for key in self._waiting if key[1] not in FOR_ONE][: BUNDLE_MAX - 1]
        messages = [message, *map(self._waiting.pop, others)]
        origin = message["origin"]
        return PROCESSES, {"type": "process.bundle", "origin": origin, "messages": messages}

    # -- listening ---------------------------------------------------------------------------------

    async def _listen(self, channel: str) -> None:
        """Takes what other processes publish. No timeout here: cancelling would unsubscribe."""
        while True:
            message = await self._patiently(self._backend.receive(channel))
            if message is None:
                await asyncio.sleep(PAUSE_SECONDS)
                continue
            if message["type"] == "process.bundle":
                for each in message["messages"]:
                    self._take_patiently(each)
            else:
                self._take_patiently(message)

    def _take_patiently(self, message: Message) -> None:
        try:
            self._take(message)
        except Exception:
            # Of another version perhaps: in a deploy two of them meet (R15). The log heals.
            log.warning("a message of another process could not be read", exc_info=True)

    # -- an unreliable layer -----------------------------------------------------------------------

    async def _quietly(self, call: Awaitable[Any]) -> bool:
        """Whether the layer did it. Its failure is said once, and healed from the log (R6)."""
        try:
            await call
        except (OverflowError, TypeError):
            # No failure of the layer: this message can't be packed, now or later.
            log.exception("a message to other processes was dropped")
            return True
        except Exception as error:
            # Layers raise whatever their clients raise.
            self._is_away(error)
            return False
        self._is_back()
        return True

    async def _patiently(self, call: Awaitable[Any]) -> Any | None:
        """What the layer gives, or None where it fails."""
        try:
            return await call
        except Exception as error:
            # As above.
            self._is_away(error)
            return None

    def _is_away(self, error: Exception) -> None:
        if self._away:
            return
        log.warning(
            "the channel layer does not answer (%s: %s); boards go on, and other processes "
            "see changes a second later until it is back",
            type(error).__name__,
            error,
        )
        self._away = True
        for told in self.at_away:
            told()

    def _is_back(self) -> None:
        if self._away:
            log.warning("the channel layer answers again")
        self._away = False

    async def _for_a_moment(self, work: Coroutine[Any, Any, None]) -> None:
        # Not cancelled after that: half a subscription would be worse than a late one.
        await asyncio.wait({self._in_background(work)}, timeout=PATIENCE_SECONDS)

    def _in_background(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[None]:
        task = self._loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def close(self) -> None:
        for group in list(self._groups):
            self.leave(group)
        await self.flush()
        tasks = [*self._tasks, *([self._sending] if self._sending else [])]
        if tasks:
            await asyncio.wait(tasks, timeout=0)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def merged(waiting: Message, message: Message) -> Message:
    """One message for two of a kind; pure. What gets too long is dropped: the log heals it."""
    match message["type"]:
        case "board.live":
            frame = waiting["frame"] + message["frame"][1:]
            return message if len(frame) > FRAME_BYTES else {**message, "frame": frame}
        case "board.commits" if waiting["epoch"] == message["epoch"]:
            commits = [*waiting["commits"], *message["commits"]]
            return {**message, "commits": commits[-COMMITS_WAITING_MAX:]}
        case "process.opened":
            return {**message, "boards": sorted({*waiting["boards"], *message["boards"]})}
        case kind if kind in FOR_ONE:
            return {**message, "items": newest([*waiting["items"], *message["items"]])}
        case _:
            # A newer whole list takes the place of an older one.
            return message


def newest(items: Sequence[Message]) -> list[Message]:
    """As many of the last of these as one message may hold."""
    kept: list[Message] = []
    size = 0
    for item in reversed(items[-ITEMS_WAITING_MAX:]):
        size += sum(map(len, item.get("frames", ())))
        if kept and size > ITEMS_BYTES_MAX:
            break
        kept.append(item)
    return kept[::-1]
