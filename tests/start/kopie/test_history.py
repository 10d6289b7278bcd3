"""A field whose history has a gap is found, whichever text is missing."""

import pytest
from django.apps import apps
from django.core.management import CommandError

from dossiers.velden.domain.saving import save_veld
from dossiers.velden.models import Veldrecord
from preventieplan.models import Antwoord, Antwoordrevisie
from start.kopie.domain.history import count_gaps
from tests.database import connected_to
from tests.dialoogfiches.oudergesprekken.ouders import DIT, make_gesprek, write
from tests.start.kopie.elders import bewaar, zet_terug

VELD = "preventieplan.Antwoord.toelichting"


@pytest.fixture
def antwoord(dossier, vraag, tom):
    """Saved three times in one field, once in another, and never in the third."""
    record = Antwoord(dossier=dossier, vraag=vraag)
    for basis in range(3):
        save_veld(record=record, veld="toelichting", waarde=f"{basis}", basis=basis, door=tom)
    save_veld(record=record, veld="groeikans", waarde="meter", basis=0, door=tom)
    return record


def test_every_kind_of_record_with_fields_is_looked_at():
    kinds = [model for model in apps.get_models() if issubclass(model, Veldrecord)]

    assert len(kinds) >= 9
    assert all(hasattr(model, "revisies") for model in kinds)


@pytest.mark.parametrize("revisie", [1, 2, 3])
def test_a_missing_text_is_found(antwoord, revisie):
    assert count_gaps() == {}

    Antwoordrevisie.objects.filter(veld="toelichting", revisie=revisie).delete()

    assert count_gaps() == {VELD: 1}


@pytest.mark.parametrize("number", [2, 4])
def test_a_number_that_is_not_that_of_the_newest_text_is_found(antwoord, number):
    Antwoord.objects.update(toelichting_revisie=number)

    assert count_gaps() == {VELD: 1}


def test_texts_of_a_field_that_says_it_was_never_saved_are_found(antwoord):
    Antwoord.objects.update(toelichting_revisie=0)

    assert count_gaps() == {VELD: 1}


@pytest.mark.parametrize(("one", "moved"), [(1, 0), (3, 4)])
def test_as_many_texts_with_other_numbers_are_found(antwoord, one, moved):
    Antwoordrevisie.objects.filter(veld="toelichting", revisie=one).update(revisie=moved)

    assert count_gaps() == {VELD: 1}


def test_of_a_pseudonym_only_the_newest_is_kept_and_that_is_whole(als, huis):
    talk = make_gesprek(huis)
    marie = als(huis.medewerker)
    for basis, naam in enumerate(("Ster", "Maan"), start=1):
        write(marie, talk, f"{DIT}-pseudoniem", naam, basis)
    newest = talk.revisies.filter(veld="pseudoniem")
    assert newest.get().revisie == 3
    assert count_gaps() == {}

    newest.update(revisie=2)
    assert count_gaps() == {"oudergesprekken.Oudergesprek.pseudoniem": 1}
    newest.delete()
    assert count_gaps() == {"oudergesprekken.Oudergesprek.pseudoniem": 1}


def test_a_backup_with_a_gap_comes_back_and_says_where(antwoord, folder, leeg):
    Antwoordrevisie.objects.filter(veld="toelichting", revisie=2).delete()
    kopie = bewaar(folder)

    with connected_to(leeg):
        with pytest.raises(CommandError, match="De kopie staat terug, maar") as told:
            zet_terug(kopie)

        assert f"{VELD} (1)" in str(told.value)
        assert Antwoord.objects.get().toelichting == "2"
