"""What the templates know of accounts: `accounts`, absent in sites that sign in another way."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest

from boards.people import person_of_request
from boards.shelf import Face, face


@dataclass(frozen=True)
class Accounts:
    """Asks the session and the database only where a template does: error pages have neither."""

    request: HttpRequest
    open: bool
    second_factor: bool
    providers: bool

    @property
    def signed_in(self) -> bool:
        return bool(self.request.user.is_authenticated)

    @property
    def face(self) -> Face | None:
        person = person_of_request(self.request)
        return None if person is None else face(person)


def accounts(request: HttpRequest) -> dict[str, Accounts]:
    return {
        "accounts": Accounts(
            request,
            open=settings.ACCOUNTS_OPEN,
            second_factor=settings.SECOND_FACTOR,
            providers=bool(settings.SOCIAL_PROVIDERS),
        )
    }
