"""Links that another process has: asks it through the channel layer, and answers what it is asked.

The layer may lose any message. So whatever is asked can be asked again: polls name what has
arrived, frames have numbers, and a question without an answer becomes a 503, after which the client
tries again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from itertools import count
from typing import Any, Final

from boards.rooms import Rooms

from .held import AheadError, BadFramesError, Batch, GoneError, HeldLink

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
        self._open: dict[int, asyncio.Future[Item]] = {}
        rooms.hears("link.asks", self._asked)
        rooms.hears("link.answers", self._answered)

    def link(self, origin: str, name: str) -> DistantLink:
        return DistantLink(self, origin, name)

    # -- asking ------------------------------------------------------------------------------------

    async def ask(self, origin: str, item: Item, wait: float = 0) -> Item:
        """The answer of a process; GoneError where that process is."""
        if not self._rooms.may_reach(origin):
            raise GoneError
        number = next(self._numbers)
        future = self._open[number] = self._rooms.loop.create_future()
        try:
            self._rooms.tell(origin, "link.asks", {**item, "ask": number})
            async with asyncio.timeout(wait + PATIENCE_SECONDS):
                return _opened(await future)
        except TimeoutError:
            raise (UnreachableError if self._rooms.knows(origin) else GoneError) from None
        finally:
            del self._open[number]

    def _answered(self, _: str, item: Item) -> None:
        future = self._open.get(item["ask"])
        if future is not None and not future.done():
            future.set_result(item)

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
        self._rooms.tell(origin, "link.answers", {**answer, "ask": item["ask"]})

    async def _answer_to(self, item: Item) -> Item:
        link = self._held.get(item["link"])
        if link is None:
            raise GoneError
        with link:
            match item[DO]:
                case "take":
                    reader = link.reader(item["arrived"])
                    batch = await reader.take(item["after"], item["wait"])
                    if batch is None:
                        return {IS: "superseded"}
                    return {IS: "batch", **batch._asdict(), "silent": link.silent_seconds}
                case "receive":
                    number = await link.receive(item["first"], item["frames"])
                    return {IS: "received", "number": number}
                case _:
                    link.close()
                    return {IS: "closed"}


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

    async def _ask(self, do: str, **more: Any) -> Item:
        item = {DO: do, "link": self._name, **more}
        return await self._relay.ask(self._origin, item, more.get("wait", 0))

    def __enter__(self) -> DistantLink:
        """Its own process counts the requests."""
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def reader(self, arrived: int) -> DistantReader:
        return DistantReader(self, arrived)

    async def take(self, after: int, arrived: int, wait: float) -> Item:
        return await self._ask("take", after=after, arrived=arrived, wait=wait)

    async def receive(self, first: int, frames: Sequence[bytes]) -> int:
        answer = await self._ask("receive", first=first, frames=list(frames))
        number: int = answer["number"]
        return number

    async def end(self) -> None:
        await self._ask("close")


class DistantReader:
    """One request's reading of it."""

    def __init__(self, link: DistantLink, arrived: int) -> None:
        self._link = link
        self._arrived = arrived
        self._interrupted = asyncio.Event()
        self.silent_seconds = 0.0

    async def take(self, after: int, wait: float) -> Batch | None:
        asking = asyncio.ensure_future(self._link.take(after, self._arrived, wait))
        stopping = asyncio.ensure_future(self._interrupted.wait())
        await asyncio.wait({asking, stopping}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        if not asking.done():
            asking.cancel()
            return None
        answer = asking.result()
        if answer[IS] == "superseded":
            return None
        self.silent_seconds = answer["silent"]
        return Batch(answer["first"], answer["frames"], answer["end"])

    def interrupt(self) -> None:
        self._interrupted.set()
