"""A Chromium for the browser tests: the machine's, else apt's, else Playwright's own.

Browser tests are never skipped: `make test` asks here first, and stops where there is none.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
APT_PACKAGES = ("chromium", "fonts-nanum")
"""With a Korean font, or the pages that tests look at show boxes."""
DOWNLOAD_SECONDS = 120
"""Playwright's download hangs where its servers can't be reached."""
ARGUMENTS = (
    *(("--no-sandbox",) if os.geteuid() == 0 else ()),
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)
"""For Playwright's `launch(args=...)`: nothing but the tests uses the network."""

ADVICE = """\
The browser tests need Chromium, and there is none. Type one of these, then make test again:
  apt-get install chromium fonts-nanum        (as root, on Debian)
  .venv/bin/python -m playwright install chromium
or set CHROMIUM to the path of a Chrome or Chromium."""


def find_chromium() -> Path | None:
    """CHROMIUM, the one on the path, or the one that Playwright has downloaded."""
    named = os.environ.get("CHROMIUM")
    if named:
        return Path(named) if Path(named).is_file() else None
    on_path = next(filter(None, map(shutil.which, NAMES)), None)
    return Path(on_path) if on_path else _playwrights_own()


def ensure_chromium() -> Path:
    found = find_chromium()
    if found is None and os.geteuid() == 0 and shutil.which("apt-get"):
        _install_by_apt()
        found = find_chromium()
    if found is None:
        _download_by_playwright()
        found = find_chromium()
    if found is None:
        raise SystemExit(ADVICE)
    return found


def _playwrights_own() -> Path | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    return path if path.is_file() else None


def _install_by_apt() -> None:
    print("Installing Chromium by apt…", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    # Update first: a fresh machine has no lists, and old lists name packages that are gone.
    for command in (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *APT_PACKAGES],
    ):
        subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False)


def _download_by_playwright() -> None:
    print("Downloading Playwright's Chromium…", flush=True)
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    try:
        subprocess.run(command, timeout=DOWNLOAD_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        print(f"No answer within {DOWNLOAD_SECONDS} s.", flush=True)


if __name__ == "__main__":
    print(f"Chromium: {ensure_chromium()}")
