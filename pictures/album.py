"""The pictures as they are kept: small files beside the manual, and what each of them shows.

`beelden.json` has for each file that a picture shows a digest, so that a test can say which picture
is older than its page (tests/pictures/).
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from django.conf import settings
from PIL import Image, ImageChops

COLOURS = 64
# Two browsers draw the edge of a letter a little differently; that is no other picture.
ALIKE, SHARE = 40, 0.0005


@dataclass(frozen=True)
class Taken:
    """image: a PNG. templates, styles: names below `templates/` and `static/`."""

    name: str
    image: bytes
    templates: frozenset[str]
    styles: frozenset[str]


def save_album(taken: Iterable[Taken]) -> list[str]:
    """Save what looks different and what each picture shows. Returns the names of what changed."""
    folder = settings.HANDLEIDING_DIR / "beelden"
    shows: dict[str, list[str]] = {}
    changed = []
    for one in taken:
        shows[one.name] = sources_of(one)
        if _save(folder / f"{one.name}.png", one.image):
            changed.append(one.name)
    for path in folder.glob("*.png"):
        if path.stem not in shows:
            path.unlink()
            changed.append(f"{path.stem} (gone)")
    files = sorted({source for sources in shows.values() for source in sources})
    album = {"shows": shows, "digests": {source: digest_of(source) for source in files}}
    album_path().write_text(json.dumps(album, indent=1) + "\n", encoding="utf-8")
    return changed


def album_path() -> Path:
    return Path(settings.HANDLEIDING_DIR) / "beelden.json"


def read_album() -> dict[str, Any]:
    """`shows`: the files that each picture shows; `digests`: of each file, as it was then."""
    return dict(json.loads(album_path().read_text(encoding="utf-8")))


def sources_of(one: Taken) -> list[str]:
    """Our own files that a picture shows; not the templates of packages."""
    names = {f"templates/{name}" for name in one.templates}
    names |= {f"static/{name}" for name in one.styles}
    return sorted(name for name in names if (settings.BASE_DIR / name).is_file())


def digest_of(source: str) -> str:
    """Of a file of ours, as it is now; empty when it is gone."""
    path = settings.BASE_DIR / source
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16] if path.is_file() else ""


def _save(path: Path, image: bytes) -> bool:
    """Save a picture with few colours, unless the file looks the same already."""
    with Image.open(BytesIO(image)) as taken:
        small = taken.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    if path.is_file() and _look_alike(small, path):
        return False
    small.save(path, optimize=True)
    return True


def _look_alike(new: Image.Image, path: Path) -> bool:
    with Image.open(path) as old:
        if old.size != new.size:
            return False
        difference = ImageChops.difference(old.convert("RGB"), new.convert("RGB")).convert("L")
    other = sum(difference.histogram()[ALIKE:])
    return other <= SHARE * new.width * new.height
