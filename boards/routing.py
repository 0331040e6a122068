"""Socket addresses of the app and what stands before its consumer."""

from __future__ import annotations

from typing import Any, cast

from channels.routing import URLRouter
from django.urls import path, re_path

from .consumers import BoardConsumer
from .echo import EchoConsumer
from .origins import OwnOriginOnly


async def nothing_here(scope: Any, receive: Any, send: Any) -> None:
    """Refuses a handshake to no address of ours; without it the router raises (S17)."""
    await receive()
    await send({"type": "websocket.close", "code": 1008})


websocket_urlpatterns = [
    path("ws/boards/<uuid:board>/", BoardConsumer.as_asgi()),
    path("ws/echo/", EchoConsumer.as_asgi()),
]

websocket_application = OwnOriginOnly(
    URLRouter([*websocket_urlpatterns, re_path("", cast(Any, nothing_here))])
)
