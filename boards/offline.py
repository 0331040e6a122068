"""What opens the app without a network: its service worker, its manifest, a page for no page."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final, TypeVar

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import ManifestFilesMixin, staticfiles_storage
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from .models import Person

R = TypeVar("R", bound=HttpResponseBase)

WORKER: Final = "site/service-worker.js"
PERSON_HEADER: Final = "X-Whiteboard-Person"
"""Whose page it is, 0 for nobody's: the worker keeps only pages that have it, and of one person."""
VERSION_HEADER: Final = "X-Whiteboard-Version"
"""Of which version of the static files the page is made."""

FIRST_FILES: Final = re.compile(r"(board|site)/[\w-]+\.(js|css|svg)$")
"""Sources of the bundles stand in folders below; fonts are kept when they are used."""
BUNDLED: Final = re.compile(r"-[0-9a-f]{8}\.js$")
"""Parts of the page that are fetched when they are used; other scripts name them just so."""
NOT_OFFLINE: Final = {
    *(WORKER, "site/admin.css", "site/accounts.css", "site/control-room.js", "site/invite.js"),
    "board/editor.js",
}
SIZES: Final = (192, 512)
LIGHT: Final = "#fbfbf9"
"""As --canvas in static/site/tokens.css."""


def keepable(response: R, person: Person | None) -> R:
    """Lets the visitor's own browser keep this page for when there is no network."""
    response.headers[PERSON_HEADER] = str(person.pk if person else 0)
    response.headers[VERSION_HEADER] = version()
    return response


@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """Below the app's own path, which is all that it may look after."""
    source = Path(str(finders.find(WORKER))).read_text(encoding="utf-8")
    home = reverse("home")
    site = {
        "home": home,
        "offline": reverse("offline"),
        "staticFiles": _static_url(),
        "words": f"{home}words/",
        "version": version(),
        "files": files(),
        "immutable": _is_immutable(),
    }
    text = f"globalThis.site = {json.dumps(site)};\n{source}"
    response = HttpResponse(text, content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Service-Worker-Allowed"] = home
    return response


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """What a browser needs to know to install the app."""
    home = reverse("home")
    response = JsonResponse(
        {
            "id": home,
            "name": _("Whiteboard"),
            "short_name": _("Whiteboard"),
            "description": _("Draw together, on one board."),
            "lang": get_language() or "en",
            "start_url": home,
            "scope": home,
            "display": "standalone",
            "background_color": LIGHT,
            "theme_color": LIGHT,
            "icons": [*(_icon(f"icon-{size}", size) for size in SIZES), _maskable()],
        },
        content_type="application/manifest+json",
    )
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _icon(name: str, size: int) -> dict[str, str]:
    return {"src": static(f"site/{name}.png"), "sizes": f"{size}x{size}", "type": "image/png"}


def _maskable() -> dict[str, str]:
    """Cut to any shape by the system: its drawing keeps to the middle."""
    return {**_icon("icon-maskable-512", SIZES[-1]), "purpose": "maskable"}


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """For addresses that were not kept; the same for everybody."""
    return render(request, "boards/offline.html")


@lru_cache
def files() -> list[str]:
    """Addresses of what pages are made of. None in development: sources change all the time."""
    if not _is_immutable():
        return []
    names = staticfiles_storage.hashed_files  # type: ignore[attr-defined]  # of manifests alone
    wanted = sorted(n for n in names if FIRST_FILES.match(n) and n not in NOT_OFFLINE)
    return [_static_url() + name if BUNDLED.search(name) else static(name) for name in wanted]


@lru_cache
def version() -> str:
    """Another one wherever a file is another one."""
    source: Any = finders.find(WORKER)
    text = json.dumps(files()).encode() + Path(source).read_bytes()
    return blake2b(text, digest_size=8).hexdigest()


def _static_url() -> str:
    return str(staticfiles_storage.base_url)  # type: ignore[attr-defined]  # the stub's is bare


def _is_immutable() -> bool:
    return isinstance(staticfiles_storage, ManifestFilesMixin)
