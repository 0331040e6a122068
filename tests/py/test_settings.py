"""Settings: zero configuration for developers, and a clear refusal for everything else (S29)."""

from __future__ import annotations

import json
import logging
import os
import stat
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.exceptions import ImproperlyConfigured

from boards import checks
from whiteboard import environment as env
from whiteboard.logs import RedactingFormatter, redact

ROOT = Path(__file__).resolve().parents[2]
PRODUCTION = {
    "DEBUG": "0",
    "SECRET_KEY": "9f2b7c1e-Yq8sLm3Zt6Vx0Wd4Ra5Kp7Hj1Ng2Bc8Ef-QzTuYiOpAsDf",
    "PUBLIC_ORIGINS": "https://board.example.org",
}
OURS = {
    *("DEBUG", "SECRET_KEY", "SECRET_KEY_FILE", "PUBLIC_ORIGINS", "ALLOWED_HOSTS", "HTTPS"),
    *(
        "DATABASE_URL",
        "REDIS_URL",
        "WEB_CONCURRENCY",
        "TRUSTED_PROXIES",
        "STATE_DIR",
        "DJANGO_SETTINGS_MODULE",
    ),
}


def run(
    *command: str, state: Path, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if name not in OURS}
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env={**clean, "STATE_DIR": str(state), **(environment or {})},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def settings_with(
    state: Path, environment: dict[str, str], *names: str, program: str = "manage.py"
) -> dict[str, object]:
    script = (
        f"import sys, json; sys.argv = [{program!r}, 'check'];"
        "from whiteboard import settings;"
        f"print(json.dumps({{name: getattr(settings, name, None) for name in {names!r}}}))"
    )
    done = run("-c", script, state=state, environment=environment)
    assert done.returncode == 0, done.stderr
    found: dict[str, object] = json.loads(done.stdout)
    return found


def test_a_developer_needs_no_configuration(tmp_path: Path) -> None:
    assert run("manage.py", "check", state=tmp_path).returncode == 0
    key = tmp_path / ".secret-key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert len(key.read_text()) >= 50
    assert settings_with(tmp_path, {}, "SECRET_KEY") == {"SECRET_KEY": key.read_text()}


def test_debug_is_on_for_runserver_alone(tmp_path: Path) -> None:
    script = (
        "import sys; sys.argv = ['manage.py', {!r}];"
        "from whiteboard import settings; print(settings.DEBUG)"
    )
    shown = {
        command: run("-c", script.format(command), state=tmp_path).stdout.strip()
        for command in ("runserver", "migrate", "shell")
    }
    assert shown == {"runserver": "True", "migrate": "False", "shell": "False"}


@pytest.mark.parametrize(
    ("program", "environment"),
    [("manage.py", {"DEBUG": "0"}), ("daphne", {}), ("uvicorn", {}), ("daphne", {"DEBUG": "0"})],
)
def test_s29_without_debug_and_without_a_key_nothing_starts(
    tmp_path: Path, program: str, environment: dict[str, str]
) -> None:
    script = f"import sys; sys.argv = [{program!r}, 'runserver']; import whiteboard.settings"
    done = run("-c", script, state=tmp_path, environment=environment)
    assert done.returncode != 0
    assert "Set SECRET_KEY" in done.stderr
    assert not (tmp_path / ".secret-key").exists()


def test_s29_check_deploy_is_clean_with_production_settings(tmp_path: Path) -> None:
    done = run(
        "manage.py",
        *("check", "--deploy", "--fail-level", "WARNING"),
        state=tmp_path,
        environment=PRODUCTION,
    )
    assert done.returncode == 0, done.stderr


def test_s29_check_deploy_names_missing_public_origins(tmp_path: Path) -> None:
    environment = {**PRODUCTION, "PUBLIC_ORIGINS": "", "HTTPS": "1"}
    done = run(
        "manage.py",
        *("check", "--deploy", "--fail-level", "WARNING"),
        state=tmp_path,
        environment=environment,
    )
    assert done.returncode != 0
    assert "boards.W001" in done.stderr


def test_s29_no_secret_is_in_the_repository() -> None:
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    assert not [name for name in tracked if "secret" in name.lower() or name.endswith(".sqlite3")]
    ignored = ["git", "check-ignore", ".secret-key", "whiteboard.sqlite3"]
    assert subprocess.run(ignored, cwd=ROOT, capture_output=True, check=False).returncode == 0


def test_s26_cookies_are_bound_to_the_host_under_https(tmp_path: Path) -> None:
    names = (
        *("SESSION_COOKIE_NAME", "SESSION_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY"),
        *("SESSION_COOKIE_SAMESITE", "CSRF_COOKIE_NAME", "CSRF_COOKIE_SECURE"),
    )
    assert settings_with(tmp_path, PRODUCTION, *names) == {
        "SESSION_COOKIE_NAME": "__Host-session",
        "SESSION_COOKIE_SECURE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "CSRF_COOKIE_NAME": "__Host-csrftoken",
        "CSRF_COOKIE_SECURE": True,
    }
    plain = settings_with(tmp_path, {}, *names)
    assert plain["SESSION_COOKIE_NAME"] == "session"
    assert plain["SESSION_COOKIE_SECURE"] is False


