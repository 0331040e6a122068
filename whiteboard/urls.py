"""Addresses of the project: the boards, accounts, the admin, and the pages for what went wrong."""

from django.contrib import admin
from django.urls import include, path

from boards.accounts.admin import sign_in_like_everybody

sign_in_like_everybody(admin.site)
urlpatterns = [
    path("", include("boards.urls")),
    path("account/", include("boards.accounts.urls")),
    path("admin/", admin.site.urls),
]
handler400 = "boards.errors.bad_request"
handler403 = "boards.errors.forbidden"
handler404 = "boards.errors.not_found"
handler500 = "boards.errors.server_error"
