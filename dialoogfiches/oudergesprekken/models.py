"""The talk with parents. It stays within the CLB: encrypted, shared explicitly, and purged."""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Cast, Coalesce
from django.db.models.lookups import Exact, StartsWith
from django.utils import timezone

from dialoogfiches.models import Item, Onderdeel
from dialoogfiches.oudergesprekken.encryption import FORM, EncryptedTextField
from dossiers.acties.models import Actie
from dossiers.materialen.models import Materiaalversie
from dossiers.mensen.models import CLB, Lidmaatschap, Rol
from dossiers.models import Dossier
from dossiers.velden.models import Revisie, RevisieField, Veldrecord


def only_sealed(*fields: str, name: str) -> models.CheckConstraint:
    """Texts of no other form than that of encryption.py: a plain one, or an older ciphertext."""
    condition = models.Q()
    for field in fields:
        column = Cast(field, models.TextField())
        condition &= models.Q(Exact(column, "")) | models.Q(StartsWith(column, f"{FORM}."))
    return models.CheckConstraint(condition=condition, name=name)


class Geheimrecord(Veldrecord):
    """A record with encrypted fields."""

    # The relations that lead to what its texts are bound to.
    BOUND_THROUGH: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True

    def in_column(self, veld: str, waarde: Any) -> Any:
        field = self._meta.get_field(veld)
        secret = isinstance(field, EncryptedTextField)
        return field.seal_for(self, waarde) if secret else waarde  # type: ignore[union-attr]

    def require_readable(self) -> None:
        """Decrypt the texts of this record itself. Raises MissingKey and Displaced."""
        for field in self._meta.fields:
            if isinstance(field, EncryptedTextField):
                getattr(self, field.name)


class OudergesprekQuerySet(models.QuerySet["Oudergesprek"]):
    def with_school(self) -> "OudergesprekQuerySet":
        """Those held by the CLB that their school is with."""
        here = models.Q(clb=models.F("dossier__school__clb"))
        return self.filter(models.Q(clb__isnull=True) | here)

    def stayed(self) -> "OudergesprekQuerySet":
        """Those that stayed with their CLB when the school went to another one."""
        return self.exclude(clb__isnull=True).exclude(clb=models.F("dossier__school__clb"))


class Oudergesprek(Geheimrecord):
    VELDEN: ClassVar = (
        "pseudoniem",
        "datum",
        "focus_nu",
        "focus_later",
        "school_mag_weten",
        "wissen_op",
    )
    # No history is kept: it would contain a real name that was typed first.
    ZONDER_EERDERE: ClassVar = ("pseudoniem",)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # Determines the school: access checks derive from memberships who works for it.
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    # The CLB that held it, and keeps it when the school goes to another one. Empty, in a talk that
    # the release of before began during an upgrade, it is that of the school.
    clb = models.ForeignKey(
        CLB, models.PROTECT, null=True, editable=False, related_name="+", db_index=False
    )
    versie = models.ForeignKey(Materiaalversie, models.PROTECT, related_name="+")
    auteur = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    pseudoniem = EncryptedTextField(blank=True)
    pseudoniem_revisie = RevisieField()
    datum = models.DateField(null=True, blank=True)
    datum_revisie = RevisieField()
    focus_nu = EncryptedTextField(blank=True)
    focus_nu_revisie = RevisieField()
    focus_later = EncryptedTextField(blank=True)
    focus_later_revisie = RevisieField()
    # A draft of what may be released; the school sees a Vrijgave, never this field.
    school_mag_weten = EncryptedTextField(blank=True)
    school_mag_weten_revisie = RevisieField()
    # The day on which `ruim_op` deletes it; by default the last day allowed (see `last_day`).
    wissen_op = models.DateField()
    wissen_op_revisie = RevisieField()
    # The day on which it goes too when nobody can open it by then; an ankerfiguur asked for that.
    achtergebleven_wissen_op = models.DateField(null=True, blank=True, editable=False)
    gemaakt_op = models.DateTimeField(default=timezone.now, editable=False)

    # Set by the access check (access.py): whether the user counts as its author.
    beslist: bool

    objects = OudergesprekQuerySet.as_manager()

    class Meta:
        verbose_name = "oudergesprek"
        verbose_name_plural = "oudergesprekken"
        ordering = ("-gemaakt_op", "id")
        indexes = (
            models.Index(fields=("wissen_op",), name="oudergesprek_wissen_op"),
            models.Index(
                fields=("achtergebleven_wissen_op",),
                condition=models.Q(achtergebleven_wissen_op__isnull=False),
                name="oudergesprek_achtergebleven",
            ),
        )
        constraints = (
            only_sealed(
                *("pseudoniem", "focus_nu", "focus_later", "school_mag_weten"),
                name="oudergesprek_is_versleuteld",
            ),
        )

    def __str__(self) -> str:
        return f"oudergesprek {self.pk}"

    def binding(self) -> tuple[object, ...]:
        return (self.pk, self.auteur_id, self.dossier_id)

    @property
    def has_stayed(self) -> bool:
        """Whether its school is with another CLB by now; its dossier is read with its school."""
        return self.clb_id not in (None, self.dossier.school.clb_id)


