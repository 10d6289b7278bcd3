"""A material of PLG Limburg, and what its members do with a line of it."""

from datetime import date
from typing import Any

from dossiers.materialen.models import Materiaal
from dossiers.mensen.models import User
from dossiers.regels.domain import deciding
from dossiers.regels.domain.deciding import Seen
from dossiers.regels.queries import Blad, Regel, blad_of, shown_version

SLUG = "mini-bevraging"
# A line of the source, a proposal that can go, and one that its kind of material needs.
CODE, VOORSTEL, NODIG = "schakel-h2", "/waarvoor", "/woorden/gesloten"
VANDAAG = date(2026, 12, 1)


def materiaal() -> Materiaal:
    return Materiaal.objects.select_related("nieuwste").get(slug=SLUG)


def blad(lezer: User) -> Blad:
    return blad_of(materiaal(), lezer=lezer)


def regel(code: str, lezer: User) -> Regel:
    found = blad(lezer).regel(code)
    assert found is not None, code
    return found


def seen(code: str, lezer: User) -> Seen:
    """What somebody has before her who opens the page now."""
    versie = shown_version(materiaal())
    mark = regel(code, lezer).line.mark
    return Seen(concept=versie.pk if versie.is_concept else None, mark=mark)


def do(what: str, code: str, door: User, **told: Any) -> None:
    """Confirm, reword or drop a line, as whoever opened the page just now."""
    told = {"seen": seen(code, door), "today": VANDAAG} | told
    getattr(deciding, what)(materiaal=materiaal(), code=code, door=door, **told)


def decided(door: User) -> None:
    """The first decision, with which a concept begins."""
    do("confirm", VOORSTEL, door)
