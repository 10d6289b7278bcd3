"""What a team said in its plan, for the same question in another material."""

from collections.abc import Collection

from django.db.models import F
from django.urls import reverse

from dossiers.models import Dossier
from dossiers.velden.forms import Said
from preventieplan.models import Antwoordrevisie
from stsdialoog.links import PageLink


def said_in_plan(dossier: Dossier, references: Collection[str]) -> dict[str, Said]:
    """The toelichting of each of these questions that has one. One query, if any is of the plan."""
    start = f"{dossier.planversie.materiaal.slug}/"
    codes = {naam.removeprefix(start) for naam in references if naam.startswith(start)}
    if not codes:
        return {}
    rows = (
        Antwoordrevisie.objects.filter(
            record__dossier=dossier,
            record__vraag__code__in=codes,
            veld="toelichting",
            revisie=F("record__toelichting_revisie"),
        )
        .exclude(waarde="")
        # Of two records, one that stayed on an earlier version, the last one counts.
        .order_by("op")
        .values_list("record__vraag__code", "record__vraag__doelstelling__code", "waarde", "op")
    )
    return {
        f"{start}{code}": Said(
            tekst,
            op,
            PageLink(
                f"{reverse('doelstelling', args=[dossier.pk, doel])}?stop={code}#vraag-{code}",
                "het preventieplan",
            ),
        )
        for code, doel, tekst, op in rows
    }
