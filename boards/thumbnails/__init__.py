"""Boards as small pictures, painted on the server from their elements and kept."""
