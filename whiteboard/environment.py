"""Typed readers of the environment that fail loudly: a setting is right or the program stops."""

from __future__ import annotations

import os
import secrets
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

FLAGS = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
DEVELOPER_PROGRAMS = frozenset(
    {"manage.py", "django-admin", "django", "pytest", "mypy", "dmypy", "lint-imports"}
)
"""What may run without any configuration. A server started by another program may not."""

SECRET_KEY_BYTES = 48
"""64 characters: over the 50 that `check --deploy` asks for."""


POSTGRES_POOL = 16
"""Connections a process: the writer and the readers keep five, the rest is for pages."""
POSTGRES_WAIT_SECONDS = 5
"""A page is told that the database is away rather than kept waiting."""
POSTGRES_SESSION = " ".join(
    (
        # An acknowledged stroke survives a power cut, whatever the server's default is (R3).
        "-c synchronous_commit=on",
        # A board that somebody else holds is put back, so that the others needn't wait.
        "-c lock_timeout=2s",
        # A process frozen in the middle of a commit must not hold its boards for ever.
        "-c idle_in_transaction_session_timeout=10s",
    )
)


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
        return _postgresql(parts)
    # The address may hold a password: only its beginning is told.
    raise ImproperlyConfigured(
        f"DATABASE_URL begins with sqlite:/// or postgres://, not {parts.scheme!r}."
    )


def _postgresql(parts: SplitResult) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.removeprefix("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        # A connection that broke in the pool is replaced before a page gets it.
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "pool": {
                "min_size": 1,
                "max_size": POSTGRES_POOL,
                "timeout": POSTGRES_WAIT_SECONDS,
                # Its tries get rarer, up to minutes. Given up and begun anew they stay within
                # 2 s, so that everybody is back soon after the database is (F5).
                "reconnect_timeout": POSTGRES_WAIT_SECONDS,
            },
            "connect_timeout": POSTGRES_WAIT_SECONDS,
            # A database machine that vanished without a word is noticed within 10 s.
            "keepalives_idle": 5,
            "keepalives_interval": 2,
            "keepalives_count": 2,
            "tcp_user_timeout": 10_000,
            "options": POSTGRES_SESSION,
            # What the address says wins.
            **dict(parse_qsl(parts.query)),
        },
    }


