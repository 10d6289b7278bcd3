"""What members of a PLG read of its materials: which ones, line by line, and what was decided."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile

from dossiers.materialen.domain.documents import document_of
from dossiers.materialen.models import Materiaal, Materiaalversie
from dossiers.mensen.access import plgs_of
from dossiers.mensen.models import User
from dossiers.regels.domain.lines import Group, Line, can_be_dropped, grouped, lines_of
from dossiers.regels.models import Nagekeken, Regelbesluit, Regelopmerking


@dataclass(frozen=True)
class Gesprekje:
    """A remark with its answers."""

    eerste: Regelopmerking
    antwoorden: tuple[Regelopmerking, ...]

    @property
    def is_open(self) -> bool:
        return self.eerste.afgehandeld_op is None


@dataclass(frozen=True)
class Regel:
    """A line as a member reads it.

    plek: where it stands in its part, when that is elsewhere than the line before.
    besluit: what was decided about it in this version, if anything.
    laatste: the last decision about it, in this version or before.
    vroeger: the last time that it was put in other words: what it said until then.
    door: who looked at these words, by name. zelf: whether the reader did.
    """

    line: Line
    plek: str
    besluit: Regelbesluit | None
    laatste: Regelbesluit | None
    vroeger: Regelbesluit | None
    door: tuple[str, ...]
    zelf: bool
    opmerkingen: tuple[Gesprekje, ...]

    @property
    def open(self) -> list[Gesprekje]:
        return [one for one in self.opmerkingen if one.is_open]

    @property
    def klaar(self) -> list[Gesprekje]:
        return [one for one in self.opmerkingen if not one.is_open]

    @property
    def wacht(self) -> bool:
        """Whether something of it waits: confirming it, looking at it, or a remark."""
        return self.line.is_voorstel or not self.door or bool(self.open)


@dataclass(frozen=True)
class Deel:
    """The lines of one part of a material."""

    titel: str
    regels: tuple[Regel, ...]

    @property
    def wachtend(self) -> int:
        return sum(regel.wacht for regel in self.regels)


@dataclass(frozen=True)
class Stand:
    """What of a material waits for its PLG.

    versie: its concept or, without one, its newest version.
    """

    materiaal: Materiaal
    versie: Materiaalversie
    regels: int
    voorstellen: int
    ongezien: int
    opmerkingen: int

    @property
    def wacht(self) -> bool:
        return bool(self.voorstellen or self.ongezien or self.opmerkingen)


@dataclass(frozen=True)
class Blad:
    """A material line by line.

    besluiten: the decisions in this version, by the code of their line.
    """

    materiaal: Materiaal
    versie: Materiaalversie
    delen: tuple[Deel, ...]
    besluiten: dict[str, Regelbesluit]

    @cached_property
    def regels(self) -> tuple[Regel, ...]:
        return tuple(regel for deel in self.delen for regel in deel.regels)

    @property
    def wachtend(self) -> tuple[Deel, ...]:
        """The parts with the lines that wait, and nothing else."""
        waiting = (
            Deel(deel.titel, tuple(regel for regel in deel.regels if regel.wacht))
            for deel in self.delen
        )
        return tuple(deel for deel in waiting if deel.regels)

    @property
    def geschrapt(self) -> list[Regelbesluit]:
        """What was dropped in this concept; once it is published, that is the past."""
        dropped = self.besluiten.values() if self.versie.is_concept else ()
        return [besluit for besluit in dropped if besluit.is_geschrapt]

    @property
    def aantal_wachtend(self) -> int:
        return sum(deel.wachtend for deel in self.delen)

    def regel(self, code: str) -> Regel | None:
        return next((regel for regel in self.regels if regel.line.code == code), None)

    def adres_na(self, code: str) -> str:
        """The line that waits next after a line, as part of an address; "" when none does."""
        codes = [regel.line.code for regel in self.regels]
        start = codes.index(code) if code in codes else 0
        waiting = (regel for regel in self.regels[start:] if regel.wacht)
        found = next(waiting, None)
        return found.line.adres if found else ""


def shown_version(materiaal: Materiaal) -> Materiaalversie:
    """What members work in: the concept of a material or, without one, its newest version."""
    concept = materiaal.versies.filter(status=Materiaalversie.Status.CONCEPT).first()
    found = concept or materiaal.nieuwste
    assert found is not None  # noqa: S101 (the front door asks for one)
    found.materiaal = materiaal
    return found


def blad_of(materiaal: Materiaal, *, lezer: User) -> Blad:
    """A material as a member reads it: five queries, and those for the lines once per process."""
    versie = shown_version(materiaal)
    here, last, reworded = _decisions(versie)
    looked = _looked_at([materiaal])
    talks = _talks(materiaal)

    def regel(line: Line, plek: str) -> Regel:
        lookers = [
            one.user for one in looked[materiaal.pk, line.code] if one.merk == line.words_mark
        ]
        return Regel(
            line,
            plek,
            besluit=here.get(line.code),
            laatste=last.get(line.code),
            vroeger=reworded.get(line.code),
            door=tuple(sorted(str(user) for user in lookers)),
            zelf=any(user.pk == lezer.pk for user in lookers),
            opmerkingen=tuple(talks[line.code]),
        )

    delen = tuple(
        Deel(group.titel, tuple(map(regel, group.lines, _plekken(group))))
        for group in grouped(lines_of(versie))
    )
    return Blad(materiaal, versie, delen, here)


def opened_at(delen: tuple[Deel, ...], adres: str) -> Deel | None:
    """The part that a page opens, of a material that may have hundreds of lines: the one with the
    line at this address or, without one, the first with something that waits.
    """
    with_it = (deel for deel in delen if any(one.line.adres == adres for one in deel.regels))
    waiting = (deel for deel in delen if deel.wachtend)
    return next(with_it, None) or next(waiting, None)


def can_go(blad: Blad, regel: Regel) -> bool:
    """Whether a line can be left out of its material. A constant number of queries."""
    return can_be_dropped(document_of(blad.versie), regel.line)


def standen_for(user: User) -> list[Stand]:
    """What waits in each material of the PLG's of a member, in the order of their names.

    Five queries, and those for the lines of a version once per process.
    """
    materialen = list(
        Materiaal.objects.filter(plg__in=plgs_of(user), nieuwste__isnull=False)
        .select_related("nieuwste")
        .order_by("plg", "titel")
    )
    concepts = {
        one.materiaal_id: one
        for one in Materiaalversie.objects.filter(
            materiaal__in=materialen, status=Materiaalversie.Status.CONCEPT
        )
    }
    looked = _looked_at(materialen)
    open_ones: dict[int, int] = defaultdict(int)
    for pk in Regelopmerking.objects.filter(
        materiaal__in=materialen, antwoord_op=None, afgehandeld_op=None
    ).values_list("materiaal", flat=True):
        open_ones[pk] += 1
    found = []
    for materiaal in materialen:
        versie = concepts.get(materiaal.pk) or materiaal.nieuwste
        assert versie is not None  # noqa: S101 (asked for above)
        versie.materiaal = materiaal
        lines = lines_of(versie)
        unseen = sum(
            not any(one.merk == line.words_mark for one in looked[materiaal.pk, line.code])
            for line in lines
        )
        proposals = sum(line.is_voorstel for line in lines)
        found.append(
            Stand(materiaal, versie, len(lines), proposals, unseen, open_ones[materiaal.pk])
        )
    return found


def _decisions(versie: Materiaalversie) -> tuple[dict[str, Regelbesluit], ...]:
    """The decisions in a version; and the last one of each line of its material, and the last that
    put it in other words. By the code of the line. One query.
    """
    here, last, reworded = {}, {}, {}
    besluiten = Regelbesluit.objects.filter(versie__materiaal=versie.materiaal_id).defer("oud")
    for besluit in besluiten:
        last[besluit.code] = besluit
        if besluit.versie_id == versie.pk:
            here[besluit.code] = besluit
        if besluit.is_herwoord:
            reworded[besluit.code] = besluit
    return here, last, reworded


def _plekken(group: Group) -> list[str]:
    """Where each line stands in its part, where that is elsewhere than the line before."""
    places = [line.part.waar.split(", ") for line in group.lines if not line.is_heading]
    shared = sum(
        1 for _ in takewhile(lambda column: len(set(column)) == 1, zip(*places, strict=False))
    )
    found, before = [], ""
    for line in group.lines:
        naam = "" if line.is_heading else ", ".join(line.part.waar.split(", ")[shared:])
        found.append("" if naam == before or line.part.tekst.startswith(naam) else naam)
        before = naam
    return found


def _looked_at(materialen: Iterable[Materiaal]) -> dict[tuple[int, str], list[Nagekeken]]:
    """Who looked at which line, in whatever words it had. One query."""
    found: dict[tuple[int, str], list[Nagekeken]] = defaultdict(list)
    for one in Nagekeken.objects.filter(materiaal__in=materialen).select_related("user"):
        found[one.materiaal_id, one.code].append(one)
    return found


def _talks(materiaal: Materiaal) -> dict[str, list[Gesprekje]]:
    """The remarks of a material by the code of their line, oldest first. One query."""
    first: list[Regelopmerking] = []
    answers: dict[object, list[Regelopmerking]] = defaultdict(list)
    for one in materiaal.regelopmerkingen.select_related("door"):
        if one.antwoord_op_id is None:
            first.append(one)
        else:
            answers[one.antwoord_op_id].append(one)
    found: dict[str, list[Gesprekje]] = defaultdict(list)
    for one in first:
        found[one.code].append(Gesprekje(one, tuple(answers[one.pk])))
    return found
