"""Draws on every board of the database until its standard input ends: `python -m tests.py.writing`.

Prints a line when it has begun, and how many transactions it has committed at the end.
"""

from __future__ import annotations

import sys
import threading

import django

THREADS = 2


def main() -> None:
    django.setup()
    from django.db import connection

    from boards.models import Board

    from .commits import commit
    from .sockets import new_id, put

    boards = list(Board.objects.filter(trashed=None))
    done = [0] * THREADS
    begun, stop = threading.Event(), threading.Event()

    def write(which: int) -> None:
        while not stop.is_set():
            for board in boards:
                commit(board, None, put(new_id()), put(new_id()))
                done[which] += 1
                begun.set()
        connection.close()

    threads = [threading.Thread(target=write, args=[which]) for which in range(THREADS)]
    for thread in threads:
        thread.start()
    begun.wait()
    print("begun", flush=True)
    sys.stdin.read()
    stop.set()
    for thread in threads:
        thread.join()
    print(sum(done))


if __name__ == "__main__":
    main()
