"""S10: what a file is, is found out; floods are refused undecoded; nothing but pixels is kept."""

from __future__ import annotations

import io
import threading
import zlib

import pytest
from PIL import Image
from pytest_django import Settings

from boards.assets import decoding, documents, pictures, rewriting
from boards.assets.refusals import FileRefusedError
from boards.assets.rewriting import Prepared

from . import files


def prepared(content: bytes) -> Prepared:
    if documents.is_pdf(content):
        return documents.prepared(io.BytesIO(content))
    kind = pictures.format_of(content)
    if kind is None:
        raise FileRefusedError("unknown_type")
    return pictures.prepared(io.BytesIO(content), kind)


def stored(content: bytes) -> bytes:
    return prepared(content).file.read()


def refused(content: bytes) -> str:
    with pytest.raises(FileRefusedError) as found:
        prepared(content)
    return found.value.code


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_s10_the_four_kinds_are_taken_by_their_content(kind: str) -> None:
    made = prepared(files.written(files.picture(), kind))
    assert (made.media, made.width, made.height, made.pages) == (rewriting.MEDIA[kind], 64, 48, 1)
    assert files.read(made.file.read()).format == kind


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<!doctype html><script>alert(1)</script>",
        b"BM" + bytes(100),
        b"II*\x00" + bytes(100),
        b"\n%PDF-1.4",
        b"PK\x03\x04" + bytes(100),
    ],
)
def test_s9_s10_nothing_else_is_a_picture(content: bytes) -> None:
    assert refused(content) == "unknown_type"


def test_s10_other_kinds_of_pillow_are_not_reached_by_a_lying_beginning() -> None:
    tiff = files.written(files.picture(), "TIFF")
    assert refused(b"\x89PNG\r\n\x1a\n" + tiff) == "broken"


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_s10_what_is_cut_off_is_broken(kind: str) -> None:
    noise = Image.effect_noise((300, 300), 90).convert("RGB")
    whole = files.written(noise, kind)
    for part in (0.05, 0.5):
        assert refused(whole[: int(len(whole) * part)]) == "broken"


