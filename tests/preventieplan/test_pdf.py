"""The PDFs: their content, their accessibility, and their reproducibility."""

import hashlib
import io
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import page
import pypdf
import pytest
from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localtime

from dossiers.materialen.models import Fase
from dossiers.mensen.models import School
from dossiers.models import Dossier
from dossiers.velden.domain.saving import save_veld
from preventieplan import pdf
from preventieplan.domain.acties import create_planactie
from preventieplan.domain.priorities import choose_priorities
from preventieplan.domain.words import own_words as own_words_of
from preventieplan.models import Antwoord, Checklistvraag, Doelstelling, Inschaling
from preventieplan.queries.plan import whole_plan
from preventieplan.routekaart.pdf import routekaart_pdf
from stsdialoog.documents.document import KeptDocument
from stsdialoog.pdf import is_own_file, write_pdf
from tests.paper import on_paper, on_paper_again

pytestmark = [pytest.mark.django_db, pytest.mark.looks]

TODAY = date(2026, 11, 29)
ROUTEKAART_STYLES = ("routekaart.css",)
KINDS: dict[str, Callable[[Dossier], KeptDocument]] = {
    "routekaart": partial(routekaart_pdf, today=TODAY),
    "routekaart-a3": partial(routekaart_pdf, today=TODAY, is_a3=True),
    "plan": partial(pdf.preventieplan_pdf, bijlage=True),
    "blanco": pdf.blank_preventieplan_pdf,
    "overzicht": pdf.overzicht_pdf,
    "fase": partial(pdf.preventieplan_pdf, excerpt=pdf.Excerpt(Fase.BASISZORG)),
    "fase-blanco": partial(pdf.blank_preventieplan_pdf, excerpt=pdf.Excerpt(Fase.BASISZORG)),
}
LONG = "Elke week bekijken we samen de cijfers. " * 500


def read(data: bytes) -> Any:
    """The parsed PDF, typed as Any because pypdf's own types are too general to be useful."""
    return pypdf.PdfReader(io.BytesIO(data))


def text(data: bytes, page_number: int | None = None) -> str:
    """The text of one page or of all pages, with whitespace collapsed."""
    pages = read(data).pages
    chosen = pages if page_number is None else [pages[page_number - 1]]
    return " ".join(" ".join(sheet.extract_text() for sheet in chosen).split())


def fonts(data: bytes) -> list[dict]:
    return [
        font.get_object()
        for sheet in read(data).pages
        for font in sheet["/Resources"]["/Font"].values()
    ]


def score(dossier, doel, tom, cijfer, focus=""):
    inschaling = Inschaling(dossier=dossier, doelstelling=doel)
    save_veld(record=inschaling, veld="score", waarde=cijfer, basis=0, door=tom)
    if focus:
        save_veld(record=inschaling, veld="focus", waarde=focus, basis=0, door=tom)


def answer(dossier, vraag, tom, **velden):
    antwoord = Antwoord(dossier=dossier, vraag=vraag)
    for veld, waarde in velden.items():
        save_veld(record=antwoord, veld=veld, waarde=waarde, basis=0, door=tom)


def own_words(doel):
    Inschaling.objects.filter(doelstelling=doel).update(
        want="iedereen kent elkaar.", hoger="ook wie later komt."
    )


def plan(dossier, doel, tom, wat, **velden):
    """Create an action; `velden` are column values."""
    actie = create_planactie(dossier=dossier, doelstelling=doel, wat=wat, door=tom)
    for veld, waarde in velden.items():
        setattr(actie, veld, waarde)
    actie.save()
    return actie


@pytest.fixture
def kort(versie) -> None:
    """Reduce a version to one goal per phase: a tenth of the pages, for tests that need no more."""
    versie.doelstellingen.exclude(code__endswith="-1").delete()


@pytest.fixture
def fresh(dossier) -> Dossier:
    """The dossier as a view loads it."""
    return Dossier.objects.select_related("school__clb", "planversie__materiaal").get()


