"""Codes for new content in a concept: readable, and never used before with another meaning."""

import re

from django.utils.text import slugify

from dialoogfiches.models import Item, Onderdeel
from dossiers.materialen.models import Materiaalversie

# A step with such a code would be unreachable: its URL is taken by another page of the talk.
RESERVED_CODES = frozenset({"versie", "voorbereiden"})


def new_onderdeel_code(versie: Materiaalversie, titel: str) -> str:
    """A code for a new part, derived from its titel and unique across all versions."""
    used = RESERVED_CODES | set(
        Onderdeel.objects.filter(versie__materiaal=versie.materiaal_id).values_list(
            "code", flat=True
        )
    )
    # Leaves room for a numeric suffix; a titel in a non-Latin script yields an empty slug.
    base = slugify(titel)[:26].strip("-") or "deel"
    nummer, code = 1, base
    while code in used:
        nummer += 1
        code = f"{base}-{nummer}"
    return code


def new_item_code(onderdeel: Onderdeel) -> str:
    """A code for a new item of a part: `<onderdeel>-n01`, `-n02`, ..., across all versions."""
    start = f"{onderdeel.code}-n"
    used = Item.objects.filter(
        versie__materiaal=onderdeel.versie.materiaal_id, code__startswith=start
    ).values_list("code", flat=True)
    numbers = [
        int(code.removeprefix(start)) for code in used if re.fullmatch(f"{start}[0-9]+", code)
    ]
    return f"{start}{max(numbers, default=0) + 1:02}"
