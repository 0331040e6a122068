"""A program that uses the API, as tests see one; whatever it is answered fits the description."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import msgspec
from asgiref.sync import sync_to_async
from django.http import HttpResponse
from django.test import AsyncClient, Client
from django.urls import resolve
from django.utils import timezone

from boards.access import Scope
from boards.api.operations import OPERATIONS, Operation
from boards.api.shapes import Problem
from boards.deeds import Actor
from boards.models import Board, Person, Token
from boards.token_deeds import make, revoke

from .sockets import new_id

Answer = dict[str, Any]
ALL = tuple(Scope)


def token_of(person: Person, *scopes: Scope) -> str:
    """A new token with these scopes; without any named, with all."""
    return make(person, "a program", scopes or ALL, Actor(person))[1]


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def operation_at(method: str, path: str) -> Operation | None:
    route = resolve(path.partition("?")[0]).route.removeprefix("api/")
    fits = (one for one in OPERATIONS if (one.method, one.path) == (method, route))
    return next(fits, None)


def checked(method: str, path: str, response: Any) -> Any:
    """The same response: what is in it is exactly what the description promises."""
    assert "no-store" in response.headers["Cache-Control"], response.headers
    operation = operation_at(method, path)
    if response.status_code == 304 or (
        operation and operation.gives is None and response.content == b""
    ):
        assert response.status_code in {204, 304}
        return response
    if operation and operation.gives_file and response.status_code == operation.status:
        return response
    assert response.headers["Content-Type"] == "application/json", response.content[:200]
    body = response.content
    if operation is not None and response.status_code == operation.status:
        msgspec.json.decode(body, type=operation.gives)
    else:
        assert response.status_code >= 400, response.content
        msgspec.json.decode(body, type=Problem)
    return response


class Program:
    """By Django's test client: for what only needs the database."""

    def __init__(self, token: str, client: Client | None = None) -> None:
        self.token = token
        self.client = client or Client(enforce_csrf_checks=True)

    def ask(self, method: str, path: str, body: object = None, **more: str) -> HttpResponse:
        headers = {**(bearer(self.token) if self.token else {}), **more}
        text = "" if body is None else json.dumps(body)
        response = self.client.generic(method, path, text, "application/json", headers=headers)
        found: HttpResponse = checked(method, path, response)
        return found

    def get(self, path: str) -> Answer:
        return self.told("GET", path)

    def told(self, method: str, path: str, body: object = None) -> Answer:
        response = self.ask(method, path, body)
        assert response.status_code < 400, response.content
        found: Answer = json.loads(response.content or b"{}")
        return found

    def refused(self, method: str, path: str, body: object = None) -> tuple[int, str]:
        response = self.ask(method, path, body)
        return response.status_code, json.loads(response.content)["error"]


class AsyncProgram:
    """On the loop of the rooms: for what waits, or is seen by others at once."""

    def __init__(self, token: str) -> None:
        self.token = token
        self.client = AsyncClient(enforce_csrf_checks=True)

    async def ask(self, method: str, path: str, body: object = None) -> Any:
        text = "" if body is None else json.dumps(body)
        response = await self.client.generic(
            method, path, text, "application/json", headers=bearer(self.token)
        )
        return checked(method, path, response)

    async def told(self, method: str, path: str, body: object = None) -> Answer:
        response = await self.ask(method, path, body)
        assert response.status_code < 400, response.content
        found: Answer = json.loads(response.content)
        return found


def way(board: Board, rest: str = "transactions") -> str:
    return f"/api/boards/{board.pk}/{rest}"


async def program_of(person: Person, *scopes: Scope) -> AsyncProgram:
    return AsyncProgram(await sync_to_async(token_of)(person, *scopes))


def drawing(*changes: Answer, uid: str = "") -> Answer:
    return {"transactions": [{"id": uid or new_id(), "changes": list(changes)}]}


async def draws(program: AsyncProgram, board: Board, *changes: Answer, uid: str = "") -> Answer:
    """Posts one transaction; returns what has become of it."""
    answer = await program.told("POST", way(board), drawing(*changes, uid=uid))
    (result,) = answer["results"]
    return dict(result)


def revoked(person: Person, board: Board) -> None:
    revoke(Token.objects.filter(person=person), Actor(person))


def expired(person: Person, board: Board) -> None:
    Token.objects.update(expires=timezone.now() - timedelta(seconds=1))
