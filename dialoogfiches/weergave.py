"""How a fiche is read, printed and started; what one does with it depends on its vorm."""

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from dialoogfiches.models import Item, Onderdeel, Rubriek, Vorm
from dialoogfiches.pdf.blanco import blank_fiche_pdf
from dialoogfiches.pdf.oudergesprek import blank_oudergesprek_pdf
from dialoogfiches.queries.inhoud import fiche_of
from dialoogfiches.tekening import own_road
from dossiers.models import Dossier, Herkomst, Materiaalversie
from dossiers.weergave import Weergave

# Where one begins in a dossier: the name of the URL, and whether the slug stands in its path or
# behind it, as what the form there begins with.
START: dict[Vorm, tuple[str, bool]] = {
    Vorm.GESPREK: ("gesprek-nieuw", True),
    Vorm.LEZEN: ("lezen", True),
    Vorm.TIPS: ("lezen", True),
    Vorm.FLOW: ("lezen", True),
    Vorm.BEVRAGING: ("bevraging-nieuw", False),
    Vorm.OUDERS: ("oudergesprek-nieuw", False),
}
# The blank form of a vorm that has one of its own.
BLANK: dict[Vorm, Callable[[Materiaalversie], bytes]] = {Vorm.OUDERS: blank_oudergesprek_pdf}


def context(versie: Materiaalversie) -> dict[str, Any]:
    """`fiche`, and `flow`: the drawing of a material that is one. Three queries."""
    fiche = fiche_of(versie)
    return {"fiche": fiche, "flow": own_road(fiche)}


def blank_pdf(versie: Materiaalversie) -> bytes:
    """The fiche on paper, with room to write where its vorm asks for it."""
    return BLANK.get(vorm_of(versie), blank_fiche_pdf)(versie)


def start_url(dossier: Dossier, versie: Materiaalversie) -> str:
    """Where one begins with a fiche in a dossier."""
    slug = versie.materiaal.slug
    name, in_path = START[vorm_of(versie)]
    if in_path:
        return reverse(name, args=[dossier.pk, slug])
    return f"{reverse(name, args=[dossier.pk])}?materiaal={slug}"


def vorm_of(versie: Materiaalversie) -> Vorm:
    return Vorm(versie.teksten["vorm"])


_voorstel = Q(herkomst=Herkomst.VOORSTEL)
FICHE_WEERGAVE = Weergave(
    template="dialoogfiches/toolbox/fiche.html",
    context=context,
    blank_pdf=blank_pdf,
    start_url=start_url,
    with_proposals=(
        Q(Exists(Onderdeel.objects.filter(_voorstel, versie=OuterRef("pk"))))
        | Q(Exists(Rubriek.objects.filter(_voorstel, onderdeel__versie=OuterRef("pk"))))
        | Q(
            Exists(
                Item.objects.filter(
                    _voorstel | Q(uitleg_herkomst=Herkomst.VOORSTEL), versie=OuterRef("pk")
                )
            )
        )
    ),
)
