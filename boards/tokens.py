"""Who shows an access token: the only place that knows what one looks like and which are good.

Synchronous. A token stands in the header `Authorization: Bearer wb_...` and nowhere else: addresses
end in logs and histories. Making and revoking is `token_deeds`.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db.models import Q, QuerySet
from django.utils import timezone

from .access import Scope
from .models import Person, Token

PREFIX: Final = "wb_"
"""By it people, and programs that look for secrets in what is published, know one."""
RANDOM_BYTES: Final = 32
"""256 bits: nobody guesses one, so that a slow hash would add nothing."""
HINT_LENGTH: Final = 4
USED_EVERY: Final = timedelta(minutes=1)
"""How exactly it is noted when a token was last used: each time is a write to the disk."""
TOKENS_PER_QUERY: Final = 500
"""Asked for in one statement: databases bound its variables."""

_SHOWN: Final = re.compile(r"(?i:bearer) +(wb_[A-Za-z0-9_-]{43})\s*\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Holder:
    """For whom a token speaks, and in what."""

    person: Person
    token: int
    scopes: frozenset[Scope]


def holder_of(authorization: str) -> Holder | None:
    """Who shows a good token in this `Authorization` header."""
    shown = _SHOWN.match(authorization)
    if shown is None:
        return None
    found = _good(Token.objects.filter(digest=digest_of(shown[1]))).select_related("person").first()
    if found is None:
        return None
    _note_use(found)
    return Holder(found.person, found.pk, scopes_in(found.scopes))


def good_among(tokens: Collection[int]) -> set[int]:
    """Those of these tokens that are still good; others have to be shut out at once (S3)."""
    found: set[int] = set()
    asked = sorted(tokens)
    for start in range(0, len(asked), TOKENS_PER_QUERY):
        part = asked[start : start + TOKENS_PER_QUERY]
        found.update(_good(Token.objects.filter(pk__in=part)).values_list("pk", flat=True))
    return found


def living(person: Person) -> QuerySet[Token]:
    """A person's good tokens."""
    return _good(Token.objects.filter(person=person))


def _good(tokens: QuerySet[Token]) -> QuerySet[Token]:
    """Neither revoked nor expired, and not of an account that was deactivated."""
    lasting = Q(expires=None) | Q(expires__gt=timezone.now())
    active = Q(person__user=None) | Q(person__user__is_active=True)
    return tokens.filter(lasting, active, revoked=None)


def _note_use(token: Token) -> None:
    now = timezone.now()
    if token.used is None or now - token.used > USED_EVERY:
        Token.objects.filter(pk=token.pk).update(used=now)
    # A guest who is here by a program alone is not forgotten either.
    if token.person.seen != now.date():
        Person.objects.filter(pk=token.person_id).update(seen=now.date())


# -- how they are written --------------------------------------------------------------------------


def new_token() -> str:
    return PREFIX + secrets.token_urlsafe(RANDOM_BYTES)


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def hint_of(token: str) -> str:
    return token[-HINT_LENGTH:]


def scopes_in(written: str) -> frozenset[Scope]:
    """As a token keeps them. Whoever may change a board may see it."""
    return frozenset(scope for scope in Scope if scope in written.split()) | {Scope.READ}


def written(scopes: Iterable[Scope]) -> str:
    named = {*scopes, Scope.READ}
    return " ".join(scope.value for scope in Scope if scope in named)
