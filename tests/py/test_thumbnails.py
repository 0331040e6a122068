"""Boards as small pictures: what is painted, when again, and for whom."""

from __future__ import annotations

import base64
import io
import math
import re
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops

from boards import excerpts
from boards.elements import PALETTE, PROPERTIES
from boards.models import Board, Element, Thumbnail
from boards.thumbnails import keeper, palette
from boards.thumbnails.figures import figure
from boards.thumbnails.painter import HEIGHT, WIDTH, painted
from boards.thumbnails.points import traced
from tests.gallery.elements import CLOSED, line, note, shape, stroke, text, wave
from tests.visitors import Visitor

from .commits import commit

STATIC = Path(__file__).resolve().parents[2] / "static"


@pytest.fixture(autouse=True)
def rested() -> None:
    cache.clear()
    keeper._painted_at.clear()


def picture(*elements: dict[str, Any], theme: palette.Theme = "light") -> Image.Image:
    found = painted([(f"key-{i:05}", {**one, "z": f"a{i}"}) for i, one in enumerate(elements)])
    image = Image.open(io.BytesIO(found[theme]))
    assert image.size == (WIDTH, HEIGHT)
    return image.convert("RGB")


def has(image: Image.Image, color: palette.Color, near: int = 12) -> bool:
    """Whether some part of it has this colour, as nearly as few colours allow."""
    colors = image.getcolors(WIDTH * HEIGHT) or []
    return any(
        max(abs(a - b) for a, b in zip(one, color, strict=True)) <= near
        for count, one in colors
        if count > 20 and isinstance(one, tuple)
    )


