"""What a login elsewhere asks for: a place, for somebody whom a provider says belongs there."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from dossiers.mensen.models import CLB, Lidmaatschap, School

Q = models.Q


class Lidmaatschapsvraag(models.Model):
    """Somebody logged in on behalf of a school or a CLB. It gives nothing: an ankerfiguur answers.

    Asked once for a person and a place. Who was refused, or left, comes in by an invitation.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    school = models.ForeignKey(School, models.PROTECT, null=True, related_name="+")
    clb = models.ForeignKey(CLB, models.PROTECT, null=True, related_name="+")
    # The code of the provider that said so.
    via = models.CharField(max_length=20)
    gevraagd_op = models.DateTimeField(default=timezone.now)
    beantwoord_op = models.DateTimeField(null=True)
    door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    # What the ankerfiguur gave; NULL when it was refused.
    gegeven = models.ForeignKey(
        Lidmaatschap, models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        verbose_name = "lidmaatschapsvraag"
        verbose_name_plural = "lidmaatschapsvragen"
        ordering = ("gevraagd_op",)
        constraints = (
            models.CheckConstraint(
                condition=Q(school__isnull=False, clb__isnull=True)
                | Q(school__isnull=True, clb__isnull=False),
                name="vraag_school_of_clb",
            ),
            models.UniqueConstraint(
                fields=("user", "school"),
                condition=Q(school__isnull=False),
                name="vraag_een_per_school",
            ),
            models.UniqueConstraint(
                fields=("user", "clb"), condition=Q(clb__isnull=False), name="vraag_een_per_clb"
            ),
            models.CheckConstraint(
                condition=Q(beantwoord_op__isnull=True, door__isnull=True, gegeven__isnull=True)
                | Q(beantwoord_op__isnull=False, door__isnull=False),
                name="vraag_beantwoord_door_iemand",
            ),
            models.CheckConstraint(
                condition=Q(door__isnull=True) | ~Q(door=models.F("user")),
                name="vraag_niet_door_wie_vraagt",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user}: {self.plek}"

    @property
    def plek(self) -> School | CLB:
        """Where; the constraint says that there is one."""
        return self.school or self.clb  # type: ignore[return-value]