@pytest.fixture
def filled(fresh, doel, vraag, tom) -> Dossier:
    """An ordinary dossier: a score, an answer and two actions."""
    score(fresh, doel, tom, 7, focus="De opvang van zij-instromers.\nMet een vast gezicht.")
    answer(
        fresh,
        vraag,
        tom,
        stand="deels",
        toelichting="In de eerste graad.\nDaarna wat minder.",
        groeikans="Ook de tweede graad.",
    )
    plan(fresh, doel, tom, "Onthaaldag voor nieuwkomers", wie="Łukasz", wanneer="in oktober")
    plan(fresh, doel, tom, "Peterschap", wie="Zoë Çelik", wanneer_op=date(2027, 3, 26))
    return fresh


@pytest.fixture
def full(filled, tom) -> Dossier:
    """Forty more actions, ten in each phase."""
    for fase in range(4):
        doel = Doelstelling.objects.filter(versie=filled.planversie, fase=fase).first()
        for nummer in range(10):
            plan(filled, doel, tom, f"Actie {fase}{nummer}", wie="Marie", wanneer="in mei")
    return filled


# --- The whole plan ------------------------------------------------------------------------------


def test_the_whole_plan_holds_everything_that_was_filled_in(filled, doel, vraag):
    whole = text(on_paper(pdf.preventieplan_pdf(filled)))

    for words in (
        doel.titel,
        doel.inleiding.strip(),
        "7/10",
        "De opvang van zij-instromers. Met een vast gezicht.",
        f"deels {vraag.tekst}",
        "In de eerste graad. Daarna wat minder.",
        "Groeikans: Ook de tweede graad.",
        "Onthaaldag voor nieuwkomers Łukasz in oktober gepland",
    ):
        assert words in whole
    for any_doel in Doelstelling.objects.filter(versie=filled.planversie):
        assert any_doel.titel in whole


@pytest.mark.usefixtures("kort")
def test_the_plan_marks_what_comes_first_and_gives_the_words_of_the_team(filled, doel, vraag, tom):
    own_words(doel)
    Antwoord.objects.update(stand="weten-niet")
    assert "prioriteit" not in text(on_paper(pdf.preventieplan_pdf(filled)))

    choose_priorities(dossier=filled, fase=Fase(0), codes=["f0-1"], door=tom)
    whole = text(on_paper(pdf.preventieplan_pdf(filled)))

    for words in (
        "Verbindend schoolklimaat prioriteit De school zet zich in",
        "7/10 We geven een 7, want … iedereen kent elkaar. "
        "Een 8 zou het zijn als … ook wie later komt. Waar wil je op inzetten",
        f"weten we niet {vraag.tekst}",
    ):
        assert words in whole
    # In the contents, and with the goal itself.
    assert whole.count("prioriteit") == 2


@pytest.mark.usefixtures("kort")
def test_a_long_check_takes_the_whole_width_under_its_action(full, doel, tom):
    plan(
        full,
        doel,
        tom,
        "Bezoek aan het CLB",
        stand="klaar",
        check_op=date(2027, 4, 30),
        besluit="borgen",
        vaststelling="De leerlingen kennen de weg naar het CLB nu ook zonder ons. " * 5,
    )

    data = on_paper(pdf.preventieplan_pdf(full))

    lines = "\n".join(sheet.extract_text() for sheet in read(data).pages).split("\n")
    seen = [number for number, line in enumerate(lines) if "kennen de weg" in line]
    assert "Bezoek aan het CLB klaar 30/04/2027 borgen Vastgesteld" in text(data)
    assert lines[seen[0]].startswith("Vastgesteld bij de check: De leerlingen")
    assert seen[-1] - seen[0] < 4
    report = page.validate_pdf_bytes(data, profile="ua1")
    assert [failure.message for failure in report.failures] == []


@pytest.mark.usefixtures("kort")
def test_a_check_as_long_as_pages_is_whole(filled, doel, tom):
    plan(filled, doel, tom, "Bezoek aan het CLB", check_op=date(2027, 4, 30), vaststelling=LONG)

    whole = text(on_paper(pdf.preventieplan_pdf(filled)))

    assert whole.count("bekijken") >= LONG.count("bekijken")


