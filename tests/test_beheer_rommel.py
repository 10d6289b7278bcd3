"""Whatever stands behind the question mark of an address in the admin, there is an answer to it."""

import logging
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from dossiers.logboek.domain import log
from dossiers.logboek.models import Logregel
from dossiers.mensen.models import Lidmaatschap, School, User
from start.domain.vertrek_clb import ask_to_leave
from stsdialoog.admin_site import beheer
from tests.client import Browser
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db

RUBBISH = ("x", "", "\0", "-1", "9" * 400, "é\N{PILE OF POO}", "a,b")
# What the admin itself reads, and names that it hands to the database.
KNOWN = (
    *("q", "p", "o", "all", "e", "_facets", "_popup", "_to_field", "_changelist_filters"),
    *("pk", "id__exact", "bestaat_niet", "bestaat_niet__exact", "__", "\0"),
)
LOOKUPS = ("exact", "in", "isnull", "gte", "year", "isempty", "regex")


@pytest.fixture
def bea(db) -> Iterator[Browser]:
    """Bea, a superuser who edits materials too, with a browser that shows a 500 as such."""
    user = User.objects.create_superuser("bea@sts.be", PASSWORD, naam="Bea")
    User.objects.filter(pk=user.pk).update(beheert_materialen=True)
    browser = Browser()
    browser.raise_request_exception = False
    browser.force_login(user)
    # Hundreds of refusals: formatting each of them takes longer than the answer.
    logging.disable(logging.CRITICAL)
    yield browser
    logging.disable(logging.NOTSET)


@pytest.fixture(autouse=True)
def _something_of_everything(huis, laad, tom, plglid):
    laad("mini-bevraging")
    log(door=tom, handeling=Logregel.Handeling.UITGENODIGD, record=tom)
    ask_to_leave(clb=huis.clb, door=huis.ankerfiguur)


def admins():
    pairs = sorted(beheer._registry.items(), key=lambda item: item[0]._meta.label)
    return [pytest.param(*pair, id=pair[0]._meta.model_name) for pair in pairs]


def page_of(model, what: str, *args: object) -> str:
    opts = model._meta
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_{what}", args=args)


def rubbish_for(model, model_admin) -> Iterator[dict[str, str]]:
    """Each known name and field with rubbish; each lookup of a filter with a word and a NUL."""
    fields = [field.name for field in model._meta.fields]
    for name in (*KNOWN, *fields):
        for value in RUBBISH:
            yield {name: value}
    for found in model_admin.list_filter:
        name = found if isinstance(found, str) else found[0]
        for lookup in LOOKUPS:
            for value in ("x", "\0"):
                yield {f"{name}__{lookup}": value}


def wrong_answers(browser: Browser, page: str, queries) -> list[str]:
    pages = [f"{page}?{urlencode(query)}" for query in queries]
    return [one for one in pages if browser.get(one).status_code >= 500]


@pytest.mark.parametrize(("model", "model_admin"), admins())
def test_the_pages_of_the_admin_answer_rubbish(bea, model, model_admin):
    record = model._default_manager.order_by("pk").first()
    assert record is not None, "there is something to look at"
    queries = list(rubbish_for(model, model_admin))

    assert wrong_answers(bea, page_of(model, "changelist"), queries) == []
    few = [{name: value} for name in KNOWN for value in ("x", "", "\0")]
    # It could fill in each field of its form with what stands in its address, all at once.
    fields = [field.name for field in model._meta.fields]
    full = [dict.fromkeys(fields, value) for value in RUBBISH]
    assert wrong_answers(bea, page_of(model, "add"), few + full) == []
    for what in ("change", "history", "delete"):
        assert wrong_answers(bea, page_of(model, what, record.pk), few) == []


