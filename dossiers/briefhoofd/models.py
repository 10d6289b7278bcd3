"""What a CLB and a school put above what they print: a name, a line, and a logo."""

from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual

from dossiers.mensen.models import CLB, School
from stsdialoog.fields import LineField
from stsdialoog.seen import mark_of

MAX_NAAM = 80
MAX_CONTACT = 120
# In pixels: at the size it is printed, sharper than an eye sees.
LOGO_WIDTH, LOGO_HEIGHT = 600, 300
# In bytes: what an image of that size in 256 colours takes at most, however busy it is.
LOGO_BYTES = 200_000


class Briefhoofd(models.Model):
    """The letterhead of a CLB or of a school.

    The logo is in the database itself, so that a backup has it, deleting it deletes it, and there
    is no folder of files that the web server could pass on. It is a PNG that domain/logo.py drew.
    """

    clb = models.OneToOneField(CLB, models.CASCADE, null=True, related_name="briefhoofd")
    school = models.OneToOneField(School, models.CASCADE, null=True, related_name="briefhoofd")
    naam = LineField(max_length=MAX_NAAM, blank=True, default="")
    contact = LineField(max_length=MAX_CONTACT, blank=True, default="")
    logo = models.BinaryField(max_length=LOGO_BYTES, null=True)

    class Meta:
        verbose_name = "briefhoofd"
        verbose_name_plural = "briefhoofden"
        constraints = (
            models.CheckConstraint(
                condition=models.Q(clb__isnull=False, school__isnull=True)
                | models.Q(clb__isnull=True, school__isnull=False),
                name="briefhoofd_van_clb_of_school",
            ),
            models.CheckConstraint(
                condition=models.Q(logo__isnull=True)
                | models.Q(LessThanOrEqual(Length("logo"), LOGO_BYTES)),
                name="briefhoofd_klein_logo",
            ),
        )

    def __str__(self) -> str:
        return f"Briefhoofd van {self.clb or self.school}"

    @property
    def shown(self) -> tuple[object, ...]:
        """All that its form shows, and replaces. PostgreSQL gives a memoryview, SQLite bytes."""
        return self.naam, self.contact, None if self.logo is None else bytes(self.logo)

    @property
    def mark(self) -> str:
        return mark_of(*self.shown)
