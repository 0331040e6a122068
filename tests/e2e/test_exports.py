"""Files out of a board, compared with the screen pixel by pixel, and what they keep."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.gallery.elements import (
    CLOSED,
    PATTERNS,
    Element,
    line,
    note,
    numbered,
    placed,
    shape,
    stroke,
    text,
    wave,
)
from tests.gallery.filling import is_painted, paste

from .conftest import Visit
from .dropping import bring, has_pictures, photo, pictures
from .judging import judge_of
from .test_axe import Axe
from .visitor import Visitor

if TYPE_CHECKING:
    from playwright.sync_api import Page

TOLERANCE = {"png": 0.0002, "svg": 0.002, "pdf": 0.02}
"""Which part of all pixels may differ from the screen by more than a quarter of a channel.

A PNG comes from the same painter. Vectors are painted by others, whose edges are smoothed
otherwise; in a PDF plain text stands in fonts that every reader has, on the screen in the system's.
"""
COPIED = """async () => (await navigator.clipboard.read()).flatMap(({ types }) => [...types])"""
COMPARE = """async ({ kind, data, screen, tolerance }) => {
    const bytesOf = (base64) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    const loaded = async (type, base64) => {
        const image = new Image();
        image.src = URL.createObjectURL(new Blob([bytesOf(base64)], { type }));
        await image.decode();
        return image;
    };
    const pixelsOf = (picture) => {
        const canvas = new OffscreenCanvas(picture.width, picture.height);
        const pencil = canvas.getContext("2d", { willReadFrequently: true });
        pencil.drawImage(picture, 0, 0);
        return pencil.getImageData(0, 0, canvas.width, canvas.height);
    };
    const printed = async (base64) => {
        const pdfjs = await import("/pdfjs.js");
        pdfjs.GlobalWorkerOptions.workerSrc = "/pdfjs-worker.js";
        const reading = pdfjs.getDocument({ data: bytesOf(base64), verbosity: 0 });
        const page = await (await reading.promise).getPage(1);
        const viewport = page.getViewport({ scale: 1 });
        const canvas = document.createElement("canvas");
        [canvas.width, canvas.height] = [viewport.width, viewport.height].map(Math.round);
        await page.render({ canvas, viewport, background: "#fbfbf9" }).promise;
        return canvas;
    };
    const cornerOfInk = ({ data, width, height }) => {
        let [left, top] = [width, height];
        for (let y = 0; y < height; y++)
            for (let x = 0; x < width; x++)
                if (data[4 * (y * width + x) + 2] < 150) {
                    left = Math.min(left, x);
                    top = Math.min(top, y);
                }
        return { left, top };
    };
    const differing = (seen, file) => {
        const [a, b] = [cornerOfInk(seen), cornerOfInk(file)];
        const [right, down] = [a.left - b.left, a.top - b.top];
        let different = 0;
        for (let y = 0; y < file.height; y++)
            for (let x = 0; x < file.width; x++) {
                const i = 4 * ((y + down) * seen.width + x + right);
                const j = 4 * (y * file.width + x);
                for (let part = 0; part < 3; part++)
                    if (Math.abs(seen.data[i + part] - file.data[j + part]) > 64) {
                        different++;
                        break;
                    }
            }
        return different / (file.width * file.height);
    };
    const types = { png: "image/png", svg: "image/svg+xml" };
    const picture = kind === "pdf" ? await printed(data) : await loaded(types[kind], data);
    const seen = pixelsOf(await loaded("image/png", screen));
    // Fonts within a picture come a moment after it.
    let part = 1;
    for (let looks = 0; part > tolerance && looks < 30; looks++) {
        await frame();
        part = differing(seen, pixelsOf(picture));
    }
    return part;
}"""


def every_kind() -> dict[str, Element]:
    closed = [
        shape(
            kind,
            130 * (i % 4),
            110 * (i // 4),
            105,
            80,
            fill="yellow",
            text="Hi",
            pattern=PATTERNS[i % len(PATTERNS)],
            opacity=0.6 if i == 1 else None,
            dash="dashed" if i == 2 else None,
            look="drawn" if i % 3 == 0 else None,
            seed=7,
        )
        for i, kind in enumerate(CLOSED)
    ]
    return numbered(
        [
            *closed,
            shape("rectangle", 20, 240, 120, 60, angle=0.4, flip="x", text="turned", round=True),
            stroke(wave(180, 260, 160), color="blue", width=6),
            stroke(wave(180, 300, 160), color="black", width=1),
            line("line", [(360, 250), (480, 310)], color="red", dash="dotted"),
            line("arrow", [(360, 310), (480, 250)], color="green", head="triangle", tail="dot"),
            text("안녕, Grüße & <b>", 560, 0, 22),
            text("By hand, 손글씨", 560, 40, 26, font="hand", color="violet"),
            text("bold & code", 560, 90, 18, code=True, bold=True, color="pink"),
            text("serif leaning", 560, 130, 20, font="serif", italic=True, angle=0.2),
            text("one\ntwo", 760, 90, 18, list="number"),
            note("A note that is\nwritten on", 560, 190, "green"),
            stroke(wave(560, 15, 160, 4, 1), kind="highlight", color="yellow", width=24),
        ]
    )


def together(plain: str, other: str) -> dict[str, Element]:
    """What hangs together: pictures and ink cut by a frame, a connector with words on it."""
    elements = numbered(
        [
            placed("frame", 40, 60, w=300, h=200, name="A frame"),
            placed("image", 60, 90, w=160, h=120, asset=plain),
            placed("image", 240, 150, w=160, h=120, asset=other, crop="0,0,0.5,0.5", round=True),
            stroke(wave(20, 230, 400), color="blue", width=6),
            shape("ellipse", 520, 200, fill="green", text="end"),
            line("arrow", [(200, 150), (520, 240)], color="red", text="label"),
            placed("image", 480, 20, w=80, h=60, asset=plain, opacity=0.5, flip="x", angle=0.3),
        ]
    )
    for i in (1, 2, 3):
        elements[f"element-{i:04}"]["frame"] = "element-0000"
    elements["element-0005"].update({"from": "element-0001", "to": "element-0004"})
    return elements


@pytest.fixture
def judge(visit: Visit) -> Page:
    return judge_of(visit)


def choose(visitor: Visitor, name: str) -> None:
    visitor.page.locator("#export").get_by_role("button", name=name, exact=True).click()


def downloaded(visitor: Visitor) -> bytes:
    with visitor.page.expect_download() as download:
        choose(visitor, "Download")
    return Path(download.value.path()).read_bytes()


def seen(visitor: Visitor) -> str:
    encoded: str = visitor.page.evaluate(
        "() => document.querySelector('main canvas').toDataURL('image/png').split(',')[1]"
    )
    return encoded


def difference(judge: Page, kind: str, data: bytes, screen: str) -> float:
    """Which part of the pixels differs."""
    encoded = base64.b64encode(data).decode()
    what = {"kind": kind, "data": encoded, "screen": screen, "tolerance": TOLERANCE[kind]}
    part: float = judge.evaluate(COMPARE, what)
    return part


def screen_like(png: bytes, visitor: Visitor, judge: Page) -> str:
    """The screen, once the fonts have come to it that a PNG has waited for."""
    screens: list[str] = []

    def fits() -> bool:
        screens.append(seen(visitor))
        return difference(judge, "png", png, screens[-1]) <= TOLERANCE["png"]

    visitor.eventually(fits, "the PNG on the screen")
    return screens[-1]


def test_files_look_as_the_screen_does_and_keep_everything(visit: Visit, judge: Page) -> None:
    ann = visit("Ann", permissions=["clipboard-read", "clipboard-write"])
    ann.start_board()
    paste(ann.page, every_kind())
    ann.press("Escape")
    is_painted(ann.page)
    ann.press("Control+Shift+E")
    choose(ann, "1×")
    choose(ann, "PNG")
    screen = screen_like(downloaded(ann), ann, judge)
    for kind in ("svg", "pdf"):
        choose(ann, kind.upper())
        data = downloaded(ann)
        part = difference(judge, kind, data, screen)

        assert part <= TOLERANCE[kind], f"{kind}: {part:.2%} of the pixels"
    axe = Axe(ann.page)
    axe.look("the export sheet")
    assert axe.found == {}

    choose(ann, "Whiteboard file")
    board = json.loads(downloaded(ann))
    assert (board["format"], board["version"]) == ("whiteboard", 1)
    assert board["elements"] == ann.elements()
    assert (board["pages"], board["assets"]) == ({}, {})

    choose(ann, "SVG")
    choose(ann, "Copy")
    said = ann.page.locator("#export").get_by_role("status")
    expect(said).to_have_text("The picture is copied.")
    assert set(ann.page.evaluate(COPIED)) == {"text/plain", "image/png"}
    copied = ann.page.evaluate("() => navigator.clipboard.readText()")
    assert copied.startswith("<svg ")
    assert "url(http" not in copied


def test_a_selection_is_copied_and_a_page_is_printed(visit: Visit) -> None:
    ann = visit("Ann", permissions=["clipboard-read", "clipboard-write"])
    ann.start_board()
    paste(ann.page, numbered([text("By hand", 0, 0, 40, font="hand"), shape("star", 200, 0)]))
    ann.press("Alt+Shift+C")
    expect(ann.page.locator(".said")).to_contain_text("The picture is copied.")
    assert ann.page.evaluate(COPIED) == ["image/png"]
    ann.page.evaluate("() => { window.print = () => document.body.dataset.printed = 'yes'; }")
    ann.press("Control+p")
    ann.page.wait_for_selector("body[data-printed]")
    ann.page.emulate_media(media="print")
    expect(ann.page.locator("#print img")).to_be_visible()
    expect(ann.page.locator("#tools")).to_be_hidden()
    ann.page.evaluate("() => window.dispatchEvent(new Event('afterprint'))")
    expect(ann.page.locator("#print")).to_have_count(0)


def test_what_hangs_together_is_in_files_as_on_the_screen(visit: Visit, judge: Page) -> None:
    ann = visit("Ann")
    ann.start_board()
    bring(ann, "drop", photo("one.png", "#d03030"), photo("two.webp", "#3050d0", "WEBP"))
    has_pictures(ann, 2)
    ann.is_saved()
    plain, other = (one["asset"] for one in pictures(ann))
    ann.press("Escape")
    ann.press("Control+a")
    ann.press("Delete")
    paste(ann.page, together(plain, other))
    ann.press("Escape")
    is_painted(ann.page)
    screen = seen(ann)
    ann.press("Control+Shift+E")
    choose(ann, "1×")
    parts = {}
    for kind in ("png", "svg", "pdf"):
        choose(ann, kind.upper())
        parts[kind] = difference(judge, kind, downloaded(ann), screen)
    assert all(part <= TOLERANCE[kind] for kind, part in parts.items()), parts
    said = ann.page.locator("#export").get_by_role("status")
    expect(said).to_have_text("The file is ready.")
