"""Every day that somebody types has a year that can be: 26 is the year 26, and 2616 a slip."""

from collections.abc import Iterator

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.test import RequestFactory
from django.urls import get_resolver

from stsdialoog.admin_site import beheer
from stsdialoog.fields import DayFormField


def every_form() -> Iterator[type[forms.BaseForm]]:
    # Who asks for the addresses has read all views, and their forms.
    assert get_resolver().url_patterns
    waiting = [forms.BaseForm]
    while waiting:
        form = waiting.pop()
        waiting += form.__subclasses__()
        if not form.__module__.startswith(("django.", "allauth.", "tests.")):
            yield form


def plain(form: type[forms.BaseForm]) -> list[str]:
    """The fields of a form that take a day of any year."""
    return [
        f"{form.__module__}.{form.__name__}.{name}"
        for name, field in getattr(form, "base_fields", {}).items()
        if isinstance(field, (forms.DateField, forms.DateTimeField))
        and not isinstance(field, DayFormField)
    ]


def test_no_form_takes_a_day_of_any_year():
    checked = [
        name
        for form in set(every_form())
        for name, field in getattr(form, "base_fields", {}).items()
        if isinstance(field, DayFormField)
    ]
    assert {"datum", "eindigt_op", "geteld_tot", "nagekeken", "tot", "van"} <= set(checked)

    assert [name for form in set(every_form()) for name in plain(form)] == []


def test_nor_does_one_that_the_admin_makes(db, huis):
    request = RequestFactory().get("/beheer/")
    huis.ankerfiguur.is_superuser = True
    request.user = huis.ankerfiguur

    made = [admin.get_form(request) for admin in beheer._registry.values()]

    assert any(form.base_fields for form in made)
    assert [name for form in made for name in plain(form)] == []


def test_a_plain_one_is_found():
    class Plain(forms.Form):
        dag = forms.DateField()
        goed = DayFormField()

    assert plain(Plain) == [f"{__name__}.Plain.dag"]


@pytest.mark.parametrize(
    ("typed", "year"), [("0016-11-30", 16), ("1999-12-31", 1999), ("2100-01-01", 2100)]
)
def test_such_a_year_is_told_before_anything_else(typed, year):
    with pytest.raises(ValidationError) as refused:
        DayFormField().clean(typed)
    assert refused.value.messages == [f"Kijk het jaar na: {year} kan niet kloppen."]


@pytest.mark.parametrize("typed", ["2000-01-01", "2026-11-30", "30/11/2026", "2099-12-31"])
def test_every_year_of_this_century_is_taken(typed):
    assert DayFormField().clean(typed).year >= 2000