def test_s24_hsts_stands_only_under_https(tmp_path: Path) -> None:
    names = ("SECURE_HSTS_SECONDS", "SECURE_SSL_REDIRECT")
    year = 365 * 24 * 60 * 60
    assert settings_with(tmp_path, PRODUCTION, *names) == {names[0]: year, names[1]: True}
    plain = {**PRODUCTION, "PUBLIC_ORIGINS": "http://192.168.0.7:8000"}
    assert settings_with(tmp_path, plain, *names) == {names[0]: 0, names[1]: False}


def test_s14_forwarded_headers_are_believed_only_behind_a_proxy(tmp_path: Path) -> None:
    name = "SECURE_PROXY_SSL_HEADER"
    assert settings_with(tmp_path, PRODUCTION, name) == {name: None}
    behind = settings_with(tmp_path, {**PRODUCTION, "TRUSTED_PROXIES": "1"}, name)
    assert behind == {name: ["HTTP_X_FORWARDED_PROTO", "https"]}


def test_s28_public_origins_are_allowed_hosts(tmp_path: Path) -> None:
    environment = {**PRODUCTION, "PUBLIC_ORIGINS": "https://a.example http://[2001:db8::1]:8000"}
    found = settings_with(tmp_path, environment, "ALLOWED_HOSTS", "PUBLIC_ORIGINS")
    assert found["ALLOWED_HOSTS"] == [
        *("a.example", "[2001:db8::1]", "127.0.0.1", "localhost", "[::1]")
    ]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEBUG", "maybe"),
        ("TRUSTED_PROXIES", "-1"),
        ("TRUSTED_PROXIES", "one"),
        ("PUBLIC_ORIGINS", "board.example.org"),
        ("PUBLIC_ORIGINS", "https://board.example.org/"),
        ("DATABASE_URL", "mysql://root:hunter2@localhost/boards"),
        ("DATABASE_URL", "sqlite://"),
        ("REDIS_URL", "http://localhost"),
        ("STATE_DIR", "/no/such/folder"),
        ("EMAIL_URL", "http://ann:hunter2@mail"),
        ("EMAIL_URL", "smtp://"),
        ("ACCOUNTS_OPEN", "perhaps"),
        ("SOCIAL_PROVIDERS", "nowhere"),
        ("SOCIAL_PROVIDERS", "github"),
    ],
)
def test_a_wrong_setting_stops_the_program_and_is_named(
    tmp_path: Path, name: str, value: str
) -> None:
    done = run("manage.py", "check", state=tmp_path, environment={**PRODUCTION, name: value})
    assert done.returncode != 0
    assert name in done.stderr.splitlines()[-1]
    assert "hunter2" not in done.stderr


def test_sqlite_is_durable_and_locks_first(tmp_path: Path) -> None:
    options = env.database("", tmp_path / "file")["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in options["init_command"]
    assert "synchronous=FULL" in options["init_command"]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("sqlite:////srv/boards.sqlite3", {"NAME": "/srv/boards.sqlite3"}),
        ("sqlite:///boards.sqlite3", {"NAME": "boards.sqlite3"}),
        (
            "postgres://ann:p%40ss@db:5433/boards?sslmode=require",
            {
                "ENGINE": "django.db.backends.postgresql",
                "NAME": "boards",
                "USER": "ann",
                "PASSWORD": "p@ss",
                "HOST": "db",
                "PORT": "5433",
            },
        ),
    ],
)
def test_a_database_is_named_by_its_address(url: str, expected: dict[str, object]) -> None:
    assert expected.items() <= env.database(url, Path("unused")).items()


def test_postgresql_has_a_pool_and_never_acknowledges_early() -> None:
    """R3; what the address says besides is kept."""
    options = env.database("postgres://db/boards?sslmode=require", Path("unused"))["OPTIONS"]
    assert options["sslmode"] == "require"
    assert options["pool"]["max_size"] == env.POSTGRES_POOL
    assert "synchronous_commit=on" in options["options"]
    assert "lock_timeout=" in options["options"]


POSTGRES = {"DATABASE_URL": "postgres://ann:secret@db/boards"}
REDIS = {"REDIS_URL": "redis://127.0.0.1:6379/0"}


@pytest.mark.parametrize(
    ("environment", "advice"),
    [
        (REDIS, "set DATABASE_URL=postgres://"),
        ({"WEB_CONCURRENCY": "4"}, "set REDIS_URL="),
        ({"WEB_CONCURRENCY": "2", **POSTGRES}, "set REDIS_URL="),
        ({"WEB_CONCURRENCY": "many"}, "WEB_CONCURRENCY is a whole number"),
    ],
)
def test_settings_that_do_not_go_together_are_refused_with_advice(
    tmp_path: Path, environment: dict[str, str], advice: str
) -> None:
    """Whichever program starts the server: uvicorn runs no system checks."""
    script = "import whiteboard.asgi"
    done = run("-c", script, state=tmp_path, environment={**PRODUCTION, **environment})
    assert done.returncode != 0
    assert advice in done.stderr.splitlines()[-1]
    assert "secret@" not in done.stderr