@pytest.mark.usefixtures("kort")
def test_a_long_answer_runs_on_over_the_pages(filled, doel, tom):
    answer(filled, doel.vragen.last(), tom, stand="deels", toelichting=LONG)

    whole = text(on_paper(pdf.preventieplan_pdf(filled)))

    assert whole.count("bekijken") >= LONG.count("bekijken")


@pytest.mark.parametrize(
    ("cijfer", "want", "hoger"),
    [
        (0, "We geven een 0, want …", "Een 1 zou het zijn als …"),
        (9, "We geven een 9, want …", "Een 10 zou het zijn als …"),
        (10, "We geven een 10, want …", "Het blijft een 10 als …"),
        (None, "We geven deze score, want …", "Een punt hoger zou het zijn als …"),
    ],
)
def test_the_words_stand_after_what_was_asked(cijfer, want, hoger):
    both = own_words_of(score=cijfer, want="a", hoger="b")

    assert both == ((want, "a"), (hoger, "b"))
    assert own_words_of(score=cijfer, want=" \n", hoger="b") == both[1:]
    assert own_words_of(score=cijfer, want="a", hoger="") == both[:1]


@pytest.mark.usefixtures("kort")
def test_line_breaks_are_kept(filled):
    sheets = read(on_paper(pdf.preventieplan_pdf(filled))).pages
    lines = "\n".join(sheet.extract_text() for sheet in sheets)

    assert "In de eerste graad.\nDaarna wat minder." in lines


def test_every_page_but_the_first_says_whose_it_is_and_where(filled):
    data = on_paper(pdf.preventieplan_pdf(filled))
    last = len(read(data).pages)

    assert f"pagina {last} van {last}" in text(data, last)
    assert "Sint-Jozefschool, 2026-2027 Nog niet besproken" in text(data, last)
    assert "Sint-Jozefschool, 2026-2027 Fase 0: Brede basiszorg" in text(data, 2)
    assert "pagina 1" not in text(data, 1)


def test_a_goal_that_was_begun_counts_its_own_questions_unless_they_are_written_out(filled):
    naam = '<h4>Verbindend schoolklimaat <span class="hint"'

    assert naam not in pdf.preventieplan_pdf(filled).html
    assert naam in pdf.preventieplan_pdf(filled, bijlage=True).html
    assert "Nog niet besproken: " in pdf.preventieplan_pdf(filled).html


def test_the_contents_give_the_page_of_each_goal(filled):
    data = on_paper(pdf.preventieplan_pdf(filled))
    contents = text(data, 1)

    for kort in ("Registratiebeleid", "Spijbelcontract", "Verbonden blijven"):
        number = int(contents.split(kort)[1].split()[0])
        assert kort in text(data, number)


def test_the_blank_plan_is_empty_and_complete(filled):
    blank = text(on_paper(pdf.blank_preventieplan_pdf(filled)))

    vragen = Checklistvraag.objects.filter(doelstelling__versie=filled.planversie)
    vragen = vragen.asked_of(filled)
    for vraag in vragen:
        assert vraag.tekst in blank
    assert blank.count("☐ doen we ☐ deels ☐ nog niet ☐ weten we niet ☐ n.v.t.") == vragen.count()
    doelen = filled.planversie.doelstellingen.count()
    assert blank.count("0 1 2 3 4 5 6 7 8 9 10") == doelen
    assert blank.count("We geven deze score, want … Een punt hoger zou het zijn als …") == doelen
    for typed in ("zij-instromers", "eerste graad", "Onthaaldag", "7/10"):
        assert typed not in blank


@pytest.mark.parametrize("kind", ["plan", "blanco"])
def test_the_first_page_says_once_that_the_plg_has_yet_to_confirm_some_of_it(fresh, kind):
    assert Checklistvraag.objects.asked_of(fresh).filter(herkomst="voorstel").exists()

    data = on_paper(KINDS[kind](fresh))

    assert "moet de PLG nog bevestigen" in text(data, 1)
    assert text(data).count("bevestigen") == 1
    assert "voorstel" not in text(data)


