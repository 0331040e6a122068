"""What is typed on the page of access tokens."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from boards.access import Scope
from boards.models import TOKEN_NAME_LENGTH
from boards.names import clean_line

DAY = 24 * 60 * 60
LASTS = {"week": 7 * DAY, "month": 30 * DAY, "year": 365 * DAY, "ever": None}
LASTS_NAMES = [
    ("week", _("A week")),
    ("month", _("30 days")),
    ("year", _("A year")),
    ("ever", _("Until it is revoked")),
]
SCOPE_NAMES = [
    (Scope.DRAW.value, _("Draw, comment and point")),
    (Scope.MANAGE.value, _("Make, rename and trash boards; members and links")),
]


class TokenForm(forms.Form):
    """A token to be made. Every one may read, so that isn't asked."""

    name = forms.CharField(
        strip=False,
        label=_("What is it for?"),
        error_messages={"required": _("Please give it a name.")},
        widget=forms.TextInput(
            attrs={"class": "field", "maxlength": TOKEN_NAME_LENGTH, "autocomplete": "off"}
        ),
    )
    scopes = forms.MultipleChoiceField(
        required=False,
        label=_("What may it do?"),
        choices=SCOPE_NAMES,
        widget=forms.CheckboxSelectMultiple,
    )
    lasts = forms.ChoiceField(
        label=_("How long is it good?"),
        choices=LASTS_NAMES,
        initial="month",
        widget=forms.Select(attrs={"class": "field"}),
    )

    def clean_name(self) -> str:
        name = clean_line(self.cleaned_data["name"], TOKEN_NAME_LENGTH)
        if not name:
            raise forms.ValidationError(_("Please give it a name."))
        return name
