"""What a team said in its plan, for the same question in another material."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import CharField, F, QuerySet, Value
from django.urls import reverse

from dossiers.models import Dossier
from dossiers.velden.offered import Said
from preventieplan.models import Antwoordrevisie, Inschalingrevisie
from stsdialoog.links import PageLink


def said_in_plan(dossier: Dossier, references: Collection[str]) -> dict[str, Said]:
    """The toelichting of each of these questions, and the focus of each of these goals.

    One query, if any is of the plan.
    """
    start = f"{dossier.planversie.materiaal.slug}/"
    codes = {naam.removeprefix(start) for naam in references if naam.startswith(start)}
    if not codes:
        return {}
    rows = _toelichtingen(dossier, codes).union(_focuses(dossier, codes), all=True)
    return {
        f"{start}{code or doel}": _said(dossier, doel=doel, vraag=code, tekst=tekst, op=op)
        # Of two records, one that stayed on an earlier version, the last one counts.
        for code, doel, tekst, op in sorted(rows, key=lambda row: row[-1])
    }


def _toelichtingen(dossier: Dossier, codes: Collection[str]) -> QuerySet[Any]:
    revisies = Antwoordrevisie.objects.filter(
        record__dossier=dossier,
        record__vraag__code__in=codes,
        veld="toelichting",
        revisie=F("record__toelichting_revisie"),
    )
    where = ("record__vraag__code", "record__vraag__doelstelling__code", "waarde", "op")
    return revisies.exclude(waarde="").order_by().values_list(*where)


def _focuses(dossier: Dossier, codes: Collection[str]) -> QuerySet[Any]:
    revisies = Inschalingrevisie.objects.filter(
        record__dossier=dossier,
        record__doelstelling__code__in=codes,
        veld="focus",
        revisie=F("record__focus_revisie"),
    )
    none = Value("", output_field=CharField())
    where = ("vraag", "record__doelstelling__code", "waarde", "op")
    return revisies.exclude(waarde="").order_by().annotate(vraag=none).values_list(*where)


def _said(dossier: Dossier, *, doel: str, vraag: str, tekst: str, op: datetime) -> Said:
    """vraag: the code of a question; empty for the focus of the goal."""
    stop = f"?stop={vraag}#vraag-{vraag}" if vraag else "?stop=focus#focus"
    url = reverse("doelstelling", args=[dossier.pk, doel])
    return Said(tekst, op, PageLink(f"{url}{stop}", "het preventieplan"))
