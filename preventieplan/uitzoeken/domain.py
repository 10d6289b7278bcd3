"""A question that got *weten we niet* is given to somebody, ticked off, or taken back.

A team says "Bart zoekt uit". Whoever has an account and is meant by that name finds it among her
tasks; anybody else stands there in words.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone

from dossiers.domain import hold_open
from dossiers.logboek.domain import log
from dossiers.logboek.models import Logregel
from dossiers.mensen.models import User
from dossiers.mensen.queries import writers_of
from dossiers.models import Dossier
from preventieplan.models import Antwoord, Antwoordstand
from preventieplan.uitzoeken.models import Uitzoekvraag
from stsdialoog.seen import check_seen, mark_of
from stsdialoog.text import search_key


class IntussenGeweten(Exception):
    """The team answered the question meanwhile, so nobody has to find it out."""


def asked_in(dossier: Dossier, code: str) -> Antwoord | None:
    """The answer to the question with this code that a team does not know yet, with who finds it
    out; None when it is not such a question. One query.
    """
    unknown = Antwoord.objects.filter(
        dossier=dossier, vraag__code=code, stand=Antwoordstand.WETEN_WE_NIET
    )
    known = unknown.select_related(
        "vraag__doelstelling", "uitzoekvraag__gebruiker", "uitzoekvraag__gegeven_door"
    )
    # Of a code that came back in a newer version, what was answered last.
    return known.order_by("-vraag__doelstelling__versie_id").first()


def seen_mark(found: Uitzoekvraag | None) -> str:
    """The mark of what a page shows of who finds it out."""
    return mark_of(*_shown(found))


@transaction.atomic
def give(
    *, dossier: Dossier, antwoord: Antwoord, wie: str, tegen: date | None, seen: str, door: User
) -> Uitzoekvraag:
    """Give a question to somebody, or to somebody else, or by another day.

    wie: a name. It means somebody of the team or its CLB when it is her whole name or her first
        one, and nobody else's there; otherwise it is kept as it is. Must not be empty.
    tegen: by when; None when nobody said so.
    seen: the mark of what the page showed (`seen_mark`).
    Raises DossierAfgesloten when the dossier was closed in the meantime, IntussenGeweten when the
    question was answered, IntussenGewijzigd when somebody else gave it meanwhile.
    """
    hold_open(dossier.pk)
    found = _held(antwoord)
    check_seen(seen, *_shown(found))
    gebruiker = meant_by(wie, writers_of(dossier.school))
    given, _ = Uitzoekvraag.objects.update_or_create(
        antwoord=antwoord,
        defaults={
            "gebruiker": gebruiker,
            "wie": "" if gebruiker else wie,
            "tegen": tegen,
            "gegeven_door": door,
            "gegeven_op": timezone.now(),
            "klaar_door": None,
            "klaar_op": None,
        },
    )
    log(door=door, handeling=Logregel.Handeling.UITZOEKEN_GEGEVEN, record=antwoord)
    return given


@transaction.atomic
def tick_off(*, dossier: Dossier, antwoord: Antwoord, seen: str, door: User) -> None:
    """Say that somebody found it out; the answer itself is the team's to change.

    seen: as for `give`; raises what that raises. Once more changes nothing.
    """
    hold_open(dossier.pk)
    found = _held(antwoord)
    check_seen(seen, *_shown(found))
    if found and not found.is_klaar:
        found.klaar_op, found.klaar_door = timezone.now(), door
        found.save(update_fields=["klaar_op", "klaar_door"])


@transaction.atomic
def take_back(*, dossier: Dossier, antwoord: Antwoord, seen: str, door: User) -> None:
    """Let nobody find it out; the question stays *uit te zoeken*.

    seen: as for `give`; raises what that raises.
    """
    hold_open(dossier.pk)
    found = _held(antwoord)
    check_seen(seen, *_shown(found))
    if found:
        found.delete()
        log(door=door, handeling=Logregel.Handeling.UITZOEKEN_GEGEVEN, record=antwoord)


def meant_by(wie: str, team: Iterable[User]) -> User | None:
    """Who of a team is meant by a name: hers in whole, or her first one, and of nobody else."""
    asked, people = search_key(wie), list(team)
    for key_of in (_whole, _first):
        keys = Counter(map(key_of, people))
        if keys[asked] == 1:
            return next(one for one in people if key_of(one) == asked)
    return None


def _whole(user: User) -> str:
    return search_key(str(user))


def _first(user: User) -> str:
    return search_key(str(user)).partition(" ")[0]


def _held(antwoord: Antwoord) -> Uitzoekvraag | None:
    """Who finds it out now. Asked with the dossier held, which each change of it does first."""
    unknown = Antwoord.objects.filter(pk=antwoord.pk, stand=Antwoordstand.WETEN_WE_NIET)
    if not unknown.exists():
        raise IntussenGeweten
    return Uitzoekvraag.objects.filter(antwoord=antwoord).first()


def _shown(found: Uitzoekvraag | None) -> tuple[object, ...]:
    if found is None:
        return ()
    return (str(found.gebruiker_id), found.wie, found.tegen, found.is_klaar)
