"""When somebody has a day off: there is no school then in any place where she has a role."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from dossiers.kalender.models import VrijeDag
from dossiers.kalender.queries import each_day
from dossiers.kalender.schooldays import Schooldays
from dossiers.mensen.models import Lidmaatschap, User

# The keys of a CLB and of a school; who works for a CLB has none of the second.
Place = tuple[UUID, UUID | None]


def schooldays_for(people: Collection[UUID], *, since: date) -> Mapping[UUID, Schooldays]:
    """When each of these people has school in one of her places, from a day on. Two queries."""
    roles = Lidmaatschap.objects.active().filter(user__in=people)
    places: dict[UUID, set[Place]] = defaultdict(set)
    for user, clb, school, of_school in roles.values_list("user", "clb", "school", "school__clb"):
        places[user].add((clb or of_school, school))
    off = _days_off({place for of_one in places.values() for place in of_one}, since)
    return {
        user: Schooldays(frozenset.intersection(*(off[place] for place in places[user])))
        if places[user]
        else Schooldays()
        for user in people
    }


def was_off(*, first: date, before: date) -> QuerySet[User]:
    """Who may have had a day off from `first` to the day before `before`: a place of hers had."""
    days = VrijeDag.objects.filter(
        Q(school=OuterRef("school")) | Q(clb=OuterRef("school__clb")) | Q(clb=OuterRef("clb")),
        van__lt=before,
        tot__gte=first,
    )
    return User.objects.filter(pk__in=Lidmaatschap.objects.filter(Exists(days)).values("user"))


def _days_off(places: Collection[Place], since: date) -> Mapping[Place, frozenset[date]]:
    """The days off of each place, with those of its CLB."""
    rows = VrijeDag.objects.filter(
        Q(clb__in={clb for clb, _ in places})
        | Q(school__in={school for _, school in places if school}),
        tot__gte=since,
    )
    of_owner: dict[UUID, set[date]] = defaultdict(set)
    for clb, school, van, tot in rows.order_by().values_list("clb", "school", "van", "tot"):
        of_owner[clb or school].update(each_day([(van, tot)]))
    return {
        (clb, school): frozenset(of_owner[clb] | (of_owner[school] if school else set()))
        for clb, school in places
    }
