"""tests/js/client.test.js once more, beside a real server."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
from pathlib import Path
from typing import Final

from boards.browser import find_node
from cluster.app import run_python
from tests.chaos.wire import HOST
from tests.chaos.world import Single

TEST: Final = Path(__file__).parent.parent / "js" / "client.test.js"
BOARDS: Final = 17
SECONDS: Final = 100
TOKEN: Final = """
from boards.access import Scope
from boards.deeds import Actor
from boards.models import Board
from boards.token_deeds import make
owner = Board.objects.first().owner
print(make(owner, "a program", tuple(Scope), Actor(owner))[1])
"""


def test_the_client_for_other_programs_keeps_its_promises(tmp_path: Path) -> None:
    world = Single(tmp_path)
    try:
        asyncio.run(world.start(people=2, boards=BOARDS))
        site = f"http://{HOST}:{world.servers[0].port}"
        urls = [f"{site}/boards/{board}/" for board in world.boards]
        making = ("manage.py", "shell", "--no-imports", "-c", TOKEN)
        token = run_python(making, world.env).stdout.strip()
        boards = json.dumps({"urls": urls, "cookies": world.cookies, "token": token})
        done = subprocess.run(
            # Node 20 has a WebSocket, but hides it.
            [find_node().node, "--experimental-websocket", "--test", str(TEST)],
            env={**os.environ, "BOARDS": boards},
            capture_output=True,
            text=True,
            check=False,
            timeout=SECONDS,
        )
    finally:
        world.close()
    assert done.returncode == 0, done.stdout + done.stderr
    assert "# skipped 0" in done.stdout, done.stdout
