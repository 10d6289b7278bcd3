"""What a CLB notes about its work with a school. It stays there, as talks with parents do."""

import uuid
from typing import ClassVar

from django.db import models

from dialoogfiches.oudergesprekken.encryption import EncryptedTextField
from dialoogfiches.oudergesprekken.models import Geheimrecord, Geheimrevisie, only_sealed
from dossiers.mensen.models import CLB
from dossiers.models import Dossier
from dossiers.velden.models import RevisieField


class GidsnotitieQuerySet(models.QuerySet["Gidsnotitie"]):
    def stayed(self) -> "GidsnotitieQuerySet":
        """Those that stayed with their CLB when the school went to another one."""
        return self.exclude(clb=models.F("dossier__school__clb"))


class Gidsnotitie(Geheimrecord):
    """The notes of one CLB in one dossier. Of what was typed before, nothing is kept."""

    VELDEN: ClassVar = ("onthouden", "volgende_keer")
    SLEUTEL: ClassVar = ("dossier", "clb")
    ZONDER_EERDERE: ClassVar = VELDEN

    # Follows from the dossier and the CLB, and is what they are looked up by. Texts are bound to
    # it, so a row that is put in another dossier is not found there.
    id = models.UUIDField(primary_key=True, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+", db_index=False)
    # Who wrote it, and keeps it when the school goes to another one; goes along when it leaves.
    clb = models.ForeignKey(CLB, models.CASCADE, editable=False, related_name="+")
    onthouden = EncryptedTextField(blank=True)
    onthouden_revisie = RevisieField()
    volgende_keer = EncryptedTextField(blank=True)
    volgende_keer_revisie = RevisieField()
    # The day on which `ruim_op` deletes it.
    wissen_op = models.DateField(editable=False, db_index=True)

    objects = GidsnotitieQuerySet.as_manager()

    class Meta:
        verbose_name = "notities van het CLB"
        verbose_name_plural = "notities van het CLB"
        constraints = (
            models.UniqueConstraint(fields=("dossier", "clb"), name="gidsnotitie_uniek"),
            only_sealed("onthouden", "volgende_keer", name="gidsnotitie_is_versleuteld"),
        )

    def __str__(self) -> str:
        return f"notities {self.pk}"

    def binding(self) -> tuple[object, ...]:
        return (self.pk, self.clb_id)

    @staticmethod
    def key_of(*, dossier: uuid.UUID, clb: uuid.UUID) -> uuid.UUID:
        """The key of the notes of a CLB in a dossier, by the keys of those."""
        return uuid.uuid5(dossier, str(clb))


class Gidsnotitierevisie(Geheimrevisie):
    BOUND_THROUGH: ClassVar = ("record",)

    record = models.ForeignKey(Gidsnotitie, models.CASCADE, related_name="revisies", db_index=False)

    class Meta(Geheimrevisie.Meta):
        constraints = (
            models.UniqueConstraint(
                fields=("record", "veld", "revisie"), name="gidsnotitierevisie_uniek"
            ),
            only_sealed("waarde", name="gidsnotitierevisie_is_versleuteld"),
        )
