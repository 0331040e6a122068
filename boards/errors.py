"""The pages for what went wrong: they say what to do and tell nothing else (S31)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

RETRY_AFTER_SECONDS = 2
"""A database that is restarted is back in seconds."""


def _page(request: HttpRequest, status: int, template: str = "") -> HttpResponse:
    # An error may come before the language was chosen, or after it was forgotten.
    with translation.override(translation.get_language_from_request(request)):
        return render(request, template or f"{status}.html", status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _page(request, 403, "403_csrf.html")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, 404)


def too_many(request: HttpRequest) -> HttpResponse:
    return _page(request, 429)


def database_away(request: HttpRequest) -> HttpResponse:
    """For people a page; programs, and pages that read a document, come again by themselves."""
    response = _page(request, 503)
    response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    return _page(request, 500)
