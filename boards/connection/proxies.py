"""The lines for proxies in front of a whiteboard, by what goes wrong without them.

The page shows exactly these, and tests/py/test_proxies.py puts the real nginx, Caddy and HAProxy
in front of a real server with exactly these, and Apache where the machine has one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from textwrap import indent
from typing import Any, Final, Literal

Topic = Literal["upgrade", "host", "scheme", "buffering", "timeout", "body"]
"""WebSockets; the name that people type; https; gathering; silence; what may be sent."""
HERE: Final = "127.0.0.1:8000"
"""Where the whiteboard listens, in the lines; who copies them knows better."""
PLACE: Final = re.compile(r"^( *)\[(\w+)\]$", re.MULTILINE)


@dataclass(frozen=True)
class Proxy:
    """One proxy: its lines by topic, and a whole that works, with `[topic]` for each of them."""

    title: str
    whole: str
    lines: dict[Topic, str]
    by_hand: str = ""
    """The version they were tried with, where not each run of the tests proves them."""

    def configuration(self, here: str = HERE) -> str:
        lines = {str(topic): text for topic, text in self.lines.items()}
        filled = PLACE.sub(lambda found: indent(lines[found[2]], found[1]), self.whole)
        return filled.replace(HERE, here)


NGINX: Final = Proxy(
    "nginx",
    """\
location / {
    proxy_pass http://127.0.0.1:8000;
    [upgrade]
    [host]
    [scheme]
    [buffering]
    [timeout]
    [body]
}""",
    {
        "upgrade": """\
proxy_http_version 1.1;
proxy_set_header Upgrade $http_upgrade;
proxy_set_header Connection $http_connection;""",
        "host": "proxy_set_header Host $http_host;",
        "scheme": """\
proxy_set_header X-Forwarded-Proto $scheme;
proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;""",
        "buffering": "proxy_buffering off;",
        "timeout": """\
proxy_read_timeout 75s;
proxy_send_timeout 75s;""",
        "body": "client_max_body_size 20m;",
    },
)
CADDY: Final = Proxy(
    "Caddy",
    """\
[body]
reverse_proxy 127.0.0.1:8000 {
    [host]
    [scheme]
    [buffering]
    [timeout]
}""",
    {
        # Caddy passes Upgrade on by itself, unless a matcher or a header_up takes it away.
        "upgrade": "reverse_proxy 127.0.0.1:8000",
        "host": "header_up Host {http.request.hostport}",
        "scheme": "header_up X-Forwarded-Proto {http.request.scheme}",
        "buffering": "flush_interval -1",
        "timeout": """\
transport http {
    read_timeout 75s
    write_timeout 75s
}""",
        "body": """\
request_body {
    max_size 20MB
}""",
    },
)
HAPROXY: Final = Proxy(
    "HAProxy",
    """\
defaults
    mode http
    timeout connect 5s
    [timeout]

frontend board
    bind :80
    [scheme]
    default_backend whiteboard

backend whiteboard
    [upgrade]
    [host]
    [buffering]
    server whiteboard 127.0.0.1:8000""",
    {
        # HAProxy passes Upgrade on by itself in this mode, to a server that speaks HTTP/1.1.
        "upgrade": "mode http",
        "host": "http-request set-header Host %[req.hdr(host)]",
        "scheme": """\
http-request set-header X-Forwarded-Proto https if { ssl_fc }
http-request set-header X-Forwarded-Proto http unless { ssl_fc }
option forwardfor""",
        "buffering": """\
no option http-buffer-request
option http-no-delay""",
        "timeout": """\
timeout client 75s
timeout server 75s
timeout tunnel 1h""",
        # It has no limit for bodies unless a rule sets one, such as req.body_len.
        "body": "no option http-buffer-request",
    },
)
APACHE: Final = Proxy(
    "Apache",
    """\
# Apache 2.4.47 or newer, with mod_proxy_http, mod_headers and mod_env
[upgrade]
ProxyPassReverse "/" "http://127.0.0.1:8000/"
[host]
[scheme]
[buffering]
[timeout]
[body]""",
    {
        # Before 2.4.47 it was mod_proxy_wstunnel with a ProxyPass of its own to ws://. Of several
        # for one path only the first counts, so nothing else is said in this line.
        "upgrade": 'ProxyPass "/" "http://127.0.0.1:8000/" upgrade=websocket',
        "host": "ProxyPreserveHost On",
        # It adds X-Forwarded-For by itself.
        "scheme": 'RequestHeader set X-Forwarded-Proto "expr=%{REQUEST_SCHEME}"',
        # mod_proxy_http passes each piece on as it comes (flushpackets is for AJP and FastCGI), and
        # mod_deflate of 2.4.69 does so too. This keeps it from compressing at all.
        "buffering": "SetEnv no-gzip 1",
        # Of a held request; a socket may be silent for the longer of this and Timeout.
        "timeout": "ProxyTimeout 75",
        # LimitRequestBody is not for what is passed on: 250 KB went through a limit of 100.
        "body": """\
# Apache limits no body that it passes on. mod_security may:
# SecRequestBodyLimit 20971520""",
    },
    by_hand="2.4.69",
)
PROXIES: Final = {"nginx": NGINX, "caddy": CADDY, "haproxy": HAPROXY, "apache": APACHE}

OWN: Final[dict[Topic, str]] = {
    "scheme": "TRUSTED_PROXIES=1",
    "host": "PUBLIC_ORIGINS={origin}",
}
"""What the whiteboard itself is told by its environment; the page puts its own origin in."""


def for_the_page() -> dict[str, Any]:
    return {
        name: {
            "title": proxy.title,
            "whole": proxy.configuration(),
            "lines": proxy.lines,
            "byHand": proxy.by_hand,
        }
        for name, proxy in PROXIES.items()
    }
