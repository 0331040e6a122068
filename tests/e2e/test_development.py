"""The development server, as `manage.py runserver` starts it: a board from unbundled modules."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import MappingProxyType

import pytest

from .conftest import Visit
from .running import Server


class DevelopmentServer(Server):
    """Nothing built and nothing configured."""

    STEPS = (("migrate", "--verbosity", "0"),)
    ENVIRONMENT = MappingProxyType[str, str]({})

    @property
    def command(self) -> list[str]:
        return ["runserver", "--noreload", f"127.0.0.1:{self.port}"]


@pytest.fixture
def development(tmp_path: Path) -> Iterator[DevelopmentServer]:
    server = DevelopmentServer(tmp_path)
    server.start()
    yield server
    server.stop()


def test_a_board_works_without_any_build(visit: Visit, development: DevelopmentServer) -> None:
    ann = visit("Ann", server=development)
    ann.start_board()
    ann.drag((300, 300), (400, 400))
    ann.eventually(lambda: len(ann.elements()) == 1, "the stroke")
    ann.is_saved()
    ann.sees_ink()
    ann.page.reload()
    ann.is_live()
    ann.sees_ink()
