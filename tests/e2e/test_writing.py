"""Writing on a board: text and notes, alone and together, with an input method, in any script."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

from .conftest import Visit
from .visitor import Visitor

if TYPE_CHECKING:
    from playwright.sync_api import CDPSession, Locator, Response

MIDDLE = (640, 360)
PASTE = """([words, times]) => {
    const carried = new DataTransfer();
    const text = words.repeat(times);
    carried.setData("text/plain", text);
    carried.setData("text/html", "<h1 onclick=alert(1)>" + text.slice(0, 100) + "</h1>");
    const pasted = { clipboardData: carried, bubbles: true, cancelable: true };
    document.activeElement.dispatchEvent(new ClipboardEvent("paste", pasted));
}"""


COMMIT = """async (elements) => {
    const config = JSON.parse(document.getElementById("board-config").textContent);
    const { epoch, clock } = await (await fetch(config.document)).json();
    const address = new URL(config.socket, location.href);
    address.protocol = address.protocol.replace("http", "ws");
    const socket = new WebSocket(address, ["whiteboard.v1", "whiteboard"]);
    const changes = elements.map((element, i) => ({ op: "put", key: `element${i}`, element }));
    const say = (message) => socket.send(JSON.stringify(message));
    await new Promise((done) => {
        socket.onopen = () => say({ type: "hello", epoch, since: clock, schema: 2 });
        socket.onmessage = ({ data }) => {
            // What is live comes in bytes.
            const { type } = typeof data === "string" ? JSON.parse(data) : {};
            if (type === "welcome")
                say({ type: "commit", transactions: [{ id: "A".repeat(22), changes }] });
            if (type === "commits") done();
        };
    });
    socket.close();
}"""
"""Puts elements on the board as another client would."""


def field(visitor: Visitor) -> Locator:
    return visitor.page.locator(".writing textarea")


def open_at(visitor: Visitor, key: str, place: tuple[float, float] = MIDDLE) -> None:
    """With the tool of this key."""
    visitor.press(key)
    visitor.page.mouse.click(*place)
    expect(field(visitor)).to_be_focused()


def close(visitor: Visitor) -> None:
    visitor.press("Escape")
    expect(field(visitor)).to_have_count(0)
    visitor.is_saved()


def written(visitor: Visitor) -> list[str]:
    return [element["text"] for element in visitor.elements().values()]


class InputMethod:
    """Composes syllables as a Korean keyboard does."""

    def __init__(self, visitor: Visitor) -> None:
        self._devtools: CDPSession = visitor.context.new_cdp_session(visitor.page)

    def compose(self, text: str) -> None:
        at: dict[str, Any] = {"selectionStart": len(text), "selectionEnd": len(text)}
        self._devtools.send("Input.imeSetComposition", {"text": text, **at})

    def commit(self, text: str) -> None:
        self._devtools.send("Input.insertText", {"text": text})


def test_a_text_is_written_seen_by_others_changed_and_undone(visit: Visit) -> None:
    ann, bob = visit("Ann"), visit("Bob")
    bob.join(ann.start_board())
    open_at(ann, "t")
    ann.page.keyboard.type("heading with v, h and p")
    bob.sees_ink()  # At the first pause, while Ann is still writing.
    expect(field(ann)).to_be_focused()
    close(ann)
    bob.sees_the_same_as(ann)
    assert written(ann) == ["heading with v, h and p"]
    # It is selected now, so Enter opens it again.
    ann.press("Enter")
    ann.page.keyboard.type("!")
    ann.page.mouse.click(200, 600)
    expect(field(ann)).to_have_count(0)
    ann.is_saved()
    assert written(ann) == ["heading with v, h and p!"]
    ann.press("Control+z")
    ann.press("Control+z")
    ann.sees_nothing()


def test_a_korean_syllable_is_composed_while_somebody_else_writes(visit: Visit) -> None:
    ann, bob = visit("Ann"), visit("Bob")
    bob.join(ann.start_board())
    open_at(ann, "n")
    ann.page.keyboard.type("note")
    ann.eventually(lambda: written(ann) == ["note"], "the first words on the server")
    open_at(bob, "t")
    expect(field(bob)).to_have_value("note")
    korean = InputMethod(ann)
    korean.compose("ㅎ")
    korean.compose("하")
    bob.page.keyboard.type("Bob: ")
    ann.eventually(lambda: "Bob" in "".join(written(ann)), "Bob's words on the server")
    # The syllable is still the input method's, and its keys are no shortcuts.
    expect(field(ann)).to_have_value("note하")
    korean.compose("한")
    korean.commit("한")
    expect(field(ann)).to_be_focused()
    for visitor in (ann, bob):
        expect(field(visitor)).to_have_value("note한Bob: ")
    korean.compose("글")
    korean.commit("글")
    close(ann)
    expect(field(bob)).to_have_value("note한글Bob: ")
    close(bob)
    assert written(ann) == ["note한글Bob: "]


def test_two_who_write_in_one_note_at_once_end_with_both_texts(visit: Visit) -> None:
    ann, bob = visit("Ann"), visit("Bob")
    bob.join(ann.start_board())
    open_at(ann, "n")
    ann.page.keyboard.type("-")
    bob.sees_ink()
    open_at(bob, "t")
    bob.press("Home")
    for i in range(6):
        ann.page.keyboard.type(f" ann{i}", delay=20)
        bob.page.keyboard.type(f"bob{i} ", delay=20)
    close(ann)
    close(bob)
    ann.eventually(lambda: len(written(ann)) == 1, "one note")
    both = "bob0 bob1 bob2 bob3 bob4 bob5 - ann0 ann1 ann2 ann3 ann4 ann5"
    ann.eventually(lambda: written(ann) == [both], f"both texts, not {written(ann)}")
    bob.sees_the_same_as(ann)


def test_hebrew_is_written_from_the_right_where_it_stands_afterwards(visit: Visit) -> None:
    ann = visit("Ann")
    ann.start_board()
    ann.press("t")
    ann.drag((400, 300), (800, 340))
    ann.page.keyboard.type("שלום עולם")
    close(ann)
    ann.press("Escape")
    ann.press("v")
    # Within the 400 pixels of the drag, the ink is at the right.
    ann.eventually(lambda: ann.page.evaluate(INK_IN, [640, 290, 170, 60]) > 50, "ink at the right")
    assert ann.page.evaluate(INK_IN, [390, 290, 170, 60]) == 0
    [element] = ann.elements().values()
    assert (element["w"], element["wrap"]) == (400, True)


INK_IN = """([left, top, width, height]) => {
    const seen = document.querySelector("main canvas");
    const copy = new OffscreenCanvas(width, height);
    const pencil = copy.getContext("2d", { willReadFrequently: true });
    pencil.drawImage(seen, left, top, width, height, 0, 0, width, height);
    const pixels = new Uint32Array(pencil.getImageData(0, 0, width, height).data.buffer);
    return pixels.filter((pixel) => pixel !== pixels[0]).length;
}"""


def test_hand_written_fonts_come_for_whoever_sees_them(visit: Visit) -> None:
    ann, bob = visit("Ann"), visit("Bob")
    fetched: list[tuple[str, int]] = []

    def note(got: Response) -> None:
        if ".woff2" in got.url:
            fetched.append((got.url, got.status))

    for visitor in (ann, bob):
        visitor.page.on("response", note)
    board = ann.start_board()
    words = {"kind": "text", "x": 300, "y": 200, "z": "a0", "color": "black", "size": 20}
    ann.page.evaluate(COMMIT, [{**words, "text": "good idea 좋은 생각", "font": "hand"}])
    bob.join(board)

    def places(family: str) -> int:
        return len([url for url, _ in fetched if family in url])

    # For each of the two pages; a worker that paints nothing of it fetches nothing.
    ann.eventually(lambda: places("patrick-hand") >= 2 and places("gaegu") >= 2, "the fonts")
    assert {status for _, status in fetched} <= {200, 304}
    assert "-700-" not in "".join(url for url, _ in fetched)
    bob.sees_the_same_as(ann)


def test_a_huge_paste_gets_a_sentence_and_rich_text_is_plain(visit: Visit) -> None:
    ann = visit("Ann")
    ann.start_board()
    open_at(ann, "n", (300, 120))
    ann.page.evaluate(PASTE, ["rich\r\n\u0007text", 1])
    expect(field(ann)).to_have_value("rich\ntext")
    ann.page.evaluate(PASTE, ["긴 글이에요. ", 100_000])
    expect(ann.page.get_by_text("Only the beginning was pasted")).to_be_visible()
    close(ann)
    [text] = written(ann)
    assert len(text) == 10_000
    assert text.startswith("rich\ntext긴 글이에요.")


def test_text_is_found_wherever_it_is(visit: Visit) -> None:
    ann = visit("Ann")
    ann.start_board()
    for place, text in (
        ((300, 200), "Apple pie"),
        ((600, 200), "사과 APPLE"),
        ((300, 400), "pear"),
    ):
        open_at(ann, "n", place)
        ann.page.keyboard.insert_text(text)
        close(ann)
    ann.press("h")
    ann.drag((600, 300), (600, 790), (600, 1200))  # Two of them are out of sight now.
    ann.press("Control+f")
    ann.page.get_by_role("searchbox", name="Find text").fill("apple")
    counted = ann.page.get_by_role("search").get_by_role("status")
    expect(counted).to_have_text("1 of 2 places")
    ann.press("Enter")
    expect(counted).to_have_text("2 of 2 places")
    ann.press("Shift+Enter")
    expect(counted).to_have_text("1 of 2 places")
    ann.page.get_by_role("searchbox", name="Find text").fill("사과")
    expect(counted).to_have_text("1 of 1 place")
    ann.page.get_by_role("searchbox", name="Find text").fill("nowhere")
    expect(counted).to_have_text("Nothing found")
    ann.press("Escape")
    expect(ann.page.get_by_role("search")).to_have_count(0)
