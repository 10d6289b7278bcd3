"""A link as a square that a phone reads."""

import segno
from django.utils.safestring import SafeString, mark_safe


def qr_of(link: str) -> SafeString:
    """The QR code of a link as an inline SVG, which takes the size that its style sheet gives it.

    A quarter of it may be covered or worn before a phone no longer reads it (level Q).
    """
    code = segno.make_qr(link, error="q")
    drawing = code.svg_inline(omitsize=True, border=4, light="#fff", title="QR-code van de link")
    return mark_safe(drawing)  # noqa: S308 (segno's own drawing; a link is no text in it)