@pytest.mark.parametrize(
    "size", [(30_001, 1), (1, 65_000), (25_000, 25_000), (2**31 - 1, 2**31 - 1)]
)
def test_s10_floods_are_refused_before_anything_is_decoded(
    size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    def decoded(*_: object) -> None:
        raise AssertionError("decoded")

    monkeypatch.setattr(Image.Image, "load", decoded)
    monkeypatch.setattr(pictures, "still", decoded)
    assert refused(files.flood(*size)) == "too_many_pixels"


def test_s10_a_picture_at_the_limit_that_ends_early_is_broken() -> None:
    assert refused(files.flood(5000, 5000)) == "broken"


def test_s10_a_jpeg_of_endless_scans_is_not_decoded() -> None:
    whole = files.written(files.picture(), "JPEG", progressive=True)
    scan = whole[whole.index(pictures.SCAN) : -2]
    assert refused(whole[:-2] + 101 * scan + whole[-2:]) == "broken"


def test_s10_a_photo_loses_place_maker_comment_and_thumbnail() -> None:
    content = files.photo()
    assert b"garden" in content
    made = stored(content)
    assert b"garden" not in made
    found = files.read(made)
    assert not found.getexif()
    assert found.info.keys() <= {
        "jfif",
        "jfif_version",
        "jfif_unit",
        "jfif_density",
        "progressive",
        "progression",
    }


def test_s10_a_photo_is_turned_upright() -> None:
    made = files.read(stored(files.photo(orientation=6)))
    assert made.size == (48, 64)
    # Its left was dark; turned clockwise, the top is.
    assert sum(made.convert("RGB").getpixel((24, 5))) < sum(made.convert("RGB").getpixel((24, 60)))  # type: ignore[arg-type]


@pytest.mark.parametrize("content", [files.talking_png(), files.gif(), files.gif(3)])
def test_s10_words_and_what_hangs_behind_are_gone(content: bytes) -> None:
    made = stored(content)
    assert b"garden" not in made
    assert b"script" not in made


def test_s10_a_page_inside_a_picture_is_no_page_any_more() -> None:
    hidden = b"<script>alert(1)</script>"
    exif = Image.Exif()
    exif[0x010E] = hidden.decode()
    for kind in ("JPEG", "WEBP", "PNG"):
        content = files.written(files.picture(), kind, exif=exif) + hidden
        assert hidden in content
        assert hidden not in stored(content)


def test_of_a_phones_two_pictures_in_one_the_first_is_kept() -> None:
    pair = files.written(
        files.picture(), "MPO", save_all=True, append_images=[files.picture(seed=9)]
    )
    made = prepared(pair)
    content = made.file.read()
    assert (made.media, files.read(content).format) == ("image/jpeg", "JPEG")
    assert b"MPF" not in content
    assert content.count(b"\xff\xd8\xff") == 1


def test_colours_of_print_become_those_of_screens() -> None:
    made = files.read(stored(files.cmyk()))
    assert made.mode == "RGB"
    dark, light = made.getpixel((5, 5)), made.getpixel((60, 5))
    assert max(dark) < 120 < max(light)  # type: ignore[arg-type]


def test_sixteen_bits_of_grey_become_eight() -> None:
    made = files.read(stored(files.grey_16()))
    assert [made.getpixel((x, 0)) for x in range(4)] == [0, 64, 128, 255]


def test_a_profile_of_colours_is_not_kept() -> None:
    assert "icc_profile" not in files.read(stored(files.with_profile())).info


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_what_is_transparent_stays_so(mode: str) -> None:
    image = Image.new("RGBA", (600, 30), (200, 10, 10, 0))
    image.paste((10, 200, 10, 255), (300, 0, 600, 30))
    made = prepared(files.written(image.convert(mode), "PNG"))
    for file in (made.file, made.variants[256]):
        found = files.read(file.read()).convert("RGBA")
        alphas = [found.getpixel((x, 2))[3] for x in (2, found.width - 2)]  # type: ignore[index]
        assert alphas == [0, 255]


def test_pixels_of_what_was_lossless_do_not_change() -> None:
    noise = Image.effect_noise((90, 70), 120).convert("RGB")
    for kind, options in (("PNG", {}), ("WEBP", {"lossless": True})):
        assert (
            files.read(stored(files.written(noise, kind, **options))).tobytes() == noise.tobytes()
        )


def test_moving_pictures_keep_moving() -> None:
    for content, kind in ((files.gif(3), "GIF"), (files.moving_webp(3), "WEBP")):
        made = prepared(content)
        found = files.read(made.file.read())
        assert (made.pages, found.n_frames, found.format) == (3, 3, kind)  # type: ignore[attr-defined]


def test_of_too_many_frames_the_first_is_kept(settings: Settings) -> None:
    settings.BOARDS_ASSET_FRAMES_MAX = 2
    for content in (files.gif(3), files.moving_webp(3)):
        made = prepared(content)
        assert made.pages == 1
        assert not getattr(files.read(made.file.read()), "is_animated", False)


def test_frames_that_are_too_large_together_are_not_decoded(settings: Settings) -> None:
    settings.BOARDS_ASSET_PIXELS_MAX = 500
    assert prepared(files.gif(3)).pages == 1


def test_smaller_ones_are_made_of_large_ones_only() -> None:
    assert prepared(files.png(200, 100)).variants == {}
    made = prepared(files.png(2000, 1000))
    sizes = {side: files.read(file.read()).size for side, file in made.variants.items()}
    assert sizes == {1024: (1024, 512), 512: (512, 256), 256: (256, 128)}
    long = prepared(files.png(3000, 2))
    assert files.read(long.variants[256].read()).size == (256, 1)


def test_no_more_is_decoded_at_once_than_one_picture_may_have(settings: Settings) -> None:
    settings.BOARDS_ASSET_PIXELS_MAX = 100
    order: list[str] = []

    def second() -> None:
        with decoding.decoding.room_for(60):
            order.append("second")

    with decoding.decoding.room_for(60):
        beside = threading.Thread(target=second)
        beside.start()
        with decoding.decoding.room_for(40):
            order.append("first")
    beside.join()
    assert order == ["first", "second"]


def test_who_waits_too_long_is_told_to_come_again(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.BOARDS_ASSET_PIXELS_MAX = 100
    monkeypatch.setattr(decoding, "PATIENCE_SECONDS", 0.0)
    room = decoding.decoding.room_for
    with room(60), pytest.raises(FileRefusedError, match="too_fast"), room(60):
        pass


# -- documents -------------------------------------------------------------------------------------


@pytest.mark.parametrize("packed", [False, True])
def test_pages_of_a_document_are_counted(packed: bool) -> None:
    content = files.pdf(12, packed=packed)
    made = prepared(content)
    assert (made.media, made.pages) == ("application/pdf", 12)
    assert (made.width, made.height) == (595, 841)
    assert made.file.read() == content


def test_a_document_that_says_nothing_has_a_page() -> None:
    assert prepared(b"%PDF-1.4 nothing").pages == 1


def test_s11_packed_lists_are_not_inflated_without_end() -> None:
    entry = b"<< /Type /ObjStm >> stream\n"
    packed = zlib.compress(bytes(64 * 1024 * 1024), 9)
    made = prepared(b"%PDF-1.7\n" + 50 * (entry + packed) + 200_000 * b"/Type/ObjStm")
    assert made.pages == 1
