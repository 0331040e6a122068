"""One socket of a board: connect, receive, disconnect; what it means is the link's."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from channels.exceptions import StopConsumer
from channels.generic.websocket import AsyncWebsocketConsumer

from .link import Credentials, Link, protocol_of
from .rooms import Rooms, rooms_here


class BoardConsumer(AsyncWebsocketConsumer):
    """See the module."""

    # No channel of its own: the Room is the group's member, and this saves 5 KiB a socket.
    channel_layer_alias = "none"

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """A plain loop: channels' own makes a task per message, about 30 us each.

        `finally` because `websocket.disconnect` does not come for every way a socket ends.
        """
        self.scope = scope
        self.base_send = send
        self.rooms: Rooms = rooms_here()
        self.link = Link(send, self.rooms)
        try:
            while True:
                await self.dispatch(await receive())
        except StopConsumer:
            pass
        except asyncio.CancelledError:
            if self.rooms.stopping:
                await self.rooms.stop()
            raise
        finally:
            self.link.end()

    async def dispatch(self, message: Mapping[str, Any]) -> None:
        """Without channels' `aclose_old_connections()`: that is a hop to the one thread that all
        synchronous code shares, so that a slow query would delay every message (measured: 491 ms
        against 0.8). This consumer touches the database only through our own executors.
        """
        if message["type"] == "websocket.receive":
            await self.receive(message.get("text"), message.get("bytes"))
        elif message["type"] == "websocket.connect":
            await self.connect()
        else:
            raise StopConsumer

    async def connect(self) -> None:
        """Accepts, then says what is wrong: a close before accepting reaches no page (1006)."""
        protocol = protocol_of(self.scope["subprotocols"])
        if protocol is None:
            await self.close()
            raise StopConsumer
        await self.accept(protocol)
        board = self.scope["url_route"]["kwargs"]["board"]
        await self.link.enter(board, protocol, Credentials.of(self.scope))

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        await self.link.receive(text_data, bytes_data)
