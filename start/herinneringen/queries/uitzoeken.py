"""The questions that a team gave somebody to find out, as their day comes near or is late.

One without a day is told once: nothing else would bring it up.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from dossiers.mensen.models import Lidmaatschap, Rol
from dossiers.nieuws import Nieuwtje, Regel, name_of
from preventieplan.queries.plan import question_url
from preventieplan.uitzoeken.models import Uitzoekvraag
from start.herinneringen.domain.dagen import furthest, said_of, step_to
from stsdialoog.mail import absolute

GEVRAAGD = "Je team vroeg je om iets uit te zoeken."
LAAT = "Je zou iets uitzoeken tegen {dag}."
STRAKS = "Je zoekt iets uit tegen {dag}."
NO_DAY = "geen"


def new(until: Mapping[UUID, date], today: date) -> Iterator[Nieuwtje]:
    """What these people find out that comes near, is late or has no day. One query.

    Who gave it to herself knows of it until its day.
    """
    last = furthest(max(until.values(), default=today))
    found = _followed().filter(gebruiker__in=until).only("gebruiker", "tegen", "gegeven_op")
    for one in found.exclude(tegen=None, gegeven_door=F("gebruiker")):
        assert one.gebruiker_id is not None  # noqa: S101 (asked for above)
        given = timezone.localdate(one.gegeven_op)
        if one.tegen is None:
            yield Nieuwtje(one.gebruiker_id, _key(one, NO_DAY))
        elif one.tegen <= last:
            step = step_to(one.tegen, today=today, until=until[one.gebruiker_id], planned=given)
            if step:
                yield Nieuwtje(one.gebruiker_id, _key(one, step))


def lines(gebruiker: UUID, sleutels: Collection[str], today: date) -> list[Regel]:
    """A line for each that is still to be found out, the latest first. One query."""
    told = {sleutel.rpartition(":")[0] for sleutel in sleutels}
    keys = [UUID(one.partition(":")[0]) for one in told]
    found = (
        _followed()
        .filter(gebruiker=gebruiker, pk__among=keys)
        .select_related("antwoord__dossier__school", "antwoord__vraag__doelstelling")
    )
    still = [one for one in found if _key(one, "").rpartition(":")[0] in told]
    return [
        Regel(
            zin=_sentence(one.tegen, today),
            link=absolute(question_url(one.antwoord.dossier_id, one.antwoord.vraag)),
            school=name_of(one.antwoord.dossier.school),
            laat=one.tegen is not None and one.tegen < today,
        )
        for one in sorted(still, key=lambda one: (one.tegen or date.max, one.pk))
    ]


def _key(one: Uitzoekvraag, step: str) -> str:
    day = f"{one.tegen:%Y%m%d}" if one.tegen else f"{timezone.localdate(one.gegeven_op):%Y%m%d}"
    return f"{one.pk.hex}:{day}:{step}"


def _sentence(tegen: date | None, today: date) -> str:
    if tegen is None:
        return GEVRAAGD
    return (LAAT if tegen < today else STRAKS).format(dag=said_of(tegen, today=today))


def _followed() -> QuerySet[Uitzoekvraag]:
    """Those that somebody who still writes in that school finds out; none to practise with."""
    school = OuterRef("antwoord__dossier__school")
    roles = (
        Lidmaatschap.objects.active()
        .filter(
            Q(school=school) | Q(clb=OuterRef("antwoord__dossier__school__clb")),
            user=OuterRef("gebruiker"),
        )
        .exclude(rol=Rol.LEZER)
    )
    return Uitzoekvraag.objects.still_open().filter(
        Exists(roles), antwoord__dossier__school__oefen=False, gebruiker__is_active=True
    )
