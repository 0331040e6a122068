"""What people type on the pages, checked and cleaned in one place."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import NAME_LENGTH, TITLE_LENGTH
from .names import clean_line
from .protocol import Paper


class NicknameForm(forms.Form):
    """The one text box that a visitor without a name meets."""

    # Cut and cleaned by clean_line, so that a pasted long name still works.
    name = forms.CharField(strip=False, error_messages={"required": _("Please type a nickname.")})

    def clean_name(self) -> str:
        name = clean_line(self.cleaned_data["name"], NAME_LENGTH)
        if not name:
            raise forms.ValidationError(_("Please type a nickname."))
        return name


class PaperForm(forms.Form):
    """What a board is printed with."""

    paper = forms.ChoiceField(choices=[(paper.value, paper.name) for paper in Paper])


class TitleForm(forms.Form):
    """A board's title; an empty one makes it untitled again."""

    title = forms.CharField(required=False, strip=False)

    def clean_title(self) -> str:
        return clean_line(self.cleaned_data["title"], TITLE_LENGTH)
