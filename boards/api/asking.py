"""Who asks the API for what: a token or a session, rates, sizes, rights; and how no is said (S25).

A request with an `Authorization` header is judged by that alone: no cookie is looked at, so nothing
that a browser adds by itself gives it any right. Synchronous.
"""

from __future__ import annotations

import math
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeVar

import msgspec
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, RawPostDataException
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware

from boards.access import Action, Scope, Standing, may, narrowed
from boards.deeds import Actor, BoardIsFullError, DeedError, OwnerStandsError
from boards.limits import API, API_TOKEN, TOKEN_GUESSES
from boards.models import Board, Person
from boards.people import person_of_request
from boards.protocol import MESSAGE_BYTES
from boards.sharing import answers
from boards.tokens import holder_of
from boards.visitors import TooManyRequestsError, board_for

from .shapes import Problem

SAFE: Final = frozenset({"GET", "HEAD"})
BYTES_PER_TURN: Final = 17_476
"""S14: 60 messages a second, and 1 MiB: a larger message counts as several."""
CHALLENGE: Final = {"WWW-Authenticate": 'Bearer realm="whiteboard"'}

T = TypeVar("T")
_encode = msgspec.json.Encoder().encode


class ProblemError(Exception):
    """The request ends here, with this answer."""

    def __init__(
        self, status: int, code: str, why: str, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(why)
        self.status = status
        self.problem = Problem(error=code, why=why)
        self.headers = headers or {}


@dataclass(frozen=True, slots=True)
class Asker:
    """Who it is, and with what token."""

    person: Person
    token: int | None = None
    scopes: frozenset[Scope] | None = None
    """None: the person is here themselves."""

    def has(self, scope: Scope) -> bool:
        return self.scopes is None or scope in self.scopes

    def narrowed(self, standing: Standing | None) -> Standing | None:
        return narrowed(standing, self.scopes)


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that may be answered."""

    request: HttpRequest
    asker: Asker
    body: Any = None
    """What the operation takes, decoded."""
    query: Any = None
    size: int = 0
    """Of the body as it came."""

    @property
    def person(self) -> Person:
        return self.asker.person

    @property
    def actor(self) -> Actor:
        return Actor(self.person)

    def board(self, board_id: uuid.UUID, action: Action = Action.SEE) -> tuple[Board, Standing]:
        """The board and what the asker is on it, where they may do this."""
        board, of_person = board_for(self.request, self.person, board_id, Action.SEE)
        standing = self.asker.narrowed(of_person)
        if standing is None or not may(standing, action):
            raise PermissionDenied
        return board, standing

    def somebody(self, board: Board, number: int) -> Person:
        """Who has something to do with this board."""
        return answers.Asked(self.request, board, self.actor, {}).somebody(number)


def asked(
    request: HttpRequest, scope: Scope, takes: type[Any] | None, query: type[Any] | None
) -> Asked:
    """Everything about a request that doesn't depend on a board; raises ProblemError."""
    body = _body(request) if takes is not None else b""
    asker = _asker(request)
    _take_turn(asker, len(body))
    if not asker.has(scope):
        raise ProblemError(403, "scope", f"this token was made without the scope {scope.value!r}")
    return Asked(
        request,
        asker,
        body=None if takes is None else _decoded(body, takes),
        query=None if query is None else _query(request, query),
        size=len(body),
    )


# -- who -------------------------------------------------------------------------------------------


def _asker(request: HttpRequest) -> Asker:
    authorization = request.headers.get("Authorization")
    if authorization is not None:
        return _holder(request, authorization)
    person = person_of_request(request)
    if person is None:
        why = "nobody is signed in: show an access token as Authorization: Bearer wb_..."
        raise ProblemError(401, "signed_out", why, CHALLENGE)
    if request.method not in SAFE:
        _check_csrf(request)
    return Asker(person)


def _holder(request: HttpRequest, authorization: str) -> Asker:
    holder = holder_of(authorization)
    if holder is None:
        if not TOKEN_GUESSES.take(request):
            raise too_many()
        why = "this access token is unknown, revoked or expired"
        raise ProblemError(401, "token", why, CHALLENGE)
    return Asker(holder.person, holder.token, holder.scopes)


class _Csrf(CsrfViewMiddleware):
    """Django's own check, told as a problem."""

    def _reject(self, request: HttpRequest, reason: str) -> HttpResponseBase:
        raise ProblemError(403, "csrf", f"with a session cookie, X-CSRFToken is needed: {reason}")


def _check_csrf(request: HttpRequest) -> None:
    check = _Csrf(lambda _: HttpResponse())
    check.process_request(request)
    check.process_view(request, HttpResponse, (), {})


def _take_turn(asker: Asker, size: int) -> None:
    cost = max(1.0, size / BYTES_PER_TURN)
    if not API.take_of(str(asker.person.pk), cost):
        raise too_many()
    if asker.token is not None and not API_TOKEN.take_of(str(asker.token), cost):
        raise too_many()


def too_many(why: str = "too many requests: slow down", seconds: float = 1) -> ProblemError:
    return ProblemError(429, "too_many", why, {"Retry-After": str(math.ceil(seconds))})


# -- what ------------------------------------------------------------------------------------------


def _body(request: HttpRequest) -> bytes:
    if request.content_type != "application/json":
        raise ProblemError(415, "content_type", "expected Content-Type: application/json")
    try:
        # No more than it takes to know, whatever length was promised.
        body = request.read(MESSAGE_BYTES + 1)
    except (OSError, RawPostDataException):
        raise ProblemError(400, "body", "the body could not be read") from None
    if len(body) > MESSAGE_BYTES:
        raise ProblemError(413, "too_big", f"a request has at most {MESSAGE_BYTES} bytes")
    return body


def _decoded(body: bytes, shape: type[T]) -> T:
    try:
        return msgspec.json.decode(body, type=shape)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise ProblemError(400, "body", str(error)[:200]) from None


def _query(request: HttpRequest, shape: type[T]) -> T:
    try:
        return msgspec.convert(request.GET.dict(), shape, strict=False)
    except (msgspec.MsgspecError, ValueError) as error:
        raise ProblemError(400, "query", str(error)[:200]) from None


# -- how it is answered ----------------------------------------------------------------------------


def answer(status: int, shape: object) -> HttpResponse:
    return with_headers(HttpResponse(_encode(shape), content_type="application/json"), status)


def with_headers(response: HttpResponse, status: int | None = None) -> HttpResponse:
    if status is not None:
        response.status_code = status
    # Not even by the browser: what a token opens is nobody else's.
    response.headers["Cache-Control"] = "no-store, private"
    return response


def refusal(error: Exception) -> HttpResponse:
    """An expected no as an answer."""
    found = _problem_of(error)
    response = answer(found.status, found.problem)
    for name, value in found.headers.items():
        response.headers[name] = value
    return response


EXPECTED: Final = (ProblemError, Http404, PermissionDenied, TooManyRequestsError, DeedError)


def _problem_of(error: Exception) -> ProblemError:
    match error:
        case ProblemError():
            return error
        case TooManyRequestsError():
            return too_many()
        case PermissionDenied():
            return ProblemError(403, "not_allowed", "you may not do this on this board")
        case OwnerStandsError():
            return ProblemError(409, "owner", "this can't be done to the owner of the board")
        case BoardIsFullError():
            return ProblemError(409, "full", "this board has as many of these as it can have")
        case DeedError():
            return ProblemError(409, "deed", "this isn't possible any more")
        case _:
            # Absent and forbidden alike (S2).
            return ProblemError(404, "not_found", "there is no such thing")
