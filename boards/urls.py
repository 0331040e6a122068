"""Addresses of the boards."""

from django.urls import include, path
from django.views.i18n import set_language

from . import document, health, views

urlpatterns = [
    path("", views.home, name="home"),
    path("nickname/", views.nickname, name="nickname"),
    path("language/", set_language, name="set_language"),
    path("trash/", views.trash, name="trash"),
    path("boards/", views.new_board, name="new-board"),
    path("boards/<uuid:board_id>/", views.board, name="board"),
    path("boards/<uuid:board_id>/document", document.document, name="document"),
    path("boards/<uuid:board_id>/title/", views.title, name="title"),
    path("boards/<uuid:board_id>/paper/", views.paper, name="paper"),
    path("boards/<uuid:board_id>/trash/", views.trash_board, name="trash-board"),
    path("boards/<uuid:board_id>/undelete/", views.undelete_board, name="undelete-board"),
    path("", include("boards.sharing.urls")),
    path("favicon.ico", views.favicon, name="favicon"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
