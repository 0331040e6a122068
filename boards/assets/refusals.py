"""Why a file is not taken: a lasting code, a status, and a sentence for people."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

STATUS: Final = {
    "too_big": 413,
    "unknown_type": 422,
    "broken": 422,
    "too_many_pixels": 422,
    "quota_board": 409,
    "quota_person": 409,
    "quota_site": 409,
    "too_fast": 429,
}
SENTENCES: Final[dict[str, Any]] = {
    "too_big": _("This file is too large."),
    "unknown_type": _("Only PNG, JPEG, WebP and GIF pictures and PDF documents can be placed."),
    "broken": _("This file is damaged or incomplete."),
    "too_many_pixels": _("This picture has too many pixels. Make it smaller and try again."),
    "quota_board": _("This board has no room for more pictures. Delete some, or use another one."),
    "quota_person": _("You have used up your room for pictures."),
    "quota_site": _("This site has no room for more pictures. Please tell whoever runs it."),
    "too_fast": _("That was too many files at once. Try again in a moment."),
}
RETRY_SECONDS: Final = 5


class FileRefusedError(Exception):
    """This file is not kept."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    @property
    def status(self) -> int:
        return STATUS[self.code]

    @property
    def detail(self) -> str:
        return str(SENTENCES[self.code])
