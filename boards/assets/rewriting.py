"""Pictures written anew from their pixels: upright, in sRGB, 8 bits a channel, nothing else."""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass, field
from typing import IO, Any, Final

from PIL import ExifTags, Image, ImageCms, ImageOps, ImageSequence

MEDIA: Final = {
    "PNG": "image/png",
    "JPEG": "image/jpeg",
    "WEBP": "image/webp",
    "GIF": "image/gif",
}
SIDES: Final = (256, 512, 1024)
"""Of the smaller ones: far away, among others as most are, and looked at by itself."""
VARIANT_MEDIA: Final = "image/webp"
QUALITY: Final = 90
"""Of what was lossy before: seen side by side, nobody tells it from the original."""
VARIANT_QUALITY: Final = 82
EFFORT: Final = 2
"""Of WebP's encoder, 0 to 6: each step costs a third more time for some per cent."""
FRAME_MS: Final = 100
"""Where a moving picture doesn't say how long a frame lasts: what browsers take."""


@dataclass
class Prepared:
    """What is going to be stored."""

    media: str
    width: int
    height: int
    pages: int
    file: IO[bytes]
    variants: dict[int, IO[bytes]] = field(default_factory=dict)
    """By side; none where the picture itself is as small."""


def still(picture: Image.Image, kind: str, *, lossless: bool) -> Prepared:
    picture.load()
    plain = _plain(picture)
    file = _written(plain, kind, **_options(picture, plain, kind, lossless=lossless))
    return Prepared(MEDIA[kind], plain.width, plain.height, 1, file, _variants(plain))


def _options(
    picture: Image.Image, plain: Image.Image, kind: str, *, lossless: bool
) -> dict[str, Any]:
    match kind:
        case "JPEG" if plain is picture and picture.format == "JPEG":
            # The same tables, so that pixels change by rounding alone.
            return {"quality": "keep", "subsampling": "keep", "progressive": True}
        case "JPEG":
            return {"quality": QUALITY, "progressive": True}
        case "WEBP":
            return {"lossless": lossless, "quality": QUALITY, "method": EFFORT, "exact": lossless}
        case _:
            return {}


def _plain(picture: Image.Image) -> Image.Image:
    """As it is to be looked at: upright, in sRGB, 8 bits a channel, and nothing but pixels."""
    profile = picture.info.get("icc_profile")
    transparent = picture.info.get("transparency")
    upright = picture if _is_upright(picture) else ImageOps.exif_transpose(picture)
    plain = _in_srgb(_in_eight_bits(upright), profile)
    keeps = transparent is not None and plain.mode == picture.mode
    plain.info = {"transparency": transparent} if keeps else {}
    return plain


def _is_upright(picture: Image.Image) -> bool:
    try:
        return bool(picture.getexif().get(ExifTags.Base.Orientation, 1) == 1)
    except (OSError, SyntaxError, ValueError, struct.error):
        # What is unreadable says nothing about the pixels.
        return True


def _in_eight_bits(picture: Image.Image) -> Image.Image:
    if picture.mode.startswith("I") or picture.mode == "F":
        # 16 bits of grey: cut to the upper eight, where Pillow would clip.
        wide = picture.convert("I")
        return wide.point(lambda value: value / 256).convert("L")
    if picture.mode in {"1", "L", "LA", "P", "RGB", "RGBA", "CMYK"}:
        return picture
    return picture.convert("RGBA" if picture.has_transparency_data else "RGB")


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    if profile and picture.mode in {"RGB", "RGBA", "CMYK"}:
        try:
            own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            if "sRGB" in ImageCms.getProfileDescription(own) and picture.mode != "CMYK":
                return picture
            mode = "RGBA" if picture.mode == "RGBA" else "RGB"
            srgb = ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(picture, own, srgb, outputMode=mode)
        except (ImageCms.PyCMSError, OSError, ValueError):
            # A profile that can't be read says nothing.
            pass
        else:
            return converted or picture
    return picture.convert("RGB") if picture.mode == "CMYK" else picture


def moving(picture: Image.Image, kind: str) -> Prepared:
    frames: list[Image.Image] = []
    lasts: list[int] = []
    for frame in ImageSequence.Iterator(picture):
        lasts.append(int(frame.info.get("duration") or FRAME_MS))
        frames.append(frame.convert("RGBA"))
        frames[-1].info = {}
    options: dict[str, Any] = {"disposal": 2}
    if kind == "WEBP":
        options = {"lossless": False, "quality": QUALITY, "method": EFFORT}
    if "loop" in picture.info:
        options["loop"] = int(picture.info["loop"])
    options |= {"save_all": True, "append_images": frames[1:], "duration": lasts}
    file = _written(frames[0], kind, **options)
    size = (picture.width, picture.height)
    return Prepared(MEDIA[kind], *size, len(frames), file, _variants(frames[0]))


def _variants(plain: Image.Image) -> dict[int, IO[bytes]]:
    """The smaller ones, each made of the one before."""
    made: dict[int, IO[bytes]] = {}
    for side in sorted(SIDES, reverse=True):
        if max(plain.size) > side:
            plain = _smaller(plain, side)
            made[side] = _written_small(plain)
    return made


def _smaller(plain: Image.Image, side: int) -> Image.Image:
    mode = "RGBA" if plain.has_transparency_data else "RGB"
    full = plain if plain.mode == mode else plain.convert(mode)
    scale = side / max(full.size)
    size = (max(1, round(full.width * scale)), max(1, round(full.height * scale)))
    return full.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)


def _written_small(small: Image.Image) -> IO[bytes]:
    small.info = {}
    return _written(small, "WEBP", quality=VARIANT_QUALITY, method=EFFORT)


def _written(picture: Image.Image, kind: str, **options: Any) -> IO[bytes]:
    """Without a word of what the file said beside its pixels."""
    file = io.BytesIO()
    nothing: dict[str, Any] = {"exif": b"", "icc_profile": None}
    if kind == "GIF":
        nothing = {"comment": b""}
    picture.save(file, format=kind, **nothing, **options)
    file.seek(0)
    return file


def smaller_one(picture: Image.Image, side: int) -> IO[bytes]:
    return _written_small(_smaller(_plain(picture), side))
