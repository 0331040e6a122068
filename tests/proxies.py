"""An nginx with any locations before any port: networks that let no WebSocket through, or worse."""

from __future__ import annotations

import http.client
import signal
from typing import Final, Self

from cluster.nginx import _installed, _user
from cluster.processes import (
    HOST,
    START_SECONDS,
    Program,
    Served,
    free_port,
    remove_folder,
    temporary_folder,
)

GENERATION: Final = "/.generation"
"""Answered by nginx itself: which configuration is in force."""

CONFIGURATION: Final = """\
daemon off;
{user}
worker_processes 1;
pid nginx.pid;
error_log nginx.log warn;
events {{ worker_connections 512; }}
http {{
    access_log off;
    client_body_temp_path body;
    proxy_temp_path proxied;
    fastcgi_temp_path unused;
    uwsgi_temp_path unused;
    scgi_temp_path unused;
    proxy_http_version 1.1;
    proxy_set_header Host $http_host;
    proxy_set_header Connection $wanted;
    proxy_set_header Upgrade $http_upgrade;
    proxy_set_header X-Forwarded-Proto $scheme;
    map $http_upgrade $wanted {{
        default upgrade;
        '' '';
    }}
    server {{
        listen {host}:{port};
        location = {generation_path} {{ return 200 "{generation}"; }}
{locations}
    }}
}}
"""

PASS: Final = "location / { proxy_pass http://BEHIND; }"
"""As it should be. In all blocks BEHIND is the address of the server."""
REFUSE_WEBSOCKETS: Final = "location /ws/ { return 403; }\n" + PASS
GATHER: Final = (
    "location /ws/ { return 403; }\n"
    "location / { proxy_pass http://BEHIND; proxy_buffering on;"
    " proxy_ignore_headers X-Accel-Buffering; proxy_http_version 1.0; }"
)
"""Besides, what is streamed is kept until there is enough of it: with HTTP/1.0 behind it, as nginx
has it where nobody says otherwise. In pieces of HTTP/1.1 each would go on by itself."""


def impatient(seconds: int) -> str:
    """Cuts whatever is silent for so long; pages are left in peace, as machines can be slow."""
    return PASS + "".join(
        f"\nlocation {path} {{ proxy_pass http://BEHIND; proxy_read_timeout {seconds}s;"
        f" proxy_send_timeout {seconds}s; send_timeout {seconds}s; }}"
        for path in ("/live/", "/ws/")
    )


class Proxy(Served):
    """One nginx. What is open stays so when it reloads, unless it is told to be cut."""

    def __init__(self, behind: int, locations: str) -> None:
        self.folder = temporary_folder("proxy")
        self.port = free_port()
        self.log = self.folder / "nginx.log"
        self._behind = behind
        self._generation = 0
        self._write(locations)

    def __enter__(self) -> Self:
        program = str(_installed(self.folder))
        self._program = Program.start(
            [program, "-p", f"{self.folder}/", "-e", "nginx.log", "-c", "nginx.conf"],
            log=self.log,
            cwd=self.folder,
        )
        self._program.wait_ready(self._is_in_force)
        return self

    def __exit__(self, *_: object) -> None:
        if self._program is not None:
            self._program.terminate()
        remove_folder(self.folder)

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.port}"

    def reload(self, locations: str) -> None:
        assert self._program is not None
        self._write(locations)
        self._program.send(signal.SIGHUP)
        self._program.wait_ready(self._is_in_force)

    def _write(self, locations: str) -> None:
        self._generation += 1
        configuration = CONFIGURATION.format(
            user=_user(),
            host=HOST,
            port=self.port,
            generation_path=GENERATION,
            generation=self._generation,
            locations=locations.replace("BEHIND", f"{HOST}:{self._behind}"),
        )
        (self.folder / "nginx.conf").write_text(configuration)

    def _is_in_force(self) -> bool:
        connection = http.client.HTTPConnection(HOST, self.port, timeout=START_SECONDS)
        try:
            connection.request("GET", GENERATION)
            return connection.getresponse().read() == str(self._generation).encode()
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()
