"""The page, the frame whose origin is nobody's, and what the server saw."""

from __future__ import annotations

import json
from base64 import b64encode
from functools import lru_cache
from hashlib import sha256
from typing import Any, Final

from csp.decorators import csp_exempt, csp_update
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from boards.embedding import STATIC
from boards.options import option

from .proxies import OWN, for_the_page
from .seen import arrived_plain, remember_plain, seen
from .words import words_of

HOLD_SECONDS: Final = 25
"""The longest that a poll is held, and as long as a socket is left in silence."""
ORIGIN_LENGTH: Final = 300
FRAME: Final = """\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>echo</title>
<script>{script}</script>
</html>
"""
"""No template: those hold no scripts, and this one may, by its digest in the policy."""
FRAME_POLICY: Final = (
    "default-src 'none'; base-uri 'none'; form-action 'none'; sandbox allow-scripts; "
    "frame-ancestors 'self'; connect-src ws: wss:; script-src 'sha256-{script}'"
)
"""The one page of ours that may be framed, and by us alone. It has no origin, hence no cookies,
no storage and no way to read anything of this site; all it may do is try one handshake."""


@require_safe
@csp_update({"frame-src": ["'self'"]})
def page(request: HttpRequest) -> HttpResponse:
    """For anybody, signed in or not: who can't reach a board can still get here."""
    language = get_language() or "en"
    config = {
        "socket": "/ws/echo/",
        "link": "/live/echo/",
        "seen": reverse("connection-seen"),
        "frame": reverse("connection-frame"),
        "echo": bool(option("ECHO")),
        "hold": HOLD_SECONDS,
        "laps": True,
        "proxies": for_the_page(),
        "own": OWN,
        "language": language,
    }
    context = {"config": config, "catalogue": words_of(language)}
    return render(request, "boards/connection.html", context)


@require_safe
def what_was_seen(request: HttpRequest) -> HttpResponse:
    """Of this request; with `try`, of a handshake that arrived without its `Upgrade` too."""
    origin = request.GET.get("origin", "")[:ORIGIN_LENGTH]
    found: dict[str, Any] = seen(request, origin)
    return JsonResponse(found | {"plain": arrived_plain(request.GET.get("try", ""))})


@require_safe
@xframe_options_sameorigin
@csp_exempt()
def frame(request: HttpRequest) -> HttpResponse:
    """A page without an origin, which tries to open a socket and tells how that went."""
    script = _frame_script()
    response = HttpResponse(FRAME.format(script=script))
    digest = b64encode(sha256(script.encode()).digest()).decode()
    response.headers["Content-Security-Policy"] = FRAME_POLICY.format(script=digest)
    return response


@lru_cache
def _frame_script() -> str:
    """Within the page, and allowed by its digest: a page without an origin may load no file of ours
    (their Cross-Origin-Resource-Policy).
    """
    return (STATIC / "site" / "connection" / "frame.js").read_text(encoding="utf-8")


@require_safe
def without_upgrade(request: HttpRequest) -> HttpResponse:
    """The socket's address asked for by an ordinary request: something took the `Upgrade` away."""
    remember_plain(request)
    text = json.dumps({"error": "upgrade"})
    response = HttpResponse(text, content_type="application/json", status=426)
    response.headers["Upgrade"] = "websocket"
    return response
