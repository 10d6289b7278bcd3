"""The overview of a CLB for who sees no colours, works by keyboard, holds a phone, or prints it."""

import io

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from preventieplan.models import MAX_SCORE, Doelstelling
from tests.conftest import SCHOOLJAAR
from tests.start.clb_overzicht.overzichten import PAGE, new_school, scored

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.looks]

# Whatever day it is.
OF_THEN = f"{PAGE}?schooljaar={SCHOOLJAAR}"

# The contrast of the words in a cell with their ground, as WCAG 2 works it out.
CONTRAST = """cell => {
  const seen = new OffscreenCanvas(1, 1).getContext("2d", {willReadFrequently: true});
  const light = colour => {
    seen.fillStyle = colour;
    seen.fillRect(0, 0, 1, 1);
    const [r, g, b] = [...seen.getImageData(0, 0, 1, 1).data].map(one => {
      const part = one / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const style = getComputedStyle(cell);
  const both = [light(style.color), light(style.backgroundColor)].sort((a, b) => a - b);
  return (both[1] + 0.05) / (both[0] + 0.05);
}"""


@pytest.fixture
def veertig(huis, an):
    """Forty schools; the first of them scored everything from 0 to 10, and less a year before."""
    goals = Doelstelling.objects.filter(versie=huis.dossier.planversie_id)
    codes = list(goals.values_list("code", flat=True))
    trap = dict(zip(codes, range(MAX_SCORE + 1), strict=False))
    scored(huis.school, an, trap, {code: min(score, 4) for code, score in trap.items()})
    for number in range(39):
        naam = f"Basisschool {number:02} van de Heilige Familie in Sint-Katelijne-Waver"
        scored(new_school(huis.clb, naam, gemeente="Sint-Katelijne-Waver"), an, {"f0-1": 5})
    return huis


@pytest.fixture
def overzicht(page, live_server, log_in, veertig):
    log_in(page, veertig.ankerfiguur)
    page.goto(live_server.url + OF_THEN)
    return page


def test_who_sees_no_colours_reads_the_same(overzicht):
    row = overzicht.get_by_role("row", name="Sint-Jozefschool")

    heard = row.aria_snapshot()

    for said in ('"0 , gelijk"', '"4 , gelijk"', '"5 , 1 hoger"', '"10 , 6 hoger"'):
        assert f"cell {said}" in heard
    assert 'cell "nog niet ingeschaald"' in heard
    assert "▲" not in heard
    head = overzicht.get_by_role("columnheader", name="F0-3 Registratiebeleid")
    expect(head).to_have_count(1)
    expect(overzicht.get_by_role("rowheader", name="Sint-Jozefschool")).to_have_count(1)

    overzicht.get_by_text("Elk doel in woorden").press("Enter")
    words = overzicht.get_by_role("listitem").filter(has_text="F0-1").inner_text()
    assert "40 van de 40 scholen, mediaan 5" in words


def test_the_number_is_seen_on_each_step_of_the_colour(overzicht):
    row = overzicht.get_by_role("row", name="Sint-Jozefschool")
    cells = row.locator("td[class^=s]")

    assert cells.count() == MAX_SCORE + 1
    contrasts = [cell.evaluate(CONTRAST) for cell in cells.all()]
    # Deeper with each point, and never so deep that it can't be read.
    assert contrasts == sorted(set(contrasts), reverse=True)
    assert contrasts[-1] >= 4.5
    assert contrasts[0] > contrasts[-1] * 2


def test_axe_on_every_screen(overzicht, check):
    overzicht.get_by_text("Elk doel in woorden").click()
    check("overzicht", widths=(1280, 390, 320))
    overzicht.goto(overzicht.url + "&niveau=buo")
    check("overzicht zonder scholen")


def test_the_table_moves_by_keyboard_and_the_school_stays_in_sight(overzicht):
    overzicht.set_viewport_size({"width": 390, "height": 800})
    region = overzicht.get_by_role("region", name="Per school")
    school = overzicht.get_by_role("rowheader", name="Sint-Jozefschool")
    before = school.bounding_box()

    region.focus()
    last = overzicht.get_by_role("columnheader", name="F3-4")
    expect(last).not_to_be_in_viewport()
    for _ in range(30):
        overzicht.keyboard.press("ArrowRight")
    expect(last).to_be_in_viewport()

    assert school.bounding_box()["x"] == before["x"]
    overzicht.keyboard.press("End")
    expect(overzicht.get_by_role("rowheader", name="Basisschool 38")).to_be_in_viewport()
    # The headings stay above what scrolled away beneath them.
    expect(last).to_be_in_viewport()


def test_a_filter_and_a_heading_lead_on_without_javascript(browser, live_server, log_in, veertig):
    context = browser.new_context(java_script_enabled=False)
    page = log_in(context.new_page(), veertig.ankerfiguur)
    page.goto(live_server.url + OF_THEN)

    page.get_by_role("link", name="F0-1 Verbindend schoolklimaat").click()
    expect(page.get_by_role("rowheader").nth(1)).to_contain_text("Sint-Jozefschool")
    page.get_by_label("Niveau").select_option("Basisonderwijs")
    page.get_by_role("button", name="Filter").click()

    expect(page.get_by_role("status")).to_contain_text("39 scholen")
    assert "sorteer=f0-1" in page.url
    context.close()


def test_it_prints_on_its_side_as_it_reads(overzicht):
    made = overzicht.pdf(prefer_css_page_size=True, print_background=False)

    sheets = PdfReader(io.BytesIO(made)).pages
    texts = [" ".join(sheet.extract_text().split()) for sheet in sheets]
    printed = " ".join(texts)
    assert 2 <= len(sheets) <= 4
    for sheet in sheets:
        assert sheet.mediabox.width > sheet.mediabox.height
    # The headings come on each sheet with schools, and each school whole on one.
    with_schools = [text for text in texts if "Heilige Familie" in text]
    assert all("F0-1 F0-2" in text for text in with_schools)
    for number in range(39):
        assert printed.count(f"Basisschool {number:02}") == 1
    # What is folded on the screen, and none of what one presses.
    assert "Registratiebeleid: 1 van de 40 scholen, mediaan 2" in printed
    for pressed in ("Filter", "Volgorde", "als .xlsx", "Alle niveaus"):
        assert pressed not in printed
    assert f"40 scholen van CLB Ten Berg in {SCHOOLJAAR}-{SCHOOLJAAR + 1}" in printed
    assert "Stand van" in printed
