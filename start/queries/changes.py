"""When people last wrote in a dossier."""

from django.db.models import Max, Min, Model, OuterRef, QuerySet, Subquery

from dialoogfiches.gesprekken.models import Gesprek, Gesprekstap, Notitie
from dossiers.acties.models import Actie
from dossiers.velden.models import Veldrecord
from preventieplan.models import Antwoord, Inschaling

# The models in which people of the school and the CLB write together. Parents' talks are left out
# on purpose, so that they leave no trace in "last changed".
WRITTEN = (Antwoord, Inschaling, Actie, Gesprek, Gesprekstap, Notitie)
LAST = tuple(f"last_{model._meta.model_name}" for model in WRITTEN)


def last_of(*models: type[Veldrecord]) -> dict[str, Subquery]:
    """Annotations, named as in LAST, for when a record of each model last changed in a dossier."""
    return {
        f"last_{model._meta.model_name}": extreme(model._default_manager.all(), Max("gewijzigd_op"))
        for model in models
    }


def extreme(rows: QuerySet[Model], of: Max | Min) -> Subquery:
    return Subquery(
        rows.filter(dossier=OuterRef("pk"))
        .order_by()
        .values("dossier")
        .annotate(uiterste=of)
        .values("uiterste")
    )
