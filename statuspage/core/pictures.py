"""Pictures from people, decoded and written anew: what is served afterwards holds pixels and nothing else.

A file is judged by its bytes, never by its name. Only raster formats are decoded, each by name; size and dimensions are
read from the head before a pixel is unpacked, so that a small file cannot ask for much memory. Orientation is applied,
then metadata, colour profiles, comments and later frames are left behind.
"""

import io
import re
import struct
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

from statuspage.core.errors import Invalid

FILE_BYTES = 512 * 1024
LONGEST_SIDE = 4096
MOST_PIXELS = 8_000_000  # 32 MB while it is unpacked
FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
KINDS = "a PNG, JPEG, WebP or GIF picture"
_MARKUP = re.compile(rb"<(?:script|html|svg|body|iframe|!doctype|\?php)[\s>]", re.IGNORECASE)
_BROKEN = (OSError, SyntaxError, ValueError, EOFError, struct.error, KeyError, IndexError)
_LARGE_FOR_PNG = 48 * 1024  # a drawing stays below it, a photograph does not
_SAMPLE = (64, 64)

Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Picture:
    """A file made here: its bytes, `image/png` or `image/webp`, and its size in pixels."""

    body: bytes
    content_type: str
    width: int
    height: int


def read_picture(data: bytes, field: str) -> Image.Image:
    """Return the pixels (RGBA, upright) of a file somebody sent; of an animation its first frame.

    Raises `Invalid` naming `field` for anything but a whole raster picture within the limits.
    """
    if len(data) > FILE_BYTES:
        raise Invalid(
            {field: f"Choose a file of at most {FILE_BYTES // 1024} kB; this one has {len(data) // 1024} kB."}
        )
    if data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        raise Invalid({field: f"This is SVG or HTML, which may carry scripts. Choose {KINDS}."})
    if _MARKUP.search(data):
        raise Invalid({field: f"This file hides markup inside a picture. Export it anew as {KINDS}."})
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as opened:
            _refuse_huge(opened.size, field)
            opened.load()
            upright = ImageOps.exif_transpose(opened).convert("RGBA")
    except UnidentifiedImageError:
        raise Invalid({field: f"This is no picture that can be read. Choose {KINDS}."}) from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Invalid({field: _too_large("")}) from None
    except _BROKEN:
        raise Invalid({field: f"This file is damaged or cut short. Export it anew as {KINDS}."}) from None
    if not upright.getchannel("A").getbbox():
        raise Invalid({field: "There is nothing to be seen in this picture: it is transparent all over."})
    clean = Image.new("RGBA", upright.size)  # a new image: none of what the file said beside its pixels
    clean.paste(upright)
    return clean


def _refuse_huge(size: tuple[int, int], field: str) -> None:
    width, height = size
    if max(size) > LONGEST_SIDE or width * height > MOST_PIXELS:
        raise Invalid({field: _too_large(f"; this one has {width} x {height}")})


def _too_large(found: str) -> str:
    return f"Choose a picture of at most {LONGEST_SIDE} pixels a side and {MOST_PIXELS // 10**6} megapixels{found}."


def trimmed(image: Image.Image) -> Image.Image:
    """Return `image` without the transparent margins around what can be seen of it."""
    return image.crop(image.getchannel("A").getbbox())


def fitted(image: Image.Image, box: tuple[int, int]) -> Picture:
    """Return `image` scaled down, never up, into `box`: as PNG, or where that grows large (a photograph) as WebP."""
    small = image.copy()
    small.thumbnail(box, Image.Resampling.LANCZOS)
    if small.getchannel("A").getextrema() == (255, 255):
        small = small.convert("RGB")
    png = _written(small, "PNG", optimize=True)
    if len(png) <= _LARGE_FOR_PNG:
        return Picture(png, "image/png", *small.size)
    return Picture(_written(small, "WEBP", quality=85, method=6), "image/webp", *small.size)


def square(image: Image.Image, side: int, *, ground: Colour | None = None, margin: float = 0) -> Picture:
    """Return a PNG of `side` x `side` pixels with the whole `image` in its middle, on nothing or on `ground`.

    `margin` is the share of the side that stays free all around; what is smaller than the rest is scaled up.
    """
    room = round(side * (1 - 2 * margin))
    inner = ImageOps.contain(image, (room, room), Image.Resampling.LANCZOS)
    canvas = Image.new("RGBA", (side, side), (*ground, 255) if ground else (0, 0, 0, 0))
    canvas.alpha_composite(inner, ((side - inner.width) // 2, (side - inner.height) // 2))
    finished = canvas.convert("RGB") if ground else canvas
    return Picture(_written(finished, "PNG", optimize=True), "image/png", side, side)


def visible_colours(image: Image.Image) -> Sequence[Colour]:
    """Return the colours of a sample of what can be seen of `image`; nothing when no part of it is transparent."""
    if image.getchannel("A").getextrema()[0] == 255:
        return []
    small = image.copy()
    small.thumbnail(_SAMPLE)
    data = small.tobytes()
    return [(data[at], data[at + 1], data[at + 2]) for at in range(0, len(data), 4) if data[at + 3] >= 128]


def _written(image: Image.Image, form: str, **how: object) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **how)
    return out.getvalue()
