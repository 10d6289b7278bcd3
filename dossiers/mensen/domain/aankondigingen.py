"""Telling the ankerfiguren of a CLB what changed about who can get at its dossiers.

Whoever manages people and organisations opens no dossier herself, but can give somebody a role, an
address to log in with, or a school; and so can an ankerfiguur, for a colleague or another CLB. So
none of that happens unseen: the ankerfiguren get a mail, and can read it back on a page of their
own.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
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
    Handeling.SCHOOL_GEWIST: "{door} wiste {school}, met haar dossiers en rollen.",
    Handeling.VERHUIS_GEVRAAGD: (
        "{door} vraagt om {school} van {van} naar {naar} te brengen. Dat gebeurt pas als een "
        "ankerfiguur van {beslist} het bevestigt."
    ),
    Handeling.VERHUIS_GESTOPT: (
        "{door} stopte de vraag om {school} naar {naar} te brengen. Ze blijft bij {van}."
    ),
}


@dataclass(frozen=True)
class Betrokken:
    """The CLB's that something is about, and the addresses of who is told.

    in_beheer: whether it is done in the admin, by the STS-team.
    """

    clbs: tuple[CLB, ...]
    adressen: tuple[str, ...]
    in_beheer: bool = True


def concerned(clbs: Iterable[CLB], *, in_beheer: bool = True) -> Betrokken:
    """The ankerfiguren of these CLB's as they are now.

    Ask this before the change, so that whoever is put aside by it hears of it too.
    """
    found = tuple(clbs)
    ankerfiguren = Lidmaatschap.objects.active().filter(
        clb__in=found, rol=Rol.ANKERFIGUUR, user__is_active=True
    )
    adressen = ankerfiguren.order_by("user__email").values_list("user__email", flat=True)
    return Betrokken(found, tuple(adressen.distinct()), in_beheer)


def clbs_open_to(user: User) -> list[CLB]:
    """The CLB's of which a user can get at one dossier or more."""
    active = Lidmaatschap.objects.active().filter(user=user)
    return list(
        CLB.objects.filter(
            Q(pk__in=active.values("clb")) | Q(pk__in=active.values("school__clb"))
        ).order_by("naam")
    )


def person(user: User) -> str:
    """A name with the address behind it: a name alone can be made that of somebody else."""
    return f"{user.naam} ({user.email})"


def announce(
    *,
    regel: Logregel,
    betrokken: Betrokken,
    link: str = "",
    **words: str,
) -> None:
    """Keep what a line of the log says for the CLB's concerned, and mail it once it is certain.

    The sentence stays as it was said, whatever names and addresses become later.

    link: where to go on, absolute; empty for the page on which all of it can be read back.
    words: those of its sentence in ZINNEN besides `door`, as they were before the change.
    """
    door = person(regel.door) if regel.door else "STS-Dialoog"
    zin = ZINNEN[Handeling(regel.handeling)].format(door=door, **words)
    Aankondiging.objects.bulk_create(
        Aankondiging(clb=clb, regel=regel, zin=zin) for clb in betrokken.clbs
    )
    context = {
        "zin": zin,
        "in_beheer": betrokken.in_beheer,
        "link": link or mail.absolute_url("toegang"),
        "verder": bool(link),
        "contact": settings.SECURITY_CONTACT,
    }
    for adres in betrokken.adressen:
        mail.send_when_committed(adres, "mensen/mail/aankondiging", context)


def role_words(lidmaatschap: Lidmaatschap) -> dict[str, str]:
    """The words for an announcement about a membership."""
    return {
        "wie": person(lidmaatschap.user),
        "rol": lidmaatschap.get_rol_display(),
        "waar": str(lidmaatschap.school or lidmaatschap.clb),
    }
