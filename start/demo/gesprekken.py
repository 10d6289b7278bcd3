"""Creates the talks and surveys of the demo through the domain functions, then backdates them."""

from datetime import date, time, timedelta
from uuid import uuid4

from dialoogfiches.bevragingen.domain.bevragingen import open_bevraging
from dialoogfiches.bevragingen.domain.inzendingen import save_inzending
from dialoogfiches.bevragingen.models import Bevraging, Inzending
from dialoogfiches.gesprekken.domain.acties import create_gespreksactie
from dialoogfiches.gesprekken.domain.gesprekken import finish_stap, start_gesprek
from dialoogfiches.gesprekken.domain.preparing import preparation_mark, prepare_gesprek
from dialoogfiches.gesprekken.models import Gesprek, Gesprekstap, Notitie
from dialoogfiches.models import Item, Onderdeel
from dossiers.acties.models import Actie
from dossiers.anoniem.domain.bevragingen import close_bevraging
from dossiers.logboek.models import Logregel
from dossiers.materialen.queries import newest_published
from dossiers.models import Dossier
from start.demo.pen import Outline, Pen, moment_of, pen_of, set_back, set_log_back, write

BEVRAGING = "mini-bevraging"


def make_gesprek(dossier: Dossier, found: Outline, outline: Outline, reference_day: date) -> None:
    """Create a talk with its notes, results and actions.

    found: the talk, in the format that velpekouter.yaml explains.
    outline: its dossier, in the same format.
    reference_day: the day from which the file counts back its days.
    """
    pen = pen_of(found, outline, reference_day)
    gesprek = start_gesprek(
        dossier=dossier,
        versie=newest_published(slug=found["materiaal"]),
        sleutel=uuid4(),
        titel=found["titel"],
        datum=None if "voorbereid" in found else pen.op.date(),
        deelnemers=found["deelnemers"],
        door=pen.door,
    )
    Gesprek.objects.filter(pk=gesprek.pk).update(gemaakt_op=pen.op)
    set_back(gesprek, ("titel", "datum", "deelnemers"), pen)
    for code, stap in found.get("stappen", {}).items():
        _write_stap(gesprek, code, stap, pen)
    if "voorbereid" in found:
        _prepare(gesprek, found["voorbereid"], reference_day, pen)


def _prepare(gesprek: Gesprek, found: Outline, reference_day: date, pen: Pen) -> None:
    prepare_gesprek(
        gesprek=gesprek,
        seen=preparation_mark(gesprek),
        datum=moment_of(reference_day, -found["over"]).date(),
        uur=time.fromisoformat(found["uur"]),
        minuten=sum(found["vragen"].values()),
        plaats=found["plaats"],
        vragen=found["vragen"],
        door=pen.door,
    )
    gesprek.refresh_from_db()
    set_back(gesprek, ("datum",), pen)


def _write_stap(gesprek: Gesprek, code: str, stap: Outline, pen: Pen) -> None:
    onderdeel = Onderdeel.objects.get(versie=gesprek.versie, code=code)
    for nummer, tekst in stap.get("notities", {}).items():
        item = Item.objects.get(versie=gesprek.versie, code=f"{code}-{nummer}")
        notitie = Notitie(dossier=gesprek.dossier, gesprek=gesprek, item=item)
        write(notitie, {"tekst": tekst}, pen)
    if resultaat := stap.get("resultaat"):
        record = Gesprekstap(dossier=gesprek.dossier, gesprek=gesprek, onderdeel=onderdeel)
        write(record, {"resultaat": resultaat}, pen)
        finish_stap(gesprek=gesprek, onderdeel=onderdeel, door=pen.door)
        Gesprekstap.objects.filter(pk=record.pk).update(afgerond_op=pen.op, gewijzigd_op=pen.op)
    for actie in stap.get("acties", ()):
        made = create_gespreksactie(onderdeel=onderdeel, gesprek=gesprek, door=pen.door, **actie)
        Actie.objects.filter(pk=made.pk).update(gemaakt_op=pen.op)
        set_back(made, actie, pen)


def make_bevraging(dossier: Dossier, found: Outline, outline: Outline, reference_day: date) -> None:
    """Create a survey with its answers, and close it if the file says so.

    found: the survey, in the format that velpekouter.yaml explains.
    outline: its dossier, in the same format.
    reference_day: the day from which the file counts back its days.
    """
    pen = pen_of(found, outline, reference_day)
    versie = newest_published(slug=BEVRAGING)
    bevraging = open_bevraging(
        dossier=dossier,
        versie=versie,
        titel=found["titel"],
        tot=reference_day + timedelta(days=found["nog"]),
        door=pen.door,
    )
    items = {
        item.code: item
        for item in Item.objects.filter(versie=versie).select_related("rubriek__onderdeel")
    }
    for antwoord in found["antwoorden"]:
        teksten = {items[code]: tekst for code, tekst in antwoord.items() if code in items}
        save_inzending(bevraging=bevraging, keuze=antwoord["keuze"], teksten=teksten, blad="")
    if found.get("gesloten"):
        close_bevraging(bevraging=bevraging, door=pen.door)
    Bevraging.objects.filter(pk=bevraging.pk).update(geopend_op=pen.op)
    Inzending.objects.filter(bevraging=bevraging).update(dag=pen.op.date())
    set_log_back(bevraging, Logregel.Handeling.BEVRAGING_GEOPEND, pen.op)
