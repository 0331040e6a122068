"""Frames over Server-Sent Events: one answer that never ends; what we say goes by POST."""

from __future__ import annotations

import asyncio
import json
from typing import Final

from boards.client.errors import AnswerError
from boards.client.http import Answer, HttpConnection
from boards.client.numbering import EventReader, StreamEvent, decoded
from boards.client.site import Site

from .link import ANSWER_SECONDS, HttpLink

SILENCE_SECONDS: Final = 25.0
"""The server says something every 10 s."""


class EventStream(HttpLink):
    """See the module."""

    async def listen(self) -> None:
        connection = self.connection()
        while True:
            # Proxies end long answers: the next one goes on where this one ended.
            await self.again_and_again(lambda: self._read(connection))

    async def _read(self, connection: HttpConnection) -> None:
        before = self.last
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                accept = ("Accept", "text/event-stream")
                last = ("Last-Event-ID", str(before))
                answer = await self.ask(connection, "GET", "/live/events", accept, last)
            if answer.status != 200:
                raise AnswerError("/live/events", answer.status)
            await self._follow(answer)
        except OSError:
            # One that brought something has done its work: the next begins without a pause.
            if self.last == before:
                raise
        finally:
            connection.abort()

    async def _follow(self, answer: Answer) -> None:
        reader = EventReader()
        pieces = aiter(answer.pieces())
        while True:
            async with asyncio.timeout(SILENCE_SECONDS):
                piece = await anext(pieces, None)
            if piece is None:
                raise ConnectionError("the stream has ended")
            for event in reader.feed(piece):
                await self._event(event)

    async def _event(self, event: StreamEvent) -> None:
        if event.kind == "end":
            self.is_over(json.loads(event.data)["code"])
        await self.came(int(event.id), [decoded(event.data)])


async def open_stream(site: Site) -> EventStream:
    return await EventStream.open(site)
