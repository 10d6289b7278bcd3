"""What of reminders stays how long (start/bewaring)."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from dossiers.mensen.models import GEWIST, Lidmaatschap
from start.herinneringen.models import Agenda, Bericht, Herinnerwens, Ronde
from stsdialoog.small_steps import midnight

# Longer than a dossier is worked in, so that nobody hears of the same thing a second time.
BEWAARD = timedelta(days=400)
# A calendar elsewhere gets a month to read that there is nothing left in it.
ZONDER_ROL = timedelta(days=30)

ERASED = Q(gebruiker__email__endswith=GEWIST)


def old_berichten(op: date) -> QuerySet[Bericht]:
    """With what they told; those of erased accounts at once."""
    return Bericht.objects.filter(ERASED | Q(dag__lt=op - BEWAARD))


def old_rondes(op: date) -> QuerySet[Ronde]:
    return Ronde.objects.filter(dag__lt=op - BEWAARD)


def left_wensen(_op: date) -> QuerySet[Herinnerwens]:
    return Herinnerwens.objects.filter(ERASED)


def left_agendas(op: date) -> QuerySet[Agenda]:
    """Those of erased accounts, and of who has had no role anywhere for a month."""
    lately = Q(actief_tot__isnull=True) | Q(actief_tot__gte=midnight(op - ZONDER_ROL))
    running = Q(eindigt_op__isnull=True) | Q(eindigt_op__gte=op - ZONDER_ROL)
    roles = Lidmaatschap.objects.filter(lately, running, user=OuterRef("gebruiker"))
    fresh = Q(gemaakt_op__gte=midnight(op - ZONDER_ROL))
    return Agenda.objects.filter(ERASED | (~Q(Exists(roles)) & ~fresh))
