"""Pictures as people send them, good and bad, drawn where they are needed."""

import io
import struct
import zlib
from typing import Any

from PIL import Image

RED, BLUE, CLEAR = (200, 16, 32, 255), (16, 32, 200, 255), (0, 0, 0, 0)
Shade = tuple[int, int, int, int]


def written(image: Image.Image, form: str = "PNG", **how: Any) -> bytes:
    """Return an image as the bytes of a file."""
    out = io.BytesIO()
    image.save(out, form, **how)
    return out.getvalue()


def plate(size: tuple[int, int] = (40, 20), colour: Shade = RED) -> Image.Image:
    """Return a picture of one colour."""
    return Image.new("RGBA", size, colour)


def halves(size: tuple[int, int] = (40, 20), left: Shade = RED, right: Shade = BLUE) -> Image.Image:
    """Return a picture whose left half differs from its right one."""
    image = plate(size, right)
    image.paste(left, (0, 0, size[0] // 2, size[1]))
    return image


def head_of(width: int, height: int) -> bytes:
    """Return a PNG that promises so many pixels and holds next to none: 60 bytes that ask for gigabytes."""
    described = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    chunks = [(b"IHDR", described), (b"IDAT", zlib.compress(bytes(64))), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )


def read(data: bytes) -> Image.Image:
    """Return the picture in the bytes of a file."""
    image = Image.open(io.BytesIO(data))
    image.load()
    return image
