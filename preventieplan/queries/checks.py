"""The stories of actions, with the scores that moved on the way."""

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from dossiers.acties.models import Actie
from dossiers.acties.queries.stories import Link, Story, stories
from dossiers.models import Dossier
from preventieplan.models import Checkscore


def stories_with_scores(dossier: Dossier, acties: Iterable[Actie]) -> dict[UUID, Story]:
    """The stories of some actions of a dossier, by their primary keys; see `stories`.

    One query more when there is a check in them.
    """
    told = stories(dossier, acties)
    links = (link for story in told.values() for link in story.links)
    checks = {one.check.pk for link in links for one in link.checks}
    if not checks:
        return told
    moved = Checkscore.objects.in_bulk(checks)

    def with_scores(link: Link) -> Link:
        checks = (replace(one, score=moved.get(one.check.pk)) for one in link.checks)
        return replace(link, checks=tuple(checks))

    return {
        pk: replace(story, links=tuple(map(with_scores, story.links))) for pk, story in told.items()
    }
