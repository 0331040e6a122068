"""The codes of an authenticator app: allauth's forms in our look."""

from __future__ import annotations

from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django.utils.translation import gettext_lazy as _

from .forms import OurLook


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = {  # noqa: RUF012  # allauth's own is one
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("That code isn’t right. Codes change every half minute."),
    }


class Codes(OurLook):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.call(code=_("Code"))
        # Recovery codes are typed here too, so it isn't a box for six digits.
        self.fields["code"].widget.attrs.update(autofocus=True, inputmode="numeric")


class CodeForm(Codes, AuthenticateForm):
    pass


class CodeAgainForm(Codes, ReauthenticateForm):
    pass


class FirstCodeForm(Codes, ActivateTOTPForm):
    pass
