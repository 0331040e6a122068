"""The document's schema: which properties elements have, and what each change does to them.

Knows neither Django nor sockets. `check_change` judges what a client sends, once, where it enters;
`fold` is the rule itself (R4, R16), on which the store and the browser must agree.
"""

from __future__ import annotations

import re
from binascii import Error as Base64Error
from binascii import a2b_base64
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from typing import Final, NoReturn

from msgspec import UNSET

from .protocol import (
    ALT_LENGTH,
    COORDINATE_MAX,
    GROUP_DEPTH,
    LINK_LENGTH,
    NAME_LENGTH,
    POINTS_PER_STROKE,
    TEXT_LENGTH,
    Change,
    Clear,
    Put,
    RefusalCode,
    Remove,
    Set,
    Split,
)

Element = dict[str, object]
"""The properties of an element by name. Unknown ones of newer versions are kept (R15)."""

PALETTE: Final = frozenset(
    [
        "black",
        "grey",
        "red",
        "orange",
        "yellow",
        "green",
        "teal",
        "blue",
        "violet",
        "pink",
        "brown",
        "white",
    ]
)
WIDTH_MIN: Final = 0.01
WIDTH_MAX: Final = 1000.0
STEP_MIN: Final = -8
STEP_MAX: Final = 10
"""One step of `points` is 2^-s board units: from 256 units down to a thousandth."""

FONT_SIZE_MIN: Final = 1.0
FONT_SIZE_MAX: Final = 2000.0
OPACITY_MIN: Final = 0.05
"""What can't be seen can't be found again."""
FULL_TURN: Final = 6.2832
"""A little over two pi: angles are radians, and rounded."""
SEED_MAX: Final = 2**31 - 1
"""Of the hand-drawn look, which is the same on every screen."""

VARINT_BYTES: Final = 5
"""Enough for 32 bits, which is what a zig-zag number of the protocol has."""
VARINT_MAX: Final = 2**32 - 1
TOLD: Final = 40
"""Characters of a wrong value that an error repeats."""

_is_hex_color: Final = re.compile(r"#[0-9a-f]{6}").fullmatch
_is_order_key: Final = re.compile(r"[0-9A-Za-z]{1,64}").fullmatch
_GROUP_KEY: Final = r"[A-Za-z0-9_-]{8,32}"
_is_group: Final = re.compile(rf"{_GROUP_KEY}(?:/{_GROUP_KEY}){{0,{GROUP_DEPTH - 1}}}").fullmatch
_PART: Final = r"(?:0(?:\.[0-9]{1,6})?|1(?:\.0{1,6})?)"
"""From 0 to 1, of a width or a height."""
_PLACE: Final = r"-?[0-9]{1,7}(?:\.[0-9]{1,4})?"
_is_key: Final = re.compile(_GROUP_KEY).fullmatch
_is_anchor: Final = re.compile(rf"{_GROUP_KEY}(?:@{_PART},{_PART})?").fullmatch
_is_crop: Final = re.compile(rf"{_PART}(?:,{_PART}){{3}}").fullmatch
_is_asset: Final = re.compile(r"[A-Za-z0-9_-]{22}").fullmatch
_is_source: Final = re.compile(r"[A-Za-z0-9_-]{22}#[1-9][0-9]{0,4}").fullmatch
_is_link: Final = re.compile(
    rf"https?://[!-~\u00a1-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]+"
    rf"|mailto:[!-~]+"
    rf"|#(?:page|element)={_GROUP_KEY}"
    rf"|#view={_PLACE},{_PLACE},{_PLACE},{_PLACE}(?:@{_GROUP_KEY})?"
).fullmatch
_has_control: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]").search


class Refusal(Exception):  # noqa: N818  # named by what happened
    """A change that will never be accepted; the message says what was expected and what came."""

    def __init__(self, code: RefusalCode, why: str) -> None:
        super().__init__(why)
        self.code = code


# -- properties ------------------------------------------------------------------------------------


def _expected(what: str, value: object) -> NoReturn:
    # `ascii`, so that no control character or half of a surrogate pair gets into the answer.
    told = ascii(value)
    told = told if len(told) <= TOLD else f"{told[:TOLD]}…"
    raise Refusal(RefusalCode.BAD_CHANGE, f"expected {what}, not {told}")


