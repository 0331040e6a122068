"""A person's own pages: what others see of them, and what is kept of them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from boards import announce
from boards.models import Person
from boards.shelf import face
from boards.visitors import for_person

from .forms import ProfileForm


@require_http_methods(["GET", "HEAD", "POST"])
@for_person
def profile(request: HttpRequest, person: Person) -> HttpResponse:
    if request.method != "POST":
        return _profile_page(request, person, ProfileForm.of(person))
    form = ProfileForm.of(person, request.POST)
    if not form.is_valid():
        return _profile_page(request, person, form)
    name, color = form.cleaned_data["name"], form.cleaned_data["color"]
    Person.objects.filter(pk=person.pk).update(name=name, color=color)
    announce.announce_person(person.pk)
    messages.success(request, _("Saved."))
    return redirect("account")


def _profile_page(request: HttpRequest, person: Person, form: ProfileForm) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "person": face(person)}
    status = 400 if form.errors else 200
    return render(request, "accounts/profile.html", context, status=status)
