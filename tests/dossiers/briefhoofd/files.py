"""Files that somebody could choose as a logo, good and bad."""

import random
import struct
import zlib
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw
from PIL.PngImagePlugin import PngInfo

from stsdialoog.pdf import PNG

SECRET = b"Genomen op het terras van de directeur"


def drawn(width: int = 900, height: int = 300, *, mode: str = "RGBA", ink: Any = "red") -> Any:
    image = Image.new(mode, (width, height))
    ImageDraw.Draw(image).rectangle((0, 0, width // 2, height), fill=ink)
    return image


def as_file(image: Any, kind: str = "PNG", **options: Any) -> bytes:
    written = BytesIO()
    image.save(written, kind, **options)
    return written.getvalue()


def logo() -> bytes:
    return as_file(drawn())


def other_logo() -> bytes:
    return as_file(drawn(ink="blue"))


def fallen_over() -> bytes:
    data = bytearray(logo())
    data[60:70] = (byte ^ 0xFF for byte in data[60:70])
    return bytes(data)


def with_more_in_it() -> bytes:
    """A picture with a text, a place, and a page behind it."""
    info = PngInfo()
    info.add_text("Comment", SECRET.decode())
    return as_file(drawn(), pnginfo=info, exif=_place()) + b"<script>alert(1)</script>" + SECRET


def _place() -> Any:
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    return exif


def photo() -> bytes:
    """As busy as a picture can be."""
    noise = random.Random(8).randbytes(500 * 300 * 3)  # noqa: S311 the same each time
    return as_file(Image.frombytes("RGB", (500, 300), noise))


def white_on_nothing() -> bytes:
    return as_file(drawn(ink="white"))


def moving() -> bytes:
    return as_file(drawn(), save_all=True, append_images=[drawn(ink="blue")])


def announces(width: int, height: int) -> bytes:
    """A PNG of so many pixels, as it says, in a few bytes."""
    size = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return PNG + chunk(b"IHDR", size) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def announces_two_sizes() -> bytes:
    small, large = announces(10, 10), announces(20_000, 20_000)
    return small[:33] + large[8:]


def with_a_text_that_swells() -> bytes:
    text = b"Comment\0\0" + zlib.compress(bytes(100_000_000))
    return logo()[:33] + chunk(b"zTXt", text) + logo()[33:]


def chunk(kind: bytes, data: bytes) -> bytes:
    crc = struct.pack(">I", zlib.crc32(kind + data))
    return struct.pack(">I", len(data)) + kind + data + crc
