"""What leaves with a dossier: all that a team wrote in it, in a shape that was published."""

import json
from datetime import date
from hashlib import sha256
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from jsonschema import Draft202012Validator, FormatChecker
from python_calamine import CalamineWorkbook

from dialoogfiches.bevragingen.domain.bevragingen import open_bevraging
from dialoogfiches.bevragingen.models import Bevraging, Golf
from dossiers.acties.domain.acties import choose_trekkers, create_actie
from dossiers.acties.models import Actie, Vervolg
from dossiers.anoniem.domain.bevragingen import close_bevraging
from dossiers.cijfers.models import Cijfergroep
from dossiers.mensen.models import Lidmaatschap
from dossiers.praktijken.domain.delen import withdraw_praktijk
from dossiers.praktijken.domain.navolgen import make_own_action
from dossiers.velden.domain.saving import save_veld
from preventieplan.inschalen.domain.rondes import put_on_paper
from preventieplan.models import Inschaling
from start.domain.oefendossier import open_oefendossier
from start.nieuw_jaar.domain.starting import start_schooljaar
from stsdialoog.documents.document import OEFEN
from tests.client import Browser
from tests.conftest import SCHOOLJAAR, load_material
from tests.dialoogfiches.bevragingen.bevraging import answer, day
from tests.dossiers.praktijken.praktijken import of_huis
from tests.elders import WOORDEN
from tests.paper import lay_out_by
from tests.preventieplan.bestuur.vast import keep
from tests.preventieplan.inschalen.rondes import DOEL, shown
from tests.preventieplan.spiegel import spiegels

pytestmark = pytest.mark.django_db


def faults(data) -> list[str]:
    schema = json.loads(published())
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema, format_checker=FormatChecker())
    return [f"{list(error.path)}: {error.message}" for error in validator.iter_errors(data)]


def published(nummer: int = 2) -> bytes:
    """As a program of somebody else gets it, which is not logged in."""
    response = Browser().get(f"/schema/dossier-{nummer}.json")
    assert response.status_code == 200
    assert response["Content-Type"] == "application/schema+json"
    return response.content


def test_a_file_of_each_kind_is_in_it(vol, take, tom):
    taken = take(tom)

    assert list(taken) == [
        "LEESMIJ.txt",
        "routekaart.pdf",
        "preventieplan.pdf",
        "overzicht-van-de-acties.pdf",
        "gesprekken/01-bij-ons-aan-de-dijle.pdf",
        "bevragingen/01-bij-ons-aan-de-dijle.pdf",
        f"spiegels/01-{timezone.localdate():%Y-%m-%d}.pdf",
        f"verslagen/01-{timezone.localdate():%Y-%m-%d}.pdf",
        "acties.xlsx",
        "dossier.json",
        "dossier-2.schema.json",
    ]
    assert all(path in taken["LEESMIJ.txt"].decode() for path in taken if path != "LEESMIJ.txt")


def test_what_was_fixed_comes_along_byte_for_byte(vol, take, tom, dossier):
    kaarten = [keep(dossier, door=tom) for _ in range(2)]

    taken = take(tom)

    fixed = [taken[path] for path in taken if path.startswith("vastgesteld/")]
    assert fixed == [bytes(kaart.document) for kaart in kaarten]


def test_the_data_have_the_published_shape(vol, take, tom):
    taken = take(tom)

    assert faults(taken.data) == []
    assert taken["dossier-2.schema.json"] == published()


def test_an_empty_dossier_has_that_shape_too(take, tom):
    data = take(tom).data

    assert faults(data) == []
    assert data["cijfers"] is None
    assert data["acties"] == data["gesprekken"] == data["bevragingen"] == data["spiegels"] == []


def test_what_has_no_place_in_the_shape_is_a_fault(vol, take, tom):
    data = take(tom).data

    data["acties"][0]["door"] = "Tom"
    data["gesprekken"][0]["notities"][0]["door"] = "Tom"
    assert len(faults(data)) == 2


