"""The ASGI application: pages over HTTP, boards over WebSocket."""

import os

from channels.routing import ProtocolTypeRouter
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "whiteboard.settings")
http_application = get_asgi_application()

# The apps must be loaded before anything that imports models.
from boards.lifespan import lifespan  # noqa: E402
from boards.routing import websocket_application  # noqa: E402

application = ProtocolTypeRouter(
    {"http": http_application, "websocket": websocket_application, "lifespan": lifespan}
)
