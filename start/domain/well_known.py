"""What stands at an address that programs know by heart (RFC 8615)."""

import re
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import quote

# At most a year (RFC 9116, 2.5.5), on the hour of the day that all caches agree on.
VALID = timedelta(days=364)
ADDRESS = re.compile(r"[^@\s/:]+@[^@\s/:]+")
URI = re.compile(r"(https://|tel:)\S+")
TALEN = "nl, en"


def contact_uri(contact: str) -> str:
    """The address of whoever takes reports, as a URI; empty when the text holds more than that.

    contact: an e-mail address, an https address, a tel: URI, or a sentence for people.
    """
    if ADDRESS.fullmatch(contact):
        return f"mailto:{quote(contact, safe='@+')}"
    return contact if URI.fullmatch(contact) and contact.isascii() else ""


def security_txt(*, contact: str, address: str, today: date) -> str:
    """The text of security.txt (RFC 9116), the same all day.

    contact: a URI. address: that of the file itself. today: in UTC.
    """
    expires = datetime.combine(today + VALID, time(), UTC)
    fields = {
        "Contact": contact,
        "Expires": f"{expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages": TALEN,
        "Canonical": address,
    }
    return "".join(f"{name}: {value}\n" for name, value in fields.items())