def test_all_that_a_team_wrote_is_in_the_data(vol, take, tom):
    data = take(tom).data

    plan = data["preventieplan"]
    # The second question is one that somebody finds out.
    assert [one["groeikans"] for one in plan["antwoorden"]] == [WOORDEN, ""]
    assert [(one["doelstelling"], one["focus"]) for one in plan["inschalingen"]] == [
        ("f0-1", WOORDEN)
    ]
    assert plan["prioriteiten"] == [{"fase": 0, "plaats": 1, "doelstelling": "f0-1"}]
    assert plan["routekaart"]["wat_vragen_we"] == WOORDEN
    (talk,) = data["gesprekken"]
    assert talk["voorbereiding"] == {"uur": "15:45", "minuten": 50, "plaats": WOORDEN}
    assert [one["tekst"] for one in talk["notities"]] == [WOORDEN]
    assert [one["resultaat"] for one in talk["stappen"]] == [WOORDEN]
    (survey,) = data["bevragingen"]
    assert survey["antwoorden"] == 5
    assert WOORDEN in json.dumps(survey["keuzes"][0])
    (spiegel,) = data["spiegels"]
    assert spiegel["antwoorden"] == 5
    assert spiegel["vragen"][0]["vraag"] == "f0-1-v01"
    given = spiegel["vragen"][0]["leerkrachten"]
    assert given == {"doen-we": 2, "deels": 1, "nog-niet": 2, "weten-niet": 0}


@pytest.mark.parametrize(("aantal", "leaves"), [(4, False), (5, True), (6, True)])
def test_a_spiegel_with_too_few_answers_does_not_leave(dossier, take, tom, aantal, leaves):
    spiegels.settled(dossier, tom, *[spiegels.DEELS] * aantal)
    taken = take(tom)
    assert bool(taken.data["spiegels"]) is leaves
    assert any(path.startswith("spiegels/") for path in taken) is leaves


def test_an_action_tells_where_it_grew_and_where_it_belongs(vol, take, tom):
    acties = take(tom).data["acties"]

    grown = {one["gegroeid_uit"]["soort"]: one["gegroeid_uit"]["waar"] for one in acties}
    assert grown == {
        "plan": None,
        "gesprek": str(vol.gesprek.pk),
        "lezen": "leerkracht-als-schakel",
        # What goes on from an adjusted action.
        "los": None,
    }
    assert acties[0]["doelstelling"] == "f0-1"
    assert [one["uitwerking"]["bereiken"] for one in acties if one["uitwerking"]] == [WOORDEN]


def test_who_does_an_action_comes_along_as_a_role_and_never_as_a_name(take, tom, an, dossier):
    actie = create_actie(dossier=dossier, wat="bellen", door=tom)
    choose_trekkers(actie=actie, gekozen=[tom.pk, an.pk], stond=[], door=tom)
    Lidmaatschap.objects.filter(user=an).update(actief_tot=timezone.now())

    taken = take(tom)

    assert taken.data["acties"][0]["trekkers"] == ["schoolteam", None]
    assert faults(taken.data) == []
    head, row = rows(taken)
    assert row[head.index("Van het team")] == "schoolteam, werkt hier niet meer"


def test_what_it_goes_on_from_comes_along(take, tom, an, dossier, huis):
    earlier = create_actie(dossier=dossier, wat="poort", wanneer="ooit", door=tom)
    adjusted = create_actie(dossier=dossier, wat="poort met thee", door=tom)
    Vervolg.objects.create(actie=adjusted, eerdere=earlier)
    today = date(SCHOOLJAAR + 1, 8, 20)
    new = start_schooljaar(vorig=dossier, door=an, today=today).dossier

    old_data, taken = take(tom).data, take(tom, new)

    data = taken.data
    assert faults(data) == []
    assert old_data["gaat_verder_op"] is None
    assert data["gaat_verder_op"] == {
        "id": str(dossier.pk),
        "schooljaar": dossier.schooljaar_label,
    }
    by_words = {one["wat"]: one for one in old_data["acties"]}
    assert by_words["poort met thee"]["vervolg_van"] == by_words["poort"]["id"]
    assert by_words["poort"]["vervolg_van_vorig_schooljaar"] is None
    (along,) = [one for one in data["acties"] if one["wat"] == "poort met thee"]
    assert along["vervolg_van_vorig_schooljaar"] == by_words["poort met thee"]["id"]
    assert along["vervolg_van"] is None
    head, *body = rows(taken)
    assert [row[head.index("Verder op")] for row in body] == ["Vorig schooljaar: poort met thee"]


