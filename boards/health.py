"""Signs of life for whoever watches the process: alive, and able to work."""

from __future__ import annotations

import logging
import secrets

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.db import Error as DatabaseError
from django.db import connection
from django.http import HttpRequest, HttpResponse

log = logging.getLogger(__name__)


def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


def readyz(request: HttpRequest) -> HttpResponse:
    """Database and layer answer too; says which one doesn't, but not why (S31)."""
    failing = [name for name, works in (("database", _database), ("layer", _layer)) if not works()]
    if failing:
        text = f"not ready: {', '.join(failing)}\n"
        return HttpResponse(text, content_type="text/plain", status=503)
    return HttpResponse("ok\n", content_type="text/plain")


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM boards_board LIMIT 1")
    except DatabaseError as error:
        log.warning("the database is not ready: %s", type(error).__name__)
        return False
    return True


def _layer() -> bool:
    layer = get_channel_layer()
    if layer is None:
        return False
    try:
        # To nobody: a layer that is away raises here.
        message = {"type": "ready.question"}
        async_to_sync(layer.group_send)(f"ready.{secrets.token_hex(8)}", message)
    except Exception as error:
        # Each layer's client has errors of its own: redis-py's are no OSError.
        log.warning("the layer is not ready: %s", type(error).__name__)
        return False
    return True
