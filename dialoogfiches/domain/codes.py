"""Codes for what is new in a concept: readable, and never one that meant something else before."""

import re

from django.utils.text import slugify

from dialoogfiches.models import Item, Onderdeel
from dossiers.materialen.models import Materiaalversie

# A step with such a code could not be opened: another page of a talk has that address.
BEZET = frozenset({"versie"})


def new_onderdeel_code(versie: Materiaalversie, titel: str) -> str:
    """A code for a new part, after its titel."""
    used = BEZET | set(
        Onderdeel.objects.filter(versie__materiaal=versie.materiaal_id).values_list(
            "code", flat=True
        )
    )
    # Room for a number behind it; a titel in another script leaves no slug.
    base = slugify(titel)[:26].strip("-") or "deel"
    nummer, code = 1, base
    while code in used:
        nummer += 1
        code = f"{base}-{nummer}"
    return code


def new_item_code(onderdeel: Onderdeel) -> str:
    """A code for a new point of a part: `<onderdeel>-n01` and on, through all versions."""
    start = f"{onderdeel.code}-n"
    used = Item.objects.filter(
        versie__materiaal=onderdeel.versie.materiaal_id, code__startswith=start
    ).values_list("code", flat=True)
    numbers = [
        int(code.removeprefix(start)) for code in used if re.fullmatch(f"{start}[0-9]+", code)
    ]
    return f"{start}{max(numbers, default=0) + 1:02}"
