"""What a team says above its routekaart, in three sentences."""

from typing import ClassVar

from django.db import models

from dossiers.models import Dossier
from dossiers.velden.models import Revisie, RevisieField, Veldrecord


class Routezinnen(Veldrecord):
    """The three sentences that a board reads first; one that is empty is drafted from the data."""

    VELDEN: ClassVar = ("waar_staan_we", "wat_veranderde", "wat_vragen_we")
    SLEUTEL: ClassVar = ("dossier",)

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+", db_index=False)
    waar_staan_we = models.TextField(blank=True)
    waar_staan_we_revisie = RevisieField()
    wat_veranderde = models.TextField(blank=True)
    wat_veranderde_revisie = RevisieField()
    # What the board has to decide. The application never drafts this one.
    wat_vragen_we = models.TextField(blank=True)
    wat_vragen_we_revisie = RevisieField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("dossier",), name="routezinnen_een_per_dossier"),
            models.CheckConstraint(
                condition=(models.Q(waar_staan_we="") | models.Q(waar_staan_we_revisie__gte=1))
                & (models.Q(wat_veranderde="") | models.Q(wat_veranderde_revisie__gte=1))
                & (models.Q(wat_vragen_we="") | models.Q(wat_vragen_we_revisie__gte=1)),
                name="routezinnen_met_historiek",
            ),
        )

    def __str__(self) -> str:
        return f"routezinnen {self.pk}"


class Routezinnenrevisie(Revisie):
    record = models.ForeignKey(Routezinnen, models.CASCADE, related_name="revisies", db_index=False)

    class Meta(Revisie.Meta):
        constraints = (
            models.UniqueConstraint(
                fields=("record", "veld", "revisie"), name="routezinnenrevisie_uniek"
            ),
        )