@pytest.mark.usefixtures("kort")
def test_what_the_plg_has_confirmed_bears_no_mark(fresh):
    doelen = Doelstelling.objects.filter(versie=fresh.planversie)
    doelen.exclude(fase=2).update(herkomst="bron")
    assert "doelstellingen in fase 2, nog te bevestigen" in text(
        on_paper(routekaart_pdf(fresh, today=TODAY))
    )
    doelen.update(herkomst="bron", inleiding_herkomst="bron")
    Checklistvraag.objects.update(herkomst="bron")

    for make in KINDS.values():
        words = text(on_paper(make(fresh)))
        assert "bevestigen" not in words
        assert "voorgesteld" not in words


def test_the_whole_plan_takes_the_same_queries_however_full(
    fresh, doel, vraag, tom, django_assert_num_queries
):
    whole_plan(fresh)  # the content is kept
    with django_assert_num_queries(4):
        whole_plan(fresh)
    score(fresh, doel, tom, 3)
    answer(fresh, vraag, tom, stand="deels")
    for nummer in range(3):
        plan(fresh, doel, tom, f"Actie {nummer}")
    with django_assert_num_queries(4):
        whole_plan(fresh)


# --- Accessible and self-contained ---------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_every_pdf_is_accessible(full, kind):
    data = on_paper(KINDS[kind](full))

    report = page.validate_pdf_bytes(data, profile="ua1")
    assert [failure.message for failure in report.failures] == []
    root = read(data).trailer["/Root"]
    assert root["/Lang"] == "nl-BE"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert read(data).metadata.title.endswith("Sint-Jozefschool 2026-2027")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.skipif(not shutil.which("qpdf"), reason="qpdf is not installed")
def test_every_pdf_is_sound(full, kind, tmp_path):
    (tmp_path / "it.pdf").write_bytes(on_paper(KINDS[kind](full)))

    check = [shutil.which("qpdf"), "--check", tmp_path / "it.pdf"]
    subprocess.run(check, check=True, capture_output=True)  # noqa: S603


@pytest.mark.usefixtures("kort")
@pytest.mark.parametrize("kind", KINDS)
def test_there_is_one_typeface_and_it_is_embedded(full, doel, tom, kind):
    # The long words are hyphenated, which adds a character.
    long_words = "leerlingenbegeleidingsvergadering personeelsvergaderingsverslag " * 3
    for _ in range(12):
        plan(full, doel, tom, "👍🏽 李明 الطفل ☎ ✔ ►", wie="Зоя Ștefănescu", wanneer=long_words)

    data = on_paper(KINDS[kind](full))

    assert fonts(data)
    for font in fonts(data):
        assert "+Source-Sans" in font["/BaseFont"]
        assert "/FontFile2" in font["/DescendantFonts"][0].get_object()["/FontDescriptor"]


NAMES = "Ștefănescu, Łukasz, Nguyễn, Çelik, Ångström, Зоя, Đorđević, O’Brien"


@pytest.mark.usefixtures("kort")
def test_every_name_keeps_its_marks(filled, doel, tom):
    plan(filled, doel, tom, NAMES, wie="Γιώργος")
    # As a Mac encodes it: a letter followed by a combining mark.
    plan(filled, doel, tom, "Zoe\N{COMBINING DIAERESIS}")
    School.objects.update(naam="Școala Łódź")
    filled.refresh_from_db()

    whole = text(on_paper(pdf.preventieplan_pdf(filled)))

    for name in (NAMES, "Γιώργος", "Zoë", "Școala Łódź"):
        assert name in whole


def test_what_the_typeface_lacks_is_shown_as_missing(filled, doel, tom):
    plan(filled, doel, tom, "Goed 👍🏽 zo,\u2009李明\u200b!")

    # A thumb with the colour of its skin is one sign.
    assert "Goed ◊ zo, ◊◊!" in text(on_paper(routekaart_pdf(filled, today=TODAY)))


def test_what_looks_like_html_is_text(filled, doel, tom):
    plan(filled, doel, tom, '<img src="http://test.be/x.png"> &amp; {{ x }}')

    whole = text(on_paper(routekaart_pdf(filled, today=TODAY)))
    assert '<img src="http://test.be/x.png"> &amp; {{ x }}' in whole


# --- Reproducible, wherever and whenever it is made ----------------------------------------------


