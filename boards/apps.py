"""The boards app; registers its system checks."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BoardsConfig(AppConfig):
    name = "boards"
    verbose_name = _("Boards")

    def ready(self) -> None:
        from . import checks  # noqa: F401  # registers on import, models are needed first