class Geheimrevisie(Revisie):
    """An earlier text of a parents' talk, encrypted like the text itself."""

    BOUND_THROUGH: ClassVar[tuple[str, ...]] = ("record__oudergesprek",)

    # Each subclass defines the foreign key itself.
    record: Any

    waarde = EncryptedTextField(blank=True)

    class Meta(Revisie.Meta):
        abstract = True

    def binding(self) -> tuple[object, ...]:
        return (*self.record.binding(), self.veld, self.revisie)


class Oudergesprekrevisie(Geheimrevisie):
    BOUND_THROUGH: ClassVar = ("record",)

    record = models.ForeignKey(
        Oudergesprek, models.CASCADE, related_name="revisies", db_index=False
    )

    class Meta(Revisie.Meta):
        constraints = (
            models.UniqueConstraint(
                fields=("record", "veld", "revisie"), name="oudergesprekrevisie_uniek"
            ),
            only_sealed("waarde", name="oudergesprekrevisie_is_versleuteld"),
        )


class Ouderthema(Geheimrecord):
    """What widens the window and what narrows it, in one topic."""

    VELDEN: ClassVar = ("groter", "kleiner")
    SLEUTEL: ClassVar = ("oudergesprek", "onderdeel")
    BOUND_THROUGH: ClassVar = ("oudergesprek",)

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    oudergesprek = models.ForeignKey(
        Oudergesprek, models.CASCADE, related_name="themas", db_index=False
    )
    onderdeel = models.ForeignKey(Onderdeel, models.PROTECT, related_name="+")
    groter = EncryptedTextField(blank=True)
    groter_revisie = RevisieField()
    kleiner = EncryptedTextField(blank=True)
    kleiner_revisie = RevisieField()

    # Set by `thema_of` (queries.py): the other topics of the talk by onderdeel, as read with it.
    beside: dict[int, "Ouderthema"]

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("oudergesprek", "onderdeel"), name="ouderthema_uniek"),
            only_sealed("groter", "kleiner", name="ouderthema_is_versleuteld"),
        )

    def __str__(self) -> str:
        return f"ouderthema {self.pk}"

    def binding(self) -> tuple[object, ...]:
        # Its own key is not known before it is saved; talk and topic name it as well.
        return (*self.oudergesprek.binding(), self.onderdeel_id)


class Ouderthemarevisie(Geheimrevisie):
    record = models.ForeignKey(Ouderthema, models.CASCADE, related_name="revisies", db_index=False)

    class Meta(Revisie.Meta):
        constraints = (
            models.UniqueConstraint(
                fields=("record", "veld", "revisie"), name="ouderthemarevisie_uniek"
            ),
            only_sealed("waarde", name="ouderthemarevisie_is_versleuteld"),
        )


