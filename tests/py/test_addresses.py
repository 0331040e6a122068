"""The addresses under which this machine is reached (`make run HOST=0.0.0.0`)."""

from __future__ import annotations

import pytest

from boards import addresses


@pytest.fixture(autouse=True)
def _machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(addresses, "own_addresses", lambda: ["192.168.0.7", "10.0.0.2"])


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.5", "localhost", "::1", "[::1]"])
def test_loopback_is_only_for_this_machine(host: str) -> None:
    assert addresses.main([host]) == "loopback"


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.0.7", "board.local"])
def test_everything_else_is_for_the_network(host: str) -> None:
    assert addresses.main([host]) == "network"


def test_every_address_allows_and_links_all_of_this_machine() -> None:
    allowed = addresses.main(["--hosts", "0.0.0.0"]).split(",")
    assert {"127.0.0.1", "localhost", "192.168.0.7", "10.0.0.2"} <= set(allowed)
    assert "*" not in allowed
    assert addresses.links("0.0.0.0", 8000)[0] == "http://192.168.0.7:8000/"


def test_one_address_allows_and_links_only_that() -> None:
    assert "10.0.0.2" not in addresses.allowed_hosts("192.168.0.7")
    assert addresses.links("192.168.0.7", 81) == ["http://192.168.0.7:81/"]
