"""Who reads the manual."""

from django.contrib.auth.models import AnonymousUser

from dossiers.mensen.access import places_of, plgs_of
from dossiers.mensen.models import User
from start.hulp.domain.chapters import PLG, STS_TEAM


def readers_of(user: User | AnonymousUser) -> frozenset[str]:
    """The `READERS` that a user is; a stranger is none. Two queries, for a stranger none."""
    if not isinstance(user, User):
        return frozenset()
    places = places_of(user)
    roles = {*places.in_schools.values(), *places.in_clbs.values()}
    if plgs_of(user):
        roles |= {PLG}
    return frozenset(roles | {STS_TEAM} if user.is_staff else roles)
