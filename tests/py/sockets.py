"""A person on a board as tests see one: a real ASGI socket with the protocol's own verbs."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import Callable
from typing import Any, Self
from uuid import UUID

from asgiref.sync import sync_to_async
from channels.testing import WebsocketCommunicator
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore

from boards.models import Board, Person
from boards.people import SESSION_KEY
from boards.protocol import SCHEMA
from boards.routing import websocket_application

ORIGIN = "http://testserver"
BOTH = ("whiteboard.v1", "whiteboard")
DEADLINE = 10.0
"""Generous: a slow machine is no fault of the code."""

DOT = "BgEAAIA"
"""A stroke of one point at its origin, with pressure."""

Message = dict[str, Any]


def cookie_of(person: Person) -> str:
    """Signs a person in; returns the Cookie header."""
    session = SessionStore()
    session[SESSION_KEY] = person.pk
    session.create()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def headers(cookie: str, origin: str = ORIGIN) -> list[tuple[bytes, bytes]]:
    return [
        (b"host", b"testserver"),
        (b"origin", origin.encode()),
        (b"cookie", cookie.encode()),
    ]


def stroke(**others: Any) -> Message:
    return {
        "kind": "stroke",
        "x": 1,
        "y": 2,
        "z": "a0",
        "color": "black",
        "width": 4,
        "points": DOT,
        **others,
    }


def put(key: str, **others: Any) -> Message:
    return {"op": "put", "key": key, "element": stroke(**others)}


def new_id() -> str:
    return secrets.token_urlsafe(16)


class Someone:
    """One open socket. `seen` keeps every message that has come so far."""

    def __init__(self, communicator: WebsocketCommunicator) -> None:
        self.communicator = communicator
        self.seen: list[Message] = []
        self.frames: list[bytes] = []
        self.welcome: Message = {}
        self.closed: int | None = None

    @classmethod
    async def connect(
        cls,
        board: UUID,
        cookie: str,
        *,
        origin: str = ORIGIN,
        subprotocols: tuple[str, ...] = BOTH,
        path: str = "/ws/boards/{}/",
    ) -> Self:
        communicator = WebsocketCommunicator(
            websocket_application,
            path.format(board),
            headers=headers(cookie, origin),
            subprotocols=list(subprotocols),
        )
        someone = cls(communicator)
        accepted, detail = await communicator.connect(timeout=DEADLINE)
        if not accepted:
            someone.closed = detail
        return someone

    async def hello(
        self, epoch: str | None = None, since: int = 0, schema: int = SCHEMA
    ) -> Message:
        await self.say({"type": "hello", "epoch": epoch, "since": since, "schema": schema})
        self.welcome = await self.hear("welcome")
        return self.welcome

    async def say(self, message: Message | str) -> None:
        text = message if isinstance(message, str) else json.dumps(message)
        await self.communicator.send_to(text_data=text)

    async def say_bytes(self, frame: bytes) -> None:
        await self.communicator.send_to(bytes_data=frame)

    async def commit(self, *changes: Message, uid: str = "") -> str:
        uid = uid or new_id()
        await self.say({"type": "commit", "transactions": [{"id": uid, "changes": changes}]})
        return uid

    async def hear(self, kind: str, fits: Callable[[Message], bool] = lambda _: True) -> Message:
        """The next message of a type that fits; what comes before it is kept in `seen`."""
        async with asyncio.timeout(DEADLINE):
            while True:
                message = await self._next()
                if message is not None and message["type"] == kind and fits(message):
                    return message

    async def has_heard(
        self, kind: str, fits: Callable[[Message], bool] = lambda _: True
    ) -> Message:
        """The last message of a type that fits, also where it has come before."""
        for message in reversed(self.seen):
            if message["type"] == kind and fits(message):
                return message
        return await self.hear(kind, fits)

    async def hear_any(self) -> Message:
        """The next message of any type; `closed` where the socket was closed."""
        while (message := await self._next()) is None:
            pass
        return message

    async def hear_frame(self) -> bytes:
        async with asyncio.timeout(DEADLINE):
            before = len(self.frames)
            while len(self.frames) == before:
                await self._next()
        return self.frames[-1]

    async def receipt(self, uid: str) -> Message:
        """The committed transaction with this id."""
        message = await self.hear(
            "commits", lambda m: any(t["id"] == uid for t in m["transactions"])
        )
        return next(t for t in message["transactions"] if t["id"] == uid)

    async def hear_close(self) -> int:
        async with asyncio.timeout(DEADLINE):
            while self.closed is None:
                await self._next()
        return self.closed

    async def leave(self) -> None:
        await self.communicator.disconnect(timeout=DEADLINE)

    async def _next(self) -> Message | None:
        event = await self.communicator.receive_output(timeout=DEADLINE)
        if event["type"] == "websocket.close":
            self.closed = event.get("code")
            return {"type": "closed"}
        if event.get("bytes"):
            self.frames.append(event["bytes"])
            return None
        message: Message = json.loads(event["text"])
        self.seen.append(message)
        return message


async def join(board: Board, person: Person) -> Someone:
    """Somebody on the board who has said hello and knows its whole log."""
    cookie = await sync_to_async(cookie_of)(person)
    someone = await Someone.connect(board.pk, cookie)
    welcome = await someone.hello()
    clock = 0
    while clock < welcome["clock"]:
        clock = (await someone.hear("commits"))["transactions"][-1]["clock"]
    return someone
