"""The table of the counters behind the rate limits, shared by all web processes."""

from django.db import models


class Counter(models.Model):
    """What is kept under a name until a moment.

    Counters come and go with every login, so they are no part of a backup.
    """

    # A keyed digest of the name, in which an address of a visitor may stand.
    digest = models.CharField(max_length=64, primary_key=True)
    value = models.JSONField()
    expires = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.digest
