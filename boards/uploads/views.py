"""`/boards/<uuid>/assets`: brought by whoever may draw, seen by whoever may see the board."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any, Final, ParamSpec

import msgspec
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_POST, require_safe

from boards.access import Action
from boards.assets.copying import copy_assets
from boards.assets.documents import MEDIA as PDF
from boards.assets.keeping import asset_of, keep, received, variant_of
from boards.assets.refusals import RETRY_SECONDS, FileRefusedError
from boards.assets.rewriting import SIDES, VARIANT_MEDIA
from boards.assets.storage import parts_of
from boards.errors import too_many
from boards.limits import Bucket
from boards.models import ASSET_KEY_LENGTH, Asset, Board, Person
from boards.options import option
from boards.people import person_of_request
from boards.visitors import TooManyRequestsError, board_for, for_person

from .bodies import body_parts, is_of_a_form
from .streaming import answer_with

P = ParamSpec("P")
ASSETS = Bucket("ASSETS")
COPIED_MAX: Final = 1000
"""As many as a transaction has changes."""
POLICY: Final = "default-src 'none'; sandbox; frame-ancestors 'none'"
FOREVER: Final = "private, max-age=31536000, immutable"
"""Under an id there is never anything else."""


def refusable(view: Callable[P, HttpResponseBase]) -> Callable[P, HttpResponseBase]:
    """Answers what was refused with its code and a sentence."""

    @wraps(view)
    def answered(*args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        try:
            return view(*args, **kwargs)
        except FileRefusedError as refused:
            return told_refusal(refused)

    return answered


def told_refusal(refused: FileRefusedError) -> HttpResponse:
    told = {"error": refused.code, "detail": refused.detail}
    response = JsonResponse(told, status=refused.status)
    if refused.status == 429:
        response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


@require_POST
@for_person
@refusable
def upload(request: HttpRequest, person: Person, board_id: uuid.UUID) -> HttpResponse:
    board, _ = board_for(request, person, board_id, Action.DRAW)
    if is_of_a_form(request):
        return JsonResponse({"error": "content-type"}, status=415)
    return JsonResponse(told(taken(request, board, person)), status=201)


def taken(request: HttpRequest, board: Board, person: Person) -> Asset:
    """The request's body on the board; raises FileRefusedError."""
    if not ASSETS.take_of(str(person.pk)):
        raise FileRefusedError("too_fast")
    incoming = received(body_parts(request, option("ASSET_BYTES_MAX")))
    with incoming.file:
        return keep(board, person.pk, incoming)


def told(asset: Asset) -> dict[str, Any]:
    blob = asset.blob
    return {
        "asset": asset.key,
        "media": blob.media,
        "width": blob.width,
        "height": blob.height,
        "bytes": blob.size,
        "pages": blob.pages,
    }


@require_safe
def asset(request: HttpRequest, board_id: uuid.UUID, key: str) -> HttpResponseBase:
    person = person_of_request(request)
    if person is None:
        # A picture can't ask for a nickname.
        raise Http404
    try:
        board, _ = board_for(request, person, board_id, Action.SEE)
    except TooManyRequestsError:
        return too_many(request)
    return shown(board, key, request.GET.get("side", ""))


def shown(board: Board, key: str, side: str) -> HttpResponseBase:
    """The picture, or a smaller one; raises Http404 where it isn't there."""
    found = asset_of(board.pk, key)
    if found is None:
        raise Http404
    blob = found.blob
    try:
        smaller = variant_of(blob, int(side)) if side in map(str, SIDES) else None
        whole = parts_of(blob.stored) if smaller is None else smaller
    except FileNotFoundError:
        raise Http404 from None
    except FileRefusedError as refused:
        return told_refusal(refused)
    response = answer_with(whole, blob.media if smaller is None else VARIANT_MEDIA)
    if smaller is None and response.streaming:
        response.headers["Content-Length"] = str(blob.size)
    response.headers["Cache-Control"] = FOREVER
    # Were it ever opened by itself: nothing in it runs, and no document of it is shown (S9, S10).
    response.headers["Content-Security-Policy"] = POLICY
    kind = "attachment" if blob.media == PDF else "inline"
    ending = (VARIANT_MEDIA if smaller is not None else blob.media).rpartition("/")[2]
    response.headers["Content-Disposition"] = f'{kind}; filename="{found.key}.{ending}"'
    return response


class From(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where elements were copied, and what they show."""

    board: uuid.UUID
    assets: Annotated[
        list[Annotated[str, msgspec.Meta(max_length=ASSET_KEY_LENGTH)]],
        msgspec.Meta(max_length=COPIED_MAX),
    ]


@require_POST
@for_person
@refusable
def take_from(request: HttpRequest, person: Person, board_id: uuid.UUID) -> HttpResponse:
    board, _ = board_for(request, person, board_id, Action.DRAW)
    if request.content_type != "application/json":
        return JsonResponse({"error": "content-type"}, status=415)
    try:
        said = msgspec.json.decode(request.body, type=From)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return JsonResponse({"error": "body"}, status=400)
    source, _ = board_for(request, person, said.board, Action.SEE)
    if not ASSETS.take_of(str(person.pk)):
        raise FileRefusedError("too_fast")
    return JsonResponse({"taken": copy_assets(source.pk, board.pk, person.pk, set(said.assets))})
