"""Telling the ankerfiguren of a CLB what changed in the admin about who can get at its dossiers.

Whoever manages people and organisations opens no dossier herself, but can give somebody a role, an
address to log in with, or a school. So none of that happens unseen: the ankerfiguren get a mail,
and can read it back on a page of their own.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from dossiers.logboek.models import Logregel
from dossiers.mensen.models import CLB, Aankondiging, Lidmaatschap, Rol, School, User
from stsdialoog import mail

Handeling = Logregel.Handeling
ZINNEN = {
    Handeling.LID_GEWORDEN: "{door} maakte {wie} {rol} van {waar}.",
    Handeling.LIDMAATSCHAP_BEEINDIGD: "{door} beëindigde de rol van {wie} als {rol} van {waar}.",
    Handeling.EMAIL_GEWIJZIGD: "{door} wijzigde het e-mailadres waarmee {wie} inlogt.",
    Handeling.ACCOUNT_AANGEZET: "{door} zette het account van {wie} weer aan.",
    Handeling.ACTIEF_GEWIJZIGD: "{door} zette het account van {wie} uit.",
    Handeling.SCHOOL_VERHUISD: "{door} bracht {wie} van het ene CLB naar het andere: {clbs}.",
}


@dataclass(frozen=True)
class Betrokken:
    """The CLB's that something is about, and the addresses of who is told."""

    clbs: tuple[CLB, ...]
    adressen: tuple[str, ...]


def concerned(clbs: Iterable[CLB]) -> Betrokken:
    """The ankerfiguren of these CLB's as they are now.

    Ask this before the change, so that whoever is put aside by it hears of it too.
    """
    found = tuple(clbs)
    ankerfiguren = Lidmaatschap.objects.filter(
        clb__in=found, rol=Rol.ANKERFIGUUR, actief_tot__isnull=True, user__is_active=True
    )
    adressen = ankerfiguren.order_by("user__email").values_list("user__email", flat=True)
    return Betrokken(found, tuple(adressen.distinct()))


def clbs_open_to(user: User) -> list[CLB]:
    """The CLB's of which a user can get at one dossier or more."""
    active = Lidmaatschap.objects.filter(user=user, actief_tot__isnull=True)
    return list(
        CLB.objects.filter(
            Q(pk__in=active.values("clb")) | Q(pk__in=active.values("school__clb"))
        ).order_by("naam")
    )


def announce(
    *, regel: Logregel, record: Lidmaatschap | School | User, betrokken: Betrokken
) -> None:
    """Keep a line of the log for the CLB's concerned, and mail it once it is certain.

    record: what the line is about.
    """
    Aankondiging.objects.bulk_create(Aankondiging(clb=clb, regel=regel) for clb in betrokken.clbs)
    zin = sentence(regel=regel, record=record, clbs=betrokken.clbs)
    for adres in betrokken.adressen:
        transaction.on_commit(partial(_send, adres, zin))


def sentence(*, regel: Logregel, record: Lidmaatschap | School | User, clbs: Iterable[CLB]) -> str:
    """What a line of the log says to people."""
    words = {"door": str(regel.door), "wie": str(record), "clbs": " en ".join(map(str, clbs))}
    if isinstance(record, Lidmaatschap):
        waar = str(record.school or record.clb)
        words |= {"wie": str(record.user), "rol": record.get_rol_display(), "waar": waar}
    return ZINNEN[Handeling(regel.handeling)].format(**words)


def _send(adres: str, zin: str) -> None:
    link = mail.absolute_url("toegang")
    try:
        mail.send_mail(
            to=adres,
            template="mensen/mail/aankondiging",
            context={"zin": zin, "link": link, "contact": settings.SECURITY_CONTACT},
        )
    except mail.MailNietVerstuurd:
        # The mail is in the log of the server as not sent; the line is on the page all the same.
        return
