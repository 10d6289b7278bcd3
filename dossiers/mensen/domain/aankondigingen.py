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
from dossiers.mensen.models import CLB, Aankondiging, Lidmaatschap, Rol, User
from stsdialoog import mail

Handeling = Logregel.Handeling
ZINNEN = {
    Handeling.LID_GEWORDEN: "{door} maakte {wie} {rol} van {waar}.",
    Handeling.LIDMAATSCHAP_BEEINDIGD: "{door} beëindigde de rol van {wie} als {rol} van {waar}.",
    Handeling.NAAM_GEWIJZIGD: "{door} gaf het account van {wie} een andere naam: {naam}.",
    Handeling.EMAIL_GEWIJZIGD: "{door} wijzigde het adres waarmee {wie} inlogt in {adres}.",
    Handeling.ACCOUNT_AANGEZET: "{door} zette het account van {wie} weer aan.",
    Handeling.ACTIEF_GEWIJZIGD: "{door} zette het account van {wie} uit.",
    Handeling.ACCOUNT_WISSEN_GEVRAAGD: (
        "{door} vroeg om het account van {wie} te wissen. Dat gebeurt op {dag}; wie het account "
        "weer aanzet, houdt het."
    ),
    Handeling.SCHOOL_VERHUISD: "{door} bracht {school} van het ene CLB naar het andere: {clbs}.",
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


def person(user: User) -> str:
    """A name with the address behind it: a name alone can be made that of somebody else."""
    return f"{user.naam} ({user.email})"


def announce(*, regel: Logregel, betrokken: Betrokken, **words: str) -> None:
    """Keep what a line of the log says for the CLB's concerned, and mail it once it is certain.

    The sentence stays as it was said, whatever names and addresses become later.

    words: those of its sentence in ZINNEN besides `door`, as they were before the change.
    """
    door = person(regel.door) if regel.door else "STS-Dialoog"
    zin = ZINNEN[Handeling(regel.handeling)].format(door=door, **words)
    Aankondiging.objects.bulk_create(
        Aankondiging(clb=clb, regel=regel, zin=zin) for clb in betrokken.clbs
    )
    for adres in betrokken.adressen:
        transaction.on_commit(partial(_send, adres, zin))


def role_words(lidmaatschap: Lidmaatschap) -> dict[str, str]:
    """The words for an announcement about a membership."""
    return {
        "wie": person(lidmaatschap.user),
        "rol": lidmaatschap.get_rol_display(),
        "waar": str(lidmaatschap.school or lidmaatschap.clb),
    }


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
