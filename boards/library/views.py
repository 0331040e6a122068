"""`/library/`: one's own items, listed, put aside, named and thrown away; nobody else's."""

from __future__ import annotations

from typing import TypeVar

import msgspec
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from boards.limits import Bucket
from boards.models import LIBRARY_NAME_LENGTH, LibraryItem, Person
from boards.names import clean_line
from boards.visitors import TooManyRequestsError, for_person

from .items import ItemRefusedError, NewItem, NewName, items_of, put_aside, told

CHANGES = Bucket("COMMENTS")
"""As often as somebody may say something."""

T = TypeVar("T")


@require_http_methods(["GET", "HEAD", "POST"])
@for_person
def library(request: HttpRequest, person: Person) -> HttpResponse:
    if request.method != "POST":
        return JsonResponse({"items": [told(item) for item in items_of(person)]})
    if not CHANGES.take(request):
        raise TooManyRequestsError
    try:
        item = put_aside(person, _said(request, NewItem))
    except ItemRefusedError as refused:
        return JsonResponse({"error": refused.code}, status=refused.status)
    return JsonResponse(told(item), status=201)


@require_http_methods(["PATCH", "DELETE"])
@for_person
def item(request: HttpRequest, person: Person, key: str) -> HttpResponse:
    found = get_object_or_404(LibraryItem, person=person, key=key)
    if request.method == "DELETE":
        found.delete()
        return HttpResponse(status=204)
    try:
        name = _said(request, NewName).name
    except ItemRefusedError as refused:
        return JsonResponse({"error": refused.code}, status=refused.status)
    found.name = clean_line(name, LIBRARY_NAME_LENGTH)
    found.save(update_fields=["name"])
    return JsonResponse({"key": found.key, "name": found.name})


def _said(request: HttpRequest, shape: type[T]) -> T:
    """The body as JSON of this shape; forms of other sites can't send that (S25)."""
    if request.content_type != "application/json":
        raise ItemRefusedError("content-type", 415)
    try:
        return msgspec.json.decode(request.body, type=shape)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise ItemRefusedError("body") from None
