"""A client of the board written from docs/protocol.md: it edits, loses its connection, comes back.

It behaves as the page does, and worse: it sends again what it needn't, in any order, and tries what
it may not, each time over another transport. What it was told goes into the journal, which outlives
it. The transports are those of `boards.client`, and their promises are judged too.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from boards.client.errors import AnswerError, EndedError
from boards.client.site import Site
from boards.client.transports import TRANSPORTS, Transport

from .edits import Hand
from .folding import Elements, fold
from .journal import Journal, Submitted, as_submitted
from .pages import NotReadableError, read_document
from .pending import Made, Pending, message_of
from .wire import HOST, Wire

QUIET_SECONDS: Final = 1.5
PATIENCE_SECONDS: Final = 3.0
"""As the page: after so much silence it asks, and without an answer it holds the link for dead."""
CATCH_UP_SECONDS: Final = 10.0
GAP_SECONDS: Final = 2.0
FLUSH_SECONDS: Final = 0.02
FIRST_DELAY: Final = 0.1
LONGEST_DELAY: Final = 0.6
"""Before the next connection. Shorter than the page's, so that coming back measures the server."""
GOT_FRAMES, GOT_BYTES = 32, 32 * 1024
MEMORY: Final = 200
"""Acknowledged transactions that may be sent once more."""
PENDING_MOST: Final = 300
"""Who waits for receipts that long stops drawing, so that a long outage ends some time."""

SEND_AGAIN_CHANCE: Final = 0.08
BAD_CHANCE: Final = 0.03
OTHER_CONTENT_CHANCE: Final = 0.01

HARMLESS: Final = frozenset({1000, 1001, 1006, 1011, 1012, 4408, 4503})
"""Ends that a fault explains; any other code says that we, or the server, broke the protocol."""


class LostError(Exception):
    """The connection is over; what is pending will be sent again."""


@dataclass
class Link:
    """How far a connection has come."""

    transport: Transport
    port: int
    target: int | None = None
    greeted: bool = False
    caught_up: bool = False
    frames: int = 0
    confirmed: int = 0
    unconfirmed_bytes: int = 0
    received_at: float = 0.0
    asked_at: float | None = None
    progress_at: float = 0.0
    """When it last brought something on the way to being live."""
    gap_since: float | None = None
    pings: int = 0
    pongs: int = 0