@pytest.mark.parametrize(
    ("model", "query"),
    [
        ("mensen_lidmaatschap", "rol__regex=("),
        ("mensen_lidmaatschap", "rol__iregex=(([a-z-]%2B)%2B)%2B[A-Z]"),
        ("mensen_lidmaatschap", "actief_tot__regex=("),
        ("mensen_user", "is_active__range=1"),
        ("mensen_school", "niveau__regex=("),
        ("logboek_logregel", "op__year=0"),
        ("logboek_logregel", "op__iso_year=0"),
        ("logboek_logregel", "op__year__gte=99999999999999999999"),
        ("logboek_logregel", "op__gte=0001-01-01 00:00:00%2B14:00"),
        ("logboek_logregel", "op__lt=9999-12-31 23:59:59-12:00"),
        ("materialen_materiaalversie", "status__regex=("),
        ("materialen_materiaalversie", "materiaal__plg__regex=("),
    ],
)
def test_a_list_is_asked_what_its_filters_ask_and_nothing_else(bea, model, query):
    answer = bea.get(f"{reverse(f'admin:{model}_changelist')}?{query}")

    assert answer.status_code in (200, 302, 400)
    assert answer.status_code != 302 or answer.url.endswith("?e=1")


@pytest.mark.parametrize(
    ("model", "query"),
    [
        ("mensen_lidmaatschap", "actief_tot__isempty=1"),
        ("mensen_lidmaatschap", "rol__exact=lezer"),
        ("mensen_user", "is_active__exact=1"),
        (
            "logboek_logregel",
            "op__gte=2026-11-29 00:00:00%2B01:00&op__lt=2026-11-30 00:00:00%2B01:00",
        ),
    ],
)
def test_the_filters_of_a_list_work(bea, model, query):
    answer = bea.get(f"{reverse(f'admin:{model}_changelist')}?{query}")

    assert answer.status_code == 200


@pytest.mark.parametrize(("model", "model_admin"), admins())
def test_a_record_that_cannot_be_does_not_exist(bea, model, model_admin):
    for what in ("change", "history", "delete"):
        for pk in filter(None, RUBBISH):
            assert bea.get(page_of(model, what, pk)).status_code in (302, 403, 404)


def test_no_address_leads_from_just_any_record_to_a_page(bea, huis):
    school = ContentType.objects.get_for_model(School).pk
    for kind, key in ((school, huis.school.pk), (school, "x"), ("x", "x")):
        assert bea.get(f"/beheer/r/{kind}/{key}/").status_code == 404


def test_looking_somebody_up_answers_rubbish(bea):
    known = {"app_label": "mensen", "model_name": "lidmaatschap", "field_name": "user", "term": "T"}
    page = reverse("admin:autocomplete")
    assert "Tom" in bea.get(page, known).text
    for name in (*known, "page", "id", "\0"):
        assert wrong_answers(bea, page, [known | {name: value} for value in RUBBISH]) == []


@pytest.mark.parametrize(
    ("model", "names"),
    [
        ("lidmaatschap", ("user", "clb")),
        ("school", ("clb", "niveau", "naam", "instellingsnummer")),
        ("clb", ("naam", "instellingsnummer")),
        ("user", ("email", "naam")),
    ],
)
def test_a_form_with_rubbish_is_shown_again(bea, model, names):
    for name in names:
        for value in RUBBISH:
            answer = bea.post(reverse(f"admin:mensen_{model}_add"), {name: value})
            assert answer.status_code == 200, (name, value)
            assert "errorlist" in answer.text


def test_a_form_does_not_begin_with_what_stands_in_its_address(bea, tom):
    page = reverse("admin:mensen_lidmaatschap_add")
    assert str(tom.pk) not in bea.get(page, {"user": tom.pk}).text
    # What was chosen stays chosen when something else is wrong.
    assert str(tom.pk) in bea.post(page, {"user": tom.pk, "clb": "x"}).text


def test_an_action_on_what_is_no_record_changes_nothing(bea, tom):
    lid = Lidmaatschap.objects.get(user=tom)
    page = reverse("admin:mensen_lidmaatschap_changelist")
    for value in RUBBISH:
        for typed in (
            {"action": value, "_selected_action": [lid.pk]},
            {"action": "end", "_selected_action": [lid.pk, value]},
        ):
            answer = bea.post(page, typed, follow=True)
            assert answer.status_code == 200, typed
    assert Lidmaatschap.objects.get(user=tom).actief_tot is None
    bea.post(page, {"action": "end", "_selected_action": [lid.pk]})
    assert Lidmaatschap.objects.get(user=tom).actief_tot is not None