def cut(**more: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """A frame, and in it a square that reaches out of it on the right and below."""
    frame = {"kind": "frame", "x": 0, "y": 0, "w": 200, "h": 100}
    return frame, shape(
        "rectangle", 120, 20, w=400, h=400, color="red", fill="red", frame="key-00000", **more
    )


# -- what is painted -------------------------------------------------------------------------------


def test_an_empty_board_is_a_quiet_canvas_in_both_themes() -> None:
    for theme in palette.THEMES:
        image = picture(theme=theme)
        assert image.getcolors() == [(WIDTH * HEIGHT, palette.canvas(theme))]


@pytest.mark.parametrize("theme", palette.THEMES)
@pytest.mark.parametrize("opacity", [1, 0.5])
def test_what_sticks_out_of_a_frame_is_cut_off_as_on_the_board(
    theme: palette.Theme, opacity: float
) -> None:
    frame, square = cut(opacity=opacity)
    empty, whole = picture(frame, theme=theme), picture(frame, square, theme=theme)
    # A frame's width and height are as many pixels as fit; what is cut off makes it no smaller.
    left, top = (WIDTH - 300) // 2, (HEIGHT - 150) // 2
    differing = ImageChops.difference(empty, whole).convert("L").point(lambda one: 255 * (one > 24))
    assert differing.getbbox() == pytest.approx(
        (left + 178, top + 28, left + 300, top + 150), abs=4
    )
    # The same without a frame, of just the part that is left.
    part = shape("rectangle", 120, 20, w=80, h=80, color="red", fill="red", opacity=opacity)
    same = picture(frame, part, theme=theme)
    inside = (left + 190, top + 40, left + 290, top + 140)
    assert _near(whole.crop(inside), same.crop(inside))


def _near(one: Image.Image, other: Image.Image) -> bool:
    # Of the difference in grey; a colour alone can't be so far off.
    _, high = ImageChops.difference(one, other).convert("L").getextrema()
    return isinstance(high, int | float) and high <= 12


def test_only_its_own_frame_cuts_it_off() -> None:
    frame, square = cut()
    for wrong in (
        {**square, "frame": "key-00009"},
        {**square, "page": "another-page"},
        {**square, "frame": "key-00001"},
    ):
        assert figure(wrong, others={"key-00000": frame, "key-00001": square}).clip is None
    assert figure(square, others={"key-00000": frame}).clip == (0, 0, 200, 100)
    outside = {**square, "x": 900}
    assert picture(frame, outside).tobytes() == picture(frame).tobytes()


def test_a_curve_between_two_elements_is_the_bow_that_the_board_shows() -> None:
    boxes = {
        "box-00001": shape("rectangle", 0, 0, w=100, h=100),
        "box-00002": shape("rectangle", 300, 300, w=100, h=100),
    }
    arrow = line("arrow", [(100, 50), (300, 350)], curve=True, from_="box-00001", to="box-00002")
    arrow["from"] = arrow.pop("from_")
    way = figure(arrow, others=boxes).lines[0]
    assert (way[0], way[-1]) == ((100, 50), (300, 350))
    # It leaves and comes in across: near its ends it is as high as they are.
    assert way[1][1] - 50 < 0.5 * (way[1][0] - 100)
    assert len(figure({**arrow, "to": "gone", "from": "gone"}, others=boxes).lines[0]) == 2


@pytest.mark.parametrize("theme", palette.THEMES)
@pytest.mark.parametrize(
    "element",
    [
        stroke(wave(0, 0, 200), color="red", width=20),
        line("line", [(0, 0), (200, 90)], color="red", width=20),
        line("arrow", [(0, 0), (90, 90), (200, 0)], color="red", width=20, head="triangle"),
        *(shape(kind, 0, 0, color="blue", fill="red") for kind in CLOSED),
        shape("rectangle", 0, 0, color="red", width=20, angle=1.0, round=True),
    ],
    ids=lambda element: element["kind"],
)
def test_every_kind_is_seen_in_its_ink_of_either_theme(
    element: dict[str, Any], theme: palette.Theme
) -> None:
    assert has(picture(element, theme=theme), palette.ink("red", theme))


def test_notes_have_their_paper_and_a_bar_for_each_word() -> None:
    image = picture(note("one two", 0, 0, fill="green"))
    assert has(image, palette.paper("green", "light"))
    assert has(image, palette.mixed(palette.DARK_INK, palette.paper("green", "light"), 0.5), 24)


def test_texts_are_bars_in_korean_too() -> None:
    for words in ("Some words", "한글 낱말"):
        assert len(picture(text(words, 0, 0, 40)).getcolors() or []) > 1


def test_a_highlight_leaves_what_is_below_it_readable() -> None:
    ink = stroke([(0, 0), (200, 0)], width=8)
    above = stroke([(0, 0), (200, 0)], kind="highlight", color="yellow", width=60)
    image = picture(ink, above)
    assert has(image, palette.ink("black", "light"), 24)
    assert not has(image, palette.ink("yellow", "light"))


def test_what_is_above_is_painted_later() -> None:
    red = shape("rectangle", 0, 0, color="red", fill="red")
    blue = shape("rectangle", 0, 0, color="blue", fill="blue")
    image = picture(red, blue)
    assert has(image, palette.ink("blue", "light"))
    assert not has(image, palette.ink("red", "light"))


def test_a_kind_of_a_newer_version_is_a_box() -> None:
    image = picture({"kind": "hologram", "x": 5, "y": 5, "w": 300, "h": 200})
    assert len(image.getcolors() or []) > 1


def test_the_picture_shows_all_of_the_board_with_a_margin() -> None:
    image = picture(
        shape("rectangle", -90_000, 0, fill="red", w=9000, h=9000),
        shape("rectangle", 90_000, 5000, fill="blue", w=9000, h=9000),
    )
    edge = [image.getpixel((x, y)) for x in (0, WIDTH - 1) for y in range(HEIGHT)]
    assert set(edge) == {palette.canvas("light")}
    assert has(image, palette.ink("red", "light"))
    assert has(image, palette.ink("blue", "light"))


def test_a_curve_through_three_points_is_an_arc_as_in_the_browser() -> None:
    half = figure(line("arrow", [(0, 0), (100, -100), (200, 0)], curve=True)).lines[0]
    assert len(half) == 13
    assert all(abs(math.dist(place, (100, 0)) - 100) < 1 for place in half)
    ring = [(0, 0), (100, -100), (200, 0), (100, 100), (0, 0)]
    places = figure(line("line", ring, curve=True)).lines[0]
    assert all(abs(math.dist(place, (100, 0)) - 100) < 1 for place in places)


def test_a_line_s_label_is_bars_at_the_middle_of_its_way() -> None:
    found = figure(line("arrow", [(0, 0), (200, 0), (200, 200)], text="yes, sure", size=20))
    xs = [x for bar in found.bars for x, _ in bar]
    ys = [y for bar in found.bars for _, y in bar]
    assert len(found.bars) == 2
    assert abs((min(xs) + max(xs)) / 2 - 200) < 12
    assert abs((min(ys) + max(ys)) / 2) < 12


def test_a_lonely_dot_is_not_blown_up() -> None:
    image = picture(shape("rectangle", 0, 0, 10, 10, fill="red", color="red"))
    red = [count for count, color in image.getcolors() or [] if color != palette.canvas("light")]
    assert sum(red) < 600


_anything = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=40),
    st.lists(st.integers(), max_size=2),
    st.sampled_from(["gAAA", "BgAC////////", "solid", "dots", "dashed", "arrow", "xy", "#ff0000"]),
)


@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "kind": st.sampled_from(
                    [*CLOSED, "stroke", "highlight", "arrow", "text", "note", ""]
                )
            },
            optional=dict.fromkeys(sorted(PROPERTIES.keys() - {"kind"}), _anything),
        ),
        max_size=4,
    )
)
def test_s17_no_values_at_all_keep_a_board_from_being_painted(
    elements: list[dict[str, Any]],
) -> None:
    picture(*elements)


@given(st.binary(max_size=60))
def test_no_points_at_all_raise(data: bytes) -> None:
    for places in (traced(base64.b64encode(data).decode(), 4000), traced(data.decode("latin1"), 9)):
        assert all(abs(x) <= 1e6 and abs(y) <= 1e6 for x, y in places.places)


def test_long_strokes_are_followed_as_far_as_there_is_room() -> None:
    whole = figure(stroke(wave(0, 0, 500), width=3))
    part = figure(stroke(wave(0, 0, 500), width=3), most_bytes=90)
    assert 10 < len(part.lines[0]) < len(whole.lines[0]) == 61


