"""A site's settings: what it has anyway, and what boards need."""

from pathlib import Path

from boards import embedding

DEBUG = True
SECRET_KEY = "a site of its own has one already"  # nothing is protected by it here
INSTALLED_APPS = [
    *embedding.APPS,
    *(f"django.contrib.{app}" for app in ("auth", "contenttypes", "sessions", "staticfiles")),
]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
TEMPLATES = [embedding.TEMPLATES]
DATABASES = {
    "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": Path.cwd() / "site.sqlite3"}
}
CHANNEL_LAYERS = embedding.ONE_PROCESS
ASGI_APPLICATION = "boards.asgi.application"
ROOT_URLCONF = "tests.host.urls"
STATIC_URL = "/static/"
STATICFILES_DIRS = [embedding.STATIC]
LOCALE_PATHS = [embedding.LOCALE]
