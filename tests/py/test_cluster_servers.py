"""The servers that the tests start themselves do what the tests count on, and leave no trace."""

from __future__ import annotations

import json
import os
import signal
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from http import HTTPStatus
from pathlib import Path
from urllib.request import HTTPSHandler, ProxyHandler, build_opener

import psutil
import psycopg
import pytest
import redis as redis_client
from websockets.http11 import Request, Response
from websockets.sync.client import connect
from websockets.sync.server import ServerConnection, serve

from cluster.nginx import Nginx
from cluster.postgres import Postgres
from cluster.processes import (
    HOST,
    PROJECT,
    Program,
    StartError,
    free_port,
    remove_folder,
    temporary_folder,
)
from cluster.redis import Redis
from cluster.trees import all_gone, tree_of

DEADLINE = 30
SHORT_SECONDS = 1
"""How long a frozen server is waited for in vain."""


# -- PostgreSQL ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    with Postgres() as postgres:
        yield postgres


def ask(url: str, query: str) -> object:
    with psycopg.connect(url, connect_timeout=DEADLINE) as connection:
        row = connection.execute(query.encode()).fetchone()
        return row and row[0]


def test_postgres_keeps_what_was_committed_when_it_is_killed(postgres: Postgres) -> None:
    url = postgres.database("crash")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE kept (value int)")
        connection.execute("INSERT INTO kept VALUES (7)")
        postgres.kill()
        with pytest.raises(psycopg.OperationalError):
            connection.execute("SELECT 1")
    assert not postgres.running
    postgres.start()
    assert ask(url, "SELECT value FROM kept") == 7


def test_postgres_is_as_durable_as_a_real_one(postgres: Postgres) -> None:
    for setting, value in {
        "fsync": "on",
        "synchronous_commit": "on",
        "full_page_writes": "on",
    }.items():
        assert ask(postgres.url, f"SHOW {setting}") == value


def test_a_frozen_postgres_answers_again_when_it_has_thawed(postgres: Postgres) -> None:
    with psycopg.connect(postgres.url) as connection:
        postgres.freeze()
        with pytest.raises(psycopg.OperationalError):
            # libpq takes no less than two.
            psycopg.connect(postgres.url, connect_timeout=2)
        postgres.thaw()
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_postgres_listens_on_loopback_alone_and_wants_its_password(postgres: Postgres) -> None:
    listening = psutil.Process(postgres.pid).net_connections()
    assert {connection.laddr.ip for connection in listening} == {HOST}
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(postgres.url.replace("whiteboard:", "whiteboard:wrong", 1))


def test_postgres_keeps_its_data_where_it_is_told_to() -> None:
    folder = temporary_folder("kept")
    try:
        with Postgres(folder, fsync=False) as postgres, psycopg.connect(postgres.url) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 7 AS value")
        with Postgres(folder, fsync=False) as postgres:
            assert ask(postgres.url, "SELECT value FROM kept") == 7
    finally:
        remove_folder(folder)


def test_the_data_of_postgres_is_only_its_users(postgres: Postgres) -> None:
    data = postgres.folder / "data"
    assert data.stat().st_mode & 0o077 == 0
    assert not data.is_relative_to(PROJECT)


def test_postgres_leaves_the_modes_of_checkout_and_home_alone() -> None:
    def modes() -> dict[Path, tuple[int, int]]:
        ours = [PROJECT, PROJECT / ".venv", Path(sys.prefix), Path.home(), Path(psycopg.__file__)]
        every = {above for path in ours for above in (path.resolve(), *path.resolve().parents)}
        return {path: (path.stat().st_mode, path.stat().st_uid) for path in every if path.exists()}

    before = modes()
    with Postgres(fsync=False) as postgres:
        assert modes() == before
        folder = postgres.folder
    assert modes() == before
    assert not folder.exists()


# -- Redis -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def redis() -> Iterator[Redis]:
    with Redis() as redis:
        yield redis


