"""What somebody can make in a dossier, to see that all of it goes."""

from django.urls import reverse
from django.utils import timezone

from dialoogfiches.bevragingen.models import Golf
from dialoogfiches.oudergesprekken.domain.oudergesprekken import share
from dossiers.cijfers.domain import save_cijfers, seen_mark
from dossiers.cijfers.models import Groep, Reden
from dossiers.materialen.models import Fase
from dossiers.models import Dossier
from preventieplan.domain.priorities import choose_priorities
from start.domain import erasing
from tests.elders import Vol

OEFENEN = reverse("oefendossier")


def page(dossier: Dossier, name: str = "dossier") -> str:
    return reverse(name, args=[dossier.pk])


def fill(dossier: Dossier, door) -> Vol:
    """A record of every kind, with a history."""
    vol = Vol(dossier, door)
    for naam in (
        *(
            "antwoord",
            "inschaling",
            "routezinnen",
            "actie",
            "voorbereid",
            "notitie",
            "stap",
            "uitwerking",
        ),
        *("leesactie", "openantwoord", "ouderthema", "oudernotitie", "vrijgave"),
    ):
        getattr(vol, naam)
    choose_priorities(dossier=dossier, fase=Fase.BASISZORG, codes=[vol.doel.code], door=door)
    Golf.objects.create(bevraging=vol.bevraging, begin=timezone.now())
    columns = (naam for reden in Reden for naam in reden.fields)
    save_cijfers(
        dossier=dossier,
        seen=seen_mark(None),
        geteld_tot=None,
        op_routekaart=True,
        groepen={Groep.SCHOOL: {"leerlingen": 412, **dict.fromkeys(columns)}},
        door=door,
    )
    share(oudergesprek=vol.oudergesprek, met=door, door=door)
    return vol


def write_in(dossier: Dossier, door) -> None:
    assert Vol(dossier, door).antwoord.pk


def rows() -> dict[str, int]:
    """How many records there are of each model that hangs on dossiers."""
    return {model._meta.label: model._base_manager.count() for model in erasing._paths_to_dossier()}