def _number(value: object) -> None:
    # `type`, because a bool is an int to isinstance. NaN and infinity fail the comparison.
    if type(value) is float:
        if -COORDINATE_MAX <= value <= COORDINATE_MAX and (value or str(value) == "0.0"):
            return
    elif type(value) is int and -COORDINATE_MAX <= value <= COORDINATE_MAX:
        return
    _expected(f"a number of at most {COORDINATE_MAX}, not -0", value)


def _width(value: object) -> None:
    if type(value) is not float and type(value) is not int:
        _expected(f"a width from {WIDTH_MIN} to {WIDTH_MAX:.0f}", value)
    if not WIDTH_MIN <= value <= WIDTH_MAX:
        _expected(f"a width from {WIDTH_MIN} to {WIDTH_MAX:.0f}", value)


def _order_key(value: object) -> None:
    if type(value) is not str or not _is_order_key(value):
        _expected("1 to 64 of 0-9A-Za-z", value)


def _color(value: object) -> None:
    if type(value) is not str or not (value in PALETTE or _is_hex_color(value)):
        _expected("a colour of the palette or #rrggbb in lower case", value)


def _points(value: object) -> None:
    if type(value) is not str or "=" in value:
        _expected("points in base64 without padding", value)
    try:
        data = a2b_base64(value + "=" * (-len(value) % 4), strict_mode=True)
    except (Base64Error, ValueError):
        _expected("points in base64 without padding", value)
    _check_points(data)


def _kind(value: object) -> None:
    if type(value) is not str or value not in KINDS:
        kinds = ", ".join(sorted(KINDS))
        raise Refusal(
            RefusalCode.UNKNOWN_KIND, f"expected a kind of {kinds}, not {ascii(value)[:TOLD]}"
        )


def _within(what: str, least: float, most: float) -> Callable[[object], None]:
    """A number from `least` to `most`, neither a bool nor -0."""
    expected = f"{what} from {least:g} to {most:g}"

    def check(value: object) -> None:
        _number(value)
        if not least <= value <= most:  # type: ignore[operator]  # a number by now
            _expected(expected, value)

    return check


def _one_of(*names: str) -> Callable[[object], None]:
    allowed = frozenset(names)
    expected = f"one of {', '.join(names)}"

    def check(value: object) -> None:
        if type(value) is not str or value not in allowed:
            _expected(expected, value)

    return check


def _flag(value: object) -> None:
    if type(value) is not bool:
        _expected("true or false", value)


def _seed(value: object) -> None:
    if type(value) is not int or not 0 <= value <= SEED_MAX:
        _expected(f"a whole number from 0 to {SEED_MAX}", value)


def _text(value: object) -> None:
    if type(value) is not str or len(value) > TEXT_LENGTH:
        _expected(f"a text of at most {TEXT_LENGTH} characters", value)
    if _has_control(value):
        _expected("a text without control characters but tabs and line ends", value)


def _short_text(most: int) -> Callable[[object], None]:
    """A text of one paragraph: `_text` with fewer characters."""

    def check(value: object) -> None:
        if type(value) is not str or len(value) > most:
            _expected(f"a text of at most {most} characters", value)
        _text(value)

    return check


def _like(
    what: str, fits: Callable[[str], object], most: int = TEXT_LENGTH
) -> Callable[[object], None]:
    """A text of a pattern."""

    def check(value: object) -> None:
        if type(value) is not str or len(value) > most or not fits(value):
            _expected(what, value)

    return check


def _group(value: object) -> None:
    if type(value) is not str or not _is_group(value):
        _expected(f"1 to {GROUP_DEPTH} group keys with / between them, the outermost first", value)


_HEADS: Final = ("none", "arrow", "triangle", "dot", "diamond", "bar")

