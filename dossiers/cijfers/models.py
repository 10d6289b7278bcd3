"""How many pupils were absent how often, as a school counted them itself."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db import models
from django.utils import timezone

from dossiers.models import Dossier

# More pupils than any school has.
MEESTE = 20_000
# A count from 1 to 4 could be about a pupil that people know: which one it was is kept nowhere.
KLEINSTE = 5
# In the place of such a count. It has its place between 0 and 5, so that counts compare.
MINDER_DAN_5 = 1
# In the place of a count that differs so little from the one before it that the difference would be
# one: "minder dan 12", behind 12.
MINDER_DAN_VORIGE = 2
# The numbers of half days (or times, of who came late) from which pupils are counted.
DREMPELS = (5, 10, 15, 30)


class Reden(models.TextChoices):
    ONGEWETTIGD = "ongewettigd", "Zonder geldige reden (B)"
    ZIEKTE = "ziekte", "Ziekte (Z)"
    ANDERE = "andere", "Andere reden"
    TE_LAAT = "te_laat", "Te laat"

    @property
    def eenheid(self) -> str:
        return "keer" if self == Reden.TE_LAAT else "halve dagen"

    @property
    def fields(self) -> tuple[str, ...]:
        """The columns with its counts, from the lowest threshold up."""
        return tuple(f"{self.value}_{drempel}" for drempel in DREMPELS)


class Groep(models.TextChoices):
    """The pupils that were counted together: all of a school, or a part of it."""

    SCHOOL = "school", "Hele school"
    KLEUTER = "kleuteronderwijs", "Kleuteronderwijs"
    LAGER = "lager-onderwijs", "Lager onderwijs"
    GRAAD_1 = "graad-1", "Eerste graad"
    GRAAD_2 = "graad-2", "Tweede graad"
    GRAAD_3 = "graad-3", "Derde graad"


class Cijfers(models.Model):
    """The figures of a dossier: when they were counted, and who typed them last.

    volgnummer: how many times they were saved; whoever saves says which one she read.
    geteld_tot: the last day that was counted, if somebody said so.
    """

    dossier = models.OneToOneField(Dossier, models.PROTECT, related_name="cijfers")
    geteld_tot = models.DateField(null=True, blank=True)
    op_routekaart = models.BooleanField(default=False)
    volgnummer = models.PositiveIntegerField(default=1)
    gewijzigd_op = models.DateTimeField(default=timezone.now)
    gewijzigd_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )

    def __str__(self) -> str:
        return f"cijfers {self.pk}"


@dataclass(frozen=True)
class Cell:
    """A count as a page tells it.

    waarde: what is kept; None when nobody filled it in.
    vorige: the last exact count before it.
    """

    waarde: int | None
    vorige: int | None = None

    @property
    def exact(self) -> int | None:
        return None if self.waarde in (MINDER_DAN_5, MINDER_DAN_VORIGE) else self.waarde

    @property
    def onder(self) -> int | None:
        """The number that it is less than, when that is all there is to tell."""
        return {MINDER_DAN_5: KLEINSTE, MINDER_DAN_VORIGE: self.vorige}.get(self.waarde or 0)

    @property
    def tekst(self) -> str:
        """The count in words; empty when it was not filled in."""
        if self.onder is not None:
            return f"minder dan {self.onder}"
        return "" if self.waarde is None else str(self.waarde)

    @property
    def kort(self) -> str:
        """The same where there is little room."""
        return self.tekst.replace("minder dan ", "<")

    @property
    def hoogstens(self) -> int:
        """The most that it can be."""
        return self.onder - 1 if self.onder is not None else self.waarde or 0


def cells(counts: list[int | None]) -> Iterator[Cell]:
    """Counts as a page tells them, each of part of those that were counted before it."""
    vorige: int | None = None
    for count in counts:
        cell = Cell(count, vorige)
        yield cell
        vorige = vorige if cell.exact is None else cell.exact


def _aantal() -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(null=True, blank=True)


def _is_kept(naam: str) -> models.Q:
    """Whether a column has a count that may be kept."""
    codes = (0, MINDER_DAN_5, MINDER_DAN_VORIGE)
    enough = {f"{naam}__gte": KLEINSTE, f"{naam}__lte": MEESTE}
    return (
        models.Q(**{f"{naam}__isnull": True})
        | models.Q(**{f"{naam}__in": codes})
        | models.Q(**enough)
    )


def _goes_down(reden: Reden) -> models.Q:
    """Whether nobody is counted among 10 half days who is not among 5."""
    chain = ("leerlingen", *reden.fields)
    rule = models.Q()
    for place, more in enumerate(chain):
        for fewer in chain[place + 1 :]:
            rule &= models.Q(**{more: MINDER_DAN_VORIGE}) | models.Q(
                **{f"{fewer}__lte": models.F(more)}
            )
    return rule


class Cijfergroep(models.Model):
    """The counts of one group of pupils.

    leerlingen: how many there are. The others: how many of them have at least so many half days.
    """

    cijfers = models.ForeignKey(Cijfers, models.CASCADE, related_name="groepen", db_index=False)
    groep = models.CharField(max_length=20, choices=Groep)
    leerlingen = models.PositiveSmallIntegerField()
    ongewettigd_5 = _aantal()
    ongewettigd_10 = _aantal()
    ongewettigd_15 = _aantal()
    ongewettigd_30 = _aantal()
    ziekte_5 = _aantal()
    ziekte_10 = _aantal()
    ziekte_15 = _aantal()
    ziekte_30 = _aantal()
    andere_5 = _aantal()
    andere_10 = _aantal()
    andere_15 = _aantal()
    andere_30 = _aantal()
    te_laat_5 = _aantal()
    te_laat_10 = _aantal()
    te_laat_15 = _aantal()
    te_laat_30 = _aantal()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("cijfers", "groep"), name="cijfergroep_uniek"),
            models.CheckConstraint(
                condition=models.Q(groep__in=Groep.values), name="cijfergroep_groep_bestaat"
            ),
            models.CheckConstraint(
                condition=~models.Q(leerlingen=MINDER_DAN_VORIGE)
                & _is_kept("leerlingen")
                & models.Q(*(_is_kept(naam) for reden in Reden for naam in reden.fields)),
                name="cijfergroep_geen_1_tot_4",
            ),
            *(
                models.CheckConstraint(
                    condition=_goes_down(reden), name=f"cijfergroep_{reden.value}_daalt"
                )
                for reden in Reden
            ),
        )

    def __str__(self) -> str:
        return f"cijfergroep {self.pk}"

    @property
    def naam(self) -> str:
        return str(Groep(self.groep).label)

    @property
    def telling(self) -> Cell:
        """The number of pupils."""
        return Cell(self.leerlingen)

    def exact(self, naam: str) -> int | None:
        """The count in a column, if it is kept exactly."""
        return Cell(getattr(self, naam)).exact

    def cells(self, reden: Reden) -> tuple[Cell, ...]:
        """The counts of one reason, from the lowest threshold up."""
        counts = [self.leerlingen, *(getattr(self, naam) for naam in reden.fields)]
        return tuple(cells(counts))[1:]
