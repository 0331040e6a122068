"""Frames over held requests: each is answered by the next frame, or by none after a while."""

from __future__ import annotations

import asyncio
from typing import Final

from boards.client.errors import AnswerError
from boards.client.http import HttpConnection
from boards.client.numbering import read_poll
from boards.client.site import Site

from .link import ANSWER_SECONDS, HttpLink

HELD_SECONDS: Final = 20
"""Shorter than the patience of proxies, which is usually 30 s."""


class LongPoll(HttpLink):
    """See the module."""

    async def listen(self) -> None:
        connection = self.connection()
        while True:
            await self.again_and_again(lambda: self.poll(connection, HELD_SECONDS))

    async def poll(self, connection: HttpConnection, held: int) -> None:
        """One request, held for so many seconds at most."""
        path = f"/live/poll?after={self.last}&wait={held}"
        async with asyncio.timeout(held + ANSWER_SECONDS):
            answer = await self.ask(connection, "GET", path)
            body = await answer.body()
        if answer.status != 200:
            raise AnswerError(path, answer.status)
        first, frames, end = read_poll(body)
        await self.came(first, frames)
        if end is not None:
            self.is_over(end)


async def open_long_poll(site: Site) -> LongPoll:
    return await LongPoll.open(site)
