"""The answer of an ankerfiguur to who asks for a place, and the account of an invitee."""

from typing import Any

from django import forms

from dossiers.aanmelden.models import Lidmaatschapsvraag
from dossiers.mensen.forms.uitnodigingen import WAT_MAG_EEN_ROL, NewAccountForm
from dossiers.mensen.models import Rol, School
from stsdialoog.layout import OneButtonHelper


class VraagForm(forms.Form):
    """The role for who asks: in her school, or as CLB-medewerker in one of the CLB."""

    rol = forms.ChoiceField(label="Rol", choices=WAT_MAG_EEN_ROL, widget=forms.RadioSelect)
    school = forms.ModelChoiceField(
        queryset=School.objects.none(),
        label="Voor welke school?",
        empty_label="Kies een school",
        error_messages={"required": "Kies een school. Andere geef je daarna met een uitnodiging."},
    )

    def __init__(self, *args: Any, vraag: Lidmaatschapsvraag, **kwargs: Any) -> None:
        super().__init__(*args, **{"use_required_attribute": False, **kwargs})
        self._vraag = vraag
        if vraag.school_id:
            del self.fields["school"]
            self.fields["rol"].initial = Rol.SCHOOLTEAM
        else:
            del self.fields["rol"]
            schools = School.objects.filter(clb=vraag.clb_id, oefen=False)
            self.fields["school"].queryset = schools  # type: ignore[attr-defined]
        self.helper = OneButtonHelper(*self.fields, knop="Geef toegang")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if self._vraag.school_id:
            return data | {"school": self._vraag.school}
        return data | {"rol": Rol.CLB_MEDEWERKER.value}


class AccountWithLoginForm(NewAccountForm):
    """The account of an invitee who logs in elsewhere, so without a password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password"]
        self.helper = OneButtonHelper(*self.fields, knop="Maak mijn account")
