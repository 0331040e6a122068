"""One board in one process: who is here, what goes out this tick, and in which order (R6-R9).

The Room is the process's single member of the board's channel-layer group. Local sockets get a
frame at once, the group gets it once per tick for the other processes. The group is only a hint:
transactions are applied in clock order and what is missing is read from the log (R6).
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, Final
from uuid import UUID

import msgspec

from . import access, store
from .frames import commit_frames
from .listener import Listener
from .live import TickFrame, without_hidden
from .load import Connection, Counted
from .member import Member
from .missed import Missed
from .models import CURSOR_COLORS, Person
from .outbox import Outbox
from .protocol import (
    FRAME_BYTES,
    SCHEMA,
    BoardChanged,
    CloseCode,
    People,
    Reload,
    Someone,
    Welcome,
)
from .sight import Sight, seen_transactions, sight_of
from .slots import Slots

log = logging.getLogger(__name__)

TICK_SECONDS: Final = 0.016
"""One frame per display refresh; the first after a pause goes at once."""
CROWDED_TICK_SECONDS: Final = 0.033
CROWDED: Final = 100
"""From so many connections on, ticks are longer: nobody follows a hundred cursors at 60 Hz."""
COMMIT_TICK_SECONDS: Final = 0.005
"""Receipts gather less long than cursors: people wait for "Saved"."""
PEOPLE_TICK_SECONDS: Final = 0.25
TAIL_CHUNK: Final = 1000
"""Transactions read from the log at a time."""

_encode = msgspec.json.Encoder().encode

Publish = Callable[[dict[str, Any]], None]
TellPeople = Callable[["Room"], None]
Read = Callable[..., Awaitable[Any]]


class Room:
    """See the module."""

    def __init__(
        self,
        board: UUID,
        head: store.Head,
        *,
        loop: asyncio.AbstractEventLoop,
        read: Read,
        publish: Publish,
        tell_people: TellPeople,
        origin: str,
        lane: int,
    ) -> None:
        self.board = board
        self.head = head
        self._rights_end = head.rules.next_change(time.time())
        self.epoch = head.epoch
        self.clock = head.clock
        """Everything up to here has been sent to all members that keep up."""
        self.connected: dict[int, Member] = {}
        """All connections by slot, also those whose page still reads the document before hello."""
        self.members: dict[int, Member] = {}
        """Those that have said hello: they get what happens on the board."""
        self.listeners: set[Listener] = set()
        """Requests of programs that wait for what comes next, or for a receipt."""
        self._loop = loop
        self._read = read
        self._publish = publish
        self._tell_people = tell_people
        self._origin = origin
        self._early: dict[int, bytes] = {}
        self._fresh: list[tuple[int, bytes]] = []
        self._live = TickFrame()
        self._missed = Missed()
        self._live_timer: asyncio.TimerHandle | None = None
        self._live_at = 0.0
        self._commit_timer: asyncio.TimerHandle | None = None
        self._people_timer: asyncio.TimerHandle | None = None
        self._joined: dict[int, Someone] = {}
        self._left: set[int] = set()
        self._slots = Slots(lane)
        self._elsewhere: dict[str, dict[int, Someone]] = {}
        """Who is on the board in other processes, by process and slot."""
        # Random, so that a room that is opened again has another version than before.
        self.people_version = secrets.randbits(32)
        """Grows whenever the people who are here in this process change."""
        self._people_told = self.people_version
        self._healing: asyncio.Task[None] | None = None
        self.transactions = 0
        self.transaction_bytes = 0
        self.live_frames = 0
        """What was written and shown in this process, for `load`."""
        self.live_suspended = False
        """Rights could not be checked for a while, so live traffic stops (R13)."""

    # -- coming and going --------------------------------------------------------------------------

    def join(
        self,
        outbox: Outbox,
        person: Person,
        standing: access.Standing,
        token: int | None = None,
    ) -> Member:
        """A new connection; it gets nothing of the board before `hello` (R8)."""
        someone = Someone(
            slot=self._slots.take(self._loop.time()),
            person=person.pk,
            name=person.name,
            color=self._color_for(person.pk, person.color),
        )
        sight = sight_of(standing, person.pk, self.head.rules.owner_id)
        member = Member(someone, standing, outbox, person.access_version, sight, token)
        member.access_version = self.head.access_version
        self.connected[member.slot] = member
        return member

    def _color_for(self, person: int, wish: str) -> str:
        """The person's own colour, or where somebody here has it the one that fewest have."""
        colors = {someone.person: someone.color for someone in self.people()}
        if person in colors:
            return colors[person]
        taken = Counter(colors.values())
        return min((wish, *CURSOR_COLORS), key=lambda color: taken[color])

    def people_here(self) -> list[Someone]:
        """Who is on the board in this process, by connection."""
        return [member.someone for member in self.members.values()]

    def people(self) -> list[Someone]:
        """Who is on the board in any process, by connection."""
        there = [someone for people in self._elsewhere.values() for someone in people.values()]
        return self.people_here() + there

    def hello(self, member: Member, epoch: str | None, since: int, schema: int) -> None:
        """Joins first, then reads the log after `since` (R7, R8)."""
        member.schema = schema
        if member.slot not in self.members:
            self.members[member.slot] = member
            self._announce(member)
        if member.catching_up is not None:
            # It starts over with what the client has now.
            member.catching_up.cancel()
            member.catching_up = None
        member.tell(
            Welcome(
                you=member.someone,
                role=member.role_told,
                epoch=self.epoch,
                clock=self.clock,
                schema=SCHEMA,
                title=self.head.title,
                frozen=self.head.frozen,
                people=self.people(),
                paper=self.head.paper,
                may=sorted(member.standing.allowed),
                pens=self.head.rules.holders(time.time()),
                own_only=self.head.rules.own_only,
                muted=member.standing.muted,
                talk=self.head.talk,
            )
        )
        known = epoch == self.epoch or (epoch is None and since == 0)
        # Of another life of the board, or from beyond it, there is no tail: the client sees it from
        # `welcome`, reads the document afresh and says hello again.
        member.reading = not known or since > self.clock
        if member.reading:
            return
        member.clock = since
        if since < self.clock:
            self.catch_up(member)

    def leave(self, member: Member) -> None:
        if member.catching_up is not None:
            member.catching_up.cancel()
        if self.connected.pop(member.slot, None) is not None:
            self._slots.give_back(member.slot, self._loop.time())
        if self.members.pop(member.slot, None) is not None:
            self.people_version += 1
            self._is_gone(member.slot)

    def renamed(self, person: int, name: str) -> None:
        """A person has a new name on all their connections."""
        for member in self.members.values():
            if member.person == person:
                member.someone = msgspec.structs.replace(member.someone, name=name)
                self._announce(member)

    def hand(self, member: Member, *, up: bool) -> None:
        """A connection's hand goes up, or down."""
        if bool(member.someone.hand) == up:
            return
        raised = time.time_ns() // 1_000_000 if up else 0
        member.someone = msgspec.structs.replace(member.someone, hand=raised)
        if member.slot in self.members:
            self._announce(member)

    def lower_hand(self, slot: int, *, here: bool = True) -> None:
        """Somebody else's, in whichever process they are."""
        member = self.members.get(slot)
        if member is not None:
            self.hand(member, up=False)
        elif here:
            self._publish({"type": "board.lower", "origin": self._origin, "slot": slot})

    def are_elsewhere(self, origin: str, people: Sequence[Someone]) -> None:
        """Everybody who is on the board in another process, as that process says."""
        before = self._elsewhere.get(origin, {})
        now = self._elsewhere[origin] = {someone.slot: someone for someone in people}
        for slot in before.keys() - now.keys():
            self._is_gone(slot)
        for slot, someone in now.items():
            if before.get(slot) != someone:
                self._is_here(someone)

    def gone_elsewhere(self, origin: str) -> None:
        """Another process has closed the board, or is gone itself."""
        for slot in self._elsewhere.pop(origin, {}):
            self._is_gone(slot)

    def _announce(self, member: Member) -> None:
        self.people_version += 1
        self._is_here(member.someone)

    def _is_here(self, someone: Someone) -> None:
        self._left.discard(someone.slot)
        self._joined[someone.slot] = someone
        self._schedule_people()

    def _is_gone(self, slot: int) -> None:
        self._joined.pop(slot, None)
        self._left.add(slot)
        self._missed.gone(slot)
        self._schedule_people()

    def _schedule_people(self) -> None:
        if self._people_timer is None:
            self._people_timer = self._loop.call_later(PEOPLE_TICK_SECONDS, self._send_people)

    def _send_people(self) -> None:
        self._people_timer = None
        message = _encode(People(joined=list(self._joined.values()), left=sorted(self._left)))
        self._joined = {}
        self._left = set()
        self._to_all_text(message)
        if self.people_version != self._people_told:
            self._people_told = self.people_version
            self._tell_people(self)

    # -- transactions ------------------------------------------------------------------------------

    def committed(self, clock: int, text: bytes, *, here: bool) -> None:
        """A committed transaction; `here` where this process wrote it. Applied in clock order."""
        if here:
            self._fresh.append((clock, text))
            self.transactions += 1
            self.transaction_bytes += len(text)
        if clock <= self.clock or clock in self._early:
            return
        self._early[clock] = text
        if self.clock + 1 not in self._early:
            self.heal()
            return
        if self._commit_timer is None:
            # This batch of the writer goes out together, at once.
            self._commit_timer = self._loop.call_later(0, self._send_commits)

    def _send_commits(self) -> None:
        self._commit_timer = None
        first = self.clock + 1
        texts: list[bytes] = []
        while (text := self._early.pop(self.clock + 1, None)) is not None:
            texts.append(text)
            self.clock += 1
        if texts:
            self._spread(first, texts)
            self._wake_listeners()
            # What comes within the next moments waits for this, so that frames gather.
            self._commit_timer = self._loop.call_later(COMMIT_TICK_SECONDS, self._send_commits)
        if self._fresh:
            self._publish_commits()

    def _spread(self, first: int, texts: Sequence[bytes]) -> None:
        """Sends one encoded frame to every member that has all before it (R3)."""
        frames = list(commit_frames(self.epoch, first, texts))
        for member in list(self.members.values()):
            if member.reading or member.catching_up is not None:
                continue
            if member.clock < first - 1:
                self.catch_up(member)
                continue
            mine = frames if member.sight is None else self._frames_for(member, first, texts)
            for last, frame, size in mine:
                if member.clock >= last:
                    continue
                if not member.outbox.has_room(size):
                    self.catch_up(member)
                    break
                member.outbox.text(frame, size)
                member.clock = last

    def _frames_for(
        self, member: Member, first: int, texts: Sequence[bytes], at_most: int = FRAME_BYTES
    ) -> list[tuple[int, str, int]]:
        """What this member may see of these transactions."""
        if member.sight is not None:
            texts = seen_transactions(member.sight, texts)
        return commit_frames(self.epoch, first, texts, at_most)

    def _publish_commits(self) -> None:
        fresh, self._fresh = self._fresh, []
        self._publish(
            {
                "type": "board.commits",
                "origin": self._origin,
                "epoch": self.epoch,
                "commits": fresh,
            }
        )

    def catch_up(self, member: Member) -> None:
        """Sends the member what it lacks from the log, as fast as it takes it (R7, R10)."""
        if member.catching_up is None:
            member.catching_up = self._loop.create_task(self._catch_up(member))

    async def _catch_up(self, member: Member) -> None:
        try:
            if self.clock - member.clock > TAIL_CHUNK and await self._read(
                store.tail_is_long, self.board, member.clock
            ):
                member.reading = True
                member.tell(Reload(clock=self.clock))
                return
            while member.clock < self.clock and not member.outbox.broken:
                tail = await self._read(
                    store.tail, self.board, member.clock, self.clock, TAIL_CHUNK
                )
                if tail is None or tail.epoch != self.epoch or not tail.transactions:
                    break
                first = tail.transactions[0][0]
                texts = [text for _, text in tail.transactions]
                chunk = member.outbox.chunk_bytes
                for last, frame, size in self._frames_for(member, first, texts, chunk):
                    if not await member.outbox.wait_for_room(size):
                        return
                    member.outbox.text(frame, size)
                    member.clock = last
            self._make_up(member)
        except Exception:
            # `watch` tries again: the database may be away for a moment.
            log.warning("a member of %s could not catch up", self.board, exc_info=True)
        finally:
            if member.catching_up is asyncio.current_task():
                member.catching_up = None

    # -- gaps (R6) ---------------------------------------------------------------------------------

    def heal(self) -> None:
        """Reads from the log what this room lacks."""
        if self._healing is None:
            self._healing = self._loop.create_task(self._heal())

    async def _heal(self) -> None:
        try:
            while True:
                tail = await self._read(store.tail, self.board, self.clock, None, TAIL_CHUNK)
                if tail is None:
                    return
                if tail.epoch != self.epoch:
                    self.reborn(tail.epoch, tail.clock)
                    return
                for clock, text in tail.transactions:
                    if clock > self.clock:
                        self._early[clock] = text
                self.send_now()
                if len(tail.transactions) < TAIL_CHUNK:
                    return
        except Exception:
            # The heartbeat finds the gap again, so a database that is away needs no more here.
            log.warning("board %s could not read its log", self.board, exc_info=True)
        finally:
            self._healing = None

    def send_now(self) -> None:
        """Sends what is gathered without waiting for the tick."""
        if self._commit_timer is not None:
            self._commit_timer.cancel()
        self._send_commits()

    def reborn(self, epoch: str, clock: int) -> None:
        """The board was restored from a backup: everybody reads it afresh."""
        self.epoch = epoch
        self.clock = clock
        self._early = {}
        for member in self.members.values():
            member.reading = True
            member.tell(Reload(clock=clock))
        self._wake_listeners()

    def _wake_listeners(self) -> None:
        for listener in self.listeners:
            listener.wake()

    # -- rights and head (R13) ---------------------------------------------------------------------

    def head_changed(self, head: store.Head) -> None:
        """Title, freeze or rights have changed: judges everybody again and tells them."""
        self.head = head
        now = time.time()
        self._rights_end = head.rules.next_change(now)
        for member in list(self.connected.values()):
            person = access.standing(head.rules, member.person, now)
            standing = access.narrowed(person, member.standing.scopes)
            if standing is None:
                member.dismiss(CloseCode.NOT_ALLOWED, "you may no longer see this board")
                continue
            member.judged(
                standing,
                sight_of(standing, member.person, head.rules.owner_id),
                head.access_version,
            )
            if member.slot in self.members:
                self._tell_head(member, now)
        # Each looks for itself whether it may still be told.
        self._wake_listeners()

    def _tell_head(self, member: Member, now: float) -> None:
        head, standing = self.head, member.standing
        member.tell(
            BoardChanged(
                title=head.title,
                frozen=head.frozen,
                role=member.role_told,
                paper=head.paper,
                may=sorted(standing.allowed),
                pens=head.rules.holders(now),
                own_only=standing.own_only,
                muted=standing.muted,
                talk=head.talk,
                notice=head.notice,
                noticed=head.noticed,
            )
        )

    def rights_end(self, now: float) -> bool:
        """Whether a pen or a restraint has ended by itself since everybody was judged."""
        end = self._rights_end
        return end is not None and now >= end

    # -- live (R9) ---------------------------------------------------------------------------------

    def live(self, member: Member, records: Sequence[tuple[int, bytes]]) -> None:
        """Takes the records of a client's frame; they go out with this tick."""
        if self.live_suspended:
            return
        self.live_frames += 1
        for kind, record in records:
            self._live.add(member.slot, member.stamp, kind, record)
        self._schedule_live()

    def _schedule_live(self) -> None:
        if self._live_timer is not None or not self._live:
            return
        # A timer only where it is needed: on a quiet board it would wake the loop for nothing.
        wait = self._live_at + self._tick() - self._loop.time()
        if wait > 0:
            self._live_timer = self._loop.call_later(wait, self._send_live)
        else:
            self._send_live()

    def _tick(self) -> float:
        return TICK_SECONDS if len(self.members) < CROWDED else CROWDED_TICK_SECONDS

    def live_from_elsewhere(self, frame: bytes) -> None:
        """A tick of another process: its records go out with the next tick of ours."""
        if not self.live_suspended:
            self._live.add_frame(frame)
            self._schedule_live()

    def _send_live(self) -> None:
        self._live_timer = None
        self._live_at = self._loop.time()
        tick = self._live.take()
        if tick.here:
            self._publish({"type": "board.live", "origin": self._origin, "frame": tick.here})
        # Who alone has sent all of it needs none of it back.
        alone = tick.senders if len(tick.senders) == 1 and tick.all is tick.here else frozenset()
        self._send_live_frame(tick.all, alone)

    def _send_live_frame(self, frame: bytes, but: AbstractSet[int]) -> None:
        size = len(frame)
        # Whoever lacks an earlier one is to be told what holds now, not what held then.
        missed = self._missed.add(frame) if self._missed else None
        for slot, member in self.members.items():
            if slot in but:
                continue
            # Live frames are the first to be left out where a client does not keep up (R10).
            if member.catching_up is None and member.outbox.has_room(size):
                self._show(member, frame)
                continue
            missed = self._missed.add(frame) if missed is None else missed
            member.missed_from = member.missed_from or missed

    def _show(self, member: Member, frame: bytes) -> None:
        if member.sight is None:
            member.outbox.binary(frame)
        elif seen := without_hidden(frame, self._is_seen_by(member.sight)):
            member.outbox.binary(seen)

    def _make_up(self, member: Member) -> None:
        """Tells a member that keeps up again what people had shown meanwhile, and still show."""
        if member.missed_from is None or self.live_suspended:
            return
        chunk = member.outbox.chunk_bytes
        for number, frame in self._missed.since(member.missed_from, chunk):
            if not member.outbox.has_room(len(frame)):
                # The next second finds it again.
                member.missed_from = number
                return
            self._show(member, frame)
        member.missed_from = None

    def _is_seen_by(self, sight: Sight) -> Callable[[int], bool]:
        """Whether what a connection shows is for this sight; of unknown ones nothing is."""
        people = {someone.slot: someone.person for someone in self.people()}
        return lambda slot: slot in people and sight.shows(people[slot])

    # -- what is told of it (`load`) ---------------------------------------------------------------

    @property
    def counted(self) -> Counted:
        return Counted(self.transactions, self.transaction_bytes, self.live_frames)

    @property
    def everybody(self) -> list[Member | Listener]:
        """Connected or waiting: whom a change of rights concerns."""
        return [*self.connected.values(), *self.listeners]

    @property
    def is_empty(self) -> bool:
        """Nobody is connected, and nobody waits for anything."""
        return not self.connected and not self.listeners

    @property
    def sockets(self) -> int:
        return len(self.connected)

    @property
    def connections(self) -> list[Connection]:
        return [Connection(m.person, m.address, m.since) for m in self.connected.values()]

    # -- all ---------------------------------------------------------------------------------------

    def _to_all_text(self, message: bytes) -> None:
        text, size = message.decode(), len(message)
        for member in self.members.values():
            member.outbox.text(text, size)

    def watch(self) -> None:
        """Once a second: closes who is stuck, wakes who has drained."""
        for member in list(self.members.values()):
            if member.outbox.broken or member.outbox.stalled():
                member.dismiss(CloseCode.TOO_SLOW, "the connection is too slow")
            elif not member.reading and member.clock < self.clock and member.outbox.has_room():
                self.catch_up(member)
            elif member.catching_up is None:
                self._make_up(member)
        if self._missed and all(member.missed_from is None for member in self.members.values()):
            self._missed.clear()

    def close(self) -> None:
        """Stops all timers; nobody is here any more."""
        for timer in (self._live_timer, self._commit_timer, self._people_timer):
            if timer is not None:
                timer.cancel()
        if self._healing is not None:
            self._healing.cancel()