def refuse_wrong_combinations(database: dict[str, Any], redis_url: str) -> None:
    """Processes that share no layer, or a layer without a database to share, are told at once."""
    on_sqlite = database["ENGINE"].endswith("sqlite3")
    if redis_url and on_sqlite:
        raise ImproperlyConfigured(
            "REDIS_URL is for several processes, and they need PostgreSQL: set "
            "DATABASE_URL=postgres://user:password@host/name too, or take REDIS_URL away and run "
            "one process. To move there: manage.py backup, then manage.py restore."
        )
    if number("WEB_CONCURRENCY", 1) > 1 and not redis_url:
        raise ImproperlyConfigured(
            "WEB_CONCURRENCY starts several processes, and without REDIS_URL none of them sees "
            "what is drawn in the others: set REDIS_URL=redis://host/0 and DATABASE_URL=postgres://"
            "user:password@host/name, or WEB_CONCURRENCY=1."
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


REDIS_PATIENCE: dict[str, Any] = {
    # What goes through Redis is a hint: waiting longer for it than this helps nobody (R6).
    "socket_connect_timeout": 1.0,
    "socket_timeout": 1.0,
    "socket_keepalive": True,
    "health_check_interval": 10,
}


def redis(url: str) -> str:
    if url and urlsplit(url).scheme not in {"redis", "rediss", "unix"}:
        raise ImproperlyConfigured("REDIS_URL begins with redis://, rediss:// or unix://.")
    return url


# -- pictures on boards ----------------------------------------------------------------------------


def asset_storage() -> dict[str, dict[str, Any]]:
    """The entry of STORAGES for `ASSET_STORAGE=s3`; none for the database, which needs nothing."""
    kind = text("ASSET_STORAGE", "database")
    if kind == "database":
        return {}
    if kind != "s3":
        raise ImproperlyConfigured(f"ASSET_STORAGE is database or s3, not {kind!r}.")
    missing = [module for module in ("storages", "boto3") if find_spec(module) is None]
    if missing:
        raise ImproperlyConfigured(
            f"ASSET_STORAGE=s3 needs what isn't installed ({', '.join(missing)}): "
            "pip install 'django-storages[s3]', or take the setting away."
        )
    return {"boards": {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": _bucket()}}


def _bucket() -> dict[str, Any]:
    """Where it is. Without keys boto3 finds them as it does everywhere, by a machine's role too."""
    bucket = text("ASSET_S3_BUCKET")
    if not bucket:
        raise ImproperlyConfigured("ASSET_STORAGE=s3 needs a bucket: set ASSET_S3_BUCKET.")
    key, secret = text("ASSET_S3_KEY"), text("ASSET_S3_SECRET")
    if bool(key) != bool(secret):
        raise ImproperlyConfigured("Set both ASSET_S3_KEY and ASSET_S3_SECRET, or neither.")
    endpoint = origins("ASSET_S3_ENDPOINT")
    if len(endpoint) > 1:
        raise ImproperlyConfigured("ASSET_S3_ENDPOINT is one origin, not several.")
    return {
        "bucket_name": bucket,
        "endpoint_url": endpoint[0] if endpoint else None,
        "region_name": text("ASSET_S3_REGION") or None,
        "access_key": key or None,
        "secret_key": secret or None,
        "location": text("ASSET_S3_FOLDER"),
        # Only we read it, and show it to those who may see the board.
        "default_acl": None,
        "querystring_auth": False,
        # Names are random, and the same name is the same file.
        "file_overwrite": True,
        # On our disk from 1 MiB on, not in memory.
        "max_memory_size": 1024 * 1024,
    }


# -- mail ------------------------------------------------------------------------------------------


def email(url: str) -> dict[str, Any]:
    """Django's settings for `smtp://user:password@host:587`, `smtps://…`, or the console."""
    parts = urlsplit(url or "console://")
    if parts.scheme == "console":
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    if parts.scheme not in {"smtp", "smtp+tls", "smtps"} or not parts.hostname:
        # It may hold a password: only its beginning is told.
        raise ImproperlyConfigured(
            "EMAIL_URL is console:// or begins with smtp://, smtp+tls:// or smtps:// and names a "
            f"host, not {parts.scheme!r}."
        )
    ports = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or ports[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        # A mail server that hangs must not hold a page for minutes.
        "EMAIL_TIMEOUT": 10,
    }


# -- signing in by an account elsewhere ------------------------------------------------------------

SOCIAL_ORIGINS: dict[str, str] = {
    "github": "https://github.com",
    "gitlab": "https://gitlab.com",
    "google": "https://accounts.google.com",
    "kakao": "https://kauth.kakao.com",
    "microsoft": "https://login.microsoftonline.com",
    "naver": "https://nid.naver.com",
}
"""Those that were thought of, with where their form leads (the page's policy names it)."""


def social_providers(name: str) -> list[str]:
    found = words(name)
    for provider in found:
        if provider not in SOCIAL_ORIGINS:
            known = ", ".join(SOCIAL_ORIGINS)
            raise ImproperlyConfigured(f"{name} names some of {known}, not {provider!r}.")
    missing = [module for module in ("jwt", "oauthlib", "requests") if find_spec(module) is None]
    if found and missing:
        raise ImproperlyConfigured(
            f"{name} needs what isn't installed ({', '.join(missing)}): "
            "pip install 'django-allauth[socialaccount]', or take the setting away."
        )
    return found


def social_settings(providers: list[str]) -> dict[str, Any]:
    """Each with its `SOCIAL_<NAME>_ID` and `SOCIAL_<NAME>_SECRET`, as the provider gave them."""
    found: dict[str, Any] = {}
    for provider in providers:
        names = [f"SOCIAL_{provider.upper()}_{part}" for part in ("ID", "SECRET")]
        client, secret = map(text, names)
        if not client or not secret:
            raise ImproperlyConfigured(
                f"SOCIAL_PROVIDERS has {provider}: set {names[0]} and {names[1]} too."
            )
        found[provider] = {"APP": {"client_id": client, "secret": secret}}
    return found


def social_origins(providers: list[str]) -> list[str]:
    return [SOCIAL_ORIGINS[provider] for provider in providers]
