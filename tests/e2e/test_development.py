"""The development server, as `manage.py runserver` starts it: a board from unbundled modules."""

from __future__ import annotations

import shutil
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


class HostServer(DevelopmentServer):
    """Somebody else's site (tests/host), with the boards below a path of it."""

    BELOW = "/draw"
    ENVIRONMENT = MappingProxyType({"DJANGO_SETTINGS_MODULE": "tests.host.settings"})

    def __init__(self, folder: Path) -> None:
        host = folder / "tests" / "host"
        shutil.copytree(Path(__file__).parent.parent / "host", host)
        super().__init__(folder)


@pytest.fixture
def host(tmp_path: Path) -> Iterator[HostServer]:
    server = HostServer(tmp_path)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def development(tmp_path: Path) -> Iterator[DevelopmentServer]:
    server = DevelopmentServer(tmp_path)
    server.start()
    yield server
    server.stop()


def test_a_board_works_without_any_build(development: DevelopmentServer, visit: Visit) -> None:
    ann = visit("Ann", server=development)
    ann.start_board_by_hand()
    ann.drag((300, 300), (400, 400))
    ann.eventually(lambda: len(ann.elements()) == 1, "the stroke")
    ann.is_saved()
    ann.sees_ink()
    ann.page.reload()
    ann.is_live()
    ann.sees_ink()


def test_boards_work_in_a_site_of_somebody_else(host: HostServer, visit: Visit) -> None:
    ann = visit("Ann", server=host)
    ann.start_board_by_hand()
    assert "/draw/boards/" in ann.page.url
    ann.drag((300, 300), (400, 400))
    ann.eventually(lambda: len(ann.elements()) == 1, "the stroke")
    ann.is_saved()
    bob = visit("Bob", server=host)
    bob.join(ann.board)
    bob.sees_the_same_as(ann)
