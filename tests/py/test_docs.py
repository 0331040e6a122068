"""What the documents say is there."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
TESTS = ROOT / "tests"
IDS = {
    "architecture.md": [f"R{number}" for number in range(1, 18)],
    "safety.md": [f"F{number}" for number in range(1, 11)] + [f"S{n}" for n in range(1, 36)],
}
LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_leads_somewhere(document: Path) -> None:
    for target in LINK.findall(document.read_text()):
        assert (document.parent / target).exists(), target


def test_every_dependency_says_what_it_is_for() -> None:
    text = (ROOT / "docs/dependencies.md").read_text()
    package = json.loads((ROOT / "package.json").read_text())
    python = "\n".join(path.read_text() for path in ROOT.glob("requirements*.txt"))
    names = re.findall(r"^([A-Za-z][\w-]*)", python, re.MULTILINE)
    for name in [*names, *package["dependencies"], *package["devDependencies"]]:
        assert re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text), name


def test_every_make_target_that_the_documents_name_exists() -> None:
    makefile = (ROOT / "Makefile").read_text()
    for document in DOCUMENTS:
        for target in re.findall(r"`make ([a-z]+)", document.read_text()):
            assert re.search(rf"^{target}:", makefile, re.MULTILINE), (document.name, target)


@pytest.mark.parametrize("name", IDS)
def test_every_rule_is_there_once_and_in_order(name: str) -> None:
    text = (ROOT / "docs" / name).read_text()
    assert re.findall(r"^(?:\*\*|\| )([RSF]\d+)\b", text, re.MULTILINE) == IDS[name]


def test_every_test_that_the_documents_name_exists() -> None:
    python = {
        name
        for path in TESTS.rglob("test_*.py")
        for name in [path.stem, *re.findall(r"def (test_\w+)", path.read_text())]
    }
    scripts = {path.name for path in TESTS.rglob("*.test.js")}
    for document in DOCUMENTS:
        text = document.read_text()
        assert set(re.findall(r"`(test_\w+)`", text)) <= python, document.name
        assert set(re.findall(r"`([\w-]+\.test\.js)`", text)) <= scripts, document.name


@pytest.mark.parametrize("name", ["settings.py", "urls.py"])
def test_the_site_that_embedding_shows_is_the_one_that_is_tested(name: str) -> None:
    shown = (ROOT / "docs/embedding.md").read_text()
    assert (TESTS / "host" / name).read_text() in shown
