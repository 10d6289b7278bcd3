"""A logo: a file that somebody chose, drawn anew.

Of the file itself nothing is kept. Whatever else it holds (where a photo was taken, a script, a
second file behind the first) does not come along, and whoever reads the logo later reads what
Pillow wrote here.
"""

from io import BytesIO
from threading import BoundedSemaphore, Lock
from typing import Any

from PIL import Image, ImageFile

from dossiers.briefhoofd.models import LOGO_BYTES, LOGO_HEIGHT, LOGO_WIDTH
from stsdialoog.bodies import FILE_LIMIT
from stsdialoog.pdf import PNG

# So many take some 100 MB for a moment, and half a second.
MAX_PIXELS = 6_000_000
# The lightest that is still seen on white paper, of 255.
NEARLY_WHITE = 235

IS_LEEG = "Dit bestand is leeg. Kies een ander."
TE_GROOT = (
    "Dit bestand is groter dan 2 MB. Verklein het logo in een tekenprogramma en kies het opnieuw."
)
GEEN_PNG = (
    "Dit is geen PNG, ook al kan het zo heten. Open je logo in een tekenprogramma, bewaar het daar "
    "als PNG en kies dat bestand."
)
TE_VEEL_PUNTEN = (
    "Dit logo telt te veel beeldpunten. Verklein het in een tekenprogramma tot hoogstens 3000 op "
    "2000 en kies het opnieuw."
)
BEWEEGT = "Dit logo beweegt. Bewaar er één beeld van als PNG en kies dat bestand."
STUK = (
    "Dit bestand is niet volledig of beschadigd. Bewaar je logo opnieuw als PNG en kies dat "
    "bestand."
)
ONZICHTBAAR = (
    "Op wit papier is van dit logo niets te zien. Kies de versie van je logo voor een witte "
    "achtergrond."
)
TE_DRUK = (
    "Er kiezen nu te veel mensen tegelijk een logo. Wat je typte, staat er nog: kies het logo over "
    "een minuut opnieuw."
)

# What Pillow raises for a file that is broken, on purpose or not.
BROKEN = (
    Image.DecompressionBombError,
    EOFError,
    IndexError,
    MemoryError,
    OSError,
    OverflowError,
    SyntaxError,
    ValueError,
)
_one_at_a_time = Lock()
# One is drawn and one waits its turn. A third is refused: it would hold one more thread of the
# process, until nobody else was answered.
_room = BoundedSemaphore(2)


class GeenLogo(Exception):
    """A file that cannot be a logo. Its text says what to do."""


def draw_logo(data: bytes) -> bytes:
    """Draw a PNG anew, on white and small enough, without anything else that was in the file.

    The same data give the same bytes. Raises GeenLogo.
    """
    if not data:
        raise GeenLogo(IS_LEEG)
    if len(data) > FILE_LIMIT:
        raise GeenLogo(TE_GROOT)
    # The content decides, never the name of the file or what the browser says of it.
    if not data.startswith(PNG):
        raise GeenLogo(GEEN_PNG)
    _check_pixels(*_announced_size(data))
    if not _room.acquire(blocking=False):
        raise GeenLogo(TE_DRUK)
    try:
        logo = _strictly_drawn(data)
        if min(low for low, _ in logo.getextrema()) > NEARLY_WHITE:
            raise GeenLogo(ONZICHTBAAR)
        return _written(logo)
    except BROKEN as error:
        raise GeenLogo(STUK) from error
    finally:
        _room.release()


def _announced_size(data: bytes) -> tuple[int, int]:
    """The width and height in the first bytes of a PNG, before anything makes room for them."""
    return int.from_bytes(data[16:20]), int.from_bytes(data[20:24])


def _check_pixels(width: int, height: int) -> None:
    if width * height > MAX_PIXELS:
        raise GeenLogo(TE_VEEL_PUNTEN)


def _strictly_drawn(data: bytes) -> Any:
    """Draw a file that is whole; Pillow raises one of BROKEN for any other.

    WeasyPrint tells Pillow, for all of the process, to make do with half a picture. Nothing needs
    that here: the only pictures WeasyPrint reads are those that were drawn below.
    """
    with _one_at_a_time:
        while True:
            ImageFile.LOAD_TRUNCATED_IMAGES = False
            logo = _drawn(data)
            # Another thread may have imported WeasyPrint meanwhile, which happens once.
            if not ImageFile.LOAD_TRUNCATED_IMAGES:
                return logo


def _drawn(data: bytes) -> Any:
    with Image.open(BytesIO(data), formats=["PNG"]) as image:
        # Again, because a file can announce one size first and another one later.
        _check_pixels(*image.size)
        if getattr(image, "is_animated", False):
            raise GeenLogo(BEWEEGT)
        image.load()
        with_alpha = _in_eight_bits(image).convert("RGBA")
    logo = Image.new("RGB", with_alpha.size, "white")
    logo.paste(with_alpha, mask=with_alpha)
    logo.thumbnail((LOGO_WIDTH, LOGO_HEIGHT))
    return logo


def _in_eight_bits(image: Any) -> Any:
    """What is grey in 16 bits, scaled down: Pillow would cut it off. Any other as it is."""
    if not image.mode.startswith("I"):
        return image
    return image.convert("I").point(lambda value: value * (255 / 65535)).convert("L")


def _written(logo: Any) -> bytes:
    data = _as_png(logo)
    # A photograph: as few colours as fit in a byte each.
    return data if len(data) <= LOGO_BYTES else _as_png(logo.quantize(256))


def _as_png(logo: Any) -> bytes:
    written = BytesIO()
    logo.save(written, "PNG", optimize=True)
    return written.getvalue()
