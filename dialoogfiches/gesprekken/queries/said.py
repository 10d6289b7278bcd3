"""What a team said in its talks, for the same question in another material and for its goals."""

from collections.abc import Collection, Iterator
from typing import Any

from django.db.models import CharField, F, QuerySet, Value
from django.urls import reverse

from dialoogfiches.gesprekken.models import Gesprekstaprevisie, Notitierevisie
from dossiers.models import Dossier
from dossiers.velden.offered import Said
from stsdialoog.links import PageLink

# In which talk it was said, the words, and when.
WHERE = ("record__gesprek", "record__gesprek__titel", "waarde", "op")


def said_in_talks(dossier: Dossier, references: Collection[str]) -> dict[str, Said]:
    """What was last noted at questions, what steps came to, and which focus was put at goals.

    One query, if any reference is to something else than the plan.
    """
    plan = dossier.planversie.materiaal.slug
    pairs = [(slug, code) for slug, _, code in (naam.partition("/") for naam in references)]
    asked = [(slug, code) for slug, code in pairs if slug and slug != plan]
    doelen = [code for slug, code in pairs if not slug]
    parts = [*(_answers(dossier, asked) if asked else ()), *(_focuses(dossier, doelen))]
    if not parts:
        return {}
    rows = parts[0].union(*parts[1:], all=True) if parts[1:] else parts[0]
    return {
        f"{slug}/{code}": _said(
            dossier, gesprek=gesprek, titel=titel, step=step, code=code, tekst=tekst, op=op
        )
        for slug, code, step, gesprek, titel, tekst, op in sorted(rows, key=lambda row: row[-1])
        if f"{slug}/{code}" in references
    }


def _answers(dossier: Dossier, asked: Collection[tuple[str, str]]) -> Iterator[QuerySet[Any]]:
    """The notes and the results of steps with these codes, of these materials or of others."""
    slugs, codes = {slug for slug, _ in asked}, {code for _, code in asked}
    yield _last(
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
        *WHERE,
    )
    yield (
        _results(dossier)
        .filter(
            record__onderdeel__versie__materiaal__slug__in=slugs, record__onderdeel__code__in=codes
        )
        .values_list(
            "record__onderdeel__versie__materiaal__slug",
            "record__onderdeel__code",
            "record__onderdeel__code",
            *WHERE,
        )
    )


def _focuses(dossier: Dossier, doelen: Collection[str]) -> Iterator[QuerySet[Any]]:
    """The results of steps that were put at one of these goals."""
    if doelen:
        chosen = _results(dossier).filter(record__hoort_bij__in=doelen)
        slug = Value("", output_field=CharField())
        yield chosen.annotate(slug=slug).values_list(
            "slug", "record__hoort_bij", "record__onderdeel__code", *WHERE
        )


def _results(dossier: Dossier) -> QuerySet[Any]:
    return _last(
        Gesprekstaprevisie.objects.filter(
            record__dossier=dossier, veld="resultaat", revisie=F("record__resultaat_revisie")
        )
    )


def _last(revisies: QuerySet[Any]) -> QuerySet[Any]:
    """The texts that stand in talks now, without empty ones and without those of struck talks."""
    here = revisies.filter(record__gesprek__geschrapt_op__isnull=True)
    return here.exclude(waarde="").order_by()


def _said(
    dossier: Dossier, *, gesprek: Any, titel: str, step: str, code: str, tekst: str, op: Any
) -> Said:
    url = reverse("gesprekstap", args=[dossier.pk, gesprek, step])
    is_question = code.startswith(f"{step}-")
    where = f"?stop={code}#vraag-{code}" if is_question else "?stop=resultaat#resultaat"
    return Said(tekst, op, PageLink(f"{url}{where}", f"‘{titel}’"))
