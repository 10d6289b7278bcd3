"""Taking a newer version of a material into use."""

from django import forms


class OvernemenForm(forms.Form):
    """Which version somebody saw when she chose to take it."""

    versie = forms.CharField(max_length=20)
