"""What of a plan comes on paper: the whole or a part, and what nobody touched yet."""

import io
from datetime import date
from typing import Any

import pypdf
import pytest
from django.urls import reverse
from django.utils import timezone

from dossiers.acties.domain.acties import create_actie
from dossiers.acties.models import Actie
from dossiers.materialen.models import Fase
from dossiers.models import Dossier
from dossiers.velden.domain.saving import save_veld
from preventieplan import pdf
from preventieplan.domain.acties import create_planactie
from preventieplan.models import Antwoord, Checklistvraag, Doelstelling, Inschaling
from preventieplan.pdf import Excerpt
from tests.paper import on_paper

pytestmark = [pytest.mark.django_db, pytest.mark.looks]

ONBESPROKEN = "Nog niet besproken"
BIJLAGE = "Bijlage: nog niet besproken"


@pytest.fixture
def fresh(dossier) -> Dossier:
    """The dossier as a view loads it."""
    return Dossier.objects.select_related("school__clb", "planversie__materiaal").get()


def sheets(document) -> list[str]:
    """The text of each page, with whitespace collapsed."""
    pages: Any = pypdf.PdfReader(io.BytesIO(on_paper(document))).pages
    return [" ".join(one.extract_text().split()) for one in pages]


def words(document) -> str:
    return " ".join(sheets(document))


def question(code):
    return Checklistvraag.objects.get(code=code)


def answer(dossier, code, tom, **velden):
    antwoord = Antwoord(dossier=dossier, vraag=question(code))
    for veld, waarde in velden.items():
        save_veld(record=antwoord, veld=veld, waarde=waarde, basis=0, door=tom)


def goal(dossier, code) -> Excerpt:
    doel = Doelstelling.objects.get(versie=dossier.planversie, code=code)
    return Excerpt(Fase(doel.fase), doel)


# --- What nobody touched --------------------------------------------------------------------------


def test_an_empty_plan_is_two_pages_that_name_every_goal(fresh):
    pages = sheets(pdf.preventieplan_pdf(fresh))

    assert len(pages) == 2
    assert ONBESPROKEN in pages[1]
    for doel in Doelstelling.objects.filter(versie=fresh.planversie):
        assert f"{doel.kort} {doel.vragen.asked_of(fresh).count()} vragen {doel.titel}" in pages[1]


def test_who_wants_the_open_questions_gets_them_behind_the_plan(fresh, tom):
    answer(fresh, "f0-1-v02", tom, stand="deels")
    vragen = Checklistvraag.objects.filter(doelstelling__versie=fresh.planversie).asked_of(fresh)

    without, with_them = (
        sheets(pdf.preventieplan_pdf(fresh, bijlage=bijlage)) for bijlage in (False, True)
    )
    annex = next(number for number, page in enumerate(with_them) if BIJLAGE in page)
    behind = " ".join(with_them[annex:])

    van = vragen.filter(doelstelling__code="f0-1").count()
    rest = f"{ONBESPROKEN}: {van - 1} van de {van} vragen"
    assert f"{rest}, zie pagina {annex + 1}" in " ".join(with_them[:annex])
    for vraag in vragen:
        is_answered = vraag.code == "f0-1-v02"
        assert (vraag.tekst in " ".join(with_them[:annex])) == is_answered
        assert (vraag.tekst in behind) != is_answered
        assert (vraag.tekst in " ".join(without)) == is_answered
    assert rest in " ".join(without)
    assert "zie pagina" not in " ".join(without)
    assert BIJLAGE not in " ".join(without)


@pytest.mark.parametrize("what", ["toelichting", "groeikans", "focus", "score", "actie"])
def test_whatever_was_filled_in_makes_that_a_goal_stands_among_the_others(fresh, tom, what):
    doel = Doelstelling.objects.get(versie=fresh.planversie, code="f2-1")
    if what == "actie":
        create_planactie(dossier=fresh, doelstelling=doel, wat="Een overleg", door=tom)
    elif what in ("focus", "score"):
        waarde = 0 if what == "score" else "Minder overleg"
        record = Inschaling(dossier=fresh, doelstelling=doel)
        save_veld(record=record, veld=what, waarde=waarde, basis=0, door=tom)
    else:
        answer(fresh, "f2-1-v01", tom, **{what: "Elke maand"})

    before, after = words(pdf.preventieplan_pdf(fresh)).split(ONBESPROKEN, 1)

    assert f"2 Uitbreiding van zorg {doel.kort} {doel.titel}" in before
    assert doel.inleiding.split()[0] in before
    assert doel.titel not in after


