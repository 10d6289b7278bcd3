"""Adopting a newer version of a material: a page that shows what changes and asks to confirm."""

from collections.abc import Callable, Set
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from dossiers.access import may_write
from dossiers.materialen.domain.versions import difference
from dossiers.materialen.models import Materiaalversie
from dossiers.materialen.queries import newer_version
from dossiers.mensen.requests import UserRequest
from dossiers.models import Dossier
from dossiers.overnemen.forms import OvernemenForm
from dossiers.reacties.queries.regels import read_codes

OVERGENOMEN = (
    "Jullie werken nu in versie {versie}. Wat jullie invulden, ging mee. Wat geen plaats meer "
    "heeft, blijft leesbaar onder ‘Uit een eerdere versie’."
)
GEEN_NIEUWERE = "Jullie werken al in de nieuwste versie."
NOG_NIEUWER = "Er is intussen een andere versie. Kijk even na wat er nu verandert."


@dataclass(frozen=True)
class Adoption:
    """Something in a dossier that can adopt a newer version: its plan, or a talk.

    versie: the version in use.
    wat: its title.
    back_url: the URL of its own page.
    adopt: adopts a version; False when somebody else was first.
    filled_codes: gives the codes under which something was filled in.
    available_codes: gives the codes of a version under which something can be filled in.
    """

    versie: Materiaalversie
    wat: str
    back_url: str
    adopt: Callable[[Materiaalversie], bool]
    filled_codes: Callable[[], Set[str]]
    available_codes: Callable[[Materiaalversie], Set[str]]


def offered_version(dossier: Dossier, versie: Materiaalversie) -> Materiaalversie | None:
    """The newer version to announce on a page, if the user may adopt it. At most one query."""
    may_take = may_write(dossier)
    return newer_version(versie) if may_take else None


def adopt_page(request: UserRequest, dossier: Dossier, overname: Adoption) -> HttpResponse:
    """Show what the newer version changes, for a user whose access was already checked.

    POST adopts it.
    """
    nieuw = newer_version(overname.versie)
    if nieuw is None:
        messages.info(request, GEEN_NIEUWERE)
        return redirect(overname.back_url)
    if request.method == "POST":
        return _adopt(request, overname, nieuw)
    changes = difference(oud=overname.versie, nieuw=nieuw)
    filled_codes = overname.filled_codes()
    context = {
        "dossier": dossier,
        "overname": overname,
        "nieuw": nieuw,
        "difference": changes,
        "filled_codes": filled_codes,
        "read_codes": read_codes(dossier.school, nieuw.materiaal),
        "blijft": len(filled_codes - overname.available_codes(nieuw)),
        "schrijven": may_write(dossier),
    }
    return render(request, "overnemen/overnemen.html", context)


def _adopt(request: UserRequest, overname: Adoption, nieuw: Materiaalversie) -> HttpResponse:
    form = OvernemenForm(request.POST)
    seen = form.cleaned_data["versie"] if form.is_valid() else None
    # Adopt only the version that the user saw, not one that was published since.
    if seen != nieuw.versie or not overname.adopt(nieuw):
        messages.warning(request, NOG_NIEUWER)
        return redirect(request.path)
    messages.success(request, OVERGENOMEN.format(versie=nieuw.versie))
    return redirect(overname.back_url)
