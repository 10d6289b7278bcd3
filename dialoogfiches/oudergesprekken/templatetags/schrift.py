"""Texts of parents in their own script, on paper."""

from django import template

from stsdialoog.typeface import reads_from_right

register = template.Library()


@register.filter
def van_rechts(line: str) -> bool:
    """Whether a line is read from right to left."""
    return reads_from_right(line)
