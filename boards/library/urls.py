"""Addresses of a person's library."""

from django.urls import path

from . import views

library_addresses = [
    path("library/", views.library, name="library"),
    path("library/<str:key>/", views.item, name="library-item"),
]
