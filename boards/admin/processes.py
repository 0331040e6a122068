"""Server processes: which are alive, and what they do at the moment."""

from __future__ import annotations

from django.contrib import admin
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from boards.load import Load, load_of
from boards.models import ServerProcess

from .pages import ReadOnly


@admin.register(ServerProcess)
class ServerProcessAdmin(ReadOnly):
    list_display = (
        *("__str__", "lane", "sockets", "open_boards", "transactions", "cpu", "memory"),
        *("shared_layer", "started", "seen"),
    )
    ordering = ("lane",)
    # Not `load` as it is: it holds where people are connected from.
    fields = (
        *("origin", "lane", "host", "pid", "shared_layer", "started", "seen"),
        *("sockets", "open_boards", "transactions", "live", "cpu", "memory"),
    )
    readonly_fields = fields

    @admin.display(description=_("sockets"))
    def sockets(self, process: ServerProcess) -> int:
        return _load(process).sockets

    @admin.display(description=_("boards open"))
    def open_boards(self, process: ServerProcess) -> int:
        return _load(process).open

    @admin.display(description=_("transactions a minute"))
    def transactions(self, process: ServerProcess) -> int:
        return _load(process).tx

    @admin.display(description=_("live frames a minute"))
    def live(self, process: ServerProcess) -> int:
        return _load(process).live

    @admin.display(description=_("processor"))
    def cpu(self, process: ServerProcess) -> str:
        return f"{_load(process).cpu} %"

    @admin.display(description=_("memory"))
    def memory(self, process: ServerProcess) -> str:
        return filesizeformat(_load(process).rss)


def _load(process: ServerProcess) -> Load:
    """Read once for all columns of its row."""
    if not hasattr(process, "read_load"):
        process.read_load = load_of(process.load)  # type: ignore[attr-defined]  # kept on the row
    found: Load = process.read_load  # type: ignore[attr-defined]  # as above
    return found
