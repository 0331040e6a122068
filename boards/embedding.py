"""What the settings of a Django site need of this app; knows no settings and no models itself.

docs/embedding.md shows a whole site that uses it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parent.parent
STATIC: Final = ROOT / "static"
"""For STATICFILES_DIRS."""
LOCALE: Final = ROOT / "locale"
"""For LOCALE_PATHS."""

APPS: Final = ("boards", "boards.daphne_app.DaphneConfig", "channels")
"""In this order, before django.contrib.staticfiles: ours is the `runserver` that counts."""

LAYER_CAPACITY: Final = 10_000
"""Layers drop silently beyond it; their default of 100 is less than one busy second."""
ONE_PROCESS: Final[dict[str, dict[str, Any]]] = {
    "default": {
        "BACKEND": "channels.layers.InMemoryChannelLayer",
        "CONFIG": {"capacity": LAYER_CAPACITY},
    }
}
"""CHANNEL_LAYERS of a site with one server process."""

TEMPLATES: Final[dict[str, Any]] = {
    "BACKEND": "django.template.backends.django.DjangoTemplates",
    "DIRS": [ROOT / "templates"],
    "APP_DIRS": True,
    "OPTIONS": {
        "context_processors": [
            "django.template.context_processors.request",
            "django.contrib.auth.context_processors.auth",
            "django.contrib.messages.context_processors.messages",
            "boards.appearance.appearance",
        ]
    },
}
"""An entry of TEMPLATES, for a site that has none; others add DIRS and the last processor."""

POLICY: Final[dict[str, list[str]]] = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:", "blob:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "worker-src": ["'self'"],
    "manifest-src": ["'self'"],
    "base-uri": ["'none'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
    "require-trusted-types-for": ["'script'"],
    # The one policy of ours, for the worker's address (boards.middleware lifts it for admin).
    "trusted-types": ["whiteboard"],
}
"""The content security policy under which all of it works (S23)."""
