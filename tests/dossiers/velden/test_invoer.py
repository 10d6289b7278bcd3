"""All input is stored as typed or refused with a message, never silently changed."""

import pytest
from django.forms import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from dossiers.velden.formfields import TekstField
from dossiers.velden.forms import whole_number
from preventieplan.forms import ScoreField

SCORES = {"": None} | {str(score): score for score in range(11)}


@given(st.text())
def test_a_text_is_kept_as_typed_with_one_kind_of_line_break(typed):
    if "\0" in typed:
        with pytest.raises(ValidationError, match="onzichtbaar teken"):
            TekstField().clean(typed)
        return
    kept = TekstField().clean(typed)

    assert kept == typed.replace("\r\n", "\n").replace("\r", "\n")
    assert TekstField().clean(kept) == kept


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
