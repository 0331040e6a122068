"""The pages of a person's boards: the list, folders, copies, the trash, and deleting for good."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from boards.access import Action
from boards.deeds import Actor
from boards.deletion import delete_for_good
from boards.duplicates import duplicate
from boards.errors import too_many
from boards.limits import NEW_BOARDS
from boards.models import FOLDER_LENGTH, Folder, Person
from boards.offline import keepable
from boards.rights import trash_of
from boards.visitors import board_for, for_person, local_address

from . import folders
from .cards import cards, face, page_of, shown_title
from .finding import found_among
from .folders import FolderForm, TooManyFoldersError, folders_of
from .places import Place, Show, Sort, boards_in, place_in

ELEMENTS_PER_TOKEN = 2000
"""A large copy counts as several new boards."""
EMPTIED_MAX = 1000
"""Boards deleted by one press of the button."""


@require_safe
@for_person
def home(request: HttpRequest, person: Person) -> HttpResponse:
    mine = folders_of(person)
    place = place_in(request.GET.dict(), mine)
    boards, snippets = boards_in(place, person), None
    if place.words:
        boards, snippets = found_among(boards, place.words)
    page = page_of(boards, request.GET.get("page", ""))
    is_everything = place == Place(sort=place.sort)
    context = {
        "person": face(person),
        "person_id": person.pk,
        "cards": cards(page, person, snippets),
        "page": page,
        "place": place,
        "heading": _heading(place),
        "here": request.get_full_path(),
        "empty": is_everything and not page.paginator.count and not mine,
        **_places(place, mine),
    }
    return keepable(render(request, "boards/home.html", context), person)


def _places(place: Place, mine: list[Folder]) -> dict[str, Any]:
    """Where else one can go, each with its address and whether one is there."""
    somewhere = not place.words
    shows = [
        (
            name,
            place.shown(show).address(),
            somewhere and (show, None) == (place.show, place.folder),
        )
        for show, name in (
            (Show.ALL, gettext("All boards")),
            (Show.RECENT, gettext("Recent")),
            (Show.MINE, gettext("Mine")),
            (Show.SHARED, gettext("Shared with me")),
        )
    ]
    sorts = [
        (name, place.sorted_by(sort).address(), sort is place.sort)
        for sort, name in (
            (Sort.CHANGED, gettext("Last change")),
            (Sort.TITLE, gettext("Title")),
            (Sort.CREATED, gettext("Created")),
        )
    ]
    return {
        "shows": shows,
        "folders": [(one.name, place.inside(one).address(), one == place.folder) for one in mine],
        "sorts": sorts,
        "sort_name": next(name for name, _, is_here in sorts if is_here),
        "sortable": place.show is not Show.RECENT,
        "folder_length": FOLDER_LENGTH,
    }


def _heading(place: Place) -> str:
    if place.words:
        return gettext("Search")
    if place.folder is not None:
        return place.folder.name
    return {
        Show.ALL: gettext("Boards"),
        Show.RECENT: gettext("Recent"),
        Show.MINE: gettext("Mine"),
        Show.SHARED: gettext("Shared with me"),
    }[place.show]


def _back(request: HttpRequest, name: str = "home") -> str:
    """Where somebody was."""
    fields = request.POST if request.method == "POST" else request.GET
    return local_address(fields.get("next", ""), name)


# -- folders ---------------------------------------------------------------------------------------


@require_POST
@for_person
def new_folder(request: HttpRequest, person: Person) -> HttpResponse:
    """Leads into it; pressing twice makes one."""
    form = FolderForm(request.POST)
    if not form.is_valid():
        return redirect(_back(request))
    try:
        folder = folders.folder_called(person, form.cleaned_data["name"])
    except TooManyFoldersError:
        return too_many(request)
    return redirect(Place(folder=folder).address())


@require_POST
@for_person
def rename_folder(request: HttpRequest, person: Person, folder_id: int) -> HttpResponse:
    """A name that another one has changes nothing."""
    folder = get_object_or_404(Folder, pk=folder_id, person=person)
    form = FolderForm(request.POST)
    if form.is_valid():
        folders.rename(folder, form.cleaned_data["name"])
    return redirect(Place(folder=folder).address())


@require_POST
@for_person
def delete_folder(request: HttpRequest, person: Person, folder_id: int) -> HttpResponse:
    """The boards stay."""
    get_object_or_404(Folder, pk=folder_id, person=person).delete()
    return redirect("home")


@require_http_methods(["GET", "HEAD", "POST"])
@for_person
def move_board(request: HttpRequest, person: Person, board_id: uuid.UUID) -> HttpResponse:
    """Asks into which folder, and moves it there: `folder`, or a new one called `name`."""
    board, _ = board_for(request, person, board_id, Action.SEE)
    if request.method != "POST":
        mine = folders_of(person)
        visit = board.visits.filter(person=person).first()
        context = {
            "title": shown_title(board),
            "board": board,
            "folders": mine,
            "current": visit and visit.folder_id,
            "next": _back(request),
            "folder_length": FOLDER_LENGTH,
        }
        return render(request, "boards/move.html", context)
    try:
        folder = _chosen(request, person)
    except TooManyFoldersError:
        return too_many(request)
    folders.move(board, person, folder)
    return redirect(_back(request))


def _chosen(request: HttpRequest, person: Person) -> Folder | None:
    chosen = request.POST.get("folder", "")
    if chosen == "new":
        form = FolderForm(request.POST)
        if not form.is_valid():
            raise BadRequest("expected a name for the folder")
        return folders.folder_called(person, form.cleaned_data["name"])
    if chosen == "none":
        return None
    if not (chosen.isascii() and chosen.isdigit() and len(chosen) < 19):
        raise BadRequest("expected a folder")
    return get_object_or_404(Folder, pk=int(chosen), person=person)


# -- copies ----------------------------------------------------------------------------------------


@require_POST
@for_person
def duplicate_board(request: HttpRequest, person: Person, board_id: uuid.UUID) -> HttpResponse:
    """For whoever may see it: the copy is theirs."""
    board, _ = board_for(request, person, board_id, Action.SEE)
    for _ in range(1 + board.living // ELEMENTS_PER_TOKEN):
        if not NEW_BOARDS.take(request):
            return too_many(request)
    duplicate(board, person)
    return redirect(_back(request))


# -- the trash -------------------------------------------------------------------------------------


@require_safe
@for_person
def trash(request: HttpRequest, person: Person) -> HttpResponse:
    page = page_of(trash_of(person), request.GET.get("page", ""))
    context = {"person": face(person), "cards": cards(page, person), "page": page}
    return render(request, "boards/trash.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_person
def delete_board(request: HttpRequest, person: Person, board_id: uuid.UUID) -> HttpResponse:
    """Asks once more, and deletes it for good; only out of the trash."""
    board, _ = board_for(request, person, board_id, Action.TRASH)
    if board.trashed is None:
        return redirect("trash")
    if request.method == "POST":
        delete_for_good([board.pk], Actor(person))
        return redirect("trash")
    context = {
        "title": shown_title(board),
        "board": board,
        "elements": board.living,
        "action": reverse("delete-board", args=[board.pk]),
    }
    return render(request, "boards/delete.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_person
def empty_trash(request: HttpRequest, person: Person) -> HttpResponse:
    """Asks once more, and deletes all that is in it."""
    boards = trash_of(person)
    if request.method == "POST":
        delete_for_good(list(boards.values_list("pk", flat=True)[:EMPTIED_MAX]), Actor(person))
        return redirect("trash")
    count = boards.count()
    if not count:
        return redirect("trash")
    context = {"count": count, "action": reverse("empty-trash")}
    return render(request, "boards/delete.html", context)
