"""Seeded chaos against real server processes over real sockets: what was acknowledged survives."""
