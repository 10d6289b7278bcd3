"""Access checks for parents' talks: narrower than those for the dossier.

Access is for users who currently work for the CLB of the school, and only to talks that are their
own or were shared with them. For everybody else, including the school, a talk does not exist: 404,
never 403. When a school goes to another CLB, its talks stay with the CLB that held them: to read,
print, share and erase, and not to write in.
"""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from dialoogfiches.oudergesprekken.models import Deling, Oudergesprek, Vrijgave
from dossiers.access import dossier_or_404, get_dossier_or_404, say_if_emptied
from dossiers.mensen.access import (
    TE_KLEINE_ROL,
    Recht,
    clb_staff_of,
    in_clb_of,
    is_clb_staff,
    may_practise,
    works_for,
)
from dossiers.mensen.domain.gebeurtenissen import log_refusal
from dossiers.mensen.models import CLB_ROLLEN, Lidmaatschap, School, User
from dossiers.models import Dossier, DossierAfgesloten
from stsdialoog.errors import Refusal


class GesprekkenDicht(Refusal):
    """The account opens no talks now: nobody it knew vouched for it since its address changed."""

    kop = "Je gesprekken met ouders zijn nog dicht"
    verder = ("mfa_index", "Naar mijn toegang")

    def __init__(self) -> None:
        super().__init__(
            "Iemand anders wijzigde het adres van je account. Daarom gaan ze pas weer open als je "
            "inlogt met een tweede stap van ervoor, of als twee collega's bevestigen dat jij het "
            "bent."
        )


SCHOOL_IS_VERHUISD = (
    "Deze school is nu bij een ander CLB. Het gesprek blijft bij jullie: je kan het nog lezen, "
    "afdrukken en wissen, maar er niets meer in schrijven of uit vrijgeven."
)
ALLEEN_DE_AUTEUR = "Alleen wie dit gesprek begon, kan het delen, vrijgeven of wissen."


def get_clb_dossier_or_404(*, user: User, pk: UUID, recht: Recht) -> Dossier:
    """Load a dossier, with `dossier.recht`, for a user who may have parents' talks in it.

    Raises Http404 for anybody else, GesprekkenDicht as `get_oudergesprek_or_404` does,
    DossierAfgesloten if `recht` is to write and the dossier has
    been closed, and OefendossierGeleegd as `get_dossier_or_404` does.
    """
    try:
        return _clb_dossier_or_404(Dossier.objects.filter(pk=pk), user=user, recht=recht)
    except Http404:
        say_if_emptied(user=user, pk=pk)
        _log_refusal(Dossier.objects.filter(pk=pk), user)
        raise


def oudergesprekken_for(*, user: User, dossier: Dossier) -> QuerySet[Oudergesprek]:
    """The talks of a dossier that are the user's own, or were shared with them.

    dossier: from `get_clb_dossier_or_404`.
    """
    return Oudergesprek.objects.with_school().filter(dossier=dossier).filter(_own_or_shared(user))


def stayed_talks_for(user: User) -> QuerySet[Oudergesprek]:
    """The user's own or shared talks of schools that are with another CLB by now.

    Only while she works for the CLB that holds them.
    """
    held = Oudergesprek.objects.stayed().filter(
        _own_or_shared(user), works_for(user, clb=OuterRef("clb"))
    )
    return held.filter(not_in_team(user, school=OuterRef("dossier__school")))


def staff_of(gesprek: Oudergesprek) -> QuerySet[User]:
    """The active users who work for the CLB of a talk and have no role in its school itself.

    gesprek: with its dossier and school.
    """
    school = gesprek.dossier.school
    if not gesprek.has_stayed:
        return clb_staff_of(school)
    user = OuterRef("pk")
    assert gesprek.clb_id is not None  # noqa: S101 (it has stayed with one)
    return User.objects.filter(
        works_for(user, clb=gesprek.clb_id), not_in_team(user, school=school)
    )


def own_talks(user: User) -> QuerySet[Any]:
    """The talks that a user began and can open today, without their texts: with their dossier and
    school, and `aantal_delingen`, how many colleagues each is shared with.

    Also those of schools that are with another CLB by now. None for an account that opens no talks
    now.
    """
    if user.gesprekken_dicht_sinds:
        return Oudergesprek.objects.none()
    school, clb = OuterRef("dossier__school"), OuterRef("dossier__school__clb")
    works_there = in_clb_of(user, school=school, clb=clb)
    practises = Q(may_practise(user, clb=clb), dossier__school__oefen=True)
    here = Oudergesprek.objects.with_school().filter(works_there | practises)
    can_open = Q(pk__in=here.values("pk")) | Q(pk__in=stayed_talks_for(user).values("pk"))
    talks = Oudergesprek.objects.filter(can_open, auteur=user)
    return (
        talks.annotate(aantal_delingen=Count("delingen"))
        .select_related("dossier__school")
        .only("gemaakt_op", "wissen_op", "dossier__schooljaar", "dossier__school__naam")
        .order_by("gemaakt_op", "pk")
    )


def only_hers(user: User) -> QuerySet[Any]:
    """Those of `own_talks` that no colleague can open too."""
    others = Deling.objects.in_force().filter(oudergesprek=OuterRef("pk"), met__is_active=True)
    return own_talks(user).exclude(Exists(others))


