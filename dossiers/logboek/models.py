"""The audit log: who did what, when and to which record; never the content.

The database lets nobody change a line, or delete one that is too young (guard.py).
"""

from typing import TypeAlias

from django.conf import settings
from django.db import models
from django.utils import timezone

# How long a line stays: as long as a talk with parents can exist at most (from a first of September
# to the 31st of August of the next schooljaar but one), so that whoever it was about can ask, for
# as long as it was there, who read it.
DAGEN_BEWAARD = 731


class Handelingen(models.TextChoices):
    CLB_TOEGEVOEGD = "clb-toegevoegd", "CLB toegevoegd"
    CLB_GEWIJZIGD = "clb-gewijzigd", "gegevens van een CLB gewijzigd"
    SCHOOL_TOEGEVOEGD = "school-toegevoegd", "school toegevoegd"
    SCHOOL_GEWIJZIGD = "school-gewijzigd", "gegevens van een school gewijzigd"
    SCHOOL_VERHUISD = "school-verhuisd", "school naar een ander CLB gebracht"
    BRIEFHOOFD_GEWIJZIGD = "briefhoofd-gewijzigd", "naam, contact of logo op papier gewijzigd"
    SOCIALE_KAART_GEWIJZIGD = "sociale-kaart-gewijzigd", "sociale kaart van een CLB gewijzigd"
    VRIJE_DAGEN_GEWIJZIGD = "vrije-dagen-gewijzigd", "vrije dagen van een school of CLB gewijzigd"
    UITGENODIGD = "uitgenodigd", "iemand uitgenodigd"
    UITNODIGING_INGETROKKEN = "uitnodiging-ingetrokken", "uitnodiging ingetrokken"
    LID_GEWORDEN = "lid-geworden", "lid geworden"
    LIDMAATSCHAP_BEEINDIGD = "lidmaatschap-beeindigd", "lidmaatschap beëindigd"
    LIDMAATSCHAP_BEVESTIGD = "lidmaatschap-bevestigd", "lidmaatschap bevestigd"
    LIDMAATSCHAP_LOOPT_AF = "lidmaatschap-loopt-af", "einddatum op een lidmaatschap gezet"
    VERHUIS_GEVRAAGD = "verhuis-gevraagd", "gevraagd om een school naar een ander CLB te brengen"
    VERHUIS_GESTOPT = "verhuis-gestopt", "vraag om een school te verhuizen gestopt"
    ACCOUNT_GEMAAKT = "account-gemaakt", "account gemaakt"
    NAAM_GEWIJZIGD = "naam-gewijzigd", "naam van een account gewijzigd"
    EMAIL_GEWIJZIGD = "email-gewijzigd", "e-mailadres van een account gewijzigd"
    # Both ways until ACCOUNT_AANGEZET came; since then for one that was turned off.
    ACTIEF_GEWIJZIGD = "actief-gewijzigd", "account aan- of uitgezet"
    ACCOUNT_AANGEZET = "account-aangezet", "account weer aangezet"
    BEHEER_GEWIJZIGD = "beheer-gewijzigd", "toegang tot het beheer gewijzigd"
    ORGANISATIES_GEWIJZIGD = "organisaties-gewijzigd", "recht op organisaties gewijzigd"
    GEBRUIKERS_GEWIJZIGD = "gebruikers-gewijzigd", "recht op accounts gewijzigd"
    DOSSIER_GEOPEND = "dossier-geopend", "dossier geopend"
    DOSSIER_AFGESLOTEN = "dossier-afgesloten", "dossier afgesloten"
    DOSSIER_HEROPEND = "dossier-heropend", "dossier heropend"
    SCHOOLJAAR_GESTART = "schooljaar-gestart", "schooljaar gestart uit het vorige dossier"
    SCHOOLJAAR_ONGEDAAN = "schooljaar-ongedaan", "start van een schooljaar ongedaan gemaakt"
    OEFENDOSSIER_GELEEGD = "oefendossier-geleegd", "oefendossier leeggemaakt"
    ACTIE_GESCHRAPT = "actie-geschrapt", "actie geschrapt"
    ACTIE_TERUGGEZET = "actie-teruggezet", "actie teruggezet"
    TREKKERS_GEKOZEN = "trekkers-gekozen", "gekozen wie een actie doet"
    NOTITIES_GELEZEN = "notities-gelezen", "notities van het CLB gelezen"
    NOTITIES_GESCHREVEN = "notities-geschreven", "notities van het CLB gewijzigd"
    UITZOEKEN_GEGEVEN = "uitzoeken-gegeven", "gekozen wie een vraag uitzoekt"
    PRAKTIJK_VERTELD = "praktijk-verteld", "praktijk verteld of gewijzigd"
    PRAKTIJK_DOORGESTUURD = "praktijk-doorgestuurd", "praktijk doorgestuurd naar de PLG"
    PRAKTIJK_GEVRAAGD = "praktijk-gevraagd", "iets gevraagd over een praktijk"
    PRAKTIJK_GOEDGEKEURD = "praktijk-goedgekeurd", "praktijk in de toolbox gezet"
    PRAKTIJK_INGETROKKEN = "praktijk-ingetrokken", "praktijk ingetrokken"
    REDEN_GEWIST = "reden-gewist", "reden bij een materiaal gewist"
    PLGLID_GEWORDEN = "plglid-geworden", "lid van een PLG geworden"
    PLGLID_BEEINDIGD = "plglid-beeindigd", "lidmaatschap van een PLG beëindigd"
    MATERIALEN_GEWIJZIGD = "materialen-gewijzigd", "recht op materialen gewijzigd"
    VERSIE_GEMAAKT = "versie-gemaakt", "concept van een materiaal gemaakt"
    VERSIE_GEPUBLICEERD = "versie-gepubliceerd", "materiaal gepubliceerd"
    VERSIE_OVERGENOMEN = "versie-overgenomen", "nieuwere versie in gebruik genomen"
    PRIORITEITEN_GEKOZEN = "prioriteiten-gekozen", "prioriteiten van een fase gekozen"
    GESPREK_GESCHRAPT = "gesprek-geschrapt", "gesprek geschrapt"
    GESPREK_TERUGGEZET = "gesprek-teruggezet", "gesprek teruggezet"
    BEVRAGING_GEOPEND = "bevraging-geopend", "bevraging geopend"
    BEVRAGING_GEWIJZIGD = "bevraging-gewijzigd", "laatste dag van een bevraging gewijzigd"
    BEVRAGING_GESLOTEN = "bevraging-gesloten", "bevraging gesloten"
    BEVRAGING_HEROPEND = "bevraging-heropend", "bevraging heropend"
    RONDE_GEOPEND = "ronde-geopend", "ronde om in stilte in te schalen geopend"
    RONDE_GETOOND = "ronde-getoond", "spreiding van een ronde getoond"
    RONDE_GESTOPT = "ronde-gestopt", "ronde gestopt zonder iets te tonen"
    AVOND_BEGONNEN = "avond-begonnen", "avond met de school begonnen"
    AVOND_WEGGEHAALD = "avond-weggehaald", "avond met de school weggehaald"
    VERSLAG_PDF = "verslag-pdf", "verslag van een avond als PDF geopend"
    VERSLAG_GEMAILD = "verslag-gemaild", "link naar het verslag van een avond gemaild"
    ANTWOORDEN_OPZIJGEZET = "antwoorden-opzijgezet", "antwoorden van een bevraging opzijgezet"
    ANTWOORDEN_TERUGGEZET = "antwoorden-teruggezet", "antwoorden van een bevraging teruggezet"
    OUDERGESPREK_GEMAAKT = "oudergesprek-gemaakt", "oudergesprek gemaakt"
    OUDERGESPREK_GEDEELD = "oudergesprek-gedeeld", "oudergesprek gedeeld"
    OUDERGESPREK_ONTDEELD = "oudergesprek-ontdeeld", "oudergesprek niet meer gedeeld"
    OUDERGESPREK_GEWIST = "oudergesprek-gewist", "oudergesprek gewist"
    VRIJGEGEVEN = "vrijgegeven", "iets vrijgegeven voor de school"
    VRIJGAVE_INGETROKKEN = "vrijgave-ingetrokken", "vrijgave ingetrokken"
    INGELOGD = "ingelogd", "ingelogd"
    INGELOGD_ACMIDM = "ingelogd-acmidm", "ingelogd via ACM/IDM"
    INGELOGD_ENTRA = "ingelogd-entra", "ingelogd via Microsoft"
    INGELOGD_GOOGLE = "ingelogd-google", "ingelogd via Google"
    UITGELOGD = "uitgelogd", "uitgelogd"
    SESSIE_BEEINDIGD = "sessie-beeindigd", "sessie op een ander toestel beëindigd"
    INLOGGEN_MISLUKT = "inloggen-mislukt", "inloggen mislukt"
    INLOGGEN_GEBLOKKEERD = "inloggen-geblokkeerd", "inloggen even geblokkeerd"
    TOEGANG_GEWEIGERD = "toegang-geweigerd", "toegang tot een dossier geweigerd"
    # The same, for the CLB of who asked: it does not hear of which dossier.
    ELDERS_GEWEIGERD = "elders-geweigerd", "toegang bij een ander CLB geweigerd"
    OUDERGESPREK_GELEZEN = "oudergesprek-gelezen", "oudergesprek gelezen"
    OUDERGESPREK_PDF = "oudergesprek-pdf", "oudergesprek als PDF geopend"
    VRIJGAVE_GELEZEN = "vrijgave-gelezen", "vrijgegeven tekst gelezen"
    PLAN_PDF = "plan-pdf", "preventieplan als PDF geopend"
    OVERZICHT_PDF = "overzicht-pdf", "overzicht als PDF geopend"
    ROUTEKAART_PDF = "routekaart-pdf", "routekaart als PDF geopend"
    ROUTEKAART_VASTGESTELD = "routekaart-vastgesteld", "routekaart vastgesteld"
    VASTGESTELD_OPGEHAALD = "vastgesteld-opgehaald", "vastgestelde routekaart opgehaald"
    BESTUURSLINK_GEMAAKT = "bestuurslink-gemaakt", "link voor het bestuur gemaakt"
    BESTUURSLINK_INGETROKKEN = "bestuurslink-ingetrokken", "link voor het bestuur ingetrokken"
    BESTUUR_ANTWOORDDE = "bestuur-antwoordde", "antwoord van het bestuur"
    GESPREK_PDF = "gesprek-pdf", "gesprek als PDF geopend"
    VRAGENBLAD_PDF = "vragenblad-pdf", "vragenblad als PDF geopend"
    AFSPRAAK_OPGEHAALD = "afspraak-opgehaald", "afspraak voor de agenda opgehaald"
    RESULTAAT_PDF = "resultaat-pdf", "resultaat van een bevraging als PDF geopend"
    POSTER_PDF = "poster-pdf", "poster van een bevraging als PDF geopend"
    OVERDRACHT_PDF = "overdracht-pdf", "overdracht als PDF geopend"
    LOGBOEK_OPGEHAALD = "logboek-opgehaald", "logboek als .csv opgehaald"
    OVERZICHT_OPGEHAALD = "overzicht-opgehaald", "scores van scholen opgehaald als bestand"
    DOSSIER_UITGEVOERD = "dossier-uitgevoerd", "heel het dossier opgehaald als ZIP"
    DOSSIER_WISSEN_GEVRAAGD = "dossier-wissen-gevraagd", "gevraagd om een dossier te wissen"
    DOSSIER_WISSEN_TERUG = "dossier-wissen-terug", "wissen van een dossier teruggenomen"
    DOSSIER_GEWIST = "dossier-gewist", "dossier gewist"
    SCHOOL_WISSEN_GEVRAAGD = "school-wissen-gevraagd", "gevraagd om een school te wissen"
    SCHOOL_WISSEN_TERUG = "school-wissen-terug", "wissen van een school teruggenomen"
    SCHOOL_GEWIST = "school-gewist", "school gewist"
    CLB_WISSEN_GEVRAAGD = "clb-wissen-gevraagd", "gevraagd om een CLB te wissen"
    CLB_WISSEN_BEVESTIGD = "clb-wissen-bevestigd", "wissen van een CLB bevestigd"
    CLB_WISSEN_TERUG = "clb-wissen-terug", "wissen van een CLB teruggenomen"
    CLB_GEWIST = "clb-gewist", "CLB gewist"
    ACCOUNT_WISSEN_GEVRAAGD = "account-wissen-gevraagd", "gevraagd om een account te wissen"
    ACCOUNT_GEWIST = "account-gewist", "account gewist"
    GEGEVENS_OPGEHAALD = "gegevens-opgehaald", "gegevens van een account opgehaald"
    AGENDA_GEMAAKT = "agenda-gemaakt", "adres voor een agenda gemaakt"
    AGENDA_INGETROKKEN = "agenda-ingetrokken", "adres voor een agenda ingetrokken"
    OUDERGESPREK_WISSEN_GEVRAAGD = (
        "oudergesprek-wissen-gevraagd",
        "gevraagd om een achtergebleven oudergesprek te wissen",
    )
    OUDERGESPREK_WISSEN_TERUG = (
        "oudergesprek-wissen-terug",
        "wissen van een achtergebleven oudergesprek teruggenomen",
    )
    TWEEDE_STAP_GEWIJZIGD = "tweede-stap-gewijzigd", "tweede stap ingesteld of weggehaald"
    GESPREKKEN_GESLOTEN = "gesprekken-gesloten", "oudergesprekken gesloten voor een account"
    GESPREKKEN_WEER_OPEN = "gesprekken-weer-open", "oudergesprekken weer open voor een account"
    AANMELDING_GEKOPPELD = "aanmelding-gekoppeld", "aanmelding bij een andere dienst gekoppeld"
    AANMELDING_ONTKOPPELD = "aanmelding-ontkoppeld", "aanmelding bij een andere dienst losgemaakt"
    AANMELDING_GEWEIGERD = "aanmelding-geweigerd", "aanmelding bij een andere dienst geweigerd"
    LIDMAATSCHAP_GEVRAAGD = "lidmaatschap-gevraagd", "gevraagd om mee te doen"
    LIDMAATSCHAP_GEWEIGERD = "lidmaatschap-geweigerd", "vraag om mee te doen geweigerd"
    HERSTEL_GEVRAAGD = "herstel-gevraagd", "nieuwe tweede stap gevraagd"
    HERSTEL_BEVESTIGD = "herstel-bevestigd", "nieuwe tweede stap van een collega bevestigd"
    HERSTEL_GESTOPT = "herstel-gestopt", "vraag om een nieuwe tweede stap gestopt"
    HERSTEL_AFGEROND = "herstel-afgerond", "tweede stap weggehaald na bevestiging door twee"
    # Its record is the restore itself: eight hexadecimal digits that no other one has.
    KOPIE_TERUGGEZET = "kopie-teruggezet", "kopie van de databank teruggezet"


