"""What goes to the board: a routekaart as it was fixed, who may read it, and what she answered."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models.functions import Length, Lower
from django.db.models.lookups import Exact
from django.utils import timezone

from dossiers.mensen.models import School
from dossiers.models import Dossier
from stsdialoog.fields import AddressField, LineField, ParagraphField

DIGEST = 64  # letters of a SHA-256
MAX_FUNCTIE, MAX_ZIN = 80, 500  # characters


class VastgesteldeRoutekaart(models.Model):
    """A routekaart as it was on a day, byte for byte: the database changes none (guard.py).

    It has a term of its own, and stays when its dossier is erased. So the key of that is not
    checked, and leads nowhere then.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    school = models.ForeignKey(
        School, models.PROTECT, related_name="vastgestelde_routekaarten", db_index=False
    )
    dossier = models.ForeignKey(
        Dossier,
        models.DO_NOTHING,
        null=True,
        db_constraint=False,
        related_name="vastgestelde_routekaarten",
    )
    schooljaar = models.PositiveSmallIntegerField()
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    op = models.DateTimeField(default=timezone.now)
    # The last day on which the database keeps it, whoever asks.
    bewaren_tot = models.DateField()
    document = models.BinaryField()
    document_sha256 = models.CharField(max_length=DIGEST)
    data = models.BinaryField()
    data_sha256 = models.CharField(max_length=DIGEST)

    class Meta:
        verbose_name = "vastgestelde routekaart"
        verbose_name_plural = "vastgestelde routekaarten"
        ordering = ("-op", "id")
        indexes = (
            models.Index(fields=("school", "-op"), name="vastgesteld_van_school"),
            models.Index(fields=("bewaren_tot",), name="vastgesteld_bewaren_tot"),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(Exact(Length("document_sha256"), DIGEST))
                & models.Q(Exact(Length("data_sha256"), DIGEST)),
                name="vastgesteld_met_vingerafdrukken",
            ),
        )

    def __str__(self) -> str:
        return f"routekaart {self.schooljaar_label}, vastgesteld op {timezone.localdate(self.op)}"

    @property
    def schooljaar_label(self) -> str:
        return f"{self.schooljaar}-{self.schooljaar + 1}"


class Bestuurslink(models.Model):
    """A link for one member of the board, to one fixed routekaart. Only a digest of its key stays.

    Some time after its end its address and its key go (`domain/links.py`); for whom it was and what
    she answered stay with the routekaart.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kaart = models.ForeignKey(
        VastgesteldeRoutekaart, models.CASCADE, related_name="links", db_index=False
    )
    functie = LineField(max_length=MAX_FUNCTIE)
    email = AddressField("e-mailadres", blank=True)
    # NULL once it is gone: only then several have none.
    sleutel_digest = models.CharField(max_length=DIGEST, unique=True, null=True)  # noqa: DJ001
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    gemaakt_op = models.DateTimeField(default=timezone.now)
    # The last day on which it opens anything.
    tot = models.DateField("laatste dag")
    # The day only: a scanner of mails opens links too.
    geopend_op = models.DateField(null=True)
    ingetrokken_op = models.DateTimeField(null=True)
    # The code that was last mailed to its address, until when it counts, and the wrong tries of it.
    code_digest = models.CharField(max_length=DIGEST, blank=True, default="")
    code_tot = models.DateTimeField(null=True)
    code_pogingen = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "link voor het bestuur"
        verbose_name_plural = "links voor het bestuur"
        ordering = ("gemaakt_op", "id")
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(functie=""), name="bestuurslink_functie_is_ingevuld"
            ),
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")),
                name="bestuurslink_email_in_kleine_letters",
            ),
            models.CheckConstraint(
                condition=models.Q(email="", sleutel_digest__isnull=True)
                | (~models.Q(email="") & models.Q(sleutel_digest__isnull=False)),
                name="bestuurslink_adres_en_sleutel_samen",
            ),
            models.UniqueConstraint(
                fields=("kaart", "email"),
                condition=models.Q(ingetrokken_op__isnull=True) & ~models.Q(email=""),
                name="bestuurslink_een_per_adres",
            ),
        )
        indexes = (models.Index(fields=("kaart", "gemaakt_op"), name="bestuurslink_van_kaart"),)

    def __str__(self) -> str:
        return f"link {self.pk}"


class Keuze(models.TextChoices):
    JA = "ja", "ja"
    NEE = "nee", "nee"
    LATER = "later", "later"


class Bestuursantwoord(models.Model):
    """What a member of the board answers to one thing that was asked; her last time counts.

    nummer: of what was asked, from 1. keer: her how many-th answer to it, from 1.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    link = models.ForeignKey(
        Bestuurslink, models.CASCADE, related_name="antwoorden", db_index=False
    )
    nummer = models.PositiveSmallIntegerField()
    keer = models.PositiveSmallIntegerField()
    keuze = models.CharField(max_length=5, choices=Keuze)
    zin = ParagraphField(max_length=MAX_ZIN, blank=True, default="")
    op = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "antwoord van het bestuur"
        verbose_name_plural = "antwoorden van het bestuur"
        ordering = ("nummer", "keer")
        constraints = (
            models.UniqueConstraint(
                fields=("link", "nummer", "keer"), name="bestuursantwoord_uniek"
            ),
            models.CheckConstraint(
                condition=models.Q(nummer__gte=1, keer__gte=1), name="bestuursantwoord_vanaf_een"
            ),
            models.CheckConstraint(
                condition=models.Q(keuze__in=Keuze.values), name="bestuursantwoord_keuze_bestaat"
            ),
        )

    def __str__(self) -> str:
        return f"antwoord {self.pk}"
