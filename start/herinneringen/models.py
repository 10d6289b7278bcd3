"""Reminders: how often somebody wants them, what she was told, and her calendar elsewhere."""

import uuid

from django.conf import settings
from django.db import models

from dossiers.nieuws import MAX_SLEUTEL, MAX_SOORT

Q = models.Q


class Ritme(models.TextChoices):
    DAGELIJKS = "dagelijks", "Zodra er iets is, hoogstens één mail per dag"
    WEKELIJKS = "wekelijks", "Eén keer per week, op maandag"
    NOOIT = "nooit", "Nooit"


# A teacher has a few actions a year, so that a mail on the day itself is one a month, and comes
# when there is something to do. Whoever has many schools chooses the week.
GEWOON = Ritme.DAGELIJKS


class Herinnerwens(models.Model):
    """How often somebody wants to be reminded; without one it is GEWOON."""

    gebruiker = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="herinnerwens"
    )
    ritme = models.CharField(max_length=10, choices=Ritme)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(ritme__in=Ritme.values), name="herinnerwens_ritme_bestaat"
            ),
        )

    def __str__(self) -> str:
        return self.ritme


class Bericht(models.Model):
    """A mail with what is new for somebody: claimed, handed to the mail server, and noted.

    What it tells are its `meldingen`, which are claimed with it. Its key is in its Message-ID, so
    that a mail that leaves twice is one for whoever reads it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gebruiker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False
    )
    # The day for which it was made, and the one on which it leaves: another one, when a process
    # was killed or the mail server refused it.
    sinds = models.DateField()
    dag = models.DateField()
    # When a process took it upon itself; NULL while no process has it.
    geclaimd_op = models.DateTimeField(null=True)
    # Just before it was handed over: from then on it may have left.
    aangeboden_op = models.DateTimeField(null=True)
    # When the mail server had taken it.
    verstuurd_op = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=("dag",), name="bericht_dag"),)
        constraints = (
            # Two runs at once: one of them makes it.
            models.UniqueConstraint(fields=("gebruiker", "dag"), name="bericht_een_per_dag"),
            models.UniqueConstraint(
                fields=("gebruiker",),
                condition=Q(verstuurd_op__isnull=True),
                name="bericht_een_onderweg",
            ),
            models.CheckConstraint(
                condition=Q(verstuurd_op__isnull=True) | Q(aangeboden_op__isnull=False),
                name="bericht_verstuurd_na_aanbieden",
            ),
        )

    def __str__(self) -> str:
        return f"bericht {self.pk}"


class Melding(models.Model):
    """That somebody is told a thing, in which mail. Nobody is told the same thing twice."""

    bericht = models.ForeignKey(Bericht, models.CASCADE, related_name="meldingen")
    gebruiker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False
    )
    # The name of a kind of news, and the key that it gave (dossiers/nieuws.py).
    soort = models.CharField(max_length=MAX_SOORT)
    sleutel = models.CharField(max_length=MAX_SLEUTEL)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("gebruiker", "soort", "sleutel"), name="melding_een_keer"
            ),
        )

    def __str__(self) -> str:
        return f"melding {self.pk}"


class Ronde(models.Model):
    """A day on which everybody was looked at who gets mail on it.

    By these one sees whether those who get one mail a week still have to get it.
    """

    dag = models.DateField(primary_key=True)

    def __str__(self) -> str:
        return f"ronde {self.dag}"


class Agenda(models.Model):
    """The secret address by which a calendar elsewhere reads along; only its digest is kept."""

    gebruiker = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+"
    )
    digest = models.CharField(max_length=64, unique=True)
    gemaakt_op = models.DateTimeField()

    def __str__(self) -> str:
        return f"agenda {self.pk}"
