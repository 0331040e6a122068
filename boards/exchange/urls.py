"""Addresses of boards as files."""

from django.urls import path

from . import views

file_addresses = [
    path("boards/import", views.import_board, name="import-board"),
    path("boards/<uuid:board_id>/file", views.board_file, name="board-file"),
]