def test_a_plan_in_which_every_question_was_discussed_ends_with_its_last_goal(fresh, tom):
    for vraag in Checklistvraag.objects.filter(doelstelling__versie=fresh.planversie):
        Antwoord.objects.create(dossier=fresh, vraag=vraag, stand="nvt")

    assert ONBESPROKEN.lower() not in words(pdf.preventieplan_pdf(fresh, bijlage=True)).lower()


# --- A phase, a goal ------------------------------------------------------------------------------


@pytest.fixture
def begun(fresh, tom) -> Dossier:
    """Something in two goals of fase 0 and one of fase 1."""
    for code in ("f0-1-v01", "f0-2-v01", "f1-1-v01"):
        answer(fresh, code, tom, toelichting=f"Zo doen we {code}.")
    return fresh


def test_a_phase_has_all_that_was_filled_in_there_and_nothing_of_another(begun):
    page = words(pdf.preventieplan_pdf(begun, Excerpt(Fase.BASISZORG), bijlage=True))

    assert page.startswith("Preventieplan afwezigheden Sint-Jozefschool Schooljaar 2026-2027")
    for code in ("f0-1-v01", "f0-2-v01"):
        assert f"Zo doen we {code}." in page
    assert "Zo doen we f1-1-v01." not in page
    for vraag in Checklistvraag.objects.asked_of(begun).select_related("doelstelling"):
        assert (vraag.tekst in page) == (vraag.doelstelling.fase == 0)


def test_a_goal_stands_alone_on_its_paper(begun):
    page = words(pdf.preventieplan_pdf(begun, goal(begun, "f0-2")))

    assert "0 Brede basiszorg Inschrijvingsbeleid Het inschrijvingsbeleid" in page
    assert "Zo doen we f0-2-v01." in page
    assert "Zo doen we f0-1-v01." not in page
    assert "Verbindend schoolklimaat" not in page


@pytest.mark.parametrize("codes", ["f1-", "f0-2-"])
def test_a_part_to_fill_in_has_the_questions_of_that_part_alone(begun, codes):
    excerpt = Excerpt(Fase.VERHOOGDE_ZORG) if codes == "f1-" else goal(begun, "f0-2")
    page = words(pdf.blank_preventieplan_pdf(begun, excerpt))

    vragen = Checklistvraag.objects.filter(doelstelling__versie=begun.planversie).asked_of(begun)
    assert "Sint-Jozefschool" in page
    assert "Ingevuld op Door" in page
    for vraag in vragen:
        assert (vraag.tekst in page) == vraag.code.startswith(codes)
    assert page.count("☐ doen we") == vragen.filter(code__startswith=codes).count()
    assert "Zo doen we" not in page


@pytest.mark.parametrize("answered", range(1, 10))
def test_the_only_action_of_a_goal_stands_with_its_questions(fresh, tom, answered):
    first, second = (
        Doelstelling.objects.get(versie=fresh.planversie, code=code) for code in ("f0-3", "f0-4")
    )
    for vraag in (*first.vragen.all()[:answered], second.vragen.all()[0]):
        answer(fresh, vraag.code, tom, toelichting="Zo doen we het nu, elke dag. " * 12)
    create_planactie(dossier=fresh, doelstelling=first, wat="De kaart ophangen", door=tom)

    pages = sheets(pdf.preventieplan_pdf(fresh, Excerpt(Fase.BASISZORG)))

    page = next(one for one in pages if "De kaart ophangen" in one)
    # Where there is no room for the goal behind it, that goes on to the next page alone.
    assert first.vragen.all()[answered - 1].tekst in page


# --- The overview ---------------------------------------------------------------------------------


def test_the_overview_has_every_action_under_the_columns_of_the_source(begun, tom):
    doel = Doelstelling.objects.get(versie=begun.planversie, code="f0-2")
    record = Inschaling(dossier=begun, doelstelling=doel)
    save_veld(record=record, veld="score", waarde=6, basis=0, door=tom)
    actie = create_planactie(dossier=begun, doelstelling=doel, wat="De poort om 8 uur", door=tom)
    Actie.objects.filter(pk=actie.pk).update(
        wie="Marie",
        wanneer="eens in mei",
        check_op=date(2027, 6, 2),
        besluit="borgen",
        stand="klaar",
    )
    struck = create_planactie(dossier=begun, doelstelling=doel, wat="Toch niet", door=tom)
    Actie.objects.filter(pk=struck.pk).update(geschrapt_op=timezone.now())
    create_actie(dossier=begun, wat="Uit de bevraging van mei", door=tom)

    page = words(pdf.overzicht_pdf(begun))

    assert "Schaal Wat geplande actie Wie actoren Wanneer timing Check borgen/bijsturen" in page
    assert (
        "0 Brede basiszorg 6/10 Inschrijvingsbeleid "
        "De poort om 8 uur klaar Marie eens in mei 02/06/2027 borgen"
    ) in page
    assert "3 Individueel aangepast curriculum nog geen scores of acties" in page
    assert page.index("Uit gesprekken") < page.index("Uit de bevraging van mei gepland")
    assert "Toch niet" not in page


