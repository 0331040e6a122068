"""Bodies that are files: how they are refused, and that what is given out isn't kept."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.http.response import HttpResponseBase

from boards.assets.refusals import RETRY_SECONDS, FileRefusedError
from boards.exchange.reading import NoBoardFileError

from .asking import ProblemError, too_many


@contextmanager
def told_as_problems() -> Iterator[None]:
    try:
        yield
    except FileRefusedError as refused:
        if refused.status == 429:
            raise too_many(seconds=RETRY_SECONDS) from None
        raise ProblemError(refused.status, refused.code, refused.detail) from None
    except NoBoardFileError as error:
        raise ProblemError(error.status, error.code, str(error)) from None


def unkept(response: HttpResponseBase) -> HttpResponseBase:
    response.headers["Cache-Control"] = "no-store, private"
    return response
