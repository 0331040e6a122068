"""What is sent to the addresses of sharing and order, checked in one place."""

from __future__ import annotations

from django import forms

from boards.invites import ROLES
from boards.models import LABEL_LENGTH, REASON_LENGTH, REPORT_LENGTH
from boards.names import clean_line
from boards.protocol import Audience, Role

DAY = 24 * 60 * 60
LASTS = {"hour": 60 * 60, "day": DAY, "week": 7 * DAY, "ever": None}
MINUTES_MAX = 366 * 24 * 60
USES_MAX = 100_000
PEOPLE_MAX = 500


def _minutes() -> forms.IntegerField:
    """Absent: until it is taken back."""
    return forms.IntegerField(required=False, min_value=1, max_value=MINUTES_MAX)


def seconds_of(minutes: int | None) -> int | None:
    return None if minutes is None else minutes * 60


class AudienceForm(forms.Form):
    """What whoever has the address may do."""

    audience = forms.ChoiceField(choices=[(one.value, one.value) for one in Audience])


class InviteForm(forms.Form):
    """A link to be made."""

    role = forms.ChoiceField(choices=[(role.value, role.value) for role in ROLES])
    lasts = forms.ChoiceField(choices=[(name, name) for name in LASTS])
    uses = forms.IntegerField(required=False, min_value=1, max_value=USES_MAX)
    label = forms.CharField(required=False, strip=False)

    def clean_label(self) -> str:
        return clean_line(self.cleaned_data["label"], LABEL_LENGTH)


class RoleForm(forms.Form):
    """What a member becomes."""

    role = forms.ChoiceField(choices=[(role.value, role.value) for role in Role])


class SwitchForm(forms.Form):
    """On or off; it must be said."""

    on = forms.TypedChoiceField(
        choices=[("true", "on"), ("false", "off")], coerce=lambda said: said == "true"
    )


class PeopleForm(forms.Form):
    """Numbers of people with commas between them."""

    people = forms.CharField(max_length=PEOPLE_MAX * 12)
    minutes = _minutes()

    def clean_people(self) -> list[int]:
        numbers = str(self.cleaned_data["people"]).split(",")
        if len(numbers) > PEOPLE_MAX or not all(_is_number(one) for one in numbers):
            raise forms.ValidationError("expected numbers of people with commas between them")
        return sorted({int(one) for one in numbers})


class SomeOrAllForm(PeopleForm):
    """Nobody named: everybody."""

    people = forms.CharField(max_length=PEOPLE_MAX * 12, required=False)

    def clean_people(self) -> list[int]:
        return super().clean_people() if self.cleaned_data["people"] else []


def _is_number(written: str) -> bool:
    return written.isascii() and written.isdecimal() and len(written) < 19


class WhileForm(forms.Form):
    """For some minutes, or until it is lifted."""

    minutes = _minutes()


class BanForm(WhileForm):
    """Keeps somebody out."""

    address = forms.BooleanField(required=False)
    reason = forms.CharField(required=False, strip=False)

    def clean_reason(self) -> str:
        return clean_line(self.cleaned_data["reason"], REASON_LENGTH)


class ReportForm(forms.Form):
    """What staff should look at."""

    text = forms.CharField(required=False, max_length=REPORT_LENGTH)
