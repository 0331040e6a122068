"""What a person is told: at every moment the truth about their work, and what to do."""

from __future__ import annotations

import re
from uuid import uuid4

from playwright.sync_api import expect

from .conftest import Visit
from .running import Server
from .visitor import NO_NETWORK

NOT_FOUND = re.compile("status of 404")


def test_what_waits_is_counted_and_leaving_is_warned_of(visit: Visit, server: Server) -> None:
    ann = visit("Ann")
    ann.tolerate(NO_NETWORK)
    board = ann.start_board()
    ann.drag((300, 300), (400, 300))
    ann.eventually(lambda: len(ann.elements()) == 1, "the first stroke")
    ann.is_saved()

    server.kill()
    ann.shows(connection="offline", saved="saved")
    expect(ann.status).to_contain_text("Can't reach the server.")
    expect(ann.status).to_contain_text("What you draw now is kept here and will be sent.")
    ann.drag((300, 400), (400, 400))
    ann.shows(saved="waiting")
    expect(ann.page.locator("#saved")).to_have_text("1 change waiting")
    ann.drag((300, 500), (400, 500))
    expect(ann.page.locator("#saved")).to_have_text("2 changes waiting")
    expect(ann.status).to_contain_text("Your 2 changes are kept here and will be sent.")

    server.start()
    ann.is_live()
    ann.is_saved()
    expect(ann.status).to_be_hidden()
    assert len(ann.elements()) == 3
    # Nothing waits any more, so nothing is asked.
    ann.page.close(run_before_unload=True)
    ann.page = ann.new_page()
    ann.open(f"/boards/{board}/")
    ann.is_live()


def test_a_board_that_is_moved_to_the_trash_closes_for_everybody_else(visit: Visit) -> None:
    """S3: 4403 within 2 s, and a sentence instead of a code."""
    ann, bob = visit("Ann"), visit("Bob")
    board = ann.start_board()
    bob.join(board)
    ann.page.get_by_role("button", name="Menu").click()
    ann.page.get_by_role("button", name="Move to trash").click()
    ann.page.wait_for_url(ann.address + "/")
    bob.shows(connection="denied")
    expect(bob.status).to_contain_text(
        re.compile("You no longer have access to this board|This board is not there")
    )
    bob.status.get_by_role("button", name="My boards").click()
    bob.page.wait_for_url(bob.address + "/")
    expect(bob.page.locator(f"[data-board='{board}']")).to_have_count(0)
    # Absent and forbidden look alike (S6).
    bob.tolerate(NOT_FOUND)
    bob.open(f"/boards/{board}/")
    forbidden = bob.page.locator("main").inner_text()
    bob.open(f"/boards/{uuid4()}/")
    assert bob.page.locator("main").inner_text() == forbidden

    ann.open("/trash/")
    ann.page.get_by_role("button", name=re.compile("^Put")).click()
    bob.open(f"/boards/{board}/")
    bob.is_live()


def test_a_page_that_is_not_there_leads_back(visit: Visit) -> None:
    ann = visit("Ann")
    ann.tolerate(NOT_FOUND)
    ann.open("/")
    ann.give_nickname()
    ann.open("/nowhere")
    ann.page.get_by_role("link", name="To your boards").click()
    expect(ann.page.get_by_role("button", name="New board")).to_be_visible()


def test_a_frozen_board_says_so_and_takes_no_ink(visit: Visit, server: Server) -> None:
    """But its owner's, who is told why."""
    ann, bob = visit("Ann"), visit("Bob")
    board = ann.start_board()
    bob.join(board)
    freeze(server, board, frozen=True)
    expect(ann.status).to_contain_text("only you and those with the pen can change it")
    expect(bob.status).to_contain_text("This board is frozen.")
    expect(bob.tool("Pen")).to_be_disabled()
    bob.drag((300, 200), (400, 200))
    bob.press("p")
    bob.drag((300, 250), (400, 250))
    ann.page.get_by_role("button", name="Unfreeze").click()
    expect(bob.status).to_be_hidden()
    # The pen is back in the hand. Had ink been taken meanwhile, it would be stored by now.
    expect(bob.tool("Pen")).to_have_attribute("aria-pressed", "true")
    bob.drag((300, 300), (400, 300))
    bob.eventually(lambda: len(bob.elements()) > 0, "the stroke after the thaw")
    assert len(bob.elements()) == 1


def freeze(server: Server, board: str, *, frozen: bool) -> None:
    """As another process would: the open board learns of it from the database (R13)."""
    code = (
        "from boards.models import Board; from boards import announce; "
        f"Board.objects.filter(pk='{board}').update(frozen={frozen}); "
        f"announce.announce_board('{board}')"
    )
    server.manage("shell", "--no-imports", "-c", code)
