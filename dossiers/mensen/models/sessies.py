"""Sessions: who is logged in where, since when, and until when without a sign of life."""

import uuid
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils import timezone

from dossiers.mensen.models.accounts import User

# "Samsung Internet op een Android-toestel" has 40 characters.
MAX_TOESTEL = 60


class Sessie(AbstractBaseSession):
    """A session of Django, with whose it is and what its end follows from.

    `expire_date` is that end: it moves on with each sign of life (`domain/activiteit.py`), and what
    is past it opens nothing. A session in which nobody logged in has no `gebruiker`.
    """

    # What it is called in an address: its key would let in whoever reads along.
    kenmerk = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    gebruiker = models.ForeignKey(
        User, models.CASCADE, null=True, related_name="sessies", verbose_name="gebruiker"
    )
    # In words of our own, such as "Chrome op Windows": no address, and not what the browser sent.
    toestel = models.CharField(max_length=MAX_TOESTEL, blank=True)
    sinds = models.DateTimeField("ingelogd sinds", default=timezone.now)
    laatst = models.DateTimeField("laatst gebruikt", default=timezone.now)
    eigen_toestel = models.BooleanField(default=False)
    # Of whoever works for a CLB or has rights in the admin; so is one of which nobody looked yet.
    streng = models.BooleanField(default=True)
    in_gesprek = models.BooleanField(default=False)

    # Whether nothing changed since it was loaded but what it carries. When it ends may have been
    # moved meanwhile by another request, and is not moved back.
    only_data = False

    class Meta(AbstractBaseSession.Meta):
        verbose_name = "sessie"
        verbose_name_plural = "sessies"
        constraints = (
            models.CheckConstraint(
                condition=models.Q(laatst__gte=models.F("sinds")), name="sessie_laatst_na_sinds"
            ),
        )

    def __str__(self) -> str:
        return self.toestel

    def save(self, **kwargs: Any) -> None:
        if self.only_data and kwargs.get("force_update"):
            kwargs["update_fields"] = ("session_data",)
        super().save(**kwargs)

    @classmethod
    def get_session_store_class(cls) -> type[SessionBase]:
        return import_module(settings.SESSION_ENGINE).SessionStore