def test_a_restarted_redis_has_forgotten_everything(redis: Redis) -> None:
    for end in (redis.kill, redis.stop):
        with redis_client.Redis.from_url(redis.url) as client:
            client.set("kept", "no")
            address = redis.url
            end()
            with pytest.raises(redis_client.ConnectionError):
                client.ping()
        redis.start()
        assert redis.url == address
        with redis_client.Redis.from_url(redis.url) as client:
            assert client.get("kept") is None


def test_a_frozen_redis_answers_again_when_it_has_thawed(redis: Redis) -> None:
    with redis_client.Redis.from_url(redis.url, socket_timeout=SHORT_SECONDS, retry=None) as client:
        client.ping()
        redis.freeze()
        with pytest.raises(redis_client.TimeoutError):
            client.ping()
        redis.thaw()
        assert client.ping()


# -- nginx -----------------------------------------------------------------------------------------


class Upstream:
    """A server that names itself over HTTP and WebSocket, and tells what nginx has told it."""

    def __init__(self) -> None:
        self.port = free_port()
        self.server = serve(self._echo, HOST, self.port, process_request=self._page)
        self._thread = threading.Thread(target=self.server.serve_forever)
        self._thread.start()

    def close(self) -> None:
        self.server.shutdown()
        self._thread.join(DEADLINE)

    def _page(self, connection: ServerConnection, request: Request) -> Response | None:
        if "Upgrade" in request.headers:
            return None
        told = {name: request.headers.get(name, "") for name in TOLD}
        return connection.respond(HTTPStatus.OK, json.dumps({**told, "port": self.port}))

    def _echo(self, connection: ServerConnection) -> None:
        for message in connection:
            connection.send(f"{self.port} {message!r}")


TOLD = ("Host", "X-Forwarded-For", "X-Forwarded-Proto")


@pytest.fixture
def upstreams() -> Iterator[list[Upstream]]:
    both = [Upstream(), Upstream()]
    yield both
    for upstream in both:
        upstream.close()


@pytest.fixture
def nginx(upstreams: list[Upstream]) -> Iterator[Nginx]:
    with Nginx([upstream.port for upstream in upstreams]) as nginx:
        yield nginx


def trust(nginx: Nginx) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(nginx.authority))


def page(address: str, key: ssl.SSLContext | None = None) -> dict[str, object]:
    opener = build_opener(ProxyHandler({}), HTTPSHandler(context=key))
    with opener.open(address, timeout=DEADLINE) as answer:
        told: dict[str, object] = json.load(answer)
    return told


def test_nginx_tells_the_process_who_asks_and_how(nginx: Nginx) -> None:
    for address, key, scheme in (
        (nginx.address, None, "http"),
        (nginx.tls_address, trust(nginx), "https"),
    ):
        told = page(address, key)
        assert told["Host"] == address.split("//")[1]
        assert told["X-Forwarded-For"] == HOST
        assert told["X-Forwarded-Proto"] == scheme


def test_nginx_carries_sockets_with_and_without_tls(nginx: Nginx) -> None:
    for address, key in ((nginx.address, None), (nginx.tls_address, trust(nginx))):
        with connect(address.replace("http", "ws", 1), ssl=key, proxy=None) as socket:
            socket.send("hello")
            assert "hello" in str(socket.recv(DEADLINE))


def test_nginx_spreads_sockets_and_passes_over_who_is_gone(
    nginx: Nginx, upstreams: list[Upstream]
) -> None:
    address = nginx.address.replace("http", "ws", 1)
    with connect(address, proxy=None) as one, connect(address, proxy=None) as two:
        one.send("")
        two.send("")
        ports = {str(socket.recv(DEADLINE)).split()[0] for socket in (one, two)}
    assert ports == {str(upstream.port) for upstream in upstreams}
    upstreams[0].close()
    assert {page(nginx.address)["port"] for _ in range(6)} == {upstreams[1].port}


def test_nginx_takes_a_process_out_without_cutting_its_sockets(
    nginx: Nginx, upstreams: list[Upstream]
) -> None:
    out, stays = upstreams
    nginx.reload([out.port])
    with connect(nginx.address.replace("http", "ws", 1), proxy=None) as socket:
        nginx.reload([stays.port])
        assert {page(nginx.address)["port"] for _ in range(6)} == {stays.port}
        socket.send("still here")
        assert str(socket.recv(DEADLINE)).startswith(str(out.port))


