"""Links that another process has: asks it through the channel layer, and answers what it is asked.

The layer may lose any message. So whatever is asked can be asked again: polls name what has
arrived, frames have numbers, and a question without an answer becomes a 503, after which the client
tries again.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import count
from typing import Any, Final
from weakref import WeakSet

from boards.rooms import Rooms

from .held import AheadError, BadFramesError, Batch, GoneError, HeldLink, Reader, new_turn

log = logging.getLogger(__name__)

PATIENCE_SECONDS: Final = 3.0
"""For an answer over the layer, beyond what was asked to be waited for."""
DO, IS = "do", "is"

Item = dict[str, Any]


class UnreachableError(Exception):
    """The process that has the link does not answer just now."""


class Relay:
    """Questions to other processes about their links, and answers about ours."""

    def __init__(self, rooms: Rooms, held: Mapping[str, HeldLink]) -> None:
        self._rooms = rooms
        self._held = held
        self._numbers = count(1)
        self._open: dict[int, tuple[str, asyncio.Future[Item]]] = {}
        self._readers: WeakSet[DistantReader] = WeakSet()
        rooms.hears("link.asks", self._asked)
        rooms.hears("link.answers", self._answered)
        rooms.at_gone.append(self._gone)
        rooms.at_out_of_reach.append(self._all_out_of_reach)

    def link(self, origin: str, name: str) -> DistantLink:
        return DistantLink(self, origin, name)

    # -- asking ------------------------------------------------------------------------------------

    async def ask(self, origin: str, item: Item, wait: float = 0) -> Item:
        """The answer of a process; GoneError where that process is."""
        if self._rooms.others_are_out_of_reach:
            # The client is told so now: its next try may come to the right process.
            raise UnreachableError
        if not self._rooms.knows(origin):
            # One that has just started does not know everybody yet.
            raise UnreachableError if self._rooms.is_young else GoneError
        number = next(self._numbers)
        future: asyncio.Future[Item] = self._rooms.loop.create_future()
        self._open[number] = origin, future
        try:
            self.tell(origin, {**item, "ask": number})
            async with asyncio.timeout(wait + PATIENCE_SECONDS):
                return _opened(await future)
        except TimeoutError:
            raise UnreachableError from None
        finally:
            del self._open[number]

    def tell(self, origin: str, item: Item) -> None:
        self._rooms.tell(origin, "link.asks", item)

    def reads(self, reader: DistantReader) -> None:
        self._readers.add(reader)

    def interrupt(self) -> None:
        """This process stops: its requests about other processes' links end."""
        for reader in list(self._readers):
            reader.interrupt()

    def _answered(self, _: str, item: Item) -> None:
        asked = self._open.get(item["ask"])
        if asked is not None and not asked[1].done():
            asked[1].set_result(item)

    def _gone(self, origin: str) -> None:
        """Nobody is left to answer."""
        for asked, future in self._open.values():
            if asked == origin and not future.done():
                future.set_exception(GoneError())

    def _all_out_of_reach(self) -> None:
        """No answer comes any more to what was asked."""
        for _, future in self._open.values():
            if not future.done():
                future.set_exception(UnreachableError())

    # -- answering ---------------------------------------------------------------------------------

    def _asked(self, origin: str, item: Item) -> None:
        self._rooms.in_background(self._answer(origin, item))

    async def _answer(self, origin: str, item: Item) -> None:
        try:
            answer = await self._answer_to(item)
        except GoneError:
            answer = {IS: "gone"}
        except AheadError as ahead:
            answer = {IS: "ahead", "number": ahead.received}
        except BadFramesError as bad:
            answer = {IS: "bad", "why": str(bad)}
        except Exception:
            # Of another version perhaps (R15): who asked is told nothing, and tries again.
            log.warning("another process's question about a link was not understood", exc_info=True)
            return
        if "ask" in item:
            self._rooms.tell(origin, "link.answers", {**answer, "ask": item["ask"]})

    async def _answer_to(self, item: Item) -> Item:
        link = self._held.get(item["link"])
        if link is None:
            raise GoneError
        match item[DO]:
            case "take":
                return await _taken(link, item)
            case "receive":
                with link.requested():
                    number = await link.receive(item["first"], item["frames"])
                return {IS: "received", "number": number}
            case "interrupt":
                Reader(link, item["turn"]).interrupt()
                return {IS: "interrupted"}
            case _:
                link.close()
                return {IS: "closed"}


async def _taken(link: HeldLink, item: Item) -> Item:
    turn: int = item["turn"]
    # Only the first taking of a request takes over: what comes late ends nobody.
    reader = link.reader(item["arrived"], turn) if item["begins"] else Reader(link, turn)
    with link.requested(item["wait"]):
        batch = await reader.take(item["after"], item["wait"])
    if batch is None:
        return {IS: "superseded"}
    return {IS: "batch", **batch._asdict(), "silent": link.silent_seconds}


def _opened(answer: Item) -> Item:
    match answer[IS]:
        case "gone":
            raise GoneError
        case "ahead":
            raise AheadError(answer["number"])
        case "bad":
            raise BadFramesError(answer["why"])
    return answer


class DistantLink:
    """A link of another process, with the verbs of one here."""

    def __init__(self, relay: Relay, origin: str, name: str) -> None:
        self._relay = relay
        self._origin = origin
        self._name = name

    def _item(self, do: str, **more: Any) -> Item:
        return {DO: do, "link": self._name, **more}

    @contextmanager
    def requested(self, held: float = 0) -> Iterator[None]:
        """Its own process counts the requests."""
        yield

    def reader(self, arrived: int) -> DistantReader:
        reader = DistantReader(self, arrived)
        self._relay.reads(reader)
        return reader

    async def take(self, after: int, wait: float, turn: int, arrived: int | None) -> Item:
        """`arrived` with the first taking of a request."""
        begins = arrived is not None
        item = self._item("take", after=after, wait=wait, turn=turn, arrived=arrived, begins=begins)
        return await self._relay.ask(self._origin, item, wait)

    def interrupt(self, turn: int) -> None:
        self._relay.tell(self._origin, self._item("interrupt", turn=turn))

    async def receive(self, first: int, frames: Sequence[bytes]) -> int:
        item = self._item("receive", first=first, frames=list(frames))
        number: int = (await self._relay.ask(self._origin, item))["number"]
        return number

    async def end(self) -> None:
        await self._relay.ask(self._origin, self._item("close"))


class DistantReader:
    """One request's reading of it."""

    def __init__(self, link: DistantLink, arrived: int) -> None:
        self._link = link
        self._arrived: int | None = arrived
        self._turn = new_turn()
        self._interrupted = asyncio.Event()
        self.silent_seconds = 0.0

    async def take(self, after: int, wait: float) -> Batch | None:
        arrived, self._arrived = self._arrived, None
        asking = asyncio.ensure_future(self._link.take(after, wait, self._turn, arrived))
        stopping = asyncio.ensure_future(self._interrupted.wait())
        try:
            await asyncio.wait({asking, stopping}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            stopping.cancel()
            if not asking.done():
                asking.cancel()
        if not asking.done() or asking.cancelled():
            return None
        answer = asking.result()
        if answer[IS] == "superseded":
            return None
        self.silent_seconds = answer["silent"]
        return Batch(answer["first"], answer["frames"], answer["end"])

    async def gather(self, seconds: float, after: int) -> None:
        """The way there and back is pause enough."""

    def interrupt(self) -> None:
        if self._interrupted.is_set():
            return
        self._interrupted.set()
        self._link.interrupt(self._turn)
