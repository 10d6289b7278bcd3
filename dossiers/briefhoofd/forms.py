from typing import Any

from crispy_forms.bootstrap import StrictButton
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.core.files.uploadedfile import UploadedFile

from dossiers.briefhoofd.domain.logo import IS_LEEG, TE_GROOT, GeenLogo, draw_logo
from dossiers.briefhoofd.models import MAX_CONTACT, MAX_NAAM, Briefhoofd
from stsdialoog.bodies import FILE_LIMIT
from stsdialoog.fields import LineFormField, SeenField


class BriefhoofdForm(forms.Form):
    naam = LineFormField(
        required=False,
        max_length=MAX_NAAM,
        help_text="Staat je naam al in het logo? Laat dit leeg.",
    )
    contact = LineFormField(
        label="Telefoon, mail of website",
        required=False,
        max_length=MAX_CONTACT,
        help_text="Wat op één lijn past.",
    )
    logo = forms.FileField(
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/png,.png"}),
        help_text="Een PNG van hoogstens 2 MB. We maken het kleiner.",
        error_messages={"empty": IS_LEEG},
    )
    zonder_logo = forms.BooleanField(label="Haal het logo weg", required=False)
    seen = SeenField()

    def __init__(self, *args: Any, known: Briefhoofd | None, naam: str, **kwargs: Any) -> None:
        """Make the form.

        known: what stands there now; None before anybody chose.
        naam: of the CLB or school, proposed as long as nobody chose.
        """
        super().__init__(*args, **kwargs)
        self.initial = (
            {"naam": known.naam, "contact": known.contact} if known else {"naam": naam[:MAX_NAAM]}
        )
        self.initial["seen"] = (known or Briefhoofd()).mark
        has_logo = known is not None and known.logo is not None
        if has_logo:
            self.fields["logo"].label = "Een ander logo"
        else:
            del self.fields["zonder_logo"]
        for name in ("naam", "contact"):
            self.fields[name].widget.attrs["autocomplete"] = "off"
        self.helper = FormHelper()
        self.helper.attrs = {"data-onbewaard": ""}
        button = StrictButton("Bewaar", type="submit", css_class="btn-primary mb-4")
        self.helper.layout = Layout(*self.fields, button)

    def show_again(self, now: Briefhoofd) -> None:
        """Keep what was typed, beside what stands there now and was seen from here on."""
        self.data = {**dict(self.data.items()), "seen": now.mark}
        self.helper.attrs["data-onbewaard"] = "nog"

    def clean_logo(self) -> bytes | None:
        """The logo as it was drawn anew; None when nobody chose one."""
        chosen: UploadedFile | None = self.cleaned_data["logo"]
        if not chosen:
            return None
        # Of a larger one not everything was kept (stsdialoog/bodies.py).
        if (chosen.size or 0) > FILE_LIMIT:
            raise forms.ValidationError(TE_GROOT)
        try:
            return draw_logo(chosen.read())
        except GeenLogo as error:
            raise forms.ValidationError(str(error)) from error