@pytest.mark.parametrize("environment", [POSTGRES, {**POSTGRES, **REDIS, "WEB_CONCURRENCY": "4"}])
def test_settings_that_go_together_are_taken(tmp_path: Path, environment: dict[str, str]) -> None:
    done = run("-c", "import whiteboard.asgi", state=tmp_path, environment=PRODUCTION | environment)
    assert done.returncode == 0, done.stderr


def test_an_empty_key_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SECRET_KEY", raising=False)
    (tmp_path / "key").touch()
    with pytest.raises(ImproperlyConfigured, match="empty"):
        env.secret_key(generated=tmp_path / "key")


def test_s31_log_lines_name_no_board_and_no_token() -> None:
    board = "3f2c9a10-1111-4222-8333-444455556666"
    line = redact(f"GET /boards/{board}/ session=abc123; csrftoken: 'xyz' password=hunter2")
    assert "3f2c9a10…" in line
    for secret in (board, "abc123", "xyz", "hunter2"):
        assert secret not in line


@pytest.mark.parametrize("path", ["password/reset/key", "confirm-email"])
def test_s31_log_lines_hold_no_link_of_a_mail(path: str) -> None:
    assert redact(f"GET /account/{path}/1-abc-def:x/ 200") == f"GET /account/{path}/…/ 200"


@pytest.mark.parametrize(
    ("url", "port", "tls", "ssl"),
    [
        ("smtp://mail.example.org", 25, False, False),
        ("smtp+tls://ann:p%40ss@mail.example.org", 587, True, False),
        ("smtps://mail.example.org:4650", 4650, False, True),
    ],
)
def test_a_mail_server_is_named_by_its_address(url: str, port: int, tls: bool, ssl: bool) -> None:
    found = env.email(url)
    assert (found["EMAIL_HOST"], found["EMAIL_PORT"]) == ("mail.example.org", port)
    assert (found["EMAIL_USE_TLS"], found["EMAIL_USE_SSL"]) == (tls, ssl)
    assert found["EMAIL_HOST_PASSWORD"] in {"", "p@ss"}


def test_without_a_mail_server_mails_are_printed() -> None:
    assert env.email("")["EMAIL_BACKEND"].endswith("console.EmailBackend")


def test_signing_in_elsewhere_needs_its_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOCIAL_PROVIDERS", "github")
    monkeypatch.setattr(env, "find_spec", lambda name: None)
    with pytest.raises(ImproperlyConfigured, match="pip install"):
        env.social_providers("SOCIAL_PROVIDERS")


def test_signing_in_elsewhere_is_wired_up(tmp_path: Path) -> None:
    environment = {
        "SOCIAL_PROVIDERS": "github",
        "SOCIAL_GITHUB_ID": "i",
        "SOCIAL_GITHUB_SECRET": "s",
    }
    script = (
        "import django; django.setup(); from django.test import Client;"
        "page = Client(HTTP_HOST='localhost').get('/account/login/');"
        "print('Continue with GitHub' in page.content.decode(),"
        "'https://github.com' in page.headers['Content-Security-Policy'])"
    )
    environment |= {"DJANGO_SETTINGS_MODULE": "whiteboard.settings", "DEBUG": "1"}
    assert run("manage.py", "migrate", state=tmp_path, environment=environment).returncode == 0
    done = run("-c", script, state=tmp_path, environment=environment)
    assert done.stdout.split() == ["True", "True"], done.stderr


def test_s31_tracebacks_are_redacted_too() -> None:
    board = "3f2c9a10-1111-4222-8333-444455556666"
    try:
        raise LookupError(board)
    except LookupError:
        record = logging.LogRecord("n", logging.ERROR, "p", 1, "on %s", (board,), sys.exc_info())
    assert board not in RedactingFormatter("%(message)s").format(record)


STATIC = "django.contrib.staticfiles"


@pytest.mark.parametrize(
    ("apps", "ours"),
    [
        (["boards", STATIC], True),
        # Sites that still name it.
        (["boards", "daphne", STATIC], True),
        ([STATIC, "boards"], False),
        (["daphne", "boards", STATIC], False),
        (["boards", STATIC, "daphne"], False),
    ],
)
def test_another_runserver_before_ours_is_an_error(
    monkeypatch: pytest.MonkeyPatch, apps: list[str], ours: bool
) -> None:
    monkeypatch.setattr("boards.checks.settings", SimpleNamespace(INSTALLED_APPS=apps))
    assert [error.id for error in checks.check_runserver_is_ours(None)] == (
        [] if ours else ["boards.E001"]
    )


def test_commands_start_without_the_server(tmp_path: Path) -> None:
    """A third of the time in which a command starts would be Twisted's."""
    code = "import sys; print('twisted' in sys.modules, 'daphne.server' in sys.modules)"
    command = ("manage.py", "shell", "--no-imports", "-c", code)
    done = run(*command, state=tmp_path, environment=PRODUCTION)
    assert done.stdout.split() == ["False", "False"], done.stderr
