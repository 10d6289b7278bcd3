"""The figures of a dossier, and those of the schooljaar before it."""

from dataclasses import dataclass
from functools import cached_property

from dossiers.cijfers.models import Cijfergroep, Cijfers, Groep, Reden
from dossiers.models import Dossier

COUNTS = ("leerlingen", *(naam for reden in Reden for naam in reden.fields))


@dataclass(frozen=True)
class Year:
    """The figures of one schooljaar; `groepen` is the whole school, or its parts."""

    cijfers: Cijfers
    groepen: tuple[Cijfergroep, ...]

    @cached_property
    def whole(self) -> Cijfergroep | None:
        """The whole school: as it was counted, or the sum of its parts.

        A sum in which a part is not exact is left out: who knows the rest could work it out.
        """
        if self.by_groep.get(Groep.SCHOOL):
            return self.by_groep[Groep.SCHOOL]
        sums = {naam: self._sum(naam) for naam in COUNTS}
        return None if sums["leerlingen"] is None else Cijfergroep(groep=Groep.SCHOOL, **sums)

    @cached_property
    def by_groep(self) -> dict[Groep, Cijfergroep]:
        return {Groep(one.groep): one for one in self.groepen}

    @property
    def is_by_part(self) -> bool:
        return Groep.SCHOOL not in self.by_groep

    def _sum(self, naam: str) -> int | None:
        parts = [one.exact(naam) for one in self.groepen]
        exact = [part for part in parts if part is not None]
        return sum(exact) if len(exact) == len(parts) else None


@dataclass(frozen=True)
class Figures:
    """The figures of a dossier and of the schooljaar before it; None where there are none."""

    nu: Year | None
    vorig: Year | None


def figures_of(dossier: Dossier) -> Figures:
    """The figures of a dossier and of the schooljaar before it. One query."""
    jaren = (dossier.schooljaar, dossier.schooljaar - 1)
    found = Cijfergroep.objects.filter(
        cijfers__dossier__school=dossier.school_id, cijfers__dossier__schooljaar__in=jaren
    ).select_related("cijfers__dossier")
    return Figures(*(_year(list(found), jaar) for jaar in jaren))


def cijfers_of(dossier: Dossier) -> Cijfers | None:
    """When the figures of a dossier were counted, and how they are saved. One query."""
    return Cijfers.objects.filter(dossier=dossier).select_related("gewijzigd_door").first()


def _year(found: list[Cijfergroep], schooljaar: int) -> Year | None:
    rows = [one for one in found if one.cijfers.dossier.schooljaar == schooljaar]
    rows.sort(key=lambda one: list(Groep).index(Groep(one.groep)))
    return Year(rows[0].cijfers, tuple(rows)) if rows else None
