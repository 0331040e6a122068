"""From a fresh clone: one command, and the page is there in the visitor's language."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

import polib
import pytest

from boards import browser
from cluster.app import clean_environment
from cluster.processes import free_port

ROOT = Path(__file__).resolve().parent.parent.parent
PARTS = ("boards", "whiteboard", "templates", "static", "locale", "scripts")
FILES = ("manage.py", "package.json", "package-lock.json")
START_SECONDS = 60
"""A slow machine makes the modules and migrates in that time; usually it takes two."""


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """The project without anything that is made at set-up, but with npm's packages at hand."""
    made = shutil.ignore_patterns("*.mo", "npm", "__pycache__")
    for part in PARTS:
        shutil.copytree(ROOT / part, tmp_path / part, ignore=made)
    for name in FILES:
        shutil.copy(ROOT / name, tmp_path / name)
    browser.ensure_modules(tools=True)
    (tmp_path / "node_modules").symlink_to(ROOT / "node_modules")
    return tmp_path


def environment() -> dict[str, str]:
    """Nothing configured: what the tests are run with must not help."""
    return clean_environment()


@contextmanager
def running(clone: Path, port: int) -> Iterator[None]:
    command = [sys.executable, "manage.py", "runserver", "--noreload", f"127.0.0.1:{port}"]
    with subprocess.Popen(
        command, cwd=clone, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        try:
            wait_until_healthy(process, port)
            yield
        finally:
            process.terminate()
            process.communicate(timeout=START_SECONDS)


def wait_until_healthy(process: subprocess.Popen[bytes], port: int) -> None:
    give_up = time.monotonic() + START_SECONDS
    while time.monotonic() < give_up:
        if process.poll() is not None:
            output = process.communicate()[0].decode()
            pytest.fail(f"runserver ended with {process.returncode}:\n{output}")
        try:
            get(port, "/healthz")
        except URLError:
            time.sleep(0.05)  # Polling; nothing tells from outside that it listens.
        else:
            return
    pytest.fail(f"runserver did not answer within {START_SECONDS} s")


def get(port: int, path: str, language: str = "en") -> str:
    request = Request(f"http://127.0.0.1:{port}{path}", headers={"Accept-Language": language})
    with urlopen(request, timeout=START_SECONDS) as answer:
        return str(answer.read().decode())


def test_korean_is_on_the_page_of_a_clone_without_compiled_catalogues(clone: Path) -> None:
    nickname = polib.pofile(str(clone / "locale/ko/LC_MESSAGES/django.po")).find("Nickname")
    assert nickname is not None
    assert nickname.msgstr
    assert not list(clone.rglob("*.mo"))
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
        cwd=clone,
        env=environment(),
        check=True,
    )
    port = free_port()
    with running(clone, port):
        assert nickname.msgstr in get(port, "/", language="ko")
        assert "Nickname" in get(port, "/", language="en")
        assert "export" in get(port, "/static/npm/perfect-freehand.js")
