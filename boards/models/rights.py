"""Who may do what on a board: members, invite links, pens, and who was put out or silenced."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from boards.protocol import Role

from .boards import Board
from .people import Person

LABEL_LENGTH = 60
REASON_LENGTH = 200
ROLE_NAMES = [
    (Role.OWNER.value, _("Owner")),
    (Role.EDITOR.value, _("Editor")),
    (Role.COMMENTER.value, _("Commenter")),
    (Role.LASER.value, _("Laser only")),
    (Role.VIEWER.value, _("Viewer")),
]


class Invite(models.Model):
    """A link that makes whoever follows it a member; only a hash of its token is kept (S7)."""

    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="invites")
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    """SHA-256 of 192 random bits, as hexadecimal digits: with so many a slow hash adds nothing."""
    role = models.CharField(_("role"), max_length=16, choices=ROLE_NAMES)
    label = models.CharField(_("name"), max_length=LABEL_LENGTH, blank=True)
    by = models.ForeignKey(
        Person, verbose_name=_("made by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created = models.DateTimeField(_("created"), default=timezone.now)
    expires = models.DateTimeField(_("expires"), null=True, blank=True)
    uses = models.PositiveIntegerField(_("uses"), default=0)
    most_uses = models.PositiveIntegerField(_("most uses"), null=True, blank=True)
    revoked = models.DateTimeField(_("revoked"), null=True, blank=True)

    class Meta:
        verbose_name = _("invite link")
        verbose_name_plural = _("invite links")

    def __str__(self) -> str:
        return self.label or f"{self.get_role_display()} {self.pk}"


class Membership(models.Model):
    """A person's role on a board. The board's own `owner` needs none."""

    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=16, choices=ROLE_NAMES)
    invite = models.ForeignKey(
        Invite, null=True, blank=True, on_delete=models.SET_NULL, related_name="memberships"
    )
    """The link they came by: revoking it ends their membership."""
    since = models.DateTimeField(_("since"), default=timezone.now)

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        constraints = (
            models.UniqueConstraint(fields=("board", "person"), name="one_role_per_member"),
        )

    def __str__(self) -> str:
        return f"{self.person_id} on {self.board_id}: {self.role}"


class Pen(models.Model):
    """Given to a person: they draw while the board is frozen."""

    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="pens")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="pens")
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    given = models.DateTimeField(_("given"), default=timezone.now)
    until = models.DateTimeField(_("until"), null=True, blank=True)
    """None: until it is taken back."""

    class Meta:
        verbose_name = _("pen")
        verbose_name_plural = _("pens")
        constraints = (models.UniqueConstraint(fields=("board", "person"), name="one_pen_each"),)

    def __str__(self) -> str:
        return f"{self.person_id} on {self.board_id}"


class Restraint(models.Model):
    """Somebody who was put out or silenced, on one board or (bans only) on all of them."""

    BAN = "ban"
    MUTE = "mute"
    KINDS = ((BAN, _("Ban")), (MUTE, _("Mute")))

    board = models.ForeignKey(
        Board, null=True, blank=True, on_delete=models.CASCADE, related_name="restraints"
    )
    """None: on every board."""
    kind = models.CharField(_("kind"), max_length=8, choices=KINDS)
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.CASCADE, related_name="restraints"
    )
    address = models.CharField(_("address"), max_length=64, blank=True)
    """As `limits.client_address` gives it; blank where only the person is meant."""
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.CharField(_("reason"), max_length=REASON_LENGTH, blank=True)
    since = models.DateTimeField(_("since"), default=timezone.now)
    until = models.DateTimeField(_("until"), null=True, blank=True)
    """None: until it is lifted."""

    class Meta:
        verbose_name = _("ban")
        verbose_name_plural = _("bans")
        indexes = (models.Index(fields=("address",), name="restraints_by_address"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.person_id or self.address}"
