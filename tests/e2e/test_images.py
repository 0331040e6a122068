"""Pictures: dropped, pasted, refused and tried again, cropped, described, the same for all."""

from __future__ import annotations

import base64
import io
import json
import re
from typing import TYPE_CHECKING, Any

from PIL import Image
from playwright.sync_api import expect

from .conftest import Visit
from .dropping import bring, ghost, has_pictures, keeps_pictures, photo, pictures
from .visitor import NO_NETWORK, Visitor

if TYPE_CHECKING:
    from playwright.sync_api import Route

UPLOADS = "**/assets"
FULL = json.dumps({"error": "quota_board", "detail": "…"})


def test_each_picture_comes_or_says_why_not_and_keeps_its_place(visit: Visit) -> None:
    ann = visit("Ann")
    ann.start_board()
    # The server's own no: a console has it in red.
    ann.tolerate(re.compile("status of 409"))

    held: list[Route] = []

    def answer(route: Route) -> None:
        body = route.request.post_data_buffer or b""
        if b"JFIF" in body[:32]:
            route.fulfill(status=409, content_type="application/json", body=FULL)
        elif body[:4] == b"RIFF":
            held.append(route)
        else:
            route.continue_()

    ann.page.route(UPLOADS, answer)
    three = [
        photo("red.png", "#d03030"),
        photo("full.jpg", "#30a050", "JPEG"),
        photo("slow.webp", "#3050d0", "WEBP"),
    ]
    bring(ann, "drop", *three)
    # One is there at once, one is refused in words and keeps its place, one is on its way.
    has_pictures(ann, 1)
    full = ghost(ann, "full.jpg")
    expect(full).to_contain_text("This board has no room for more pictures.")
    slow = ghost(ann, "slow.webp")
    expect(slow.get_by_role("progressbar")).to_be_visible()
    slow.get_by_role("button", name="Cancel").focus()
    ann.press("Enter")
    expect(slow).to_have_count(0)
    place = full.bounding_box()
    ann.page.unroute(UPLOADS)
    full.get_by_role("button", name="Try again").click()
    expect(full).to_have_count(0)
    has_pictures(ann, 2)
    assert place is not None
    assert round(place["x"]) == round(pictures(ann)[1]["x"])

    # Both of one bringing are taken back together; what is chosen is a step of its own.
    ann.page.mouse.move(640, 560)
    ann.press("Control+z")
    has_pictures(ann, 0)
    with ann.page.expect_file_chooser() as asked:
        ann.tool("Image").click()
    assert asked.value.is_multiple()
    name, media, content = photo("chosen.png", "#20a0a0")
    asked.value.set_files({"name": name, "mimeType": media, "buffer": base64.b64decode(content)})
    has_pictures(ann, 1)
    ann.press("Control+z")
    has_pictures(ann, 0)


def test_a_picture_is_described_and_cropped_and_the_same_for_all(visit: Visit) -> None:
    ann, bob = visit("Ann"), visit("Bob")
    bob.join(ann.start_board())
    bring(ann, "paste", photo("yellow.png", "#e0c030"))
    has_pictures(ann, 1)
    bob.sees_ink()

    # Described where one is asked, then cropped by keys: two steps.
    ann.page.get_by_role("button", name="Describe this picture").click()
    field = ann.page.get_by_label("What does it show?")
    field.fill("A yellow field")
    field.press("Control+Enter")
    ann.eventually(lambda: pictures(ann)[0].get("alt") == "A yellow field", "the words")
    whole = pictures(ann)[0]
    ann.press("Enter")
    ann.page.get_by_role("button", name="Left edge").focus()
    for _ in range(4):
        ann.press("Shift+ArrowRight")
    ann.press("Enter")
    ann.eventually(lambda: "crop" in pictures(ann)[0], "the crop")
    cropped = pictures(ann)[0]
    assert cropped["x"] == whole["x"] + 80
    assert cropped["w"] == whole["w"] - 80
    assert cropped["crop"] == "0.25,0,0.75,1"
    ann.press("Control+z")
    ann.eventually(lambda: "crop" not in pictures(ann)[0], "all of it")
    ann.press("Control+Shift+z")
    ann.eventually(lambda: "crop" in pictures(ann)[0], "the crop again")

    # Everybody sees the same, also who comes again.
    ann.press("Escape")
    for one in (ann, bob):
        one.is_settled()
    bob.sees_the_same_as(ann)
    seen = bob.look()
    bob.page.reload()
    bob.is_live()
    bob.eventually(lambda: bob.look()["hash"] == seen["hash"], "the same picture after reloading")


