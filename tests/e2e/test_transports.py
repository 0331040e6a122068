"""Four transports, one session: the same board over each of them, and from one to another."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.proxies import GATHER, PASS, REFUSE_WEBSOCKETS, Proxy, impatient

from .conftest import Visit
from .ink import by_hand, written
from .running import Server
from .test_together import WATCH, ink_over_time
from .visitor import NO_NETWORK, Visitor

if TYPE_CHECKING:
    from collections.abc import Callable

OVER_HTTP = ("sse", "longpoll", "poll")
REFUSED = re.compile(r"status of (403|504)|" + NO_NETWORK.pattern)


def comes(visitor: Visitor, board: str, query: str = "") -> None:
    visitor.open(f"/boards/{board}/{query}")
    visitor.give_nickname()


def is_on(visitor: Visitor, transport: str) -> None:
    visitor.shows(
        connection="live" if transport == "websocket" else "fallback", transport=transport
    )


def draws(visitor: Visitor, x: int, y: int) -> None:
    visitor.drag((x, y), (x + 60, y + 40), (x + 120, y))
    visitor.is_saved()


def test_the_address_chooses_the_transport(visit: Visit, server: Server) -> None:
    """R2, R14: over each what is drawn is seen by the other, both ways."""
    ann, bob = visit("Ann"), visit("Bob")
    board = ann.start_board()
    comes(bob, board, "?transport=websocket")
    for i, transport in enumerate(("websocket", *OVER_HTTP)):
        bob.open(f"/boards/{board}/?transport={transport}")
        is_on(bob, transport)
        draws(bob, 200, 200 + i * 60)
        draws(ann, 500, 200 + i * 60)
        bob.sees_the_same_as(ann)
    assert len(ann.elements()) == 8
    server.verify(board)


@pytest.mark.parametrize(
    ("locations", "transport"),
    [(REFUSE_WEBSOCKETS, "sse"), (GATHER, "longpoll")],
    ids=["refused", "gathered"],
)
def test_the_page_falls_back_by_itself(
    visit: Visit, server: Server, locations: str, transport: str
) -> None:
    with Proxy(server.port, locations) as proxy:
        ann, bob = visit("Ann"), visit("Bob", cable=proxy)
        bob.tolerate(REFUSED)
        board = ann.start_board()
        comes(bob, board)
        is_on(bob, transport)
        draws(bob, 300, 300)
        draws(ann, 500, 300)
        bob.sees_the_same_as(ann)
        bob.tool("Menu").click()
        assert "no WebSocket" in bob.page.locator(".transport-note").inner_text()
        server.verify(board)


def test_a_proxy_that_cuts_what_is_silent_loses_nothing(visit: Visit, server: Server) -> None:
    """R2, R3, R5: 3 s stand for the 30 s of real ones."""
    with Proxy(server.port, impatient(3)) as proxy:
        ann = visit("Ann")
        board = ann.start_board()
        others = [visit(name, cable=proxy) for name in ("Bob", "Cleo")]
        for other, query in zip(others, ("?transport=sse", "?transport=longpoll"), strict=True):
            other.tolerate(REFUSED)
            comes(other, board, query)
        bob, cleo = others
        is_on(bob, "sse")
        with cleo.page.expect_response(lambda answer: answer.status == 504):
            is_on(cleo, "longpoll")
        for i in range(3):
            draws(ann, 200, 200 + i * 60)
            with bob.page.expect_request("**/live/events"):
                draws(bob, 400, 200 + i * 60)
            draws(cleo, 600, 200 + i * 60)
        bob.sees_the_same_as(ann, cleo)
        assert len(ann.elements()) == 9
        server.verify(board)


def test_the_page_climbs_back_in_the_middle_of_a_stroke(visit: Visit, server: Server) -> None:
    """R5, R9: others see the stroke grow on, and in the end the same picture."""
    with Proxy(server.port, REFUSE_WEBSOCKETS) as proxy:
        ann, bob = visit("Ann"), visit("Bob", cable=proxy)
        bob.tolerate(REFUSED)
        board = ann.start_board()
        comes(bob, board)
        is_on(bob, "sse")
        ann.page.evaluate(WATCH, [180, 180, 660, 360])
        bob.drag((200, 200), (300, 320), (400, 200), let_go=False)
        # All of it, and Bob's pointer beside it: what is still to come would count as growing on.
        ann.eventually(lambda: ink_over_time(ann)[-1] > 1800, "the growing stroke")
        seen = ink_over_time(ann)
        mark, grown = len(seen), seen[-1]
        states = watch_connection(bob)
        proxy.reload(PASS)
        bob.page.evaluate("window.dispatchEvent(new Event('online'))")
        is_on(bob, "websocket")
        bob.page.mouse.move(600, 320, steps=8)
        bob.page.mouse.move(700, 200, steps=8)
        ann.eventually(lambda: ink_over_time(ann)[-1] > 1.4 * grown, "the stroke growing on")
        bob.page.mouse.up()
        bob.is_saved()
        bob.sees_the_same_as(ann)
        ink = ink_over_time(ann)[mark:]
        assert min(ink) > grown * 0.5, f"Ann saw the stroke go and come: {ink}"
        assert states() == ["fallback", "live"]
        assert len(ann.elements()) == 1
        server.verify(board)


def watch_connection(visitor: Visitor) -> Callable[[], list[str]]:
    """What `data-connection` is, and becomes from here on."""
    visitor.page.evaluate(
        """() => {
            const root = document.documentElement;
            window.connections = [root.dataset.connection];
            new MutationObserver(() => {
                const now = root.dataset.connection;
                if (now !== window.connections.at(-1)) window.connections.push(now);
            }).observe(root, { attributeFilter: ["data-connection"] });
        }"""
    )
    return lambda: visitor.page.evaluate("window.connections")


def test_strokes_drawn_while_it_changes_arrive_once(visit: Visit, server: Server) -> None:
    """R2, R3: WebSockets are let through, refused and let through again while somebody draws."""
    with Proxy(server.port, REFUSE_WEBSOCKETS) as proxy:
        ann, bob = visit("Ann"), visit("Bob", cable=proxy)
        bob.tolerate(REFUSED)
        board = ann.start_board()
        comes(bob, board)
        is_on(bob, "sse")
        strokes = by_hand([*written("HALLO", 120, 120), *written("WILD", 120, 240)], 3)
        bob.start_drawing(strokes)
        bob.has_drawn(3)
        proxy.reload(PASS)
        bob.page.evaluate("window.dispatchEvent(new Event('online'))")
        is_on(bob, "websocket")
        bob.rests()
        bob.is_saved()
        bob.sees_the_same_as(ann)
        assert len(ann.elements()) == len(strokes)
        server.verify(board)