@pytest.mark.usefixtures("kort")
@pytest.mark.parametrize("kind", KINDS)
def test_the_same_data_give_the_same_bytes(full, kind):
    first = on_paper(KINDS[kind](full))
    on_paper_again(routekaart_pdf(full, today=TODAY))

    assert on_paper_again(KINDS[kind](full)) == first


MAKE_AGAIN = """
import hashlib, sys, time
time.time = lambda: 2e9
import django
django.setup()
from stsdialoog.pdf import write_pdf
data = write_pdf(sys.stdin.read(), styles=("routekaart.css",))
print(hashlib.sha256(data).hexdigest())
"""


def test_another_process_on_another_day_gives_the_same_bytes(full):
    document = routekaart_pdf(full, today=TODAY)
    here = hashlib.sha256(on_paper(document)).hexdigest()

    there = subprocess.run(  # noqa: S603
        [sys.executable, "-c", MAKE_AGAIN],
        input=document.html,
        capture_output=True,
        text=True,
        check=True,
        cwd=settings.BASE_DIR,
        env={
            "PYTHONHASHSEED": "7",
            "TZ": "Asia/Tokyo",
            "DJANGO_DEBUG": "true",
            "DJANGO_SETTINGS_MODULE": "stsdialoog.settings",
        },
    )

    assert there.stdout.strip() == here


def test_the_only_date_is_that_of_the_last_change(filled):
    metadata = read(on_paper(routekaart_pdf(filled, today=TODAY))).metadata

    assert set(metadata) == {"/Producer", "/Title", "/ModDate"}
    assert metadata["/ModDate"] == f"D:{localtime(pdf.last_change(filled)):%Y%m%d}"


# --- No network ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost/x.png",
        "https://test.be/x.png",
        "ftp://test.be/x.png",
        "data:image/png;base64,AAAA",
        "file:///etc/passwd",
        "file://test.be/share/x.png",
        f"{(settings.BASE_DIR / 'static' / 'pdf').as_uri()}/../../manage.py",
        f"{(settings.BASE_DIR / 'static' / 'pdf').as_uri()}/%2e%2e/%2e%2e/manage.py",
    ],
)
def test_a_pdf_loads_nothing_from_elsewhere(url):
    assert not is_own_file(url)


def test_a_pdf_loads_our_own_files():
    assert is_own_file((settings.FONT_DIR / "SourceSansPro-Regular.ttf").as_uri())
    assert is_own_file((settings.BASE_DIR / "static" / "pdf" / "basis.css").as_uri())


def test_no_connection_is_ever_tried(monkeypatch, caplog):
    def refuse(*args):
        pytest.fail("a PDF opened a connection")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    html = (
        "<html lang=nl><title>x</title><link rel=stylesheet href='https://test.be/x.css'>"
        "<p>a<img alt=b src='http://test.be/x.png'><img alt=c src='file:///etc/hostname'>"
    )

    assert write_pdf(html, styles=ROUTEKAART_STYLES)
    assert caplog.text.count("A PDF may not load") == 3


# --- Over HTTP -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "query", "filename"),
    [
        ("routekaart-pdf", "", "routekaart-sint-jozefschool-2026-2027.pdf"),
        ("preventieplan-pdf", "", "preventieplan-sint-jozefschool-2026-2027.pdf"),
        ("preventieplan-pdf", "?blanco=1", "preventieplan-blanco-sint-jozefschool-2026-2027.pdf"),
    ],
)
def test_a_pdf_opens_in_the_browser_under_a_telling_name(als, tom, dossier, name, query, filename):
    response = als(tom).get(reverse(name, args=[dossier.pk]) + query)

    assert response.content.startswith(b"%PDF-1.7")
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f'inline; filename="{filename}"'
    assert "private" in response["Cache-Control"]
    assert "default-src" not in response["Content-Security-Policy"]


def test_a_school_whose_name_leaves_no_slug_goes_by_its_number(als, tom, dossier):
    School.objects.filter(pk=dossier.school_id).update(naam="Зоя")

    response = als(tom).get(reverse("routekaart-pdf", args=[dossier.pk]))

    assert 'filename="routekaart-000071-2026-2027.pdf"' in response["Content-Disposition"]