PROPERTIES: Final[Mapping[str, Callable[[object], None]]] = {
    "kind": _kind,
    "x": _number,
    "y": _number,
    "z": _order_key,
    "color": _color,
    "width": _width,
    "points": _points,
    "w": _within("a size", 0, COORDINATE_MAX),
    "h": _within("a size", 0, COORDINATE_MAX),
    "angle": _within("an angle", -FULL_TURN, FULL_TURN),
    "flip": _one_of("x", "y", "xy"),
    "fill": _color,
    "pattern": _one_of("solid", "hachure", "cross", "zigzag", "dots"),
    "dash": _one_of("dashed", "dotted"),
    "opacity": _within("an opacity", OPACITY_MIN, 1),
    "look": _one_of("drawn"),
    "seed": _seed,
    "round": _flag,
    "curve": _flag,
    "head": _one_of(*_HEADS),
    "tail": _one_of(*_HEADS),
    "text": _text,
    "font": _one_of("sans", "serif", "mono", "hand"),
    "size": _within("a font size", FONT_SIZE_MIN, FONT_SIZE_MAX),
    "align": _one_of("start", "center", "end"),
    "valign": _one_of("top", "middle", "bottom"),
    "bold": _flag,
    "italic": _flag,
    "code": _flag,
    "list": _one_of("bullet", "number"),
    "wrap": _flag,
    "group": _group,
    "locked": _flag,
    "page": _like("the key of a page", _is_key),
    "frame": _like("the key of a frame", _is_key),
    "from": _like("a key, perhaps with @u,v from 0 to 1", _is_anchor),
    "to": _like("a key, perhaps with @u,v from 0 to 1", _is_anchor),
    "route": _one_of("elbow"),
    "asset": _like("the id of an asset", _is_asset),
    "source": _like("the id of an asset, # and a page from 1 on", _is_source),
    "crop": _like("left, top, width and height from 0 to 1 with commas", _is_crop),
    "alt": _short_text(ALT_LENGTH),
    "name": _short_text(NAME_LENGTH),
    "link": _like(
        "an http, https or mailto address, or a place on this board", _is_link, LINK_LENGTH
    ),
    "hidden": _flag,
}
"""A name has one type in all kinds, so a `set` is judged without knowing the kind (R4)."""

PAGE: Final = "page"
"""Not an element: the document lists pages apart. Otherwise they change as elements do."""
FIRST_PAGE: Final = "first-page"
"""The page of elements that name none; it is there without a `put`, which gives it a name."""

_PLACED: Final = frozenset({"kind", "x", "y", "z"})
_ALONG_POINTS: Final = _PLACED | {"color", "width", "points"}
_IN_A_BOX: Final = _PLACED | {"w", "h", "color", "width"}

KINDS: Final[Mapping[str, frozenset[str]]] = {
    "stroke": _ALONG_POINTS,
    "highlight": _ALONG_POINTS,
    "line": _ALONG_POINTS,
    "arrow": _ALONG_POINTS,
    "rectangle": _IN_A_BOX,
    "ellipse": _IN_A_BOX,
    "diamond": _IN_A_BOX,
    "triangle": _IN_A_BOX,
    "hexagon": _IN_A_BOX,
    "star": _IN_A_BOX,
    "cloud": _IN_A_BOX,
    "bubble": _IN_A_BOX,
    "text": _PLACED | {"color", "text", "size"},
    "note": _PLACED | {"w", "h", "text"},
    "image": _PLACED | {"w", "h", "asset"},
    "frame": _PLACED | {"w", "h"},
    PAGE: frozenset({"kind", "z"}),
}
"""The kinds and the properties without which an element of the kind can't be."""

OPTIONAL: Final[frozenset[str]] = frozenset(PROPERTIES).difference(*KINDS.values())
"""Properties that `null` takes away: those that no kind needs."""


# -- points ----------------------------------------------------------------------------------------


SHORT_STEP: Final = 2**13
"""How far a varint of at most two bytes leads."""
_SHORT: Final = (
    re.compile(rb"(?:(?:[\x80-\xff]?[\x00-\x7f]){2})++").fullmatch,
    re.compile(rb"(?:(?:[\x80-\xff]?[\x00-\x7f]){2}[\x00-\xff])++").fullmatch,
)
"""Points whose differences are short: without and with pressure."""


def _bad_points(why: str) -> NoReturn:
    raise Refusal(RefusalCode.BAD_CHANGE, f"expected well-formed points, but {why}")


def _check_points(data: bytes) -> None:
    if len(data) < 2:
        _bad_points("they end in their head")
    step, flags = data[0], data[1]
    scale = (step >> 1) ^ -(step & 1)
    if step >= 0x80 or not STEP_MIN <= scale <= STEP_MAX:
        _bad_points(f"s is not one byte from {STEP_MIN} to {STEP_MAX}")
    if flags > 1:
        _bad_points(f"the flags are {flags}, not 0 or 1")
    farthest = COORDINATE_MAX * 2.0**scale
    most = (len(data) - 2) // 2
    # Nearly every stroke passes here, in 1 us for 30 points instead of 20: one look for the form,
    # and so few and short steps that none can lead too far.
    if most <= POINTS_PER_STROKE and most * SHORT_STEP <= farthest and _SHORT[flags](data, 2):
        return
    _walk_points(data, flags, farthest)


