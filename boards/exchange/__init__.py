"""Boards as files (`.board.json`): written with their pictures, read back as a new board."""
