"""That there are new remarks, for the mail with reminders: how many, never what they say."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from dossiers.mensen.models import Lidmaatschap, Rol
from dossiers.nieuws import Nieuwtje, Regel, name_of
from preventieplan.opmerkingen.models import Opmerking
from stsdialoog.mail import absolute_url
from stsdialoog.small_steps import midnight

EEN = "Eén nieuwe opmerking, naast een vraag of actie."
MEER = "{aantal} nieuwe opmerkingen, naast vragen of acties."
# What is older is no news any more, also for who comes to work there.
RECENT = timedelta(days=14)


def new(until: Mapping[UUID, date], today: date) -> Iterator[Nieuwtje]:
    """The remarks of colleagues, for who of these people writes there. Two queries."""
    of_school: dict[UUID, set[UUID]] = defaultdict(set)
    of_clb: dict[UUID, set[UUID]] = defaultdict(set)
    for school, clb, user in _roles().filter(user__in=until).values_list("school", "clb", "user"):
        (of_school[school] if school else of_clb[clb]).add(user)
    rows = _recent(today).filter(
        Q(dossier__school__in=list(of_school)) | Q(dossier__school__clb__in=list(of_clb))
    )
    known = rows.values_list("pk", "door", "dossier__school", "dossier__school__clb")
    for pk, door, school, clb in known.iterator():
        for user in (of_school[school] | of_clb[clb]) - {door}:
            yield Nieuwtje(user, pk.hex)


def lines(gebruiker: UUID, sleutels: Collection[str], today: date) -> list[Regel]:
    """A line for each dossier in which she still writes, the oldest first. Two queries."""
    roles = list(_roles().filter(user=gebruiker).values_list("school", "clb"))
    schools = [school for school, _ in roles if school]
    clbs = [clb for _, clb in roles if clb]
    found = (
        _recent(today)
        .filter(Q(dossier__school__in=schools) | Q(dossier__school__clb__in=clbs))
        .filter(pk__among=[UUID(sleutel) for sleutel in sleutels])
        .select_related("dossier__school")
    )
    per_dossier = defaultdict(list)
    for row in found.defer("tekst").order_by("op", "pk"):
        per_dossier[row.dossier].append(row)
    return [
        Regel(
            zin=EEN if len(rows) == 1 else MEER.format(aantal=len(rows)),
            link=absolute_url("opmerkingen", pk=dossier.pk),
            school=name_of(dossier.school),
            aantal=len(rows),
        )
        for dossier, rows in per_dossier.items()
    ]


def _roles() -> QuerySet[Lidmaatschap]:
    """The roles of who writes in a dossier, so reads remarks."""
    return Lidmaatschap.objects.active().exclude(rol=Rol.LEZER)


def _recent(today: date) -> QuerySet[Opmerking]:
    """What was written lately and is still there to be dealt with; nothing to practise with."""
    return Opmerking.objects.filter(
        Q(antwoord_op=None) | Q(antwoord_op__afgehandeld_op=None),
        Q(actie=None) | Q(actie__geschrapt_op=None),
        Q(antwoord_op__actie=None) | Q(antwoord_op__actie__geschrapt_op=None),
        ~Q(tekst=""),
        op__gte=midnight(today - RECENT),
        afgehandeld_op=None,
        dossier__afgesloten_op=None,
        dossier__school__oefen=False,
    )
