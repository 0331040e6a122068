"""Addresses of the API: one for each path of the table, whatever its methods are."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from boards.readers import read

from . import pages
from .asking import EXPECTED, ProblemError, answer, asked, refusal
from .operations import OPERATIONS, Operation

AWAY: Final = (OperationalError, InterfaceError)


def _of(methods: Mapping[str, Operation], request: HttpRequest) -> Operation:
    operation = methods.get("GET" if request.method == "HEAD" else request.method or "")
    if operation is None:
        allow = {"Allow": ", ".join(sorted(methods))}
        raise ProblemError(405, "method", "this address doesn't know this method", allow)
    return operation


def _answered(operation: Operation, given: object) -> HttpResponseBase:
    if isinstance(given, HttpResponseBase):
        return given
    if operation.gives is None:
        response = HttpResponse(status=operation.status)
        response.headers["Cache-Control"] = "no-store, private"
        return response
    return answer(operation.status, given)


def _failed(error: Exception) -> HttpResponse:
    if isinstance(error, AWAY):
        why = "the database does not answer; nothing is lost"
        return refusal(ProblemError(503, "away", why, {"Retry-After": "2"}))
    return refusal(error)


def view_of(methods: Mapping[str, Operation]) -> Callable[..., Any]:
    """Django's view of a path. Asynchronous only where something is waited for."""

    def view(request: HttpRequest, **parts: Any) -> HttpResponseBase:
        try:
            operation = _of(methods, request)
            what = asked(request, operation.scope, operation.takes, operation.query)
            return _answered(operation, operation.do(what, **parts))
        except (*EXPECTED, *AWAY) as error:
            return _failed(error)

    async def view_that_waits(request: HttpRequest, **parts: Any) -> HttpResponseBase:
        try:
            operation = _of(methods, request)
            what = await read(asked, request, operation.scope, operation.takes, operation.query)
            waiting: Awaitable[object] = operation.do(what, **parts)
            return _answered(operation, await waiting)
        except (*EXPECTED, *AWAY) as error:
            return _failed(error)

    waits = any(inspect.iscoroutinefunction(one.do) for one in methods.values())
    # Checked in `asking`, and only where a cookie is what lets in.
    return csrf_exempt(view_that_waits if waits else view)


@csrf_exempt
def nothing(request: HttpRequest, way: str) -> HttpResponse:
    """Programs read no pages, not even of what isn't there."""
    return refusal(Http404())


def by_path() -> dict[str, dict[str, Operation]]:
    found: dict[str, dict[str, Operation]] = {}
    for operation in OPERATIONS:
        found.setdefault(operation.path, {})[operation.method] = operation
    return found


def _name_of(way: str) -> str:
    """`api-boards`, `api-board`, `api-board-links`, `api-board-link` ..."""
    words = [one for one in way.split("/") if not one.startswith("<")]
    if way.endswith(">"):
        words[-1] = {"people": "person"}.get(words[-1], words[-1].removesuffix("s"))
    if len(words) > 1:
        words[0] = "board"
    return "-".join(["api", *words])


urlpatterns = [
    path("tokens/", pages.tokens, name="tokens"),
    path("tokens/revoke/", pages.revoke_all, name="revoke-tokens"),
    path("tokens/<int:number>/revoke/", pages.revoke, name="revoke-token"),
    path("api/", pages.api, name="api"),
    path("api/openapi.json", pages.openapi, name="openapi"),
    *(
        path(f"api/{way}", view_of(methods), name=_name_of(way))
        for way, methods in by_path().items()
    ),
    path("api/<path:way>", nothing, name="no-api"),
]
