"""What every anonymous survey of a dossier is made of, whatever it asks.

A chamber that asks something makes its own tables of these, and registers them
(dossiers/anoniem/domain/).
"""

import secrets
import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from dossiers.models import Dossier

# The number of random bytes in the link of a survey.
SLEUTEL_BYTES = 16


def new_sleutel() -> str:
    """Generate the secret part of a survey's link."""
    return secrets.token_urlsafe(SLEUTEL_BYTES)


class AnoniemeBevraging(models.Model):
    """A survey with a link that needs no account. Its waves are its `golven`."""

    golven: Any

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # Each kind has its own name for the way back.
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    # For the link that needs no account. It only gives access to the questions, never to answers.
    sleutel = models.CharField(max_length=40, unique=True, default=new_sleutel, editable=False)
    # The last day on which the survey can be answered.
    tot = models.DateField("laatste dag")
    geopend_op = models.DateTimeField(default=timezone.now, editable=False)
    geopend_door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # Set if it was closed by hand before the end of its last day.
    gesloten_op = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True

    def get_absolute_url(self) -> str:
        """The page for who opened it."""
        raise NotImplementedError


class AntwoordGolf(models.Model):
    """Ten minutes in which a link got so many answers that they may not all be of colleagues.

    The only thing that ever says when an answer came, and then of at least FLOOD answers at once
    (dossiers/anoniem/domain/). Its table has the `bevraging` that it is of.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # The first of the ten minutes.
    begin = models.DateTimeField()
    # Whether its answers are neither counted nor shown; until then the team has to decide.
    opzij = models.BooleanField(default=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"golf {self.pk}"
