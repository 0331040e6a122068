"""People in front of several processes: one list, one picture, and a deploy that nobody notices."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from cluster.stack import Stack

from .conftest import Visit
from .ink import by_hand, written
from .running import Server
from .visitor import DEADLINE, NO_NETWORK, Visitor

if TYPE_CHECKING:
    from cluster.app import App

REMEMBER_WHAT_IS_SAID = """() => {
    const line = document.querySelector("#status");
    window.said = [];
    const note = () => line.hidden || window.said.push(line.textContent);
    new MutationObserver(note).observe(line, { attributes: true, childList: true });
}"""
STOPPED = re.compile("status of 502")
"""From nginx, in the moment in which a process has gone."""


@pytest.fixture(scope="module")
def stack(_one_server: Server) -> Iterator[Stack]:
    with Stack(processes=2, fsync=False, project=_one_server.project) as stack:
        yield stack


def on_both_processes(visit: Visit, stack: Stack) -> tuple[Visitor, Visitor]:
    """nginx gives the second socket to the process that has fewer."""
    ann, bob = visit("Ann", server=stack), visit("Bob", server=stack)
    for visitor in (ann, bob):
        visitor.tolerate(NO_NETWORK)
        visitor.tolerate(STOPPED)
    bob.join(ann.start_board())
    return ann, bob


def sees_two_people(*visitors: Visitor) -> None:
    for visitor in visitors:
        people = visitor.page.locator("#people")
        expect(people).to_have_attribute("aria-label", "2 people here", timeout=DEADLINE)


def test_two_processes_are_one_board(visit: Visit, stack: Stack) -> None:
    """R6, R9: people, growing strokes and what is stored."""
    ann, bob = on_both_processes(visit, stack)
    sees_two_people(ann, bob)
    ann.drag((300, 300), (500, 400), let_go=False)
    bob.sees_ink("#overlay")
    ann.page.mouse.up()
    ann.is_saved()
    bob.sees_ink()
    ann.press("Shift+1")
    bob.press("Shift+1")
    bob.sees_the_same_as(ann)


def test_a_rolling_restart_goes_unnoticed(visit: Visit, stack: Stack) -> None:
    """F7: nothing lost, no error shown, everybody back by themselves."""
    ann, bob = on_both_processes(visit, stack)
    for visitor in (ann, bob):
        visitor.page.evaluate(REMEMBER_WHAT_IS_SAID)
    strokes = by_hand(written("HALLO", 200, 200), 5)
    restart = threading.Thread(target=stack.rolling_restart)
    restart.start()
    while restart.is_alive():
        ann.start_drawing(strokes)
        bob.start_drawing(strokes)
        ann.rests()
        bob.rests()
    restart.join()
    for visitor in (ann, bob):
        visitor.is_live()
        visitor.is_saved()
        expect(visitor.status).to_be_hidden()
        said = visitor.page.evaluate("() => window.said")
        assert not [text for text in said if "Can't reach" in text], said
    sees_two_people(ann, bob)
    assert ann.sent.keys() == ann.acknowledged
    assert bob.sent.keys() == bob.acknowledged
    sent = {key for visitor in (ann, bob) for keys in visitor.sent.values() for key in keys}
    assert ann.elements().keys() == sent
    assert ann.document() == bob.document()


def test_a_killed_process_takes_nothing_with_it(visit: Visit, stack: Stack) -> None:
    """F1: its people come back by way of the other one, and the list says who is there."""
    ann, bob = on_both_processes(visit, stack)
    sees_two_people(ann, bob)
    ann.start_drawing(by_hand(written("HALLO", 200, 200), 6))
    ann.has_drawn(3)
    victim: App = stack.apps[0]
    victim.kill()
    ann.rests()
    for visitor in (ann, bob):
        visitor.is_live()
        visitor.is_saved()
    assert ann.sent.keys() == ann.acknowledged
    sees_two_people(ann, bob)
    victim.start()
    victim.wait_ready()
    ann.press("Shift+1")
    bob.press("Shift+1")
    bob.sees_the_same_as(ann)