def test_an_empty_overview_is_one_page_with_a_line_for_each_phase(fresh):
    pages = sheets(pdf.overzicht_pdf(fresh))

    assert len(pages) == 1
    assert pages[0].count("nog geen scores of acties") == 4


def test_the_overview_leads_to_its_paper_for_who_may_only_read(als, huis, dossier):
    url = reverse("overzicht-pdf", args=[dossier.pk])
    reader = als(huis.lezer)

    assert f'href="{url}"' in reader.get(reverse("overzicht", args=[dossier.pk])).content.decode()
    response = reader.get(url)
    name = "overzicht-sint-jozefschool-2026-2027.pdf"
    assert response["Content-Disposition"] == f'inline; filename="{name}"'


def test_the_paper_of_an_oefendossier_says_so(fresh):
    fresh.school.oefen = True

    for document in (
        pdf.overzicht_pdf(fresh),
        pdf.preventieplan_pdf(fresh, Excerpt(Fase.BASISZORG)),
        pdf.blank_preventieplan_pdf(fresh, goal(fresh, "f0-2")),
    ):
        assert all("Oefendossier" in one for one in sheets(document))


# --- Over HTTP ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "filename", "titel"),
    [
        ({"fase": "0"}, "preventieplan-fase-0", "Preventieplan afwezigheden, fase 0, "),
        ({"fase": "3", "blanco": "1"}, "preventieplan-blanco-fase-3", "om in te vullen, fase 3, "),
        ({"doelstelling": "f0-2"}, "preventieplan-f0-2", ", Inschrijvingsbeleid, "),
        # The goal says in which phase it is.
        ({"fase": "3", "doelstelling": "f0-2"}, "preventieplan-f0-2", ", Inschrijvingsbeleid, "),
        ({"fase": "", "doelstelling": ""}, "preventieplan", "Preventieplan afwezigheden Sint"),
    ],
)
def test_a_part_opens_under_its_own_name(als, tom, dossier, asked, filename, titel):
    response = als(tom).get(reverse("preventieplan-pdf", args=[dossier.pk]), asked)

    name = f"{filename}-sint-jozefschool-2026-2027.pdf"
    assert response["Content-Disposition"] == f'inline; filename="{name}"'
    reader: Any = pypdf.PdfReader(io.BytesIO(response.content))
    assert titel in reader.metadata.title


@pytest.mark.parametrize(
    "asked",
    [
        {"fase": "4"},
        {"fase": "-1"},
        {"fase": "²"},
        {"fase": "00"},
        {"fase": "0; drop"},
        {"fase": "9" * 5000},
        {"doelstelling": "f9-9"},
        {"doelstelling": "\x00"},
        {"doelstelling": "x" * 5000, "blanco": "1"},
        {"doelstelling": "f9-9", "fase": "0"},
    ],
)
def test_a_part_that_is_not_there_is_not_found(als, tom, dossier, asked):
    response = als(tom).get(reverse("preventieplan-pdf", args=[dossier.pk]), asked)

    assert response.status_code == 404


@pytest.mark.parametrize(
    ("name", "args", "part"),
    [
        ("preventieplan", [], ""),
        ("preventieplan", [], "fase=2"),
        ("fase-rond", [0], "fase=0"),
        ("doelstelling", ["f0-2"], "doelstelling=f0-2"),
    ],
)
def test_each_page_leads_to_its_part_on_paper(als, huis, dossier, name, args, part):
    url = reverse("preventieplan-pdf", args=[dossier.pk])
    html = als(huis.lezer).get(reverse(name, args=[dossier.pk, *args])).content.decode()

    for more in ("", "bijlage=1", "blanco=1"):
        query = "&amp;".join(filter(None, (part, more)))
        assert f'href="{url}{"?" if query else ""}{query}"' in html


def test_a_goal_without_open_questions_offers_no_annex(als, tom, dossier):
    for vraag in Checklistvraag.objects.filter(doelstelling__code="f0-2"):
        Antwoord.objects.create(dossier=dossier, vraag=vraag, stand="doen-we")

    html = als(tom).get(reverse("doelstelling", args=[dossier.pk, "f0-2"])).content.decode()

    assert "doelstelling=f0-2&amp;blanco=1" in html
    assert "bijlage=1" not in html
