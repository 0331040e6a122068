"""Headers of every kind of answer (S22, S23, S24)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import reverse

from tests.visitors import Visitor

pytestmark = pytest.mark.django_db
TEMPLATES = Path(__file__).resolve().parents[2] / "templates"

STRICT = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data: blob:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "worker-src": "'self'",
    "manifest-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
TRUSTED_TYPES = {"require-trusted-types-for": "'script'", "trusted-types": "whiteboard"}


def policy(answer: HttpResponseBase) -> dict[str, str]:
    parts = (part.strip().partition(" ") for part in answer.headers[CSP].split(";"))
    return {name: value for name, _, value in parts}


CSP = "Content-Security-Policy"


@pytest.fixture
def ann() -> Visitor:
    return Visitor("Ann")


@pytest.fixture
def staff() -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("root", "", "pw"))
    return client


def test_s23_our_pages_have_the_strict_policy_with_trusted_types(ann: Visitor) -> None:
    board = ann.new_board()
    stranger = Client()
    for answer in (
        stranger.get("/"),
        ann.get("/"),
        ann.get(reverse("trash")),
        ann.get(reverse("nickname")),
        ann.get(reverse("board", args=[board.pk])),
        ann.get("/no/such/page"),
        stranger.post("/", headers={"host": "evil.example"}),
    ):
        assert policy(answer) == {**STRICT, **TRUSTED_TYPES}


def test_s23_the_admin_has_the_strict_policy_without_trusted_types(staff: Client) -> None:
    for answer in (Client().get("/admin/login/"), staff.get("/admin/"), staff.get("/admin/nope/")):
        assert policy(answer) == STRICT


# The document is read by other threads, which see only what has been committed.
@pytest.mark.django_db(transaction=True)
def test_s22_s24_every_answer_has_the_other_headers(ann: Visitor, staff: Client) -> None:
    board = ann.new_board()
    for answer in (
        ann.get("/"),
        ann.get(reverse("board", args=[board.pk])),
        ann.get(reverse("document", args=[board.pk])),
        ann.get("/no/such/page"),
        staff.get("/admin/"),
        Client().get(reverse("healthz")),
    ):
        headers = answer.headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "camera=()" in headers["Permissions-Policy"]


def test_s24_pages_and_json_are_kept_by_nobody(ann: Visitor) -> None:
    board = ann.new_board()
    as_json = {"accept": "application/json"}
    for answer in (
        ann.get("/"),
        ann.get(reverse("board", args=[board.pk])),
        ann.post(reverse("title", args=[board.pk]), {"title": "T"}, headers=as_json),
        ann.get("/no/such/page"),
    ):
        assert answer.headers["Cache-Control"] == "no-store, private"


@pytest.mark.django_db(transaction=True)
def test_s24_the_document_is_private(ann: Visitor) -> None:
    board = ann.new_board()
    answer = ann.get(reverse("document", args=[board.pk]))
    assert "private" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: path.name)
def test_s23_templates_hold_no_inline_script_style_or_foreign_address(path: Path) -> None:
    source = path.read_text()
    assert re.findall(r"<script(?![^>]*\bsrc=)", source) == []
    assert re.findall(r"<style|\sstyle=|\son[a-z]+=|javascript:", source) == []
    assert re.findall(r"(?:src|href|action)=\"(?:https?:)?//", source) == []
    assert "|safe" not in source
    assert "autoescape off" not in source
