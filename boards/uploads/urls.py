"""Addresses of a board's pictures and documents."""

from django.urls import path

from . import views

ASSETS = "boards/<uuid:board_id>/assets"

asset_addresses = [
    path(ASSETS, views.upload, name="assets"),
    path(f"{ASSETS}/from", views.take_from, name="assets-from"),
    path(f"{ASSETS}/<str:key>", views.asset, name="asset"),
]
