"""A school team's talk about a material: its steps, its notes, and the actions it results in."""

import uuid
from datetime import date, datetime, time, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from dialoogfiches.models import Item, Onderdeel
from dossiers.acties.belonging import BELONGS, MAX_LENGTH
from dossiers.acties.models import Actie
from dossiers.logboek.models import Handelingen
from dossiers.materialen.models import Materiaalversie
from dossiers.models import Dossier
from dossiers.velden.models import Revisie, RevisieField, StrikableRecord, Veldrecord


class Gesprek(StrikableRecord):
    """A talk in a dossier; a dossier may have several about the same material."""

    VELDEN: ClassVar = ("titel", "datum", "deelnemers")
    STRUCK: ClassVar = Handelingen.GESPREK_GESCHRAPT
    RESTORED: ClassVar = Handelingen.GESPREK_TERUGGEZET

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="gesprekken", db_index=False)
    versie = models.ForeignKey(Materiaalversie, models.PROTECT, related_name="gesprekken")
    titel = models.TextField()
    titel_revisie = RevisieField()
    datum = models.DateField(null=True, blank=True)
    datum_revisie = RevisieField()
    deelnemers = models.TextField(blank=True)
    deelnemers_revisie = RevisieField()
    gemaakt_op = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = "gesprek"
        verbose_name_plural = "gesprekken"
        ordering = ("-gemaakt_op", "id")
        constraints = (
            models.CheckConstraint(condition=~models.Q(titel=""), name="gesprek_titel_is_ingevuld"),
        )
        indexes = (
            models.Index(fields=("dossier", "gewijzigd_op"), name="gesprek_laatst_gewijzigd"),
        )

    def __str__(self) -> str:
        return self.titel[:80]


class Gesprekrevisie(Revisie):
    record = models.ForeignKey(Gesprek, models.CASCADE, related_name="revisies", db_index=False)

    class Meta(Revisie.Meta):
        constraints = (
            models.UniqueConstraint(
                fields=("record", "veld", "revisie"), name="gesprekrevisie_uniek"
            ),
        )


class Gesprekrecord(Veldrecord):
    """A record that refers to the content of the version that its talk uses."""

    gesprek: models.ForeignKey[Gesprek, Gesprek]
    gesprek_id: uuid.UUID

    class Meta:
        abstract = True

    def unmoved(self) -> models.Q:
        return models.Q(gesprekken=self.gesprek_id, gesprekken__versie=self.gesprek.versie_id)

    def follow(self) -> bool:
        versies = Materiaalversie.objects.select_related("materiaal")
        # None when the talk is gone, with an oefendossier that was emptied.
        newest = versies.filter(gesprekken=self.gesprek_id).first()
        if newest is None or newest.pk == self.gesprek.versie_id:
            return False
        self.gesprek.versie = newest
        self.move_to(newest)
        return True

    def move_to(self, versie: Materiaalversie) -> None:
        """Refer to the content with the same code in `versie`, if it has that."""
        raise NotImplementedError


class Gesprekstap(Gesprekrecord):
    """The result of one step, and whether the team has finished it.

    hoort_bij: where in the plan the focus belongs that was chosen in it (`acties/belonging.py`).
    """

    VELDEN: ClassVar = ("resultaat", "hoort_bij")
    SLEUTEL: ClassVar = ("gesprek", "onderdeel")

    dossier = models.ForeignKey(
        Dossier, models.PROTECT, related_name="gesprekstappen", db_index=False
    )
    gesprek = models.ForeignKey(Gesprek, models.PROTECT, related_name="stappen", db_index=False)
    onderdeel = models.ForeignKey(Onderdeel, models.PROTECT, related_name="gesprekstappen")
    resultaat = models.TextField(blank=True)
    resultaat_revisie = RevisieField()
    hoort_bij = models.CharField(max_length=MAX_LENGTH, blank=True)
    hoort_bij_revisie = RevisieField()
    afgerond_op = models.DateTimeField(null=True, editable=False)
    afgerond_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("gesprek", "onderdeel"), name="gesprekstap_uniek"),
            models.CheckConstraint(
                condition=models.Q(afgerond_op__isnull=True, afgerond_door__isnull=True)
                | models.Q(afgerond_op__isnull=False, afgerond_door__isnull=False),
                name="gesprekstap_afgerond_door_iemand",
            ),
            models.CheckConstraint(condition=BELONGS, name="gesprekstap_hoort_bij_bestaat"),
        )
        indexes = (models.Index(fields=("dossier", "gewijzigd_op"), name="gesprekstap_gewijzigd"),)

    def __str__(self) -> str:
        return f"gesprekstap {self.pk}"

    def move_to(self, versie: Materiaalversie) -> None:
        steps = Onderdeel.objects.steps().filter(versie=versie, code=self.onderdeel.code)
        self.onderdeel = steps.first() or self.onderdeel


