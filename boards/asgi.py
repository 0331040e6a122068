"""An ASGI application of pages and boards, for sites that have no other sockets."""

from channels.routing import ProtocolTypeRouter
from django.core.asgi import get_asgi_application

http_application = get_asgi_application()

# The apps must be loaded before anything that imports models.
from .foreign_pages import with_foreign_pages  # noqa: E402  # as said above
from .lifespan import lifespan  # noqa: E402  # as said above
from .routing import websocket_application  # noqa: E402  # as said above
from .transports.requests import before  # noqa: E402  # as said above
from .uploads.bounds import bounded  # noqa: E402  # as said above

application = ProtocolTypeRouter(
    {
        "http": with_foreign_pages(before(bounded(http_application))),
        "websocket": websocket_application,
        "lifespan": lifespan,
    }
)
