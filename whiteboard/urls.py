"""Addresses of the project: the boards, the admin, and the pages for what went wrong."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("boards.urls")),
    path("admin/", admin.site.urls),
]
handler400 = "boards.errors.bad_request"
handler403 = "boards.errors.forbidden"
handler404 = "boards.errors.not_found"
handler500 = "boards.errors.server_error"
