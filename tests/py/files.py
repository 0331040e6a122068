"""Files as people, and others, send them: made by Pillow, some then spoilt by hand."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

from PIL import Image, ImageCms, ImageDraw, PngImagePlugin

SECRET = "Ann's garden, 37.5665 N 126.9780 E"
PDF_PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595.276 841.89] >>"


def picture(width: int = 64, height: int = 48, mode: str = "RGB", seed: int = 0) -> Image.Image:
    """Left half dark, right half light: one sees how it was turned."""
    made = Image.new("RGB", (width, height), (20, 40 + seed % 200, 60))
    ImageDraw.Draw(made).rectangle((width // 2, 0, width, height), fill=(230, 220, 40))
    return made.convert(mode)


def written(image: Image.Image, kind: str, **options: Any) -> bytes:
    file = io.BytesIO()
    image.save(file, format=kind, **options)
    return file.getvalue()


def png(width: int = 64, height: int = 48, mode: str = "RGB", seed: int = 0) -> bytes:
    return written(picture(width, height, mode, seed), "PNG")


def read(content: bytes) -> Image.Image:
    found = Image.open(io.BytesIO(content))
    found.load()
    return found


def photo(orientation: int = 6) -> bytes:
    """As a phone's: lying on its side, with place, maker, a thumbnail and a comment."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = SECRET
    exif.get_ifd(0x8825).update({1: "N", 2: (37.0, 33.0, 59.4), 3: "E", 4: (126.0, 58.0, 40.8)})
    return written(
        picture(), "JPEG", exif=exif, comment=SECRET.encode(), xmp=f"<x>{SECRET}</x>".encode()
    )


def talking_png() -> bytes:
    told = PngImagePlugin.PngInfo()
    told.add_text("Comment", SECRET)
    told.add_itxt("XML:com.adobe.xmp", SECRET)
    return written(picture(), "PNG", pnginfo=told) + b"<script>alert(1)</script>"


def gif(frames: int = 1, width: int = 20, height: int = 10, **options: Any) -> bytes:
    images = [picture(width, height, seed=40 * i) for i in range(frames)]
    more = {"save_all": True, "append_images": images[1:], "duration": 80, "loop": 0}
    return written(images[0], "GIF", comment=SECRET.encode(), **(more if frames > 1 else {}))


def moving_webp(frames: int = 3) -> bytes:
    images = [picture(20, 10, seed=40 * i) for i in range(frames)]
    return written(images[0], "WEBP", save_all=True, append_images=images[1:], duration=80, loop=0)


def flood(width: int, height: int) -> bytes:
    """A PNG that says it is huge, in a hundred bytes."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(100))), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in parts
    )


def cmyk() -> bytes:
    return written(picture(mode="CMYK"), "JPEG")


def grey_16() -> bytes:
    wide = Image.new("I;16", (4, 1))
    for x, value in enumerate((0, 0x4000, 0x8000, 0xFFFF)):
        wide.putpixel((x, 0), value)
    return written(wide, "PNG")


def with_profile() -> bytes:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    return written(picture(), "PNG", icc_profile=lab.tobytes())


def pdf(pages: int = 3, *, packed: bool = False) -> bytes:
    listed = b"\n".join(PDF_PAGE for _ in range(pages))
    if packed:
        body = zlib.compress(listed)
        listed = b"5 0 obj << /Type /ObjStm /Filter /FlateDecode /N 9 >> stream\r\n%s\nendstream"
        listed = listed.replace(b"%s", body)
    return b"%PDF-1.7\n2 0 obj << /Type /Pages /Count 9 >> endobj\n" + listed + b"\n%%EOF\n"
