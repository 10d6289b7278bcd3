"""The layout of a plain form: its fields below each other, and one submit button."""

from crispy_forms.bootstrap import StrictButton
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout


class OneButtonHelper(FormHelper):
    """A form with one button: filled, or outlined where the page has a filled one already.

    warns: whether somebody types in it what would be a loss; its page loads js/onbewaard.js then.
    """

    def __init__(
        self,
        *fields: str,
        knop: str,
        action: str = "",
        outlined: bool = False,
        warns: bool = False,
    ) -> None:
        super().__init__()
        if warns:
            self.attrs = {"data-onbewaard": ""}
        self.form_action = action
        look = "btn-outline-primary" if outlined else "btn-primary"
        self.layout = Layout(*fields, StrictButton(knop, type="submit", css_class=f"{look} mb-4"))
