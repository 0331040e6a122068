"""A backup is restored under open pages: they show it by themselves, and drawing goes on."""

from __future__ import annotations

from pathlib import Path

from .conftest import Visit
from .ink import by_hand, written
from .running import Server


def test_an_open_page_shows_the_restored_board(
    visit: Visit, server: Server, tmp_path: Path
) -> None:
    """R1: nobody has to reload anything."""
    file = str(tmp_path / "boards.backup")
    ann, bob = visit("Ann"), visit("Bob")
    bob.join(ann.start_board())
    ann.draw(by_hand(written("HA", 300, 300), 1))
    kept = ann.document()
    server.manage("backup", file)
    ann.draw(by_hand(written("LLO", 500, 300), 2))
    assert len(ann.elements()) > len(kept["elements"])
    before = ann.look()

    server.manage("restore", file, "--replace", "--no-input")

    restored = ann.document()
    assert restored["elements"] == kept["elements"]
    assert restored["epoch"] != kept["epoch"]
    ann.eventually(lambda: ann.look() != before, "the restored board")
    fay = visit("Fay")
    fay.join(ann.board)
    fay.sees_ink()
    fay.sees_the_same_as(ann, bob)

    ann.draw(by_hand(written("WI", 300, 500), 3))
    bob.draw(by_hand(written("LD", 500, 500), 4))
    fay.sees_the_same_as(ann, bob)
    assert kept["elements"].items() < fay.elements().items()
    server.verify(ann.board)


def test_a_board_is_restored_while_somebody_draws(
    visit: Visit, server: Server, tmp_path: Path
) -> None:
    """R2, R5: what was under way at that moment is stored once, like all that comes after it."""
    file = str(tmp_path / "boards.backup")
    ann = visit("Ann")
    ann.start_board()
    ann.draw(by_hand(written("HA", 300, 300), 5))
    kept = ann.elements()
    server.manage("backup", file)
    strokes = by_hand([*written("LLO", 500, 300), *written("WILD", 300, 500)], 6)
    ann.start_drawing(strokes)
    ann.has_drawn(3)

    server.manage("restore", file, "--replace", "--no-input")

    ann.rests()
    ann.is_saved()
    # Restoring may take longer than the hand that was drawing: this one is surely after it.
    ann.draw(by_hand(written("D", 750, 500), 7))
    *_, last = ann.sent.values()
    assert kept.keys() | last <= ann.elements().keys()
    fay = visit("Fay")
    fay.join(ann.board)
    fay.sees_ink()
    fay.sees_the_same_as(ann)
    server.verify(ann.board)
