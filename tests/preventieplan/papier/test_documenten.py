"""The PDFs: accessible, self-contained, and the same bytes for the same data."""

import hashlib
import shutil
import socket
import subprocess
import sys

import page
import pytest
from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localtime

from dossiers.mensen.models import School
from preventieplan import pdf
from preventieplan.routekaart.pdf import routekaart_pdf
from stsdialoog.pdf import is_own_file, write_pdf
from tests.paper import on_paper, on_paper_again
from tests.preventieplan.papier.documenten import (
    KINDS,
    ROUTEKAART_STYLES,
    TODAY,
    fonts,
    plan,
    read,
    text,
)

pytestmark = [pytest.mark.django_db, pytest.mark.looks]


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
data = write_pdf(sys.stdin.read(), styles=("cijfers.css", "routekaart.css"))
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
