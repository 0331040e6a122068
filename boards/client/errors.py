"""What can go wrong for whoever uses the client."""

from __future__ import annotations


class ClientError(Exception):
    """All of ours."""


class RefusedError(ClientError):
    """The server's final no to a transaction: nothing of it has happened."""

    def __init__(self, transaction: str, code: str, why: str) -> None:
        super().__init__(f"{code}: {why}")
        self.transaction = transaction
        self.code = code
        """`locked`, `frozen`, `not_allowed` …: docs/protocol.md has them all; new ones may come."""
        self.why = why


class DeniedError(ClientError):
    """The board is closed to us, and coming again would not change it."""

    def __init__(self, code: int, why: str) -> None:
        super().__init__(f"{why or 'the board does not let us in'} ({code})")
        self.code = code
        """A close code of docs/protocol.md: 4401 signed out, 4403 not allowed, 4404 no board …"""
        self.why = why


class EndedError(ClientError):
    """A connection is over; another one may do better."""

    def __init__(self, code: int, why: str) -> None:
        super().__init__(f"{why} ({code})")
        self.code = code
        self.why = why


class AnswerError(ClientError):
    """The server answered a request in another way than was expected."""

    def __init__(self, what: str, status: int) -> None:
        super().__init__(f"{what} was answered with {status}")
        self.status = status


class NotOpenError(ClientError):
    """The board is used outside of its `async with`."""
