import pytest

from dossiers.acties.domain.acties import create_actie
from dossiers.acties.models import Actie, Actiestand, Besluit, Checkmoment
from dossiers.mensen.models import Lidmaatschap, Rol, User
from dossiers.velden.domain.saving import save_veld
from tests.conftest import make_user

GEVONDEN = "Drie ouders belden zelf terug."


@pytest.fixture
def tom(huis) -> User:
    return huis.team


@pytest.fixture(autouse=True)
def wislijst(settings, tmp_path):
    """A list of what was taken back for this story alone."""
    settings.WISLIJST = str(tmp_path / "wislijst.jsonl")
    return tmp_path / "wislijst.jsonl"


@pytest.fixture
def redacteur(db) -> User:
    """Sofie of the STS-team, who reads for the PLG and works in no school."""
    sofie = make_user("Sofie")
    sofie.is_staff = sofie.beheert_materialen = True
    sofie.save()
    return sofie


@pytest.fixture
def klaar(dossier, tom) -> Actie:
    """An action that is done, with what the team found when it looked back."""
    actie = create_actie(
        dossier=dossier, wat="Bel de eerste dag zelf", hoort_bij="f1-1", wie="Tom", door=tom
    )
    check = Checkmoment(dossier=dossier, actie=actie, nummer=1, besluit=Besluit.BORGEN)
    save_veld(record=check, veld="vaststelling", waarde=GEVONDEN, basis=0, door=tom)
    Checkmoment.objects.filter(pk=check.pk).update(
        dag="2026-11-20", besluit=Besluit.BORGEN, afgerond_op="2026-11-20T12:00:00Z"
    )
    Actie.objects.filter(pk=actie.pk).update(stand=Actiestand.KLAAR, besluit=Besluit.BORGEN)
    actie.refresh_from_db()
    return actie


@pytest.fixture
def volgt_beide(huis, ander_huis) -> User:
    """Marie, who works for both schools."""
    Lidmaatschap.objects.create(
        user=huis.medewerker, school=ander_huis.school, rol=Rol.CLB_MEDEWERKER
    )
    return huis.medewerker