def test_where_only_tls_is_wanted_http_leads_there(upstreams: list[Upstream]) -> None:
    with Nginx([upstreams[0].port], only_tls=True) as nginx:
        assert page(nginx.address, trust(nginx))["X-Forwarded-Proto"] == "https"


def test_the_nginx_of_the_wheel_serves_too(
    upstreams: list[Upstream], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cluster.nginx.OLDEST", (9999, 0, 0))
    with Nginx([upstreams[0].port]) as nginx:
        assert page(nginx.tls_address, trust(nginx))["port"] == upstreams[0].port


# -- what is started is ended ----------------------------------------------------------------------

FORGETFUL = """
import os, signal, sys
from cluster.postgres import Postgres
from cluster.redis import Redis
postgres, redis = Postgres(fsync=False).start(), Redis().start()
print(postgres.pid, redis.pid, postgres.folder, redis.folder, flush=True)
if sys.argv[1] == "frozen":
    postgres.freeze()
    redis.freeze()
if sys.argv[1] != "forgotten":
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize("how", ["forgotten", "killed", "frozen"])
def test_servers_end_with_whoever_started_them(how: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FORGETFUL, how],
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        check=False,
        text=True,
        timeout=DEADLINE * 2,
    )
    assert done.returncode == (0 if how == "forgotten" else -signal.SIGKILL)
    *pids, one, two = done.stdout.split()
    wait_for(lambda: not any(psutil.pid_exists(int(pid)) for pid in pids))
    wait_for(lambda: not Path(one).exists() and not Path(two).exists())


def wait_for(fits: Callable[[], bool]) -> None:
    end = time.monotonic() + DEADLINE
    while not fits():
        assert time.monotonic() < end
        time.sleep(0.05)  # Polling; strangers' processes tell nobody that they end.


def test_a_program_that_ignores_goodbyes_is_killed(tmp_path: Path) -> None:
    program = Program.start(["sh", "-c", "trap '' TERM; echo up; sleep 60"], log=tmp_path / "log")
    program.wait_ready(lambda: program.log_tail() == "up\n")
    family = tree_of(program.pid)
    assert program.terminate(seconds=0.1) == -signal.SIGKILL
    assert all_gone(family, DEADLINE)


def test_what_does_not_start_says_why(tmp_path: Path) -> None:
    program = Program.start(["sh", "-c", "echo no paper; exit 3"], log=tmp_path / "log")
    with pytest.raises(StartError, match=r"(?s)3.*no paper"):
        program.wait_ready(lambda: False)


def test_ports_are_never_given_twice() -> None:
    ports = [free_port() for _ in range(50)]
    assert len(set(ports)) == 50


# -- python -m cluster.on_servers ------------------------------------------------------------------


def on_servers(code: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "cluster.on_servers", sys.executable, "-c", code],
        cwd=PROJECT,
        env=os.environ | env,
        stdout=subprocess.PIPE,
        check=False,
        text=True,
        timeout=DEADLINE * 2,
    )


def test_a_command_on_servers_finds_them_and_its_exit_code_comes_back() -> None:
    done = on_servers(
        "import os, sys, psycopg, redis\n"
        "psycopg.connect(os.environ['DATABASE_URL']).close()\n"
        "with redis.Redis.from_url(os.environ['REDIS_URL']) as client: client.ping()\n"
        "print(os.environ['ON_SERVERS'])\n"
        "sys.exit(7)",
        TEST_DATABASE_URL="",
        TEST_REDIS_URL="",
    )
    assert (done.stdout, done.returncode) == ("1\n", 7)


def test_servers_that_are_there_are_used_where_a_variable_says_so() -> None:
    done = on_servers(
        "import os; print(os.environ['DATABASE_URL'], os.environ['REDIS_URL'])",
        TEST_DATABASE_URL="postgres://theirs/one",
        TEST_REDIS_URL="redis://theirs/0",
    )
    assert done.stdout == "postgres://theirs/one redis://theirs/0\n"
