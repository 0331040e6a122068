"""The ASGI application: pages over HTTP, boards over WebSocket, static files in production."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "whiteboard.settings")

# It loads the apps, for which the settings must be known.
from django.conf import settings

from boards.asgi import application as boards

from .static_files import before

# In development `runserver` serves static files, as they are at the moment.
application = boards if settings.DEVELOPMENT else before(boards)

__all__ = ["application"]
