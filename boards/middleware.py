"""Headers that no other middleware sets, and what to say while the database is away (S24, F5)."""

from __future__ import annotations

import logging

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.deprecation import MiddlewareMixin

from .errors import database_away

log = logging.getLogger(__name__)

NOT_NEEDED = (
    "accelerometer",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "usb",
)
PERMISSIONS_POLICY = ", ".join(f"{feature}=()" for feature in NOT_NEEDED)

ADMIN_POLICY = {"require-trusted-types-for": None, "trusted-types": None}
"""Django's admin builds rows from text of its own templates; inline code is forbidden there too."""


class PageHeaders(MiddlewareMixin):
    """Stands inside django-csp, which reads `_csp_replace` from the response."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        # Pages and answers are somebody's own; what may be kept (static files) says so itself.
        response.headers.setdefault("Cache-Control", "no-store, private")
        if request.path_info.startswith("/admin/"):
            response._csp_replace = ADMIN_POLICY  # type: ignore[attr-defined]  # its interface
        return response


class DatabaseAway(MiddlewareMixin):
    """503 instead of 500: it is no mistake of ours, and passes (F5)."""

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponseBase | None:
        if not isinstance(exception, OperationalError | InterfaceError):
            return None
        log.warning("the database does not answer a page: %s", exception)
        return database_away(request)