def test_a_picture_brought_without_a_network_outlives_its_tab(visit: Visit) -> None:
    """F8: it is on the board once, for both people, whichever tab of its browser is left."""
    ann, bob = visit("Ann"), visit("Bob")
    ann.tolerate(NO_NETWORK)
    board = ann.start_board()
    bob.join(board)
    # Brought as far as it gets without a network: what brings pictures has been fetched by then.
    ann.page.route(UPLOADS, lambda route: route.abort("connectionfailed"))
    bring(ann, "drop", photo("first.png", "#d03030"), at=(400, 300))
    expect(ghost(ann, "first.png")).to_contain_text("Waits for the connection.")
    keeps_pictures(ann, 1)
    ann.context.set_offline(True)
    ann.shows(connection="offline", saved="waiting")
    bring(ann, "drop", photo("second.png", "#3050d0"), at=(800, 300))
    keeps_pictures(ann, 2)
    first = ann.page
    # Nothing asks: all of it is kept.
    first.close(run_before_unload=True)
    ann.page = ann.new_page()
    ann.eventually(first.is_closed, "the tab has gone")

    ann.context.set_offline(False)
    ann.open(f"/boards/{board}/")
    ann.is_live()
    has_pictures(ann, 2)
    keeps_pictures(ann, 0)
    ann.is_saved()
    bob.eventually(lambda: len(pictures(bob)) == 2, "both pictures")
    ann.press("Escape")
    for one in (ann, bob):
        one.is_settled()
    bob.sees_the_same_as(ann)

    # With another tab open that one goes on, without a reload and without doubling anything.
    other = ann.new_page()
    first, ann.page = ann.page, other
    ann.open(f"/boards/{board}/")
    ann.is_live()
    other, ann.page = ann.page, first
    held: list[Route] = []
    first.route(UPLOADS, lambda route: held.append(route))
    bring(ann, "drop", photo("third.png", "#30a050"), at=(640, 560))
    ann.eventually(lambda: len(held) == 1, "the picture is on its way")
    bob.sees_ink("#overlay")
    first.close()
    ann.page = other
    has_pictures(ann, 3)
    keeps_pictures(ann, 0)
    ann.press("Escape")
    bob.sees_nothing("#overlay")
    assert ann.document()["clock"] == 3


HOSTILE = """<svg xmlns="http://www.w3.org/2000/svg" width="120" height="80" onload="alert(1)">
<script>alert(2); fetch("/stolen-script")</script>
<style>@import url("/stolen-style"); @font-face { font-family: f; src: url("/stolen-font") }</style>
<rect width="120" height="80" fill="#30a050"/>
<image href="/stolen-image" width="9" height="9"/><use href="/stolen-use#x"/>
<text font-family="f" y="20">words</text>
<foreignObject width="120" height="80"><body xmlns="http://www.w3.org/1999/xhtml">
<iframe src="/stolen-frame"/><img src="/stolen-picture" onerror="alert(3)"/></body></foreignObject>
</svg>"""


def stored(visitor: Visitor, element: dict[str, Any]) -> Image.Image:
    """The picture as this person gets it from the board they are on."""
    board = f"{visitor.address}/boards/{visitor.board}"
    answer = visitor.context.request.get(f"{board}/assets/{element['asset']}")
    assert answer.ok, answer.status
    return Image.open(io.BytesIO(answer.body()))


def test_what_comes_in_is_pixels_of_a_bounded_size_and_goes_to_other_boards(visit: Visit) -> None:
    ann = visit("Ann")
    board = ann.start_board()
    asked: list[str] = []
    ann.context.on("request", lambda request: asked.append(request.url))
    drawing = base64.b64encode(HOSTILE.encode()).decode()
    bring(ann, "paste", ("drawing.svg", "image/svg+xml", drawing))
    has_pictures(ann, 1)
    drawn = stored(ann, pictures(ann)[0])
    assert drawn.format == "PNG"
    below = (drawn.width // 2, drawn.height - 9)
    assert drawn.convert("RGB").getpixel(below) == (0x30, 0xA0, 0x50)
    assert not [url for url in asked if "stolen" in url]
    ann.press("Control+a")
    ann.press("Delete")

    # A photo of more pixels than anybody sees is made smaller before it is sent.
    bring(ann, "drop", photo("wide.jpg", "#3050d0", "JPEG", (5000, 2500)))
    has_pictures(ann, 1)
    wide = stored(ann, pictures(ann)[0])
    assert (wide.format, wide.size) == ("JPEG", (4096, 2048))

    # Cropped by the mouse: a side is dragged, a press beside it takes what is left.
    whole = pictures(ann)[0]
    ann.press("Enter")
    edge = ann.page.get_by_role("button", name="Right edge").bounding_box()
    assert edge is not None
    x, y = edge["x"] + edge["width"] / 2, edge["y"] + edge["height"] / 2
    ann.drag((x, y), (x - whole["w"] / 4, y + 30))
    ann.page.mouse.click(60, 400)
    ann.eventually(lambda: "crop" in pictures(ann)[0], "the crop")
    left, top, width, height = map(float, pictures(ann)[0]["crop"].split(","))
    assert (left, top, height) == (0, 0, 1)
    assert abs(width - 0.75) < 0.01

    # On another board of hers the copy has its pixels; for Bob, who may not see this one, it
    # brings nothing.
    ann.press("Control+a")
    ann.press("Control+c")
    [token] = [one["value"] for one in ann.context.cookies() if "csrf" in one["name"]]
    answer = ann.context.request.post(
        f"{ann.address}/boards/{board}/sharing/audience/",
        data={"audience": "nobody"},
        headers={"X-CSRFToken": token},
    )
    assert answer.ok, answer.text()
    ann.start_board()
    ann.press("Control+v")
    has_pictures(ann, 1)
    assert stored(ann, pictures(ann)[0]).size == (4096, 2048)
    bob = visit("Bob")
    # The server's own no, also to whether there is such a board.
    bob.tolerate(re.compile("status of 404"))
    bob.start_board()
    bob.press("Control+v")
    expect(bob.page.locator(".said")).to_contain_text("Nothing of this can be on this board.")
    assert bob.elements() == {}
