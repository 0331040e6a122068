"""A person's folders: their own arrangement, which nobody else sees."""

from __future__ import annotations

from django import forms
from django.db import IntegrityError, transaction
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from boards.models import FOLDER_LENGTH, Board, Folder, Person, Visit
from boards.names import clean_line
from boards.options import option


class FolderForm(forms.Form):
    """What a folder is called."""

    name = forms.CharField(
        strip=False, error_messages={"required": _("Please type a name for the folder.")}
    )

    def clean_name(self) -> str:
        name = clean_line(self.cleaned_data["name"], FOLDER_LENGTH)
        if not name:
            raise forms.ValidationError(_("Please type a name for the folder."))
        return name


class TooManyFoldersError(Exception):
    """Somebody has as many folders as they may."""


def folders_of(person: Person) -> list[Folder]:
    return list(Folder.objects.filter(person=person).order_by(Lower("name")))


def folder_called(person: Person, name: str) -> Folder:
    """The one of this name, or a new one."""
    found = Folder.objects.filter(person=person, name=name).first()
    if found is not None:
        return found
    if Folder.objects.filter(person=person).count() >= option("FOLDERS_MAX"):
        raise TooManyFoldersError
    return Folder.objects.get_or_create(person=person, name=name)[0]


def rename(folder: Folder, name: str) -> bool:
    """False where another one is called so."""
    try:
        with transaction.atomic():
            Folder.objects.filter(pk=folder.pk).update(name=name)
    except IntegrityError:
        return False
    return True


def move(board: Board, person: Person, folder: Folder | None) -> None:
    """Into a folder, or out of the one it is in."""
    moved = Visit.objects.filter(board=board, person=person).update(folder=folder)
    if not moved and folder is not None:
        # A member who has not been on it yet.
        Visit.objects.get_or_create(board=board, person=person, defaults={"folder": folder})


def start_in(board: Board, person: Person, folder: str) -> None:
    """A new board goes where it was made; what is no folder of theirs is none at all."""
    if folder.isascii() and folder.isdigit() and len(folder) < 19:
        move(board, person, Folder.objects.filter(pk=int(folder), person=person).first())
