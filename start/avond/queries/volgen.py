"""What a phone sees that follows an evening: the point of now, or the round that runs."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone

from dossiers.models import Dossier
from preventieplan.inschalen.domain.codes import sealed, unsealed
from preventieplan.inschalen.domain.rondes import running
from start.avond.models import DUUR, Agendapunt, Avond
from start.avond.queries.punten import Point, point_of

# What a phone reads when the evening is over.
VOORBIJ = "voorbij"


@dataclass(frozen=True)
class Followed:
    """An evening as a phone follows it.

    ronde: the code of the round that runs in its dossier, if one does.
    tot: when it is over at the latest.
    """

    avond: Avond
    punt: Point
    ronde: str | None
    mark: str
    tot: datetime

    @property
    def zegel(self) -> str:
        """What its phones ask by how far it is."""
        return sealed(str(self.avond.code))


def behind_code(code: str) -> Avond | None:
    """The evening of a code, with its dossier and school; None once its day is over. One query."""
    avonden = Avond.objects.filter(begonnen_op__gt=timezone.now() - DUUR, code=code.upper())
    return avonden.select_related("dossier__school", "dossier__planversie__materiaal").first()


def followed(avond: Avond) -> Followed | None:
    """What a phone sees of an evening that it found by its code; None when it is over.

    Two queries, and those of content that this process did not read yet.
    """
    if not (avond.laatste and avond.loopt and avond.dossier.is_open):
        return None
    punten = avond.punten.filter(begonnen_op__isnull=False)
    punt = punten.select_related("gesprek__versie__materiaal").order_by("-volgorde").first()
    # An evening that began has begun with a point.
    assert punt is not None  # noqa: S101
    ronde = running(now=timezone.now()).filter(dossier=avond.dossier_id).first()
    return Followed(
        avond=avond,
        punt=point_of(avond.dossier, punt),
        ronde=ronde.code if ronde else None,
        mark=_mark(punt.pk, ronde.pk if ronde else None),
        tot=avond.laatste,
    )


def mark_at(zegel: str) -> str:
    """What a phone asks for while it waits: another one when there is something else to see.

    zegel: as `Followed.zegel` has it; another is of no evening.
    One query.
    """
    code = unsealed(zegel)
    if code is None:
        return VOORBIJ
    now_at = Agendapunt.objects.filter(avond=OuterRef("pk"), begonnen_op__isnull=False)
    here = running(now=timezone.now()).filter(dossier=OuterRef("dossier"))
    row = (
        _running()
        .filter(code=code)
        .values_list(
            Subquery(now_at.order_by("-volgorde").values("pk")[:1]),
            Subquery(here.values("pk")[:1]),
        )
        .first()
    )
    return _mark(*row) if row else VOORBIJ


def followed_by(dossier: Dossier) -> str | None:
    """The address of the evening that runs in a dossier, for its phones. One query."""
    code = _running().filter(dossier=dossier).values_list("code", flat=True).first()
    return reverse("avond-telefoon", args=[code]) if code else None


def _running() -> QuerySet[Avond]:
    return Avond.objects.filter(
        begonnen_op__gt=timezone.now() - DUUR,
        beeindigd_op__isnull=True,
        dossier__afgesloten_op__isnull=True,
    )


def _mark(punt: int, ronde: object) -> str:
    return f"{punt} {str(ronde)[:8]}" if ronde else str(punt)
