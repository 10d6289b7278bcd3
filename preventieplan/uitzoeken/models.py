"""Who finds out what a team does not know yet."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from preventieplan.models import Antwoord, Antwoordstand
from stsdialoog.fields import NameField

MAX_WIE = 80


class UitzoekvraagQuerySet(models.QuerySet["Uitzoekvraag"]):
    def still_open(self) -> "UitzoekvraagQuerySet":
        """Those of which nobody knows yet, in dossiers where one can still write."""
        return self.filter(
            klaar_op=None,
            antwoord__stand=Antwoordstand.WETEN_WE_NIET,
            antwoord__dossier__afgesloten_op=None,
        )


class Uitzoekvraag(models.Model):
    """A question that got *weten we niet*, and who finds it out.

    It goes along with the answer of the team, also to a newer version of the plan, and asks nothing
    any more once that answer says something else.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    antwoord = models.OneToOneField(Antwoord, models.CASCADE, related_name="uitzoekvraag")
    # One of the two: somebody of the team or its CLB, or words such as "de buurtschool".
    gebruiker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    wie = NameField(max_length=MAX_WIE, blank=True)
    tegen = models.DateField(null=True)
    gegeven_door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    gegeven_op = models.DateTimeField(default=timezone.now)
    klaar_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    klaar_op = models.DateTimeField(null=True)

    objects = UitzoekvraagQuerySet.as_manager()

    class Meta:
        verbose_name = "uit te zoeken vraag"
        verbose_name_plural = "uit te zoeken vragen"
        constraints = (
            models.CheckConstraint(
                condition=models.Q(gebruiker__isnull=True) & ~models.Q(wie="")
                | models.Q(gebruiker__isnull=False, wie=""),
                name="uitzoekvraag_heeft_iemand",
            ),
            models.CheckConstraint(
                condition=models.Q(klaar_op__isnull=True, klaar_door__isnull=True)
                | models.Q(klaar_op__isnull=False, klaar_door__isnull=False),
                name="uitzoekvraag_klaar_door_iemand",
            ),
        )

    def __str__(self) -> str:
        return f"uitzoekvraag {self.pk}"

    @property
    def naam(self) -> str:
        """What people call whoever finds it out."""
        return str(self.gebruiker) if self.gebruiker else self.wie

    @property
    def is_klaar(self) -> bool:
        return self.klaar_op is not None
