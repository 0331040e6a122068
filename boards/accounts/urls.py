"""Addresses of accounts: a person's own pages, and allauth's beside them."""

from django.urls import include, path

from . import views

urlpatterns = [
    path("", views.profile, name="account"),
    path("download/", views.download, name="account-download"),
    path("erase/", views.erase, name="account-erase"),
    path("delete/", views.delete, name="account-delete"),
    path("boards/<uuid:board_id>/", views.take_over, name="account-take-over"),
    path("", include("allauth.urls")),
]
