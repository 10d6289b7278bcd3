"""What was agreed in an evening, worked out and looked back on: actions as they were at its end."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format

from dialoogfiches.gesprekken.forms import UitwerkingForm
from dialoogfiches.gesprekken.models import Uitwerking, Uitwerkingrevisie
from dossiers.acties.models import Actie, Actierevisie, Besluit, Checkmoment, Checkmomentrevisie
from dossiers.acties.queries.trekkers import name_trekkers, with_trekkers
from dossiers.models import Dossier
from start.avond.models import Avond
from start.avond.queries.toen import Texts, as_day, as_then, texts_of

# For the key of an action pairs of a question and what was typed there.
WorkedOut = Mapping[UUID, tuple[tuple[str, str], ...]]
# How somebody types a day.
AS_A_DAY = ("d/m/Y", "j/n/Y", "j F Y", "d/m", "j/n", "j F")


@dataclass(frozen=True)
class Agreed:
    """An action as it was when the evening ended; its check, when it was looked back on.

    uitwerking: what was typed that evening about how it is gone about, under its question.
    """

    wat: str
    wie: str
    wanneer: str
    dag: date | None
    check_op: date | None
    besluit: str = ""
    vaststelling: str = ""
    uitwerking: tuple[tuple[str, str], ...] = ()

    @property
    def noemt_dag(self) -> bool:
        """Whether the words about when are its day itself, so that nobody reads that twice."""
        return self.dag is not None and self.wanneer.strip() in {
            date_format(self.dag, form) for form in AS_A_DAY
        }


@dataclass(frozen=True)
class Agreements:
    """gemaakt, teruggekeken: the actions that were made, and those that were looked back on.

    uitgewerkt: the others that were worked out.
    volgende_check: the first day after the evening on which the team looks back again.
    """

    gemaakt: tuple[Agreed, ...]
    teruggekeken: tuple[Agreed, ...]
    uitgewerkt: tuple[Agreed, ...]
    volgende_check: date | None

    @property
    def is_leeg(self) -> bool:
        return not (self.gemaakt or self.teruggekeken or self.uitgewerkt)

    @property
    def texts(self) -> Iterator[str]:
        """What is to be done, what was seen, and how it is gone about."""
        for one in (*self.gemaakt, *self.teruggekeken, *self.uitgewerkt):
            yield from (one.wat, one.vaststelling, *(tekst for _, tekst in one.uitwerking))


def agreements_of(dossier: Dossier, avond: Avond, tot: datetime) -> Agreements:
    """What was agreed in an evening that began, until its end. Five queries, or six when only the
    team that is reminded says who does an action.
    """
    acties, checks = _actions(dossier, tot), _checks(dossier, avond, tot)
    worked_out = _worked_out(dossier, avond, tot)
    made = [one for one in acties.values() if _during(avond, one)]
    looked_back = [acties[check.actie_id] for check in checks.records.values()]
    told = {one.pk for one in (*made, *looked_back)}
    others = [one for pk, one in acties.items() if worked_out.get(pk) and pk not in told]
    name_trekkers([*made, *looked_back, *others])
    then = _history(dossier, acties, told | {one.pk for one in others}, tot)
    return Agreements(
        gemaakt=tuple(_agreed(actie, then, worked_out) for actie in made),
        uitgewerkt=tuple(_agreed(actie, then, worked_out) for actie in others),
        teruggekeken=tuple(
            _looked_back(_agreed(acties[check.actie_id], then, worked_out), check, checks)
            for check in checks.records.values()
        ),
        volgende_check=_next_check(then, tot),
    )


def _actions(dossier: Dossier, tot: datetime) -> dict[UUID, Actie]:
    """Every action that was there when the evening ended."""
    acties = Actie.objects.filter(
        dossier=dossier, geschrapt_op__isnull=True, gemaakt_op__lt=tot
    ).order_by("gemaakt_op", "pk")
    return {actie.pk: actie for actie in with_trekkers(acties)}


def _history(
    dossier: Dossier, acties: dict[UUID, Actie], told: Collection[UUID], tot: datetime
) -> Texts:
    """The fields of actions as they were then: all of those that are told, of the others only when
    the team looks back on them."""
    of_these = Q(record__in=told) | Q(veld__in=("check_op", "besluit"))
    revisies = Actierevisie.objects.filter(of_these, record__dossier=dossier)
    return replace(texts_of(revisies, tot=tot), records=dict(acties))


def _checks(dossier: Dossier, avond: Avond, tot: datetime) -> Texts:
    """The checks that were rounded off that evening, with their words of then."""
    checks = Checkmoment.objects.filter(
        dossier=dossier,
        afgerond_op__gte=avond.begonnen_op,
        afgerond_op__lt=tot,
        actie__geschrapt_op__isnull=True,
    ).order_by("afgerond_op", "pk")
    found = {check.pk: check for check in checks}
    revisies = Checkmomentrevisie.objects.filter(record__in=found)
    return replace(texts_of(revisies, tot=tot), records=found)


def _worked_out(dossier: Dossier, avond: Avond, tot: datetime) -> WorkedOut:
    """What was typed that evening about how actions of talks are gone about."""
    revisies = Uitwerkingrevisie.objects.filter(
        record__dossier=dossier,
        record__actie__gespreksactie__gesprek__geschrapt_op__isnull=True,
        op__gte=avond.begonnen_op,
    )
    typed = texts_of(revisies, "record", tot=tot)
    return {
        record.actie_id: tuple(
            (str(UitwerkingForm.base_fields[veld].label), tekst)
            for veld in Uitwerking.VELDEN
            if (tekst := typed.last.get((pk, veld), ""))
        )
        for pk, record in typed.records.items()
    }


def _agreed(actie: Actie, then: Texts, worked_out: WorkedOut) -> Agreed:
    return Agreed(
        wat=as_then(then, actie, "wat"),
        wie=as_then(then, actie, "wie") or actie.trekkersnamen,
        wanneer=as_then(then, actie, "wanneer"),
        dag=as_day(as_then(then, actie, "wanneer_op")),
        check_op=as_day(as_then(then, actie, "check_op")),
        uitwerking=worked_out.get(actie.pk, ()),
    )


def _looked_back(agreed: Agreed, check: Checkmoment, checks: Texts) -> Agreed:
    """With what was decided and seen."""
    besluit = dict(Besluit.choices).get(as_then(checks, check, "besluit"), "")
    return replace(agreed, besluit=besluit, vaststelling=as_then(checks, check, "vaststelling"))


def _next_check(then: Texts, tot: datetime) -> date | None:
    evening = timezone.localdate(tot)
    days = (
        as_day(as_then(then, actie, "check_op"))
        for actie in then.records.values()
        if not as_then(then, actie, "besluit")
    )
    return min((day for day in days if day and day > evening), default=None)


def _during(avond: Avond, actie: Actie) -> bool:
    assert avond.begonnen_op is not None  # noqa: S101 (it began)
    return avond.begonnen_op <= actie.gemaakt_op
