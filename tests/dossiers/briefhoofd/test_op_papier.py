"""Op papier: An for CLB Ten Berg, Tom for his school; what they type and choose, and who may."""

from io import BytesIO

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from dossiers.briefhoofd.domain.briefhoofd import save_briefhoofd
from dossiers.briefhoofd.domain.logo import IS_LEEG, TE_GROOT, draw_logo
from dossiers.briefhoofd.models import LOGO_BYTES, Briefhoofd
from dossiers.logboek.models import Logregel
from stsdialoog.bodies import FILE_LIMIT, OneSmallFile
from tests.concurrency import at_once
from tests.dossiers.briefhoofd import files
from tests.dossiers.briefhoofd.test_logo import REFUSED
from tests.pages import whole_form
from tests.stsdialoog.test_bodies import END, PARTS, part

pytestmark = pytest.mark.django_db

TEXTS = {"naam": "Campus Aan de Dijle", "contact": "015 00 00 00 · info@school.example"}


@pytest.fixture
def tom(huis):
    return huis.team


@pytest.fixture
def url(huis):
    return reverse("school-op-papier", args=[huis.school.pk])


def chosen(data: bytes, name: str = "logo.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, content_type="image/png")


def save(browser, url, data, **options):
    """Type and choose on the page as it is now."""
    seen = whole_form(browser.get(url).text)["seen"]
    return browser.post(url, data | {"seen": seen}, **options)


def kept_logo() -> bytes:
    return bytes(Briefhoofd.objects.get().logo or b"")


def test_tom_puts_name_contact_and_logo_of_his_school(als, tom, huis, url):
    browser = als(tom)
    page = browser.get(url).text
    assert "Nu staat er nog niets" in page
    # What it is called, as a proposal.
    assert f'value="{huis.school}"' in page

    assert save(browser, url, TEXTS | {"logo": chosen(files.logo())}).status_code == 302

    kept = Briefhoofd.objects.get()
    assert (kept.school, kept.clb, kept.naam, kept.contact) == (huis.school, None, *TEXTS.values())
    assert kept_logo() == draw_logo(files.logo())
    page = browser.get(url).text
    assert all(text in page for text in TEXTS.values())
    shown = browser.get(reverse("school-logo", args=[huis.school.pk]))
    assert shown.headers["Content-Type"] == "image/png"
    assert shown.headers["Cache-Control"] == "private, no-store"
    assert shown.content == draw_logo(files.logo())


def test_the_log_says_that_it_changed_and_nothing_else(als, tom, huis, url, caplog):
    browser = als(tom)
    for _ in range(2):
        save(browser, url, TEXTS | {"logo": chosen(files.logo(), "geheim.png")})

    regel = Logregel.objects.get(handeling=Logregel.Handeling.BRIEFHOOFD_GEWIJZIGD)
    assert (regel.door, regel.soort, regel.record_id) == (tom, "school", str(huis.school.pk))
    assert caplog.text == ""


def test_texts_change_without_the_logo_and_the_logo_goes_when_asked(als, tom, url):
    browser = als(tom)
    save(browser, url, TEXTS | {"logo": chosen(files.logo())})

    save(browser, url, {"naam": "", "contact": "kort"})
    kept = Briefhoofd.objects.get()
    assert (kept.naam, kept.contact) == ("", "kort")
    assert kept_logo() == draw_logo(files.logo())
    # Another one that is chosen at the same time is meant.
    save(browser, url, {"zonder_logo": "on", "logo": chosen(files.other_logo())})
    assert kept_logo() == draw_logo(files.other_logo())
    save(browser, url, {"zonder_logo": "on"})
    assert Briefhoofd.objects.get().logo is None
    assert "Haal het logo weg" not in browser.get(url).text


@pytest.mark.parametrize("what", REFUSED)
def test_a_file_that_is_no_logo_is_refused_and_the_texts_stay(als, tom, url, what):
    data, sentence = REFUSED[what]
    page = als(tom).post(url, TEXTS | {"logo": chosen(data)})

    assert page.status_code == 200
    assert sentence in page.text
    assert all(text in page.text for text in TEXTS.values())
    assert not Briefhoofd.objects.exists()


def test_the_name_of_a_file_says_nothing(als, tom, url):
    named = chosen(files.logo(), "../../../etc/<b>passwd.svg")

    assert save(als(tom), url, {"logo": named}).status_code == 302
    assert kept_logo() == draw_logo(files.logo())


@pytest.mark.parametrize("field", TEXTS)
def test_a_text_that_does_not_fit_says_so(als, tom, url, field):
    page = als(tom).post(url, TEXTS | {field: "x" * 121})

    assert page.status_code == 200
    assert "het zijn er nu 121" in page.text
    assert not Briefhoofd.objects.exists()


def test_a_large_file_is_not_kept_while_it_comes_in(monkeypatch, als, tom, url):
    """Of 5 MB no more than the limit and a piece is in memory, and nothing on a disk."""
    kept = []
    complete = OneSmallFile.file_complete

    def look(handler, size):
        kept.append(handler.kept.getbuffer().nbytes)
        return complete(handler, size)

    monkeypatch.setattr(OneSmallFile, "file_complete", look)
    page = als(tom).post(url, {"logo": chosen(files.logo() + bytes(5_000_000))})

    assert TE_GROOT in page.text
    assert FILE_LIMIT < kept[0] <= FILE_LIMIT + 2 * OneSmallFile.chunk_size


def test_what_is_far_too_large_is_not_read_at_all(als, tom, url):
    class Body(BytesIO):
        def read(self, *_):
            pytest.fail("read")

    length = str(settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
    response = als(tom).generic(
        "POST", url, CONTENT_TYPE=PARTS, CONTENT_LENGTH=length, **{"wsgi.input": Body()}
    )

    assert response.status_code == 400
    assert "Je verstuurde te veel tegelijk" in response.text


def test_a_second_file_is_refused_and_so_is_one_of_a_stranger(als, tom, client, url):
    file = part("logo", "x", '; filename="a.png"')

    assert als(tom).generic("POST", url, file * 2 + END, content_type=PARTS).status_code == 400
    assert client.generic("POST", url, file + END, content_type=PARTS).status_code == 400


def test_no_file_chosen_is_no_file(als, tom, url):
    """As a browser sends it: a file without a name."""
    assert IS_LEEG not in save(als(tom), url, TEXTS | {"logo": ""}).text
    assert Briefhoofd.objects.get().logo is None


def test_an_ankerfiguur_does_it_for_her_clb_and_its_schools(als, an, huis, url):
    browser = als(an)
    mine = reverse("clb-op-papier", args=[huis.clb.pk])
    clb = reverse("clb", args=[huis.clb.pk])
    assert mine in browser.get(clb).text
    assert url in browser.get(reverse("school", args=[huis.school.pk])).text

    save(browser, mine, {"naam": "Ten Berg", "logo": chosen(files.logo())})
    save(browser, url, TEXTS)

    assert {one.naam for one in Briefhoofd.objects.all()} == {"Ten Berg", TEXTS["naam"]}
    assert browser.get(reverse("clb-logo", args=[huis.clb.pk])).content == draw_logo(files.logo())
    assert browser.get(reverse("school-logo", args=[huis.school.pk])).status_code == 404


def test_who_reads_along_is_not_shown_the_way(als, huis, url):
    page = als(huis.lezer).get(reverse("school", args=[huis.school.pk])).text

    assert "Op papier" not in page
    clb = reverse("clb", args=[huis.clb.pk])
    assert "op-papier" not in als(huis.medewerker).get(clb).text


def test_the_database_keeps_one_of_each_and_no_large_logo(huis):
    small, large = bytes(LOGO_BYTES), bytes(LOGO_BYTES + 1)
    Briefhoofd.objects.create(school=huis.school, logo=small)

    for wrong in (
        {"school": huis.school},
        {},
        {"clb": huis.clb, "school": huis.school},
        {"clb": huis.clb, "logo": large},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Briefhoofd.objects.create(**wrong)


def test_what_is_kept_is_said_once(huis, tom):
    said = {"van": huis.school, "naam": "A", "contact": "", "door": tom}

    def now():
        return (Briefhoofd.objects.first() or Briefhoofd()).mark

    assert save_briefhoofd(**said, seen=now(), logo=draw_logo(files.logo()))
    assert not save_briefhoofd(**said, seen=now(), logo=draw_logo(files.logo()))
    assert not save_briefhoofd(**said, seen=now())
    assert save_briefhoofd(**said, seen=now(), without_logo=True)


def test_what_a_colleague_saved_meanwhile_is_shown_before_it_is_replaced(als, tom, huis, url):
    """Marie opened the page before Tom saved; hers says nothing of his logo."""
    marie, data = als(huis.medewerker), {"naam": "Sint-Jozef", "contact": "bel Marie"}
    page = marie.get(url)
    seen = whole_form(page.text)["seen"]
    save(als(tom), url, TEXTS | {"logo": chosen(files.logo())})

    for wrong in ({"seen": seen}, {}, {"seen": "nergens"}):
        page = marie.post(url, data | wrong)
        assert page.status_code == 409
        assert "Intussen bewaarde iemand anders hier iets." in page.text
        assert all(text in page.text for text in (*TEXTS.values(), *data.values()))
        assert 'data-onbewaard="nog"' in page.text
        assert Briefhoofd.objects.get().naam == TEXTS["naam"]
        assert kept_logo() == draw_logo(files.logo())

    assert marie.post(url, data | {"seen": whole_form(page.text)["seen"]}).status_code == 302
    assert Briefhoofd.objects.get().contact == "bel Marie"
    assert kept_logo() == draw_logo(files.logo())


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_once_one_gets_to_see_the_other(als, tom, huis, url):
    browsers = als(tom), als(huis.medewerker)
    seen = [whole_form(one.get(url).text)["seen"] for one in browsers]

    answers = at_once(
        *(
            lambda one=one, n=n: one.post(url, {"naam": f"Naam {n}", "seen": seen[n]})
            for n, one in enumerate(browsers)
        )
    )

    assert sorted(one.status_code for one in answers) == [302, 409]
