"""Settings of the project; everything that differs between machines comes from the environment."""

from __future__ import annotations

import copy
import os
from pathlib import Path
from typing import Any

from boards import embedding

from . import environment as env

BASE_DIR = Path(__file__).resolve().parent.parent
STATE_DIR = env.folder("STATE_DIR", BASE_DIR)
"""Where the database and the generated key live unless told otherwise."""

# -- development or production ---------------------------------------------------------------------

# Nothing said and started by a developer's program: `manage.py runserver` just works. Whoever
# sets DEBUG or starts another server has to say the rest too.
ZERO_CONFIGURATION = "DEBUG" not in os.environ and env.is_developers()
DEBUG = env.flag("DEBUG", default=env.is_developers("runserver"))
DEVELOPMENT = DEBUG or ZERO_CONFIGURATION
SECRET_KEY = env.secret_key(generated=STATE_DIR / ".secret-key" if DEVELOPMENT else None)

# -- addresses -------------------------------------------------------------------------------------

PUBLIC_ORIGINS = env.origins("PUBLIC_ORIGINS")
"""What people type, e.g. https://board.example.org. Without it, the request's own host counts."""
HTTPS = env.flag("HTTPS", default=bool(PUBLIC_ORIGINS) and PUBLIC_ORIGINS[0].startswith("https:"))
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS") or [
    *(origin.split("://")[1].rsplit(":", 1)[0] for origin in PUBLIC_ORIGINS),
    "127.0.0.1",
    "localhost",
    "[::1]",
]
BOARDS_TRUSTED_PROXIES = env.number("TRUSTED_PROXIES", 0)
"""How many proxies of ours stand in front. Only then are X-Forwarded-For and -Proto believed."""
CSRF_TRUSTED_ORIGINS = PUBLIC_ORIGINS

if BOARDS_TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# -- parts -----------------------------------------------------------------------------------------

SECOND_FACTOR = env.flag("SECOND_FACTOR", default=True)
"""Whether people may protect their account by an app's codes too; costs nothing unused."""
SOCIAL_PROVIDERS = env.social_providers("SOCIAL_PROVIDERS")
"""Signing in by an account elsewhere, e.g. "google github"; nobody's by default."""
INSTALLED_APPS = [
    *embedding.APPS,
    "csp",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    *(["allauth.mfa"] if SECOND_FACTOR else []),
    *(["allauth.socialaccount"] if SOCIAL_PROVIDERS else []),
    *(f"allauth.socialaccount.providers.{name}" for name in SOCIAL_PROVIDERS),
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "boards.middleware.PageHeaders",
    "boards.middleware.DatabaseAway",
    # Static files come before all this (whiteboard/static_files.py), in development by `runserver`.
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "whiteboard.urls"
ASGI_APPLICATION = "whiteboard.asgi.application"
TEMPLATES = [copy.deepcopy(embedding.TEMPLATES)]
TEMPLATES[0]["OPTIONS"]["context_processors"].append("boards.accounts.context.accounts")

# -- database, layer, cache ------------------------------------------------------------------------

DATABASES = {"default": env.database(env.text("DATABASE_URL"), STATE_DIR / "whiteboard.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = env.redis(env.text("REDIS_URL"))
env.refuse_wrong_combinations(DATABASES["default"], REDIS_URL)
CHANNEL_LAYERS: dict[str, dict[str, Any]] = (
    {
        "default": {
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            "CONFIG": {
                "hosts": [{"address": REDIS_URL, **env.REDIS_PATIENCE}],
                "capacity": embedding.LAYER_CAPACITY,
            },
        }
    }
    if REDIS_URL
    else embedding.ONE_PROCESS
)
CACHES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "whiteboard.cache.PatientRedisCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": env.REDIS_PATIENCE,
    }
    if REDIS_URL
    else {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        # The buckets of boards.limits: the default of 300 would forget them in a busy minute.
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
}

# -- sessions and cookies --------------------------------------------------------------------------

YEAR = 365 * 24 * 60 * 60
# `__Host-`: only this host, over https, for all of it; no subdomain can plant such a cookie.
COOKIE_PREFIX = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}session"
SESSION_COOKIE_AGE = YEAR
"""A guest has nothing but this cookie."""
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrftoken"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "boards.errors.csrf_failure"
LANGUAGE_COOKIE_AGE = YEAR
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_HTTPONLY = True
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# -- accounts --------------------------------------------------------------------------------------

# The one way in, for the admin too: it slows guessing down and asks for the second factor.
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNTS_OPEN = env.flag("ACCOUNTS_OPEN", default=True)
"""Whether strangers may sign up. Staff make accounts in the admin either way."""
ACCOUNT_ADAPTER = "boards.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "boards.accounts.forms.SignInForm",
    "signup": "boards.accounts.forms.SignUpForm",
    "add_email": "boards.accounts.forms.AddAddressForm",
    "change_password": "boards.accounts.forms.ChangePasswordForm",
    "set_password": "boards.accounts.forms.SetPasswordForm",
    "reset_password": "boards.accounts.forms.ForgotPasswordForm",
    "reset_password_from_key": "boards.accounts.forms.NewPasswordForm",
    "reauthenticate": "boards.accounts.forms.ConfirmForm",
}
ACCOUNT_LOGIN_METHODS = {"email", "username"}
"""User names are those of accounts made by staff or by `createsuperuser`."""
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
# Without a mail server nothing could be confirmed.
ACCOUNTS_CONFIRM_EMAIL = env.flag("ACCOUNTS_CONFIRM_EMAIL", default=False)
ACCOUNT_EMAIL_VERIFICATION = "mandatory" if ACCOUNTS_CONFIRM_EMAIL else "optional"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_MAX_EMAIL_ADDRESSES = 5
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_RATE_LIMITS = {
    # S27. A class behind one address signs in at the same minute; guessing goes by the person:
    # five wrong passwords of one account in five minutes, whoever tries.
    "login": "300/m/ip",
    "login_failed": "60/m/ip,5/5m/key",
    "signup": "60/m/ip",
}
MFA_ADAPTER = "boards.accounts.second_factor.SecondFactorAdapter"
MFA_TOTP_ISSUER = "Whiteboard"
# An address is confirmed where one has to be; an app's codes protect the others too.
MFA_ALLOW_UNVERIFIED_EMAIL = not ACCOUNTS_CONFIRM_EMAIL
MFA_FORMS = {
    "authenticate": "boards.accounts.second_factor.CodeForm",
    "reauthenticate": "boards.accounts.second_factor.CodeAgainForm",
    "activate_totp": "boards.accounts.second_factor.FirstCodeForm",
}
SOCIALACCOUNT_PROVIDERS = env.social_settings(SOCIAL_PROVIDERS)
# Who has confirmed an address there and here is the same person.
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_ADAPTER = "boards.accounts.social.SocialAdapter"
SOCIALACCOUNT_FORMS = {"signup": "boards.accounts.social.SocialSignUpForm"}

