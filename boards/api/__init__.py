"""The HTTP API: what pages and sockets do, for programs; described by `/api/openapi.json`."""
