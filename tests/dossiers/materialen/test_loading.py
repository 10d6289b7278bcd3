"""Loading content files: all or nothing, and never over content with answers of a school."""

import io
from datetime import date

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from dossiers.domain import open_dossier
from dossiers.materialen.domain.loading import LoadOutcome, load_materialen
from dossiers.materialen.models import Materiaal, Materiaalversie
from dossiers.materialen.queries import GeenMateriaal, newest_published
from dossiers.velden.domain.saving import save_veld
from preventieplan.domain.acties import create_planactie
from preventieplan.models import Antwoord, Checklistvraag, Doelstelling, Inschaling, Trede
from tests.dossiers.materialen.kleinplan import small_plan

pytestmark = pytest.mark.django_db


def test_everything_of_a_file_is_stored(materialen):
    materialen.write(small_plan())
    materialen.load()

    versie = Materiaalversie.objects.select_related("materiaal").get()
    assert (versie.materiaal.slug, versie.materiaal.plg) == ("preventieplan", "Antwerpen")
    assert versie.materiaal.doelgroepen == ["school", "clb"]
    assert (versie.versie, versie.datum) == ("2026.1", date(2026, 6, 2))
    assert versie.teksten == {
        "aanloop": "Licht toe hoe jullie dit doen",
        "inschaling": "Schaal je school in",
        "focus": "Waar wil je op inzetten?",
        "routekaart_titel": "Routekaart",
        "routekaart_doel": "Schooluitval voorkomen",
    }
    assert [trede.blokken for trede in versie.treden.all()][1] == [
        {"kop": "kop 1", "woorden": ["woord 1"]}
    ]
    doel = versie.doelstellingen.get(code="f1-1")
    assert (doel.fase, doel.kort, doel.titel) == (1, "Doel 1", "De school doet 1")
    assert (doel.herkomst, doel.inleiding, doel.inleiding_herkomst) == (
        "bron",
        "Waarom 1",
        "voorstel",
    )
    vraag = doel.vragen.get()
    assert (vraag.code, vraag.tekst, vraag.herkomst) == (
        "f1-1-v01",
        "Hoe doen jullie 1?",
        "voorstel",
    )


def test_the_material_of_the_project_loads(db):
    assert [geladen.outcome for geladen in load_materialen(settings.MATERIALEN_DIR)]
    assert newest_published(slug="preventieplan").doelstellingen.filter(fase=0).count() == 5


def test_loading_again_changes_nothing(materialen):
    materialen.write(small_plan())
    materialen.load()
    pks = set(Checklistvraag.objects.values_list("pk", flat=True))

    # Comments and the order of keys are not part of the content.
    materialen.write(
        "# Uitleg\n"
        + small_plan()
        .replace("slug: preventieplan\n  ", "")
        .replace("plg: Antwerpen", "plg: Antwerpen\n  slug: preventieplan")
    )

    assert materialen.load() == [LoadOutcome.UNCHANGED]
    assert set(Checklistvraag.objects.values_list("pk", flat=True)) == pks


def test_one_broken_file_keeps_all_files_out(materialen):
    materialen.write_version("2026.1")
    materialen.write_version("2026.2", "2026-09-01", replace={"kort: Doel 1": "kort: ''"})

    assert materialen.findings()
    assert not Materiaal.objects.exists()


@pytest.mark.parametrize("status", ["concept", "gepubliceerd"])
def test_a_version_without_answers_may_be_replaced(materialen, status):
    materialen.write_version("2026.1", replace={"gepubliceerd": status})
    materialen.load()
    materialen.write_version(
        "2026.1", replace={"gepubliceerd": status, "Hoe doen jullie 1?": "Hoe dan?"}
    )

    assert materialen.load() == [LoadOutcome.REPLACED]
    assert Checklistvraag.objects.get(code="f1-1-v01").tekst == "Hoe dan?"
    assert (Doelstelling.objects.count(), Trede.objects.count()) == (4, 4)


@pytest.fixture
def filled_in(materialen, huis):
    """A small plan that is used by the dossier of a school, with an answer."""
    Materiaal.objects.filter(slug="preventieplan").update(slug="ander-plan")
    materialen.write(small_plan())
    materialen.load()
    return open_dossier(school=huis.school, schooljaar=2030, door=huis.ankerfiguur)


def _answers(dossier, door):
    vraag = Checklistvraag.objects.get(doelstelling__versie=dossier.planversie, code="f0-1-v01")
    record = Antwoord(dossier=dossier, vraag=vraag)
    save_veld(record=record, veld="stand", waarde="deels", basis=0, door=door)


def _scores(dossier, door):
    doel = Doelstelling.objects.get(versie=dossier.planversie, code="f0-1")
    record = Inschaling(dossier=dossier, doelstelling=doel)
    save_veld(record=record, veld="score", waarde=5, basis=0, door=door)


