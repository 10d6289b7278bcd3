"""People and organisations: CLBs, schools, accounts, memberships and invitations."""

import secrets
import uuid
from base64 import b64encode

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac

from dossiers.logboek.models import Logregel
from stsdialoog.fields import AddressField, NameField, ParagraphField, SearchKeyField
from stsdialoog.text import address

# Text of exactly six digits: public lists drop the leading zeros (docs/facts.md, "Who").
INSTELLINGSNUMMER = RegexValidator(
    r"^[0-9]{6}\Z", "Een instellingsnummer telt zes cijfers, bijvoorbeeld 037804."
)


class Provincie(models.TextChoices):
    ANTWERPEN = "antwerpen", "Antwerpen"
    BRUSSEL = "brussel", "Brussels Hoofdstedelijk Gewest"
    LIMBURG = "limburg", "Limburg"
    OOST_VLAANDEREN = "oost-vlaanderen", "Oost-Vlaanderen"
    VLAAMS_BRABANT = "vlaams-brabant", "Vlaams-Brabant"
    WEST_VLAANDEREN = "west-vlaanderen", "West-Vlaanderen"


class Niveau(models.TextChoices):
    BAO = "bao", "Basisonderwijs"
    SO = "so", "Secundair onderwijs"
    BUO = "buo", "Buitengewoon onderwijs"


class CLB(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    naam = NameField(max_length=120)
    instellingsnummer = models.CharField(max_length=6, unique=True, validators=[INSTELLINGSNUMMER])
    zoeksleutel = SearchKeyField(of=("naam", "instellingsnummer"))

    # Set by the access check (dossiers/mensen/access.py): the right of the current user on it.
    recht: int

    class Meta:
        verbose_name = "CLB"
        verbose_name_plural = "CLB's"
        ordering = ("naam",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(instellingsnummer__regex=r"^[0-9]{6}$"),
                name="clb_instellingsnummer_zes_cijfers",
            ),
        )

    def __str__(self) -> str:
        return self.naam


