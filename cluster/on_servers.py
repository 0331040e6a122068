"""Runs a command on PostgreSQL and Redis: `python -m cluster.on_servers pytest tests/py`.

Both are started for it and stopped after it. Servers that are there already are used only where
TEST_DATABASE_URL and TEST_REDIS_URL say so.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import ExitStack

from .postgres import Postgres
from .redis import Redis

USAGE = "usage: python -m cluster.on_servers COMMAND [ARGUMENT…]"


def main(command: list[str]) -> int:
    if not command:
        print(USAGE, file=sys.stderr)
        return 2
    with ExitStack() as servers:
        database = os.environ.get("TEST_DATABASE_URL") or start_postgres(servers)
        redis = os.environ.get("TEST_REDIS_URL") or servers.enter_context(Redis()).url
        env = os.environ | {
            "DATABASE_URL": database,
            "REDIS_URL": redis,
            # Who wants servers within the command finds the same ones.
            "TEST_DATABASE_URL": database,
            "TEST_REDIS_URL": redis,
            "ON_SERVERS": "1",
        }
        return run(command, env)


def start_postgres(servers: ExitStack) -> str:
    # Nothing here outlives the run, so nothing is lost with the machine.
    return servers.enter_context(Postgres(fsync=False)).url


def run(command: list[str], env: dict[str, str]) -> int:
    """Its exit code, as a shell gives it."""
    # Ctrl-C reaches the command too, and is its to answer; the end of us is passed on.
    with subprocess.Popen(command, env=env) as process:
        signal.signal(signal.SIGINT, lambda *_: None)
        signal.signal(signal.SIGTERM, lambda *_: process.terminate())
        code = process.wait()
    return 128 - code if code < 0 else code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
