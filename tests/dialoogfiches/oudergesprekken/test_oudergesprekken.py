"""A talk with parents that is stored: who sees it, how it is saved, what it warns about."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from dialoogfiches.oudergesprekken.domain.oudergesprekken import (
    share,
    start_oudergesprek,
    stop_sharing,
)
from dialoogfiches.oudergesprekken.domain.retention import catch_up, erase
from dialoogfiches.oudergesprekken.models import (
    Deling,
    Oudergesprek,
    Oudergesprekrevisie,
    Oudernotitie,
    Oudernotitierevisie,
    Ouderthema,
)
from dossiers.domain import close_dossier
from dossiers.logboek.models import Logregel
from dossiers.mensen.models import Lidmaatschap, Rol
from tests.concurrency import at_once
from tests.conftest import load_material, make_user
from tests.dialoogfiches.oudergesprekken.ouders import DIT, make_gesprek, url, write
from tests.pages import whole_form

pytestmark = pytest.mark.django_db

NOTITIE = "oudernotitie-thuis-r01-tekst"
GROTER = "ouderthema-thuis-groter"


@pytest.fixture
def gesprek(huis) -> Oudergesprek:
    return make_gesprek(huis)


@pytest.fixture
def marie(als, huis):
    return als(huis.medewerker)


@pytest.fixture
def collega(huis):
    """Karim also follows Sint-Jozef for the CLB."""
    karim = make_user("Karim")
    Lidmaatschap.objects.create(user=karim, school=huis.school, rol=Rol.CLB_MEDEWERKER)
    return karim


def status(als, user, gesprek) -> int:
    return als(user).get(url(gesprek)).status_code


# --- who sees it -------------------------------------------------------------------------------
def test_a_talk_begins_with_a_pseudonym_and_is_the_authors_alone(marie, als, huis, laad):
    laad("dialoogdocument-ouders")
    nieuw = reverse("oudergesprek-nieuw", args=[huis.dossier.pk])
    assert "Gebruik geen naam" in marie.get(nieuw).text

    assert "Kies een pseudoniem" in marie.post(nieuw, {"pseudoniem": "  "}).text
    response = marie.post(nieuw, {"pseudoniem": "Kolibrie", "datum": "2026-11-12"})

    gesprek = Oudergesprek.objects.get()
    assert response.url == url(gesprek)
    assert (gesprek.auteur, gesprek.pseudoniem) == (huis.medewerker, "Kolibrie")
    line = Logregel.objects.get(soort="oudergesprek")
    assert (line.handeling, line.door) == ("oudergesprek-gemaakt", huis.medewerker)
    lijst = reverse("oudergesprekken", args=[huis.dossier.pk])
    assert "Kolibrie" in marie.get(lijst).text
    assert "Kolibrie" not in als(huis.ankerfiguur).get(lijst).text
    assert status(als, huis.ankerfiguur, gesprek) == 404


def test_a_second_click_on_start_makes_no_second_talk(marie, huis, laad):
    laad("dialoogdocument-ouders")
    nieuw = reverse("oudergesprek-nieuw", args=[huis.dossier.pk])
    form = whole_form(marie.get(nieuw).text) | {"pseudoniem": "Kolibrie"}

    urls = {marie.post(nieuw, form).url for _ in range(2)}

    assert urls == {url(Oudergesprek.objects.get())}
    assert Logregel.objects.filter(handeling="oudergesprek-gemaakt").count() == 1
    # Back, and another word: another talk.
    urls.add(marie.post(nieuw, form | {"pseudoniem": "Zonnebloem"}).url)
    assert len(urls) == Oudergesprek.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_many_clicks_at_once_start_one_talk(huis):
    versie, sleutel = load_material("dialoogdocument-ouders"), uuid4()

    def click():
        return start_oudergesprek(
            dossier=huis.dossier,
            versie=versie,
            pseudoniem="Kolibrie",
            datum=None,
            sleutel=sleutel,
            door=huis.medewerker,
        ).pk

    assert set(at_once(*[click] * 4)) == {Oudergesprek.objects.get().pk}


def test_a_talk_started_again_after_it_was_erased_outlives_a_backup(marie, huis, laad):
    laad("dialoogdocument-ouders")
    nieuw = reverse("oudergesprek-nieuw", args=[huis.dossier.pk])
    form = whole_form(marie.get(nieuw).text) | {"pseudoniem": "Kolibrie"}
    marie.post(nieuw, form)
    erased = Oudergesprek.objects.get()
    erase(oudergesprek=erased, door=huis.medewerker)

    # Back to the form, twice.
    urls = {marie.post(nieuw, form).url for _ in range(2)}

    assert len(urls) == 1
    assert url(erased) not in urls
    catch_up(op=timezone.localdate())
    assert urls == {url(Oudergesprek.objects.get())}


@pytest.mark.parametrize(("letters", "status"), [(59, 302), (60, 302), (61, 422)])
def test_a_pseudonym_is_a_word_or_two(marie, huis, laad, letters, status):
    laad("dialoogdocument-ouders")
    nieuw = reverse("oudergesprek-nieuw", args=[huis.dossier.pk])

    assert marie.post(nieuw, {"pseudoniem": "x" * letters}).status_code == status
    assert Oudergesprek.objects.count() == (status == 302)


def test_a_colleague_comes_in_when_it_is_shared_and_goes_out_again(als, huis, gesprek, collega):
    marie, delen = als(huis.medewerker), url(gesprek, "oudergesprek-delen")
    assert status(als, collega, gesprek) == 404

    page = marie.get(delen).text
    assert "Karim" in page
    assert "Tom" not in page
    marie.post(delen, {"met": str(collega.pk)})

    assert status(als, collega, gesprek) == 200
    assert "Marie deelt dit gesprek met jou" in als(collega).get(url(gesprek)).text
    marie.post(delen, {"met": str(collega.pk), "stop": ""})
    assert status(als, collega, gesprek) == 404
    lines = Logregel.objects.filter(soort="oudergesprek").values_list("handeling", "door")
    assert set(lines) == {
        *(
            (f"oudergesprek-{act}", huis.medewerker.pk)
            for act in ("gemaakt", "gedeeld", "ontdeeld")
        ),
        ("oudergesprek-gelezen", collega.pk),
    }


def test_nobody_of_the_school_or_another_clb_can_be_shared_with(marie, huis, ander_huis, gesprek):
    for user in (huis.team, huis.lezer, ander_huis.medewerker, huis.medewerker):
        response = marie.post(url(gesprek, "oudergesprek-delen"), {"met": str(user.pk)})
        assert response.status_code == 422

    assert not Deling.objects.exists()


@pytest.mark.parametrize("rol", [Rol.SCHOOLTEAM, Rol.LEZER])
def test_an_ankerfiguur_with_a_part_in_the_school_stays_out(als, huis, gesprek, rol):
    share(oudergesprek=gesprek, met=huis.ankerfiguur, door=huis.medewerker)
    assert status(als, huis.ankerfiguur, gesprek) == 200

    lid = Lidmaatschap.objects.create(user=huis.ankerfiguur, school=huis.school, rol=rol)
    assert status(als, huis.ankerfiguur, gesprek) == 404
    lijst = reverse("oudergesprekken", args=[huis.dossier.pk])
    assert als(huis.ankerfiguur).get(lijst).status_code == 404

    lid.actief_tot = timezone.now() + timedelta(seconds=1)
    lid.save()
    assert status(als, huis.ankerfiguur, gesprek) == 200


def test_who_no_longer_works_for_the_clb_loses_even_her_own(als, huis, gesprek, collega):
    share(oudergesprek=gesprek, met=collega, door=huis.medewerker)
    Lidmaatschap.objects.filter(user__in=(huis.medewerker, collega)).update(
        actief_tot=timezone.now() + timedelta(seconds=1)
    )

    assert status(als, huis.medewerker, gesprek) == 404
    assert status(als, collega, gesprek) == 404


def test_who_moves_to_the_school_loses_even_her_own(als, huis, gesprek):
    lid = Lidmaatschap.objects.get(user=huis.medewerker)
    Lidmaatschap.objects.filter(pk=lid.pk).update(rol=Rol.SCHOOLTEAM)

    assert status(als, huis.medewerker, gesprek) == 404
    pagina = reverse("oudergesprek-nieuw", args=[huis.dossier.pk])
    assert als(huis.medewerker).get(pagina).status_code == 404


def test_a_colleague_writes_along_but_decides_nothing(als, huis, gesprek, collega):
    share(oudergesprek=gesprek, met=collega, door=huis.medewerker)
    karim = als(collega)

    assert write(karim, gesprek, NOTITIE, "De bus rijdt te vroeg.").status_code == 200
    for name in ("delen", "vrijgeven", "wissen"):
        refused = karim.get(url(gesprek, f"oudergesprek-{name}"))
        assert refused.status_code == 403
        assert "Alleen wie dit gesprek begon" in refused.text
        assert karim.post(url(gesprek, f"oudergesprek-{name}")).status_code == 403
    assert write(karim, gesprek, f"{DIT}-wissen_op", "2026-12-01", 1).status_code == 404
    karim.post(url(gesprek), {f"{DIT}-wissen_op": "2026-12-01", f"{DIT}-wissen_op_basis": "1"})
    assert Oudergesprek.objects.get().wissen_op == gesprek.wissen_op


# --- how it is saved ---------------------------------------------------------------------------
def test_every_field_saves_itself_and_comes_back(marie, gesprek):
    write(marie, gesprek, NOTITIE, "De bus rijdt te vroeg.\r\nMama werkt.")
    write(marie, gesprek, GROTER, "samen ontbijten")
    write(marie, gesprek, f"{DIT}-focus_nu", "samen naar de bus")

    assert Oudernotitie.objects.get().tekst == "De bus rijdt te vroeg.\nMama werkt."
    page = whole_form(marie.get(url(gesprek)).text)
    assert page[NOTITIE] == "De bus rijdt te vroeg.\nMama werkt."
    assert page[GROTER] == "samen ontbijten"
    assert page[f"{DIT}-focus_nu"] == "samen naar de bus"
    assert page[f"{DIT}-datum"] == "2026-11-12"


def test_without_javascript_the_whole_page_is_one_form(marie, gesprek):
    page = whole_form(marie.get(url(gesprek)).text)
    typed = {NOTITIE: "bus", GROTER: "ontbijt", f"{DIT}-pseudoniem": "Ster", "vrijgeven": ""}
    response = marie.post(url(gesprek), page | typed)

    assert response.url == url(gesprek, "oudergesprek-vrijgeven")
    assert Oudernotitie.objects.get().tekst == "bus"
    assert Ouderthema.objects.get().groter == "ontbijt"
    assert Oudergesprek.objects.get().pseudoniem == "Ster"


def test_two_in_one_field_get_to_see_both_texts(als, huis, gesprek, collega):
    share(oudergesprek=gesprek, met=collega, door=huis.medewerker)
    write(als(huis.medewerker), gesprek, NOTITIE, "van Marie")

    response = write(als(collega), gesprek, NOTITIE, "van Karim")

    assert response.status_code == 409
    assert "Marie bewaarde hier intussen iets anders" in response.text
    assert "van Marie" in response.text
    both = {f"{NOTITIE}_keuze": "samen", f"{NOTITIE}_andere": "1"}
    write(als(collega), gesprek, NOTITIE, "van Karim", more=both)
    assert Oudernotitie.objects.get().tekst == "van Marie\n\nvan Karim"


def test_an_earlier_text_can_be_brought_back_by_who_sees_the_talk(marie, als, huis, gesprek):
    write(marie, gesprek, NOTITIE, "eerst")
    write(marie, gesprek, NOTITIE, "later", 1)
    historiek = reverse("oudergesprek-historiek", args=[gesprek.pk, NOTITIE])
    assert historiek in marie.get(url(gesprek)).text

    page = marie.get(historiek).text
    assert "eerst" in page
    assert f'<a href="{url(gesprek)}#{NOTITIE}">Gesprek met ouders</a>' in page
    assert als(huis.ankerfiguur).get(historiek).status_code == 404
    # The school sees none of this, and no text may make the author think that it does.
    assert "in het dossier" not in marie.get(historiek).text
    back = marie.post(historiek, {"revisie": "1", "basis": "2"}, follow=True)
    assert "De eerdere versie staat er weer." in back.text

    assert Oudernotitie.objects.get().tekst == "eerst"
    assert Oudernotitierevisie.objects.count() == 3


def test_the_doors_of_the_dossier_do_not_know_these_fields(als, huis, gesprek):
    write(als(huis.medewerker), gesprek, NOTITIE, "geheim")
    for naam in (NOTITIE, GROTER, f"{DIT}-pseudoniem", f"oudergesprek-{gesprek.pk}-pseudoniem"):
        for user in (huis.team, huis.lezer, huis.medewerker):
            page = reverse("historiek", args=[huis.dossier.pk, naam])
            assert als(user).get(page).status_code == 404
        overzicht = reverse("overzicht", args=[huis.dossier.pk])
        sent = {"veld": naam, naam: "x"}
        response = als(huis.team).post(overzicht, sent, headers={"HX-Request": "true"})
        assert response.status_code == 404


@pytest.mark.parametrize(
    "naam",
    [
        "oudernotitie-bestaat-niet-tekst",
        "oudernotitie-thuis-c01-tekst",
        "oudernotitie-vooraf-o01-tekst",
        "oudernotitie-thuis-r01-item",
        "ouderthema-vooraf-groter",
        "ouderthema-thuis-dossier",
        "oudergesprek-dat-pseudoniem",
        "oudergesprek-dit-auteur",
        "rommel",
        "",
    ],
)
def test_a_field_that_does_not_exist_is_not_found(marie, gesprek, naam):
    assert write(marie, gesprek, naam, "x").status_code == 404
    assert not Oudernotitie.objects.exists()


def test_a_talk_always_has_a_pseudonym(marie, gesprek):
    response = write(marie, gesprek, f"{DIT}-pseudoniem", " ", 1)

    assert response.status_code == 422
    assert "Kies een pseudoniem" in response.text
    assert Oudergesprek.objects.get().pseudoniem == "Kolibrie"


def test_what_looks_like_a_name_is_asked_about_before_it_is_kept(marie, huis, laad):
    laad("dialoogdocument-ouders")
    nieuw = reverse("oudergesprek-nieuw", args=[huis.dossier.pk])
    page = marie.post(nieuw, {"pseudoniem": "Emma Peeters", "datum": "2026-11-12"}).text
    assert "‘Emma Peeters’ lijkt op een volledige naam" in page
    form = whole_form(page)
    assert (form["pseudoniem"], form["gezien"]) == ("Emma Peeters", "Emma Peeters")
    assert form["datum"] == "2026-11-12"

    # A different name must be confirmed too; the same name only once.
    again = marie.post(nieuw, {"pseudoniem": "Jan Claes", "gezien": "Emma Peeters"}).text
    assert "‘Jan Claes’" in again
    assert not Oudergesprek.objects.exists()
    marie.post(nieuw, {"pseudoniem": "Jan Claes", "gezien": "Jan Claes"})

    assert Oudergesprek.objects.get().pseudoniem == "Jan Claes"


def test_of_a_pseudonym_that_was_corrected_nothing_is_kept(als, huis, collega):
    gesprek = make_gesprek(huis, "Emma Peeters")
    share(oudergesprek=gesprek, met=collega, door=huis.medewerker)
    marie, naam = als(huis.medewerker), f"{DIT}-pseudoniem"
    historiek = reverse("oudergesprek-historiek", args=[gesprek.pk, naam])

    assert historiek not in write(marie, gesprek, naam, "Kolibrie", 1).text
    assert historiek not in marie.get(url(gesprek)).text
    assert "Emma" not in marie.get(historiek).text
    (kept,) = Oudergesprekrevisie.objects.filter(record=gesprek, veld="pseudoniem")
    assert (kept.waarde, kept.revisie) == ("Kolibrie", 2)
    # The other fields do have a history.
    assert Oudergesprekrevisie.objects.filter(record=gesprek, veld="datum").exists()

    # A save based on the old revision conflicts with the new one; the numbering continues.
    conflict = write(als(collega), gesprek, naam, "Ster", 1)
    assert conflict.status_code == 409
    assert "Marie bewaarde hier intussen iets anders" in conflict.text
    assert "Kolibrie" in conflict.text
    mine = {f"{naam}_keuze": "mijn", f"{naam}_andere": "2"}
    assert write(als(collega), gesprek, naam, "Ster", 1, mine).status_code == 200
    (kept,) = Oudergesprekrevisie.objects.filter(record=gesprek, veld="pseudoniem")
    assert (kept.waarde, kept.revisie) == ("Ster", 3)


def test_a_closed_dossier_can_be_read_but_not_written(marie, als, huis, gesprek, collega):
    share(oudergesprek=gesprek, met=collega, door=huis.medewerker)
    close_dossier(dossier=huis.dossier, door=huis.ankerfiguur)

    page = marie.get(url(gesprek))
    assert page.status_code == 200
    assert "<textarea" not in page.text
    assert write(marie, gesprek, NOTITIE, "te laat").status_code == 403
    nieuw = reverse("oudergesprek-nieuw", args=[huis.dossier.pk])
    assert marie.post(nieuw, {"pseudoniem": "Ster"}).status_code == 403
    assert marie.get(nieuw).status_code == 403
    delen = url(gesprek, "oudergesprek-delen")
    assert marie.post(delen, {"met": str(huis.ankerfiguur.pk)}).status_code == 403
    # What protects the family remains possible.
    assert marie.post(delen, {"met": str(collega.pk), "stop": ""}).status_code == 302
    assert status(als, collega, gesprek) == 404
    assert marie.post(url(gesprek, "oudergesprek-wissen")).status_code == 302
    assert not Oudergesprek.objects.exists()


def test_sharing_twice_or_stopping_twice_is_one_act(huis, gesprek):
    for act in (share, share, stop_sharing, stop_sharing):
        act(oudergesprek=gesprek, met=huis.ankerfiguur, door=huis.medewerker)

    assert Logregel.objects.filter(handeling="oudergesprek-gedeeld").count() == 1
    assert Logregel.objects.filter(handeling="oudergesprek-ontdeeld").count() == 1


def test_stopping_for_one_talk_leaves_the_others_shared(huis, gesprek):
    other = make_gesprek(huis, "Merel")
    for one in (gesprek, other):
        share(oudergesprek=one, met=huis.ankerfiguur, door=huis.medewerker)

    stop_sharing(oudergesprek=gesprek, met=huis.ankerfiguur, door=huis.medewerker)

    assert list(Deling.objects.values_list("oudergesprek", flat=True)) == [other.pk]


# --- what the pages say ------------------------------------------------------------------------
def test_the_page_holds_every_question_of_the_source(marie, gesprek):
    page = marie.get(url(gesprek)).text

    assert "Zijn er praktische problemen? (transport, financieel ...)" in page
    assert page.count("Wat maakt het raam groter?") == 5
    assert page.count("gevoelig, niet verplicht") == 2
    assert len(re.findall(r'name="oudernotitie-[^"]+-tekst"', page)) == 27
    assert "Boven het raam: boos, angstig, onrustig" in page


def test_what_looks_like_a_name_is_kept_with_a_warning_beside_it(marie, gesprek):
    response = write(marie, gesprek, NOTITIE, "Volgens Jan Peeters, °12/03/2011.")

    assert response.status_code == 200
    assert f'id="w_{NOTITIE}"' in response.text
    assert "‘Jan Peeters’ lijkt op een volledige naam" in response.text
    assert "een geboortedatum" in response.text
    assert "Jan Peeters’ lijkt op" in marie.get(url(gesprek)).text
    assert Oudernotitie.objects.get().tekst == "Volgens Jan Peeters, °12/03/2011."

    response = write(marie, gesprek, NOTITIE, "Volgens de trainer.", 1)
    assert "lijkt op" not in response.text
    assert f'id="w_{NOTITIE}"' in response.text


@pytest.mark.parametrize("veld", ["pseudoniem", "focus_nu", "focus_later", "school_mag_weten"])
def test_the_warning_looks_at_every_field_of_the_talk(marie, gesprek, veld):
    response = write(marie, gesprek, f"{DIT}-{veld}", "93.05.18-223.61", int(veld == "pseudoniem"))

    assert "een rijksregisternummer" in response.text
    assert getattr(Oudergesprek.objects.get(), veld) == "93.05.18-223.61"


def test_the_window_comes_along_when_its_words_are_saved(marie, gesprek):
    response = write(marie, gesprek, GROTER, "ontbijten\nslapen")

    assert 'id="raam" hx-swap-oob="true"' in response.text
    assert "2 punten maken het raam groter" in response.text
    assert 'id="raam"' not in write(marie, gesprek, NOTITIE, "bus").text


def test_neither_the_title_nor_the_address_of_a_page_holds_the_pseudonym(marie, gesprek):
    for name in (
        "oudergesprek",
        *(f"oudergesprek-{one}" for one in ("delen", "vrijgeven", "wissen")),
    ):
        page = marie.get(url(gesprek, name))
        title, _, _ = page.text.partition("</title>")
        assert "Kolibrie" not in title


def test_no_browser_keeps_any_of_it_not_even_a_refusal(marie, als, huis, gesprek, client):
    dossier = huis.dossier.pk
    answers = [
        *(
            marie.get(url(gesprek, f"oudergesprek{end}"))
            for end in ("", "-pdf", "-delen", "-wissen")
        ),
        marie.get(reverse("oudergesprekken", args=[dossier])),
        marie.get(reverse("oudergesprek-zonder-bewaren", args=[dossier])),
        marie.get(reverse("oudergesprek-historiek", args=[gesprek.pk, NOTITIE])),
        write(marie, gesprek, NOTITIE, "bus"),
        als(huis.team).get(url(gesprek)),
        client.post(url(gesprek), {NOTITIE: "getypt toen de sessie al voorbij was"}),
    ]
    close_dossier(dossier=huis.dossier, door=huis.ankerfiguur)
    answers.append(marie.post(url(gesprek), {NOTITIE: "getypt toen het dossier al dicht was"}))

    assert {answer.headers["Cache-Control"] for answer in answers} == {"private, no-store"}
    # The other pages are unaffected.
    assert "no-store" in marie.get(reverse("scholen")).headers["Cache-Control"]


def test_a_full_talk_asks_no_more_than_an_empty_one(marie, gesprek, huis, collega):
    def count(address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert marie.get(address).status_code == 200
        return len(queries)

    pages = [url(gesprek), url(gesprek, "oudergesprek-pdf")]
    pages.append(reverse("oudergesprekken", args=[huis.dossier.pk]))
    for page in pages:
        marie.get(page)  # which is logged once a day
    before = [count(page) for page in pages]
    form = whole_form(marie.get(url(gesprek)).text)
    typed = {name: "iets" for name in form if name.endswith(("-tekst", "-groter", "-kleiner"))}
    marie.post(url(gesprek), form | typed)
    share(oudergesprek=gesprek, met=collega, door=huis.medewerker)
    for naam in ("Ster", "Maan"):
        share(oudergesprek=make_gesprek(huis, naam), met=collega, door=huis.medewerker)

    assert [count(page) for page in pages] == before
    assert before[0] <= 11
