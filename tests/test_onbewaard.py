"""Whoever typed in a form with a button, and leaves without pressing it, is asked first.

Fields that save themselves lose nothing (tests/browser/niets_verloren). Every other form in which
somebody types or plans something has `data-onbewaard`, on a page with the script that reads it.
"""

import re
from collections.abc import Iterator
from http import HTTPStatus

import pytest
from django.templatetags.static import static
from django.urls import reverse

from tests.paper import lay_out_by
from tests.test_access_matrix import MATRIX, arguments

pytestmark = pytest.mark.django_db

SCRIPT = static("js/onbewaard.js")
TEMPLATE = re.compile(r"<template\b.*?</template>", re.DOTALL)
FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.DOTALL)
POSTED = re.compile(r'\bmethod="post"', re.IGNORECASE)
TYPED = re.compile(
    r'<textarea\b|<input\b(?![^>]*\btype="(?:hidden|radio|checkbox|submit|password)")[^>]*\bname='
)
# Each keeps in its own way what was typed: fields that save themselves, and what is kept nowhere.
BY_ITSELF = ("data-dossier", "data-zonder-bewaren")
# A date that is proposed, an address, a name, a code: to type those again is no loss.
LITTLE = {"bevraging", "spiegel", "account_reset_password", "uitnodiging", "mfa_reauthenticate"}


def loose_forms(page: str) -> Iterator[str]:
    """The attributes of the forms that lose what was typed without a question."""
    for attributes, inside in FORM.findall(TEMPLATE.sub("", page)):
        if not POSTED.search(attributes) or not TYPED.search(inside):
            continue
        if any(name in attributes for name in BY_ITSELF):
            continue
        if "data-onbewaard" not in attributes or SCRIPT not in page:
            yield " ".join(attributes.split())


def test_no_page_loses_what_was_typed_without_a_question(als, huis, monkeypatch):
    lay_out_by(lambda _: b"%PDF-", monkeypatch)
    args = arguments(huis)
    asked: set[str] = set()
    loose: dict[tuple[str, str], str] = {}
    for who in (huis.ankerfiguur, huis.medewerker, huis.team):
        browser = als(who)
        for name in {row.name for row in MATRIX if row.method == "get"} - LITTLE:
            response = browser.get(reverse(name, args=args.get(name)))
            is_page = response.headers.get("Content-Type", "").startswith("text/html")
            if response.status_code != HTTPStatus.OK or not is_page:
                continue
            loose |= {(name, one): who.naam for one in loose_forms(response.text)}
            asked |= {name} if "data-onbewaard" in response.text else set()

    assert not loose
    assert {
        *("cijfers", "voorziening-nieuw", "school-op-papier", "gesprek-voorbereiden"),
        "bevraging-invullen",
    } <= asked
