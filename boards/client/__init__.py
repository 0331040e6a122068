"""A whiteboard for programs: `async with connect(url, guest="Ann") as board`.

Needs the standard library and `websockets`, nothing of the server. `docs/clients.md` has examples,
`session` is the protocol without a network, `transports` the network without a protocol.
"""

from __future__ import annotations

from .board import Board, connect
from .document import Transaction
from .errors import (
    AnswerError,
    ClientError,
    DeniedError,
    NotOpenError,
    RefusedError,
)
from .events import (
    BoardChanged,
    Committed,
    Connected,
    Disconnected,
    Event,
    Live,
    PeopleChanged,
    Refused,
    Reread,
    Someone,
)
from .guest import sign_in

__all__ = [
    "AnswerError",
    "Board",
    "BoardChanged",
    "ClientError",
    "Committed",
    "Connected",
    "DeniedError",
    "Disconnected",
    "Event",
    "Live",
    "NotOpenError",
    "PeopleChanged",
    "Refused",
    "RefusedError",
    "Reread",
    "Someone",
    "Transaction",
    "connect",
    "sign_in",
]