class School(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    clb = models.ForeignKey(
        CLB, models.PROTECT, related_name="scholen", verbose_name="CLB", db_index=False
    )
    naam = NameField("naam van de school", max_length=120)
    # NULL only in an oefenschool: of a text that is unique, no two could be empty.
    instellingsnummer = models.CharField(  # noqa: DJ001
        max_length=6,
        unique=True,
        null=True,
        validators=[INSTELLINGSNUMMER],
        help_text="Zes cijfers, met de nullen vooraan.",
        error_messages={
            "unique": "Deze school staat al in STS-Dialoog. Vind je ze niet terug bij je scholen? "
            "Dan volgt een ander CLB ze op: neem contact op met het STS-team."
        },
    )
    niveau = models.CharField(max_length=3, choices=Niveau)
    gemeente = NameField(max_length=60)
    provincie = models.CharField(max_length=20, choices=Provincie)
    # To practise with: no school at all, so it has no number and stands nowhere.
    oefen = models.BooleanField("om te oefenen", default=False, editable=False)
    zoeksleutel = SearchKeyField(of=("naam", "gemeente", "instellingsnummer"))

    # Set by the access check (dossiers/mensen/access.py): the right of the current user on it.
    recht: int

    class Meta:
        verbose_name = "school"
        verbose_name_plural = "scholen"
        ordering = ("naam",)
        indexes = (models.Index(fields=("clb", "naam"), name="school_clb_naam"),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(oefen=True)
                | models.Q(instellingsnummer__isnull=False, instellingsnummer__regex=r"^[0-9]{6}$"),
                name="school_instellingsnummer_zes_cijfers",
            ),
            models.CheckConstraint(
                condition=models.Q(oefen=True) | models.Q(niveau__in=Niveau.values),
                name="school_niveau_bestaat",
            ),
            models.CheckConstraint(
                condition=models.Q(oefen=True) | models.Q(provincie__in=Provincie.values),
                name="school_provincie_bestaat",
            ),
            models.CheckConstraint(
                condition=models.Q(oefen=False)
                | models.Q(instellingsnummer__isnull=True, niveau="", gemeente="", provincie=""),
                name="school_oefenschool_staat_nergens",
            ),
            models.UniqueConstraint(
                fields=("clb",),
                condition=models.Q(oefen=True),
                name="school_een_oefenschool_per_clb",
            ),
        )

    def __str__(self) -> str:
        return self.naam


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        """Create an account; without a password its owner can only log in by a code in a mail."""
        user = self.model(email=address(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str, **fields: object) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person, identified by one e-mail address."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = AddressField("e-mailadres", unique=True)
    naam = NameField(max_length=120, help_text="Zo zien je collega's wie iets invulde.")
    zoeksleutel = SearchKeyField(of=("naam", "email"))
    is_active = models.BooleanField("actief", default=True)
    is_staff = models.BooleanField("mag in het beheer", default=False)
    # Three separate rights, which work together with `is_staff` only.
    beheert_materialen = models.BooleanField("mag materialen bewerken", default=False)
    beheert_organisaties = models.BooleanField("mag organisaties beheren", default=False)
    helpt_gebruikers = models.BooleanField("mag gebruikers helpen", default=False)
    sinds = models.DateTimeField(default=timezone.now, editable=False)
    # Part of what a session is checked by: one more ends all there are.
    session_epoch = models.PositiveIntegerField(default=0, editable=False)
    # One more with each role for a CLB and each second step that goes: what sessions found out
    # about the second step of this account no longer counts then (middleware.py).
    toegang_versie = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    # Since somebody else changed how this account is reached: it opens no talk with parents until
    # a second step of before, or two colleagues, vouch (domain/herstel.py).
    gesprekken_dicht_sinds = models.DateTimeField(null=True, blank=True, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["naam"]

    class Meta:
        verbose_name = "account"
        verbose_name_plural = "accounts"
        constraints = (
            # Makes the unique index reject An@School.be when there is an an@school.be.
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="user_email_in_kleine_letters"
            ),
        )

    def __str__(self) -> str:
        return self.naam or self.email

    def get_full_name(self) -> str:
        return self.naam

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Django's own, by which each request checks its session, of more than the password."""
        value = f"{self.session_epoch} {self.password}"
        made = salted_hmac("stsdialoog.session", value, secret=secret, algorithm="sha256")
        return made.hexdigest()

    def draft_key(self) -> bytes:
        """The 256-bit key under which browsers keep what this account typed and did not send yet.

        It follows from the secret key of the installation, so nothing is stored; when that one is
        renewed, drafts of before stay unreadable in the browser where they are.
        """
        return salted_hmac("stsdialoog.drafts", str(self.pk), algorithm="sha256").digest()

    def masked_draft_key(self) -> str:
        """That key as base64, behind a random mask: `<mask>.<key xor mask>`.

        Pages are compressed. Were the same letters in each, their size could give them away.
        """
        key = self.draft_key()
        mask = secrets.token_bytes(len(key))
        hidden = bytes(byte ^ other for byte, other in zip(key, mask, strict=True))
        return f"{b64encode(mask).decode()}.{b64encode(hidden).decode()}"


class Rol(models.TextChoices):
    ANKERFIGUUR = "ankerfiguur", "ankerfiguur"
    CLB_MEDEWERKER = "clb-medewerker", "CLB-medewerker"
    SCHOOLTEAM = "schoolteam", "schoolteam"
    LEZER = "lezer", "schoolbestuur (leest mee)"


CLB_ROLLEN = (Rol.ANKERFIGUUR, Rol.CLB_MEDEWERKER)
ROLLEN_IN_SCHOOL = (Rol.CLB_MEDEWERKER, Rol.SCHOOLTEAM, Rol.LEZER)


def _place_fits_role(*, name: str) -> models.CheckConstraint:
    """An ankerfiguur belongs to a CLB, every other role to a school."""
    return models.CheckConstraint(
        condition=models.Q(rol=Rol.ANKERFIGUUR, clb__isnull=False, school__isnull=True)
        | models.Q(
            rol__in=ROLLEN_IN_SCHOOL,
            clb__isnull=True,
            school__isnull=False,
        ),
        name=name,
    )


class Lidmaatschap(models.Model):
    """A role of a user in a school or CLB. A membership is ended, never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="lidmaatschappen"
    )
    clb = models.ForeignKey(
        CLB, models.PROTECT, null=True, blank=True, related_name="lidmaatschappen"
    )
    school = models.ForeignKey(
        School, models.PROTECT, null=True, blank=True, related_name="lidmaatschappen"
    )
    rol = models.CharField(max_length=20, choices=Rol)
    sinds = models.DateTimeField(default=timezone.now)
    actief_tot = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "lidmaatschap"
        verbose_name_plural = "lidmaatschappen"
        constraints = (
            _place_fits_role(name="lidmaatschap_plaats_past_bij_rol"),
            models.UniqueConstraint(
                fields=("user", "school"),
                condition=models.Q(actief_tot__isnull=True),
                name="lidmaatschap_een_rol_per_school",
            ),
            models.UniqueConstraint(
                fields=("user", "clb"),
                condition=models.Q(actief_tot__isnull=True),
                name="lidmaatschap_een_rol_per_clb",
            ),
            models.CheckConstraint(
                condition=models.Q(actief_tot__isnull=True)
                | models.Q(actief_tot__gte=models.F("sinds")),
                name="lidmaatschap_eindigt_na_begin",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user}: {self.get_rol_display()} ({self.school or self.clb})"


class Aankondiging(models.Model):
    """A line of the log that the ankerfiguren of a CLB are told of, and can read back.

    It is about who can get at the dossiers of that CLB.
    """

    clb = models.ForeignKey(CLB, models.PROTECT, related_name="aankondigingen", db_index=False)
    regel = models.ForeignKey(Logregel, models.PROTECT, related_name="aankondigingen")
    # As it was said, with the names and addresses of then.
    zin = models.TextField()

    class Meta:
        ordering = ("-regel__op", "-pk")
        constraints = (
            models.UniqueConstraint(fields=("clb", "regel"), name="aankondiging_een_per_clb"),
        )

    def __str__(self) -> str:
        return f"{self.clb}: {self.regel}"


MAX_NAAM = 120  # characters, as for an account
MAX_WOORD = 500


class Uitnodiging(models.Model):
    """An invitation by mail. Only a digest of its token is stored: the table grants no access."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = AddressField("e-mailadres")
    school = models.ForeignKey(School, models.CASCADE, related_name="uitnodigingen")
    rol = models.CharField(
        max_length=20,
        choices=[(rol.value, rol.label) for rol in ROLLEN_IN_SCHOOL],
    )
    naam = NameField(max_length=MAX_NAAM, blank=True, default="")
    woord = ParagraphField("een eigen woord", max_length=MAX_WOORD, blank=True, default="")
    token_digest = models.CharField(max_length=64, unique=True)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    gemaakt_op = models.DateTimeField(default=timezone.now)
    vervalt_op = models.DateTimeField()
    gebruikt_op = models.DateTimeField(null=True, blank=True)
    ingetrokken_op = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "uitnodiging"
        verbose_name_plural = "uitnodigingen"
        ordering = ("-gemaakt_op",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(rol__in=ROLLEN_IN_SCHOOL), name="uitnodiging_rol_in_een_school"
            ),
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")),
                name="uitnodiging_email_in_kleine_letters",
            ),
            models.CheckConstraint(
                condition=models.Q(vervalt_op__gt=models.F("gemaakt_op")),
                name="uitnodiging_vervalt_na_begin",
            ),
            # A constraint cannot check the time, so an expired invitation counts as open too;
            # `invite` withdraws it first.
            models.UniqueConstraint(
                fields=("school", "email"),
                condition=models.Q(gebruikt_op__isnull=True, ingetrokken_op__isnull=True),
                name="uitnodiging_een_per_school_en_adres",
            ),
        )

    def __str__(self) -> str:
        return f"{self.email}: {self.get_rol_display()} ({self.school})"


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
