"""RFC 6455 through the whole stack, frame by frame, on both servers (S13, S16, S17).

`CASES` says what the RFC wants; `DEVIATIONS` what a server does instead, by name. One that no
longer deviates fails here, so that the list (and docs/protocol.md) stays true.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from typing import Final, get_args

import pytest

from cluster.app import App, ServerName, Setup, run_python
from cluster.processes import free_port

from .frames import BINARY, CLOSE, CONTINUATION, PING, PONG, RFC_KEY, TEXT, Raw, close, frame

EURO: Final = "€".encode()
CUT: Final = ["cut"]
FRAGMENTS: Final = "too many fragments"

CASES: Final[dict[str, tuple[bytes, list[str]]]] = {
    # -- messages
    "a text": (frame(TEXT, b"hello"), ["text hello"]),
    "bytes": (frame(BINARY, b"hello"), ["binary hello"]),
    "an empty text": (frame(TEXT), ["empty text"]),
    "empty bytes": (frame(BINARY), ["empty binary"]),
    "two messages in one packet": (
        frame(TEXT, b"one") + frame(TEXT, b"two"),
        ["text one", "text two"],
    ),
    # -- lengths
    "125 bytes": (frame(BINARY, bytes(125)), ["binary of 125"]),
    "126 bytes, with a length of two": (frame(BINARY, bytes(126)), ["binary of 126"]),
    "65,535 bytes": (frame(BINARY, bytes(65_535)), ["binary of 65535"]),
    "65,536 bytes, with a length of eight": (frame(BINARY, bytes(65_536)), ["binary of 65536"]),
    "a length in two bytes that fits in one": (
        frame(TEXT, b"hello", length=b"\x7e\x00\x05"),
        ["close 1002"],
    ),
    "a length in eight bytes that fits in two": (
        frame(BINARY, bytes(200), length=b"\x7f" + (200).to_bytes(8)),
        ["close 1002"],
    ),
    "a length with its highest bit set": (
        frame(BINARY, b"", length=b"\x7f" + (2**63 + 5).to_bytes(8)),
        ["close 1002"],
    ),
    "a message over the echo's limit": (frame(BINARY, bytes(65_537)), ["close 4413"]),
    "a frame over the server's limit": (
        frame(BINARY, b"", length=b"\x7f" + (2**40).to_bytes(8)),
        ["close 1009"],
    ),
    # -- fragments
    "three fragments": (
        frame(TEXT, b"he", fin=False)
        + frame(CONTINUATION, b"ll", fin=False)
        + frame(CONTINUATION, b"o"),
        ["text hello"],
    ),
    "fragments of which some are empty": (
        frame(TEXT, b"", fin=False) + frame(CONTINUATION, b"a", fin=False) + frame(CONTINUATION),
        ["text a"],
    ),
    "a ping between fragments": (
        frame(TEXT, b"he", fin=False) + frame(PING, b"now") + frame(CONTINUATION, b"llo"),
        ["pong now", "text hello"],
    ),
    "fragments over the echo's limit together": (
        frame(BINARY, bytes(40_000), fin=False) + frame(CONTINUATION, bytes(40_000)),
        ["close 4413"],
    ),
    "a continuation of nothing": (frame(CONTINUATION, b"lo"), ["close 1002"]),
    "a new message inside another": (
        frame(TEXT, b"he", fin=False) + frame(TEXT, b"llo"),
        ["close 1002"],
    ),
    # -- pings
    "a ping": (frame(PING, b"as it is"), ["pong as it is"]),
    "an empty ping": (frame(PING), ["empty pong"]),
    "a ping of 125 bytes": (frame(PING, b"x" * 125), ["pong of 125"]),
    "a pong that nobody asked for": (frame(PONG, b"well"), []),
    "a control frame of 126 bytes": (frame(PING, bytes(126)), ["close 1002"]),
    "a ping in fragments": (frame(PING, b"a", fin=False), ["close 1002"]),
    # -- texts that are none
    "a character across fragments": (
        frame(TEXT, EURO[:1], fin=False) + frame(CONTINUATION, EURO[1:]),
        ["text €"],
    ),
    "bytes that are no UTF-8": (frame(TEXT, b"\xc3\x28"), ["close 1007"]),
    "half a character at the end": (frame(TEXT, EURO[:2]), ["close 1007"]),
    "half a surrogate pair": (frame(TEXT, b"\xed\xa0\x80"), ["close 1007"]),
    "no UTF-8 in the second fragment": (
        frame(TEXT, b"ab", fin=False) + frame(CONTINUATION, b"\xff"),
        ["close 1007"],
    ),
    # -- closing
    "a close": (close(1000), ["close 1000"]),
    "a close without a code": (frame(CLOSE), ["close without a code"]),
    "a close with a reason": (close(1001, b"away"), ["close 1001"]),
    "a close with an application's code": (close(4999), ["close 4999"]),
    "a text after the close": (close(1000) + frame(TEXT, b"late"), ["close 1000"]),
    "half a code": (frame(CLOSE, b"\x03"), ["close 1002"]),
    "code 999": (close(999), ["close 1002"]),
    "code 1004": (close(1004), ["close 1002"]),
    "code 1005": (close(1005), ["close 1002"]),
    "code 1006": (close(1006), ["close 1002"]),
    "code 1015": (close(1015), ["close 1002"]),
    "code 2999": (close(2999), ["close 1002"]),
    "code 5000": (close(5000), ["close 1002"]),
    "a reason that is no UTF-8": (close(1000, b"\xff"), ["close 1007"]),
    # -- what no extension has given a meaning
    "reserved bit 1": (frame(TEXT, b"hello", rsv=4), ["close 1002"]),
    "reserved bit 2": (frame(TEXT, b"hello", rsv=2), ["close 1002"]),
    "reserved bit 3": (frame(TEXT, b"hello", rsv=1), ["close 1002"]),
    "opcode 3": (frame(3, b"hello"), ["close 1002"]),
    "opcode 11": (frame(11), ["close 1002"]),
    # -- masks
    "a frame without a mask": (frame(TEXT, b"hello", mask=False), ["close 1002"]),
    "a ping without a mask": (frame(PING, b"hello", mask=False), ["close 1002"]),
    # -- our commands
    "a close that we ask for": (
        frame(TEXT, b"!echo close 4000 as you wish"),
        ["close 4000 as you wish"],
    ),
    "an abort that we ask for": (frame(TEXT, b"!echo abort"), CUT),
    "what only looks like a command": (
        frame(TEXT, b"!echo close 1005"),
        ["text !echo close 1005"],
    ),
}

VIOLATIONS: Final = {
    name
    for name, (_, wanted) in CASES.items()
    if wanted and wanted[-1] in {"close 1002", "close 1007", "close 1009"}
}
DEVIATIONS: Final[dict[ServerName, dict[str, list[str]]]] = {
    "daphne": {
        # It cuts the connection where a close should say what was wrong (section 7.1.7, a SHOULD).
        **dict.fromkeys(VIOLATIONS, CUT),
        # It answers every close with 1000 instead of its code (5.5.1, "typically").
        "a close without a code": ["close 1000"],
        "a close with a reason": ["close 1000"],
        "a close with an application's code": ["close 1000"],
        # It sends no message without contents.
        "an empty text": [],
        "empty bytes": [],
    },
    "uvicorn": {
        # It takes lengths that are not in their shortest form (5.2, a MUST).
        "a length in two bytes that fits in one": ["text hello"],
        "a length in eight bytes that fits in two": ["binary of 200"],
        # It finds such a length too big rather than wrong.
        "a length with its highest bit set": ["close 1009"],
        # It can't abort: the command comes back, and the report has said so.
        "an abort that we ask for": ["text !echo abort"],
    },
}


@pytest.fixture(scope="module", params=get_args(ServerName))
def app(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    folder = tmp_path_factory.mktemp(request.param)
    setup = Setup(f"sqlite:///{folder}/boards.sqlite3", "", secrets.token_urlsafe(48), folder)
    run_python(["manage.py", "migrate", "--verbosity", "0"], setup.environment())
    app = App(free_port(), setup.environment(), request.param, log=folder / "server.log")
    with app:
        yield app
        # uvicorn logs one of its own for each text that is no UTF-8.
        assert request.param == "uvicorn" or "Traceback" not in app.log.read_text()


@pytest.mark.parametrize("name", CASES)
def test_s17_each_frame_is_answered_as_the_rfc_says(app: App, name: str) -> None:
    sent, wanted = CASES[name]
    server: ServerName = app.server
    with Raw.open(app.port) as raw:
        raw.send(sent)
        assert raw.said() == DEVIATIONS[server].get(name, wanted)


def test_a_clean_goodbye_is_not_followed_by_a_reset(app: App) -> None:
    """Chromium calls a close unclean whose connection was reset, whatever was said before."""
    with Raw.open(app.port) as raw:
        raw.send(frame(TEXT, b"!echo close 4000 bye"))
        assert next(raw.events()) == "close 4000 bye"
        raw.send(close(4000))
        assert not raw.is_reset()


def test_every_deviation_is_one() -> None:
    for deviations in DEVIATIONS.values():
        for name, instead in deviations.items():
            assert instead != CASES[name][1], name


def test_the_accept_value_is_that_of_the_rfc(app: App) -> None:
    with Raw(app.port) as raw:
        raw.shake_hands(Sec_WebSocket_Key=RFC_KEY)
        assert raw.status == 101
        assert raw.answer["sec-websocket-accept"] == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="
        assert raw.answer["sec-websocket-protocol"] == "whiteboard.echo"


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"Origin": "https://elsewhere.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": None}, 403),
        ({"Sec_WebSocket_Protocol": None}, 403),
        ({"Sec_WebSocket_Protocol": "soap"}, 403),
        ({"Sec_WebSocket_Version": None}, 400),
        ({"Sec_WebSocket_Key": None}, 400),
        ({"Sec_WebSocket_Key": "short"}, 400),
        ({"Upgrade": None, "Connection": None}, 426),
    ],
    ids=str,
)
def test_s1_a_handshake_that_is_not_ours_is_refused(
    app: App, changed: dict[str, str | None], status: int
) -> None:
    with Raw(app.port) as raw:
        raw.shake_hands(**changed)
        assert raw.status == status


def test_what_the_server_received_is_told_without_secrets(app: App) -> None:
    with Raw(app.port) as raw:
        raw.shake_hands(Cookie="session=secret", Authorization="Bearer secret")
        assert raw.status == 101
        told = next(raw.events())
    assert '"sec-websocket-key"' in told
    assert "secret" not in told


@pytest.mark.parametrize("app", ["daphne"], indirect=True)
@pytest.mark.parametrize(
    ("flood", "why"),
    [
        (frame(PING, b"x") * 400, "too many pings"),
        (frame(PONG) * 400, "too many pings"),
        (frame(TEXT, b"a", fin=False) + frame(CONTINUATION, b"a", fin=False) * 1100, FRAGMENTS),
        (frame(TEXT, b"", fin=False) + frame(CONTINUATION, b"", fin=False) * 1100, FRAGMENTS),
    ],
    ids=["pings", "pongs", "fragments", "empty fragments"],
)
def test_s16_a_flood_without_a_message_is_closed_with_a_reason(
    app: App, flood: bytes, why: str
) -> None:
    with Raw.open(app.port) as raw:
        raw.send(flood)
        told = next(event for event in raw.events() if not event.startswith("pong"))
        assert told == f"close 4429 {why}"
        # What comes after it is not looked at, and the connection ends.
        raw.send(flood)
        assert list(raw.events()) == ["cut"]
    with Raw.open(app.port) as raw:
        raw.send(frame(PING, b"x") * 50 + frame(TEXT, b"he", fin=False) + frame(CONTINUATION, b"y"))
        assert raw.said()[-1] == "text hey"
