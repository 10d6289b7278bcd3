"""How an account gets a new second step of logging in."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

Q, F = models.Q, models.F
HERSTEL = {
    "vervalt_na_begin": Q(vervalt_op__gt=F("gemaakt_op")),
    "eerste_is_iemand_anders": Q(eerste__isnull=True) | ~Q(eerste=F("user")),
    "tweede_is_weer_iemand_anders": Q(tweede__isnull=True)
    | (Q(eerste__isnull=False) & ~Q(tweede=F("user")) & ~Q(tweede=F("eerste"))),
    "bevestigd_door_twee": Q(tweede__isnull=True, bevestigd_op__isnull=True)
    | Q(tweede__isnull=False, bevestigd_op__isnull=False),
    "afgerond_na_bevestiging": Q(afgerond_op__isnull=True)
    | Q(bevestigd_op__isnull=False, gestopt_op__isnull=True),
}


class Herstelaanvraag(models.Model):
    """Somebody lost the second step of her account, and asks two colleagues to vouch for her."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    gemaakt_op = models.DateTimeField(default=timezone.now)
    vervalt_op = models.DateTimeField()
    eerste = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    tweede = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    # When the second of them vouched: the day of waiting begins.
    bevestigd_op = models.DateTimeField(null=True)
    gestopt_op = models.DateTimeField(null=True)
    afgerond_op = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "herstelaanvraag"
        verbose_name_plural = "herstelaanvragen"
        ordering = ("-gemaakt_op",)
        constraints = (
            # An expired one counts as open too; `ask` stops it first.
            models.UniqueConstraint(
                fields=("user",),
                condition=Q(gestopt_op__isnull=True, afgerond_op__isnull=True),
                name="herstel_een_open_per_account",
            ),
            *(
                models.CheckConstraint(condition=condition, name=f"herstel_{rule}")
                for rule, condition in HERSTEL.items()
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} ({self.gemaakt_op:%d/%m/%Y})"
