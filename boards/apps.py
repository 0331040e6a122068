"""The boards app; registers its system checks, and listens to sign-ins."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BoardsConfig(AppConfig):
    name = "boards"
    verbose_name = _("Boards")

    def ready(self) -> None:
        from . import checks, sign_ins  # noqa: F401  # register on import, models come first
