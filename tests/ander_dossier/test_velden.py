"""A key opens a field in its own dossier, and in no other.

Marie may write in both, so only the finder can keep them apart. The other one has each record, and
shows it to her: what is not found here is really there.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from django.urls import reverse

from dialoogfiches.oudergesprekken import finders as ouderfinders
from dialoogfiches.oudergesprekken.finders import finder_in
from dossiers.velden import registry
from dossiers.velden.registry import GeenVeld, find_veld
from tests.elders import (
    BASISVRAAG,
    DOEL,
    OUDERVRAAG,
    STAP,
    THEMA,
    VRAAG,
    WOORDEN,
    Vol,
)

pytestmark = pytest.mark.django_db


class Field(NamedTuple):
    """The record of a kind, and the name of a field that holds words.

    is_code: its key is that of the content, so here it names a field of one's own.
    """

    record: Callable[[Vol], Any]
    naam: Callable[[Vol], str]
    is_code: bool = False


FIELDS = {
    "antwoord": Field(lambda vol: vol.antwoord, lambda _: f"antwoord-{VRAAG}-groeikans", True),
    "inschaling": Field(lambda vol: vol.inschaling, lambda _: f"inschaling-{DOEL}-focus", True),
    "routekaart": Field(
        lambda vol: vol.routezinnen, lambda _: "routekaart-zinnen-wat_vragen_we", True
    ),
    "actie": Field(lambda vol: vol.actie, lambda vol: f"actie-{vol.actie.pk}-wat"),
    "check": Field(lambda vol: vol.check, lambda vol: f"check-{vol.actie.pk}-1-vaststelling"),
    "gesprek": Field(lambda vol: vol.gesprek, lambda vol: f"gesprek-{vol.gesprek.pk}-titel"),
    "notitie": Field(
        lambda vol: vol.notitie, lambda vol: f"notitie-{vol.gesprek.pk}-{BASISVRAAG}-tekst"
    ),
    "stap": Field(lambda vol: vol.stap, lambda vol: f"stap-{vol.gesprek.pk}-{STAP}-resultaat"),
    "uitwerking": Field(
        lambda vol: vol.uitwerking, lambda vol: f"uitwerking-{vol.uitwerking.actie_id}-bereiken"
    ),
}


def test_every_registered_kind_of_field_has_a_case():
    assert set(FIELDS) == set(registry._finders)


@pytest.mark.parametrize("soort", FIELDS)
def test_a_field_of_another_dossier_is_not_found(soort, hier, elders):
    case = FIELDS[soort]
    record, naam = case.record(elders), case.naam(elders)
    theirs = find_veld(dossier=elders.dossier, naam=naam)
    assert theirs.record == record
    assert getattr(theirs.record, theirs.veld) == WOORDEN

    if not case.is_code:
        with pytest.raises(GeenVeld):
            find_veld(dossier=hier.dossier, naam=naam)
        return
    mine = find_veld(dossier=hier.dossier, naam=naam).record
    assert mine._state.adding
    assert mine.dossier == hier.dossier


@pytest.mark.parametrize("soort", FIELDS)
def test_a_field_of_another_dossier_is_not_saved_and_has_no_history_here(soort, als, hier, elders):
    case = FIELDS[soort]
    record, naam = case.record(elders), case.naam(elders)
    found = find_veld(dossier=elders.dossier, naam=naam)
    client = als(hier.door)
    data = {"veld": naam, naam: "Van hier", f"{naam}_basis": "1"}
    theirs = reverse("historiek", args=[elders.dossier.pk, naam])
    assert WOORDEN in client.get(theirs).text

    history = client.get(reverse("historiek", args=[hier.dossier.pk, naam]))
    saved = client.post(
        reverse("overzicht", args=[hier.dossier.pk]), data, headers={"HX-Request": "true"}
    )

    assert (history.status_code == 404) != case.is_code
    assert WOORDEN not in history.text
    # A first answer of one's own, on a page that says it started from another: no conflict.
    assert (saved.status_code == 404) != case.is_code
    assert WOORDEN not in saved.text
    record.refresh_from_db()
    assert getattr(record, found.veld) == WOORDEN
    assert record.revisie(found.veld) == 1


PARENT_FIELDS = {
    "oudergesprek": (lambda vol: vol.oudergesprek, "oudergesprek-dit-pseudoniem"),
    "ouderthema": (lambda vol: vol.ouderthema, f"ouderthema-{THEMA}-groter"),
    "oudernotitie": (lambda vol: vol.oudernotitie, f"oudernotitie-{OUDERVRAAG}-tekst"),
}


def test_every_kind_of_field_of_a_talk_with_parents_has_a_case(hier):
    assert set(PARENT_FIELDS) == set(ouderfinders._finders(hier.oudergesprek))
    assert not set(PARENT_FIELDS) & set(registry._finders), "never in reach of the school"


@pytest.mark.parametrize("soort", PARENT_FIELDS)
@pytest.mark.parametrize("place", ["elsewhere", "in the same dossier"])
def test_a_field_of_another_talk_with_parents_is_not_found(soort, place, als, hier, elders):
    make, naam = PARENT_FIELDS[soort]
    other = elders if place == "elsewhere" else Vol(hier.dossier, hier.door)
    record = make(other)
    found = finder_in(other.oudergesprek)(dossier=other.dossier, naam=naam)
    assert found.record == record
    assert getattr(found.record, found.veld) == WOORDEN
    history = reverse("oudergesprek-historiek", args=[other.oudergesprek.pk, naam])
    assert WOORDEN in als(hier.door).get(history).text
    talk = hier.oudergesprek
    talk.pseudoniem = "Kolibrie"
    talk.save()

    mine = finder_in(talk)(dossier=hier.dossier, naam=naam)

    assert mine.record.pk != record.pk
    assert getattr(mine.record, mine.veld) != WOORDEN
