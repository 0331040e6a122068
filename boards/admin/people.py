"""People: who they are, what they drew, and what is done about them."""

from __future__ import annotations

from typing import Any, NamedTuple

from django import forms
from django.contrib import admin, messages
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.urls.resolvers import URLPattern
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from boards import deeds, upkeep
from boards.models import (
    NAME_LENGTH,
    REASON_LENGTH,
    AuditEntry,
    Board,
    Element,
    Person,
    Restraint,
    Transaction,
)
from boards.names import clean_line
from boards.privacy import erase_person

from .durations import DURATIONS, seconds_of
from .pages import BriefDeletion, actor_of, with_more

DEEDS = ("ban", "lift", "sign-out", "erase")
COUNTED_MAX = 100_000
"""Elements and transactions of one person that are counted; nobody needs to know beyond."""
BOARDS_SHOWN = 15
ENTRIES_SHOWN = 10


class Drawn(NamedTuple):
    """What somebody drew on one board."""

    board: Board
    elements: int


class Banned(admin.SimpleListFilter):
    """Put out of all boards, or silenced on some."""

    title = _("banned everywhere")
    parameter_name = "banned"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("Yes"))]

    def queryset(self, request: HttpRequest, people: QuerySet[Person]) -> QuerySet[Person]:
        banned = _lasting_bans().filter(person__isnull=False)
        return people.filter(pk__in=banned.values("person")) if self.value() else people


@admin.register(Person)
class PersonAdmin(BriefDeletion):
    list_display = ("name", "pk", "kind", "color", "owned", "created", "seen", "is_banned")
    list_filter = (("user", admin.EmptyFieldListFilter), Banned)
    list_select_related = ("user",)
    sortable_by = ()
    ordering = ("-pk",)
    search_fields = ("name", "user__username", "=pk")
    search_help_text = _("Nickname, user name, or the person's number")
    fields = ("name", "kind", "color", ("created", "seen"), "id")
    readonly_fields = ("id", "kind", "color", "created", "seen")
    change_form_template = "admin/boards/person/change_form.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Person]:
        banned = _lasting_bans().filter(person=OuterRef("pk"))
        owned = Board.objects.filter(owner=OuterRef("pk")).order_by().values("owner")
        people: QuerySet[Person] = super().get_queryset(request)
        return people.annotate(
            banned=Exists(banned),
            boards_owned=Coalesce(Subquery(owned.annotate(n=Count("pk")).values("n")), 0),
        )

    @admin.display(description=_("account"))
    def kind(self, person: Person) -> str:
        return gettext("Guest") if person.user is None else person.user.get_username()

    @admin.display(description=_("own boards"))
    def owned(self, person: Person) -> int:
        return int(getattr(person, "boards_owned", 0))

    @admin.display(description=_("banned"), boolean=True)
    def is_banned(self, person: Person) -> bool:
        return bool(getattr(person, "banned", False))

    def save_model(
        self, request: HttpRequest, person: Person, form: ModelForm[Person], change: bool
    ) -> None:
        name = clean_line(person.name, NAME_LENGTH)
        if name:
            upkeep.rename_person(person, name, actor_of(request))

    def delete_model(self, request: HttpRequest, person: Person) -> None:
        upkeep.delete_person(person, actor_of(request))

    def delete_queryset(self, request: HttpRequest, people: QuerySet[Person]) -> None:
        for person in people:
            upkeep.delete_person(person, actor_of(request))

    # -- one person --------------------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        deed = self.admin_site.admin_view(require_POST(self.deed))
        ours = path("<int:person_id>/deed/", deed, name="boards_person_deed")
        return [ours, *super().get_urls()]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        answer = super().change_view(request, object_id, form_url, extra_context)
        return with_more(answer, _about)

    def deed(self, request: HttpRequest, person_id: int) -> HttpResponse:
        """Ban, sign out: what its buttons do."""
        if not self.has_change_permission(request):
            return HttpResponse(status=403)
        person = get_object_or_404(Person, pk=person_id)
        form = PersonDeedForm(request.POST)
        if form.is_valid() and form.cleaned_data["deed"] == "erase":
            return self._erase(request, person, sure=form.cleaned_data["sure"])
        if form.is_valid():
            self._do(request, person, form.cleaned_data)
        else:
            self.message_user(request, gettext("That was not understood."), messages.ERROR)
        return HttpResponseRedirect(reverse("admin:boards_person_change", args=[person.pk]))

    def _erase(self, request: HttpRequest, person: Person, *, sure: bool) -> HttpResponse:
        """Everything they drew and said, out of all logs too: there is no way back (R17)."""
        if not self.has_delete_permission(request):
            return HttpResponse(status=403)
        back = HttpResponseRedirect(reverse("admin:boards_person_change", args=[person.pk]))
        if not sure:
            text = gettext("Nothing was erased: say that you are sure.")
            self.message_user(request, text, messages.ERROR)
            return back
        count = erase_person(person, actor_of(request))
        changed = {"name": "erase", "object": str(person)}
        self.log_change(request, person, [{"changed": changed}])
        text = ngettext("Erased on %(count)d board.", "Erased on %(count)d boards.", count)
        self.message_user(request, text % {"count": count}, messages.SUCCESS)
        return back

    def _do(self, request: HttpRequest, person: Person, said: dict[str, Any]) -> None:
        actor = actor_of(request)
        match said["deed"]:
            case "ban":
                seconds = seconds_of(said["duration"])
                deeds.ban_everywhere(actor, person=person, seconds=seconds, reason=said["reason"])
                text = gettext("They are kept out of all boards.")
            case "lift":
                bans = Restraint.objects.filter(person=person, board=None)
                for ban in bans.select_related("person"):
                    deeds.lift(ban, actor)
                text = gettext("They may come back.")
            case "sign-out":
                try:
                    ended = upkeep.sign_out_everywhere(person, actor)
                except deeds.DeedError:
                    text = gettext("A guest can't be signed out: they could never come back.")
                    self.message_user(request, text, messages.ERROR)
                    return
                text = ngettext(
                    "Signed out: %(count)d session was ended.",
                    "Signed out: %(count)d sessions were ended.",
                    ended,
                ) % {"count": ended}
        self.log_change(
            request, person, [{"changed": {"name": said["deed"], "object": str(person)}}]
        )
        self.message_user(request, text, messages.SUCCESS)


