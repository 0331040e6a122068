"""Django's admin as the control room: to look, to find, to put in order; each kind has its file."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from . import assets, boards, contents, order, people, processes, rights, tokens

__all__ = ["assets", "boards", "contents", "order", "people", "processes", "rights", "tokens"]

admin.site.site_header = _("Whiteboard")
admin.site.site_title = _("Whiteboard")
