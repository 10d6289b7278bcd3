"""When people last wrote in a dossier, and when they next look back."""

from datetime import UTC, date, datetime
from typing import Any

from django.db.models import Min, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Greatest, NullIf

from dialoogfiches.gesprekken.models import Gesprek, Gesprekstap, Notitie
from dossiers.acties.models import Actie, Checkmoment
from dossiers.cijfers.models import Cijfers
from dossiers.velden.models import Veldrecord
from preventieplan.models import Antwoord, Inschaling
from preventieplan.routekaart.models import Routezinnen

# The models in which people of the school and the CLB write together. Parents' talks are left out
# on purpose, so that they leave no trace in "last changed".
WRITTEN = (
    Antwoord,
    Inschaling,
    Routezinnen,
    Cijfers,
    Actie,
    Checkmoment,
    Gesprek,
    Gesprekstap,
    Notitie,
)
LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)


def last_of(*models: type[Veldrecord | Cijfers], of: str = "pk") -> dict[str, Subquery]:
    """Annotations, such as `last_actie`, for when a record of each model last changed in a dossier.

    of: what holds the key of the dossier in the outer query.
    """
    return {
        f"last_{model._meta.model_name}": _last(model._default_manager.all(), of)
        for model in models
    }


def _last(rows: QuerySet[Any, Any], of: str) -> Subquery:
    # The index of a dossier and a moment ends with it: nothing else of a dossier is read.
    changed = rows.filter(dossier=OuterRef(of), gewijzigd_op__isnull=False)
    return Subquery(changed.order_by("-gewijzigd_op").values("gewijzigd_op")[:1])


def last_change(*, of: str = "pk") -> NullIf:
    """An annotation for when a record of any of WRITTEN last changed in a dossier; None for never.

    of: as for `last_of`.
    """
    changes = [Coalesce(last, Value(LONG_AGO)) for last in last_of(*WRITTEN, of=of).values()]
    return NullIf(Greatest(*changes), Value(LONG_AGO))


def first_check(today: date, *, of: str = "pk") -> Subquery:
    """An annotation for the day of the next check in an open dossier.

    of: what holds the key of the dossier in the outer query.
    """
    coming = Actie.objects.filter(
        dossier__afgesloten_op__isnull=True,
        geschrapt_op__isnull=True,
        besluit="",
        check_op__gte=today,
    )
    return Subquery(
        coming.filter(dossier=OuterRef(of))
        .order_by()
        .values("dossier")
        .annotate(eerste=Min("check_op"))
        .values("eerste")
    )