class PersonDeedForm(forms.Form):
    deed = forms.ChoiceField(choices=[(name, name) for name in DEEDS])
    duration = forms.ChoiceField(choices=DURATIONS, required=False)
    reason = forms.CharField(max_length=REASON_LENGTH, required=False)
    sure = forms.BooleanField(required=False)


def _lasting_bans() -> QuerySet[Restraint]:
    """From all boards."""
    lasts = Q(until=None) | Q(until__gt=timezone.now())
    return Restraint.objects.filter(lasts, board=None, kind=Restraint.BAN)


def _about(person: Person) -> dict[str, Any]:
    """What the page shows besides the fields, in six queries."""
    drawn = _drawn(person)
    said = Q(subject=person) | Q(by=person)
    entries = AuditEntry.objects.filter(said).select_related("by", "subject").order_by("-pk")
    bans = Restraint.objects.filter(person=person).select_related("board", "by").order_by("-pk")
    return {
        "drawn": drawn[:BOARDS_SHOWN],
        "drawn_boards": len(drawn),
        "drawn_elements": sum(one.elements for one in drawn),
        "drawn_transactions": Transaction.objects.filter(author=person)[:COUNTED_MAX].count(),
        "counted_max": COUNTED_MAX,
        "bans": bans[:ENTRIES_SHOWN],
        "entries": entries[:ENTRIES_SHOWN],
        "durations": DURATIONS,
        "reason_length": REASON_LENGTH,
    }


def _drawn(person: Person) -> list[Drawn]:
    """The boards with elements of theirs, those with most first."""
    theirs = Element.objects.filter(author=person, removed=False).order_by()
    some = theirs.values("pk")[:COUNTED_MAX]
    counts = dict(
        Element.objects.filter(pk__in=some)
        .order_by()
        .values_list("board")
        .annotate(n=Count("pk"))
        .order_by("-n")
    )
    shown = Board.objects.in_bulk(list(counts)[:BOARDS_SHOWN])
    return [Drawn(shown.get(board, Board(pk=board)), n) for board, n in counts.items()]
