"""The values that the browser's copy of the schema is tested with too: both must judge alike."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from boards.elements import KINDS, PROPERTIES, Refusal, check_change
from boards.protocol import Put

VECTORS: dict[str, Any] = json.loads(
    (Path(__file__).parents[1] / "vectors" / "schema.json").read_text()
)
CASES = [
    (name, value, fits == "valid")
    for name, values in VECTORS["properties"].items()
    for fits in ("valid", "invalid")
    for value in values[fits]
]


def written_out(value: Any) -> Any:
    """Long runs of the same stand in the file as a text and what is repeated after it."""
    return value["text"] + value["then"] * value["times"] if isinstance(value, dict) else value


def is_taken(element: dict[str, Any]) -> bool:
    try:
        check_change(Put(key="abcdefgh", element=element))
    except Refusal:
        return False
    return True


def test_every_property_and_kind_has_vectors() -> None:
    assert VECTORS["properties"].keys() == PROPERTIES.keys()
    assert set(VECTORS["properties"]["kind"]["valid"]) == KINDS.keys()


@pytest.mark.parametrize(("name", "value", "fits"), CASES)
def test_a_value_is_judged_as_in_the_browser(name: str, value: Any, fits: bool) -> None:
    value = written_out(value)
    try:
        PROPERTIES[name](value)
    except Refusal:
        assert not fits
    else:
        assert fits


@pytest.mark.parametrize("case", VECTORS["elements"], ids=[e["name"] for e in VECTORS["elements"]])
def test_an_element_is_judged_as_in_the_browser(case: dict[str, Any]) -> None:
    assert is_taken(case["element"]) == case["valid"]
