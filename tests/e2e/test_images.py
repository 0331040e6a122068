"""Pictures: dropped, pasted, refused and tried again, cropped, described, the same for all."""

from __future__ import annotations

import base64
import io
import json
import re
from typing import TYPE_CHECKING, Any

from PIL import Image, ImageDraw
from playwright.sync_api import expect

from .conftest import Visit
from .visitor import Visitor

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Route

BRING = """([kind, files, x, y]) => {
    const transfer = new DataTransfer();
    for (const [name, type, text] of files) {
        const bytes = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
        transfer.items.add(new File([bytes], name, { type }));
    }
    const canvas = document.querySelector("main canvas");
    const more = { bubbles: true, cancelable: true, clientX: x, clientY: y };
    if (kind === "paste") {
        document.body.dispatchEvent(
            new ClipboardEvent("paste", { ...more, clipboardData: transfer }));
        return;
    }
    for (const step of ["dragenter", "dragover", "drop"])
        canvas.dispatchEvent(new DragEvent(step, { ...more, dataTransfer: transfer }));
}"""
"""What a hand does that lets go of files over the board, or presses the keys."""
UPLOADS = "**/assets"
FULL = json.dumps({"error": "quota_board", "detail": "…"})

File = tuple[str, str, str]


def photo(name: str, color: str, kind: str = "PNG") -> File:
    """A field of one colour, with a corner that tells which way it lies."""
    made = Image.new("RGB", (320, 240), color)
    ImageDraw.Draw(made).rectangle((0, 0, 80, 60), fill="black")
    file = io.BytesIO()
    made.save(file, kind)
    return name, f"image/{kind.lower()}", base64.b64encode(file.getvalue()).decode()


def bring(visitor: Visitor, how: str, *files: File, at: tuple[int, int] = (640, 360)) -> None:
    visitor.page.evaluate(BRING, [how, files, *at])


def ghost(visitor: Visitor, name: str) -> Locator:
    return visitor.page.get_by_role("region", name=name)


def pictures(visitor: Visitor) -> list[dict[str, Any]]:
    elements = [one for one in visitor.elements().values() if one["kind"] == "image"]
    return sorted(elements, key=lambda one: (one["y"], one["x"]))


def has_pictures(visitor: Visitor, count: int) -> None:
    visitor.eventually(lambda: len(pictures(visitor)) == count, f"{count} pictures")


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
