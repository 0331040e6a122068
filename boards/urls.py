"""Addresses of the boards."""

from django.urls import include, path
from django.views.i18n import set_language

from . import document, health, offline, traces, views
from .comments.urls import comment_addresses
from .connection import views as connection
from .exchange.urls import file_addresses
from .library.urls import library_addresses
from .shelf import views as shelf
from .thumbnails.views import thumbnail
from .uploads.urls import asset_addresses

urlpatterns = [
    path("", shelf.home, name="home"),
    path("nickname/", views.nickname, name="nickname"),
    path("language/", set_language, name="set_language"),
    path("trash/", shelf.trash, name="trash"),
    path("trash/empty/", shelf.empty_trash, name="empty-trash"),
    path("folders/", shelf.new_folder, name="new-folder"),
    path("folders/<int:folder_id>/name/", shelf.rename_folder, name="rename-folder"),
    path("folders/<int:folder_id>/delete/", shelf.delete_folder, name="delete-folder"),
    path("boards/", views.new_board, name="new-board"),
    path("boards/<uuid:board_id>/", views.board, name="board"),
    path("boards/<uuid:board_id>/document", document.document, name="document"),
    path("boards/<uuid:board_id>/elements/<str:key>/history", traces.history, name="trace"),
    path("boards/<uuid:board_id>/authors", traces.authors, name="authors"),
    path("boards/<uuid:board_id>/thumbnail", thumbnail, name="thumbnail"),
    path("boards/<uuid:board_id>/title/", views.title, name="title"),
    path("boards/<uuid:board_id>/paper/", views.paper, name="paper"),
    path("boards/<uuid:board_id>/trash/", views.trash_board, name="trash-board"),
    path("boards/<uuid:board_id>/undelete/", views.undelete_board, name="undelete-board"),
    path("words/<str:language>-<str:digest>.json", views.words, name="words"),
    *comment_addresses,
    *asset_addresses,
    *file_addresses,
    *library_addresses,
    path("boards/<uuid:board_id>/folder/", shelf.move_board, name="move-board"),
    path("boards/<uuid:board_id>/duplicate/", shelf.duplicate_board, name="duplicate-board"),
    path("boards/<uuid:board_id>/delete/", shelf.delete_board, name="delete-board"),
    path("", include("boards.sharing.urls")),
    path("", include("boards.api.urls")),
    path("service-worker.js", offline.service_worker, name="service-worker"),
    path("manifest.webmanifest", offline.manifest, name="manifest"),
    path("offline/", offline.offline, name="offline"),
    path("connection/", connection.page, name="connection"),
    path("connection/seen/", connection.what_was_seen, name="connection-seen"),
    path("connection/frame/", connection.frame, name="connection-frame"),
    path("ws/echo/", connection.without_upgrade, name="echo-without-upgrade"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
