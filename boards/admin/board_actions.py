"""What can be done to several boards at once, and deleting them for good."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from boards import deeds, upkeep
from boards.models import Board

from .board_deeds import duplicate
from .pages import BriefDeletion, actor_of


class BoardActions(BriefDeletion):
    """See the module."""

    actions = ("freeze", "unfreeze", "clear_boards", "trash", "undelete", "duplicate")

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Without Django's SQL transaction around it: a large board goes in pieces."""
        return self._delete_view(request, object_id, extra_context)  # type: ignore[attr-defined,no-any-return]  # what Django's does inside

    def delete_model(self, request: HttpRequest, board: Board) -> None:
        upkeep.delete_board(board, actor_of(request))

    def delete_queryset(self, request: HttpRequest, boards: QuerySet[Board]) -> None:
        for board in boards:
            upkeep.delete_board(board, actor_of(request))

    # -- actions -----------------------------------------------------------------------------------

    @admin.action(description=_("Freeze selected boards"), permissions=["change"])
    def freeze(self, request: HttpRequest, boards: QuerySet[Board]) -> None:
        self._all(request, boards, "freeze", lambda b, a: deeds.freeze(b, a, frozen=True))

    @admin.action(description=_("Unfreeze selected boards"), permissions=["change"])
    def unfreeze(self, request: HttpRequest, boards: QuerySet[Board]) -> None:
        self._all(request, boards, "unfreeze", lambda b, a: deeds.freeze(b, a, frozen=False))

    @admin.action(description=_("Clear selected boards"), permissions=["change"])
    def clear_boards(self, request: HttpRequest, boards: QuerySet[Board]) -> None:
        """An ordinary transaction: people on the board see it, and it stays in the log."""
        done = self._each(request, boards, "clear", upkeep.clear)
        text = ngettext("%(count)d board was cleared.", "%(count)d boards were cleared.", done)
        self.message_user(request, text % {"count": done}, messages.SUCCESS)

    @admin.action(description=_("Throw selected boards away"), permissions=["change"])
    def trash(self, request: HttpRequest, boards: QuerySet[Board]) -> None:
        self._all(request, boards, "trash", lambda b, a: upkeep.set_trashed(b, a, trashed=True))

    @admin.action(description=_("Take selected boards out of the trash"), permissions=["change"])
    def undelete(self, request: HttpRequest, boards: QuerySet[Board]) -> None:
        self._all(request, boards, "undelete", lambda b, a: upkeep.set_trashed(b, a, trashed=False))

    @admin.action(description=_("Duplicate selected boards"), permissions=["change"])
    def duplicate(self, request: HttpRequest, boards: QuerySet[Board]) -> None:
        self._all(request, boards, "duplicate", duplicate)

    def _each(
        self,
        request: HttpRequest,
        boards: QuerySet[Board],
        name: str,
        do: Callable[[Board, deeds.Actor], object],
    ) -> int:
        """Does it to each of the boards, and says which it could not be done to."""
        done = 0
        for board in boards:
            try:
                do(board, actor_of(request))
            except deeds.DeedError:
                text = gettext("“%(board)s” could not be changed.") % {"board": board}
                self.message_user(request, text, messages.ERROR)
                continue
            self.log_change(request, board, [{"changed": {"name": name, "object": str(board)}}])
            done += 1
        return done

    def _all(
        self,
        request: HttpRequest,
        boards: QuerySet[Board],
        name: str,
        do: Callable[[Board, deeds.Actor], object],
    ) -> None:
        done = self._each(request, boards, name, do)
        text = ngettext("Done on %(count)d board.", "Done on %(count)d boards.", done)
        self.message_user(request, text % {"count": done}, messages.SUCCESS)
