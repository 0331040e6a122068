"""What people on one board see of each other while they draw."""

from __future__ import annotations

from playwright.sync_api import expect

from .conftest import Visit
from .ink import by_hand, written
from .running import Server
from .visitor import Visitor

WORDS = """(() => {
    const said = new Set();
    const write = CanvasRenderingContext2D.prototype.fillText;
    CanvasRenderingContext2D.prototype.fillText = function (text, ...rest) {
        said.add(text.replace(/[\\u2068\\u2069]/g, ""));
        return write.call(this, text, ...rest);
    };
    Object.assign(window, { said });
})()"""
"""Names beside pointers are paint, so the test reads what is painted."""

WATCH = """([left, top, width, height]) => {
    const seen = [...document.querySelectorAll("canvas")].slice(0, 2);
    const copy = new OffscreenCanvas(width, height);
    const pencil = copy.getContext("2d", { willReadFrequently: true });
    window.inkOverTime = [];
    const look = () => {
        for (const canvas of seen)
            pencil.drawImage(canvas, left, top, width, height, 0, 0, width, height);
        const pixels = new Uint32Array(pencil.getImageData(0, 0, width, height).data.buffer);
        let inked = 0;
        for (const pixel of pixels) if (pixel !== pixels[0]) inked += 1;
        window.inkOverTime.push(inked);
        requestAnimationFrame(look);
    };
    look();
}"""
"""Each frame: how many pixels of this part of the picture and the layer over it have ink."""


def ink_over_time(visitor: Visitor) -> list[int]:
    seen: list[int] = visitor.page.evaluate("window.inkOverTime")
    return seen


def test_a_stroke_is_seen_while_it_grows_and_turns_into_ink_without_a_flicker(
    visit: Visit,
) -> None:
    ann, bob = visit("Ann"), visit("Bob")
    bob.join(ann.start_board())
    for visitor in (ann, bob):
        visitor.page.evaluate(WATCH, [280, 180, 360, 260])
    ann.drag((300, 200), (420, 320), (600, 400), let_go=False)
    # Ann's pen is still down and nothing is stored: this is the stroke as it grows.
    bob.eventually(lambda: ink_over_time(bob)[-1] > 400, "the growing stroke")
    assert ann.document()["clock"] == 0
    assert bob.look()["inked"] == 0
    # Her pointer's name would cover ink.
    grown = min(ink_over_time(bob)[-1], ink_over_time(ann)[-1])
    marks = [len(ink_over_time(visitor)) for visitor in (ann, bob)]
    ann.page.mouse.up()
    ann.is_saved()
    bob.sees_ink()
    bob.sees_the_same_as(ann)
    for visitor, mark in zip((ann, bob), marks, strict=True):
        since = ink_over_time(visitor)[mark:]
        assert min(since) > grown * 0.8, f"{visitor.name} saw the ink go and come: {since}"


def test_a_pointer_is_seen_with_its_owner_s_name_until_it_leaves(visit: Visit) -> None:
    ann, bob = visit("Ann"), visit("민준")
    ann.page.add_init_script(WORDS)
    board = ann.start_board()
    bob.join(board)
    ann.sees_nothing(on="#overlay")
    bob.page.mouse.move(400, 300)
    bob.page.mouse.move(500, 350)
    ann.sees_ink(on="#overlay")
    assert ann.page.evaluate("[...said]") == ["민준"]
    bob.page.mouse.move(640, 780)  # Over the toolbar.
    ann.sees_nothing(on="#overlay")
    bob.page.mouse.move(500, 350)
    ann.sees_ink(on="#overlay")
    bob.page.close()
    ann.sees_nothing(on="#overlay")


def test_the_people_bar_tells_who_is_here_and_follows_new_names(visit: Visit) -> None:
    ann, bob = visit("Ann"), visit("Bob")
    bob.join(ann.start_board())
    here = ann.page.get_by_role("button", name="2 people here")
    expect(here).to_be_visible()
    here.click()
    row = ann.page.locator("#people-list li")
    expect(row.nth(0)).to_contain_text("Ann")
    expect(row.nth(0)).to_contain_text("you")
    expect(row.nth(1)).to_contain_text("Bob")

    bob.page.get_by_role("button", name="Menu").click()
    bob.page.get_by_label("Nickname", exact=True).fill("Robert")
    bob.press("Enter")
    expect(row.nth(1)).to_contain_text("Robert")
    # A second tab of the same person is no second person.
    second = bob.new_page()
    second.goto(bob.page.url)
    expect(second.locator("html")).to_have_attribute("data-connection", "live")
    expect(second.get_by_role("button", name="2 people here")).to_be_visible()
    expect(row).to_have_count(2)
    second.close()
    bob.page.close()
    expect(ann.page.get_by_role("button", name="1 person here")).to_be_visible()


def test_a_new_title_is_seen_by_everybody_at_once(visit: Visit) -> None:
    ann, bob = visit("Ann"), visit("Bob")
    bob.join(ann.start_board())
    title = ann.page.get_by_role("textbox", name="Title")
    title.fill("분수 수업 1")
    title.press("Enter")
    expect(bob.page.get_by_role("textbox", name="Title")).to_have_value("분수 수업 1")
    expect(bob.page).to_have_title("분수 수업 1")
    ann.open("/")
    expect(ann.page.get_by_role("link", name="분수 수업 1")).to_be_visible()


def test_the_admin_clears_a_board_and_everybody_on_it_sees_that(
    visit: Visit, server: Server, staff: Visitor
) -> None:
    ann = visit("Ann")
    board = ann.start_board()
    ann.draw(by_hand(written("HI", 300, 300), 5))
    ann.sees_ink()
    staff.open(f"/admin/boards/board/?q={board}")
    staff.page.get_by_role("row").filter(
        has=staff.page.get_by_role("link", name="Open")
    ).get_by_role("checkbox").check()
    staff.page.get_by_label("Action:").select_option("clear_boards")
    staff.page.locator("button[name=index]").click()
    expect(staff.page.get_by_text("1 board was cleared.")).to_be_visible()
    ann.sees_nothing()
    assert ann.elements() == {}
    server.verify(board)
