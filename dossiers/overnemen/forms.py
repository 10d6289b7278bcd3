"""The form that adopts a newer version of a material."""

from django import forms


class OvernemenForm(forms.Form):
    """The version that the user was looking at when choosing to adopt it."""

    versie = forms.CharField(max_length=20)
