"""For whom somebody may say that a line works or not: where she writes."""

from collections.abc import Mapping
from dataclasses import dataclass

from dossiers.mensen.access import WRITE, places_of
from dossiers.mensen.models import CLB, School, User


@dataclass(frozen=True)
class Spreker:
    """A school or a CLB that somebody speaks for; one of the two is there."""

    school: School | None = None
    clb: CLB | None = None

    @property
    def sleutel(self) -> str:
        return f"school-{self.school.pk}" if self.school else f"clb-{self._clb.pk}"

    @property
    def naam(self) -> str:
        return str(self.school or self._clb)

    @property
    def van(self) -> Mapping[str, object]:
        """Whose it is, as `say` and `Gezegd` have it."""
        return {"school": self.school} if self.school else {"clb": self._clb}

    @property
    def _clb(self) -> CLB:
        assert self.clb is not None  # noqa: S101 (one of the two is there)
        return self.clb


def speakers_for(user: User) -> list[Spreker]:
    """The schools that a user writes for, and the CLB's that she works for with all their schools;
    by name. At most three queries.
    """
    places = places_of(user, rollen=WRITE)
    clbs = CLB.objects.filter(pk__in=places.in_clbs).order_by("naam", "pk")
    scholen = places.schools().order_by("naam", "gemeente", "pk")
    return [Spreker(clb=clb) for clb in clbs] + [Spreker(school=school) for school in scholen]
