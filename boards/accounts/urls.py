"""Addresses of accounts: a person's own pages, and allauth's beside them."""

from django.urls import include, path

from . import views

urlpatterns = [
    path("", views.profile, name="account"),
    path("", include("allauth.urls")),
]
