"""What clients may send: refused, never repaired (S18); and the fold's own promises (R4)."""

from __future__ import annotations

import contextlib
import math
import secrets
from base64 import b64encode
from typing import Any

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from boards import elements
from boards.elements import KINDS, PROPERTIES, Refusal, check_change, fold, same
from boards.protocol import COORDINATE_MAX, Change, Piece, Put, RefusalCode, Set, Split

from .sockets import put, stroke

KEY = "stroke-1"


def change_of(message: object) -> Change:
    """A change as the consumer decodes it."""
    change: Change = msgspec.convert(message, Change)
    return change


def refusal_of(message: object) -> Refusal:
    with pytest.raises(Refusal) as caught:
        check_change(change_of(message))
    return caught.value


def varint(number: int) -> bytes:
    written = bytearray()
    while number >= 0x80:
        written.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes((*written, number))


def zigzag(number: int) -> bytes:
    return varint(number * 2 if number >= 0 else -number * 2 - 1)


def text_of(data: bytes) -> str:
    return b64encode(data).decode().rstrip("=")


def points(*differences: tuple[int, int], s: int = 0) -> str:
    """Points without pressure."""
    body = b"".join(zigzag(dx) + zigzag(dy) for dx, dy in differences)
    return text_of(zigzag(s) + b"\x00" + body)


@pytest.mark.parametrize(
    "message",
    [
        put(KEY),
        put(KEY, x=1_000_000, y=-1_000_000.0, width=0.01, color="#00ff7f", z="Z" * 64),
        put(KEY, points=points((0, 0), (-70_000, 70_000))),
        {"op": "set", "key": KEY, "props": {"x": 0, "y": 0.0}},
        {"op": "set", "key": KEY, "props": {"x": 1}, "if": {"x": None, "color": "red"}},
        {"op": "set", "key": KEY, "props": {}},
        {"op": "set", "key": KEY, "props": {"fill": None, "angle": None, "group": None}},
        {"op": "set", "key": KEY, "props": {"text": "가나\n\t👩‍👩‍👧 שלום", "size": 20}},
        {"op": "set", "key": KEY, "props": {"group": "/".join(["groupkey1"] * 8)}},
        {"op": "remove", "key": KEY},
        {"op": "clear"},
        {"op": "split", "key": KEY, "into": []},
        {"op": "split", "key": KEY, "into": [{"key": "piece-01", "props": {"x": 1}}]},
    ],
)
def test_what_the_protocol_describes_passes(message: object) -> None:
    check_change(change_of(message))


@pytest.mark.parametrize("name", sorted(KINDS["stroke"]))
def test_each_property_of_a_stroke_is_required(name: str) -> None:
    element = stroke()
    del element[name]
    code = RefusalCode.UNKNOWN_KIND if name == "kind" else RefusalCode.BAD_CHANGE
    refusal = refusal_of({"op": "put", "key": KEY, "element": element})
    assert refusal.code == code
    assert name in str(refusal)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_each_kind_passes_with_what_it_needs_and_not_without(kind: str) -> None:
    values = {**stroke(), "kind": kind, "w": 10, "h": 0.5, "text": "", "size": 20}
    values["asset"] = 11 * "aB"
    needed = {name: values[name] for name in KINDS[kind]}
    check_change(change_of({"op": "put", "key": KEY, "element": needed}))
    for name in KINDS[kind] - {"kind"}:
        less = {other: value for other, value in needed.items() if other != name}
        assert name in str(refusal_of({"op": "put", "key": KEY, "element": less}))
        assert refusal_of({"op": "set", "key": KEY, "props": {name: None}})


