"""The layout of a plain form: its fields below each other, and one submit button."""

from crispy_forms.bootstrap import StrictButton
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout


class OneButtonHelper(FormHelper):
    def __init__(self, *fields: str, knop: str, action: str = "") -> None:
        super().__init__()
        self.form_action = action
        self.layout = Layout(
            *fields, StrictButton(knop, type="submit", css_class="btn-primary mb-4")
        )
