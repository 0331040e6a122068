"""Takes the pictures: python -m tests.gallery FOLDER [--docs] [--only PREFIX]"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.chromium import ARGUMENTS, ensure_chromium
from tests.e2e.running import Server

from .docs import pictures_for_docs
from .shots import every_picture


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.gallery", description=__doc__)
    parser.add_argument("folder", type=Path, help="where the pictures go")
    parser.add_argument("--docs", action="store_true", help="those of docs/using.md alone")
    parser.add_argument("--only", default="", help="those whose names begin so: phone-dark-ko")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as project, sync_playwright() as playwright:
        server = Server(Path(project))
        server.start()
        chromium = playwright.chromium.launch(
            executable_path=ensure_chromium(), args=list(ARGUMENTS)
        )
        try:
            if options.docs:
                pictures_for_docs(chromium, server.address, options.folder)
            else:
                every_picture(chromium, server.address, options.folder, options.only)
        finally:
            chromium.close()
            server.stop()


if __name__ == "__main__":
    main()
