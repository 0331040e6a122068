"""Seeded random edits: what a client does next, and what it tries although it may not."""

from __future__ import annotations

import base64
import random
import string
from collections.abc import Mapping
from typing import Any, Final

from .folding import Change, Element

KEY_LETTERS: Final = string.ascii_letters + string.digits + "-_"
ID_LENGTH: Final = 22
KEY_LENGTH: Final = 16
SHARED: Final = tuple(f"shared-{number:02}" for number in range(24))
"""Keys that all clients fight for."""
COLORS: Final = ("black", "red", "orange", "green", "teal", "blue", "#12ab34")
CHANGES_MOST: Final = 6
POINTS_MOST: Final = 40
OWN_MOST: Final = 30
"""Elements that a client keeps of its own, so that documents stay small and logs grow long."""
TEXTS: Final = ("", "one", "둘\n셋", "שלום", '👩\u200d👩\u200d👧 \\ " </script>')
OTHER_KINDS: Final = 0.2
CLEAR_CHANCE: Final = 0.004
"""Rare: each one takes everybody's elements."""


def points_of(count: int, rng: random.Random) -> str:
    """A well-formed row of points: steps of 2^-5, no pressure, each a byte away from the last."""
    head = bytes([10, 0])
    body = bytes(rng.randrange(0x80) for _ in range(2 * count))
    return base64.b64encode(head + body).decode().rstrip("=")


class Hand:
    """One client's seeded choices. It knows nothing of servers."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self._own: list[str] = []
        self._gone: list[str] = []

    def text(self, length: int) -> str:
        return "".join(self.rng.choices(KEY_LETTERS, k=length))

    def transaction_id(self) -> str:
        return self.text(ID_LENGTH)

    def changes(self, view: Mapping[str, Element]) -> list[Change]:
        """One transaction of one to six changes, made while looking at `view`."""
        if self.rng.random() < CLEAR_CHANCE:
            self._gone += self._own
            self._own = []
            return [{"op": "clear"}]
        return [self._change(view) for _ in range(self._how_many())]

    def bad_changes(self, view: Mapping[str, Element]) -> list[Change]:
        """A good change with one that has to be refused: the whole must have no effect."""
        good = self._put(self.text(KEY_LENGTH))
        bad = self.rng.choice(
            (
                {"op": "put", "key": self.text(KEY_LENGTH), "element": {"kind": "galaxy", "x": 1}},
                {"op": "set", "key": self._any_key(view), "props": {"color": "no colour"}},
                {"op": "set", "key": self._any_key(view), "props": {"speed": 3}},
                {"op": "set", "key": self._any_key(view), "props": {"x": 2_000_000}},
                {"op": "set", "key": self._any_key(view), "props": {"kind": "stroke"}},
            )
        )
        return self.rng.sample([good, bad], 2)

    # -- single changes ----------------------------------------------------------------------------

    def _how_many(self) -> int:
        return self.rng.choice((1, 1, 1, 2, 3, CHANGES_MOST))

    def _change(self, view: Mapping[str, Element]) -> Change:
        if len(self._own) > OWN_MOST:
            return self._remove_own(view)
        weights = {
            self._put_own: 4,
            self._put_shared: 3,
            self._revive: 2,
            self._set: 5,
            self._set_if: 4,
            self._remove_shared: 2,
            self._remove_own: 1,
            self._split: 2,
        }
        (make,) = self.rng.choices(list(weights), weights=list(weights.values()))
        return make(view)

    def _put(self, key: str) -> Change:
        rng = self.rng
        if rng.random() < OTHER_KINDS:
            return {"op": "put", "key": key, "element": self._note()}
        element: dict[str, Any] = {
            "kind": "stroke",
            "x": rng.randrange(-500, 500),
            "y": rng.randrange(-500, 500) / 4,
            "z": f"a{rng.choice(string.ascii_letters)}",
            "color": rng.choice(COLORS),
            "width": rng.randrange(1, 40) / 2,
            "points": points_of(rng.randrange(1, POINTS_MOST), rng),
        }
        return {"op": "put", "key": key, "element": element}

    def _note(self) -> Element:
        rng = self.rng
        return {
            "kind": "note",
            "x": rng.randrange(-500, 500),
            "y": rng.randrange(-500, 500),
            "z": f"a{rng.choice(string.ascii_letters)}",
            "w": 200,
            "h": rng.randrange(1, 400) / 2,
            "text": rng.choice(TEXTS),
            "fill": rng.choice(COLORS),
        }

    def _put_own(self, _: Mapping[str, Element]) -> Change:
        self._own.append(self.text(KEY_LENGTH))
        return self._put(self._own[-1])

    def _put_shared(self, _: Mapping[str, Element]) -> Change:
        return self._put(self.rng.choice(SHARED))

    def _revive(self, view: Mapping[str, Element]) -> Change:
        if not self._gone:
            return self._put_shared(view)
        key = self._gone.pop(self.rng.randrange(len(self._gone)))
        self._own.append(key)
        return self._put(key)

    def _set(self, view: Mapping[str, Element]) -> Change:
        return {"op": "set", "key": self._any_key(view), "props": self._props()}

    def _set_if(self, view: Mapping[str, Element]) -> Change:
        """Expects what this client knows to be there, which may be old, or something else."""
        key, props = self._any_key(view), self._props()
        known = view.get(key, {})
        expected = {
            name: known.get(name, value) if self.rng.random() < 0.8 else value
            for name, value in props.items()
        }
        return {"op": "set", "key": key, "props": props, "if": expected}

    def _remove_shared(self, _: Mapping[str, Element]) -> Change:
        return {"op": "remove", "key": self.rng.choice(SHARED)}

    def _remove_own(self, view: Mapping[str, Element]) -> Change:
        if not self._own:
            return self._remove_shared(view)
        key = self._own.pop(self.rng.randrange(len(self._own)))
        self._gone.append(key)
        return {"op": "remove", "key": key}

    def _split(self, view: Mapping[str, Element]) -> Change:
        pieces: list[dict[str, Any]] = [
            {"key": key, "props": {"x": self.rng.randrange(-500, 500)}}
            for key in (self.text(KEY_LENGTH), self.rng.choice(SHARED))
        ]
        self._own.append(pieces[0]["key"])
        return {"op": "split", "key": self._any_key(view), "into": pieces}

    def _any_key(self, view: Mapping[str, Element]) -> str:
        """Mostly one that all fight for; else one's own, or one that may be gone."""
        pool = self.rng.choice((SHARED, SHARED, self._own, self._gone))
        return self.rng.choice(pool or SHARED)

    def _props(self) -> dict[str, Any]:
        rng = self.rng
        every = {
            "x": rng.randrange(-500, 500),
            "y": rng.randrange(-500, 500),
            "color": rng.choice(COLORS),
            "width": rng.randrange(1, 40),
            "text": rng.choice(TEXTS),
            "angle": rng.choice((None, 1.5, -0.25)),
            "fill": rng.choice((None, *COLORS)),
            # Rather seldom, or in the end nobody could change anything of others'.
            "locked": rng.choice((None, None, False, True)),
        }
        return {name: every[name] for name in rng.sample(sorted(every), rng.randrange(1, 4))}
