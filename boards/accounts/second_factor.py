"""The codes of an authenticator app: allauth's forms in our look."""

from __future__ import annotations

from typing import Any

from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django.utils.translation import gettext_lazy as _

from .forms import OurLook


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
