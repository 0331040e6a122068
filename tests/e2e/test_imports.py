"""Files of other programs, as they have made them, opened where somebody else looks on."""

from __future__ import annotations

import json
import re
import struct
import subprocess
import zlib
from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from boards.browser import find_node

from .conftest import Visit
from .test_clipboard import pastes
from .visitor import Visitor

MADE = Path(__file__).with_name("made_elsewhere.mjs")
SCENE_MEDIA = "application/vnd.excalidraw+json"
LOOKS: dict[str, Any] = {
    "angle": 0,
    "strokeColor": "#e03131",
    "backgroundColor": "#a5d8ff",
    "fillStyle": "solid",
    "strokeWidth": 2,
    "strokeStyle": "solid",
    "roughness": 1,
    "opacity": 100,
    "groupIds": [],
    "frameId": None,
    "roundness": None,
    "seed": 5,
    "version": 1,
    "versionNonce": 1,
    "index": None,
    "isDeleted": False,
    "boundElements": None,
    "updated": 1,
    "link": None,
    "locked": False,
}
SCENE: dict[str, Any] = {
    "files": {},
    "elements": [
        {**LOOKS, "id": "a", "type": "rectangle", "x": 0, "y": 0, "width": 120, "height": 80},
        {**LOOKS, "id": "b", "type": "ellipse", "x": 300, "y": 0, "width": 100, "height": 100},
        {
            **LOOKS,
            "id": "c",
            "type": "arrow",
            "x": 130,
            "y": 40,
            "width": 160,
            "height": 0,
            "points": [[0, 0], [160, 0]],
            "startArrowhead": None,
            "endArrowhead": "arrow",
            "startBinding": {"elementId": "a", "fixedPoint": [1, 0.5], "mode": "orbit"},
            "endBinding": {"elementId": "b", "fixedPoint": [0.5, 0.51], "mode": "orbit"},
            "elbowed": False,
        },
        {
            **LOOKS,
            "id": "d",
            "type": "freedraw",
            "backgroundColor": "transparent",
            "x": 0,
            "y": 150,
            "width": 60,
            "height": 20,
            "points": [[0, 0], [30, 20], [60, 0]],
            "pressures": [0.2, 0.9, 0.4],
            "simulatePressure": False,
            "strokeOptions": None,
        },
    ],
}
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


@pytest.fixture
def exported() -> dict[str, bytes]:
    """The scene as Excalidraw puts it into its pictures."""
    text = json.dumps({"type": "excalidraw", "version": 2, **SCENE}).encode()
    packed = zlib.compress(text).decode("latin-1")
    written = {"version": "1", "encoding": "bstring", "compressed": True, "encoded": packed}
    payload = json.dumps(written, ensure_ascii=False).encode("latin-1")
    chunks = [
        (b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"\0\0")),
        (b"tEXt", SCENE_MEDIA.encode() + b"\0" + payload),
        (b"IEND", b""),
    ]
    png = b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )
    svg = (
        f"<svg><metadata><!-- payload-type:{SCENE_MEDIA} --><!-- payload-version:2 -->"
        f"<!-- payload-start -->{b64encode(payload).decode()}<!-- payload-end --></metadata></svg>"
    )
    return {"png": b"\x89PNG\r\n\x1a\n" + png, "svg": svg.encode()}


def opens(visitor: Visitor, name: str, content: bytes, kind: str = "") -> None:
    with visitor.page.expect_file_chooser() as chooser:
        visitor.press("Control+o")
    file: Any = {"name": name, "mimeType": kind or "application/octet-stream", "buffer": content}
    chooser.value.set_files([file])


def is_told(visitor: Visitor, words: str) -> None:
    expect(visitor.page.locator(".said")).to_contain_text(words)


def kinds(visitor: Visitor) -> list[str]:
    return sorted(element["kind"] for element in visitor.elements().values())


def has(visitor: Visitor, *wanted: str) -> None:
    visitor.eventually(lambda: kinds(visitor) == sorted(wanted), f"{wanted}")


def test_files_of_other_programs(visit: Visit, exported: dict[str, bytes], made: Path) -> None:
    ann = visit("Ann")
    ann.start_board()
    bob = visit("Bob")
    bob.join(ann.board)
    # The command comes with the menu, once the board is live.
    expect(ann.page.locator("#menu-commands button")).not_to_have_count(0)
    scene = ("rectangle", "ellipse", "arrow", "stroke")

    # Excalidraw's, in each of its forms: the same comes of all, in one step, for everybody.
    for name, content in [
        ("lesson.excalidraw", json.dumps({"type": "excalidraw", "version": 2, **SCENE}).encode()),
        ("lesson.excalidraw.png", exported["png"]),
        ("lesson.excalidraw.svg", exported["svg"]),
    ]:
        opens(ann, name, content)
        is_told(ann, "Taken: 4 elements.")
        has(ann, *scene)
        bob.sees_ink()
        by_kind = {element["kind"]: (key, element) for key, element in ann.elements().items()}
        _, arrow = by_kind["arrow"]
        assert arrow["from"] == f"{by_kind['rectangle'][0]}@1,0.5"
        assert arrow["to"] == by_kind["ellipse"][0]
        assert by_kind["rectangle"][1]["fill"] == "#a5d8ff"
        ann.press("Control+z")
        has(ann)
    bob.sees_nothing()
    pastes(ann, json.dumps({"type": "excalidraw/clipboard", **SCENE}))
    has(ann, *scene)
    ann.press("Control+z")
    has(ann)

    # WBO's; other drawings are pictures, and nothing in them runs.
    opens(ann, "board.svg", WBO.encode(), "image/svg+xml")
    is_told(ann, "Taken: 3 elements.")
    has(ann, "stroke", "rectangle", "text")
    pastes(ann, PICTURE)
    has(ann, "stroke", "rectangle", "text", "image")
    ann.press("Control+z")
    ann.press("Control+z")
    has(ann)

    # tldraw's: pages, and what couldn't be taken, by name and number.
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

    # A PDF: its pages at their sizes, locked behind what will be written on them.
    opens(ann, "paper.pdf", (made / "paper.pdf").read_bytes())
    is_told(ann, "Taken: 2 elements, 2 pages.")
    has(ann, "image", "image")
    pages = ann.document()["pages"]
    sizes = sorted((page["name"], round(page["w"]), round(page["h"])) for page in pages.values())
    assert sizes == [("paper 1", 595, 842), ("paper 2", 400, 300)]
    sheets = sorted(ann.elements().values(), key=lambda sheet: str(sheet["alt"]))
    assert [sheet["alt"] for sheet in sheets] == ["Page 1 of paper", "Page 2 of paper"]
    assert all(
        sheet["locked"] and sheet["source"].endswith(f"#{i + 1}") for i, sheet in enumerate(sheets)
    )
    ann.press("Control+z")
    has(ann)

    # What is damaged or of no kind that is known is said so, and leaves nothing.
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
