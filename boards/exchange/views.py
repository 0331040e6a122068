"""`GET /boards/<uuid>/file` and `POST /boards/import`: a board out and in as one file."""

from __future__ import annotations

import tempfile
import uuid
from collections.abc import Iterable
from typing import IO

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from boards.access import Action
from boards.assets.refusals import FileRefusedError
from boards.deeds import Actor
from boards.errors import bad_request
from boards.limits import NEW_BOARDS
from boards.models import Board, Person
from boards.options import option
from boards.shelf.folders import start_in
from boards.uploads.bodies import PART_BYTES, body_parts
from boards.uploads.streaming import answer_with
from boards.uploads.views import told_refusal
from boards.visitors import board_for, for_person

from .making import Made, make_board
from .reading import NoBoardFileError, read
from .writing import file_name, parts

ELEMENTS_PER_TOKEN = 2000
"""A large one counts as several new boards, as a copy does."""
OF_FORMS = "multipart/form-data"


@require_safe
@for_person
def board_file(request: HttpRequest, person: Person, board_id: uuid.UUID) -> HttpResponseBase:
    board, _ = board_for(request, person, board_id, Action.SEE)
    return as_file(board)


def as_file(board: Board) -> HttpResponseBase:
    response = answer_with(parts(board), "application/json")
    disposition = content_disposition_header(True, file_name(board))  # as an attachment
    response.headers["Content-Disposition"] = disposition or "attachment"
    response.headers["Cache-Control"] = "no-store, private"
    return response


@require_POST
@for_person
def import_board(request: HttpRequest, person: Person) -> HttpResponse:
    """The file is the body (scripts), or `file` of a form, which leads to the board unless told."""
    is_form = request.content_type == OF_FORMS and not _wants_json(request)
    if request.content_type in {"text/plain", "application/x-www-form-urlencoded"}:
        return JsonResponse({"error": "content-type"}, status=415)
    try:
        made = imported(request, person)
    except FileRefusedError as refused:
        return bad_request(request) if is_form else told_refusal(refused)
    except NoBoardFileError as error:
        if is_form:
            return bad_request(request)
        told = {"error": error.code, "detail": error.sentence, "why": error.why}
        return JsonResponse(told, status=error.status)
    address = reverse("board", args=[made.board.pk])
    if is_form:
        return redirect(address)
    made_of_it = {
        "board": str(made.board.pk),
        "address": address,
        "elements": made.elements,
        "missing": made.missing,
    }
    return JsonResponse(made_of_it, status=201)


def _wants_json(request: HttpRequest) -> bool:
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def imported(request: HttpRequest, person: Person) -> Made:
    """Raises NoBoardFileError and FileRefusedError."""
    if not NEW_BOARDS.take(request):
        raise FileRefusedError("too_fast")
    with tempfile.TemporaryFile() as file:
        _write(_given(request), file)
        found = read(file)
        for _ in range(len(found.elements) // ELEMENTS_PER_TOKEN):
            if not NEW_BOARDS.take(request):
                raise FileRefusedError("too_fast")
        made = make_board(found, person, Actor(person))
    if request.content_type == OF_FORMS:
        start_in(made.board, person, request.POST.get("folder", ""))
    return made


def _given(request: HttpRequest) -> Iterable[bytes]:
    if request.content_type != OF_FORMS:
        return body_parts(request, option("IMPORT_BYTES_MAX"))
    file = request.FILES.get("file")
    if file is None:
        raise NoBoardFileError("no_board")
    return file.chunks(PART_BYTES)


def _write(given: Iterable[bytes], file: IO[bytes]) -> None:
    left: int = option("IMPORT_BYTES_MAX")
    for part in given:
        left -= len(part)
        if left < 0:
            raise NoBoardFileError("too_big")
        file.write(part)
    file.flush()
