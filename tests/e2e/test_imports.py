"""Files of other programs, as they have made them, opened where somebody else looks on."""

from __future__ import annotations

import io
import json
import re
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import expect

from boards.browser import find_node

from .conftest import Visit
from .judging import judge_of, read_pdf
from .papers import SIZES, STANDARD, paper
from .test_clipboard import pastes
from .test_exports import choose, downloaded
from .visitor import DEADLINE, Visitor

MADE = Path(__file__).with_name("made_elsewhere.mjs")
FILES = Path(__file__).parent.parent / "files"
"""What Excalidraw itself has made; kind by kind in tests/js/imports-excalidraw-made.test.js."""
SCENE = (
    *("rectangle", "rectangle", "ellipse", "diamond", "arrow", "arrow", "line", "stroke"),
    *("text", "image", "frame"),
)
WBO = (
    '<svg id="canvas" xmlns="http://www.w3.org/2000/svg" version="1.1" width="900" height="900" '
    'data-wbo-format="whitebophir-svg-v2" data-wbo-seq="3" data-wbo-readonly="false">'
    '<defs id="defs"></defs><g id="drawingArea">'
    '<path id="l1" stroke="#e03131" stroke-width="8" d="M 10 20 l 40 30 l 40 -30"></path>'
    '<rect id="r1" x="10" y="80" width="90" height="40" stroke="#1971c2" stroke-width="4"></rect>'
    '<text id="t1" x="10" y="200" font-size="30" fill="#2f9e44">a &amp; b</text>'
    '</g><g id="cursors"></g></svg>'
)
PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="40"><script>alert(1)</script>'
    '<rect width="60" height="40" fill="red" onload="alert(1)"/></svg>'
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    subprocess.run([find_node().node, str(MADE), str(folder)], check=True, timeout=120)
    return folder


INK = """async ([address, left, top, right, bottom]) => {
    const answer = await fetch(address);
    const picture = await createImageBitmap(await answer.blob());
    const canvas = new OffscreenCanvas(right - left, bottom - top);
    const pencil = canvas.getContext("2d", { willReadFrequently: true });
    const [w, h] = [canvas.width, canvas.height];
    pencil.drawImage(picture, 2 * left, 2 * top, 2 * w, 2 * h, 0, 0, w, h);
    const { data } = pencil.getImageData(0, 0, w, h);
    let inked = 0;
    for (let i = 0; i < data.length; i += 4) if (data[i] < 128) inked += 1;
    return inked / (w * h);
}"""
"""Which part of a box is dark, of a picture with two pixels a unit."""


def opens(visitor: Visitor, name: str, content: bytes, kind: str = "") -> None:
    with visitor.page.expect_file_chooser() as chooser:
        visitor.press("Control+o")
    file: Any = {"name": name, "mimeType": kind or "application/octet-stream", "buffer": content}
    chooser.value.set_files([file])


def ink_of(visitor: Visitor, asset: str, box: tuple[int, int, int, int]) -> float:
    address = f"/boards/{visitor.board}/assets/{asset}"
    part: float = visitor.page.evaluate(INK, [address, *box])
    return part


def printed(visitor: Visitor) -> bytes:
    """What comes out of the printer, of what is asked for in the export sheet."""
    visitor.page.evaluate("() => { window.print = () => document.body.dataset.printed = 'yes'; }")
    choose(visitor, "Print…")
    visitor.page.wait_for_selector("body[data-printed]")
    return visitor.page.pdf(prefer_css_page_size=True, print_background=True)


def pictures_in(archive: bytes) -> list[tuple[str, tuple[int, int]]]:
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        assert opened.testzip() is None
        return [
            (name, Image.open(io.BytesIO(opened.read(name))).size) for name in opened.namelist()
        ]


def is_told(visitor: Visitor, words: str) -> None:
    expect(visitor.page.locator(".said")).to_contain_text(words, timeout=DEADLINE)


def kinds(visitor: Visitor) -> list[str]:
    return sorted(element["kind"] for element in visitor.elements().values())


def has(visitor: Visitor, *wanted: str) -> None:
    visitor.eventually(lambda: kinds(visitor) == sorted(wanted), f"{wanted}")


def starts(visitor: Visitor) -> None:
    visitor.start_board()
    # The command comes with the menu, once the board is live.
    expect(visitor.page.locator("#menu-commands button")).not_to_have_count(0)


def test_excalidraws_files_bring_the_same_in_one_step_for_everybody(visit: Visit) -> None:
    ann, bob = visit("Ann"), visit("Bob")
    starts(ann)
    bob.join(ann.board)
    for kind in ("excalidraw", "png", "svg"):
        opens(ann, f"lesson.{kind}", (FILES / f"excalidraw.{kind}").read_bytes())
        is_told(ann, "Taken: 11 elements.")
        has(ann, *SCENE)
        bob.sees_ink()
        by_kind = {element["kind"]: key for key, element in ann.elements().items()}
        named = {element.get("text"): key for key, element in ann.elements().items()}
        (arrow,) = (one for one in ann.elements().values() if one.get("head") == "arrow")
        assert arrow["from"] == f"{named['inside']}@1,0.5001"
        assert arrow["to"] == f"{by_kind['ellipse']}@0,0.4001"
        assert ann.elements()[named["inside"]]["fill"] == "#a5d8ff"
        ann.press("Control+z")
        has(ann)
    bob.sees_nothing()
    scene = json.loads((FILES / "excalidraw.excalidraw").read_bytes())
    pastes(ann, json.dumps({**scene, "type": "excalidraw/clipboard"}))
    has(ann, *SCENE)