def test_the_first_shape_that_was_published_stays_what_it_was():
    assert sha256(published(1)).hexdigest() == (
        "557d237c02ccb1538412fa81e8a69f73003127bbff6917c92def6272e7f7fd25"
    )


def test_a_code_stays_and_the_version_it_was_written_for_is_told(vol, take, tom, dossier):
    antwoord, _to_find_out = take(tom).data["preventieplan"]["antwoorden"]

    assert antwoord["vraag"] == "f0-1-v01"
    assert antwoord["versie"] == dossier.planversie.versie
    assert antwoord["tekst"] == vol.antwoord.vraag.tekst


def test_every_score_comes_along_with_its_day(dossier, tom, doel, take):
    record = Inschaling(dossier=dossier, doelstelling=doel)
    for basis, waarde in enumerate((3, 5)):
        save_veld(record=record, veld="score", waarde=waarde, basis=basis, door=tom)

    (inschaling,) = take(tom).data["preventieplan"]["inschalingen"]

    assert inschaling["score"] == 5
    assert [one["score"] for one in inschaling["scores"]] == [3, 5]


def test_of_a_round_leaves_what_the_team_put_on_paper_and_nothing_else(dossier, tom, take):
    ronde = shown(dossier, tom, 3, 6, 6, 7, 8, zin="Op de gang ken ik niemand.")
    assert take(tom).data["preventieplan"]["spreidingen"] == []
    put_on_paper(ronde=ronde, doel=DOEL, aan=True)

    taken = take(tom)

    assert taken.data["preventieplan"]["spreidingen"] == [
        {"doelstelling": DOEL, "aantallen": [0, 0, 0, 1, 0, 0, 2, 1, 1, 0, 0]}
    ]
    assert faults(taken.data) == []
    told = json.dumps(taken.data)
    assert not any(one in told for one in ("Op de gang", str(ronde.code), str(ronde.pk)))


def test_a_small_count_is_told_as_the_page_tells_it(vol, take, tom):
    Cijfergroep.objects.update(ongewettigd_5=12, ongewettigd_10=1)

    (groep,) = take(tom).data["cijfers"]["groepen"]

    assert groep["leerlingen"] == 412
    assert [one["leerlingen"] for one in groep["afwezig"][:3]] == [12, "minder dan 5", None]


# --- the workbook -------------------------------------------------------------------------------


def rows(taken) -> list[list]:
    book = CalamineWorkbook.from_filelike(BytesIO(taken["acties.xlsx"]))
    return book.get_sheet_by_index(0).to_python()


def test_the_actions_are_rows_that_a_spreadsheet_reads(dossier, tom, take):
    actie = create_actie(dossier=dossier, wat="onthaaldag", wie="Els", door=tom, hoort_bij="f0-1")
    Actie.objects.filter(pk=actie.pk).update(check_op=date(2026, 12, 1), besluit="borgen")
    create_actie(dossier=dossier, wat="bellen", door=tom, hoort_bij="f2")

    head, first, second = rows(take(tom))

    assert head[:4] == ["Fase", "Doelstelling", "Wat", "Wie"]
    assert first[0] == 0
    assert first[2:4] == ["onthaaldag", "Els"]
    assert first[6:9] == ["gepland", date(2026, 12, 1), "borgen"]
    assert second[:3] == [2, "", "bellen"]


@pytest.mark.parametrize("text", ["=1+1", "+32 15 00 00 00", "-", "@Els", "=cmd|' /C calc'!A0"])
def test_no_action_is_worked_out(dossier, tom, take, text):
    create_actie(dossier=dossier, wat=text, wie=text, wanneer=text, door=tom)

    taken = take(tom)

    assert rows(taken)[1][2:5] == [text] * 3
    assert "<f>" not in taken.everything


# --- surveys ------------------------------------------------------------------------------------


def najaar(dossier, tom) -> Bevraging:
    versie = load_material("mini-bevraging")
    return open_bevraging(dossier=dossier, versie=versie, titel="Najaar", tot=day(9), door=tom)


@pytest.mark.parametrize(("answers", "leaves"), [(4, False), (5, True), (6, True)])
def test_a_survey_leaves_only_with_enough_answers(dossier, tom, take, answers, leaves):
    made = najaar(dossier, tom)
    for _ in range(answers):
        answer(made, "ja", ja1="Ik bel zelf")
    assert "Ik bel zelf" not in take(tom).everything
    close_bevraging(bevraging=made, door=tom)

    taken = take(tom)

    assert ("Ik bel zelf" in taken["dossier.json"].decode()) is leaves
    assert ("bevragingen/01-najaar.pdf" in taken) is leaves
    assert ("Najaar" in taken.everything) is leaves


