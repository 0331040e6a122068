"""The addresses under which this machine is reached in its own network.

Knows no Django, because `make run HOST=0.0.0.0` asks before there are settings.
"""

from __future__ import annotations

import contextlib
import ipaddress
import socket
import sys

ELSEWHERE = "192.0.2.1"
"""A documentation address: asking for the way there sends nothing."""


def own_addresses() -> list[str]:
    """The address on the way out first, then those under which the machine knows itself."""
    found = [_outgoing_address()]
    with contextlib.suppress(OSError):  # A name that no resolver knows is no reason not to start.
        found += socket.gethostbyname_ex(socket.gethostname())[2]
    return [a for a in dict.fromkeys(found) if a and not ipaddress.ip_address(a).is_loopback]


def allowed_hosts(host: str) -> list[str]:
    """What may stand in the Host header of a server that listens on `host`."""
    name = socket.gethostname()
    listening = [] if _is_every_address(host) else [host]
    own = own_addresses() if _is_every_address(host) else []
    return ["127.0.0.1", "localhost", "[::1]", name, f"{name}.local", *listening, *own]


def links(host: str, port: int) -> list[str]:
    """What to type on a phone in the same network."""
    if not _is_every_address(host):
        return [f"http://{host}:{port}/"]
    return [f"http://{address}:{port}/" for address in own_addresses()]


def is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _outgoing_address() -> str:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect((ELSEWHERE, 9))
        except OSError:
            return ""  # No network at all.
        return str(probe.getsockname()[0])


def _is_every_address(host: str) -> bool:
    return host.strip("[]") in {"0.0.0.0", "::", "*"}  # noqa: S104  (it is compared, not bound)


def main(arguments: list[str]) -> str:
    """For the Makefile: `loopback` or `network`; with --hosts, the list for ALLOWED_HOSTS."""
    match arguments:
        case ["--hosts", host]:
            return ",".join(allowed_hosts(host))
        case [host]:
            return "loopback" if is_loopback(host) else "network"
        case _:
            raise SystemExit("python -m boards.addresses [--hosts] HOST")


if __name__ == "__main__":
    sys.stdout.write(f"{main(sys.argv[1:])}\n")