class Logregel(models.Model):
    # Defined outside the model, because its Meta cannot see names of the class body.
    Handeling: TypeAlias = Handelingen

    op = models.DateTimeField(default=timezone.now)
    # Null for an automatic action, such as a purge on its date.
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    handeling = models.CharField(max_length=30, choices=Handeling)
    # Not a foreign key: the entry outlives the record it is about.
    soort = models.CharField(max_length=30)
    record_id = models.CharField(max_length=40)
    # Where it happened, as far as the record has a place. Keys for the same reason.
    dossier_id = models.UUIDField(null=True)
    school_id = models.UUIDField(null=True)
    clb_id = models.UUIDField(null=True)
    # What of the same is logged no second time on one day; NULL for what counts each time.
    eenmaal = models.UUIDField(null=True, unique=True)

    class Meta:
        verbose_name = "logregel"
        verbose_name_plural = "logregels"
        ordering = ("-op",)
        indexes = (
            models.Index(fields=("soort", "record_id"), name="logregel_record"),
            # The newest come first in the admin, and it narrows them down by day.
            models.Index(fields=("op",), name="logregel_op"),
            # The pages of a dossier and of a CLB, newest first.
            models.Index(fields=("dossier_id", "-op", "-id"), name="logregel_dossier"),
            models.Index(fields=("clb_id", "-op", "-id"), name="logregel_clb"),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(handeling__in=Handelingen.values),
                name="logregel_handeling_bestaat",
            ),
        )

    def __str__(self) -> str:
        return f"{self.op:%d/%m/%Y %H:%M} {self.get_handeling_display()}"
