"""Measurements of the whole server: `python -m bench.run`, or `make bench`."""
