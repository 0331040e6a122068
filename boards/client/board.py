"""A board as a program sees it: what is on it, what happens, and how to draw."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Any, Final, Self

from . import live
from .events import Someone
from .folding import Change
from .guest import sign_in
from .listening import Events
from .order import above
from .pending import Proposal, transaction_id
from .site import Site
from .stay import Stay

FRAMES_PER_SECOND: Final = 30
"""What is more than that the server leaves out."""


def connect(
    url: str,
    *,
    token: str | None = None,
    cookie: str | None = None,
    guest: str | None = None,
    transport: str | None = None,
) -> Board:
    """A board, to be used as `async with connect(…) as board`.

    `url` is the board's address as a browser shows it. Who comes is said by one of `token` (of the
    HTTP API, `wb_…`), `cookie` (`name=value` of a browser's session) or `guest` (a nickname).
    `transport` is `websocket`, `sse`, `longpoll` or `poll`; without it the best one that works.

    Entering waits until everything on the board has come, for as long as that takes. It raises
    `DeniedError` if the board is closed to us, later as `commit` does. Proxies of the environment
    are not used.
    """
    return Board(Site.of(url, token=token, cookie=cookie), transport, guest)


class Board:
    """Made by `connect`; belongs to the event loop that entered it."""

    def __init__(self, site: Site, transport: str | None = None, guest: str | None = None) -> None:
        self._stay = Stay(site, transport)
        self._guest = guest
        self._strokes = 0

    async def __aenter__(self) -> Self:
        site = self._stay.site
        if self._guest is not None:
            self._stay.site = site.with_cookie(await sign_in(site.origin, self._guest))
        try:
            await self._stay.begin()
        except BaseException:
            await self._stay.leave()
            raise
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self._stay.leave()

    # -- what there is -----------------------------------------------------------------------------

    @property
    def elements(self) -> Mapping[str, Mapping[str, Any]]:
        """What is saved on the board, by key. Own changes are in it once `commit` has returned."""
        return self._stay.document.elements

    @property
    def clock(self) -> int:
        """The number of the last transaction in `elements`."""
        return self._stay.document.clock

    @property
    def people(self) -> Sequence[Someone]:
        """Who is on the board, ourselves included: one for each connection."""
        session = self._stay.session
        return [] if session is None else list(session.people.values())

    @property
    def you(self) -> Someone | None:
        """Ourselves; another slot after each coming back."""
        session = self._stay.session
        return None if session is None else session.you

    @property
    def head(self) -> Mapping[str, Any]:
        """`title`, `role`, `frozen`, `may` …: see `welcome` and `board` in docs/protocol.md."""
        session = self._stay.session
        return {} if session is None else session.head

    @property
    def connected(self) -> bool:
        """Whether everything has come, so that what we do is sent at once."""
        connection = self._stay.connection
        return connection is not None and connection.session.caught_up

    @property
    def transport(self) -> str:
        """The one in use, or to be tried next."""
        return self._stay.transport.name

    @property
    def waiting(self) -> int:
        """How many own transactions have no receipt yet."""
        return len(self._stay.pending)

    def events(self) -> Events:
        """What happens from now on: `async for event in board.events()`. Ends with the board.

        See `boards.client.events`. Whoever takes them too slowly misses live ones, and no others.
        """
        return self._stay.listeners.add()

    # -- what we do --------------------------------------------------------------------------------

    async def commit(self, changes: Sequence[Change], *, transaction: str | None = None) -> int:
        """Changes the board, whole or not at all; returns its clock when that is durable.

        It takes as long as the board can't be reached: the transaction is sent again with the same
        id, in the order in which ours were made, until it is answered. Raises `RefusedError` if the
        answer is no, `DeniedError` if the board is closed to us, `NotOpenError` if we leave before.
        Whoever stops waiting does not take it back.

        1 to 1,000 changes, 64 KiB of JSON. Whoever has kept an id (22 characters of base64url) over
        a crash may give it again as `transaction`: it never has a second effect.
        """
        proposal = Proposal(transaction or transaction_id(), [*changes])
        return await asyncio.shield(self._stay.propose(proposal))

    async def draw(
        self,
        points: Sequence[live.Point],
        *,
        color: str = "black",
        width: float = 4,
        seconds: float = 0,
    ) -> str:
        """Draws a stroke through points in board units; returns its key when it is durable.

        With `seconds` it grows before everybody's eyes for so long. `width` is in board units,
        `color` a name of the ink palette or `#rrggbb`. Raises as `commit` does.
        """
        key, origin = secrets.token_urlsafe(12), points[0]
        if seconds > 0:
            await self._grow(key, points, color, width, seconds)
        element = {
            "kind": "stroke",
            "x": origin[0],
            "y": origin[1],
            "z": above(self.elements.values()),
            "color": color,
            "width": width,
            "points": live.points_text(points, origin),
        }
        await self.commit([{"op": "put", "key": key, "element": element}])
        return key

    async def _grow(
        self, key: str, points: Sequence[live.Point], color: str, width: float, seconds: float
    ) -> None:
        self._strokes += 1
        number, origin = self._strokes, points[0]
        frames = max(1, round(seconds * FRAMES_PER_SECOND))
        for frame in range(frames):
            first, end = (len(points) * at // frames for at in (frame, frame + 1))
            if frame % FRAMES_PER_SECOND == 0:
                # For whoever has come meanwhile.
                self.live(live.stroke_start(number, key, origin, color, width))
            if first < end:
                self.live(live.stroke_points(number, first, points[first:end], origin))
            await asyncio.sleep(seconds / frames)

    def live(self, *records: bytes) -> bool:
        """Shows records of `boards.client.live` to others now, at most 30 times a second.

        They are never stored and never sent again. False: there is no connection at the moment.
        """
        connection = self._stay.connection
        sent = connection is not None and connection.session.live(b"".join(records))
        self._stay.stir()
        return sent

    def switch(self, transport: str | None) -> None:
        """Goes on over this transport; None: over the best that works. Nothing gets lost by it."""
        self._stay.switch(transport)
