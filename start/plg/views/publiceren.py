"""What a concept becomes for everybody: its page as it will be, and publishing it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from dossiers.materialen.domain import versions
from dossiers.materialen.models import Materiaal, Materiaalversie
from dossiers.materialen.shelf import preview_of
from dossiers.mensen.requests import UserRequest
from dossiers.regels.access import get_materiaal_or_404
from dossiers.regels.queries import shown_version

GEEN_CONCEPT = (
    "Er is geen concept om te publiceren. Met een eerste besluit over een regel begint er een."
)


@require_safe
def voorbeeld(request: UserRequest, slug: str) -> HttpResponse:
    """The page of the toolbox as it will be for everybody."""
    found = get_materiaal_or_404(user=request.user, slug=slug)
    context = preview_of(shown_version(found).pk) | {"materiaal": found}
    return render(request, "plg/voorbeeld.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def publiceren(request: UserRequest, slug: str) -> HttpResponse:
    """Show what publishing would change, or what is still wrong; POST publishes."""
    found = get_materiaal_or_404(user=request.user, slug=slug)
    versie = shown_version(found)
    if not versie.is_concept:
        messages.info(request, GEEN_CONCEPT)
        return redirect("plg-materiaal", slug)
    if request.method == "POST":
        return _publish(request, versie)
    return render(request, "plg/publiceren.html", _context(found, versie))


def _context(found: Materiaal, versie: Materiaalversie) -> dict[str, object]:
    vorige, findings = found.nieuwste, versions.findings_of(versie)
    assert vorige is not None  # noqa: S101 (the front door asks for one)
    vorige.materiaal = found
    return {
        "materiaal": found,
        "versie": versie,
        "vorige": vorige,
        "gewijzigd": versions.is_changed(versie),
        "fouten": findings,
        "difference": None if findings else versions.difference(oud=vorige, nieuw=versie),
    }


def _publish(request: UserRequest, versie: Materiaalversie) -> HttpResponse:
    digest = request.POST.get("digest", "")
    try:
        versions.publish(pk=versie.pk, digest=digest, door=request.user)
    except versions.NietConcept:
        messages.info(request, GEEN_CONCEPT)
    except (versions.IntussenGewijzigd, versions.OngeldigConcept, versions.NietsGewijzigd):
        messages.warning(request, versions.NA_TE_KIJKEN)
        return redirect(request.path)
    else:
        messages.success(request, versions.NU_GEPUBLICEERD.format(versie=versie.versie))
    return redirect("plg-materiaal", versie.materiaal.slug)