class Client:
    """See the module."""

    def __init__(
        self,
        name: str,
        board: UUID,
        cookie: str,
        wire: Wire,
        journal: Journal,
        seed: str,
        transports: Sequence[str],
        pause: tuple[float, float] = (0.1, 0.6),
    ) -> None:
        self.name = name
        self.board = board
        self.wire = wire
        self.epoch: str | None = None
        self.clock = 0
        self.elements: Elements = {}
        self.pending = Pending()
        self.drawing = True
        self.hears = asyncio.Event()
        """Cleared, it reads nothing any more, like a page that hangs."""
        self.hears.set()
        self.link: Link | None = None
        self.connections = 0
        self.transport = ""
        """The one in use, or the last."""
        self.opened: Counter[str] = Counter()
        """Connections by transport."""
        self.documents_read = 0
        self.closes: dict[int, int] = {}
        self._cookie = cookie
        self._journal = journal
        self._hand = Hand(random.Random(f"{seed} {name} edits"))
        self._moods = random.Random(f"{seed} {name} moods")
        self._ways = random.Random(f"{seed} {name} transports")
        self._transports = transports
        self._next_way = ""
        """The transport that has to be the next."""
        self._pause = pause
        self._held: dict[int, dict[str, Any]] = {}
        self._memory: dict[str, Made] = {}
        self._kept_out: dict[str, Made] = {}
        """Refused; another copy of it may still be put off."""
        self._count = 0
        self._must_read = False
        self._attempt = 0

    # -- what the suite asks -----------------------------------------------------------------------

    @property
    def live(self) -> bool:
        return self.link is not None and self.link.caught_up

    def submit(self, changes: list[dict[str, Any]], bad: bool = False) -> str:
        """Makes a transaction; it is sent as soon as it may be."""
        made = Made(self._hand.transaction_id(), changes)
        self._journal.submits(
            Submitted(self.name, self._count, made.uid, as_submitted(changes), bad, self.clock)
        )
        self._count += 1
        self.pending.add(made)
        return made.uid

    def submit_edit(self) -> str:
        return self.submit(self._hand.changes(self.elements))

    def forget(self, *, reads_first: bool) -> None:
        """Begins anew, as a page that is opened again, but for what has no receipt yet."""
        self.epoch, self.clock, self.elements = None, 0, {}
        self._held.clear()
        self._must_read = reads_first

    def switch(self) -> None:
        """Leaves its connection where it is; the next one is over another transport."""
        if self.link is not None:
            others = [one for one in self._transports if one != self.transport]
            self._next_way = self._ways.choice(others) if others else self.transport
            self.link.transport.abort()

    def say(self, what: str) -> None:
        self._journal.tell(self.name, what)

    def violation(self, what: str) -> None:
        self._journal.violation(f"{self.name} {what}")

    async def run(self) -> None:
        """Draws and keeps itself connected until it is cancelled."""
        drawing = asyncio.create_task(self._draw())
        try:
            while True:
                await self._connect_once()
                self.pending.disconnected()
                longest = min(LONGEST_DELAY, FIRST_DELAY * 2 ** (self._attempt + 1))
                self._attempt += 1
                await asyncio.sleep(self._moods.uniform(FIRST_DELAY, longest))
        finally:
            drawing.cancel()
            await asyncio.gather(drawing, return_exceptions=True)

    # -- drawing -----------------------------------------------------------------------------------

    async def _draw(self) -> None:
        while True:
            await asyncio.sleep(self._moods.uniform(*self._pause))
            if not self.drawing or len(self.pending) > PENDING_MOST:
                continue
            for _ in range(self._moods.choice((1, 1, 2, 4))):
                self._draw_one()

    def _draw_one(self) -> None:
        if self._moods.random() < BAD_CHANCE:
            self.submit(self._hand.bad_changes(self.elements), bad=True)
        else:
            self.submit_edit()

    # -- one connection ----------------------------------------------------------------------------

    async def _connect_once(self) -> None:
        """From the handshake to the end, whatever it is."""
        self.connections += 1
        self.transport = self._next_way or self._ways.choice(self._transports)
        self._next_way = ""
        origin = f"http://{HOST}:{self.wire.port}"
        site = Site(origin, str(self.board), (("Origin", origin), ("Cookie", self._cookie)))
        try:
            transport = await TRANSPORTS[self.transport](site)
            self.opened[self.transport] += 1
            self.say(f"has opened {self.transport}")
            await self._stay(transport)
        except (OSError, AnswerError) as error:
            self.say(f"no connection: {error!r}")
        except (LostError, EndedError, NotReadableError) as error:
            self.say(f"lost: {error}")
        finally:
            self.link = None

    async def _stay(self, transport: Transport) -> None:
        now = time.monotonic()
        link = self.link = Link(transport, self.wire.port, received_at=now, progress_at=now)
        tasks = [asyncio.create_task(work) for work in (self._receive(link), self._beat(link))]
        try:
            await self._greet(link)
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            # Not closed but dropped: nobody waits for the goodbye of a dead link.
            transport.abort()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _greet(self, link: Link) -> None:
        if self._must_read:
            await self._read_document()
            self._must_read = False
        link.greeted = True
        link.caught_up = False
        link.target = None
        hello = {"type": "hello", "epoch": self.epoch, "since": self.clock, "schema": 1}
        await self._send(link, hello)

    async def _read_document(self) -> None:
        document = await read_document(self.wire.port, self.board, self._cookie)
        self.documents_read += 1
        if document["epoch"] != self.epoch:
            self._held.clear()
        self.epoch, self.clock = document["epoch"], document["clock"]
        self.elements = {**document["elements"], **document.get("pages", {})}
        self.say(f"read the document at {self.clock}")
        self._apply_due()

    async def _reread(self, link: Link) -> None:
        """Another life of the board, or a tail longer than the document (R1, R7)."""
        self._must_read = True
        link.greeted = link.caught_up = False
        self.pending.disconnected()
        await self._greet(link)

    async def _send(self, link: Link, message: dict[str, Any]) -> None:
        await link.transport.send(json.dumps(message))

    # -- the pulse and sending ---------------------------------------------------------------------

    async def _beat(self, link: Link) -> None:
        while True:
            await asyncio.sleep(FLUSH_SECONDS)
            now = time.monotonic()
            if not self.hears.is_set():
                continue
            await self._check_pulse(link, now)
            self._check_progress(link, now)
            if link.caught_up:
                await self._flush(link, now)

    async def _check_pulse(self, link: Link, now: float) -> None:
        if link.asked_at is not None:
            if now - link.asked_at > PATIENCE_SECONDS:
                raise LostError("no answer to a ping")
        elif link.greeted and now - link.received_at > QUIET_SECONDS:
            link.asked_at = now
            await self.ping(link)

    async def ping(self, link: Link) -> None:
        link.pings += 1
        await self._send(link, {"type": "ping"})

    def _check_progress(self, link: Link, now: float) -> None:
        if not link.caught_up and now - link.progress_at > CATCH_UP_SECONDS:
            raise LostError("it did not catch up")
        if not self._held:
            link.gap_since = None
        elif link.gap_since is None:
            link.gap_since = now
        elif now - link.gap_since > GAP_SECONDS:
            raise LostError(f"a gap after {self.clock} stays")

    async def _flush(self, link: Link, now: float) -> None:
        batch = self.pending.next_batch(now)
        if batch:
            self.say(f"sends {self._numbers(batch)}")
            await self._send_all(link, batch)
        if batch and self._moods.random() < SEND_AGAIN_CHANCE:
            await self._send_known_again(link)

    async def _send_all(self, link: Link, batch: Sequence[Made]) -> None:
        self._journal.sends(made.uid for made in batch)
        await link.transport.send(message_of(batch))

    def _numbers(self, batch: Sequence[Made]) -> str:
        return ", ".join(str(self._journal.submitted[made.uid].number) for made in batch)

    async def send_again(self, uids: Sequence[str]) -> None:
        """What has been acknowledged, once more, as it was."""
        assert self.link is not None
        await self._send_all(self.link, [self._memory[uid] for uid in uids])

    async def _send_known_again(self, link: Link) -> None:
        """What has been sent on this connection or acknowledged, doubled and in any order (F3).

        Nothing that this connection has not sent in order before: order is the client's to keep.
        """
        known = [*self.pending.sent, *self._memory.values()]
        batch = self._moods.choices(known, k=min(len(known), self._moods.randrange(1, 12)))
        if self._memory and self._moods.random() < OTHER_CONTENT_CHANCE / SEND_AGAIN_CHANCE:
            stolen = self._moods.choice(list(self._memory))
            batch.append(Made(stolen, self._hand.changes({})))
        self.say(f"sends again {self._numbers(batch)}")
        await self._send_all(link, batch)

    # -- receiving ---------------------------------------------------------------------------------

    async def _receive(self, link: Link) -> None:
        try:
            while True:
                frame = await link.transport.receive()
                await self.hears.wait()
                await self._count_in(link, len(frame))
                if isinstance(frame, str):
                    await self._hear(link, json.loads(frame))
        except EndedError as ended:
            self._closed_with(ended.code, ended.why)
            raise

    async def _count_in(self, link: Link, size: int) -> None:
        now = time.monotonic()
        link.received_at = now
        link.asked_at = None
        link.frames += 1
        link.unconfirmed_bytes += size
        if link.frames - link.confirmed >= GOT_FRAMES or link.unconfirmed_bytes >= GOT_BYTES:
            link.confirmed, link.unconfirmed_bytes = link.frames, 0
            await self._send(link, {"type": "got", "frames": link.frames})

    async def _hear(self, link: Link, message: dict[str, Any]) -> None:
        if not link.caught_up:
            link.progress_at = time.monotonic()
        match message["type"]:
            case "welcome":
                await self._welcome(link, message)
            case "commits":
                await self._commits(link, message)
            case "refused":
                self._refused(message)
            case "later":
                self._later(message)
            case "reload":
                self.say(f"reload at {message['clock']}")
                await self._reread(link)
            case "pong":
                self._pong(link)
            case "bye":
                self._closed_with(message["code"], message["why"])
                raise LostError(f"bye {message['code']}: {message['why']}")

    def _pong(self, link: Link) -> None:
        link.pongs += 1
        if link.pongs > link.pings:
            self.violation(f"got {link.pongs} pongs for {link.pings} pings: a frame came twice")

    async def _welcome(self, link: Link, welcome: dict[str, Any]) -> None:
        self.say(f"welcome at {welcome['clock']}, having {self.clock}")
        you = welcome["you"]["person"]
        self._journal.comes(self.name, you, is_owner=welcome["role"] == "owner")
        if self.epoch is None:
            # Nothing yet, and no document was needed: the tail is the whole log.
            self.epoch = welcome["epoch"]
        if welcome["epoch"] != self.epoch or welcome["clock"] < self.clock:
            await self._reread(link)
            return
        link.target = welcome["clock"]
        self._progress(link)

    async def _commits(self, link: Link, commits: dict[str, Any]) -> None:
        if commits["epoch"] != self.epoch:
            await self._reread(link)
            return
        for transaction in commits["transactions"]:
            self._journal.sees(self.name, transaction)
            if transaction["clock"] > self.clock:
                self._held[transaction["clock"]] = transaction
            else:
                self._receipt(transaction)
        self._apply_due()
        self._progress(link)

    def _apply_due(self) -> None:
        for early in [clock for clock in self._held if clock <= self.clock]:
            self._receipt(self._held.pop(early))
        while (transaction := self._held.pop(self.clock + 1, None)) is not None:
            fold(self.elements, transaction["changes"], transaction["author"])
            self.clock += 1
            self._receipt(transaction)

    def _receipt(self, transaction: dict[str, Any]) -> None:
        uid = transaction["id"]
        mine = self._journal.submitted.get(uid)
        if mine is None or mine.client != self.name:
            return
        self._journal.acknowledges(self.name, uid, transaction["clock"])
        made = self.pending.answered(uid, time.monotonic())
        if made is not None:
            self._memory[uid] = made
            if len(self._memory) > MEMORY:
                del self._memory[next(iter(self._memory))]

    def _progress(self, link: Link) -> None:
        if link.target is not None and not link.caught_up and self.clock >= link.target:
            link.caught_up = True
            self._attempt = 0
            self.say(f"live at {self.clock}, {len(self.pending)} pending")

    def _refused(self, message: dict[str, Any]) -> None:
        uid = message["id"]
        if uid in self._memory and message["code"] == "id_reused":
            # What we have asked for in `_send_known_again`.
            return
        made = self.pending.answered(uid, time.monotonic())
        if made is not None:
            self._kept_out[uid] = made
            self._journal.refuses(self.name, uid, message["code"])

    def _later(self, message: dict[str, Any]) -> None:
        until = time.monotonic() + message["after_ms"] / 1000
        for uid in message["ids"]:
            known = self._memory.get(uid) or self._kept_out.get(uid)
            if uid not in self.pending and known is not None:
                # We needn't have sent it twice, but now everything waits for it to come again.
                self.pending.put_first(known)
            if uid in self.pending:
                self.pending.put_off(uid, until)

    def _closed_with(self, code: int, why: str) -> None:
        self.closes[code] = self.closes.get(code, 0) + 1
        if code not in HARMLESS:
            self.violation(f"was closed with {code}: {why}")


async def forever(client: Client) -> None:
    """`run`, but a client that fails by a mistake of its own says so instead of just being gone."""
    with contextlib.suppress(asyncio.CancelledError):
        try:
            await client.run()
        except Exception as error:
            # Whatever it is, the run has to fail for it.
            client.violation(f"has broken: {error!r}")
            raise
