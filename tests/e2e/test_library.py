"""Templates and one's own library, on a board and on the next one."""

from __future__ import annotations

from .conftest import Visit
from .visitor import Visitor


def opens(visitor: Visitor, command: str) -> None:
    visitor.page.get_by_role("button", name="Menu", exact=True).click()
    visitor.page.locator(f"[data-command='{command}']").click()


def test_templates_and_what_was_put_aside_come_to_any_board(visit: Visit) -> None:
    ann, bob = visit("Ann"), visit("Bob")
    board = ann.start_board()
    bob.join(board)
    opens(ann, "board.templates")
    ann.page.get_by_role("button", name="Flowchart").click()
    ann.eventually(lambda: len(ann.elements()) == 10, "the flowchart")
    ann.is_saved()
    bob.eventually(lambda: len(bob.elements()) == 10, "the flowchart")
    bob.sees_the_same_as(ann)

    # One step of the history, and selected.
    ann.press("Control+k")
    ann.page.keyboard.type("Add to my library")
    ann.page.get_by_role("option", name="Add to my library").wait_for()
    ann.page.keyboard.press("Enter")
    ann.page.get_by_text("It is in your library now.").wait_for()
    ann.page.keyboard.press("Control+z")
    ann.eventually(lambda: len(ann.elements()) == 0, "nothing")

    ann.start_board()
    opens(ann, "board.library")
    ann.page.locator(".library-card").click()
    ann.eventually(lambda: len(ann.elements()) == 10, "what was put aside")
    keys = set(ann.elements())
    ends = [one[end] for one in ann.elements().values() for end in ("from", "to") if end in one]
    assert len(ends) == 10
    assert {str(end).split("@")[0] for end in ends} <= keys, "they stick to the new ones"

    opens(ann, "board.library")
    ann.page.get_by_role("button", name="Remove Without a name").click()
    ann.page.locator(".library-card").wait_for(state="detached")
