"""The proof: people draw at the same time while networks fail and the server is killed."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from uuid import UUID

from playwright.sync_api import expect

from .cable import Cable
from .conftest import Visit
from .ink import by_hand, diagram, written
from .running import Server
from .visitor import NO_NETWORK, Visitor


def logged(server: Server, board: str) -> dict[str, int]:
    """What the database file holds, also of a dead server: transactions, and how often each."""
    with closing(sqlite3.connect(server.database())) as database:
        rows = database.execute(
            "select uid, count(*) from boards_transaction where board_id = ? group by uid",
            [UUID(board).hex],
        )
        return dict(rows.fetchall())


def nothing_is_lost_or_doubled(server: Server, *visitors: Visitor) -> None:
    """Every transaction sent is in the log exactly once, and what it put on the board (R2, R3)."""
    board = visitors[0].board
    in_log = logged(server, board)
    elements = visitors[0].elements()
    sent = {uid: keys for visitor in visitors for uid, keys in visitor.sent.items()}
    assert in_log == dict.fromkeys(sent, 1)
    assert elements.keys() == set().union(*sent.values())
    server.verify(board)


def everybody_sees_the_same(visit: Visit, *visitors: Visitor) -> None:
    """Also somebody who comes afresh, from near and from far."""
    fresh = visit("Fay")
    fresh.join(visitors[0].board)
    fresh.sees_ink()
    fresh.sees_the_same_as(*visitors)
    for visitor in (fresh, *visitors):
        visitor.press("Shift+1")
    fresh.sees_the_same_as(*visitors)
    documents = [visitor.document() for visitor in (fresh, *visitors)]
    assert all(document == documents[0] for document in documents)


def test_two_draw_while_a_network_and_the_server_fail(
    visit: Visit, server: Server, cable: Cable
) -> None:
    """F1, F2, R3, R5, R7: both end with what a third who comes later sees."""
    ann, bob = visit("Ann"), visit("Bob", cable=cable)
    for visitor in (ann, bob):
        visitor.tolerate(NO_NETWORK)
    bob.join(ann.start_board())
    words = [*written("HALLO", 120, 120), *diagram(140, 240), *written("WILD", 120, 340)]
    # Enough for all that happens to Bob meanwhile, also where that takes long.
    anns = by_hand([*words, *written("HALLOHALLO", 120, 460), *written("WILDWILDWI", 120, 560)], 1)
    bobs = by_hand(
        [*written("그림나", 640, 130), *diagram(660, 250), *written("말가", 660, 350)], 2
    )

    ann.start_drawing(anns)
    bob.start_drawing(bobs)

    bob.has_drawn(3)
    # Amid a stroke: the next one has begun in the same turn in which the third was finished.
    bob.context.set_offline(True)
    cable.cut()
    bob.shows(connection="offline")
    bob.has_drawn(6)
    bob.shows(saved="waiting")
    expect(bob.status).to_contain_text("You are offline.")
    cable.mend()
    bob.context.set_offline(False)
    bob.is_live()

    ann.has_drawn(9)
    server.kill()
    told = ann.acknowledged | bob.acknowledged
    assert told <= logged(server, ann.board).keys()
    ann.shows(saved="waiting")
    expect(ann.status).to_contain_text("Can't reach the server.")
    server.start()
    ann.is_live()
    bob.is_live()

    for visitor, strokes in ((ann, anns), (bob, bobs)):
        visitor.rests()
        visitor.is_saved()
        assert visitor.sent.keys() == visitor.acknowledged
        assert len(visitor.sent) == len(strokes)
    nothing_is_lost_or_doubled(server, ann, bob)
    everybody_sees_the_same(visit, ann, bob)


def test_a_dead_connection_is_noticed_while_drawing(visit: Visit, cable: Cable) -> None:
    """F2: half-open, nothing arrives and nobody is told; the page notices by itself."""
    ann = visit("Ann", cable=cable)
    ann.tolerate(NO_NETWORK)
    ann.start_board()
    cable.go_dead()
    ann.start_drawing(by_hand(written("A", 300, 300), 3))
    ann.rests()
    ann.shows(saved="waiting", connection="offline")
    cable.mend()
    ann.is_live()
    ann.is_saved()
    assert len(ann.elements()) == 2


def test_the_server_stops_for_an_update_and_nobody_needs_to_do_anything(
    visit: Visit, server: Server
) -> None:
    """F7: whoever draws goes on drawing."""
    ann = visit("Ann")
    ann.tolerate(NO_NETWORK)
    ann.start_board()
    strokes = by_hand(written("HALL", 300, 300), 4)
    ann.start_drawing(strokes)
    ann.has_drawn(2)
    server.stop()
    ann.shows(connection="offline")
    expect(ann.status).to_contain_text(re.compile("kept here and will be sent"))
    server.start()
    ann.is_live()
    ann.rests()
    ann.is_saved()
    expect(ann.status).to_be_hidden()
    assert len(ann.elements()) == len(strokes)
    server.verify(ann.board)
