"""Gives a template the place of one of many texts where an action can be made."""

from typing import Any, Protocol

from django import template

from dossiers.acties.forms import ActionPlace

register = template.Library()


class GivesPlaces(Protocol):
    def place_of(self, text: Any, /) -> ActionPlace:
        """The place of a text on this page."""


@register.simple_tag
def plaats_bij(page: GivesPlaces, text: Any) -> ActionPlace:
    return page.place_of(text)
