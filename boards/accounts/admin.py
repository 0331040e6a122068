"""The admin's sign-in is everybody's: slowed down, and with the second factor (S27)."""

from __future__ import annotations

from allauth.account.decorators import secure_admin_login
from django.contrib.admin import AdminSite


def sign_in_like_everybody(site: AdminSite) -> None:
    site.login = secure_admin_login(site.login)  # type: ignore[method-assign]  # as allauth means it
