"""Draws on every board of the database until its standard input ends: `python -m tests.py.writing`.

Prints a line when it has begun, and how many transactions it has committed at the end. Fails if one
was refused: boards may be restored meanwhile, but for whoever writes they are there all the time.
"""

from __future__ import annotations

import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import django

THREADS = 2


def main() -> None:
    django.setup()
    from boards.models import Board

    boards = list(Board.objects.filter(trashed=None).values_list("pk", flat=True))
    begun, stop = threading.Event(), threading.Event()

    def write() -> int:
        from django.db import connection

        done = 0
        while not stop.is_set():
            for board in boards:
                done += _draw(Board.objects.get(pk=board))
                begun.set()
        connection.close()
        return done

    with ThreadPoolExecutor(THREADS) as pool:
        writers = [pool.submit(write) for _ in range(THREADS)]
        begun.wait()
        print("begun", flush=True)
        sys.stdin.read()
        stop.set()
    print(sum(writer.result() for writer in writers))


def _draw(board: object) -> bool:
    """Whether it was committed; else rights have changed or the lock is held: again, later."""
    from django.db import OperationalError

    from boards import store
    from boards.models import Board

    from .commits import submission
    from .sockets import new_id, put

    assert isinstance(board, Board)
    try:
        (outcome,) = store.commit([submission(board, None, put(new_id()), put(new_id()))])
    except OperationalError:
        return False
    if isinstance(outcome, store.Refused):
        raise RuntimeError(f"refused: {outcome.why}")
    return isinstance(outcome, store.Committed)


if __name__ == "__main__":
    main()