class Gesprekstaprevisie(Revisie):
    record = models.ForeignKey(Gesprekstap, models.CASCADE, related_name="revisies", db_index=False)

    class Meta(Revisie.Meta):
        constraints = (
            models.UniqueConstraint(
                fields=("record", "veld", "revisie"), name="gesprekstaprevisie_uniek"
            ),
        )


class Notitie(Gesprekrecord):
    """The note on one question."""

    VELDEN: ClassVar = ("tekst",)
    SLEUTEL: ClassVar = ("gesprek", "item")

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="notities", db_index=False)
    gesprek = models.ForeignKey(Gesprek, models.PROTECT, related_name="notities", db_index=False)
    item = models.ForeignKey(Item, models.PROTECT, related_name="notities")
    tekst = models.TextField(blank=True)
    tekst_revisie = RevisieField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("gesprek", "item"), name="notitie_uniek"),)
        indexes = (models.Index(fields=("dossier", "gewijzigd_op"), name="notitie_gewijzigd"),)

    def __str__(self) -> str:
        return f"notitie {self.pk}"

    def move_to(self, versie: Materiaalversie) -> None:
        questions = Item.objects.questions().filter(versie=versie, code=self.item.code)
        self.item = questions.select_related("rubriek__onderdeel").first() or self.item


class Notitierevisie(Revisie):
    record = models.ForeignKey(Notitie, models.CASCADE, related_name="revisies", db_index=False)

    class Meta(Revisie.Meta):
        constraints = (
            models.UniqueConstraint(
                fields=("record", "veld", "revisie"), name="notitierevisie_uniek"
            ),
        )


class Gespreksactie(models.Model):
    """Links an action to the part of a talk it arose from, and to the note if there was one."""

    actie = models.OneToOneField(Actie, models.CASCADE, related_name="gespreksactie")
    onderdeel = models.ForeignKey(Onderdeel, models.PROTECT, related_name="gespreksacties")
    gesprek = models.ForeignKey(Gesprek, models.PROTECT, related_name="gespreksacties")
    # One-to-one: a note results in at most one action.
    notitie = models.OneToOneField(
        Notitie, models.PROTECT, null=True, blank=True, related_name="gespreksactie"
    )

    def __str__(self) -> str:
        return f"gespreksactie {self.pk}"


class Uitwerking(Veldrecord):
    """What the sjablonen of PLG Limburg ask about an action besides Wat, Wie, Wanneer and Check."""

    VELDEN: ClassVar = ("bereiken", "aanpak", "merkbaar", "vieren", "delen", "houden")
    SLEUTEL: ClassVar = ("actie",)

    dossier = models.ForeignKey(
        Dossier, models.PROTECT, related_name="uitwerkingen", db_index=False
    )
    actie = models.OneToOneField(Actie, models.PROTECT, related_name="uitwerking")
    # Phase 3: making the plan.
    bereiken = models.TextField(blank=True)
    bereiken_revisie = RevisieField()
    aanpak = models.TextField(blank=True)
    aanpak_revisie = RevisieField()
    merkbaar = models.TextField(blank=True)
    merkbaar_revisie = RevisieField()
    # Phase 5: what to celebrate, share and keep.
    vieren = models.TextField(blank=True)
    vieren_revisie = RevisieField()
    delen = models.TextField(blank=True)
    delen_revisie = RevisieField()
    houden = models.TextField(blank=True)
    houden_revisie = RevisieField()

    class Meta:
        indexes = (models.Index(fields=("dossier", "gewijzigd_op"), name="uitwerking_gewijzigd"),)

    def __str__(self) -> str:
        return f"uitwerking {self.pk}"


