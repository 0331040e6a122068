"""The pages: nickname, the board itself, and what is done to it as a whole."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from . import announce
from .access import Action, Standing
from .appearance import theme_of
from .catalogue import catalogue_in_parts
from .errors import too_many
from .forms import NicknameForm, PaperForm, TitleForm
from .limits import NEW_BOARDS, NEW_PEOPLE
from .models import Board, Person, Visit
from .offline import keepable
from .options import option
from .people import become_guest, person_of_request
from .shelf import shown_title
from .shelf.folders import start_in
from .store import paper_of
from .visitors import board_for, for_person, local_address, nickname_page

FORM_TYPES = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})


@require_http_methods(["GET", "HEAD", "POST"])
def nickname(request: HttpRequest) -> HttpResponse:
    """Takes a nickname: of a new guest, or another one for somebody known."""
    person = person_of_request(request)
    fields = request.POST if request.method == "POST" else request.GET
    next_url = local_address(fields.get("next", ""))
    if request.method != "POST":
        return nickname_page(request, NicknameForm(), next_url, person)
    form = NicknameForm(request.POST)
    if not form.is_valid():
        if _wants_json(request):
            return JsonResponse({"error": form.errors["name"][0]}, status=400)
        return nickname_page(request, form, next_url, person)
    name = form.cleaned_data["name"]
    if person is None:
        if not NEW_PEOPLE.take(request):
            return too_many(request)
        person = become_guest(request, name)
    elif person.name != name:
        Person.objects.filter(pk=person.pk).update(name=name)
        announce.announce_person(person.pk)
    if _wants_json(request):
        return JsonResponse({"name": name})
    return HttpResponseRedirect(next_url)


@require_http_methods(["GET", "HEAD", "POST"])
@for_person
def new_board(request: HttpRequest, person: Person) -> HttpResponse:
    if request.method != "POST":
        # Somebody shortened a board's address: the list is what they are after.
        return redirect("home")
    if not NEW_BOARDS.take(request):
        return too_many(request)
    audience = option("MEMBER_BOARD_AUDIENCE" if person.user_id else "GUEST_BOARD_AUDIENCE")
    board = Board.objects.create(owner=person, audience=audience)
    start_in(board, person, request.POST.get("folder", ""))
    return redirect("board", board_id=board.pk)


@require_safe
@for_person
def board(request: HttpRequest, person: Person, board_id: uuid.UUID) -> HttpResponse:
    found, standing = board_for(request, person, board_id, Action.SEE)
    if found.trashed is not None:
        # Only its owner gets here: there it can be taken back.
        return redirect("trash")
    Visit.objects.update_or_create(board=found, person=person)
    language = get_language() or "en"
    context = {
        "title": shown_title(found),
        "config": _board_config(request, found, person, standing),
        "catalogue": catalogue_in_parts(language).first,
        "document_url": reverse("document", args=[found.pk]),
    }
    return keepable(render(request, "boards/board.html", context), person)


def _board_config(
    request: HttpRequest, found: Board, person: Person, standing: Standing
) -> dict[str, Any]:
    """What static/board/main.js needs to know before it talks to anybody."""
    assets = reverse("assets", args=[found.pk])
    return {
        "board": str(found.pk),
        "title": found.title,
        "person": {"id": person.pk, "name": person.name, "color": person.color},
        "role": standing.role.value,
        "may": sorted(standing.allowed),
        "socket": f"/ws/boards/{found.pk}/",
        "document": reverse("document", args=[found.pk]),
        "comments": reverse("comments", args=[found.pk]),
        # The worker fetches pictures itself, and knows nothing but its own address.
        "worker": f"{static('board/worker.js')}#{assets}",
        "pdfWorker": static("npm/pdfjs-worker.js"),
        "assets": assets,
        "language": get_language() or "en",
        "theme": theme_of(request),
        "rename": reverse("title", args=[found.pk]),
        "paper": paper_of(found).value,
        "setPaper": reverse("paper", args=[found.pk]),
        "trash": reverse("trash-board", args=[found.pk]),
        "sharing": reverse("sharing", args=[found.pk]),
        "report": reverse("report", args=[found.pk]),
        "home": reverse("home"),
        "library": reverse("library"),
        "connection": reverse("connection"),
        "nickname": reverse("nickname"),
        "setLanguage": reverse("set_language"),
        "csrf": get_token(request),
        "offline": reverse("service-worker"),
        "words": _words_address(get_language() or "en"),
    }


def _words_address(language: str) -> str:
    digest = catalogue_in_parts(language).digest
    return reverse("words", args=[language, digest]) if digest else ""


@require_safe
def words(request: HttpRequest, language: str, digest: str) -> HttpResponse:
    """The translated words that a board's first view can do without; the same for everybody."""
    if language not in dict(settings.LANGUAGES):
        raise Http404
    found = catalogue_in_parts(language)
    if not found.digest or digest != found.digest:
        # Of another version, in the middle of a deploy: the page goes on in English.
        raise Http404
    response = JsonResponse(found.rest)
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


