"""The score of a goal, when a team looks back on an action of it."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from dossiers.acties.domain.checks import RoundedOff, Vervolgstap, finish_check
from dossiers.acties.models import Checkmoment
from dossiers.mensen.models import User
from preventieplan.models import Checkscore, Inschaling, Inschalingrevisie
from stsdialoog.small_steps import midnight


@transaction.atomic
def round_off(
    *,
    check: Checkmoment,
    door: User,
    today: date,
    inschaling: Inschaling | None = None,
    pagina: UUID | None = None,
    vervolg: Vervolgstap | None = None,
) -> RoundedOff:
    """Round a check off, and note how the score of the goal moved with it; see `finish_check`.

    inschaling: that of the goal that the action belongs to, if it belongs to one.
    pagina: the open page that this was done in.
    """
    done = finish_check(check=check, door=door, today=today, vervolg=vervolg)
    if done.is_new and inschaling is not None and inschaling.pk:
        _note_score(done.check, inschaling, pagina)
    return done


def score_before(
    check: Checkmoment, inschaling: Inschaling, pagina: UUID | None = None
) -> int | None:
    """The score that a goal had before the team gave one at this check.

    pagina: as for `round_off`. At most three queries.
    """
    if inschaling._state.adding:
        return None
    given = _given(check, inschaling, "score", pagina)
    if given is None:
        return inschaling.score
    before = _texts(inschaling, "score").filter(revisie=given.revisie - 1).first()
    return int(before.waarde) if before and before.waarde else None


def _note_score(check: Checkmoment, inschaling: Inschaling, pagina: UUID | None) -> None:
    # Of a check that was opened again, what it was before it stays what it was.
    noted = Checkscore.objects.filter(moment=check).first()
    van = noted.van if noted else score_before(check, inschaling, pagina)
    if inschaling.score is None or inschaling.score == van:
        return
    given = _given(check, inschaling, "want", pagina)
    want = inschaling.want if given else noted.want if noted else ""
    Checkscore.objects.update_or_create(
        moment=check, defaults={"van": van, "naar": inschaling.score, "want": want}
    )


def _given(
    check: Checkmoment, inschaling: Inschaling, veld: str, pagina: UUID | None
) -> Inschalingrevisie | None:
    """The first text of a field of the score that was saved at this check.

    That is in a page in which somebody typed in the check too, or on the same day after somebody
    began with it.
    """
    typed = list(check.history().values_list("op", "pagina")) if check.pk else []
    pages = {page for _, page in typed if page} | ({pagina} if pagina else set())
    at_check = Q(pagina__in=pages)
    if typed:
        begun = max(min(op for op, _ in typed), midnight(timezone.localdate()))
        at_check |= Q(op__gte=begun)
    return _texts(inschaling, veld).filter(at_check).order_by("revisie").first()


def _texts(inschaling: Inschaling, veld: str) -> QuerySet[Inschalingrevisie]:
    return Inschalingrevisie.objects.filter(record=inschaling, veld=veld)
