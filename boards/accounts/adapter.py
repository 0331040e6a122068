"""What we have allauth do otherwise: addresses, sentences, and whether strangers may sign up."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailConfirmation
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from boards.limits import client_address

TOO_MANY = _("That was a lot of tries. Wait a few minutes, then try again.")


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {  # noqa: RUF012  # allauth's own is one
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is switched off."),
        "cannot_remove_primary_email": _("This is your main address. Choose another one first."),
        "duplicate_email": _("That address is yours already."),
        "email_password_mismatch": _("That name or password isn’t right."),
        "username_password_mismatch": _("That name or password isn’t right."),
        "email_taken": _("There is an account with this address already. Sign in with it."),
        "enter_current_password": _("That isn’t your password now."),
        "incorrect_password": _("That isn’t your password."),
        "invalid_password_reset": _("That link has been used, or is too old."),
        "max_email_addresses": _("You can have at most %d addresses."),
        "rate_limited": _("That was a lot of tries. Wait a few minutes, then try again."),
        "too_many_login_attempts": _(
            "That was a lot of tries. Wait a few minutes, then try again."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return bool(settings.ACCOUNTS_OPEN)

    def get_client_ip(self, request: HttpRequest) -> str:
        """As our own limits count: forwarded headers only behind proxies of ours (S14)."""
        return client_address(request)

    def is_ajax(self, request: HttpRequest) -> bool:
        """Our pages are forms; nobody is answered in allauth's JSON."""
        return False

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        # Without the host: else each of the site's names would give another five tries.
        return str(credentials.get("email") or credentials.get("username") or "").lower()

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account")

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        match = request.resolver_match
        # Who signs up goes on to draw, and would read it on some other page much later.
        if match is not None and match.url_name == "account_signup":
            return
        super().add_message(request, level, message_template, message_context, extra_tags, message)

    # -- links in mails come from a setting, not from what a request says its host is (S28) --------

    def get_email_confirmation_url(
        self, request: HttpRequest, emailconfirmation: EmailConfirmation
    ) -> str:
        path = reverse("account_confirm_email", args=[emailconfirmation.key])
        return absolute(request, path)

    def get_reset_password_from_key_url(self, key: str) -> str:
        # allauth joins both parts with a dash.
        user, _dash, token = key.partition("-")
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": user, "key": token})
        return absolute(self.request, path)


def absolute(request: HttpRequest, path: str) -> str:
    if settings.PUBLIC_ORIGINS:
        return f"{settings.PUBLIC_ORIGINS[0]}{path}"
    return request.build_absolute_uri(path)