WRONG: dict[str, list[Any]] = {
    "kind": ["", "Stroke", "__proto__", 1, True],
    "x": ["1", True, False, math.nan, math.inf, -math.inf, -0.0, 1e6 + 1, -(10**6) - 1, 10**400],
    "y": ["0", True, -0.0, 1e300],
    "z": ["", "a b", "é", "a0\n", "a\x00", "Z" * 65, 1, True],
    "color": ["", "Black", "#FFF", "#ffffff ", "#FFFFFF", "red\n", "url(x)", "\ud800", 0, True],
    "width": ["4", True, 0, 0.009, -1, 1000.1, math.nan, math.inf, 10**400],
    "points": [
        "",
        "!!!!",
        "BgEAAIA=",
        "BgEAAIA\n",
        " BgEAAIA",
        "BgEA AIA",
        "BgEA-_8",
        "B",
        "é",
        "\ud800",
        7,
        True,
    ],
    "w": ["1", True, -1, -0.0, 1e6 + 1, math.nan],
    "h": ["1", False, -0.01, math.inf],
    "angle": ["0", True, 6.3, -6.3, math.nan, -0.0],
    "flip": ["", "yx", "xx", "X", 1, True],
    "page": ["", "short", "with space", "é" * 8, "\ud800" * 8, 1, True],
    "frame": ["", "short", "a" * 33, 1, True],
    "from": [
        "",
        "@0,0",
        "abcdefgh@",
        "abcdefgh@2,0",
        "abcdefgh@\u0660,0",
        "abcdefgh@0,0\n",
        1,
        True,
    ],
    "to": ["", "abcdefgh@0", "abcdefgh@-1,0", "abcdefgh@0,0,0", 1, True],
    "route": ["", "straight", True, 1],
    "asset": ["", "a" * 21, "a" * 23, "../" * 7 + "a", "é" * 22, 1, True],
    "source": ["", "a" * 22, "a" * 22 + "#0", "a" * 22 + "#100000", "a" * 22 + "#1\n", 1, True],
    "crop": ["", "0,0,1", "0,0,1,2", "-1,0,1,1", "0,0,1,1\n", "nan,0,1,1", 1, True],
    "alt": ["a" * 2001, "\x00", "\ud800", 1, True],
    "name": ["a" * 201, "\x00", "\ud800", 1, True],
    "link": ["", "javascript:alert(1)", "data:,x", "//a", "/a", "https://", "https://a\n", "#x", 1],
    "hidden": ["", "true", 0, 1],
    "fill": ["none", "transparent", "#FFF", 0, True],
    "pattern": ["", "Solid", "none", 1],
    "dash": ["", "solid", 1, False],
    "opacity": [0, 0.04, 1.01, "1", True, -0.0],
    "look": ["clean", "", 1, True],
    "seed": [-1, 2**31, 1.0, "1", True],
    "round": [0, 1, "true", "x"],
    "curve": [0, 1, "true"],
    "head": ["", "Arrow", 1, True],
    "tail": ["", "arrows", 0],
    "text": ["a" * 10_001, "\x00", "a\x07", "\r", "\x7f", "\ud800", 1, True],
    "font": ["", "Arial", "url(x)", 1],
    "size": [0, 0.9, 2001, "12", True, math.nan],
    "align": ["left", "", 1],
    "valign": ["center", "", 1],
    "bold": [0, 1, "bold"],
    "italic": [0, "italic"],
    "code": [0, "code"],
    "list": ["", "ul", True],
    "wrap": [0, 1, "true"],
    "group": ["", "short", "groupkey1/", "/groupkey1", "group key", "/".join(["groupkey1"] * 9), 1],
    "locked": [0, 1, "true"],
}


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name, values in WRONG.items() for value in values]
)
def test_a_wrong_value_is_refused_wherever_it_stands(name: str, value: object) -> None:
    """S8, S18: in a put, a set, an `if` and a piece alike; the answer can always be encoded."""
    props: dict[str, Any] = {name: value}
    for change in (
        Put(key=KEY, element=stroke(**props)),
        Set(key=KEY, props=props),
        Set(key=KEY, props={}, expected=props),
        Split(key=KEY, into=[Piece(key="piece-01", props=props)]),
    ):
        with pytest.raises(Refusal) as caught:
            check_change(change)
        assert len(str(caught.value)) < 200
        msgspec.json.encode(str(caught.value))


def test_every_property_has_its_wrong_values_here() -> None:
    assert WRONG.keys() == PROPERTIES.keys()


@pytest.mark.parametrize(
    ("message", "code"),
    [
        (put(KEY, kind="banner"), RefusalCode.UNKNOWN_KIND),
        (put(KEY, onclick="x"), RefusalCode.UNKNOWN_PROPERTY),
        (put(KEY, __proto__=1), RefusalCode.UNKNOWN_PROPERTY),
        (put(KEY, author=1), RefusalCode.BAD_CHANGE),
        ({**put(KEY), "author": 1}, RefusalCode.BAD_CHANGE),
        ({"op": "set", "key": KEY, "props": {"author": 1}}, RefusalCode.BAD_CHANGE),
        ({"op": "set", "key": KEY, "props": {"kind": "stroke"}}, RefusalCode.BAD_CHANGE),
        ({"op": "set", "key": KEY, "props": {"x": None}}, RefusalCode.BAD_CHANGE),
        ({"op": "set", "key": KEY, "props": {"nope": None}}, RefusalCode.UNKNOWN_PROPERTY),
        (
            {"op": "split", "key": KEY, "into": [{"key": "piece-01", "props": {"author": 1}}]},
            RefusalCode.BAD_CHANGE,
        ),
        (
            {"op": "split", "key": KEY, "into": [{"key": "piece-01", "props": {"kind": "x"}}]},
            RefusalCode.BAD_CHANGE,
        ),
    ],
)
def test_authorship_kinds_and_unknown_names_are_the_servers(
    message: object, code: RefusalCode
) -> None:
    """S4, S20."""
    assert refusal_of(message).code == code