def _plans(dossier, door):
    doel = Doelstelling.objects.get(versie=dossier.planversie, code="f0-1")
    create_planactie(dossier=dossier, doelstelling=doel, wat="Iets", door=door)


@pytest.mark.parametrize("fill", [_answers, _scores, _plans])
def test_a_version_that_was_filled_in_never_changes(materialen, filled_in, huis, fill):
    fill(filled_in, huis.team)
    assert materialen.load() == [LoadOutcome.UNCHANGED]
    materialen.write_version("2026.1", replace={"Hoe doen jullie 1?": "Hoe dan?"})
    materialen.write_version("2026.2", "2026-09-01")

    assert materialen.findings() == [
        "preventieplan/2026.1.yaml, regel 9: versie 2026.1 is al door scholen ingevuld en "
        "verandert niet meer. Zet dit bestand terug zoals het was, en zet de nieuwe tekst in een "
        "nieuw bestand ernaast, met een volgende versie."
    ]
    assert Checklistvraag.objects.filter(tekst="Hoe dan?").count() == 0
    plan = Materiaal.objects.get(slug="preventieplan")
    assert [one.versie for one in plan.versies.all()] == ["2026.1"]


def test_a_new_version_stands_beside_the_old(materialen, filled_in, huis):
    _answers(filled_in, huis.team)
    materialen.write_version("2026.2", "2026-09-01", replace={"Hoe doen jullie 1?": "Hoe dan?"})

    assert materialen.load() == [LoadOutcome.UNCHANGED, LoadOutcome.NEW]

    filled_in.refresh_from_db()
    assert filled_in.planversie.versie == "2026.1"
    assert Antwoord.objects.get().vraag.doelstelling.versie == filled_in.planversie
    nieuw = open_dossier(school=huis.school, schooljaar=2031, door=huis.ankerfiguur)
    assert nieuw.planversie.versie == "2026.2"


def test_the_newest_published_version_counts(materialen):
    materialen.write_version("2026.9")
    materialen.write_version("2026.10")
    materialen.write_version("2027.1", "2027-06-02", replace={"gepubliceerd": "concept"})
    materialen.load()

    assert newest_published(slug="preventieplan").versie == "2026.10"


def test_without_a_published_version_it_says_what_to_do(materialen):
    materialen.write_version("2026.1", replace={"gepubliceerd": "concept"})
    materialen.load()

    with pytest.raises(GeenMateriaal, match="laad_materialen"):
        newest_published(slug="preventieplan")


def test_the_newest_version_names_the_material(materialen):
    titel = "titel: Preventieplan\n"
    materialen.write_version("2026.1", replace={titel: "titel: Oud\n"})
    materialen.write_version("2026.2", "2026-09-01", replace={titel: "titel: Nieuw\n"})
    materialen.load()
    assert Materiaal.objects.get().titel == "Nieuw"

    materialen.write_version("2026.1", replace={titel: "titel: Ouder\n"})
    assert materialen.load() == [LoadOutcome.REPLACED, LoadOutcome.UNCHANGED]
    assert Materiaal.objects.get().titel == "Nieuw"


def test_a_material_keeps_its_soort(materialen):
    Materiaal.objects.create(slug="preventieplan", titel="x", plg="x", soort="fiches")
    materialen.write(small_plan())

    assert materialen.findings() == [
        'preventieplan/2026.1.yaml, regel 5: soort moet "fiches" blijven, zoals in de andere '
        "versies."
    ]


def test_the_command_tells_what_became_of_each_version(materialen):
    materialen.write_version("2026.1")

    def run() -> str:
        out = io.StringIO()
        call_command("laad_materialen", map=materialen.path, stdout=out)
        return out.getvalue()

    assert run() == "preventieplan 2026.1: nieuw\n"
    materialen.write_version("2026.1", replace={"Antwerpen": "Limburg"})
    materialen.write_version("2026.2", "2026-09-01")
    assert run() == "preventieplan 2026.1: vervangen\npreventieplan 2026.2: nieuw\n"
    assert run() == "preventieplan 2026.1: ongewijzigd\npreventieplan 2026.2: ongewijzigd\n"


def test_the_command_shows_every_finding(materialen):
    materialen.write(small_plan().replace("herkomst: bron", "herkomst: bonr"))

    with pytest.raises(CommandError) as caught:
        call_command("laad_materialen", map=materialen.path)

    assert str(caught.value).startswith("Er is niets geladen.\npreventieplan/2026.1.yaml, regel ")
    assert str(caught.value).count("bonr") == 8


def test_the_command_takes_the_folder_of_the_project(lege_plank, capsys):
    call_command("laad_materialen")

    assert "preventieplan 2026.2: nieuw" in capsys.readouterr().out