def get_oudergesprek_or_404(
    *,
    user: User,
    pk: UUID,
    recht: Recht = Recht.LEZEN,
    as_author: bool = False,
    without_texts: bool = False,
) -> Oudergesprek:
    """Load a talk with `beslist` and its dossier, whose `recht` is that of the user.

    as_author: for actions of the author only; a colleague with whom it was shared gets a 403. Once
        the author no longer works for this CLB, everybody it is shared with counts as author.
    without_texts: without its texts and its version, for what must work without the encryption
        key.
    Raises Http404 if the user has no access, PermissionDenied if `as_author` is asked and the user
    does not count as author or asks to write in a talk of which the school is with another CLB,
    DossierAfgesloten if `recht` is to write and the dossier has been closed, GesprekkenDicht if
    somebody else changed how the account is reached, and Unreadable if its texts cannot be
    decrypted.
    """
    known = Oudergesprek.objects.filter(_own_or_shared(user), pk=pk)
    # Of most talks, the CLB that their school is with.
    clb = None
    # Nothing of a talk is read before access has been checked.
    try:
        dossier = _clb_dossier_or_404(
            Dossier.objects.filter(pk__in=known.with_school().values("dossier")),
            user=user,
            recht=recht,
        )
    except Http404:
        stayed = stayed_talks_for(user).filter(pk=pk)
        if (held := _dossier_left(stayed, user=user, recht=recht)) is None:
            talk = Oudergesprek.objects.filter(pk=pk)
            _log_refusal(Dossier.objects.filter(pk__in=talk.values("dossier")), user)
            raise
        dossier, clb = held, stayed.values_list("clb", flat=True)[0]
    found = (
        known.only("auteur", "clb")
        if without_texts
        else known.select_related("versie__materiaal", "auteur")
    )
    holder = Oudergesprek(clb_id=clb, dossier=dossier)
    gesprek = get_object_or_404(
        found.annotate(auteur_is_weg=~Exists(staff_of(holder).filter(pk=OuterRef("auteur"))))
    )
    gesprek.dossier = dossier
    gesprek.beslist = gesprek.auteur_id == user.pk or gesprek.auteur_is_weg  # type: ignore[attr-defined]
    if as_author and not gesprek.beslist:
        raise PermissionDenied(ALLEEN_DE_AUTEUR)
    if not without_texts:
        # Nothing may be written beside texts that cannot be read.
        gesprek.require_readable()
    return gesprek


def get_vrijgave_or_404(*, user: User, pk: UUID) -> Vrijgave:
    """Load a released text or action, for any CLB staff member of the school.

    Raises Http404 for a user who may not read it, and PermissionDenied for the school team, which
    may read it but not withdraw it.
    """
    vrijgave = Vrijgave.objects.filter(pk=pk).first()
    if vrijgave is None:
        raise Http404
    vrijgave.dossier = get_dossier_or_404(user=user, pk=vrijgave.dossier_id, recht=Recht.LEZEN)
    if not may_read_vrijgaven(vrijgave.dossier):
        raise Http404
    if not is_clb_staff(user=user, school=vrijgave.dossier.school):
        raise PermissionDenied(TE_KLEINE_ROL)
    return vrijgave


def may_read_vrijgaven(dossier: Dossier) -> bool:
    """Whether the user may read what the CLB released: writers of the dossier, not the board.

    dossier: as loaded by an access check, with the `recht` of the user.
    """
    return dossier.recht >= Recht.SCHRIJVEN


def require_ankerfiguur_of(dossier: Dossier) -> None:
    """Raise PermissionDenied unless the user is an ankerfiguur of the school's CLB.

    Also passes for a closed dossier.
    dossier: from `get_clb_dossier_or_404`.
    """
    if dossier.recht < Recht.BEHEREN:
        raise PermissionDenied(TE_KLEINE_ROL)


def _clb_dossier_or_404(dossiers: QuerySet[Dossier], *, user: User, recht: Recht) -> Dossier:
    clb = OuterRef("school__clb")
    works_there = in_clb_of(user, school=OuterRef("school"), clb=clb)
    works_there |= Q(may_practise(user, clb=clb), school__oefen=True)
    dossier = dossier_or_404(dossiers.filter(works_there), user=user, recht=Recht.LEZEN)
    if user.gesprekken_dicht_sinds:
        raise GesprekkenDicht
    if recht >= Recht.SCHRIJVEN and not dossier.is_open:
        raise DossierAfgesloten
    return dossier


def _dossier_left(stayed: QuerySet[Oudergesprek], *, user: User, recht: Recht) -> Dossier | None:
    """The dossier of a talk that stayed behind, of which the user reads nothing else.

    stayed: that talk, if the user may have it. Raises as `get_oudergesprek_or_404` does.
    """
    found = Dossier.objects.filter(pk__in=stayed.values("dossier"))
    dossier = found.select_related("school__clb", "planversie__materiaal").first()
    if dossier is None:
        return None
    if user.gesprekken_dicht_sinds:
        raise GesprekkenDicht
    if recht >= Recht.SCHRIJVEN:
        raise PermissionDenied(SCHOOL_IS_VERHUISD)
    dossier.recht, dossier.is_elders = Recht.LEZEN, True
    return dossier


def not_in_team(user: User | OuterRef, *, school: School | OuterRef) -> Q:
    """Whether a user has no role in the school itself: who has hears nothing of talks there."""
    roles = Lidmaatschap.objects.active().filter(user=user, school=school)
    return Q(~Exists(roles.exclude(rol__in=CLB_ROLLEN)))


def _log_refusal(dossiers: QuerySet[Dossier], user: User) -> None:
    """Log that a talk, or the talks of a dossier, are not there for this user.

    dossiers: the one that they are in, at most one; none when nobody has such a talk.
    """
    if dossier := dossiers.select_related("school").first():
        log_refusal(user=user, dossier=dossier)


def _own_or_shared(user: User) -> Q:
    shared = Deling.objects.in_force().filter(oudergesprek=OuterRef("pk"), met=user)
    return Q(auteur=user) | Q(Exists(shared))
