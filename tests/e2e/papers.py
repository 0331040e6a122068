"""A PDF as scanners and word processors of old make them: it relies on what readers have."""

from __future__ import annotations

import io

from PIL import Image

SIZES = [(595, 842), (400, 300), (300, 200), (320, 240)]
"""Of the pages as their reader sees them: the second lies turned in the file."""
TURNED = 2
KOREAN = "한글 문서"


def paper() -> bytes:
    """Four pages: plain, turned, in Korean without its font, a picture in JPEG 2000."""
    words = KOREAN.encode("utf-16-be").hex()
    contents = [
        b"BT /Latin 32 Tf 40 762 Td (Exercise) Tj ET",
        # A square in the upper left of the page as it is seen.
        b"0 0 1 rg 20 20 60 60 re f",
        f"BT /Korean 40 Tf 40 90 Td <{words}> Tj ET".encode(),
        b"q 160 0 0 120 80 60 cm /Picture Do Q",
    ]
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>"]
    first = 7
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
    objects.append(_picture())
    for i, (w, h) in enumerate(SIZES, start=1):
        wide, high, turn = (h, w, "/Rotate 90 ") if i == TURNED else (w, h, "")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {wide} {high}] {turn}"
            "/Resources << /Font << /Latin 3 0 R /Korean 4 0 R >> "
            f"/XObject << /Picture 6 0 R >> >> /Contents {first + 2 * i - 1} 0 R >>".encode()
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