vars().update(env.email(env.text("EMAIL_URL")))
DEFAULT_FROM_EMAIL = env.text("EMAIL_FROM", "whiteboard@localhost")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# -- headers ---------------------------------------------------------------------------------------

SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
"""Asked from inside, by address and without a proxy."""
SECURE_HSTS_SECONDS = env.number("HSTS_SECONDS", YEAR) if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.flag("HSTS_INCLUDE_SUBDOMAINS", default=False)
SECURE_HSTS_PRELOAD = env.flag("HSTS_PRELOAD", default=False)
SILENCED_SYSTEM_CHECKS = [
    # Both speak for other hosts than this one: who owns the domain decides, by the settings above.
    "security.W005",
    "security.W021",
]
# Addresses of boards never go to other sites.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        **embedding.POLICY,
        # Signing in elsewhere begins with a form that leads there.
        "form-action": ["'self'", *env.social_origins(SOCIAL_PROVIDERS)],
    }
}

# -- languages -------------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ko", "한국어")]
LOCALE_PATHS = [embedding.LOCALE]
USE_TZ = True
TIME_ZONE = env.text("TIME_ZONE", "UTC")

# -- static files ----------------------------------------------------------------------------------

STATIC_URL = "/static/"
# The built bundles shadow the sources of the same names, so templates have no branch.
BUILD_DIR = BASE_DIR / "build"
STATICFILES_DIRS = [
    *([BUILD_DIR] if BUILD_DIR.is_dir() and not DEVELOPMENT else []),
    embedding.STATIC,
]
STATIC_ROOT = BASE_DIR / "staticfiles"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEVELOPMENT
        else "servestatic.storage.CompressedManifestStaticFilesStorage"
    },
    # Pictures of boards are kept in the database unless something else is said.
    **env.asset_storage(),
}
SERVESTATIC_ALLOW_ALL_ORIGINS = False

# -- logs ------------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "whiteboard.logs.RedactingFormatter",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "filters": {"without_aborted": {"()": "whiteboard.logs.WithoutAborted"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["without_aborted"],
        }
    },
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "INFO").upper()},
    "loggers": {
        # Django's own handlers would print, or mail, unredacted lines.
        "django": {"handlers": [], "propagate": True},
        "django.server": {"handlers": [], "propagate": True},
        "django.channels.server": {"handlers": [], "propagate": True},
        # It tells what it listens on; `runserver` and `serve` say that better.
        "daphne": {"level": "WARNING"},
        # A traceback a second while Redis is away; boards.layer says it once, in a sentence.
        "channels_redis.pubsub": {"level": "CRITICAL"},
        # Whoever scans the net for machines shall not fill the log with tracebacks.
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}