class Uitwerkingrevisie(Revisie):
    record = models.ForeignKey(Uitwerking, models.CASCADE, related_name="revisies", db_index=False)

    class Meta(Revisie.Meta):
        constraints = (
            models.UniqueConstraint(
                fields=("record", "veld", "revisie"), name="uitwerkingrevisie_uniek"
            ),
        )


class Voorbereiding(models.Model):
    """What was agreed before a talk. Its day is that of the talk itself.

    volgnummer: how many times it was saved.
    """

    # From this hour on, a talk of today is "vanavond".
    AVOND = time(17)
    MIN_MINUTEN, MAX_MINUTEN = 5, 480
    MAX_PLAATS = 150

    gesprek = models.OneToOneField(
        Gesprek, models.PROTECT, primary_key=True, related_name="voorbereiding"
    )
    uur = models.TimeField(null=True, blank=True)
    minuten = models.PositiveSmallIntegerField()
    plaats = models.CharField(max_length=MAX_PLAATS, blank=True)
    volgnummer = models.PositiveIntegerField(default=0, editable=False)
    gewijzigd_op = models.DateTimeField(default=timezone.now, editable=False)
    gewijzigd_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+"
    )

    class Meta:
        verbose_name = "voorbereiding"
        verbose_name_plural = "voorbereidingen"
        constraints = (
            models.CheckConstraint(
                condition=models.Q(minuten__gte=5, minuten__lte=480),
                name="voorbereiding_duurt_niet_te_lang",
            ),
        )

    def __str__(self) -> str:
        return f"voorbereiding {self.pk}"

    @property
    def keer(self) -> str:
        """What the page calls the moment that the questions were chosen for."""
        is_today = self.gesprek.datum == timezone.localdate()
        is_evening = self.uur is not None and self.uur >= self.AVOND
        return "vanavond" if is_today and is_evening else "deze keer"

    @property
    def begin(self) -> datetime | None:
        """The moment it begins; None as long as the day or the hour is open.

        Also None on the first and the last day that a date can be: an hour of those, or the end of
        the talk, may be on a day that does not exist.
        """
        datum = self.gesprek.datum
        if datum is None or self.uur is None or datum in (date.min, date.max):
            return None
        moment = datetime.combine(datum, self.uur)
        return timezone.make_aware(moment, timezone.get_default_timezone())

    @property
    def einde(self) -> datetime | None:
        return self.begin and self.begin + timedelta(minutes=self.minuten)


class VoorbereideVraag(models.Model):
    """A question that was chosen beforehand, with the minutes it may take, if any were given."""

    MAX_MINUTEN = 240

    gesprek = models.ForeignKey(
        Gesprek, models.PROTECT, related_name="voorbereide_vragen", db_index=False
    )
    item = models.ForeignKey(Item, models.PROTECT, related_name="voorbereide_vragen")
    minuten = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = "voorbereide vraag"
        verbose_name_plural = "voorbereide vragen"
        constraints = (
            models.UniqueConstraint(fields=("gesprek", "item"), name="voorbereide_vraag_uniek"),
            models.CheckConstraint(
                condition=models.Q(minuten__isnull=True)
                | models.Q(minuten__gte=1, minuten__lte=240),
                name="voorbereide_vraag_duurt_niet_te_lang",
            ),
        )

    def __str__(self) -> str:
        return f"voorbereide vraag {self.pk}"
