"""`make cluster` and what stops and restarts it, as the programs that make starts."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from cluster.home import Home
from cluster.processes import PROJECT, Program, free_port, remove_folder, temporary_folder

DEADLINE = 90


@pytest.fixture
def place(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where its boards are kept."""
    folder = temporary_folder("home")
    monkeypatch.setenv("CLUSTER_HOME", str(folder))
    yield folder
    remove_folder(folder)


def start(place: Path, name: str) -> Program:
    ports = ["--port", str(free_port()), "--tls-port", str(free_port())]
    command = [sys.executable, "-m", "cluster", *ports]
    return Program.start(command, log=place / name, cwd=PROJECT, env=os.environ)


def cluster(do: str) -> int:
    command = [sys.executable, "-m", "cluster", do]
    return subprocess.run(command, cwd=PROJECT, check=False, timeout=DEADLINE).returncode


def wait_for(running: Program, fits: Callable[[], bool]) -> None:
    running.wait_ready(fits, DEADLINE)


def test_it_runs_alone_is_restarted_and_stopped(place: Path) -> None:
    running = start(place, "log")
    wait_for(running, lambda: "make cluster-stop" in running.log_tail())
    everything = psutil.Process(running.pid).children(recursive=True)

    second = start(place, "second")
    assert second.wait(DEADLINE) == 1
    assert "runs already" in second.log_tail()

    assert cluster("restart") == 0
    wait_for(running, lambda: "process 2 of 2 is a new one" in running.log_tail())
    everything += psutil.Process(running.pid).children(recursive=True)

    assert cluster("stop") == 0
    assert running.wait(DEADLINE) == 0
    assert not [process for process in everything if process.is_running()]
    assert cluster("stop") == 1


def test_a_killed_one_leaves_nothing_that_blocks_the_next(place: Path) -> None:
    home = Home(place / "board")
    holder = (
        "import sys, time; from pathlib import Path; from cluster.home import Home\n"
        "with Home(Path(sys.argv[1])).entered() as alone: print(alone, flush=True); time.sleep(60)"
    )
    command = [sys.executable, "-c", holder, str(home.folder)]
    running = Program.start(command, log=place / "log", cwd=PROJECT)
    wait_for(running, lambda: running.log_tail() == "True\n")
    assert home.runner() == running.pid
    with home.entered() as alone:
        assert not alone
    running.kill()
    assert home.runner() is None
    with home.entered() as alone:
        assert alone
    assert home.secret_key() == home.secret_key()