@require_POST
@for_person
def title(request: HttpRequest, person: Person, board_id: uuid.UUID) -> HttpResponse:
    """Renames in place; answers JSON to scripts, else leads back to the list."""
    found, _ = board_for(request, person, board_id, Action.RENAME)
    fields = _fields(request)
    if fields is None:
        return JsonResponse({"error": "content-type"}, status=415)
    form = TitleForm(fields)
    if "title" not in fields or not form.is_valid():
        return JsonResponse({"error": "title"}, status=400)
    # Only this column: the writer moves the board's clock at the same time.
    Board.objects.filter(pk=found.pk).update(title=form.cleaned_data["title"])
    announce.announce_board(found.pk)
    if _wants_json(request):
        found.title = form.cleaned_data["title"]
        return JsonResponse({"title": found.title, "shown": shown_title(found)})
    return redirect(_back(request))


@require_POST
@for_person
def paper(request: HttpRequest, person: Person, board_id: uuid.UUID) -> HttpResponse:
    """Prints the board with something else, for everybody on it."""
    found, _ = board_for(request, person, board_id, Action.SET_PAPER)
    fields = _fields(request)
    if fields is None:
        return JsonResponse({"error": "content-type"}, status=415)
    form = PaperForm(fields)
    if not form.is_valid():
        return JsonResponse({"error": "paper"}, status=400)
    # Only this column, as above.
    Board.objects.filter(pk=found.pk).update(paper=form.cleaned_data["paper"])
    announce.announce_board(found.pk)
    return JsonResponse({"paper": form.cleaned_data["paper"]})


@require_POST
@for_person
def trash_board(request: HttpRequest, person: Person, board_id: uuid.UUID) -> HttpResponse:
    found, _ = board_for(request, person, board_id, Action.TRASH)
    Board.objects.filter(pk=found.pk, trashed=None).update(trashed=timezone.now())
    announce.announce_board(found.pk)
    return JsonResponse({}) if _wants_json(request) else redirect(_back(request))


@require_POST
@for_person
def undelete_board(request: HttpRequest, person: Person, board_id: uuid.UUID) -> HttpResponse:
    found, _ = board_for(request, person, board_id, Action.TRASH)
    Board.objects.filter(pk=found.pk).update(trashed=None)
    announce.announce_board(found.pk)
    return JsonResponse({}) if _wants_json(request) else redirect(_back(request))


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Asked for by browsers on pages that name no icon, such as the admin's."""
    return redirect(static("site/favicon.svg"))


def _back(request: HttpRequest) -> str:
    """Where on the list somebody was."""
    return local_address(request.POST.get("next", ""))


def _wants_json(request: HttpRequest) -> bool:
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def _fields(request: HttpRequest) -> Mapping[str, str] | None:
    """The text fields of a form or a JSON object; None for any other type of body (S25)."""
    if request.content_type in FORM_TYPES:
        return request.POST.dict()
    if request.content_type != "application/json":
        return None
    try:
        fields = json.loads(request.body)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(fields, dict):
        return {}
    return {name: value for name, value in fields.items() if isinstance(value, str)}
