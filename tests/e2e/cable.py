"""A network cable between a browser and the server: it can be cut, go dead, and be mended."""

from __future__ import annotations

import contextlib
import socket
import threading

from .running import HOST

CHUNK = 64 * 1024


class Cable:
    """Listens at an address of its own and carries bytes to the server both ways."""

    def __init__(self, server_port: int) -> None:
        self._server_port = server_port
        self._plugged = threading.Event()
        self._plugged.set()
        self._alive = threading.Event()
        self._alive.set()
        self._ends: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._listener = socket.create_server((HOST, 0))
        self.port = int(self._listener.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.port}"

    def cut(self) -> None:
        """Connections break, in the middle of a frame if need be, and new ones fail."""
        self._plugged.clear()
        self._break_all()

    def go_dead(self) -> None:
        """Nothing arrives any more, and nobody is told: a half-open connection (F2)."""
        self._alive.clear()

    def mend(self) -> None:
        if not self._alive.is_set():
            # What was on its way is lost, as on a real network.
            self._break_all()
        self._alive.set()
        self._plugged.set()

    def close(self) -> None:
        self.cut()
        self._alive.set()
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            if not self._plugged.is_set():
                near.close()
                continue
            try:
                far = socket.create_connection((HOST, self._server_port))
            except OSError:
                near.close()
                continue
            with self._lock:
                self._ends |= {near, far}
            for one, other in ((near, far), (far, near)):
                threading.Thread(target=self._carry, args=(one, other), daemon=True).start()

    def _carry(self, source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(CHUNK):
                self._alive.wait()
                target.sendall(data)
        self._break({source, target})

    def _break_all(self) -> None:
        with self._lock:
            ends = set(self._ends)
        self._break(ends)

    def _break(self, ends: set[socket.socket]) -> None:
        with self._lock:
            self._ends -= ends
        for end in ends:
            # `shutdown` first: it wakes the thread that waits in `recv`.
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
