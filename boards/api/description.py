"""The OpenAPI 3.1 description, made from the table of operations and the shapes."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any, Final

import msgspec
from django.utils.translation import gettext

from .operations import OPERATIONS, Operation
from .shapes import Problem

PREFIX: Final = "/api/"
REFERENCE: Final = "#/components/schemas/{name}"
_PART: Final = re.compile(r"<(uuid|int|str):(\w+)>")
_SCHEMA_OF_PART: Final = {
    "uuid": {"type": "string", "format": "uuid"},
    "int": {"type": "integer"},
    "str": {"type": "string"},
}
_NAMES: Final = {"board_id": "board", "number": "number", "asset": "asset"}
_FILE: Final = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}

Description = dict[str, Any]


def description() -> Description:
    """In the language of whoever asks."""
    shapes = [one for row in OPERATIONS for one in (row.takes, row.gives) if one is not None]
    asked_for: list[type[Any]] = [*shapes, Problem]
    schemas, components = _schemas(asked_for)
    schema_of = dict(zip(asked_for, schemas, strict=True))
    paths: dict[str, dict[str, Any]] = {}
    for operation in OPERATIONS:
        described = _operation(operation, schema_of)
        paths.setdefault(address_of(operation.path), {})[operation.method.lower()] = described
    return {
        "openapi": "3.1.0",
        "info": {
            "title": gettext("Whiteboard"),
            "version": "1",
            "description": gettext(
                "What pages and sockets do, for programs. A request shows an access token, or "
                "comes from a signed-in page with its CSRF token."
            ),
        },
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer"},
                "session": {"type": "apiKey", "in": "header", "name": "X-CSRFToken"},
            },
        },
        "security": [{"token": []}, {"session": []}],
    }


def _schemas(shapes: Sequence[type[Any]]) -> tuple[list[Any], dict[str, Any]]:
    """Their schemas and the components those refer to, in the dialect of browsers."""
    schemas, components = msgspec.json.schema_components(shapes, ref_template=REFERENCE)
    # Their regular expressions know no \\Z; their $ is what Python's \\Z is.
    text = json.dumps([list(schemas), components]).replace(r"\\Z", "$")
    found: tuple[list[Any], dict[str, Any]] = tuple(json.loads(text))
    return found


def address_of(path: str) -> str:
    """As the description writes it."""
    return PREFIX + _PART.sub(lambda part: f"{{{_NAMES[part[2]]}}}", path)


def _operation(operation: Operation, schema_of: dict[type[Any], Any]) -> Description:
    found: Description = {
        "operationId": operation.name,
        "summary": str(operation.summary),
        "x-scope": operation.scope.value,
        "parameters": [*_parts(operation.path), *_query(operation.query)],
        "responses": {
            str(operation.status): _answer(operation, schema_of),
            "default": {
                "description": gettext("What went wrong"),
                "content": _json(schema_of[Problem]),
            },
        },
    }
    if operation.takes is not None:
        body = _json(schema_of[operation.takes])
        body["application/json"]["example"] = operation.example
        found["requestBody"] = {"required": True, "content": body}
    if operation.takes_file:
        found["requestBody"] = {"required": True, "content": _FILE}
    return found


def _answer(operation: Operation, schema_of: dict[type[Any], Any]) -> Description:
    if operation.gives_file:
        return {"description": gettext("The file"), "content": _FILE}
    if operation.gives is None:
        return {"description": gettext("Done")}
    return {"description": gettext("The answer"), "content": _json(schema_of[operation.gives])}


def _json(schema: Any) -> Description:
    return {"application/json": {"schema": schema}}


def _parts(path: str) -> list[Description]:
    return [
        {
            "name": _NAMES[part[2]],
            "in": "path",
            "required": True,
            "schema": _SCHEMA_OF_PART[part[1]],
        }
        for part in _PART.finditer(path)
    ]


def _query(shape: type[Any] | None) -> list[Description]:
    """Each field as a parameter with its own schema."""
    if shape is None:
        return []
    _, components = _schemas([shape])
    properties = components[shape.__name__]["properties"]
    return [{"name": name, "in": "query", "schema": one} for name, one in properties.items()]
