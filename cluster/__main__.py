"""`make cluster`: the whole stack in the foreground, until Ctrl-C or `make cluster-stop`.

`make cluster-restart` replaces its processes one after the other while people draw.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Final

from .app import CommandFailedError, ServerName
from .home import Home, home_folder
from .processes import STOP_SECONDS, StartError
from .stack import Stack

PROCESSES_MAX: Final = 16
"""Each has connections of its own, and PostgreSQL takes 200."""
LOOK_SECONDS: Final = 1.0
"""How often it looks whether all processes are still there."""
STOP_ALL_SECONDS: Final = 4 * STOP_SECONDS
"""nginx, processes, Redis, PostgreSQL, one after the other."""

RESTART: Final = signal.SIGUSR1
"""Not SIGHUP: that is what a closed terminal sends, and then all of it should stop."""
STOP: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def main() -> int:
    wanted = _arguments()
    home = Home(home_folder())
    if wanted.do == "run":
        return _run(wanted, home)
    pid = home.runner()
    if pid is None:
        return _complain("No cluster of this checkout runs.")
    if wanted.do == "restart":
        os.kill(pid, RESTART)
        print(
            "Its processes are replaced one by one; the terminal of `make cluster` tells how far."
        )
        return 0
    os.kill(pid, signal.SIGTERM)
    return 0 if home.wait_until_left(STOP_ALL_SECONDS) else _complain(f"{pid} does not stop.")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m cluster", description=__doc__)
    parser.add_argument("do", nargs="?", choices=["run", "stop", "restart"], default="run")
    parser.add_argument("--processes", type=int, default=2, choices=range(1, PROCESSES_MAX + 1))
    parser.add_argument("--server", choices=["daphne", "uvicorn"], default="daphne")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--tls", choices=["on", "off", "only"], default="on")
    parser.add_argument("--tls-port", type=int, default=8443)
    return parser.parse_args()


def _run(wanted: argparse.Namespace, home: Home) -> int:
    # Also while it starts, the end is an orderly one.
    for number in STOP:
        signal.signal(number, signal.default_int_handler)
    with home.entered() as alone:
        if not alone:
            return _complain("It runs already: make cluster-stop, or make cluster-restart.")
        server: ServerName = wanted.server
        try:
            with Stack(
                wanted.processes,
                server,
                port=wanted.port,
                tls_port=0 if wanted.tls == "off" else wanted.tls_port,
                only_tls=wanted.tls == "only",
                data=home.database,
                secret_key=home.secret_key(),
            ) as stack:
                _say_where(stack, home.folder)
                _stay(stack)
        except KeyboardInterrupt:
            pass
        except (StartError, CommandFailedError) as error:
            return _complain(str(error))
    print("Stopped.")
    return 0


def _say_where(stack: Stack, folder: Path) -> None:
    for address in filter(None, stack.origins):
        print(f"The whiteboard is on {address}/")
    if stack.tls_address:
        print(f"Its certificate is of an authority of its own: {stack.nginx.authority}")
    print(f"{len(stack.apps)} processes; boards stay in {folder}, logs are in {stack.folder}")
    print("Ctrl-C or `make cluster-stop` stops it, `make cluster-restart` replaces its processes.")
    sys.stdout.flush()


def _stay(stack: Stack) -> None:
    """Until it is told to stop: restarts when asked, and whatever has ended by itself."""
    told: SimpleQueue[int] = SimpleQueue()
    for number in (*STOP, RESTART):
        # Handlers may interrupt anything, a restart too; so they only leave a note.
        signal.signal(number, lambda number, _: told.put(number))
    while True:
        try:
            wish = told.get(timeout=LOOK_SECONDS)
        except Empty:
            _revive(stack)
            continue
        if wish != RESTART:
            return
        stack.rolling_restart(lambda line: print(line, flush=True))


def _revive(stack: Stack) -> None:
    for number, app in enumerate(stack.apps, 1):
        if not app.running:
            print(f"Process {number} has ended; it is started again.", flush=True)
            app.start()
            app.wait_ready()


def _complain(text: str) -> int:
    print(text, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