def _walk_points(data: bytes, flags: int, farthest: float) -> None:
    """Follows the points one by one."""
    here = [0, 0]
    axis = 0
    number = shift = count = 0
    at = 2
    end = len(data)
    while at < end:
        byte = data[at]
        at += 1
        number |= (byte & 0x7F) << shift
        if byte >= 0x80:
            shift += 7
            if shift >= 7 * VARINT_BYTES:
                _bad_points(f"a number has more than {VARINT_BYTES} bytes")
            continue
        if number > VARINT_MAX:
            _bad_points("a number has more than 32 bits")
        here[axis] += (number >> 1) ^ -(number & 1)
        if not -farthest <= here[axis] <= farthest:
            _bad_points(f"one is farther than {COORDINATE_MAX} from the origin")
        number = shift = 0
        if axis:
            count += 1
            at += flags
        axis ^= 1
    if axis or shift or at != end:
        _bad_points("they end in the middle of one")
    if not 1 <= count <= POINTS_PER_STROKE:
        _bad_points(f"there are {count}, not 1 to {POINTS_PER_STROKE}")


# -- what clients may send -------------------------------------------------------------------------


def check_change(change: Change) -> None:
    """Refuses what a client may not send; whatever passes can be stored and shown as it is."""
    match change:
        case Put():
            _check_put(change)
        case Set():
            _check_properties(change.props, nullable=OPTIONAL)
            if change.expected is not UNSET:
                _check_properties(change.expected, nullable=PROPERTIES.keys())
        case Split():
            for piece in change.into:
                _check_properties(piece.props, nullable=frozenset())
        case Remove() | Clear():
            pass


def _check_put(change: Put) -> None:
    if change.author is not UNSET:
        raise Refusal(RefusalCode.BAD_CHANGE, "expected no author: the server knows who draws")
    element = change.element
    _kind(element.get("kind"))
    for name, value in element.items():
        _check_property(name, value)
    missing = KINDS[str(element["kind"])] - element.keys()
    if missing:
        raise Refusal(
            RefusalCode.BAD_CHANGE,
            f"expected a {element['kind']} with {', '.join(sorted(missing))} too",
        )


def _check_properties(props: Mapping[str, object], nullable: AbstractSet[str]) -> None:
    for name, value in props.items():
        if name == "kind":
            raise Refusal(RefusalCode.BAD_CHANGE, "expected no kind: it never changes")
        if value is not None or name not in nullable:
            _check_property(name, value)


def _check_property(name: str, value: object) -> None:
    checker = PROPERTIES.get(name)
    if checker is None:
        if name == "author":
            raise Refusal(RefusalCode.BAD_CHANGE, "expected no author: the server knows who draws")
        raise Refusal(
            RefusalCode.UNKNOWN_PROPERTY,
            f"expected a property of {', '.join(PROPERTIES)}, not {name!a}",
        )
    try:
        checker(value)
    except Refusal as refusal:
        raise Refusal(refusal.code, f"{name}: {refusal}") from None


# -- the fold --------------------------------------------------------------------------------------


def fold(living: dict[str, Element], change: Change, author: int) -> None:
    """Applies a change of `author` to the living elements; one without a target does nothing.

    Elements are replaced, never changed in place, so that older ones may be kept.
    """
    match change:
        case Put():
            if change.key not in living:
                by = author if change.author is UNSET else change.author
                living[change.key] = {"author": by, **change.element}
        case Set():
            element = living.get(change.key)
            if element is not None:
                living[change.key] = patched(element, change)
        case Remove():
            living.pop(change.key, None)
        case Clear():
            living.clear()
        case Split():
            source = living.pop(change.key, None)
            if source is None:
                return
            for piece in change.into:
                if piece.key not in living:
                    living[piece.key] = {**source, **piece.props}


def patched(element: Element, change: Set) -> Element:
    """The element after a `set`; itself if nothing of the `set` applies.

    Each property is judged on its own, by what it was before the change (R4, R11).
    """
    expected = {} if change.expected is UNSET else change.expected
    result: Element | None = None
    for name, value in change.props.items():
        if name in expected and not same(element.get(name), expected[name]):
            continue
        if same(element.get(name), value):
            continue
        if result is None:
            result = dict(element)
        if value is None:
            del result[name]
        else:
            result[name] = value
    return element if result is None else result


def same(one: object, other: object) -> bool:
    """Equal as JSON sees it: 1 is 1.0, but true is not 1."""
    return one == other and isinstance(one, bool) == isinstance(other, bool)
