"""Every kind of record that hangs on a dossier, with words that are found nowhere else.

Each function makes what it is called after in the dossier that it gets, unless it is there already.
"""

from dataclasses import dataclass
from datetime import date, time
from functools import cached_property
from typing import Any
from uuid import uuid4

from dialoogfiches.bevragingen.domain.bevragingen import open_bevraging
from dialoogfiches.bevragingen.models import Bevraging, Openantwoord
from dialoogfiches.gesprekken.domain.acties import create_gespreksactie
from dialoogfiches.gesprekken.domain.gesprekken import start_gesprek
from dialoogfiches.gesprekken.domain.preparing import preparation_mark, prepare_gesprek
from dialoogfiches.gesprekken.models import Gesprek, Gesprekstap, Notitie, Uitwerking
from dialoogfiches.lezen.domain import create_leesactie
from dialoogfiches.models import Item
from dialoogfiches.oudergesprekken.domain.oudergesprekken import release_text, start_oudergesprek
from dialoogfiches.oudergesprekken.finders import finder_in
from dialoogfiches.oudergesprekken.models import Oudergesprek, Vrijgave
from dossiers.acties.models import Actie, Checkmoment
from dossiers.anoniem.domain.bevragingen import MIN_ANSWERS, close_bevraging
from dossiers.mensen.models import User
from dossiers.models import Dossier
from dossiers.praktijken.models import Navolging, Praktijk
from dossiers.velden.domain.saving import save_veld
from dossiers.velden.models import Veldrecord
from preventieplan.bestuur.models import Bestuurslink, VastgesteldeRoutekaart
from preventieplan.domain.acties import create_planactie
from preventieplan.inschalen.models import Ronde
from preventieplan.models import Antwoord, Checklistvraag, Doelstelling, Inschaling
from preventieplan.opmerkingen.domain import answer_opmerking, write_opmerking
from preventieplan.opmerkingen.models import Opmerking
from preventieplan.routekaart.models import Routezinnen
from preventieplan.spiegel.models import Spiegel
from preventieplan.uitzoeken.domain import give, seen_mark
from preventieplan.uitzoeken.models import Uitzoekvraag
from start.avond.domain.avonden import Keuze, end_avond, note_aanwezig
from start.avond.models import Avond
from start.notities.models import Gidsnotitie
from start.notities.queries import notes_of
from stsdialoog.seen import mark_of
from tests.conftest import load_material
from tests.dialoogfiches.bevragingen.bevraging import answer, day
from tests.dossiers.praktijken.praktijken import told
from tests.preventieplan.bestuur.vast import invite, keep
from tests.preventieplan.inschalen.rondes import opened, shown
from tests.preventieplan.spiegel import spiegels
from tests.start.avond.avonden import begun

# Longer than any key, and in no material.
WOORDEN = "Bij ons aan de Dijle"
DOEL, VRAAG, ONBEKEND = "f0-1", "f0-1-v01", "f0-1-v02"
STAP, BASISVRAAG = "registratie", "registratie-b01"
TIPS, TIP = "leerkracht-als-schakel", "preventief-t01"
# A fiche for the CLB whose parts have a page each.
BLADEN, BLAD = "psychisch-kwetsbare-jongeren", "fase-1"
THEMA, OUDERVRAAG = "thuis", "thuis-r01"


