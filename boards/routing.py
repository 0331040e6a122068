"""Socket addresses of the app and what stands before its consumer."""

from __future__ import annotations

from channels.routing import URLRouter
from django.urls import path

from .consumers import BoardConsumer
from .origins import OwnOriginOnly

websocket_urlpatterns = [
    path("ws/boards/<uuid:board>/", BoardConsumer.as_asgi()),
]

websocket_application = OwnOriginOnly(URLRouter(websocket_urlpatterns))
