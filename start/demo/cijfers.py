"""Fills in the figures of a demo dossier the way a school does: through the form."""

from datetime import date, timedelta

from django.http import QueryDict

from dossiers.cijfers.domain import save_cijfers
from dossiers.cijfers.forms import GroepForm
from dossiers.cijfers.models import Cijfers, Groep, Reden
from dossiers.models import Dossier
from start.demo.pen import Outline, Pen


def make_cijfers(dossier: Dossier, outline: Outline, pen: Pen, reference_day: date) -> None:
    """Save the figures of a new dossier, and backdate them.

    outline: its `groepen` hold what somebody would type (velpekouter.yaml).
    reference_day: the day from which the file counts its days.
    """
    forms = [_filled(Groep(naam), typed) for naam, typed in outline["groepen"].items()]
    save_cijfers(
        dossier=dossier,
        seen="0",
        geteld_tot=reference_day + timedelta(days=outline["tot"]),
        op_routekaart=outline.get("op_routekaart", False),
        groepen={form.groep: form.cleaned_data for form in forms},
        door=pen.door,
    )
    Cijfers.objects.filter(dossier=dossier).update(gewijzigd_op=pen.op)


def _filled(groep: Groep, typed: Outline) -> GroepForm:
    counts = {"leerlingen": typed["leerlingen"]}
    for reden in Reden:
        counts |= zip(reden.fields, typed.get(reden.value, ()), strict=False)
    data = QueryDict(mutable=True)
    data.update({f"{groep.value}-{naam}": str(aantal) for naam, aantal in counts.items()})
    form = GroepForm(groep=groep, kept=None, data=data)
    assert form.is_valid(), form.errors  # noqa: S101
    return form
