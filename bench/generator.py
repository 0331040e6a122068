"""Runs the load generator with a plan, beside whatever is measured."""

from __future__ import annotations

import json
import subprocess
import tempfile
import threading
from pathlib import Path
from typing import IO, Any

from boards.browser import find_node

from .system import GENERATOR_CORE, PROJECT, STOP_SECONDS, pinned

Plan = dict[str, Any]


def generate(plan: Plan, seconds: float) -> dict[str, Any]:
    """Runs it on the core that the server has not; gives its result."""
    return Generator(plan, seconds, core=GENERATOR_CORE).finish()


class Generator:
    """One run, killed if it takes longer than `seconds`."""

    def __init__(self, plan: Plan, seconds: float, core: str | None = None) -> None:
        self._load = plan["load"]
        self._folder = tempfile.TemporaryDirectory(prefix="whiteboard-bench-")
        self._errors = Path(self._folder.name) / "errors"
        command = [find_node().node, str(PROJECT / "bench" / "load.mjs")]
        with self._errors.open("w") as errors:
            self._process = subprocess.Popen(
                command if core is None else pinned(core, command),
                cwd=PROJECT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )
        self._killer = threading.Timer(seconds, self._process.kill)
        self._killer.start()
        self._input, self._output = _pipes(self._process)
        self._input.write(json.dumps(plan) + "\n")
        self._input.flush()

    def wait_going(self) -> None:
        """For loads that go on until `finish`: until they have begun."""
        if self._output.readline() != "going\n":
            self.finish()
            raise RuntimeError(f"{self._load} has ended before it began")

    def finish(self) -> dict[str, Any]:
        """Tells it that nothing more comes, and waits for its result."""
        with self._folder:
            try:
                self._input.close()
                text = self._output.read()
                code = self._process.wait()
            finally:
                self._end()
            if code != 0:
                said = self._errors.read_text()[-2000:]
                raise RuntimeError(f"{self._load} failed ({code}):\n{said}")
        result: dict[str, Any] = json.loads(text)
        return result

    def _end(self) -> None:
        self._killer.cancel()
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait(STOP_SECONDS)


def _pipes(process: subprocess.Popen[str]) -> tuple[IO[str], IO[str]]:
    if process.stdin is None or process.stdout is None:
        raise RuntimeError("the load generator was started without pipes")
    return process.stdin, process.stdout
