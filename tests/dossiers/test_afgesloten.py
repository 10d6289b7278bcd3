"""Closing, striking, ending: each happens once, with one log line, and closed means closed.

Also for a save in progress at that moment: the write itself checks, not only the access check.
"""

from datetime import timedelta
from threading import Event, Thread
from unittest.mock import Mock

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from dossiers.acties.domain.acties import create_actie
from dossiers.acties.models import Actie
from dossiers.domain import close_dossier, reopen_dossier
from dossiers.logboek.models import Logregel
from dossiers.mensen.domain.lidmaatschappen import end_lidmaatschap
from dossiers.mensen.domain.organisaties import change_school
from dossiers.mensen.domain.uitnodigingen import invite, withdraw_uitnodiging
from dossiers.mensen.models import Lidmaatschap, Rol, School, Uitnodiging
from dossiers.models import Dossier, DossierAfgesloten
from dossiers.velden.domain import saving
from dossiers.velden.domain.saving import SaveOutcome, save_veld
from dossiers.velden.domain.striking import restore, strike
from preventieplan.models import Antwoord, Checklistvraag

pytestmark = pytest.mark.django_db


@pytest.fixture
def dossier(linde, lien, plan) -> Dossier:
    return Dossier.objects.create(school=linde, schooljaar=2026, planversie=plan, geopend_door=lien)


@pytest.fixture
def actie(dossier, karim) -> Actie:
    return create_actie(dossier=dossier, wat="Onthaaldag", door=karim)


def handelingen() -> list[str]:
    return list(Logregel.objects.order_by("pk").values_list("handeling", flat=True))


def test_a_field_is_not_saved_any_more(dossier, actie, karim, lien):
    close_dossier(dossier=dossier, door=lien)

    with pytest.raises(DossierAfgesloten):
        save_veld(record=actie, veld="wie", waarde="Karim", basis=0, door=karim)

    actie.refresh_from_db()
    assert (actie.wie, actie.wie_revisie) == ("", 0)
    assert not actie.revisies.filter(veld="wie").exists()


def test_a_first_answer_is_not_saved_any_more(huis):
    dossier, tom = huis.dossier, huis.team
    vraag = Checklistvraag.objects.first()
    antwoord = Antwoord(dossier=dossier, vraag=vraag)
    close_dossier(dossier=dossier, door=huis.ankerfiguur)

    with pytest.raises(DossierAfgesloten):
        save_veld(record=antwoord, veld="toelichting", waarde="Toch", basis=0, door=tom)
    assert not Antwoord.objects.exists()

    reopen_dossier(dossier=dossier, door=huis.ankerfiguur)
    antwoord = Antwoord(dossier=dossier, vraag=vraag)
    saved = save_veld(record=antwoord, veld="toelichting", waarde="Toch", basis=0, door=tom)
    assert saved.outcome == SaveOutcome.SAVED
    assert antwoord.dossier == dossier
    assert Antwoord.objects.get().dossier_id == antwoord.dossier_id == dossier.pk


def test_an_action_is_not_made_struck_or_put_back_any_more(dossier, actie, karim, lien):
    close_dossier(dossier=dossier, door=lien)
    for act in (strike, restore):
        with pytest.raises(DossierAfgesloten):
            act(record=actie, door=karim)
    with pytest.raises(DossierAfgesloten):
        create_actie(dossier=dossier, wat="Nog iets", door=karim)
    assert Actie.objects.get().geschrapt_op is None
    assert handelingen() == ["dossier-afgesloten"]


def test_the_page_says_why(huis, als, monkeypatch):
    """The dossier is closed between the access check and the write."""
    dossier, original = huis.dossier, saving._insert

    def insert_late(**kwargs):
        close_dossier(dossier=dossier, door=huis.ankerfiguur)
        return original(**kwargs)

    monkeypatch.setattr(saving, "_insert", insert_late)
    field = "antwoord-f0-1-v01-toelichting"
    response = als(huis.team).post(
        reverse("doelstelling", args=[dossier.pk, "f0-1"]),
        {"veld": field, field: "Nog snel", f"{field}_basis": "0"},
        headers={"HX-Request": "true"},
    )
    assert response.status_code == 403
    assert "Dit dossier is afgesloten" in response.text
    assert not Antwoord.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_new", [True, False])
