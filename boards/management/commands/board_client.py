"""A foreign client, from docs/protocol.md alone: joins a board, draws, says what it sees."""

from __future__ import annotations

import base64
import json
import math
import re
import secrets
import time
from collections.abc import Iterator
from http.cookiejar import CookieJar
from itertools import pairwise
from typing import Any
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPCookieProcessor, build_opener

from django.core.management.base import BaseCommand, CommandError, CommandParser
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect
from websockets.typing import Origin, Subprotocol

WAVE = [(200 * i, round(3000 * math.sin(i / 4))) for i in range(60)]
"""A stroke of 60 points, as steps off its origin; one step is 2^-SCALE board units."""
SCALE, COLOR, WIDTH, NO_PRESSURE = 5, "teal", 4, b"\0"
START, POINTS = 16, 17
LIVE = {1: "cursor", 2: "away", 3: "selection", 4: "transform", 5: "draft"}
LIVE |= {START: "start", POINTS: "points", 18: "end"}


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("url", help="the board's address, as in a browser")
        parser.add_argument("--name", default="Client")
        parser.add_argument("--seconds", type=float, default=5)

    def handle(self, *args: Any, url: str, name: str, seconds: float, **options: Any) -> None:
        self.leave_at = time.monotonic() + seconds
        self.board, self.origin = url.rstrip("/"), "{0.scheme}://{0.netloc}".format(urlsplit(url))
        self.you, self.goal, self.frames, self.unconfirmed = -1, -1, 0, 0
        try:
            self.visit(name)
        except OSError as error:
            raise CommandError(f"{url}: {error}. Does the server run?") from error

    def visit(self, name: str) -> None:
        self.take_nickname(name)
        with connect(
            re.sub("^http(.*)/boards/", r"ws\1/ws/boards/", self.board) + "/",
            origin=Origin(self.origin),
            subprotocols=[Subprotocol("whiteboard.v1"), Subprotocol("whiteboard")],
            additional_headers={"Cookie": "; ".join(f"{c.name}={c.value}" for c in self.jar)},
        ) as self.socket:
            self.read_and_greet()
            self.listen()

    def take_nickname(self, name: str) -> None:
        self.jar = CookieJar()
        self.web = build_opener(HTTPCookieProcessor(self.jar))
        self.web.addheaders = [("Origin", self.origin)]
        page = self.web.open(f"{self.origin}/").read().decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        if token is None:
            raise CommandError(f"{self.origin}/ does not ask for a nickname. Is it a whiteboard?")
        form = {"name": name, "csrfmiddlewaretoken": token[1]}
        self.web.open(f"{self.origin}/nickname/", urlencode(form).encode()).close()

    def read_and_greet(self) -> None:
        document = json.loads(self.web.open(f"{self.board}/document").read())
        self.epoch, self.clock = document["epoch"], document["clock"]
        self.top = max((e["z"] for e in document["elements"].values()), default="a0")
        self.tell("document", f"{len(document['elements'])} elements at clock {self.clock}")
        self.say("hello", epoch=self.epoch, since=self.clock)

    def listen(self) -> None:
        drawn = False
        while (left := self.leave_at - time.monotonic()) > 0:
            try:
                frame = self.socket.recv(timeout=left)
            except TimeoutError:
                break
            except ConnectionClosed as closed:
                return self.tell("closed", closed.rcvd.code if closed.rcvd else "without a word")
            self.confirm(frame)
            if isinstance(frame, bytes):
                self.watch(frame)
            else:
                self.take(json.loads(frame))
            if not drawn and self.clock >= self.goal >= 0:
                drawn = True
                self.draw(secrets.token_urlsafe(12))
        return self.tell("left", f"at clock {self.clock}")

    def confirm(self, frame: str | bytes) -> None:
        self.frames += 1
        self.unconfirmed += len(frame)
        if self.frames % 32 == 0 or self.unconfirmed >= 64 * 1024:
            self.say("got", frames=self.frames)
            self.unconfirmed = 0

    def watch(self, frame: bytes) -> None:
        for slot, kind, payload in records(frame):
            if slot != self.you:
                self.tell("live", f"{LIVE.get(kind, kind)} of {slot}, {len(payload)} bytes")

    def take(self, message: dict[str, Any]) -> None:
        match message["type"]:
            case "welcome":
                self.you, self.goal = message["you"]["slot"], message["clock"]
                people = ", ".join(someone["name"] for someone in message["people"])
                self.tell("welcome", f"{message['title']!r} as {message['role']} with {people}")
                if message["epoch"] != self.epoch or self.clock > self.goal:
                    self.read_and_greet()
            case "commits":
                for done in message["transactions"]:
                    self.clock = max(self.clock, done["clock"])
                    changes = ", ".join(f"{c['op']} {c.get('key', '')}" for c in done["changes"])
                    self.tell("commit", f"{done['clock']} by {done['author']}: {changes}")
            case "reload":
                self.read_and_greet()
            case kind:
                self.tell(kind, json.dumps(message, ensure_ascii=False))

    def draw(self, key: str) -> None:
        """Live while it grows; then the transaction that makes it last."""
        first, width = varint(1), varint(WIDTH * 100)
        origin = zigzag(SCALE) + NO_PRESSURE + zigzag(0, 0)
        self.socket.send(live(START, first + word(key) + origin + width + word(COLOR)))
        for at in range(0, len(WAVE), 6):
            self.socket.send(live(POINTS, first + varint(at) + differences(WAVE[at : at + 6])))
            time.sleep(1 / 30)
        points = base64.b64encode(zigzag(SCALE) + NO_PRESSURE + differences(WAVE)).rstrip(b"=")
        stroke = {"kind": "stroke", "x": 0, "y": 0, "z": self.top + "V", "color": COLOR}
        stroke |= {"width": WIDTH, "points": points.decode()}
        change = {"op": "put", "key": key, "element": stroke}
        self.say("commit", transactions=[{"id": secrets.token_urlsafe(16), "changes": [change]}])
        self.tell("drew", key)

    def say(self, kind: str, **fields: Any) -> None:
        self.socket.send(json.dumps({"type": kind, **fields}))

    def tell(self, what: str, more: object) -> None:
        self.stdout.write(f"{what}: {more}")
        self.stdout.flush()


def varint(number: int) -> bytes:
    return bytes([number]) if number < 128 else bytes([number & 127 | 128]) + varint(number >> 7)


def zigzag(*numbers: int) -> bytes:
    return b"".join(varint((number << 1) ^ (number >> 31)) for number in numbers)


def word(text: str) -> bytes:
    return bytes([len(text)]) + text.encode("ascii")


def differences(points: list[tuple[int, int]]) -> bytes:
    return b"".join(zigzag(x - a, y - b) for (a, b), (x, y) in pairwise([(0, 0), *points]))


def live(kind: int, payload: bytes) -> bytes:
    return bytes([1, kind]) + varint(len(payload)) + payload


def records(frame: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Slot, kind and payload of each record in a frame of the server."""
    rest = iter(frame[1:])
    for byte in rest:
        slot, kind, length = read(byte, rest), next(rest), read(next(rest), rest)
        yield slot, kind, bytes(next(rest) for _ in range(length))


def read(byte: int, rest: Iterator[int]) -> int:
    return byte if byte < 128 else (byte & 127) + (read(next(rest), rest) << 7)
