"""The STS-team makes a concept of a material, edits it in the admin, and publishes it."""

from contextlib import contextmanager
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from dossiers.logboek.models import Logregel
from dossiers.materialen.domain import versions
from dossiers.materialen.models import Materiaalversie
from dossiers.materialen.queries import newest_published
from dossiers.mensen.models import User
from tests.conftest import PASSWORD
from tests.dossiers.materialen.beheer import (
    change,
    errors,
    filled,
    make_redacteur,
    new_row,
    page,
    versie_page,
)

VANDAAG = date(2027, 2, 1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def fiche(laad) -> Materiaalversie:
    return laad("dialoogdocument")


@pytest.fixture
def sofie(db) -> User:
    return make_redacteur()


@pytest.fixture
def redactie(als, sofie):
    return als(sofie)


@pytest.fixture
def concept(fiche, sofie) -> Materiaalversie:
    return versions.make_concept(versie=fiche, door=sofie, today=VANDAAG)


def text(response) -> str:
    return response.content.decode()


def acts() -> list[str]:
    return list(Logregel.objects.order_by("pk").values_list("handeling", flat=True))


def test_what_is_wrong_with_a_concept_is_told_wherever_it_is_published(concept, sofie):
    """Also inside a context manager, which writes on an exception that passes through it."""
    concept.onderdelen.update(titel="")
    concept.refresh_from_db()
    versions.note_edited(concept)

    @contextmanager
    def somewhere():
        yield

    with pytest.raises(versions.OngeldigConcept) as caught, somewhere():
        versions.publish(pk=concept.pk, digest=concept.digest, door=sofie)

    assert caught.value.findings
    assert caught.value.findings[0].text in str(caught.value)


# --- access -------------------------------------------------------------------------------------


def test_an_admin_gives_the_right_and_it_is_logged(als, db):
    bea = User.objects.create_superuser("bea@sts.be", PASSWORD, naam="Bea")
    eva = User.objects.create_user("eva@sts.be", PASSWORD, naam="Eva", is_staff=True)

    change(als(bea), eva, beheert_materialen="on")

    eva.refresh_from_db()
    assert eva.beheert_materialen
    line = Logregel.objects.get()
    assert (line.door, line.handeling, line.record_id) == (bea, "materialen-gewijzigd", str(eva.pk))


@pytest.mark.parametrize("rights", [{"is_staff": True}, {"beheert_materialen": True}])
def test_with_half_the_right_nothing_can_be_changed(als, concept, rights):
    half = User.objects.create_user("half@sts.be", PASSWORD, naam="Half", **rights)
    client = als(half)
    onderdeel = concept.onderdelen.first()
    rubriek = onderdeel.rubrieken.first()
    for naam in ("voorbeeld", "voorbeeld_pdf", "export", "publiceren", "concept"):
        for method in (client.get, client.post):
            assert method(versie_page(concept, naam)).status_code in (302, 403, 405)
    for record in (onderdeel, rubriek):
        assert client.get(page(record)).status_code in (302, 403)
        assert client.post(page(record), {"titel": "Kaping"}).status_code in (302, 403)
    assert client.post(page(concept), {"bron": "Kaping"}).status_code in (302, 403)
    assert Materiaalversie.objects.get(pk=concept.pk).is_concept
    assert acts() == ["versie-gemaakt"]


def test_other_staff_see_the_versions_and_no_buttons(als, concept, redactie):
    client = als(User.objects.create_user("bea@sts.be", PASSWORD, naam="Bea", is_staff=True))

    shown = text(client.get(page(concept)))

    assert concept.versie in shown
    assert "Publiceren" not in shown
    assert "Publiceren" in text(redactie.get(page(concept)))
    assert client.get(reverse("admin:materialen_materiaalversie_changelist")).status_code == 200


# --- a concept ----------------------------------------------------------------------------------


def test_a_concept_begins_with_the_content_of_the_published_version(redactie, fiche):
    redactie.get(page(fiche))
    response = redactie.post(versie_page(fiche, "concept"), follow=True)

    concept = Materiaalversie.objects.get(status="concept")
    assert response.redirect_chain[-1][0] == page(concept)
    assert (concept.materiaal, concept.datum) == (fiche.materiaal, timezone.localdate())
    assert concept.versie.startswith(f"{timezone.localdate().year}.")
    assert versions.difference(oud=fiche, nieuw=concept).is_empty
    assert acts() == ["versie-gemaakt"]
    assert newest_published(slug="dialoogdocument") == fiche


@pytest.mark.parametrize(
    ("today", "versie", "datum"),
    [
        (date(2026, 11, 24), "2026.2", date(2026, 11, 24)),
        (date(2027, 1, 4), "2027.1", date(2027, 1, 4)),
        # Even with a clock that is slow, a concept is never older than the published version.
        (date(2025, 1, 4), "2026.2", date(2026, 6, 2)),
    ],
)
def test_a_concept_has_the_next_number(fiche, sofie, today, versie, datum):
    Materiaalversie.objects.filter(pk=fiche.pk).update(versie="2026.1", datum=date(2026, 6, 2))

    concept = versions.make_concept(versie=fiche, door=sofie, today=today)

    assert (concept.versie, concept.datum) == (versie, datum)


def test_a_second_click_leads_to_the_concept_that_is_there(redactie, fiche, concept):
    redactie.get(page(fiche))
    response = redactie.post(versie_page(fiche, "concept"), follow=True)

    assert response.redirect_chain[-1][0] == page(concept)
    assert f"Er is al een concept, {concept.versie}" in text(response)
    assert Materiaalversie.objects.filter(status="concept").count() == 1


def test_the_head_and_the_fixed_words_are_fields(redactie, laad, sofie):
    ouders = laad("dialoogdocument-ouders")
    concept = versions.make_concept(versie=ouders, door=sofie, today=VANDAAG)

    change(
        redactie,
        concept,
        titel="Praten met ouders",
        waarvoor="Samen zoeken wat helpt",
        waarvoor_herkomst="voorstel",
        bron="Nieuwe bron",
        fases=["2"],
        inleiding="Eerste\r\n\r\nTweede  ",
        inleiding_herkomst="voorstel",
        woord_raam_groter="Wat helpt?",
    )

    concept.refresh_from_db()
    assert concept.bron == "Nieuwe bron"
    assert (concept.kop["titel"], concept.kop["fases"]) == ("Praten met ouders", [2])
    assert concept.waarvoor == {"herkomst": "voorstel", "tekst": "Samen zoeken wat helpt"}
    assert concept.teksten["inleiding"] == {"herkomst": "voorstel", "tekst": "Eerste\n\nTweede"}
    assert concept.teksten["woorden"]["raam_groter"]["tekst"] == "Wat helpt?"
    assert concept.vorm == "ouders"
    change(redactie, concept, waarvoor="")
    concept.refresh_from_db()
    assert concept.waarvoor == {}
    # Until the concept is published, the material keeps its title.
    concept.materiaal.refresh_from_db()
    assert concept.materiaal.titel == "Dialoogdocument ouders"


@pytest.mark.parametrize("nummer", ["die van nu", "twee", "2026.0", ""])
def test_a_wrong_number_is_refused(redactie, fiche, concept, nummer):
    taken = fiche.versie if nummer == "die van nu" else nummer
    response = change(redactie, concept, versie=taken)

    assert "versie" in response.context["adminform"].form.errors
    assert Materiaalversie.objects.get(pk=concept.pk).versie == concept.versie


def test_an_invisible_character_is_refused(redactie, concept):
    response = change(redactie, concept, bron="tik\x07tak")

    assert "U+0007" in errors(response)


def test_parts_are_edited_three_levels_deep(redactie, concept):
    new_row(redactie, concept, "onderdelen", titel="Naar huis!", kort="Naar huis", stap="on")
    onderdeel = concept.onderdelen.get(code="naar-huis")
    assert (onderdeel.volgorde, onderdeel.herkomst, onderdeel.stap) == (5, "voorstel", True)
    response = new_row(redactie, onderdeel, "rubrieken", soort="richtvragen", kop="Thuis")
    assert response.redirect_chain[-1][0] == page(concept)
    rubriek = onderdeel.rubrieken.get()

    response = new_row(redactie, rubriek, "items", tekst="Hoe gaat het thuis?", herkomst="voorstel")
    assert response.redirect_chain[-1][0] == page(onderdeel)
    new_row(
        redactie,
        rubriek,
        "items",
        tekst="En daarna?",
        herkomst="voorstel",
        uitleg="Vraag door",
        volgorde="1",
    )

    assert list(rubriek.items.values_list("volgorde", "code", "tekst", "uitleg_herkomst")) == [
        (1, "naar-huis-n02", "En daarna?", "voorstel"),
        (2, "naar-huis-n01", "Hoe gaat het thuis?", ""),
    ]
    assert rubriek.items.first().versie == concept


def test_a_row_moves_by_its_number(redactie, concept):
    rubriek = concept.onderdelen.first().rubrieken.filter(items__isnull=False).first()
    before = list(rubriek.items.values_list("code", flat=True))

    change(redactie, rubriek, **{"items-0-volgorde": "3"})
    assert list(rubriek.items.values_list("code", flat=True))[:3] == [
        before[1],
        before[2],
        before[0],
    ]
    change(redactie, rubriek, **{"items-2-volgorde": "1"})
    assert list(rubriek.items.values_list("code", flat=True)) == before


def test_codes_of_what_exists_do_not_change_and_new_ones_fit(redactie, concept):
    rubriek = concept.onderdelen.get(code="data").rubrieken.filter(items__isnull=False).first()
    first = rubriek.items.first()

    change(redactie, rubriek, **{"items-0-code": "data-kaping"})
    first.refresh_from_db()
    assert first.code != "data-kaping"

    row = {"tekst": "Nieuw", "herkomst": "voorstel"}
    for code, wrong in (
        (first.code, "bestaat al"),
        ("beleid-x01", "begint met data-"),
        ("data-X!", "kleine letters"),
    ):
        response = new_row(redactie, rubriek, "items", code=code, **row)
        assert wrong in errors(response)
    new_row(redactie, rubriek, "items", code="data-eigen", **row)
    assert rubriek.items.filter(code="data-eigen").exists()


def test_a_new_code_is_never_one_of_an_earlier_version(redactie, concept, sofie):
    rubriek = concept.onderdelen.get(code="data").rubrieken.filter(items__isnull=False).first()
    row = {"tekst": "Nieuw", "herkomst": "voorstel"}
    new_row(redactie, rubriek, "items", **row)
    versions.publish(pk=concept.pk, digest=_digest(concept), door=sofie)
    volgende = versions.make_concept(versie=concept, door=sofie, today=date(2027, 1, 4))
    item = volgende.items.get(code="data-n01")
    rijen = item.rubriek
    index = list(rijen.items.all()).index(item)

    change(redactie, rijen, **{f"items-{index}-DELETE": "on"})
    new_row(redactie, rijen, "items", **row)

    assert not volgende.items.filter(code="data-n01").exists()
    assert volgende.items.filter(code="data-n02").exists()


def test_parts_of_a_concept_can_be_taken_away(redactie, concept):
    change(redactie, concept, **{"onderdelen-0-DELETE": "on"})

    assert list(concept.onderdelen.values_list("volgorde", flat=True)) == [1, 2, 3]


def test_a_whole_concept_can_be_thrown_away(redactie, concept, fiche):
    url = reverse("admin:materialen_materiaalversie_delete", args=[concept.pk])

    assert redactie.post(url, {"post": "yes"}).status_code == 302
    assert list(Materiaalversie.objects.filter(materiaal=fiche.materiaal)) == [fiche]


def test_of_two_who_edit_the_same_page_the_second_is_told(redactie, als, concept):
    rubriek = concept.onderdelen.first().rubrieken.filter(items__isnull=False).first()
    eva = als(make_redacteur("Eva"))
    opened = filled(eva.get(page(rubriek)))
    change(redactie, rubriek, **{"items-0-tekst": "Van Sofie"})

    response = eva.post(page(rubriek), opened | {"items-0-tekst": "Van Eva"})

    assert "iemand anders wijzigde dit intussen" in text(response)
    assert "Van Eva" in text(response)
    assert rubriek.items.first().tekst == "Van Sofie"


def test_two_who_edit_different_parts_do_not_meet(redactie, als, concept):
    one, two = (
        onderdeel.rubrieken.filter(items__isnull=False).first()
        for onderdeel in concept.onderdelen.all()[:2]
    )
    eva = als(make_redacteur("Eva"))
    opened = filled(eva.get(page(two)))
    change(redactie, one, **{"items-0-tekst": "Van Sofie"})

    eva.post(page(two), opened | {"items-0-tekst": "Van Eva"})

    assert (one.items.first().tekst, two.items.first().tekst) == ("Van Sofie", "Van Eva")


def test_a_part_leads_back_to_its_version(redactie, concept):
    rubriek = concept.onderdelen.first().rubrieken.first()

    shown = text(redactie.get(page(rubriek)))

    assert page(concept) in shown
    assert page(rubriek.onderdeel) in shown
    index = text(redactie.get(reverse("admin:index")))
    assert "Rubrieken" not in index
    listed = redactie.get(reverse("admin:dialoogfiches_onderdeel_changelist"))
    assert listed.url == reverse("admin:materialen_materiaalversie_changelist")
    assert redactie.get(reverse("admin:dialoogfiches_onderdeel_add")).status_code == 403


# --- publishing ---------------------------------------------------------------------------------


def _digest(concept: Materiaalversie) -> str:
    return Materiaalversie.objects.get(pk=concept.pk).digest


def test_publishing_shows_what_changes_and_is_for_ever(redactie, concept, fiche):
    item = concept.items.order_by("rubriek__onderdeel__volgorde").first()
    change(redactie, item.rubriek, **{"items-0-tekst": "Een heel andere vraag?"})
    change(redactie, concept, titel="Dialoogdocument bis")
    confirm = redactie.get(versie_page(concept, "publiceren"))
    assert "Een heel andere vraag?" in text(confirm).replace("<ins>", "").replace("</ins>", "")
    assert "Dialoogdocument bis" in text(confirm).replace("<ins>", "").replace("</ins>", "")

    response = redactie.post(
        versie_page(concept, "publiceren"),
        {"digest": confirm.context["versie"].digest},
        follow=True,
    )

    assert "is gepubliceerd" in text(response)
    concept.refresh_from_db()
    assert newest_published(slug="dialoogdocument") == concept
    assert "een heel andere vraag" in concept.zoektekst
    assert concept.materiaal.titel == "Dialoogdocument bis"
    assert acts() == ["versie-gemaakt", "versie-gepubliceerd"]
    # The older version is unchanged.
    assert versions.document_of(fiche)["materiaal"]["titel"] == "Dialoogdocument"


def test_what_is_published_opens_for_nobody(redactie, fiche, concept):
    """Forms of a concept, submitted for published content."""
    onderdeel, rubriek = (
        fiche.onderdelen.first(),
        fiche.onderdelen.first().rubrieken.filter(items__isnull=False).first(),
    )
    mine = concept.onderdelen.get(code=onderdeel.code)
    before = versions.document_of(fiche)
    for record, like in (
        (fiche, concept),
        (onderdeel, mine),
        (rubriek, mine.rubrieken.filter(items__isnull=False).first()),
    ):
        forged = filled(redactie.get(page(like))) | {"titel": "Kaping", "tekst": "Kaping"}
        assert redactie.post(page(record), forged).status_code == 403
    for record in (fiche, onderdeel, rubriek):
        opts = record._meta
        url = reverse(f"admin:{opts.app_label}_{opts.model_name}_delete", args=[record.pk])
        assert redactie.post(url, {"post": "yes"}).status_code == 403
    response = redactie.post(versie_page(fiche, "publiceren"), {"digest": fiche.digest})
    assert response.status_code == 302
    assert versions.document_of(fiche) == before


def test_a_row_of_what_is_published_cannot_be_smuggled_into_a_concept(redactie, fiche, concept):
    theirs = fiche.items.first()
    rubriek = concept.items.get(code=theirs.code).rubriek
    data = filled(redactie.get(page(rubriek)))

    redactie.post(page(rubriek), data | {"items-0-id": theirs.pk, "items-0-tekst": "Kaping"})

    theirs.refresh_from_db()
    assert theirs.tekst != "Kaping"


def test_a_page_that_was_open_while_it_was_published_saves_nothing(redactie, als, concept, sofie):
    change(redactie, concept, bron="Nagekeken")
    rubriek = concept.onderdelen.first().rubrieken.filter(items__isnull=False).first()
    opened = filled(redactie.get(page(rubriek)))
    versions.publish(pk=concept.pk, digest=_digest(concept), door=sofie)

    assert redactie.post(page(rubriek), opened | {"items-0-tekst": "Laat"}).status_code == 403
    assert rubriek.items.first().tekst != "Laat"


def test_of_two_who_publish_one_does(redactie, concept):
    change(redactie, concept, bron="Nagekeken")
    digest = _digest(concept)
    redactie.post(versie_page(concept, "publiceren"), {"digest": digest})

    response = redactie.post(versie_page(concept, "publiceren"), {"digest": digest}, follow=True)

    assert "intussen gepubliceerd" in text(response)
    assert acts().count("versie-gepubliceerd") == 1


def test_who_publishes_saw_what_she_publishes(redactie, concept):
    digest = _digest(concept)
    change(redactie, concept, bron="Toch nog anders")

    response = redactie.post(versie_page(concept, "publiceren"), {"digest": digest}, follow=True)

    assert "wijzigde intussen dit concept" in text(response)
    assert Materiaalversie.objects.get(pk=concept.pk).is_concept


def test_what_is_not_right_is_said_with_a_link(redactie, concept, fiche):
    change(redactie, concept, bron="Nagekeken")
    assert "Publiceer versie" in text(redactie.get(versie_page(concept, "publiceren")))
    new_row(redactie, concept, "onderdelen", titel="Leeg", kort="Leeg")
    leeg = concept.onderdelen.get(code="leeg")
    rubriek = concept.onderdelen.first().rubrieken.first()
    rubriek.items.all().delete()
    rubriek.tekst = ""
    rubriek.save()
    change(redactie, concept, datum=date(2020, 1, 1))

    response = redactie.get(versie_page(concept, "publiceren"))

    shown = text(response)
    assert "rubrieken is leeg" in shown
    assert "deze rubriek is leeg" in shown
    newest = f"versie {fiche.versie} ({fiche.datum:%d/%m/%Y})"
    assert f"datum en versie moeten na die van {newest} komen" in shown
    assert page(leeg) in shown
    assert page(rubriek) in shown
    assert "Publiceer versie" not in shown
    redactie.post(versie_page(concept, "publiceren"), {"digest": _digest(concept)})
    assert newest_published(slug="dialoogdocument") == fiche


# --- the preview --------------------------------------------------------------------------------


@pytest.mark.parametrize("slug", ["dialoogdocument", "preventieplan", "visuele-flow"])
def test_the_preview_shows_the_concept_and_its_blank_pdf(redactie, laad, sofie, slug):
    concept = versions.make_concept(versie=laad(slug), door=sofie, today=VANDAAG)
    change(redactie, concept, titel="Een nieuwe titel")

    shown = text(redactie.get(versie_page(concept, "voorbeeld")))
    blank = redactie.get(versie_page(concept, "voorbeeld_pdf"))

    assert "Een nieuwe titel" in shown
    assert "voorbeeld van een concept" in shown
    assert blank.content.startswith(b"%PDF")


@pytest.mark.parametrize("slug", ["visuele-flow", "dialoogdocument-ouders", "dialoogdocument"])
def test_a_concept_that_is_not_ready_has_a_preview_too(redactie, laad, sofie, slug):
    concept = versions.make_concept(versie=laad(slug), door=sofie, today=VANDAAG)
    concept.onderdelen.update(stap=False)

    assert redactie.get(versie_page(concept, "voorbeeld")).status_code == 200
    assert redactie.get(versie_page(concept, "voorbeeld_pdf")).content.startswith(b"%PDF")
    assert "zet ergens stap: true" in text(redactie.get(versie_page(concept, "publiceren")))
