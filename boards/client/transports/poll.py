"""Frames fetched by asking from time to time: often while something happens, seldom when not."""

from __future__ import annotations

import asyncio
from typing import Final

from boards.client.site import Site

from .longpoll import LongPoll

SHORTEST_SECONDS: Final = 0.1
LONGEST_SECONDS: Final = 3.0
GROWTH: Final = 1.4


class Poll(LongPoll):
    """See the module."""

    async def listen(self) -> None:
        connection = self.connection()
        pause = SHORTEST_SECONDS
        while True:
            before = self.last
            await self.again_and_again(lambda: self.poll(connection, 0))
            pause = min(LONGEST_SECONDS, pause * GROWTH)
            if self.last != before:
                pause = SHORTEST_SECONDS
            if await self.sent_something(pause):
                # What is sent is soon answered, and perhaps more follows.
                pause = SHORTEST_SECONDS
                await asyncio.sleep(pause)


async def open_poll(site: Site) -> Poll:
    return await Poll.open(site)
