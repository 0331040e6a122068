"""Typed readers of the environment that fail loudly: a setting is right or the program stops."""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

FLAGS = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
DEVELOPER_PROGRAMS = frozenset(
    {"manage.py", "django-admin", "django", "pytest", "mypy", "dmypy", "lint-imports"}
)
"""What may run without any configuration. A server started by another program may not."""

SECRET_KEY_BYTES = 48
"""64 characters: over the 50 that `check --deploy` asks for."""


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def flag(name: str, default: bool) -> bool:
    value = text(name)
    if not value:
        return default
    if value.lower() not in FLAGS:
        raise ImproperlyConfigured(f"{name} is 1 or 0, not {value!r}.")
    return FLAGS[value.lower()]


def number(name: str, default: int, least: int = 0) -> int:
    value = text(name)
    if not value:
        return default
    if not (value.isascii() and value.isdigit()) or int(value) < least:
        raise ImproperlyConfigured(f"{name} is a whole number from {least} on, not {value!r}.")
    return int(value)


def words(name: str) -> list[str]:
    """A list separated by commas or spaces."""
    return text(name).replace(",", " ").split()


def folder(name: str, default: Path) -> Path:
    path = Path(text(name, str(default))).absolute()
    if not path.is_dir():
        raise ImproperlyConfigured(f"{name} is a folder that exists, and {path} is none.")
    return path


def origins(name: str) -> list[str]:
    """Origins as browsers send them: scheme, host and, where it is not the usual one, port."""
    found = words(name)
    for origin in found:
        parts = urlsplit(origin)
        written = f"{parts.scheme}://{parts.netloc}"
        if parts.scheme not in {"http", "https"} or not parts.hostname or origin != written:
            raise ImproperlyConfigured(
                f"{name} holds origins such as https://board.example.org, not {origin!r}."
            )
    return found


def program() -> str:
    """The name of the program that is running, also for `python -m program`."""
    path = Path(sys.argv[0])
    return path.parent.name if path.name == "__main__.py" else path.name


def is_developers(command: str = "") -> bool:
    """Whether a developer's program runs (and, if given, this command of manage.py)."""
    if program() not in DEVELOPER_PROGRAMS:
        return False
    return not command or sys.argv[1:2] == [command]


def secret_key(generated: Path | None) -> str:
    """SECRET_KEY, or what SECRET_KEY_FILE holds, or (where allowed) a generated file's content."""
    key = text("SECRET_KEY")
    if key:
        return key
    file = text("SECRET_KEY_FILE")
    path = Path(file) if file else generated
    if path is None:
        raise ImproperlyConfigured(
            "Set SECRET_KEY to a long random text (or SECRET_KEY_FILE to a file that holds one, "
            "made where it is absent). Only with DEBUG on is a key made up."
        )
    return _key_in_file(path)


def _key_in_file(path: Path) -> str:
    try:
        # O_EXCL: of two processes that start together one makes the key, the other reads it.
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        pass
    else:
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(SECRET_KEY_BYTES))
    key = path.read_text().strip()
    if not key:
        raise ImproperlyConfigured(f"{path} is empty: delete it, and a new key will be made.")
    return key


def database(url: str, default_file: Path) -> dict[str, Any]:
    """Django's settings for `sqlite:///file` or `postgres://user:password@host:port/name`."""
    parts = urlsplit(url or f"sqlite:///{default_file}")
    if parts.scheme == "sqlite":
        return _sqlite(unquote(parts.path.removeprefix("/")) if url else str(default_file))
    if parts.scheme in {"postgres", "postgresql"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.removeprefix("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": str(parts.port or ""),
            "OPTIONS": dict(parse_qsl(parts.query)),
        }
    # The address may hold a password: only its beginning is told.
    raise ImproperlyConfigured(
        f"DATABASE_URL begins with sqlite:/// or postgres://, not {parts.scheme!r}."
    )


def _sqlite(file: str) -> dict[str, Any]:
    if not file:
        raise ImproperlyConfigured("DATABASE_URL names a file: sqlite:///boards.sqlite3")
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": file,
        "OPTIONS": {
            # A transaction takes the write lock at its start, so that it never fails half-way.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # FULL: what has been acknowledged survives a power cut too (R3).
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL",
        },
    }


def redis(url: str) -> str:
    if url and urlsplit(url).scheme not in {"redis", "rediss", "unix"}:
        raise ImproperlyConfigured("REDIS_URL begins with redis://, rediss:// or unix://.")
    return url
