"""What remarks stand beside, and the remarks there."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Subquery
from django.db.models.functions import JSONArray
from django.urls import reverse

from dossiers.acties.models import Actie
from dossiers.acties.queries.trekkers import row_url
from dossiers.mensen.models import User
from dossiers.models import Dossier
from dossiers.velden.forms import pupil_line_of
from preventieplan.models import Checklistvraag, Doelstelling
from preventieplan.opmerkingen.models import Opmerking
from preventieplan.queries.plan import question_url, questions_by_code


@dataclass(frozen=True)
class Plek:
    """A question of the plan or an action, in one dossier; one of the two is there."""

    dossier: Dossier
    vraag: Checklistvraag | None = None
    actie: Actie | None = None

    @property
    def bij(self) -> Mapping[str, object]:
        """What a first remark here says of its place."""
        return {"actie": self.actie} if self.actie else {"vraag": self._vraag.code}

    @property
    def titel(self) -> str:
        return self.actie.wat if self.actie else self._vraag.tekst

    @property
    def pad(self) -> str:
        """Where its remarks are read."""
        if self.actie:
            return reverse("opmerkingen-actie", args=[self.dossier.pk, self.actie.pk])
        return reverse("opmerkingen-bij", args=[self.dossier.pk, self._vraag.code])

    @property
    def terug(self) -> str:
        """Where it stands itself."""
        if self.actie:
            return row_url(self.dossier.pk, self.actie.pk, may_write=self.dossier.is_open)
        return question_url(self.dossier.pk, self._vraag)

    @property
    def _vraag(self) -> Checklistvraag:
        assert self.vraag is not None  # noqa: S101 (one of the two is there)
        return self.vraag


@dataclass(frozen=True)
class Woord:
    """A remark or an answer as somebody reads it. van_mij: whether she wrote it herself."""

    opmerking: Opmerking
    van_mij: bool

    @cached_property
    def let_op(self) -> str:
        """What in her own words seems to tell which pupil they are about; mostly nothing."""
        return pupil_line_of(self.opmerking.tekst) if self.van_mij else ""


@dataclass(frozen=True)
class Gesprekje:
    """A remark with its answers, in order."""

    eerste: Woord
    antwoorden: tuple[Woord, ...]

    @property
    def aantal(self) -> int:
        """How many of them nobody took away."""
        return sum(bool(one.opmerking.tekst) for one in (self.eerste, *self.antwoorden))


@dataclass(frozen=True)
class Counts:
    """How many remarks there are that nobody dealt with, answers too, beside what."""

    vragen: Mapping[str, int] = field(default_factory=dict)
    acties: Mapping[UUID, int] = field(default_factory=dict)


@dataclass(frozen=True)
class PlekMet:
    """A place with how many open remarks it has, and the last of those."""

    plek: Plek
    aantal: int
    laatste: Opmerking


def plek_of_question(dossier: Dossier, code: str) -> Plek | None:
    """The place of a question: one of the version in use, or of which there are remarks already."""
    vraag = questions_by_code(dossier.planversie).get(code)
    if vraag is None and Opmerking.objects.filter(dossier=dossier, vraag=code).exists():
        vraag = _newest([code]).get(code)
    return Plek(dossier, vraag=vraag) if vraag else None


def plek_of_action(dossier: Dossier, pk: UUID) -> Plek | None:
    """The place of an action that was not struck."""
    found = Actie.objects.filter(dossier=dossier, pk=pk, geschrapt_op=None).first()
    return Plek(dossier, actie=found) if found else None


def talks_at(plek: Plek, user: User) -> tuple[list[Gesprekje], list[Gesprekje]]:
    """The remarks at a place, as somebody reads them: those that are open, and those that were
    dealt with. One query.
    """
    first = Q(antwoord_op=None, **plek.bij)
    answers = Q(**{f"antwoord_op__{name}": value for name, value in plek.bij.items()})
    rows = Opmerking.objects.filter(first | answers, dossier=plek.dossier)
    of_first: dict[UUID, list[Woord]] = defaultdict(list)
    firsts = []
    for row in rows.select_related("door", "afgehandeld_door"):
        word = Woord(row, row.door_id == user.pk)
        if row.antwoord_op_id:
            of_first[row.antwoord_op_id].append(word)
        else:
            firsts.append(word)
    talks = [Gesprekje(one, tuple(of_first[one.opmerking.pk])) for one in firsts]
    done = [one for one in talks if one.eerste.opmerking.is_afgehandeld]
    return [one for one in talks if one not in done], done


def counts_of(dossier: Dossier) -> Counts:
    """How many there are beside each question and action of a dossier. One query."""
    places = [_place(row) for row in _open(dossier)]
    return Counts(
        Counter(vraag for vraag, actie in places if not actie),
        Counter(actie for _, actie in places if actie),
    )


def with_counts(
    doelen: QuerySet[Doelstelling], dossier: Dossier, codes: Collection[str]
) -> QuerySet[Doelstelling]:
    """Goals that know how many wait beside each of these questions, for `counts_with`: the page of
    a goal has no query to spare.
    """
    waiting = _open(dossier).order_by().values("dossier")
    counts = JSONArray(
        *(Count("pk", filter=Q(vraag=code) | Q(antwoord_op__vraag=code)) for code in codes)
    )
    return doelen.annotate(opmerkingen=Subquery(waiting.annotate(n=counts).values("n")[:1]))


def counts_with(doelen: Iterable[Doelstelling], codes: Collection[str]) -> Mapping[str, int]:
    """How many wait beside each of these questions; those are the codes of `with_counts`.

    doelen: all of that query; what they know of remarks is the same for each.
    """
    counts = next((vars(doel).get("opmerkingen") for doel in doelen), None)
    return dict(zip(codes, counts or (), strict=False))


def places_with(dossier: Dossier) -> list[PlekMet]:
    """Where open remarks stand, that with the newest first. At most four queries."""
    at: dict[tuple[str, UUID | None], list[Opmerking]] = defaultdict(list)
    for row in _open(dossier).select_related("door").order_by("op", "pk"):
        at[_place(row)].append(row)
    asked = [actie for _, actie in at if actie]
    acties = Actie.objects.in_bulk(asked) if asked else {}
    vragen = _questions(dossier, [vraag for vraag, actie in at if not actie])
    found = [
        PlekMet(
            Plek(dossier, vraag=vragen.get(vraag), actie=acties[actie] if actie else None),
            len(rows),
            rows[-1],
        )
        for (vraag, actie), rows in at.items()
        if actie or vraag in vragen
    ]
    return sorted(found, key=lambda one: one.laatste.op, reverse=True)


def _open(dossier: Dossier) -> QuerySet[Opmerking]:
    """The remarks that nobody dealt with or took away, and their answers; none of an action that
    was struck.
    """
    return Opmerking.objects.filter(
        Q(antwoord_op=None, afgehandeld_op=None)
        | Q(antwoord_op__isnull=False, antwoord_op__afgehandeld_op=None),
        Q(actie=None) | Q(actie__geschrapt_op=None),
        Q(antwoord_op__actie=None) | Q(antwoord_op__actie__geschrapt_op=None),
        ~Q(tekst=""),
        dossier=dossier,
    ).select_related("antwoord_op")


def _place(row: Opmerking) -> tuple[str, UUID | None]:
    first = row.antwoord_op or row
    return first.vraag, first.actie_id


def _questions(dossier: Dossier, codes: Iterable[str]) -> dict[str, Checklistvraag]:
    known = questions_by_code(dossier.planversie)
    asked = list(codes)
    gone = [code for code in asked if code not in known]
    found = {code: known[code] for code in asked if code in known}
    return found | (_newest(gone) if gone else {})


def _newest(codes: Iterable[str]) -> dict[str, Checklistvraag]:
    rows = Checklistvraag.objects.filter(code__in=codes).select_related("doelstelling")
    return {row.code: row for row in rows.order_by("doelstelling__versie_id")}
