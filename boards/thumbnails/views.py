"""`GET /boards/<uuid>/thumbnail`: a board as a small picture, for those who may see it."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from django.views.decorators.http import require_safe

from boards.access import Action
from boards.errors import too_many
from boards.people import person_of_request
from boards.sight import sight_of
from boards.visitors import TooManyRequestsError, board_for

from .keeper import picture_for, picture_of
from .palette import Theme


@require_safe
def thumbnail(request: HttpRequest, board_id: uuid.UUID) -> HttpResponse:
    person = person_of_request(request)
    if person is None:
        # A picture can't ask for a nickname.
        raise Http404
    try:
        board, standing = board_for(request, person, board_id, Action.SEE)
    except TooManyRequestsError:
        return too_many(request)
    theme: Theme = "dark" if request.GET.get("theme") == "dark" else "light"
    sight = sight_of(standing, person.pk, board.owner_id)
    if sight is not None:
        return HttpResponse(picture_for(sight, board, theme).png, content_type="image/png")
    picture = picture_of(board, theme)
    known = parse_etags(request.headers.get("If-None-Match", ""))
    if picture.etag in known or f"W/{picture.etag}" in known:
        response = HttpResponse(status=304)
    else:
        response = HttpResponse(picture.png, content_type="image/png")
    response.headers["ETag"] = picture.etag
    # Kept by the browser, but asked for each time: rights may have changed since.
    response.headers["Cache-Control"] = "private, no-cache"
    patch_vary_headers(response, ("Cookie",))
    return response