def test_a_save_that_starts_while_the_dossier_closes_is_refused(huis, is_new):
    antwoord = Antwoord(dossier=huis.dossier, vraag=Checklistvraag.objects.first())
    if not is_new:
        save_veld(record=antwoord, veld="stand", waarde="deels", basis=0, door=huis.team)
    closing = Event()
    outcomes: list[str] = []

    def save():
        closing.wait()
        try:
            saved = save_veld(
                record=antwoord, veld="toelichting", waarde="Nog snel", basis=0, door=huis.team
            )
            outcomes.append(saved.outcome)
        except DossierAfgesloten:
            outcomes.append("afgesloten")
        finally:
            connection.close()

    thread = Thread(target=save)
    thread.start()
    with transaction.atomic():
        close_dossier(dossier=huis.dossier, door=huis.ankerfiguur)
        closing.set()
        # Long enough for the save to reach its write, where it waits for this transaction.
        thread.join(0.5)
        assert outcomes == []
    thread.join()

    assert outcomes == ["afgesloten"]
    assert not Antwoord.objects.filter(toelichting="Nog snel").exists()


def test_what_is_done_twice_is_logged_once(dossier, actie, karim, lien):
    same = Actie.objects.get()
    strike(record=actie, door=lien)
    strike(record=same, door=karim)
    assert same.geschrapt_op == actie.geschrapt_op
    assert same.gewijzigd_door == lien
    for one in (actie, same):
        restore(record=one, door=karim)
    actie.refresh_from_db()
    assert (actie.geschrapt_op, actie.gewijzigd_door) == (None, karim)
    for act in (close_dossier, close_dossier, reopen_dossier, reopen_dossier):
        act(dossier=dossier, door=lien)
    assert [(line.handeling, line.door) for line in Logregel.objects.order_by("pk")] == [
        ("actie-geschrapt", lien),
        ("actie-teruggezet", karim),
        ("dossier-afgesloten", lien),
        ("dossier-heropend", lien),
    ]


def test_without_its_log_line_nothing_happens(dossier, actie, karim, lien, linde, monkeypatch):
    lidmaatschap = Lidmaatschap.objects.get(user=karim)
    uitnodiging, _ = invite(school=linde, email="fatima@delinde.be", rol=Rol.LEZER, door=lien)
    monkeypatch.setattr(Logregel, "save", Mock(side_effect=RuntimeError))
    for act, record in (
        (strike, {"record": actie}),
        (close_dossier, {"dossier": dossier}),
        (end_lidmaatschap, {"lidmaatschap": lidmaatschap}),
        (withdraw_uitnodiging, {"uitnodiging": uitnodiging}),
        (change_school, {"school": linde}),
    ):
        linde.naam = "Een andere naam"
        with pytest.raises(RuntimeError):
            act(door=lien, **record)
    assert Actie.objects.get().geschrapt_op is None
    assert Dossier.objects.get().is_open
    assert Lidmaatschap.objects.get(user=karim).actief_tot is None
    assert Uitnodiging.objects.get().ingetrokken_op is None
    assert School.objects.get().naam == "Basisschool De Linde"


@pytest.mark.parametrize(
    ("model", "wrong"),
    [
        (Logregel, {"handeling": "iets"}),
        (Lidmaatschap, {"actief_tot": timezone.now() - timedelta(days=1)}),
    ],
)
def test_the_database_refuses_what_cannot_be(dossier, karim, lien, model, wrong):
    close_dossier(dossier=dossier, door=lien)
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.update(**wrong)
