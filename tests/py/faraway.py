"""People on real servers, over the wire: they draw, are cut off, and come back by themselves."""

from __future__ import annotations

import asyncio
import json
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, Final

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidHandshake, WebSocketException
from websockets.typing import Origin, Subprotocol

from boards.protocol import SCHEMA

from .sockets import BOTH, Message, new_id, put

DEADLINE: Final = 60.0
"""Seconds; servers are restarted meanwhile. A slow machine is no fault of the code."""
PAUSE_SECONDS: Final = 0.05
"""Before it knocks again, as a browser would at the first attempt."""
CONFIRM_EVERY: Final = 32
"""Frames, as docs/protocol.md asks."""


class Faraway:
    """One person's page: what it has heard, and what it has drawn and not yet heard of."""

    def __init__(self, address: str, board: str, cookie: str, trust: ssl.SSLContext | None) -> None:
        self.address = address
        self.board = board
        self.cookie = cookie
        self.trust = trust
        self.heard: list[tuple[int, str]] = []
        """Clock and id of every transaction, as they came."""
        self.pending: dict[str, Message] = {}
        self.about: Message = {}
        """The newest word about the board and what one may do: `welcome` or `board`."""
        self.refused: dict[str, str] | None = None
        """Codes by transaction, where a test asks for refusals; else each is a mistake."""
        self.connections = 0
        self.closed: list[int] = []
        self._news = asyncio.Condition()
        self._socket: ClientConnection | None = None
        self._epoch: str | None = None
        self._goal: int | None = None
        """The clock up to which the tail goes; what is pending is sent again after it."""

    @property
    def clock(self) -> int:
        return self.heard[-1][0] if self.heard else 0

    @property
    def ids(self) -> set[str]:
        return {uid for _, uid in self.heard}

    async def draw(self) -> str:
        """Draws a stroke; it is sent now, or as soon as the page is connected."""
        uid = new_id()
        self.pending[uid] = {"id": uid, "changes": [put(new_id()[:16])]}
        if self._socket is not None and self._goal is None:
            await self._commit([self.pending[uid]])
        return uid

    async def hears(self, uids: set[str]) -> None:
        """Waits until all of these have come, and nothing of its own is unconfirmed."""
        await self.until(lambda: uids <= self.ids and not self.pending)

    async def until(self, fits: Callable[[], object]) -> None:
        """Waits until what has been heard fits."""
        async with asyncio.timeout(DEADLINE), self._news:
            await self._news.wait_for(fits)

    async def stay(self) -> None:
        """Stays on the board until cancelled, however often it is cut off."""
        while True:
            try:
                await self._visit()
            except (OSError, InvalidHandshake, WebSocketException):
                # Between two processes there is nobody; it knocks again.
                await asyncio.sleep(PAUSE_SECONDS)
            finally:
                self._socket = None

    async def _visit(self) -> None:
        async with connect(
            f"{self.address.replace('http', 'ws', 1)}/ws/boards/{self.board}/",
            origin=Origin(self.address),
            subprotocols=[Subprotocol(name) for name in BOTH],
            additional_headers={"Cookie": self.cookie},
            ssl=self.trust,
            proxy=None,
        ) as socket:
            self._socket, self._goal, frames = socket, -1, 0
            await self._say(
                {
                    "type": "hello",
                    "epoch": self._epoch,
                    "since": self.clock,
                    "schema": SCHEMA,
                }
            )
            async for frame in socket:
                frames += 1
                if frames % CONFIRM_EVERY == 0:
                    await self._say({"type": "got", "frames": frames})
                if isinstance(frame, str):
                    await self._take(json.loads(frame))

    async def _take(self, message: Message) -> None:
        match message["type"]:
            case "welcome":
                self.connections += 1
                self.about = message
                self._epoch, self._goal = message["epoch"], message["clock"]
            case "commits":
                for transaction in message["transactions"]:
                    self._apply(transaction)
            case "board":
                self.about = message
            case "refused" if self.refused is not None:
                self.pending.pop(message["id"], None)
                self.refused[message["id"]] = message["code"]
            case "bye":
                self.closed.append(message["code"])
            case "refused" | "reload":
                raise AssertionError(f"nothing here asks for that: {message}")
        if self._goal is not None and 0 <= self._goal <= self.clock:
            self._goal = None
            await self._commit(list(self.pending.values()))
        async with self._news:
            self._news.notify_all()

    def _apply(self, transaction: dict[str, Any]) -> None:
        self.pending.pop(transaction["id"], None)
        if transaction["clock"] > self.clock:
            self.heard.append((transaction["clock"], transaction["id"]))

    async def _commit(self, transactions: list[Message]) -> None:
        if transactions:
            await self._say({"type": "commit", "transactions": transactions})

    async def _say(self, message: Message) -> None:
        """What can't be sent any more is still pending."""
        try:
            if self._socket is not None:
                await self._socket.send(json.dumps(message))
        except WebSocketException:
            return


@asynccontextmanager
async def faraway(
    address: str, board: str, cookie: str, trust: ssl.SSLContext | None = None
) -> AsyncIterator[Faraway]:
    """Somebody who is on the board while the block runs."""
    someone = Faraway(address, board, cookie, trust)
    staying = asyncio.create_task(someone.stay())
    try:
        await someone.until(lambda: someone.connections)
        yield someone
    finally:
        staying.cancel()
        await asyncio.gather(staying, return_exceptions=True)
