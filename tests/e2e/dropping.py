"""Files in somebody's hand: let go of over the board, or pasted; and what becomes of them."""

from __future__ import annotations

import base64
import io
from typing import TYPE_CHECKING, Any

from PIL import Image, ImageDraw

from .visitor import Visitor

if TYPE_CHECKING:
    from playwright.sync_api import Locator

BRING = """([kind, files, x, y]) => {
    const transfer = new DataTransfer();
    for (const [name, type, text] of files) {
        const bytes = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
        transfer.items.add(new File([bytes], name, { type }));
    }
    const canvas = document.querySelector("main canvas");
    const more = { bubbles: true, cancelable: true, clientX: x, clientY: y };
    if (kind === "paste") {
        document.body.dispatchEvent(
            new ClipboardEvent("paste", { ...more, clipboardData: transfer }));
        return;
    }
    for (const step of ["dragenter", "dragover", "drop"])
        canvas.dispatchEvent(new DragEvent(step, { ...more, dataTransfer: transfer }));
}"""
"""What a hand does that lets go of files over the board, or presses the keys."""
WAITING = """async () => {
    const names = (await indexedDB.databases()).map(({ name }) => name);
    const name = names.find((one) => one.startsWith("whiteboard pictures"));
    if (!name) return 0;
    const database = await new Promise((resolve) => {
        const asked = indexedDB.open(name);
        asked.onsuccess = () => resolve(asked.result);
    });
    const rows = await new Promise((resolve) => {
        const asked = database.transaction("bytes").objectStore("bytes").count();
        asked.onsuccess = () => resolve(asked.result);
    });
    database.close();
    return rows;
}"""

File = tuple[str, str, str]


def photo(name: str, color: str, kind: str = "PNG", size: tuple[int, int] = (320, 240)) -> File:
    """A field of one colour, with a corner that tells which way it lies."""
    made = Image.new("RGB", size, color)
    ImageDraw.Draw(made).rectangle((0, 0, 80, 60), fill="black")
    file = io.BytesIO()
    made.save(file, kind)
    return name, f"image/{kind.lower()}", base64.b64encode(file.getvalue()).decode()


def bring(visitor: Visitor, how: str, *files: File, at: tuple[int, int] = (640, 360)) -> None:
    visitor.page.evaluate(BRING, [how, files, *at])


def ghost(visitor: Visitor, name: str) -> Locator:
    """Where a picture will be, while it is on its way."""
    return visitor.page.get_by_role("region", name=name)


def pictures(visitor: Visitor) -> list[dict[str, Any]]:
    elements = [one for one in visitor.elements().values() if one["kind"] == "image"]
    return sorted(elements, key=lambda one: (one["y"], one["x"]))


def has_pictures(visitor: Visitor, count: int) -> None:
    visitor.eventually(lambda: len(pictures(visitor)) == count, f"{count} pictures")


def keeps_pictures(visitor: Visitor, count: int) -> None:
    """The bytes of so many wait on this device's disk."""
    visitor.eventually(lambda: visitor.page.evaluate(WAITING) == count, f"{count} kept")
