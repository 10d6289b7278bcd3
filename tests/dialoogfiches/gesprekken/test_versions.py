"""A talk of Sint-Jozef moves to a newer version of its material, or does not."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from dialoogfiches.gesprekken.domain.acties import create_gespreksactie
from dialoogfiches.gesprekken.domain.gesprekken import finish_stap
from dialoogfiches.gesprekken.domain.versions import adopt_gespreksversie
from dialoogfiches.gesprekken.models import Gesprek, Gespreksactie, Gesprekstap, Notitie
from dialoogfiches.models import Item
from dossiers.domain import close_dossier
from dossiers.logboek.models import Logregel
from dossiers.materialen.domain.versions import make_concept
from dossiers.materialen.models import Materiaalversie
from dossiers.materialen.registry import has_answers
from dossiers.models import DossierAfgesloten
from dossiers.velden.domain.saving import SaveOutcome, revisies, save_veld
from dossiers.velden.domain.striking import strike
from tests.dialoogfiches.conftest import note_name, step_url
from tests.dossiers.materialen.nieuweversie import next_version

pytestmark = pytest.mark.django_db

BLIJFT, WEG = "registratie-b01", "registratie-b02"


def reworded(concept: Materiaalversie) -> None:
    """b01 is reworded, b02 is removed, and so is the last topic."""
    concept.items.filter(code=BLIJFT).update(tekst="Hoe registreren jullie nu?")
    concept.items.filter(code=WEG).delete()
    concept.onderdelen.filter(code="samenwerking").delete()


def with_b02_again(concept: Materiaalversie) -> None:
    rubriek = concept.items.get(code=BLIJFT).rubriek
    Item.objects.create(
        versie=concept,
        rubriek=rubriek,
        volgorde=99,
        code=WEG,
        tekst="Terug van weg",
        herkomst="voorstel",
    )


@pytest.fixture
def nieuw(dialoogdocument, an) -> Materiaalversie:
    return next_version(dialoogdocument, an, reworded)


@pytest.fixture
def pagina(gesprek) -> str:
    return reverse("gespreksversie", args=[gesprek.dossier_id, gesprek.pk])


@pytest.fixture
def ga_over(als, tom, pagina):
    return lambda versie="2027.1": als(tom).post(pagina, {"versie": versie}, follow=True)


def text(response) -> str:
    return response.content.decode()


def note(gesprek: Gesprek, code: str) -> Notitie:
    return Notitie.objects.select_related("item").get(gesprek=gesprek, item__code=code)


def test_the_talk_tells_of_a_newer_version(als, tom, gesprek, nieuw, pagina, stap_url):
    cover = reverse("gesprek", args=[gesprek.dossier_id, gesprek.pk])

    assert pagina in text(als(tom).get(cover))
    assert pagina not in text(als(tom).get(stap_url))


def test_it_shows_what_changes(als, tom, gesprek, nieuw, pagina, noteer):
    noteer(note_name(gesprek, WEG), "met een app")

    shown = text(als(tom).get(pagina))

    plain = shown.replace("<ins>", "").replace("</ins>", "")
    assert "Hoe registreren jullie nu?" in plain
    assert "wat jullie invulden, blijft leesbaar" in shown
    assert "Samenwerking" in shown


def test_notes_results_and_actions_move_along_by_code(
    gesprek, dialoogdocument, nieuw, ga_over, noteer, tom
):
    noteer(note_name(gesprek, BLIJFT), "eerst")
    noteer(note_name(gesprek, BLIJFT), "met een app", basis=1)
    noteer(f"stap-{gesprek.pk}-registratie-resultaat", "wij registreren")
    registratie = dialoogdocument.onderdelen.get(code="registratie")
    finish_stap(gesprek=gesprek, onderdeel=registratie, door=tom)
    create_gespreksactie(
        onderdeel=registratie,
        gesprek=gesprek,
        notitie=note(gesprek, BLIJFT),
        wat="App kiezen",
        door=tom,
    )

    response = ga_over()

    assert "Jullie werken nu in versie 2027.1" in text(response)
    gesprek.refresh_from_db()
    assert gesprek.versie == nieuw
    moved = note(gesprek, BLIJFT)
    assert (moved.item.versie, moved.item.tekst) == (nieuw, "Hoe registreren jullie nu?")
    assert [row.waarde for row in revisies(moved, "tekst")] == ["met een app", "eerst"]
    stap = Gesprekstap.objects.select_related("onderdeel").get()
    assert (stap.onderdeel.versie, stap.resultaat) == (nieuw, "wij registreren")
    assert stap.afgerond_door == tom
    actie = Gespreksactie.objects.select_related("onderdeel").get()
    assert (actie.onderdeel.versie, actie.notitie) == (nieuw, moved)
    line = Logregel.objects.get(handeling="versie-overgenomen")
    assert (line.door, line.record_id) == (tom, str(gesprek.pk))


def test_what_has_no_place_any_more_stays_and_comes_back(
    als, tom, an, gesprek, dialoogdocument, nieuw, ga_over, noteer
):
    noteer(note_name(gesprek, WEG), "elke maandag overleg")
    ga_over()
    cover = reverse("gesprek", args=[gesprek.dossier_id, gesprek.pk])
    assert note(gesprek, WEG).item.versie == dialoogdocument
    assert "elke maandag overleg" in text(als(tom).get(cover))

    derde = next_version(nieuw, an, with_b02_again, today=date(2028, 3, 4))
    ga_over("2028.1")

    assert note(gesprek, WEG).item.versie == derde
    assert "elke maandag overleg" in text(als(tom).get(step_url(gesprek, "registratie")))


@pytest.mark.parametrize(("first", "second", "moves"), [(1, 2, "second"), (2, 1, "first")])
def test_of_two_notes_on_one_code_the_newest_moves(
    gesprek, dialoogdocument, an, tom, first, second, moves
):
    tussen = next_version(dialoogdocument, an)
    zonder = next_version(tussen, an, reworded, today=date(2027, 3, 1))
    derde = next_version(zonder, an, with_b02_again, today=date(2028, 3, 4))
    adopt_gespreksversie(gesprek=gesprek, nieuw=zonder, door=tom)
    for words, versie, day in (("first", dialoogdocument, first), ("second", tussen, second)):
        new = {
            "dossier": gesprek.dossier,
            "gesprek": gesprek,
            "gewijzigd_op": timezone.now() - timedelta(days=30 - day),
        }
        Notitie.objects.create(item=versie.items.get(code=WEG), tekst=words, **new)
        data = versie.onderdelen.get(code="data")
        Gesprekstap.objects.create(onderdeel=data, resultaat=words, **new)

    adopt_gespreksversie(gesprek=gesprek, nieuw=derde, door=tom)

    assert Notitie.objects.get(item__versie=derde).tekst == moves
    assert Gesprekstap.objects.get(onderdeel__versie=derde).resultaat == moves
    assert (Notitie.objects.count(), Gesprekstap.objects.count()) == (2, 2)


@pytest.mark.parametrize("what", ["notitie", "stap"])
def test_what_is_not_published_yet_is_nothing_earlier(als, tom, an, gesprek, noteer, what):
    """A concept that was begun before the version of now has codes of its own."""
    versie = gesprek.versie
    concept = make_concept(versie=versie, door=an, today=date(2027, 2, 1))
    concept.items.filter(code=WEG).update(code="registratie-b77")
    concept.onderdelen.filter(code="data").update(code="cijfers")
    Materiaalversie.objects.filter(pk=concept.pk).update(datum=versie.datum)
    naam = {
        "notitie": note_name(gesprek, "registratie-b77"),
        "stap": f"stap-{gesprek.pk}-cijfers-resultaat",
    }[what]
    history = reverse("historiek", args=[gesprek.dossier_id, naam])

    assert als(tom).get(history).status_code == 404
    assert noteer(naam, "op een concept").status_code == 404

    Materiaalversie.objects.filter(pk=concept.pk).update(status="gepubliceerd")
    assert als(tom).get(history).status_code == 200


def no_question_any_more(concept: Materiaalversie) -> None:
    """The basisvragen become tips, and the second topic is no longer a step."""
    registratie = concept.onderdelen.get(code="registratie")
    registratie.rubrieken.filter(soort="basisvragen").update(soort="tips")
    concept.items.update(zelfde_als="")  # which is for questions alone
    concept.onderdelen.filter(code="data").update(stap=False)


def test_what_is_no_question_or_step_any_more_keeps_its_words_too(
    als, tom, an, gesprek, dialoogdocument, pagina, ga_over, noteer
):
    noteer(note_name(gesprek, BLIJFT), "elke maandag overleg")
    noteer(note_name(gesprek, "data-b01"), "elke dinsdag cijfers")
    noteer(f"stap-{gesprek.pk}-data-resultaat", "wij kennen onze cijfers")
    next_version(dialoogdocument, an, no_question_any_more)
    assert "Dat is nu op 3 plaatsen zo" in text(als(tom).get(pagina))

    ga_over()

    gesprek.refresh_from_db()
    cover = text(als(tom).get(reverse("gesprek", args=[gesprek.dossier_id, gesprek.pk])))
    assert "Uit een eerdere versie" in cover
    for words in ("elke maandag overleg", "elke dinsdag cijfers", "wij kennen onze cijfers"):
        assert words in cover
    earlier = reverse("historiek", args=[gesprek.dossier_id, note_name(gesprek, BLIJFT)])
    assert "elke maandag overleg" in text(als(tom).get(earlier))


def test_a_page_that_was_open_saves_under_the_right_code(gesprek, nieuw, ga_over, noteer):
    noteer(note_name(gesprek, BLIJFT), "begin")
    ga_over()

    assert noteer(note_name(gesprek, BLIJFT), "vervolg", basis=1).status_code == 200
    assert noteer(note_name(gesprek, WEG), "bij een vraag die weg is").status_code == 200

    assert note(gesprek, BLIJFT).tekst == "vervolg"
    assert note(gesprek, BLIJFT).item.versie == nieuw
    assert note(gesprek, WEG).tekst == "bij een vraag die weg is"


def test_a_first_note_that_looked_just_before_lands_in_the_new_version(
    gesprek, dialoogdocument, nieuw, tom
):
    seen = Gesprek.objects.select_related("dossier").get()
    item = dialoogdocument.items.get(code=BLIJFT)
    record = Notitie(dossier=seen.dossier, gesprek=seen, item=item)
    assert adopt_gespreksversie(gesprek=gesprek, nieuw=nieuw, door=tom)

    result = save_veld(record=record, veld="tekst", waarde="net op tijd", basis=0, door=tom)

    assert result.outcome == SaveOutcome.SAVED
    assert note(gesprek, BLIJFT).item.versie == nieuw


def test_a_step_that_was_rounded_off_on_an_open_page_is_rounded_off(
    gesprek, dialoogdocument, nieuw, tom
):
    seen = Gesprek.objects.get()
    adopt_gespreksversie(gesprek=gesprek, nieuw=nieuw, door=tom)

    finish_stap(
        gesprek=seen, onderdeel=dialoogdocument.onderdelen.get(code="registratie"), door=tom
    )
    create_gespreksactie(
        onderdeel=dialoogdocument.onderdelen.get(code="data"),
        gesprek=seen,
        wat="Cijfers opvragen",
        door=tom,
    )

    assert Gesprekstap.objects.get().onderdeel.versie == nieuw
    assert Gespreksactie.objects.get().onderdeel.versie == nieuw


def test_one_talk_moves_and_another_stays(start, dialoogdocument, gesprek, nieuw, ga_over):
    ander = start(dialoogdocument, "Een ander gesprek")

    ga_over()

    ander.refresh_from_db()
    assert ander.versie == dialoogdocument


def test_a_struck_talk_is_offered_nothing(als, tom, gesprek, nieuw, pagina):
    strike(record=gesprek, door=tom)

    assert als(tom).get(pagina).status_code == 404
    assert als(tom).post(pagina, {"versie": "2027.1"}).status_code == 404
    assert not adopt_gespreksversie(gesprek=gesprek, nieuw=nieuw, door=tom)


def test_a_talk_of_another_school_is_not_there(als, ander_huis, gesprek, nieuw):
    there = reverse("gespreksversie", args=[ander_huis.dossier.pk, gesprek.pk])

    assert als(ander_huis.team).get(there).status_code == 404


def test_a_closed_dossier_stays_as_it_is(als, tom, an, gesprek, nieuw, pagina):
    close_dossier(dossier=gesprek.dossier, door=an)

    assert als(tom).post(pagina, {"versie": "2027.1"}).status_code == 403
    with pytest.raises(DossierAfgesloten):
        adopt_gespreksversie(gesprek=gesprek, nieuw=nieuw, door=tom)


def test_who_is_second_does_not_take_an_older_version(gesprek, nieuw, tom, an):
    seen = Gesprek.objects.get()
    derde = next_version(nieuw, an, today=date(2028, 3, 4))
    assert adopt_gespreksversie(gesprek=gesprek, nieuw=derde, door=an)

    assert not adopt_gespreksversie(gesprek=seen, nieuw=nieuw, door=tom)


def test_what_a_talk_left_behind_keeps_its_version_from_changing(
    gesprek, dialoogdocument, nieuw, ga_over, noteer
):
    noteer(note_name(gesprek, WEG), "elke maandag overleg")
    ga_over()

    assert has_answers(dialoogdocument)
