"""The front door of a parents' talk: narrower than that of its dossier.

Who works for the CLB of the school comes in, today, and only in what is her own or was shared with
her. For everybody else (the school too) it does not exist: 404, never 403.
"""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from dialoogfiches.oudergesprekken.models import Deling, Oudergesprek, Vrijgave
from dossiers.access import get_dossier_or_404
from dossiers.mensen.access import TE_KLEINE_ROL, Recht, is_clb_staff
from dossiers.mensen.models import User
from dossiers.models import Dossier, DossierAfgesloten

ALLEEN_DE_AUTEUR = "Alleen wie dit gesprek begon, kan het delen, vrijgeven of wissen."


def get_clb_dossier_or_404(*, user: User, pk: UUID, recht: Recht) -> Dossier:
    """Load a dossier for who may hold parents' talks in it, with `dossier.recht`.

    Raises Http404 for anybody else, DossierAfgesloten for the right to write once it is closed.
    """
    dossier = get_dossier_or_404(user=user, pk=pk, recht=Recht.LEZEN)
    if not is_clb_staff(user=user, school=dossier.school):
        raise Http404
    if recht >= Recht.SCHRIJVEN and not dossier.is_open:
        raise DossierAfgesloten
    return dossier


def oudergesprekken_for(*, user: User, dossier: Dossier) -> QuerySet[Oudergesprek]:
    """The talks of a dossier that are somebody's own, or were shared with her.

    dossier: from `get_clb_dossier_or_404`.
    """
    return Oudergesprek.objects.filter(dossier=dossier).filter(_own_or_shared(user))


def get_oudergesprek_or_404(
    *,
    user: User,
    pk: UUID,
    recht: Recht = Recht.LEZEN,
    auteur: bool = False,
    blind: bool = False,
) -> Oudergesprek:
    """Load a talk with its dossier, whose `recht` is the person's own, and with `beslist`.

    auteur: for what only the author does; a colleague with whom it was shared gets a 403. When the
        author no longer works for this CLB, whoever it is shared with counts as author.
    blind: without its texts and its version, for what needs no key.
    Raises Http404 for who does not know it, PermissionDenied for who is not its author, and
    DossierAfgesloten for the right to write once the dossier is closed.
    """
    known = Oudergesprek.objects.filter(_own_or_shared(user), pk=pk)
    # Nothing is decrypted for somebody who has to stay out.
    dossier_pk = known.values_list("dossier", flat=True).first()
    if dossier_pk is None:
        raise Http404
    dossier = get_clb_dossier_or_404(user=user, pk=dossier_pk, recht=recht)
    texts = known.only("auteur") if blind else known.select_related("versie__materiaal", "auteur")
    gesprek = get_object_or_404(texts)
    gesprek.dossier = dossier
    gesprek.beslist = gesprek.auteur_id == user.pk or not is_clb_staff(
        user=gesprek.auteur, school=dossier.school
    )
    if auteur and not gesprek.beslist:
        raise PermissionDenied(ALLEEN_DE_AUTEUR)
    return gesprek


def get_vrijgave_or_404(*, user: User, pk: UUID) -> Vrijgave:
    """Load something that was released, for any of the CLB staff.

    Raises Http404 for who may not read it, PermissionDenied for the school team, which may.
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
    """Whether somebody reads what the CLB released: who works in the dossier, not the board.

    dossier: from the front door, with the person's `recht`.
    """
    return dossier.recht >= Recht.SCHRIJVEN


def require_ankerfiguur_of(dossier: Dossier) -> None:
    """Let nobody pass but an ankerfiguur of the school's CLB; also in a closed dossier.

    dossier: from `get_clb_dossier_or_404`.
    """
    if dossier.recht < Recht.BEHEREN:
        raise PermissionDenied(TE_KLEINE_ROL)


def _own_or_shared(user: User) -> Q:
    shared = Deling.objects.in_force().filter(oudergesprek=OuterRef("pk"), met=user)
    return Q(auteur=user) | Q(Exists(shared))
