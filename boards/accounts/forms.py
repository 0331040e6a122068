"""What people type about their accounts: allauth's forms in our look, and the profile."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as theirs
from allauth.account.adapter import get_adapter
from allauth.core import context
from django import forms
from django.contrib.auth.models import AbstractUser
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from boards.models import CURSOR_COLORS, NAME_LENGTH, Person
from boards.names import clean_line
from boards.people import person_of_request

PASSWORD_HINT = _("At least 8 characters; not only digits, and nothing that many people use.")
COLOR_NAMES = {
    "red": _("Red"),
    "orange": _("Orange"),
    "green": _("Green"),
    "teal": _("Teal"),
    "blue": _("Blue"),
    "violet": _("Violet"),
    "pink": _("Pink"),
    "brown": _("Brown"),
}


class OurLook(forms.BaseForm):
    """Labels above the boxes, no grey words in them, and the sites' own class."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
            if not isinstance(field.widget, forms.CheckboxInput | forms.RadioSelect):
                field.widget.attrs["class"] = "field"

    def call(self, **labels: Any) -> None:
        for name, label in labels.items():
            if name in self.fields:
                self.fields[name].label = label

    def hint(self, name: str, *hints: Any) -> None:
        self.fields[name].help_text = " ".join(str(hint) for hint in hints)


class NameField(forms.CharField):
    """The name that people see beside the cursor."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Name"),
            strip=False,
            error_messages={"required": _("Please type a name.")},
            widget=forms.TextInput({"maxlength": NAME_LENGTH, "autocomplete": "nickname"}),
        )

    def clean(self, value: Any) -> str:
        name = clean_line(super().clean(value), NAME_LENGTH)
        if not name:
            raise forms.ValidationError(self.error_messages["required"])
        return name


class SignInForm(OurLook, theirs.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.call(
            login=_("Username or e-mail"), password=_("Password"), remember=_("Stay signed in")
        )
        self.hint("password")
        self.fields["login"].widget.attrs.update(autocomplete="username", autofocus=True)
        self.fields["remember"].initial = True


class SignUpForm(OurLook, theirs.SignupForm):
    """Name, e-mail and password; a guest's nickname is there already."""

    name = NameField()
    field_order = ("name", "email", "password1")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.call(email=_("E-mail"), password1=_("Password"))
        guest = person_of_request(context.request)
        self.fields["name"].initial = "" if guest is None else guest.name
        self.hint("password1", PASSWORD_HINT)

    def signup(self, request: HttpRequest, user: AbstractUser) -> None:
        """Their person is found or made at sign-in, and takes the name from here."""
        user.first_name = self.cleaned_data["name"]
        user.save(update_fields=["first_name"])


class AddAddressForm(OurLook, theirs.AddEmailForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.call(email=_("Another address"))


class NewPasswords(OurLook):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.call(
            oldpassword=_("Password now"),
            password1=_("New password"),
            password2=_("New password once more"),
        )
        self.hint("password1", PASSWORD_HINT)
        if "oldpassword" in self.fields:
            self.hint("oldpassword")


class ChangePasswordForm(NewPasswords, theirs.ChangePasswordForm):
    pass


class SetPasswordForm(NewPasswords, theirs.SetPasswordForm):
    pass


class NewPasswordForm(NewPasswords, theirs.ResetPasswordKeyForm):
    pass


class ForgotPasswordForm(OurLook, theirs.ResetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.call(email=_("E-mail"))


class ConfirmForm(OurLook, theirs.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.call(password=_("Password"))
        self.hint("password")


class ReallyForm(OurLook, forms.Form):
    """Before what can't be taken back: the password, or where there is none the name, typed."""

    def __init__(self, person: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        with_password = person.user is not None and person.user.has_usable_password()
        del self.fields["typed" if with_password else "password"]
        if not with_password:
            text = _("Type your name, %(name)s, to confirm")
            self.fields["typed"].label = text % {"name": person.name}

    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )
    typed = forms.CharField(widget=forms.TextInput({"autocomplete": "off"}))

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        adapter = get_adapter()
        # Slowed like signing in.
        if not adapter.reauthenticate(self.person.user, password):
            raise adapter.validation_error("incorrect_password")
        return password

    def clean_typed(self) -> str:
        typed = clean_line(self.cleaned_data["typed"], NAME_LENGTH)
        if typed != self.person.name:
            raise forms.ValidationError(_("That isn’t your name here."))
        return typed


class FarewellForm(ReallyForm):
    ink = forms.BooleanField(
        label=_("Also erase what I drew on boards of others"), required=False, initial=True
    )
    field_order = ("ink", "password", "typed")


class ProfileForm(OurLook, forms.Form):
    """What others see of a person."""

    name = NameField()
    color = forms.ChoiceField(
        label=_("Cursor colour"),
        choices=[(color, COLOR_NAMES[color]) for color in CURSOR_COLORS],
        widget=forms.RadioSelect,
    )

    @classmethod
    def of(cls, person: Person, data: Any = None) -> ProfileForm:
        return cls(data, initial={"name": person.name, "color": person.color})
