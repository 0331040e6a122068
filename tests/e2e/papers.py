"""A PDF as scanners and word processors of old make them: it relies on what readers have."""

from __future__ import annotations

import io
import struct

from PIL import Image, ImageDraw
from PIL.TiffImagePlugin import TiffImageFile

SIZES = [(595, 842), (400, 300), (300, 200), (320, 240), (240, 180), (400, 320)]
"""Of the pages as their reader sees them: the second lies turned in the file."""
TURNED = 2
KOREAN = "한글 문서"
SCAN = (160, 120)
BLACK = (40, 30, 119, 89)
"""Of the scan, the last pixel included."""
STANDARD = ("Helvetica-Bold", "Times-Italic", "Courier", "Symbol", "ZapfDingbats")
"""Of the 14 that every reader has, so that no file brings them."""


def paper() -> bytes:
    """Six pages: plain, turned, in Korean without its font, a picture in JPEG 2000, a scan in
    JBIG2, and fonts of readers' own."""
    words = KOREAN.encode("utf-16-be").hex()
    contents = [
        b"BT /Latin 32 Tf 40 762 Td (Exercise) Tj ET",
        # A square in the upper left of the page as it is seen.
        b"0 0 1 rg 20 20 60 60 re f",
        f"BT /Korean 40 Tf 40 90 Td <{words}> Tj ET".encode(),
        b"q 160 0 0 120 80 60 cm /Picture Do Q",
        b"q 160 0 0 120 40 30 cm /Scan Do Q",
        "".join(
            f"BT /{name} 40 Tf 40 {270 - 60 * i} Td (abcdef) Tj ET "
            for i, name in enumerate(STANDARD)
        ).encode(),
    ]
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>"]
    first = 8 + len(STANDARD)
    kids = " ".join(f"{first + 2 * i} 0 R" for i in range(len(SIZES)))
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(SIZES)} >>".encode())
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    objects.append(
        b"<< /Type /Font /Subtype /Type0 /BaseFont /HYSMyeongJo-Medium "
        b"/Encoding /UniKS-UCS2-H /DescendantFonts [5 0 R] >>"
    )
    objects.append(
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /HYSMyeongJo-Medium /DW 1000 "
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Korea1) /Supplement 1 >> "
        b"/FontDescriptor << /Type /FontDescriptor /FontName /HYSMyeongJo-Medium /Flags 6 "
        b"/FontBBox [0 -148 1001 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /StemV 80 "
        b"/CapHeight 737 >> >>"
    )
    objects += [_picture(), _scan()]
    objects += [
        f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} >>".encode() for name in STANDARD
    ]
    fonts = " ".join(f"/{name} {8 + i} 0 R" for i, name in enumerate(STANDARD))
    for i, (w, h) in enumerate(SIZES, start=1):
        wide, high, turn = (h, w, "/Rotate 90 ") if i == TURNED else (w, h, "")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {wide} {high}] {turn}"
            f"/Resources << /Font << /Latin 3 0 R /Korean 4 0 R {fonts} >> "
            f"/XObject << /Picture 6 0 R /Scan 7 0 R >> >> "
            f"/Contents {first + 2 * i - 1} 0 R >>".encode()
        )
        objects.append(_stream("", contents[i - 1]))
    return _file(objects)


def _picture() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (64, 48), "#2050d0").save(file, "JPEG2000")
    entries = (
        "/Type /XObject /Subtype /Image /Width 64 /Height 48 /ColorSpace /DeviceRGB "
        "/BitsPerComponent 8 /Filter /JPXDecode"
    )
    return _stream(entries, file.getvalue())


def _scan() -> bytes:
    """A black box, its rows coded as a fax codes them, which is one of JBIG2's ways."""
    # In both codes black is 1; in a picture of Pillow's it is white.
    image = Image.new("1", SCAN, 0)
    ImageDraw.Draw(image).rectangle(BLACK, fill=1)
    file = io.BytesIO()
    image.save(file, "TIFF", compression="group4", strip_size=1 << 20)
    tags = TiffImageFile(io.BytesIO(file.getvalue())).tag_v2
    (start,), (size,) = tags[273], tags[279]
    rows = file.getvalue()[start : start + size]
    w, h = SCAN
    page = struct.pack(">IIIIBH", w, h, 0, 0, 0, 0)
    region = struct.pack(">IIIIBB", w, h, 0, 0, 0, 1) + rows
    data = _segment(0, 48, page) + _segment(1, 38, region)
    entries = (
        f"/Type /XObject /Subtype /Image /Width {w} /Height {h} /ColorSpace /DeviceGray "
        "/BitsPerComponent 1 /Filter /JBIG2Decode"
    )
    return _stream(entries, data)


def _segment(number: int, kind: int, data: bytes) -> bytes:
    """Of page 1, referring to no other."""
    return struct.pack(">IBBBI", number, kind, 0, 1, len(data)) + data


def _stream(entries: str, data: bytes) -> bytes:
    head = f"<< {entries} /Length {len(data)} >>\nstream\n".encode()
    return head + data + b"\nendstream"


def _file(objects: list[bytes]) -> bytes:
    file = b"%PDF-1.7\n"
    places = []
    for i, content in enumerate(objects, start=1):
        places.append(len(file))
        file += f"{i} 0 obj\n".encode() + content + b"\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    count = len(objects) + 1
    end = f"trailer\n<< /Size {count} /Root 1 0 R >>\nstartxref\n{len(file)}\n%%EOF\n"
    return file + f"xref\n0 {count}\n0000000000 65535 f \n{table}{end}".encode()
