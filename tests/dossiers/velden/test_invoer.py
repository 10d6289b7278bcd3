"""All input is stored as typed or refused with a message, never silently changed."""

from uuid import uuid4

import pytest
from django.forms import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from dialoogfiches.gesprekken.forms import GesprekForm, NotitieForm, StapForm, UitwerkingForm
from dialoogfiches.models import Item, Onderdeel
from dossiers.acties.forms import ActieForm
from dossiers.velden.formfields import DayField, LongTextField
from dossiers.velden.forms import whole_number
from dossiers.velden.models import MAX_TEKST
from dossiers.velden.registry import NAAM
from preventieplan.forms import AntwoordForm, InschalingForm, ScoreField
from preventieplan.models import Checklistvraag, Doelstelling

FORMS = (
    *(ActieForm, AntwoordForm, InschalingForm),
    *(GesprekForm, NotitieForm, StapForm, UitwerkingForm),
)

SCORES = {"": None} | {str(score): score for score in range(11)}


@given(st.text())
def test_a_text_is_kept_as_typed_with_one_kind_of_line_break(typed):
    if "\0" in typed:
        with pytest.raises(ValidationError, match="onzichtbaar teken"):
            LongTextField().clean(typed)
        return
    kept = LongTextField().clean(typed)

    for line_break in ("\r\n", *"\r\v\f\x85\u2028\u2029"):
        typed = typed.replace(line_break, "\n")
    assert kept == typed
    assert LongTextField().clean(kept) == kept


@pytest.mark.parametrize("over", [-1, 0, 1])
def test_a_text_is_kept_up_to_twenty_thousand_letters(over):
    typed = "x" * (20_000 + over)
    if over <= 0:
        assert LongTextField().clean(typed) == typed
    else:
        with pytest.raises(ValidationError, match="telt 20001 tekens en er passen er 20000"):
            LongTextField().clean(typed)


def test_a_line_break_of_a_browser_counts_for_one_letter():
    assert len(LongTextField().clean("\r\n" * MAX_TEKST)) == MAX_TEKST


@pytest.mark.parametrize("typed", ["0026-12-14", "1999-12-31", "2100-01-01", "9999-12-31"])
def test_a_year_that_can_only_be_a_slip_is_refused(typed):
    with pytest.raises(ValidationError, match="Kijk het jaar na"):
        DayField().clean(typed)


@given(st.one_of(st.text(max_size=4), st.integers().map(str), st.floats().map(str)))
def test_a_score_is_one_of_the_buttons_or_nothing_at_all(typed):
    if typed in SCORES:
        assert ScoreField().clean(typed) == SCORES[typed]
    else:
        with pytest.raises(ValidationError, match="heel getal van 0 tot 10"):
            ScoreField().clean(typed)


@given(st.text())
def test_a_revision_is_a_whole_number_whatever_came_along(typed):
    assert 0 <= whole_number(typed) < 10**9


@pytest.mark.parametrize(("typed", "number"), [("9" * 8, 10**8 - 1), ("9" * 9, 10**9 - 1)])
def test_a_revision_of_nine_figures_is_one(typed, number):
    """More than anybody saves, and no more than every database counts with."""
    assert whole_number(typed) == number
    assert whole_number("9" * 10) == 0


@pytest.mark.parametrize("model", [Item, Onderdeel, Checklistvraag, Doelstelling])
def test_the_name_of_the_longest_code_is_a_name(model):
    code = "x" * model._meta.get_field("code").max_length
    longest_field = max((naam for form in FORMS for naam in form.base_fields), key=len)
    name = f"uitwerking-{uuid4()}-{code}-{longest_field}"

    assert NAAM.fullmatch(name)
    assert not NAAM.fullmatch("x" * 151)
    assert NAAM.fullmatch("x" * 150)
