"""What somebody can make in a dossier, to see that all of it goes."""

from datetime import date

from django.urls import reverse
from django.utils import timezone

from dialoogfiches.bevragingen.models import Golf
from dialoogfiches.oudergesprekken.domain.oudergesprekken import share
from dossiers.acties.domain.acties import choose_trekkers
from dossiers.acties.domain.checks import Vervolgstap
from dossiers.acties.models import Besluit
from dossiers.cijfers.domain import save_cijfers, seen_mark
from dossiers.cijfers.models import Groep, Reden
from dossiers.materialen.models import Fase
from dossiers.models import Dossier
from dossiers.praktijken.models import HielpOok
from dossiers.velden.domain.saving import save_veld
from preventieplan.domain.checks import round_off
from preventieplan.domain.priorities import choose_priorities
from preventieplan.spiegel.models import Golftelling, Spiegelgolf
from start.domain import erasing
from start.regio.models import Bijdrage
from tests.elders import WOORDEN, Vol

OEFENEN = reverse("oefendossier")


def page(dossier: Dossier, name: str = "dossier") -> str:
    return reverse(name, args=[dossier.pk])


def fill(dossier: Dossier, door) -> Vol:
    """A record of every kind, with a history."""
    vol = Vol(dossier, door)
    for naam in (
        *("antwoord", "inschaling", "routezinnen", "actie", "check", "voorbereid", "notitie"),
        *("stap", "uitwerking", "ronde", "avond", "leesactie", "openantwoord", "spiegel"),
        *("uitzoek", "opmerking", "actie_met_opmerking", "gidsnotitie", "navolging"),
        *("ouderthema", "oudernotitie", "vrijgave"),
    ):
        getattr(vol, naam)
    HielpOok.objects.create(praktijk=vol.praktijk, school=dossier.school)
    choose_trekkers(actie=vol.actie, gekozen=[door.pk], stond=[], door=door)
    choose_priorities(dossier=dossier, fase=Fase.BASISZORG, codes=[vol.doel.code], door=door)
    Golf.objects.create(bevraging=vol.bevraging, begin=timezone.now())
    golf = Spiegelgolf.objects.create(bevraging=vol.spiegel, begin=timezone.now(), opzij=True)
    Golftelling.objects.create(golf=golf, vraag=vol.spiegel.vragen.get())
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
    _go_on_from(vol, door)
    # Such a dossier never has one: it counts nowhere.
    Bijdrage.objects.create(dossier=dossier, provincie="limburg", waarden={})
    return vol


def _go_on_from(vol: Vol, door) -> None:
    """A check that moved the score of the goal, and another action after it."""
    save_veld(record=vol.inschaling, veld="score", waarde=7, basis=0, door=door)
    vol.check.refresh_from_db()
    save_veld(
        record=vol.check,
        veld="besluit",
        waarde=Besluit.BIJSTUREN,
        basis=vol.check.besluit_revisie,
        door=door,
    )
    round_off(
        check=vol.check,
        door=door,
        today=date(2026, 12, 1),
        inschaling=vol.inschaling,
        vervolg=Vervolgstap(f"{WOORDEN}, vanaf januari"),
    )


def write_in(dossier: Dossier, door) -> None:
    assert Vol(dossier, door).antwoord.pk


def rows() -> dict[str, int]:
    """How many records there are of each model that hangs on dossiers."""
    return {model._meta.label: model._base_manager.count() for model in erasing.paths_to_dossier()}
