"""Access tokens are made and revoked; each deed leaves an entry in the audit log."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from .access import Scope
from .announce import announce_tokens
from .deeds import Actor, DeedError, record
from .models import Person, Token
from .options import option
from .tokens import digest_of, hint_of, living, new_token, scopes_in, written


class TooManyTokensError(DeedError):
    """As many good tokens as a person can have."""


@transaction.atomic
def make(
    person: Person,
    name: str,
    scopes: Iterable[Scope],
    actor: Actor,
    *,
    seconds: int | None = None,
) -> tuple[Token, str]:
    """A new token and its text, which is known only now."""
    most = option("TOKENS_MAX")
    if living(person).count() >= most:
        raise TooManyTokensError(f"a person has at most {most} tokens")
    # Dead ones are kept for their owner to look at, but not for ever.
    dead = Token.objects.filter(person=person).exclude(pk__in=living(person)).order_by("-pk")
    Token.objects.filter(pk__in=list(dead.values_list("pk", flat=True)[most:])).delete()
    text = new_token()
    token = Token.objects.create(
        person=person,
        name=name,
        digest=digest_of(text),
        hint=hint_of(text),
        scopes=written(scopes),
        expires=None if seconds is None else timezone.now() + timedelta(seconds=seconds),
    )
    said = sorted(scopes_in(token.scopes))
    record(actor, "token.make", None, person, token=token.pk, scopes=said, seconds=seconds)
    return token, text


@transaction.atomic
def revoke(tokens: QuerySet[Token], actor: Actor) -> int:
    """Whoever shows one of them is nobody from now on, and their connections close (S3)."""
    count = 0
    for token in tokens.filter(revoked=None).select_related("person"):
        Token.objects.filter(pk=token.pk).update(revoked=timezone.now())
        record(actor, "token.revoke", None, token.person, token=token.pk)
        count += 1
    if count:
        announce_tokens()
    return count
