"""A person on a board over HTTP, as tests see one: real ASGI requests to `/live/`."""

from __future__ import annotations

import base64
import json
from typing import Any, Self
from uuid import UUID

from asgiref.sync import sync_to_async
from asgiref.testing import ApplicationCommunicator

from boards.asgi import application
from boards.models import Board, Person

from .sockets import BOTH, DEADLINE, ORIGIN, Message, Someone, cookie_of, headers


class Answer:
    """What a request was answered."""

    def __init__(self, status: int, body: bytes, more: dict[str, str]) -> None:
        self.status = status
        self.body = body
        self.headers = more

    @property
    def json(self) -> Message:
        found: Message = json.loads(self.body)
        return found


def scope_of(method: str, path: str, more: list[tuple[bytes, bytes]]) -> dict[str, Any]:
    path, _, query = path.partition("?")
    return {
        "type": "http",
        "http_version": "1.1",
        "scheme": "http",
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": query.encode(),
        "headers": more,
        "server": ("testserver", 80),
    }


class Stream:
    """A request whose answer is read piece by piece."""

    def __init__(
        self, method: str, path: str, more: list[tuple[bytes, bytes]], app: Any = application
    ) -> None:
        scope = scope_of(method, path, more)
        make: Any = ApplicationCommunicator  # asgiref says nothing of its types
        self.communicator = make(app, scope)
        self.ended = False

    async def begin(self, body: bytes = b"") -> tuple[int, dict[str, str]]:
        await self.communicator.send_input({"type": "http.request", "body": body})
        start = await self.communicator.receive_output(DEADLINE)
        names = {name.decode(): value.decode() for name, value in start["headers"]}
        return start["status"], names

    async def piece(self) -> bytes:
        part = await self.communicator.receive_output(DEADLINE)
        self.ended = not part.get("more_body", False)
        body: bytes = part.get("body", b"")
        return body

    async def break_off(self) -> None:
        if not self.ended:
            await self.communicator.send_input({"type": "http.disconnect"})
        await self.communicator.wait(DEADLINE)


async def ask(
    method: str,
    path: str,
    more: list[tuple[bytes, bytes]],
    body: bytes | Message = b"",
    app: Any = application,
) -> Answer:
    """One request from its beginning to its end."""
    if isinstance(body, dict):
        body = json.dumps(body).encode()
        more = [*more, (b"content-type", b"application/json")]
    stream = Stream(method, path, more, app)
    status, names = await stream.begin(body)
    parts = []
    while not stream.ended:
        parts.append(await stream.piece())
    await stream.communicator.wait(DEADLINE)
    return Answer(status, b"".join(parts), names)


def link_header(name: str) -> list[tuple[bytes, bytes]]:
    return [(b"host", b"testserver"), (b"x-whiteboard-link", name.encode())]


class Held(Someone):
    """Somebody on the board by long polling; every request may go to another application."""

    def __init__(self, name: str, app: Any) -> None:
        super().__init__(None)
        self.name = name
        self.sent = 0
        self.arrived = 0
        self.sends_to = self.polls_at = app
        self._waiting: list[Message | str] = []

    @classmethod
    async def connect(
        cls,
        board: UUID,
        cookie: str,
        *,
        origin: str = ORIGIN,
        subprotocols: tuple[str, ...] = BOTH,
        path: str = "/live/boards/{}/",
        app: Any = application,
    ) -> Self:
        answer = await ask(
            "POST",
            path.format(board),
            headers(cookie, origin),
            {"protocols": list(subprotocols)},
            app,
        )
        assert answer.status == 200, answer.body
        return cls(answer.json["link"], app)

    async def post(self, *frames: Message | str, first: int | None = None) -> Answer:
        """Sends frames as they are numbered; `first` where that is to be wrong."""
        body = {"first": first or self.sent + 1, "frames": list(frames)}
        answer = await ask("POST", "/live/send", link_header(self.name), body, self.sends_to)
        if answer.status == 200:
            self.sent = answer.json["received"]
        return answer

    async def say(self, message: Message | str) -> None:
        frame = json.loads(message) if isinstance(message, str) else message
        answer = await self.post(frame)
        assert answer.status == 200, answer.body

    async def say_bytes(self, frame: bytes) -> None:
        await self.post(base64.b64encode(frame).decode())

    async def poll(self, wait: float = DEADLINE, after: int | None = None) -> Answer:
        path = f"/live/poll?after={self.arrived if after is None else after}&wait={wait}"
        return await ask("GET", path, link_header(self.name), app=self.polls_at)

    async def leave(self) -> None:
        await ask("POST", "/live/close", link_header(self.name), app=self.sends_to)

    async def _next(self) -> Message | None:
        while not self._waiting:
            answer = await self.poll()
            assert answer.status == 200, answer.body
            found = answer.json
            assert found["first"] == self.arrived + 1
            self.arrived += len(found["frames"])
            self._waiting = found["frames"]
            if "end" in found:
                self._waiting.append({"type": "closed", "code": found["end"]})
        frame = self._waiting.pop(0)
        if isinstance(frame, str):
            self.frames.append(base64.b64decode(frame))
            return None
        if frame["type"] == "closed":
            self.closed = frame["code"]
            return {"type": "closed"}
        self.seen.append(frame)
        return frame


class Streamed(Held):
    """The same by a stream of events."""

    stream: Stream | None = None

    def __init__(self, name: str, app: Any) -> None:
        super().__init__(name, app)
        self._text = ""

    async def open(self, last: int | None = None) -> tuple[int, dict[str, str]]:
        number = self.arrived if last is None else last
        more = [*link_header(self.name), (b"last-event-id", str(number).encode())]
        self.stream = Stream("GET", "/live/events", more, self.polls_at)
        return await self.stream.begin()

    async def cut(self) -> None:
        """The connection of the stream is lost, with what was under way."""
        assert self.stream is not None
        await self.stream.break_off()
        self.stream = None
        self._text = ""

    async def leave(self) -> None:
        await super().leave()
        if self.stream is not None:
            await self.cut()

    async def event(self) -> dict[str, str]:
        """The next event by its fields; comments and the end of a stream are passed over."""
        while "\n\n" not in self._text:
            if self.stream is None or self.stream.ended:
                status, _ = await self.open()
                assert status == 200
            assert self.stream is not None
            self._text += (await self.stream.piece()).decode()
        text, _, self._text = self._text.partition("\n\n")
        lines = [line.partition(": ") for line in text.split("\n") if not line.startswith(":")]
        return {name: value for name, _, value in lines} if lines else await self.event()

    async def _next(self) -> Message | None:
        event = await self.event()
        found = json.loads(event["data"])
        if event.get("event") == "end":
            self.closed = found["code"]
            return {"type": "closed"}
        assert int(event["id"]) == self.arrived + 1
        self.arrived += 1
        if isinstance(found, str):
            self.frames.append(base64.b64decode(found))
            return None
        message: Message = found
        self.seen.append(message)
        return message


async def sit(kind: type[Held], board: Board, person: Person, app: Any = application) -> Held:
    """Somebody who has said hello and knows the board's whole log."""
    cookie = await sync_to_async(cookie_of)(person)
    someone = await kind.connect(board.pk, cookie, app=app)
    welcome = await someone.hello()
    clock = 0
    while clock < welcome["clock"]:
        clock = (await someone.hear("commits"))["transactions"][-1]["clock"]
    return someone
