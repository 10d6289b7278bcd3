"""The living page of the house style (docs/huisstijl.md): each part as it is drawn today."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dossiers.materialen.models import Fase
from dossiers.mensen.access import TE_KLEINE_ROL
from dossiers.mensen.requests import UserRequest
from dossiers.velden.formfields import DayField, DropdownField, LongTextField, OptionField
from preventieplan.forms import ScoreField
from preventieplan.models import Antwoordstand
from start.queries.bars import Bars

SIZES = {"titel": 36, "kop": 26, "groot": 20, "gewoon": 17, "klein": 14}
COLOURS = (
    *("papier", "wit", "inkt", "grijs", "lijn", "rand"),
    *("hoofd", "hoofd-donker", "hoofd-zacht", "fout", "fout-zacht"),
)
BARS = Bars(
    int(Fase.BASISZORG),
    (("Schoolklimaat", 6), ("Inschrijving", 7), ("Registratie", 0), ("Opvolging", None)),
)


class Parts(forms.Form):
    """The fields that people meet, none of which saves anything here."""

    stand = OptionField(
        label="Hoe staat het ermee?", choices=Antwoordstand.choices, empty_label="nog open"
    )
    score = ScoreField(label="Schaal je school in")
    tekst = LongTextField(label="Toelichting", help_text="Hoe doet de school dit?")
    dag = DayField(label="Klaar tegen")
    keuze = DropdownField(
        label="Besluit", choices=[("borgen", "borgen")], empty_label="nog te checken"
    )


@require_safe
def huisstijl(request: UserRequest) -> HttpResponse:
    """For whoever makes pages; in beheer, so that nobody takes it for a page of a school."""
    if not request.user.is_staff:
        raise PermissionDenied(TE_KLEINE_ROL)
    context = {
        "maten": SIZES.items(),
        "kleuren": COLOURS,
        "fasen": Fase,
        "balkjes": BARS,
        "form": Parts(initial={"stand": Antwoordstand.DEELS, "score": 6}, auto_id="%s"),
    }
    return render(request, "start/huisstijl.html", context)
