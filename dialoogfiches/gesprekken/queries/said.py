"""What a team said in its talks, for the same question in another material and for its goals."""

from collections.abc import Collection
from typing import Any

from django.db.models import F, QuerySet
from django.urls import reverse

from dialoogfiches.gesprekken.models import Gesprekstaprevisie, Notitierevisie
from dossiers.models import Dossier
from dossiers.velden.forms import Said
from stsdialoog.links import PageLink

RESULTAAT = "resultaat"


def said_in_talks(dossier: Dossier, references: Collection[str]) -> dict[str, Said]:
    """What was last noted at each of these questions, and what each of these steps came to.

    One query, if any of them is of another material than the plan.
    """
    pairs = [naam.split("/") for naam in references]
    plan = dossier.planversie.materiaal.slug
    slugs = {slug for slug, _ in pairs if slug != plan}
    codes = {code for slug, code in pairs if slug != plan}
    if not slugs:
        return {}
    notes = _last(
        Notitierevisie.objects.filter(
            record__dossier=dossier,
            record__item__versie__materiaal__slug__in=slugs,
            record__item__code__in=codes,
            veld="tekst",
            revisie=F("record__tekst_revisie"),
        )
    ).values_list(
        "record__item__versie__materiaal__slug",
        "record__item__code",
        "record__item__rubriek__onderdeel__code",
        *("record__gesprek", "record__gesprek__titel", "waarde", "op"),
    )
    results = _last(
        Gesprekstaprevisie.objects.filter(
            record__dossier=dossier,
            record__onderdeel__versie__materiaal__slug__in=slugs,
            record__onderdeel__code__in=codes,
            veld=RESULTAAT,
            revisie=F("record__resultaat_revisie"),
        )
    ).values_list(
        "record__onderdeel__versie__materiaal__slug",
        "record__onderdeel__code",
        "record__onderdeel__code",
        *("record__gesprek", "record__gesprek__titel", "waarde", "op"),
    )
    rows = sorted(notes.union(results, all=True), key=lambda row: row[-1])
    return {
        f"{slug}/{code}": _said(
            dossier, gesprek=gesprek, titel=titel, step=step, code=code, tekst=tekst, op=op
        )
        for slug, code, step, gesprek, titel, tekst, op in rows
        if f"{slug}/{code}" in references
    }


def focus_in_talks(dossier: Dossier, doel: str) -> Said | None:
    """The newest focus that was put at the goal with this code. One query."""
    chosen = Gesprekstaprevisie.objects.filter(
        record__dossier=dossier,
        record__hoort_bij=doel,
        veld=RESULTAAT,
        revisie=F("record__resultaat_revisie"),
    )
    row = (
        _last(chosen)
        .order_by("-op", "pk")
        .values_list(
            "record__gesprek", "record__gesprek__titel", "record__onderdeel__code", "waarde", "op"
        )
        .first()
    )
    if row is None:
        return None
    gesprek, titel, step, tekst, op = row
    return _said(dossier, gesprek=gesprek, titel=titel, step=step, code=step, tekst=tekst, op=op)


def _last(revisies: QuerySet[Any]) -> QuerySet[Any]:
    """The texts that stand in talks now, without empty ones and without those of struck talks."""
    here = revisies.filter(record__gesprek__geschrapt_op__isnull=True)
    return here.exclude(waarde="").order_by()


def _said(
    dossier: Dossier, *, gesprek: Any, titel: str, step: str, code: str, tekst: str, op: Any
) -> Said:
    url = reverse("gesprekstap", args=[dossier.pk, gesprek, step])
    where = "?stop=resultaat#resultaat" if code == step else f"?stop={code}#vraag-{code}"
    return Said(tekst, op, PageLink(f"{url}{where}", f"‘{titel}’"))
