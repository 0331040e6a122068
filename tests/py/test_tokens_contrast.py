"""The colours of both themes can be told apart: 4.5:1 for text, 3:1 for controls."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.contrib import admin

STATIC = Path(__file__).resolve().parents[2] / "static"
TOKENS = (STATIC / "site" / "tokens.css").read_text()
COLORS = {
    name: {"light": light, "dark": dark}
    for name, light, dark in re.findall(
        r"--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);", TOKENS
    )
}
TEXT = 4.5
CONTROL = 3.0
SURFACES = ("canvas", "bar", "hover")
PAIRS = [
    *((text, surface, TEXT) for text in ("text", "muted", "accent") for surface in SURFACES),
    *((text, "pressed", TEXT) for text in ("text", "accent")),
    *(
        (text, surface, TEXT)
        for text in ("danger", "warning", "success")
        for surface in ("canvas", "bar")
    ),
    *(("on-accent", surface, TEXT) for surface in ("accent", "accent-hover")),
    ("on-danger", "danger", TEXT),
    *((edge, surface, CONTROL) for edge in ("outline", "focus") for surface in SURFACES),
]


def luminance(color: str) -> float:
    def linear(channel: int) -> float:
        value = channel / 255
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(int(color[i : i + 2], 16)) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("front", "back", "least"), PAIRS)
def test_a_pair_of_colours_can_be_told_apart(
    front: str, back: str, least: float, theme: str
) -> None:
    assert contrast(COLORS[front][theme], COLORS[back][theme]) >= least


ADMINS = Path(admin.__file__).parent / "static/admin/css/base.css"
"""Our styles of the admin go by its own tokens."""


def test_black_on_white_is_21_to_1() -> None:
    assert round(contrast("#000000", "#ffffff"), 1) == 21.0


@pytest.mark.parametrize("path", sorted(STATIC.glob("*/*.css")), ids=lambda path: path.name)
def test_every_token_that_is_used_exists(path: Path) -> None:
    style = path.read_text()
    below = ADMINS.read_text() if path.name == "admin.css" else TOKENS
    defined = set(re.findall(r"(--[a-z0-9-]+):", below + style))
    # Set by scripts for one element.
    defined |= {
        name
        for script in STATIC.glob("board/**/*.js")
        for name in re.findall(r"(--[a-z0-9-]+)", script.read_text())
    }
    assert set(re.findall(r"var\((--[a-z0-9-]+)", style)) - defined == set()


def test_the_canvas_draws_with_the_same_inks_as_the_pages() -> None:
    """A worker has no stylesheet, so static/board/elements/ink.js repeats them."""
    script = (STATIC / "board" / "elements" / "ink.js").read_text()
    drawn = re.findall(r'  (\w+): \{ light: "(#\w{6})", dark: "(#\w{6})" \}', script)
    tokens = [
        (name.removeprefix("ink-"), pair["light"], pair["dark"])
        for name, pair in COLORS.items()
        if name.startswith("ink-")
    ]
    assert drawn == tokens