@dataclass(frozen=True)
class Vol:
    """A dossier that has a record of each kind, made when one asks for it."""

    dossier: Dossier
    door: User

    def save(self, record: Veldrecord, veld: str) -> None:
        save_veld(record=record, veld=veld, waarde=WOORDEN, basis=0, door=self.door)

    @cached_property
    def doel(self) -> Doelstelling:
        return Doelstelling.objects.get(versie=self.dossier.planversie_id, code=DOEL)

    @cached_property
    def actie(self) -> Actie:
        return create_planactie(
            dossier=self.dossier, doelstelling=self.doel, wat=WOORDEN, door=self.door
        )

    @cached_property
    def check(self) -> Checkmoment:
        record = Checkmoment(dossier=self.dossier, actie=self.actie, nummer=1)
        self.save(record, "vaststelling")
        return record

    @cached_property
    def kaart(self) -> VastgesteldeRoutekaart:
        """A routekaart that was fixed, with a question to the board."""
        return keep(self.dossier, door=self.door, vragen=[WOORDEN])

    @cached_property
    def link(self) -> Bestuurslink:
        return invite(self.kaart, door=self.door)[0]

    @cached_property
    def antwoord(self) -> Antwoord:
        vraag = Checklistvraag.objects.get(doelstelling=self.doel, code=VRAAG)
        record = Antwoord(dossier=self.dossier, vraag=vraag)
        self.save(record, "groeikans")
        return record

    @cached_property
    def uitzoek(self) -> Uitzoekvraag:
        """A question that the team does not know, given to somebody in words."""
        vraag = Checklistvraag.objects.get(doelstelling=self.doel, code=ONBEKEND)
        record = Antwoord(dossier=self.dossier, vraag=vraag)
        save_veld(record=record, veld="stand", waarde="weten-niet", basis=0, door=self.door)
        return give(
            dossier=self.dossier,
            antwoord=record,
            wie=WOORDEN,
            tegen=None,
            seen=seen_mark(None),
            door=self.door,
        )

    @cached_property
    def opmerking(self) -> Opmerking:
        """A remark beside a question, with an answer."""
        here: dict[str, Any] = {"tekst": WOORDEN, "door": self.door}
        bij = {"vraag": VRAAG}
        made = write_opmerking(dossier=self.dossier, bij=bij, sleutel=uuid4(), **here)
        answer_opmerking(eerste=made, sleutel=uuid4(), **here)
        return made

    @cached_property
    def gidsnotitie(self) -> Gidsnotitie:
        record = notes_of(self.dossier)
        self.save(record, "onthouden")
        return record

    @cached_property
    def actie_met_opmerking(self) -> Actie:
        write_opmerking(
            dossier=self.dossier,
            bij={"actie": self.actie},
            tekst=WOORDEN,
            sleutel=uuid4(),
            door=self.door,
        )
        return self.actie

    @cached_property
    def inschaling(self) -> Inschaling:
        record = Inschaling(dossier=self.dossier, doelstelling=self.doel)
        self.save(record, "focus")
        return record

    @cached_property
    def routezinnen(self) -> Routezinnen:
        record = Routezinnen(dossier=self.dossier)
        self.save(record, "wat_vragen_we")
        return record

    @cached_property
    def ronde(self) -> Ronde:
        """A round of which the scores are shown, with a sentence."""
        return shown(self.dossier, self.door, 4, 5, 6, 7, 8, zin=WOORDEN)

    @cached_property
    def ronde_loopt(self) -> Ronde:
        return opened(self.dossier, self.door, "f0-2", papieren=2)

    @cached_property
    def gesprek(self) -> Gesprek:
        return start_gesprek(
            dossier=self.dossier,
            versie=load_material("dialoogdocument"),
            sleutel=uuid4(),
            titel=WOORDEN,
            door=self.door,
        )

    @cached_property
    def voorbereid(self) -> Gesprek:
        """The talk, prepared with a day, an hour and a place."""
        prepare_gesprek(
            gesprek=self.gesprek,
            seen=preparation_mark(self.gesprek),
            datum=date(2026, 12, 1),
            uur=time(15, 45),
            minuten=50,
            plaats=WOORDEN,
            vragen={BASISVRAAG: None},
            door=self.door,
        )
        return self.gesprek

    @cached_property
    def notitie(self) -> Notitie:
        item = Item.objects.get(versie=self.gesprek.versie_id, code=BASISVRAAG)
        record = Notitie(dossier=self.dossier, gesprek=self.gesprek, item=item)
        self.save(record, "tekst")
        return record

    @cached_property
    def avond(self) -> Avond:
        """An evening that was ended, with who was there."""
        step = Keuze(20, gesprek=self.gesprek.pk, stap=STAP)
        made = begun(self.dossier, self.door, Keuze(20, doel=DOEL), step)
        end_avond(avond=made)
        note_aanwezig(avond=made, seen=mark_of(""), aanwezig=WOORDEN)
        return made

    @cached_property
    def praktijk(self) -> Praktijk:
        """What worked, as the ankerfiguur reads it first."""
        return told(self.dossier, self.door, actie=self.actie, wat=WOORDEN)

    @cached_property
    def navolging(self) -> Navolging:
        """An action after a practice of its own."""
        return Navolging.objects.get_or_create(actie=self.actie, praktijk=self.praktijk)[0]

    @cached_property
    def stap(self) -> Gesprekstap:
        onderdeel = self.gesprek.versie.onderdelen.get(code=STAP)
        record = Gesprekstap(dossier=self.dossier, gesprek=self.gesprek, onderdeel=onderdeel)
        self.save(record, "resultaat")
        return record

    @cached_property
    def uitwerking(self) -> Uitwerking:
        actie = create_gespreksactie(
            gesprek=self.gesprek,
            onderdeel=self.gesprek.versie.onderdelen.get(code=STAP),
            wat=WOORDEN,
            door=self.door,
        )
        record = Uitwerking(dossier=self.dossier, actie=actie)
        self.save(record, "bereiken")
        return record

    @cached_property
    def leesactie(self) -> Actie:
        tip = Item.objects.select_related("rubriek__onderdeel").get(
            versie=load_material(TIPS), code=TIP
        )
        return create_leesactie(
            dossier=self.dossier,
            onderdeel=tip.rubriek.onderdeel,
            tip=tip,
            wat="Een kaartje namens de klas",
            wie=WOORDEN,
            door=self.door,
        )

    @cached_property
    def bladactie(self) -> Actie:
        return create_leesactie(
            dossier=self.dossier,
            onderdeel=load_material(BLADEN).onderdelen.get(code=BLAD),
            wat=WOORDEN,
            door=self.door,
        )

    @cached_property
    def bevraging(self) -> Bevraging:
        """One that is over and shows what was written in it."""
        made = self._opened()
        for _ in range(MIN_ANSWERS):
            answer(made, "ja", ja1=WOORDEN)
        close_bevraging(bevraging=made, door=self.door)
        made.refresh_from_db()
        return made

    @cached_property
    def loopt(self) -> Bevraging:
        """One that runs, and has a poster."""
        return self._opened()

    @cached_property
    def spiegel(self) -> Spiegel:
        """One that is over and shows what teachers answered."""
        return spiegels.settled(self.dossier, self.door, codes=(spiegels.EEN,))

    @cached_property
    def spiegel_loopt(self) -> Spiegel:
        """One that runs, and has a poster."""
        return spiegels.opened(self.dossier, self.door, spiegels.TWEE)

    @cached_property
    def openantwoord(self) -> Openantwoord:
        return Openantwoord.objects.filter(bevraging=self.bevraging)[0]

    @cached_property
    def oudergesprek(self) -> Oudergesprek:
        gesprek = start_oudergesprek(
            dossier=self.dossier,
            versie=load_material("dialoogdocument-ouders"),
            pseudoniem=WOORDEN,
            datum=date(2026, 11, 12),
            sleutel=uuid4(),
            door=self.door,
        )
        gesprek.beslist = True
        return gesprek

    @cached_property
    def ouderthema(self) -> Veldrecord:
        return self._in_parent_talk(f"ouderthema-{THEMA}-groter")

    @cached_property
    def oudernotitie(self) -> Veldrecord:
        return self._in_parent_talk(f"oudernotitie-{OUDERVRAAG}-tekst")

    @cached_property
    def vrijgave(self) -> Vrijgave:
        self.save(self.oudergesprek, "school_mag_weten")
        return release_text(oudergesprek=self.oudergesprek, revisie=1, door=self.door)

    def _opened(self) -> Bevraging:
        versie = load_material("mini-bevraging")
        return open_bevraging(
            dossier=self.dossier, versie=versie, titel=WOORDEN, tot=day(14), door=self.door
        )

    def _in_parent_talk(self, naam: str) -> Veldrecord:
        found = finder_in(self.oudergesprek)(dossier=self.dossier, naam=naam)
        self.save(found.record, found.veld)
        return found.record
