from django import template

from dossiers.mensen.models import User
from dossiers.velden.domain.drafts import draft_key, masked

register = template.Library()


@register.simple_tag
def draft_key_of(user: User) -> str:
    return masked(draft_key(user))
