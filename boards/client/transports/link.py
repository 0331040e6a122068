"""What the three transports over HTTP share: a link is opened, posted to, and read from somehow."""

from __future__ import annotations

import asyncio
import json
import random
import time
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable, Coroutine
from typing import Any, Final, Self

from boards.client.errors import AnswerError, EndedError
from boards.client.http import Answer, HttpConnection, fetch
from boards.client.numbering import Frame, GapError, Inbound, Outbound
from boards.client.site import Site

PROTOCOLS: Final = ("whiteboard.v1", "whiteboard")
ANSWER_SECONDS: Final = 15.0
"""For an answer that is not held back on purpose."""
GIVE_UP_SECONDS: Final = 25.0
"""By then a server has ended a link that it has heard nothing of, which takes it 15 s."""
FIRST_PAUSE: Final = 0.05
LONGEST_PAUSE: Final = 1.0
UNSENT_MOST: Final = 1000
"""Frames; whoever sends more waits."""
LOST: Final = 1006
BROKEN: Final = 4500
"""Of ours: a frame is missing or an answer makes no sense, which no network can bring about."""
UNREAD_MOST: Final = 1000
"""Frames; then no more are asked for, so that the server learns that nobody takes them."""

PASSING: Final = frozenset({502, 503, 504})
"""A proxy without a server behind it, or a server whose neighbour has the link and is away."""


class HttpLink(ABC):
    """See the module. Every request may fail and is made again until the link is over."""

    def __init__(self, site: Site, link: str) -> None:
        self._site = site
        self._link = ("X-Whiteboard-Link", link)
        self.outbound, self._inbound = Outbound(), Inbound()
        self._received: deque[Frame] = deque()
        self._stir = asyncio.Condition()
        """Whenever anything of this changes."""
        self._end: EndedError | None = None
        self._connections: list[HttpConnection] = []
        self._tasks = [
            asyncio.create_task(self._until_over(work)) for work in (self._post_all, self.listen)
        ]

    @classmethod
    async def open(cls, site: Site) -> Self:
        body = json.dumps({"protocols": PROTOCOLS}).encode()
        headers = [("Content-Type", "application/json")]
        path = f"/live/boards/{site.board}/"
        answer, said = await fetch(site, "POST", path, headers, body, seconds=ANSWER_SECONDS)
        if answer.status != 200:
            raise AnswerError(path, answer.status)
        return cls(site, json.loads(said)["link"])

    @abstractmethod
    async def listen(self) -> None:
        """Brings what the server has, by `came` and `is_over`, for ever."""

    # -- the transport -----------------------------------------------------------------------------

    async def send(self, frame: Frame) -> None:
        async with self._stir:
            await self._stir.wait_for(lambda: self._end or len(self.outbound) < UNSENT_MOST)
            if self._end is not None:
                raise self._end
            self.outbound.add(frame)
            self._stir.notify_all()

    async def receive(self) -> Frame:
        async with self._stir:
            await self._stir.wait_for(lambda: self._received or self._end)
            if not self._received and self._end is not None:
                raise self._end
            self._stir.notify_all()
            return self._received.popleft()

    async def close(self) -> None:
        self.abort()
        try:
            await fetch(self._site, "POST", "/live/close", [self._link], seconds=1)
        except OSError:
            # It ends by itself when nothing is heard of it.
            return

    def abort(self) -> None:
        self._end = self._end or EndedError(LOST, "given up")
        for task in self._tasks:
            task.cancel()
        for connection in self._connections:
            connection.abort()
        self._tasks.append(asyncio.create_task(self._tell()))

    async def _tell(self) -> None:
        """Whoever waits looks again."""
        async with self._stir:
            self._stir.notify_all()

    # -- for those who listen ----------------------------------------------------------------------

    @property
    def last(self) -> int:
        """The number of the last frame that has come."""
        return self._inbound.last

    def connection(self) -> HttpConnection:
        """One more, which ends with the link."""
        self._connections.append(HttpConnection(self._site))
        return self._connections[-1]

    async def ask(
        self, connection: HttpConnection, method: str, path: str, *headers: tuple[str, str],
        body: bytes = b"",
    ) -> Answer:  # fmt: skip
        answer = await connection.request(method, path, [self._link, *headers], body)
        if answer.status == 410:
            raise EndedError(LOST, "the server does not know this link any more")
        if answer.status in PASSING or answer.status == 429:
            await answer.body()
            raise ConnectionError(f"{path} was answered with {answer.status}")
        return answer

    async def came(self, first: int, frames: list[Frame]) -> None:
        fresh = self._inbound.fresh(first, frames)
        if fresh:
            async with self._stir:
                self._received.extend(fresh)
                self._stir.notify_all()
                await self._stir.wait_for(lambda: len(self._received) < UNREAD_MOST or self._end)

    def is_over(self, code: int) -> None:
        raise EndedError(code, "the server has ended the link")

    async def sent_something(self, seconds: float) -> bool:
        """Waits so long, or until there is something to send, whose answer may come soon."""
        try:
            async with asyncio.timeout(seconds), self._stir:
                await self._stir.wait_for(lambda: len(self.outbound))
        except TimeoutError:
            return False
        return True

    # -- sending -----------------------------------------------------------------------------------

    async def _post_all(self) -> None:
        """One POST at a time, with all that has gathered meanwhile."""
        connection = self.connection()
        while True:
            async with self._stir:
                await self._stir.wait_for(lambda: len(self.outbound))
            await self.again_and_again(lambda: self._post(connection))

    async def _post(self, connection: HttpConnection) -> None:
        body = self.outbound.body()
        async with asyncio.timeout(ANSWER_SECONDS):
            json_body = ("Content-Type", "application/json")
            answer = await self.ask(connection, "POST", "/live/send", json_body, body=body)
            said = await answer.body()
        if answer.status not in {200, 409}:
            raise AnswerError("/live/send", answer.status)
        async with self._stir:
            self.outbound.taken(json.loads(said)["received"])
            self._stir.notify_all()

    # -- trying again ------------------------------------------------------------------------------

    async def again_and_again(self, attempt: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Until it succeeds. What has arrived although it failed is told by its numbers."""
        since, pause = None, FIRST_PAUSE
        while True:
            try:
                return await attempt()
            except OSError as error:
                since = since or time.monotonic()
                if time.monotonic() - since > GIVE_UP_SECONDS:
                    raise EndedError(LOST, f"cannot be reached: {error}") from error
            # No secret: so that not all ask again in the same moment.
            await asyncio.sleep(random.uniform(pause / 2, pause))  # noqa: S311  # as said above
            pause = min(LONGEST_PAUSE, pause * 2)

    async def _until_over(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        try:
            await work()
        except EndedError as ended:
            await self._ends(ended)
        except GapError as gap:
            await self._ends(EndedError(BROKEN, str(gap)))
        except Exception as error:
            # An answer that makes no sense, or a mistake of ours: whoever waits has to be told.
            await self._ends(EndedError(BROKEN, f"{type(error).__name__}: {error}"))

    async def _ends(self, ended: EndedError) -> None:
        self._end = self._end or ended
        await self._tell()
        for task in self._tasks:
            if task is not asyncio.current_task():
                task.cancel()
        for connection in self._connections:
            connection.abort()