def test_a_survey_with_a_wave_that_nobody_decided_about_does_not_leave(vol, take, tom):
    assert take(tom).data["bevragingen"]
    Golf.objects.create(bevraging=vol.bevraging, begin=timezone.now())

    taken = take(tom)

    assert taken.data["bevragingen"] == []
    assert not [path for path in taken if path.startswith("bevragingen/")]


def test_what_few_people_chose_leaves_as_a_number_without_their_words(dossier, tom, take):
    made = najaar(dossier, tom)
    for keuze, many in (("ja", 3), ("nee", 2)):
        for _ in range(many):
            answer(made, keuze, **{f"{keuze}1": f"Wij zeggen {keuze}"})
    close_bevraging(bevraging=made, door=tom)

    taken = take(tom)

    yes, no = taken.data["bevragingen"][0]["keuzes"]
    assert (yes["aantal"], yes["te_weinig_om_te_tonen"]) == (3, False)
    assert (no["aantal"], no["te_weinig_om_te_tonen"], no["vragen"]) == (2, True, [])
    assert "Wij zeggen ja" in taken.everything
    assert "Wij zeggen nee" not in taken.everything


# --- the same dossier, the same file; and one to practise in --------------------------------------


def test_the_same_dossier_gives_the_same_bytes_to_whoever_asks(vol, take, tom, an):
    assert take(tom).zip == take(an).zip == take(tom).zip


def test_an_oefendossier_bears_its_mark_everywhere(huis, an, als, take, vandaag, monkeypatch):
    oefen = open_oefendossier(clb=huis.clb, today=date(SCHOOLJAAR, 11, 29), door=an)

    taken = take(an, oefen)

    assert taken.data["oefendossier"] is True
    assert faults(taken.data) == []
    assert "OEFENDOSSIER" in taken["LEESMIJ.txt"].decode()
    book = CalamineWorkbook.from_filelike(BytesIO(taken["acties.xlsx"]))
    assert book.sheet_names == ["Acties (oefening)"]
    lay_out_by(lambda document: " ".join(document.styles).encode(), monkeypatch)
    styles = [content for path, content in take(an, oefen).items() if path.endswith(".pdf")]
    assert len(styles) == 3
    assert all(OEFEN.encode() in one for one in styles)
    page = als(an).get(reverse("uitvoer", args=[oefen.pk])).text
    assert "Dit is een oefendossier" in page


def test_what_cannot_be_printed_is_named_in_the_readme(dossier, tom, take):
    create_actie(dossier=dossier, wat="Zeg \u0633\u0644\u0627\u0645 & dag", door=tom)

    taken = take(tom)

    assert "- \u0633\u0644\u0627\u0645\n" in taken["LEESMIJ.txt"].decode()
    assert taken.data["acties"][0]["wat"] == "Zeg \u0633\u0644\u0627\u0645 & dag"


def test_what_was_shared_leaves_with_it_and_what_was_taken_back_does_not(
    take, huis, dossier, tom, settings, tmp_path
):
    settings.WISLIJST = str(tmp_path / "wislijst.jsonl")
    shared, gone = (of_huis(huis, wat=wat) for wat in ("Gebleven", "Ingetrokken"))
    assert "Ingetrokken" in take(tom).everything

    withdraw_praktijk(praktijk=gone, door=tom)

    taken = take(tom)
    (one,) = taken.data["praktijken"]
    assert (one["id"], one["wat"], one["stand"]) == (str(shared.pk), "Gebleven", "gedeeld")
    assert "Ingetrokken" not in taken.everything


def test_an_action_after_a_practice_says_so_and_not_of_whom(take, dossier, tom, ander_huis):
    shared = of_huis(ander_huis, toon_school=True)
    make_own_action(praktijk=shared, dossier=dossier, wat="Wij bellen ook", door=tom)

    taken = take(tom)

    (actie,) = taken.data["acties"]
    assert actie["gegroeid_uit"] == {"soort": "praktijk", "waar": None}
    assert "Kouterschool" not in taken.everything