# -- points ----------------------------------------------------------------------------------------


def test_points_reach_a_million_units_and_no_farther() -> None:
    check_change(change_of(put(KEY, points=points((0, -(10**6)), (10**6, 0)))))
    check_change(change_of(put(KEY, points=points((3906, 0), s=-8))))
    check_change(change_of(put(KEY, points=points((1_024_000_000, 0), s=10))))
    for bad in (
        points((10**6 + 1, 0)),
        points((0, 600_000), (0, 600_000)),
        points((3907, 0), s=-8),
        points(*[(8000, 0)] * 126),
    ):
        assert "farther than 1000000" in str(refusal_of(put(KEY, points=bad)))


def test_a_stroke_has_ten_thousand_points_at_most() -> None:
    check_change(change_of(put(KEY, points=points(*[(0, 1)] * 10_000))))
    assert "10001" in str(refusal_of(put(KEY, points=points(*[(0, 1)] * 10_001))))


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"\x00", "head"),
        (zigzag(-9) + b"\x00\x00\x00", "s is not"),
        (zigzag(11) + b"\x00\x00\x00", "s is not"),
        (b"\x80\x00\x00\x00\x00", "s is not"),
        (b"\x00\x02\x00\x00", "flags"),
        (b"\x00\x00", "0, not 1"),
        (b"\x00\x00\x00", "middle"),
        (b"\x00\x00\x00\x80", "middle"),
        (b"\x00\x01\x00\x00", "middle"),
        (b"\x00\x01\x00\x00\x00\x00", "middle"),
        (b"\x00\x00" + b"\x80" * 5 + b"\x00\x00", "5 bytes"),
        (b"\x00\x00" + b"\xff\xff\xff\xff\x1f\x00", "32 bits"),
    ],
)
def test_malformed_points_are_refused_with_the_reason(data: bytes, why: str) -> None:
    assert why in str(refusal_of(put(KEY, points=text_of(data))))


@given(data=st.binary(max_size=64), flags=st.integers(0, 1), s=st.integers(0, 20))
@example(data=b"\x00\x00\x00\x00", flags=1, s=0)
@example(data=b"\x80\x00\x00", flags=0, s=0)
def test_the_quick_look_at_points_accepts_only_what_the_walk_accepts(
    data: bytes, flags: int, s: int
) -> None:
    """The walk is the rule; the quick look only saves its time."""
    whole = bytes((s if s <= 20 else 0, flags)) + data
    scale = (s >> 1) ^ -(s & 1)
    farthest = COORDINATE_MAX * 2.0**scale

    def accepts(check: Any, *args: Any) -> bool:
        try:
            check(*args)
        except Refusal:
            return False
        return True

    if not elements.STEP_MIN <= scale <= elements.STEP_MAX:
        return
    assert accepts(elements._check_points, whole) == accepts(
        elements._walk_points, whole, flags, farthest
    )


# -- the fold --------------------------------------------------------------------------------------


def test_the_fold_replaces_elements_and_keeps_what_it_does_not_know() -> None:
    """R15: an unknown property of a newer version survives a `set` of an older one."""
    before: dict[str, object] = {"author": 3, "kind": "stroke", "x": 1, "sparkle": 9}
    living = {KEY: before}
    fold(living, Set(key=KEY, props={"x": 2}), 7)
    assert living[KEY] == {"author": 3, "kind": "stroke", "x": 2, "sparkle": 9}
    assert before["x"] == 1


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [(1, 1.0, True), (True, 1, False), (0, False, False), ("1", 1, False), (None, None, True)],
)
def test_values_are_the_same_as_json_sees_them(one: object, other: object, alike: bool) -> None:
    assert same(one, other) is alike


@given(st.lists(st.tuples(st.integers(-(2**31), 2**31 - 1), st.integers(-5000, 5000)), min_size=1))
def test_no_points_at_all_raise_anything_but_a_refusal(steps: list[tuple[int, int]]) -> None:
    """S17."""
    with contextlib.suppress(Refusal):
        check_change(change_of(put(secrets.token_hex(8), points=points(*steps))))
