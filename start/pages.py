"""All that Mijn scholen shows: each school with why it needs somebody, and one button."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse

from dossiers.domain import schooljaar_to_start
from dossiers.mensen.access import Places, Recht
from dossiers.mensen.models import Niveau, School
from dossiers.models import Dossier
from start.avond.queries.komend import evenings_to_come
from start.domain.attention import Groep
from start.domain.why import Appointment, Course, Soort, in_two, why
from start.queries.groups import PER_GROEP, Place, appointments, in_groups, shown
from start.queries.rows import DossierState, schools_by_key, states_of
from start.queries.scholen import Selection, selected
from start.queries.table import AS_NEEDED, COLUMNS, DOWN_FIRST, TablePage, table_of

BUTTONS = {Soort.ACTIE: "Naar de actie", Soort.CHECK: "Naar de check"}


@dataclass(frozen=True)
class Button:
    """Where a row leads.

    schooljaar: set when it opens the dossier of that schooljaar: then it is a form.
    """

    tekst: str
    url: str
    schooljaar: int | None = None


@dataclass(frozen=True)
class GroupRow:
    """A school in its group.

    bezoek: where one reads what to know before one enters it.
    avond_op, avond: the day of an evening that is prepared or goes on, and where it is led.
    """

    school: School
    stand: DossierState | None
    zin: str
    knop: Button
    bezoek: str = ""
    avond_op: date | None = None
    avond: str = ""

    @property
    def in_two(self) -> tuple[str, str]:
        """The sentence of what is late, for a line that one sees from afar and a quiet one."""
        return in_two(self.zin)


@dataclass(frozen=True)
class Group:
    """A group with the schools of it that are shown, out of `aantal`."""

    groep: Groep
    uitleg: str
    rijen: tuple[GroupRow, ...]
    aantal: int

    @property
    def has_more(self) -> bool:
        return self.aantal > len(self.rijen)

    @property
    def is_urgent(self) -> bool:
        return self.groep == Groep.NU

    @property
    def is_folded(self) -> bool:
        return self.groep == Groep.LOOPT


@dataclass(frozen=True)
class GroupsPage:
    """Who needs a user this week. `groepen` are those with a school in them.

    clb: the name of the CLB whose schools these all are, "" when there is no such CLB.
    is_found: whether these are the schools that somebody looked for.
    """

    groepen: tuple[Group, ...]
    clb: str
    is_found: bool

    @property
    def aantal(self) -> int:
        return sum(group.aantal for group in self.groepen)

    @property
    def can_be_searched(self) -> bool:
        return self.aantal > 1 or self.is_found

    @property
    def is_quiet(self) -> bool:
        """Whether no school needs anybody."""
        return all(group.is_folded for group in self.groepen) and not self.is_found

    @property
    def is_unfolded(self) -> bool:
        """Whether the schools that run by themselves are in sight: when there is little else."""
        return self.is_found or (self.is_quiet and self.aantal <= PER_GROEP)


def groups_page(*, places: Places, selection: Selection, today: date) -> GroupsPage:
    """The schools of a user in groups, the first of each with their details. Eight queries."""
    groups = in_groups(selected(places, selection), today)
    if selection.groep:
        groups = {selection.groep: groups[selection.groep]}
    on_page = shown(groups)
    all_shown = [place for found in on_page.values() for place in found]
    scholen = schools_by_key([place.school for place in all_shown])
    keys = {one.school: one.dossier or scholen[one.school].nieuwste for one in all_shown}
    build = _Builder(
        places=places,
        today=today,
        scholen=scholen,
        keys=keys,
        states=states_of(filter(None, keys.values()), today),
        afspraken=appointments(
            [
                place.dossier
                for groep in (Groep.NU, Groep.DEZE_WEEK)
                for place in on_page.get(groep, ())
                if place.dossier
            ],
            today,
        ),
        avonden=evenings_to_come(filter(None, keys.values()), today=today),
    )
    one_clb = len(places.in_clbs) == 1 and not places.in_schools
    return GroupsPage(
        groepen=tuple(
            Group(
                groep,
                _explained(groep, today),
                tuple(build.row(groep, place) for place in found),
                len(groups[groep]),
            )
            for groep, found in on_page.items()
            if found
        ),
        clb=next((school.clb.naam for school in scholen.values()), "") if one_clb else "",
        is_found=bool(selection.words),
    )


@dataclass(frozen=True)
class Heading:
    """The heading of a column: what it sorts by next, and how the page is sorted by it now."""

    naam: str
    sorteer: str
    aria_sort: str


@dataclass(frozen=True)
class SchoolsTable:
    """The table with its headings and what one can choose from.

    volgorden: what it can be sorted by, for a screen that has no room for headings.
    """

    tabel: TablePage
    koppen: Mapping[str, Heading]
    volgorden: Sequence[tuple[str, str]]
    sorteer: str
    niveaus: Sequence[tuple[str, str]] = tuple(Niveau.choices)
    groepen: Sequence[tuple[str, str]] = tuple(Groep.choices)


def table_page(
    *, places: Places, selection: Selection, number: str | None, today: date
) -> SchoolsTable:
    """A page of the table. The queries are those of `table_of`."""
    tabel = table_of(places=places, selection=selection, number=number, today=today)
    sorteer = selection.sorteer or AS_NEEDED
    koppen = {code.replace("-", "_"): _heading(code, sorteer) for code in COLUMNS}
    return SchoolsTable(tabel, koppen, _orders(sorteer), sorteer)


def _orders(sorteer: str) -> list[tuple[str, str]]:
    """Each column the way it is sorted first, and the way of now."""
    orders = {f"-{code}" if code in DOWN_FIRST else code: kop for code, kop in COLUMNS.items()}
    now = {sorteer: f"{COLUMNS[sorteer.removeprefix('-')]}, omgekeerd"}
    return list((now | orders).items())


def _heading(code: str, sorteer: str) -> Heading:
    first, other = (f"-{code}", code) if code in DOWN_FIRST else (code, f"-{code}")
    aria = {code: "ascending", f"-{code}": "descending"}
    return Heading(COLUMNS[code], other if sorteer == first else first, aria.get(sorteer, ""))


@dataclass(frozen=True)
class _Builder:
    """What was read for the schools that are shown, by key; `keys` are those of their dossiers."""

    places: Places
    today: date
    scholen: Mapping[UUID, Any]
    keys: Mapping[UUID, UUID | None]
    states: Mapping[UUID, DossierState]
    afspraken: Mapping[UUID, list[Appointment]]
    avonden: Mapping[UUID, date]

    def row(self, groep: Groep, place: Place) -> GroupRow:
        school = self.scholen[place.school]
        key = self.keys[place.school]
        state = self.states[key] if key else None
        afspraken = self._afspraken(groep, key)
        return GroupRow(
            school,
            state,
            why(groep, afspraken, _course(state), self.today),
            self._button(groep, school, state, afspraken),
            self._visit(groep, school, state),
            *self._evening(school, key),
        )

    def _afspraken(self, groep: Groep, dossier: UUID | None) -> list[Appointment]:
        found = self.afspraken.get(dossier, []) if dossier else []
        # Beside what is late, what comes this week can wait.
        return [one for one in found if groep != Groep.NU or one.op < self.today]

    def _visit(self, groep: Groep, school: School, state: DossierState | None) -> str:
        """Of a school that asks for somebody: what to read before one goes there."""
        asks = groep in (Groep.NU, Groep.DEZE_WEEK)
        if not asks or state is None or self.places.right_on(school) < Recht.SCHRIJVEN:
            return ""
        return reverse("voor-je-binnengaat", args=[state.dossier.pk])

    def _evening(self, school: School, dossier: UUID | None) -> tuple[date | None, str]:
        day = self.avonden.get(dossier) if dossier else None
        if day is None or self.places.right_on(school) < Recht.SCHRIJVEN:
            return None, ""
        return day, reverse("avond", args=[dossier])

    def _button(
        self,
        groep: Groep,
        school: School,
        state: DossierState | None,
        afspraken: list[Appointment],
    ) -> Button:
        if groep == Groep.TE_STARTEN and self.places.right_on(school) >= Recht.BEHEREN:
            jaar = schooljaar_to_start(self.today)
            label = Dossier(schooljaar=jaar).schooljaar_label
            if newest := self.scholen[school.pk].nieuwste:
                return Button(f"Start {label}", reverse("nieuw_schooljaar", args=[newest]))
            return Button(f"Start {label}", reverse("dossier-openen", args=[school.pk]), jaar)
        if state is None or groep == Groep.TE_STARTEN:
            return Button("Naar de school", reverse("school", args=[school.pk]))
        if not afspraken:
            return Button("Naar het dossier", reverse("dossier", args=[state.dossier.pk]))
        return _to(afspraken, state.dossier)


def _to(afspraken: list[Appointment], dossier: Dossier) -> Button:
    """To what comes first."""
    first = afspraken[0]
    if first.soort == Soort.GESPREK:
        url = reverse("gesprek", args=[dossier.pk, first.record])
        return Button("Naar het gesprek", url)
    if len(afspraken) == 1 and first.soort == Soort.CHECK:
        return Button(BUTTONS[first.soort], reverse("check", args=[dossier.pk, first.record]))
    url = f"{reverse('overzicht', args=[dossier.pk])}#actie-{first.record}"
    return Button("Naar de acties" if len(afspraken) > 1 else BUTTONS[first.soort], url)


def _course(state: DossierState | None) -> Course | None:
    if state is None:
        return None
    dossier = state.dossier
    return Course(
        schooljaar=dossier.schooljaar_label,
        geopend=dossier.geopend_op,
        afgesloten=dossier.afgesloten_op,
        gewijzigd=state.last_change,
        volgende_check=state.volgende_check,
        nog_te_doen=state.bars.first_without_score,
    )


def _explained(groep: Groep, today: date) -> str:
    label = Dossier(schooljaar=schooljaar_to_start(today)).schooljaar_label
    return {
        Groep.NU: "over tijd",
        Groep.DEZE_WEEK: "actie, check of gesprek binnen 7 dagen",
        Groep.STIL: "al 30 dagen niets bijgewerkt",
        Groep.TE_STARTEN: f"nog geen dossier voor {label}",
        Groep.LOOPT: "",
    }[groep]
