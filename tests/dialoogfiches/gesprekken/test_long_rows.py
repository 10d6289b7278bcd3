"""From how many letters on a row in the report of a talk may break across pages."""

import re

import pytest
from django.template.loader import render_to_string

from dialoogfiches.gesprekken import pdf
from dialoogfiches.gesprekken.models import Gesprek
from dialoogfiches.gesprekken.pdf import PdfActie
from dialoogfiches.gesprekken.queries.gesprekken import find_gesprek
from dossiers.acties.models import Actie


def breaking(html: str) -> list[bool]:
    """Of each row in the body of a table: whether it may break."""
    body = html.partition("<tbody>")[2]
    return ["lange-rij" in row for row in re.findall(r"<tr[^>]*>", body)]


def rows_of(actie: Actie, *antwoorden: tuple[str, str]) -> list[bool]:
    context = {"acties": [PdfActie(actie, "Stap 1", antwoorden)]}
    return breaking(render_to_string("gesprekken/pdf/gesprek_acties.html", context))


@pytest.mark.parametrize(("letters", "breaks"), [(999, False), (1000, False), (1001, True)])
def test_an_action_of_more_than_1000_letters_breaks(letters, breaks):
    assert rows_of(Actie(wat="a" * letters)) == [breaks]


@pytest.mark.parametrize(("letters", "breaks"), [(1499, False), (1500, False), (1501, True)])
def test_an_answer_of_more_than_1500_letters_breaks(letters, breaks):
    assert rows_of(Actie(wat="a"), ("Hoe?", "a" * letters)) == [False, breaks]


@pytest.mark.django_db
@pytest.mark.parametrize(("letters", "breaks"), [(999, False), (1000, False), (1001, True)])
def test_names_of_more_than_1000_letters_break(letters, breaks, dossier, gesprek):
    Gesprek.objects.update(deelnemers="a" * letters)
    found = find_gesprek(dossier, gesprek.pk)
    assert found is not None
    html = pdf.gesprek_pdf(dossier, found).html
    assert breaking(html.partition("</table>")[0]) == [False, breaks, False, False]
