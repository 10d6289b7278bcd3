"""Accounts."""

import secrets
import uuid
from base64 import b64encode

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac

from stsdialoog.fields import AddressField, NameField, SearchKeyField
from stsdialoog.text import address

# The end of the address of an account that was erased: a domain that nobody can ever have.
GEWIST = "@gewist.invalid"


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        """Create an account; without a password its owner can only log in by a code in a mail."""
        user = self.model(email=address(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str, **fields: object) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def known(self) -> models.QuerySet["User"]:
        """The accounts of which one knows whose they are: those that were not erased."""
        return self.exclude(email__endswith=GEWIST)


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
    # The day on which `ruim_op` makes it nobody's; NULL when nobody asked for that.
    wissen_op = models.DateField("wordt gewist op", null=True, blank=True, editable=False)
    # The day on which its owner was told that it goes unless she logs in; NULL before that.
    gewaarschuwd_op = models.DateField(null=True, blank=True, editable=False)
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
            # Nobody begins anything with it; who turns it on again keeps it.
            models.CheckConstraint(
                condition=models.Q(wissen_op__isnull=True) | models.Q(is_active=False),
                name="user_wissen_is_uitgezet",
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
