"""QR codes for links."""

import segno
from django.utils.safestring import SafeString, mark_safe


def qr_of(link: str) -> SafeString:
    """The QR code of a link as an inline SVG without a size of its own: the style sheet sets it.

    Error correction level Q: up to a quarter may be covered or worn before it becomes unreadable.
    """
    code = segno.make_qr(link, error="q")
    drawing = code.svg_inline(omitsize=True, border=4, light="#fff", title="QR-code van de link")
    return mark_safe(drawing)  # noqa: S308 (segno's own drawing; a link is no text in it)