def test_wbos_drawings_are_read_and_others_are_pictures_in_which_nothing_runs(visit: Visit) -> None:
    ann = visit("Ann")
    starts(ann)
    opens(ann, "board.svg", WBO.encode(), "image/svg+xml")
    is_told(ann, "Taken: 3 elements.")
    has(ann, "stroke", "rectangle", "text")
    pastes(ann, PICTURE)
    has(ann, "stroke", "rectangle", "text", "image")
    ann.press("Control+z")
    ann.press("Control+z")
    has(ann)


def test_tldraws_pages_come_and_what_could_not_be_taken_is_told(visit: Visit, made: Path) -> None:
    ann = visit("Ann")
    starts(ann)
    opens(ann, "lesson.tldr", (made / "lesson.tldr").read_bytes())
    report = ann.page.get_by_role("dialog", name="Not everything was taken")
    expect(report).to_contain_text("Taken: 4 elements, 2 pages.")
    expect(report.get_by_role("listitem")).to_have_text(["Colours of texts in shapes1", "Videos1"])
    report.get_by_role("button", name="Close").click()
    has(ann, "rectangle", "note", "arrow", "text")
    names = [page.get("name") for page in ann.document()["pages"].values()]
    assert sorted(names) == ["Page 1", "Second"]
    ann.press("Control+z")
    has(ann)


def test_a_pdf_brings_its_pages_as_their_readers_see_them_and_takes_them_back(
    visit: Visit,
) -> None:
    ann = visit("Ann")
    starts(ann)
    fetched: list[str] = []
    ann.page.on("request", lambda request: fetched.append(request.url))
    opens(ann, "paper.pdf", paper())
    is_told(ann, "Taken: 6 elements, 6 pages.")
    has(ann, *["image"] * 6)
    pages = ann.document()["pages"]
    sheets = sorted(ann.elements().values(), key=lambda sheet: str(sheet["source"])[-2:])
    assert [sheet["alt"] for sheet in sheets] == [f"Page {i} of paper" for i in range(1, 7)]
    own = [pages[sheet["page"]] for sheet in sheets]
    assert [page["name"] for page in own] == [f"paper {i}" for i in range(1, 7)]
    assert [(round(page["w"]), round(page["h"])) for page in own] == SIZES
    assert all(sheet["locked"] for sheet in sheets)

    # Letters by their numbers, and pixels, that the file itself can't tell.
    _, turned, korean, picture, scan, fonts = (sheet["asset"] for sheet in sheets)
    assert ink_of(ann, turned, (0, 0, 100, 100)) > 0.3
    assert ink_of(ann, korean, (40, 70, 240, 120)) > 0.1
    assert ink_of(ann, picture, (80, 60, 240, 180)) > 0.9
    assert ink_of(ann, scan, (80, 60, 160, 120)) > 0.99
    assert ink_of(ann, scan, (0, 0, 240, 60)) == 0
    for top in range(15, 15 + 60 * len(STANDARD), 60):
        assert ink_of(ann, fonts, (40, top, 200, top + 50)) > 0.05, top
    beside = {url.rsplit("/", 1)[1] for url in fetched if "/pdfjs/" in url}
    needed = {"UniKS-UCS2-H.bcmap", "openjpeg_nowasm_fallback.js"}
    assert needed | {"FoxitSymbol.pfb", "FoxitDingbats.pfb"} <= beside
    assert len(beside) < 12

    ann.press("PageDown")
    ann.press("r")
    ann.drag((600, 300), (700, 380))
    ann.is_saved()
    (drawn,) = (one for one in ann.elements().values() if one["kind"] == "rectangle")
    assert drawn["page"] == sheets[1]["page"]
    ann.press("Escape")
    ann.press("Control+Shift+E")
    choose(ann, "All pages")
    choose(ann, "PDF")
    judge = judge_of(visit)
    corners = [drawn["x"], drawn["y"], drawn["x"] + drawn["w"], drawn["y"] + drawn["h"]]
    for file in (downloaded(ann), printed(ann)):
        found = read_pdf(judge, file, page=-5)
        # The first page has no size of its own.
        assert found.sizes[1:] == SIZES
        assert found.ink == pytest.approx(corners, abs=3)
    choose(ann, "PNG")
    choose(ann, "1×")
    assert pictures_in(downloaded(ann))[1:] == [
        (f"{i + 2}-paper-{i + 1}.png", size) for i, size in enumerate(SIZES)
    ]
    ann.press("Escape")


def test_what_is_damaged_or_of_no_known_kind_leaves_nothing(visit: Visit) -> None:
    ann = visit("Ann")
    starts(ann)
    for name, content, words in [
        ("lesson.excalidraw", b'{"type":"excalidraw","elements":[', "damaged"),
        ("paper.pdf", b"%PDF-1.7 nothing more", "PDF is damaged"),
        ("table.xlsx", b"PK\x03\x04", "of a kind that can't be opened"),
    ]:
        opens(ann, name, content)
        sheet = ann.page.get_by_role("dialog", name="The file wasn't opened")
        expect(sheet).to_contain_text(re.compile(words))
        sheet.get_by_role("button", name="Close").click()
    has(ann)
