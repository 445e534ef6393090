"""Pictures from strangers: what is refused and why, and that nothing but pixels is left of the rest."""

import io
import random

import pytest
from PIL import Image, PngImagePlugin

from statuspage.core.errors import Invalid
from statuspage.core.pictures import FILE_BYTES, fitted, read_picture, square, trimmed, visible_colours
from tests.kit.drawing import BLUE, CLEAR, RED, halves, head_of, plate, read, written

SVG = b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
PNG = written(plate())
JPEG = written(plate().convert("RGB"), "JPEG")


def _commented_gif() -> bytes:
    return written(plate().convert("P"), "GIF", comment=b"<script>alert(1)</script>")


def _with_text(words: str) -> bytes:
    described = PngImagePlugin.PngInfo()
    described.add_text("Comment", words)
    return written(plate(), pnginfo=described)


HOSTILE = [
    ("an SVG under another name", SVG, "SVG or HTML"),
    ("an SVG behind a byte order mark", b"\xef\xbb\xbf\n" + SVG, "SVG or HTML"),
    ("a page", b"<!DOCTYPE html><html></html>", "SVG or HTML"),
    ("a page behind a picture", PNG + b"<html><script>alert(1)</script>", "hides markup"),
    ("a script in a comment of a GIF", _commented_gif(), "hides markup"),
    ("a script in a text of a PNG", _with_text("<ScRiPt >alert(1)</script>"), "hides markup"),
    ("nothing", b"", "no picture"),
    ("words", b"logo", "no picture"),
    ("a BMP", written(plate().convert("RGB"), "BMP"), "no picture"),
    ("a TIFF", written(plate(), "TIFF"), "no picture"),
    ("an ICO", written(plate((32, 32)), "ICO"), "no picture"),
    ("a PDF", b"%PDF-1.7\n1 0 obj", "no picture"),
    ("PostScript", b"%!PS-Adobe-3.0 EPSF-3.0\n", "no picture"),
    ("a PNG cut short", written(halves((600, 400)))[:-200], "damaged"),
    ("a JPEG cut short", JPEG[: len(JPEG) // 2], "damaged"),
    ("a bomb of 60000 x 60000", head_of(60_000, 60_000), "4096 pixels a side"),
    ("a bomb of 10000 x 10000", head_of(10_000, 10_000), "4096 pixels a side"),
    ("a narrow one of 1 x 5000", head_of(1, 5_000), "this one has 1 x 5000"),
    ("one of 16 megapixels", head_of(4_000, 4_000), "8 megapixels"),
    ("one that promises more than it holds", head_of(400, 400), "damaged"),
    ("a large file", PNG + bytes(FILE_BYTES), "at most 512 kB"),
    ("one that shows nothing", written(plate(colour=CLEAR)), "transparent all over"),
]


@pytest.mark.parametrize(("data", "words"), [pytest.param(*row[1:], id=row[0]) for row in HOSTILE])
def test_what_is_no_harmless_picture_is_refused_by_field(data: bytes, words: str) -> None:
    with pytest.raises(Invalid) as caught:
        read_picture(data, "logo_file")
    assert words in caught.value.fields["logo_file"]


GOOD = [
    ("PNG", PNG),
    ("PNG with a palette and transparency", written(plate().convert("P", palette=Image.Palette.ADAPTIVE))),
    ("PNG of greys", written(plate(colour=(90, 90, 90, 255)).convert("L"))),
    ("PNG of sixteen bits", written(Image.new("I;16", (40, 20), 40_000))),
    ("JPEG", JPEG),
    ("JPEG in CMYK", written(plate().convert("CMYK"), "JPEG")),
    ("WebP", written(plate(), "WEBP")),
    ("GIF", written(plate().convert("P"), "GIF")),
]


@pytest.mark.parametrize("data", [pytest.param(data, id=name) for name, data in GOOD])
def test_a_picture_becomes_pixels_of_one_kind(data: bytes) -> None:
    image = read_picture(data, "logo_file")
    assert (image.mode, image.size, image.info) == ("RGBA", (40, 20), {})


def test_a_picture_in_printing_colours_keeps_its_looks() -> None:
    image = read_picture(written(plate(colour=(255, 0, 0, 255)).convert("CMYK"), "JPEG", quality=95), "logo_file")
    red, green, blue, _ = image.getpixel((20, 10))
    assert red > 240 and green < 20 and blue < 20


def test_of_an_animation_the_first_frame_is_taken() -> None:
    data = written(
        plate(colour=RED).convert("P"), "GIF", save_all=True, append_images=[plate(colour=BLUE).convert("P")]
    )
    red, _, blue, _ = read_picture(data, "logo_file").getpixel((20, 10))
    assert red > blue


def test_transparency_of_a_palette_survives() -> None:
    drawn = halves(left=CLEAR).quantize(8)
    image = read_picture(written(drawn), "logo_file")
    assert (image.getpixel((2, 2))[3], image.getpixel((38, 2))[3]) == (0, 255)


def test_a_turned_photograph_stands_upright_and_says_nothing_of_its_maker() -> None:
    described = Image.Exif()
    described[0x0112] = 6  # the camera was held on its side
    described[0x010F] = "zqcanary camera"
    data = written(halves().convert("RGB"), "JPEG", exif=described, quality=95, icc_profile=b"zqcanary profile")
    image = read_picture(data, "logo_file")
    assert image.size == (20, 40)
    top, bottom = image.getpixel((10, 2)), image.getpixel((10, 38))
    assert top[0] > top[2] and bottom[2] > bottom[0]
    made = fitted(image, (720, 168))
    assert b"zqcanary" in data and b"zqcanary" not in made.body
    assert not read(made.body).getexif() and "icc_profile" not in read(made.body).info


def test_a_text_in_the_file_is_left_behind() -> None:
    data = _with_text("zqcanary words")
    assert b"zqcanary" not in fitted(read_picture(data, "logo_file"), (720, 168)).body


@pytest.mark.parametrize(
    ("size", "fits"),
    [((40, 20), (40, 20)), ((1440, 336), (720, 168)), ((2000, 100), (720, 36)), ((100, 2000), (8, 168))],
)
def test_a_picture_is_made_smaller_and_never_larger(size: tuple[int, int], fits: tuple[int, int]) -> None:
    made = fitted(plate(size), (720, 168))
    assert (made.width, made.height, made.content_type) == (*fits, "image/png")
    assert read(made.body).size == fits


def test_margins_that_show_nothing_are_cut_off() -> None:
    drawn = plate((100, 60), CLEAR)
    drawn.paste(RED, (20, 10, 50, 30))
    assert trimmed(drawn).size == (30, 20)
    assert trimmed(plate()).size == (40, 20)


def test_a_photograph_goes_out_as_webp() -> None:
    noise = Image.frombytes("RGB", (400, 160), random.Random(7).randbytes(400 * 160 * 3))  # as hard to press as any
    made = fitted(noise.convert("RGBA"), (720, 168))
    assert made.content_type == "image/webp"
    assert read(made.body).format == "WEBP"
    assert len(made.body) < FILE_BYTES


def test_a_wide_picture_stands_whole_in_a_square() -> None:
    made = read(square(plate((40, 20)), 32).body)
    assert made.size == (32, 32)
    assert (made.getpixel((16, 2))[3], made.getpixel((16, 16))[3]) == (0, 255)


def test_a_square_on_white_is_not_transparent_and_keeps_its_margin() -> None:
    made = read(square(plate((40, 40)), 180, ground=(255, 255, 255), margin=0.1).body)
    assert made.mode == "RGB"
    assert (made.getpixel((10, 90)), made.getpixel((90, 90))) == ((255, 255, 255), RED[:3])


def test_the_same_picture_makes_the_same_bytes() -> None:
    assert fitted(halves(), (720, 168)) == fitted(halves(), (720, 168))


def test_only_what_can_be_seen_has_a_colour() -> None:
    assert visible_colours(plate()) == []
    seen = visible_colours(halves(left=CLEAR))
    assert set(seen) == {BLUE[:3]}


def test_no_bomb_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Image.Image, "load", lambda self: pytest.fail("unpacked"))
    with pytest.raises(Invalid):
        read_picture(head_of(5_000, 5_000), "logo_file")
    assert Image.open(io.BytesIO(head_of(5_000, 5_000))).size == (5_000, 5_000)
