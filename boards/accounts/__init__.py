"""Accounts by django-allauth, in our own look. The boards themselves know nothing of it."""
