"""S21: the server fetches nothing, so nobody can make it fetch."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
SERVER = sorted([*ROOT.glob("boards/*.py"), *ROOT.glob("whiteboard/*.py")])
CLIENTS = frozenset(
    {
        "urllib.request",
        "http.client",
        "ftplib",
        "smtplib",
        "requests",
        "httpx",
        "aiohttp",
        "urllib3",
    }
    | {"websockets", "twisted.web.client", "django.core.mail"}
)


@pytest.mark.parametrize("path", SERVER, ids=lambda path: path.name)
def test_no_module_of_the_server_can_fetch(path: Path) -> None:
    imported = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            imported |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    assert not imported & CLIENTS
