"""What a dossier shared and could share, and whom an action was made after."""

from typing import Any

from django.db.models import Q, QuerySet

from dossiers.acties.models import Actie, Actiestand, Besluit, Checkmoment
from dossiers.models import Dossier
from dossiers.praktijken.models import Praktijk

# What is read with an action, to say whose practice it was made after.
MADE_AFTER = ("navolging__praktijk__dossier__school",)


def praktijken_of(dossier: Dossier) -> QuerySet[Praktijk]:
    return Praktijk.objects.filter(dossier=dossier)


def shareable(dossier: Dossier) -> QuerySet[Actie]:
    """The actions of a dossier that are done or kept, and were not shared yet."""
    done = Q(stand=Actiestand.KLAAR) | Q(besluit=Besluit.BORGEN)
    return Actie.objects.filter(
        done, dossier=dossier, geschrapt_op__isnull=True, praktijk__isnull=True
    ).order_by("-gewijzigd_op", "id")


def told_by(actie: Actie) -> dict[str, Any]:
    """What an action and its last check say already of what worked; nothing else of a dossier is
    ever offered. One query.
    """
    checks = Checkmoment.objects.filter(actie=actie, afgerond_op__isnull=False)
    last = checks.order_by("-nummer").first()
    return {
        "hoort_bij": actie.hoort_bij,
        "wat": actie.wat,
        "veranderde": last.vaststelling if last else "",
    }


def made_after(actie: Actie) -> str:
    """Whose practice an action was made after; "" for none.

    actie: loaded with MADE_AFTER.
    """
    navolging = getattr(actie, "navolging", None)
    return navolging.praktijk.van if navolging else ""
