"""Child processes that we own: started, frozen, killed, and never left behind."""

from __future__ import annotations

import atexit
import importlib.util
import os
import pwd
import random
import shutil
import signal
import socket
import stat
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from .guardian import Guardian
from .trees import all_gone, freeze_tree, signal_to, tree_of

HOST: Final = "127.0.0.1"
PROJECT: Final = Path(__file__).resolve().parent.parent
START_SECONDS: Final = 60.0
"""Until a server answers. A slow machine is no fault of the code; usually it takes one or two."""
STOP_SECONDS: Final = 20.0
"""For a server that was asked to stop; then it is killed."""
KILL_SECONDS: Final = 10.0
"""For the kernel to end what was killed."""
POLL_SECONDS: Final = 0.02
LOG_TAIL: Final = 3000
"""Characters of a log that an error tells."""

PORTS: Final = range(20_000, 32_000)
"""Below what the kernel gives to outgoing connections: else one of those might take a server's
port while the server is down, and it could not come back at its address."""
_given: set[int] = set()
_guardian = Guardian()


class StartError(Exception):
    """A server that should answer by now doesn't; tells the end of its log."""


def free_port() -> int:
    """A port of loopback where nothing listens; never the same twice in one process."""
    for port in random.sample(PORTS, len(PORTS)):
        if port in _given:
            continue
        with socket.socket() as probe:
            # As servers do: what lingers in TIME_WAIT doesn't count.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
        _given.add(port)
        return port
    raise StartError(f"no port from {PORTS.start} to {PORTS.stop} is free")


@dataclass(frozen=True)
class Account:
    """Whom a program runs as; without numbers as we do."""

    name: str = ""
    uid: int | None = None
    gid: int | None = None

    @property
    def groups(self) -> list[str | int] | None:
        """No further groups; where it is we ourselves, they stay."""
        return None if self.uid is None else []

    def own(self, path: Path) -> None:
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid)


OURSELVES: Final = Account()


def unprivileged() -> Account:
    """Whom to run as what refuses root or had better not have it: we do, unless we are root."""
    if os.geteuid() != 0:
        return OURSELVES
    for name in ("nobody", "daemon"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(name, entry.pw_uid, entry.pw_gid)
    raise StartError("there is neither a user nobody nor a user daemon")


def temporary_folder(name: str) -> Path:
    """A new folder that every user may pass through and only ours may fill; gone when we are."""
    for parent in dict.fromkeys([tempfile.gettempdir(), "/tmp", "/var/tmp"]):  # noqa: S108
        if os.geteuid() != 0 or _passable(Path(parent)):
            folder = Path(tempfile.mkdtemp(prefix=f"whiteboard-{name}-", dir=parent))
            folder.chmod(0o711)
            _guardian.remove(folder)
            return folder
    raise StartError("other users can't reach any temporary folder: set TMPDIR to one they can")


def make_passable(folder: Path) -> None:
    """Makes a lasting folder that every user may pass through; what exists stays as it is."""
    for part in (*reversed(folder.parents), folder):
        if not part.exists():
            part.mkdir()
            part.chmod(0o711)


def _passable(folder: Path) -> bool:
    """Whether anybody may pass through the folder and all above it."""
    here = folder.resolve()
    return here.is_dir() and all(
        part.stat().st_mode & stat.S_IXOTH for part in (here, *here.parents)
    )


def remove_folder(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    _guardian.keep(folder)


def wheel_folder(package: str) -> Path:
    """Where a package is installed, without importing it: some make folders, and warn, then."""
    found = importlib.util.find_spec(package)
    if found is None or found.origin is None:
        raise StartError(f"{package} is missing: pip install -r requirements-dev.txt")
    return Path(found.origin).parent


class Program:
    """A running child with whatever it has started itself."""

    def __init__(self, process: subprocess.Popen[bytes], name: str, log: Path) -> None:
        self._process = process
        self._name = name
        self.log = log

    @classmethod
    def start(
        cls,
        command: Sequence[str | Path],
        *,
        log: Path,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        account: Account = OURSELVES,
        goodbye: int = signal.SIGTERM,
    ) -> Self:
        """Starts it; `goodbye` is what it is sent if this process should end first."""
        with log.open("ab") as output:
            process = subprocess.Popen(
                [str(part) for part in command],
                cwd=cwd,
                env=None if env is None else dict(env),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                # Ctrl-C in a terminal is ours to answer, in our order.
                start_new_session=True,
                user=account.uid,
                group=account.gid,
                extra_groups=account.groups,
            )
        program = cls(process, Path(command[0]).name, log)
        _guardian.watch(process.pid, goodbye)
        _running.add(program)
        return program

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def running(self) -> bool:
        """Also while it is frozen."""
        return self.exit_code is None

    @property
    def exit_code(self) -> int | None:
        """None while it runs; what it was killed by as a negative number."""
        code = self._process.poll()
        if code is not None:
            self._forget()
        return code

    def wait(self, seconds: float) -> int:
        """Its exit code; `TimeoutError` if it doesn't end by itself in time."""
        try:
            code = self._process.wait(seconds)
        except subprocess.TimeoutExpired as late:
            raise TimeoutError(f"{self._name} still runs after {seconds} s") from late
        self._forget()
        return code

    def send(self, number: int) -> None:
        """Signals the program itself, not what it has started."""
        if self.running:
            self._process.send_signal(number)

    def kill(self) -> None:
        """As if the power had gone: no handler, no flush, no goodbye; nor for its children."""
        if not self.running:
            return
        tree = freeze_tree(self.pid)
        for process in tree:
            signal_to(process, signal.SIGKILL)
            _guardian.forget(process.pid)
        self._process.wait(KILL_SECONDS)
        self._forget()
        if not all_gone(tree, KILL_SECONDS):
            raise TimeoutError(f"what {self._name} had started lives on")

    def terminate(self, number: int = signal.SIGTERM, seconds: float = STOP_SECONDS) -> int | None:
        """Asks it to stop, and kills it if it doesn't in time; returns its exit code."""
        if self.running:
            self.thaw()
            self.send(number)
            try:
                self.wait(seconds)
            except TimeoutError:
                self.kill()
        return self.exit_code

    def freeze(self) -> None:
        """Stops it where it stands, with all that it has started; its connections stay open."""
        if self.running:
            for process in freeze_tree(self.pid)[1:]:
                # They can't notice that their parent has gone.
                _guardian.watch(process.pid, signal.SIGKILL)

    def thaw(self) -> None:
        if self.running:
            for process in tree_of(self.pid):
                signal_to(process, signal.SIGCONT)
                if process.pid != self.pid:
                    _guardian.forget(process.pid)

    def wait_ready(self, answers: Callable[[], bool], seconds: float = START_SECONDS) -> None:
        """Until the condition holds; an error with the log's end if the program ends before."""
        end = time.monotonic() + seconds
        while not answers():
            if not self.running:
                raise StartError(f"{self._name} has ended ({self.exit_code}):\n{self.log_tail()}")
            if time.monotonic() > end:
                raise StartError(f"{self._name} doesn't answer:\n{self.log_tail()}")
            time.sleep(POLL_SECONDS)

    def log_tail(self) -> str:
        return self.log.read_text(errors="replace")[-LOG_TAIL:] if self.log.exists() else ""

    def _forget(self) -> None:
        _running.discard(self)
        _guardian.forget(self.pid)


_running: set[Program] = set()


@atexit.register
def _end_everything() -> None:
    """What a test or a tool has forgotten to stop."""
    for program in list(_running):
        program.terminate()
    _guardian.close()
