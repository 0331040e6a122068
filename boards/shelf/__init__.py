"""A person's boards: the list on the first page, folders, the trash."""

from .cards import Card, Face, face, shown_title

__all__ = ["Card", "Face", "face", "shown_title"]
