"""What the boards of the gallery show: kinds, looks, fills, line ends, texts, and a real one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from tests.e2e.ink import by_hand, written

from .elements import (
    CLOSED,
    DASHES,
    FONTS,
    HEADS,
    INKS,
    PATTERNS,
    Element,
    line,
    note,
    numbered,
    shape,
    stroke,
    text,
    wave,
)

LABEL: Final[Mapping[str, Any]] = {"size": 14, "color": "grey"}


def kinds() -> list[Element]:
    """Every kind, clean above and drawn by hand below, upright and turned."""
    found = []
    for row, look in enumerate((None, "drawn")):
        y = row * 420
        more: dict[str, Any] = {"look": look, "seed": 7 if look else None}
        for i, kind in enumerate(CLOSED):
            place = (i % 4 * 180, y + i // 4 * 130)
            fill, inside = INKS[2 + i], kind.capitalize()
            found.append(shape(kind, *place, fill=fill, opacity=0.9, text=inside, size=14, **more))
        found += [
            line("line", [(740, y), (800, y + 80), (860, y), (920, y + 80)], **more),
            line("line", [(740, y + 130), (800, y + 210), (920, y + 130)], curve=True, **more),
            line("arrow", [(960, y + 80), (1100, y)], head="arrow", color="blue", **more),
            line("arrow", [(960, y + 210), (1010, y + 130), (1100, y + 200)], curve=True, **more)
            | {"head": "triangle", "tail": "dot", "color": "red"},
            shape("rectangle", 20, y + 280, angle=0.4, round=True, color="teal", **more),
            shape("triangle", 200, y + 280, angle=-0.3, color="violet", **more),
            stroke(wave(380, y + 320, 300), color="black"),
            stroke(wave(740, y + 320, 340, 0), kind="highlight", color="yellow", width=28),
            text("Highlighted words", 760, y + 308, 22),
        ]
    return found


def fills() -> list[Element]:
    """Every pattern in every closed kind, clean and drawn."""
    return [
        shape(
            kind,
            column * 150 + (len(PATTERNS) * 150 + 60) * bool(look),
            row * 110,
            *(120, 84),
            color=INKS[column + 2],
            fill=INKS[column + 2],
            pattern=pattern,
            look=look,
            seed=row * 10 + column if look else None,
        )
        for look in (None, "drawn")
        for row, kind in enumerate(CLOSED)
        for column, pattern in enumerate(PATTERNS)
    ]


def lines() -> list[Element]:
    """Every line end with every dash, straight and curved, thin and thick; and dashed outlines."""
    found = []
    for row, head in enumerate(HEADS):
        y = row * 90
        found.append(text(head, 0, y + 8, **LABEL))
        for column, dash in enumerate(DASHES):
            x = 100 + column * 360
            ends = {"head": head, "tail": head if column == 1 else None, "dash": dash}
            found += [
                line("arrow", [(x, y + 40), (x + 140, y)], width=2 + 2 * column, **ends),
                line(
                    "arrow",
                    [(x + 180, y + 50), (x + 240, y - 20), (x + 320, y + 40)],
                    **{
                        "curve": True,
                        "color": "blue",
                        "look": "drawn" if row % 2 else None,
                        **ends,
                    },
                ),
            ]
    for i, kind in enumerate(CLOSED):
        found.append(shape(kind, 40 + i * 140, 570, 110, 80, dash=DASHES[1 + i % 2], round=True))
    return found


def texts() -> list[Element]:
    """Fonts, sizes, paragraphs, lists and scripts; texts in shapes; papers of every colour."""
    long = "A paragraph as wide as somebody has made it, and its lines break where it ends."
    found = []
    for i, font in enumerate(FONTS):
        found += [
            text(f"{font}: Hello, board 0123", 0, i * 44, 28, font=font),
            text("손글씨와 한글 안녕하세요", 380, i * 44, 28, font=font),
            text("bold", 760, i * 44, 28, font=font, bold=True),
            text("italic", 860, i * 44, 28, font=font, italic=True),
        ]
    found += [
        text(long, 0, 200, 18, w=260, wrap=True),
        text(long, 300, 200, 18, w=260, wrap=True, align="center"),
        text(long, 600, 200, 18, w=260, wrap=True, align="end"),
        text("one\ntwo\nthree", 900, 200, 18, list="bullet"),
        text("first\nsecond\nthird", 1020, 200, 18, list="number"),
        text("let x = 1;\nreturn x;", 980, 20, 18, code=True),
        text("مرحبا بالعالم שלום", 0, 330, 24),
        text("👋 🎉 ✏️ 👩‍👩‍👧", 300, 330, 24),
    ]
    for i, kind in enumerate(CLOSED):
        at = (i * 150, 400)
        found.append(shape(kind, *at, 140, 110, text="Words within a shape", size=16, font="hand"))
    for i, ink in enumerate(INKS):
        place = (i % 6 * 190, 550 + i // 6 * 190)
        found.append(note(f"A note on {ink}\n메모 한 장", *place, fill=ink, size=20))
    return found


def inks() -> list[Element]:
    """Every ink in every width, and the highlighter over it."""
    found = []
    for row, ink in enumerate(INKS):
        y = row * 56
        found.append(text(ink, 0, y - 8, **LABEL))
        for column, width in enumerate((2, 4, 8, 16)):
            found.append(stroke(wave(90 + column * 230, y, 200), color=ink, width=width))
        found.append(
            stroke(wave(1010, y, 180, 2), kind="highlight", color=ink, width=24, opacity=0.5)
        )
    return found


def meeting() -> list[Element]:
    """A board as people leave it after an hour."""
    ideas = ("Draw in the first second", "Never lose a stroke", "Works on the train", "Feels calm")
    found = [
        text("Launch week", 0, -90, 44, font="hand"),
        text("What has to be true on Friday", 4, -34, 18, color="grey"),
    ]
    for i, idea in enumerate(ideas):
        fill = (None, "green", "blue", "pink")[i]
        found.append(note(idea, i % 2 * 180, 20 + i // 2 * 180, fill=fill, font="hand", size=20))
    boxes = (("Sketch", "blue", 430), ("Try it", "violet", 650), ("Ship", "green", 870))
    for name, ink, x in boxes:
        looks: dict[str, Any] = {
            "fill": ink,
            "pattern": "hachure",
            "look": "drawn",
            "seed": x,
            "round": True,
        }
        found.append(shape("rectangle", x, 40, 140, 80, color=ink, text=name, size=22, **looks))
    for _, _, x in boxes[:2]:
        ends = {"head": "arrow", "look": "drawn", "seed": x}
        found.append(line("arrow", [(x + 148, 80), (x + 212, 80)], **ends))
    found += [
        line("arrow", [(940, 130), (720, 210), (500, 130)], curve=True, dash="dashed")
        | {"head": "arrow", "color": "grey", "text": "learn, and again", "size": 18}
        | {"font": "hand"},
        shape("cloud", 440, 240, 200, 120, text="What if it rains?", size=18, look="drawn", seed=3),
        shape("star", 700, 240, 120, 120, color="yellow", fill="yellow", pattern="solid"),
        text("Ann: invitations\nBob: the demo\n민지: 한국어 번역", 870, 250, 18, list="bullet"),
        stroke(wave(862, 336, 150, 0), kind="highlight", color="yellow", width=22),
    ]
    for strokes in by_hand(written("HALLO", 440, 400, 44), 4):
        found.append(stroke([(x, y) for x, y, _, _ in strokes], color="red", width=4))
    return found


SCENES: Final[Mapping[str, Callable[[], list[Element]]]] = {
    "kinds": kinds,
    "fills": fills,
    "lines": lines,
    "texts": texts,
    "inks": inks,
    "meeting": meeting,
}


def scene(name: str) -> dict[str, Element]:
    return numbered(SCENES[name]())
