"""The lines for proxies in front of a whiteboard, by what goes wrong without them.

The page shows exactly these, and tests/py/test_proxies.py puts the real nginx, Caddy and HAProxy
in front of a real server with exactly these. Apache's are from its documentation alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import indent
from typing import Any, Final, Literal

Topic = Literal["upgrade", "host", "scheme", "buffering", "timeout", "body"]
"""WebSockets; the name that people type; https; gathering; silence; what may be sent."""
HERE: Final = "127.0.0.1:8000"
"""Where the whiteboard listens, in the lines; who copies them knows better."""


@dataclass(frozen=True)
class Proxy:
    """One proxy: its lines by topic, and all of them as a whole that works."""

    title: str
    whole: str
    """With `{here}` for the whiteboard's address and `{all}` for the lines of `within`."""
    lines: dict[Topic, str]
    within: tuple[Topic, ...]
    """Topics whose lines stand at `{all}`; the others are in `whole` already."""
    indented: int = 4

    def configuration(self, here: str = HERE) -> str:
        lines = "\n".join(self.lines[topic] for topic in self.within)
        filled = self.whole.replace("{all}", indent(lines, " " * self.indented))
        return filled.replace("{here}", here)


NGINX: Final = Proxy(
    "nginx",
    "location / {\n    proxy_pass http://{here};\n{all}\n}",
    {
        "upgrade": "proxy_http_version 1.1;\n"
        "proxy_set_header Upgrade $http_upgrade;\n"
        "proxy_set_header Connection $http_connection;",
        "host": "proxy_set_header Host $http_host;",
        "scheme": "proxy_set_header X-Forwarded-Proto $scheme;\n"
        "proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;",
        "buffering": "proxy_buffering off;",
        "timeout": "proxy_read_timeout 75s;\nproxy_send_timeout 75s;",
        "body": "client_max_body_size 20m;",
    },
    ("upgrade", "host", "scheme", "buffering", "timeout", "body"),
)
CADDY: Final = Proxy(
    "Caddy",
    "reverse_proxy {here} {\n{all}\n}\nrequest_body {\n    max_size 20MB\n}",
    {
        # Caddy passes all of these on by itself; the lines are for what took that away.
        "upgrade": "header_up Upgrade {http.request.header.Upgrade}\n"
        "header_up Connection {http.request.header.Connection}",
        "host": "header_up Host {http.request.hostport}",
        "scheme": "header_up X-Forwarded-Proto {http.request.scheme}",
        "buffering": "flush_interval -1",
        "timeout": "transport http {\n    read_timeout 75s\n    write_timeout 75s\n}",
        "body": "request_body {\n    max_size 20MB\n}",
    },
    ("host", "scheme", "buffering", "timeout"),
)
HAPROXY: Final = Proxy(
    "HAProxy",
    "backend whiteboard\n    mode http\n{all}\n    server whiteboard {here}",
    {
        # HAProxy passes Upgrade on by itself in this mode; a tunnel has a timeout of its own.
        "upgrade": "mode http\ntimeout tunnel 1h",
        # And the Host too, unless a rule sets another one.
        "host": "http-request set-header Host %[req.hdr(host)]",
        "scheme": "http-request set-header X-Forwarded-Proto https if { ssl_fc }\n"
        "http-request set-header X-Forwarded-Proto http unless { ssl_fc }\n"
        "option forwardfor",
        "buffering": "no option http-buffer-request\noption http-no-delay",
        "timeout": "timeout server 75s\ntimeout tunnel 1h",
        # It has no limit of its own but the buffer, for a request's head.
        "body": "no option http-buffer-request",
    },
    ("scheme", "buffering", "timeout"),
)
APACHE: Final = Proxy(
    "Apache",
    'ProxyPass "/" "http://{here}/" upgrade=websocket flushpackets=on timeout=75\n'
    'ProxyPassReverse "/" "http://{here}/"\n{all}',
    {
        "upgrade": "# Apache 2.4.47 or newer, with mod_proxy and mod_proxy_http\n"
        f'ProxyPass "/" "http://{HERE}/" upgrade=websocket',
        "host": "ProxyPreserveHost On",
        "scheme": 'RequestHeader set X-Forwarded-Proto "expr=%{REQUEST_SCHEME}"',
        "buffering": f'ProxyPass "/" "http://{HERE}/" upgrade=websocket flushpackets=on\n'
        "SetEnv no-gzip 1",
        "timeout": f'ProxyPass "/" "http://{HERE}/" upgrade=websocket timeout=75',
        "body": "LimitRequestBody 20971520",
    },
    ("host", "scheme", "body"),
    indented=0,
)
PROXIES: Final = {"nginx": NGINX, "caddy": CADDY, "haproxy": HAPROXY, "apache": APACHE}

OWN: Final[dict[Topic, str]] = {
    "scheme": "TRUSTED_PROXIES=1",
    "host": "PUBLIC_ORIGINS={origin}",
}
"""What the whiteboard itself is told by its environment; the page puts its own origin in."""


def for_the_page() -> dict[str, Any]:
    return {
        name: {"title": proxy.title, "whole": proxy.configuration(), "lines": proxy.lines}
        for name, proxy in PROXIES.items()
    }
