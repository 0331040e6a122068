"""Signing in by an account elsewhere; loaded only where SOCIAL_PROVIDERS names some."""

from __future__ import annotations

from typing import Any

from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.forms import SignupForm
from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from .forms import NameField, OurLook


class SocialAdapter(DefaultSocialAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return bool(settings.ACCOUNTS_OPEN)

    def populate_user(
        self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]
    ) -> AbstractUser:
        """Their whole name is what they are called here."""
        user: AbstractUser = super().populate_user(request, sociallogin, data)
        whole = data.get("name") or " ".join(filter(None, (user.first_name, user.last_name)))
        user.first_name, user.last_name = str(whole)[:150], ""
        return user


class SocialSignUpForm(OurLook, SignupForm):
    """Asked where the provider tells no address, or one that is taken."""

    name = NameField()
    field_order = ("name", "email")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.call(email=_("E-mail"))
        self.fields["name"].initial = self.sociallogin.user.first_name

    def signup(self, request: HttpRequest, user: AbstractUser) -> None:
        user.first_name = self.cleaned_data["name"]
        user.save(update_fields=["first_name"])