# -- colours ---------------------------------------------------------------------------------------


def test_the_server_paints_with_the_inks_of_the_pages() -> None:
    tokens = (STATIC / "site" / "tokens.css").read_text()
    pairs = dict.fromkeys(palette.INK)
    for name, light, dark in re.findall(r"--ink-(\w+): light-dark\((#\w{6}), (#\w{6})\);", tokens):
        pairs[name] = (light, dark)
    assert pairs == palette.INK
    assert palette.INK.keys() == PALETTE
    for name, pair in (("canvas", palette.CANVAS), ("muted", palette.MUTED)):
        assert f"--{name}: light-dark({pair[0]}, {pair[1]});" in tokens


def test_the_server_has_the_papers_of_the_board() -> None:
    script = (STATIC / "board" / "elements" / "paper.js").read_text()
    found = re.findall(r'  (\w+): \{ light: "(#\w{6})", dark: "(#\w{6})" \}', script)
    assert {name: (light, dark) for name, light, dark in found} == palette.PAPER


# -- kept and served -------------------------------------------------------------------------------

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann() -> Visitor:
    return Visitor("Ann")


@pytest.fixture
def board(ann: Visitor) -> Board:
    board = ann.new_board("Lesson")
    put(board, "element-1")
    board.refresh_from_db()
    return board


def put(board: Board, key: str, **others: Any) -> None:
    commit(board, board.owner, {"op": "put", "key": key, "element": shape("star", 0, 0, **others)})


def ask(visitor: Visitor, board: Board, **options: Any) -> Any:
    return visitor.get(reverse("thumbnail", args=[board.pk]), **options)


def test_whoever_may_see_the_board_gets_its_picture(ann: Visitor, board: Board) -> None:
    answer = ask(ann, board)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    assert answer["Cache-Control"] == "private, no-cache"
    assert "Cookie" in answer["Vary"]
    assert answer["ETag"] == f'"{board.epoch}-{board.clock}"'
    dark = ask(ann, board, query_params={"theme": "dark"})
    assert dark.content != answer.content
    assert Image.open(io.BytesIO(dark.content)).size == (WIDTH, HEIGHT)


def test_a_picture_that_the_browser_has_is_not_sent_again(ann: Visitor, board: Board) -> None:
    etag = ask(ann, board)["ETag"]
    answer = ask(ann, board, headers={"if-none-match": etag})
    assert (answer.status_code, answer.content) == (304, b"")


def test_s6_nobody_else_gets_a_picture(ann: Visitor, board: Board) -> None:
    bob = Visitor("Bob")
    assert ask(bob, board).status_code == 200
    Board.objects.filter(pk=board.pk).update(audience="nobody")
    assert ask(bob, board).status_code == 404
    assert ask(Visitor(), board).status_code == 404
    assert ann.get(reverse("thumbnail", args=[uuid.uuid4()])).status_code == 404
    assert ann.post(reverse("thumbnail", args=[board.pk])).status_code == 405


def test_s6_guessing_pictures_is_slowed_down(board: Board, settings: Any) -> None:
    settings.BOARDS_LIMIT_BOARD_GUESSES = (1, 0.001)
    bob = Visitor("Bob")
    address = reverse("thumbnail", args=[uuid.uuid4()])
    assert [bob.get(address).status_code for _ in range(2)] == [404, 429]


def test_it_is_painted_again_once_the_board_has_moved_on_and_rested(
    ann: Visitor, board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = ask(ann, board)
    put(board, "element-2", fill="red")
    assert ask(ann, board).content == first.content
    monkeypatch.setattr(keeper, "REST_SECONDS", 0.0)
    second = ask(ann, board)
    assert second.content != first.content
    assert second["ETag"] == f'"{board.epoch}-2"'
    assert Thumbnail.objects.get(board=board).clock == 2


def test_a_restored_board_is_painted_again_though_its_clock_went_back(
    ann: Visitor, board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeper, "REST_SECONDS", 0.0)
    ask(ann, board)
    Board.objects.filter(pk=board.pk).update(epoch="another")
    assert ask(ann, board)["ETag"] == '"another-1"'


def test_nothing_is_painted_twice(
    ann: Visitor, board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(ann, board)
    monkeypatch.setattr(keeper, "painted", None)
    keeper._painted_at.clear()
    assert ask(ann, board).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_a_board_deleted_meanwhile_is_no_error(board: Board) -> None:
    gone = Board.objects.get(pk=board.pk)
    Board.objects.filter(pk=board.pk).delete()
    assert keeper.picture_of(gone, "light").png


def test_of_a_huge_board_a_picture_reads_a_part(board: Board) -> None:
    Element.objects.bulk_create(
        Element(board=board, key=f"k{i:07}", kind="stroke", clock=1, body='{"kind":"stroke"}')
        for i in range(3000)
    )
    found = excerpts.some_elements(board.pk)
    assert len(found) == excerpts.PICTURED_INK + 1
    assert found[0][1]["kind"] == "star"
