"""The ASGI application: pages over HTTP, boards over WebSocket."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "whiteboard.settings")

# It loads the apps, for which the settings must be known.
from boards.asgi import application

__all__ = ["application"]
