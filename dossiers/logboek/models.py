"""The audit log: who did what, when and to which record; never the content."""

from typing import TypeAlias

from django.conf import settings
from django.db import models
from django.utils import timezone


class Handelingen(models.TextChoices):
    CLB_TOEGEVOEGD = "clb-toegevoegd", "CLB toegevoegd"
    CLB_GEWIJZIGD = "clb-gewijzigd", "gegevens van een CLB gewijzigd"
    SCHOOL_TOEGEVOEGD = "school-toegevoegd", "school toegevoegd"
    SCHOOL_GEWIJZIGD = "school-gewijzigd", "gegevens van een school gewijzigd"
    SCHOOL_VERHUISD = "school-verhuisd", "school naar een ander CLB gebracht"
    BRIEFHOOFD_GEWIJZIGD = "briefhoofd-gewijzigd", "naam, contact of logo op papier gewijzigd"
    SOCIALE_KAART_GEWIJZIGD = "sociale-kaart-gewijzigd", "sociale kaart van een CLB gewijzigd"
    UITGENODIGD = "uitgenodigd", "iemand uitgenodigd"
    UITNODIGING_INGETROKKEN = "uitnodiging-ingetrokken", "uitnodiging ingetrokken"
    LID_GEWORDEN = "lid-geworden", "lid geworden"
    LIDMAATSCHAP_BEEINDIGD = "lidmaatschap-beeindigd", "lidmaatschap beëindigd"
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
    OEFENDOSSIER_GELEEGD = "oefendossier-geleegd", "oefendossier leeggemaakt"
    ACTIE_GESCHRAPT = "actie-geschrapt", "actie geschrapt"
    ACTIE_TERUGGEZET = "actie-teruggezet", "actie teruggezet"
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
    ANTWOORDEN_OPZIJGEZET = "antwoorden-opzijgezet", "antwoorden van een bevraging opzijgezet"
    ANTWOORDEN_TERUGGEZET = "antwoorden-teruggezet", "antwoorden van een bevraging teruggezet"
    OUDERGESPREK_GEMAAKT = "oudergesprek-gemaakt", "oudergesprek gemaakt"
    OUDERGESPREK_GEDEELD = "oudergesprek-gedeeld", "oudergesprek gedeeld"
    OUDERGESPREK_ONTDEELD = "oudergesprek-ontdeeld", "oudergesprek niet meer gedeeld"
    OUDERGESPREK_GEWIST = "oudergesprek-gewist", "oudergesprek gewist"
    VRIJGEGEVEN = "vrijgegeven", "iets vrijgegeven voor de school"
    VRIJGAVE_INGETROKKEN = "vrijgave-ingetrokken", "vrijgave ingetrokken"
    TWEEDE_STAP_GEWIJZIGD = "tweede-stap-gewijzigd", "tweede stap ingesteld of weggehaald"
    GESPREKKEN_GESLOTEN = "gesprekken-gesloten", "oudergesprekken gesloten voor een account"
    GESPREKKEN_WEER_OPEN = "gesprekken-weer-open", "oudergesprekken weer open voor een account"
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

    class Meta:
        verbose_name = "logregel"
        verbose_name_plural = "logregels"
        ordering = ("-op",)
        indexes = (
            models.Index(fields=("soort", "record_id"), name="logregel_record"),
            # The newest come first in the admin, and it narrows them down by day.
            models.Index(fields=("op",), name="logregel_op"),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(handeling__in=Handelingen.values),
                name="logregel_handeling_bestaat",
            ),
        )

    def __str__(self) -> str:
        return f"{self.op:%d/%m/%Y %H:%M} {self.get_handeling_display()}"
