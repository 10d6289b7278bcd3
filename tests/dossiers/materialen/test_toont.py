"""What of its own a dossier shows beside a goal of the plan or a part of a fiche (`toont`)."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from dialoogfiches.models import Onderdeel
from dossiers.materialen.content.export import as_yaml
from dossiers.materialen.content.files import read_document
from dossiers.materialen.domain import versions
from dossiers.materialen.domain.documents import document_of
from dossiers.materialen.models import Materiaalversie
from preventieplan.models import Doelstelling
from tests.dialoogfiches.kleinefiche import small_fiche
from tests.dossiers.materialen.beheer import change, errors, make_redacteur
from tests.dossiers.materialen.kleinplan import small_plan

pytestmark = pytest.mark.django_db

GOAL = "    kort: Doel 1\n"
PART = "    kort: Start\n"


def plan_with(toont: str) -> str:
    return small_plan().replace(GOAL, f"{GOAL}    toont: {toont}\n")


def fiche_with(toont: str) -> str:
    return small_fiche().replace(PART, f"{PART}    toont: {toont}\n")


def test_it_is_stored_and_comes_back_in_a_file(materialen, tmp_path):
    materialen.write(plan_with("[cijfers]"))
    materialen.write(fiche_with("[sociale-kaart, cijfers]"), "klein/2026.1.yaml")
    materialen.load()

    assert dict(Doelstelling.objects.values_list("code", "toont")) == {
        "f0-1": "",
        "f1-1": "cijfers",
        "f2-1": "",
        "f3-1": "",
    }
    assert Onderdeel.objects.get().toont == "sociale-kaart cijfers"
    for versie in Materiaalversie.objects.all():
        exported = tmp_path / "uit.yaml"
        exported.write_text(as_yaml(document_of(versie)))
        assert read_document(exported).data == document_of(versie)
        assert "toont: [" in exported.read_text()


@pytest.mark.parametrize(
    ("toont", "sentence"),
    [
        ("[cijfer]", 'toont (nummer 1) moet "cijfers" of "sociale-kaart" zijn, niet "cijfer".'),
        ("[]", "toont is leeg: vul iets in."),
        ("[cijfers, cijfers]", "toont noemt iets twee keer: laat er één weg."),
        ("cijfers", "toont moet een lijst zijn, met een streepje voor elk onderdeel."),
    ],
)
@pytest.mark.parametrize("kind", ["plan", "fiche"])
def test_an_unknown_name_is_refused_with_its_line(materialen, toont, sentence, kind):
    text = plan_with(toont) if kind == "plan" else fiche_with(toont)
    name = materialen.write(text, f"{'preventieplan' if kind == 'plan' else 'klein'}/2026.1.yaml")
    line = text[: text.index("toont:")].count("\n") + 1

    assert materialen.findings() == [f"{name}, regel {line}: {sentence}"]


@pytest.mark.parametrize("model", [Doelstelling, Onderdeel])
def test_the_database_refuses_an_unknown_name(materialen, model):
    materialen.write(small_plan())
    materialen.write(small_fiche(), "klein/2026.1.yaml")
    materialen.load()

    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.update(toont="cijfer")


def test_the_difference_tells_of_it(materialen):
    for slug, before, after in (
        ("preventieplan", small_plan(), plan_with("[cijfers]")),
        ("klein", small_fiche(), fiche_with("[cijfers, sociale-kaart]")),
    ):
        materialen.write(before, f"{slug}/2026.1.yaml")
        later = after.replace('"2026.1"', '"2026.2"').replace("2026-06-02", "2026-09-01")
        materialen.write(later, f"{slug}/2026.2.yaml")
    materialen.load()

    told = []
    for slug in ("preventieplan", "klein"):
        oud, nieuw = Materiaalversie.objects.filter(materiaal__slug=slug).order_by("versie")
        found = versions.difference(oud=oud, nieuw=nieuw)
        told += [(part.waar, part.tekst) for part in found.nieuw]
        assert (found.weg, found.anders) == ((), ())

    assert told == [
        ("Fase 1, Doel 1, ernaast", "de cijfers van de school"),
        ("De start, ernaast", "de cijfers van de school, de sociale kaart"),
    ]


def test_the_team_chooses_it(materialen, als):
    materialen.write(plan_with("[cijfers]"))
    materialen.write(small_fiche(), "klein/2026.1.yaml")
    materialen.load()
    sofie = make_redacteur()
    for versie in Materiaalversie.objects.all():
        versions.make_concept(versie=versie, door=sofie, today=date(2026, 11, 29))
    doel = Doelstelling.objects.get(code="f1-1", versie__status="concept")
    deel = Onderdeel.objects.get(versie__status="concept")
    redactie = als(sofie)
    assert doel.toont == "cijfers"

    change(redactie, doel, kort="Ander doel")
    change(redactie, deel, toont=["cijfers", "sociale-kaart"])
    wrong = change(redactie, deel, toont=["weer"])

    doel.refresh_from_db()
    deel.refresh_from_db()
    assert (doel.kort, doel.toont) == ("Ander doel", "cijfers")
    assert deel.toont == "cijfers sociale-kaart"
    assert "weer" in errors(wrong)
    change(redactie, doel, toont=[])
    doel.refresh_from_db()
    assert doel.toont == ""