class Oudernotitie(Geheimrecord):
    """The note on one question."""

    VELDEN: ClassVar = ("tekst",)
    SLEUTEL: ClassVar = ("oudergesprek", "item")
    BOUND_THROUGH: ClassVar = ("oudergesprek",)

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    oudergesprek = models.ForeignKey(
        Oudergesprek, models.CASCADE, related_name="notities", db_index=False
    )
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    tekst = EncryptedTextField(blank=True)
    tekst_revisie = RevisieField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("oudergesprek", "item"), name="oudernotitie_uniek"),
            only_sealed("tekst", name="oudernotitie_is_versleuteld"),
        )

    def __str__(self) -> str:
        return f"oudernotitie {self.pk}"

    def binding(self) -> tuple[object, ...]:
        return (*self.oudergesprek.binding(), self.item_id)


class Oudernotitierevisie(Geheimrevisie):
    record = models.ForeignKey(
        Oudernotitie, models.CASCADE, related_name="revisies", db_index=False
    )

    class Meta(Revisie.Meta):
        constraints = (
            models.UniqueConstraint(
                fields=("record", "veld", "revisie"), name="oudernotitierevisie_uniek"
            ),
            only_sealed("waarde", name="oudernotitierevisie_is_versleuteld"),
        )


class DelingQuerySet(models.QuerySet["Deling"]):
    def in_force(self) -> "DelingQuerySet":
        """Shares with somebody who worked for the CLB of the talk at that moment, and ever since.

        A role that ended and was granted again does not reopen what was shared before. To practise
        with, and once the school is with another CLB, a role for any school of the CLB will do.
        """
        school = "oudergesprek__dossier__school"
        holder = Coalesce("oudergesprek__clb", f"{school}__clb")
        running = Lidmaatschap.objects.active().filter(
            user=models.OuterRef("met"), sinds__lte=models.OuterRef("op")
        )
        medewerker = running.filter(rol=Rol.CLB_MEDEWERKER)
        any_school = models.Q(**{f"{school}__oefen": True}) | ~models.Q(
            holder=models.F(f"{school}__clb")
        )
        return self.alias(holder=holder).filter(
            models.Exists(running.filter(clb=models.OuterRef("holder")))
            | models.Exists(medewerker.filter(school=models.OuterRef(school)))
            & models.Q(holder=models.F(f"{school}__clb"))
            | models.Exists(medewerker.filter(school__clb=models.OuterRef("holder"))) & any_school
        )


class Deling(models.Model):
    """The sharing of a talk with a CLB colleague, by its author."""

    oudergesprek = models.ForeignKey(
        Oudergesprek, models.CASCADE, related_name="delingen", db_index=False
    )
    met = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    op = models.DateTimeField(default=timezone.now)

    objects = DelingQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("oudergesprek", "met"), name="deling_uniek"),
        )

    def __str__(self) -> str:
        return f"deling {self.pk}"


class Vrijgave(models.Model):
    """A text or an action that was explicitly released to the school. It may outlive the talk."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="vrijgaven")
    # For the author only: the school sees no link to a talk.
    oudergesprek = models.ForeignKey(
        Oudergesprek, models.SET_NULL, null=True, blank=True, related_name="vrijgaven"
    )
    tekst = models.TextField(blank=True)
    actie = models.OneToOneField(
        Actie, models.PROTECT, null=True, blank=True, related_name="vrijgave"
    )
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    op = models.DateTimeField(default=timezone.now)
    ingetrokken_op = models.DateTimeField(null=True, blank=True)
    # The day on which `ruim_op` deletes it; a released action remains in the dossier.
    wissen_op = models.DateField()

    class Meta:
        verbose_name = "vrijgave"
        verbose_name_plural = "vrijgaven"
        ordering = ("-op",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(tekst="", actie__isnull=False, ingetrokken_op__isnull=True)
                | (~models.Q(tekst="") & models.Q(actie__isnull=True, ingetrokken_op__isnull=True))
                # The text of a withdrawn Vrijgave has been erased.
                | models.Q(tekst="", actie__isnull=True, ingetrokken_op__isnull=False),
                name="vrijgave_tekst_of_actie",
            ),
        )

    def __str__(self) -> str:
        return f"vrijgave {self.pk}"
