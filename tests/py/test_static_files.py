"""Static files are answered before Django, with all that its middleware would say (S22, S23)."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as site
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.asgi import get_asgi_application
from django.core.management import call_command
from pytest_django import Settings

from whiteboard import static_files

from .links import Answer, ask

SCRIPT = "export const many = [" + "1, " * 2000 + "];\n"
PART = "part-0123abcd.js"
MIDDLEWARE = "servestatic.middleware.ServeStaticMiddleware"
BEFORE_IT = len(static_files.HEADERS_BY) + 1


@pytest.fixture(autouse=True)
def collected(settings: Settings, tmp_path: Path) -> Iterator[str]:
    """The address of a script."""
    source = tmp_path / "source"
    source.mkdir()
    for name in ("script.js", PART):
        (source / name).write_text(SCRIPT)
    settings.STATICFILES_DIRS = [source]
    settings.STATIC_ROOT = tmp_path / "root"
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "servestatic.storage.CompressedManifestStaticFilesStorage"},
    }
    static_files._headers.cache_clear()
    call_command("collectstatic", "--no-input", "--verbosity", "0", "--ignore", "admin")
    yield staticfiles_storage.url("script.js")
    static_files._headers.cache_clear()


async def _pages(scope: Any, receive: Any, send: Any) -> None:
    headers = [(b"content-length", b"5")]
    await send({"type": "http.response.start", "status": 299, "headers": headers})
    await send({"type": "http.response.body", "body": b"pages"})


def _answers(address: str, headers: dict[str, str], method: str) -> tuple[Answer, Answer]:
    """Ours, and that of servestatic's middleware among all the others."""
    sent = [(name.encode(), value.encode()) for name, value in headers.items()]
    ours = asyncio.run(ask(method, address, sent, app=static_files.before(_pages)))
    return ours, asyncio.run(ask(method, address, sent, app=get_asgi_application()))


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"accept-encoding": "gzip, deflate, br, zstd"},
        {"accept-encoding": "gzip"},
        {"range": "bytes=10-29"},
        {"range": "bytes=999999-"},
        {"range": "lines=1-2"},
        {"if-modified-since": "Fri, 01 Jan 2100 00:00:00 GMT"},
        {"if-none-match": '"another"'},
    ],
    ids=str,
)
def test_an_answer_is_what_it_is_behind_the_middleware(
    collected: str, settings: Settings, headers: dict[str, str]
) -> None:
    settings.MIDDLEWARE = [*site.MIDDLEWARE[:BEFORE_IT], MIDDLEWARE, *site.MIDDLEWARE[BEFORE_IT:]]
    for method in ("GET", "HEAD", "POST"):
        ours, theirs = _answers(collected, headers, method)
        assert (ours.status, ours.body) == (theirs.status, theirs.body), method
        assert _comparable(ours) == _comparable(theirs), method


def test_s23_a_file_has_the_headers_of_every_answer(collected: str) -> None:
    ours = _ask(collected)
    assert ours.headers["x-content-type-options"] == "nosniff"
    assert ours.headers["cross-origin-resource-policy"] == "same-origin"
    assert "default-src 'none'" in ours.headers["content-security-policy"]
    assert ours.headers["cache-control"].endswith("immutable")


def _comparable(answer: Answer) -> dict[str, Any]:
    headers = {name.lower(): value for name, value in answer.headers.items()}
    policy = headers.pop("content-security-policy")
    return {**headers, "policy": sorted(policy.split("; "))}


def test_what_a_browser_has_is_not_sent_again(collected: str) -> None:
    etag = _ask(collected).headers["etag"]
    known = _ask(collected, **{"if-none-match": etag})
    assert (known.status, known.body) == (304, b"")


def test_browsers_keep_the_parts_of_a_page() -> None:
    kept = {name: _ask(f"/static/{name}").headers["cache-control"] for name in ("script.js", PART)}
    assert kept[PART].endswith("immutable")
    assert not kept["script.js"].endswith("immutable")


def test_all_else_is_for_the_pages(collected: str) -> None:
    for address in ("/", "/static/", "/static/no.js", "/static/../static/script.js", "/script.js"):
        assert _ask(address).status == 299, address


def test_s22_over_http_django_sends_people_to_https(collected: str, settings: Settings) -> None:
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = 60
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert _ask(collected).status == 299
    assert _ask(collected, **{"x-forwarded-proto": "http"}).status == 299
    secure = _ask(collected, **{"x-forwarded-proto": "https"})
    assert secure.headers["strict-transport-security"] == "max-age=60"


def test_the_headers_are_those_of_the_first_middleware() -> None:
    first = site.MIDDLEWARE[: len(static_files.HEADERS_BY)]
    assert tuple(first) == static_files.HEADERS_BY


def _ask(address: str, **headers: str) -> Answer:
    sent = [(name.encode(), value.encode()) for name, value in headers.items()]
    return asyncio.run(ask("GET", address, sent, app=static_files.before(_pages)))
