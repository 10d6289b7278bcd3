"""The team puts an action where it belongs in the plan, whatever material it grew from."""

import re

import pytest
from django.urls import reverse

from dialoogfiches.gesprekken.domain.acties import create_gespreksactie
from dialoogfiches.gesprekken.domain.gesprekken import start_gesprek
from dialoogfiches.gesprekken.models import Gesprekstap
from dossiers.acties.models import Actie, Actierevisie
from dossiers.velden.domain.saving import save_veld
from preventieplan.queries.plan import placed_acties
from tests.conftest import load_material
from tests.paper import lay_out_by
from tests.start.test_elke_actie import (
    ELSEWHERE,
    WAT,
    at_the_goal,
    from_a_groeikans,
    make,
    places,
    vol,
)

pytestmark = pytest.mark.django_db

__all__ = ("places", "vol")


@pytest.fixture(autouse=True)
def _no_pdf_is_laid_out(monkeypatch):
    lay_out_by(lambda document: document.html.encode(), monkeypatch)


@pytest.fixture
def put(als, vol):
    """Choose where an action belongs, as its field does: `put(actie, "f1-2")`."""

    def save(actie: Actie, waar: str, *, door=None, basis: int | None = None):
        actie.refresh_from_db()
        naam = f"actie-{actie.pk}-hoort_bij"
        return als(door or vol.door).post(
            reverse("overzicht", args=[vol.dossier.pk]),
            {
                "veld": naam,
                naam: waar,
                f"{naam}_basis": actie.hoort_bij_revisie if basis is None else basis,
            },
            headers={"HX-Request": "true"},
        )

    return save


def where(vol, actie: Actie) -> str:
    """The short name of its goal, the number of its phase, or nothing."""
    placed = placed_acties(vol.dossier)
    for one in placed.of_goals:
        if one.actie == actie:
            return one.doelstelling.kort
    found = [str(int(fase)) for fase, some in placed.of_phases.items() if actie in some]
    return found[0] if found else ""


@pytest.mark.parametrize("way", ELSEWHERE, ids=lambda way: way.__name__)
def test_it_stands_at_its_goal_everywhere_then_in_its_phase_then_nowhere(
    way, vol, als, places, put
):
    actie = make(way, vol, als)

    assert put(actie, "f1-2").status_code == 200
    shown = places()
    assert "Uit gesprekken</h2>" not in "".join(shown.values())
    assert {name for name, html in shown.items() if WAT not in html} == set()
    assert where(vol, actie) == "Nauwe opvolging en acties op maat"
    goal = als(vol.door).get(reverse("doelstelling", args=[vol.dossier.pk, "f1-2"])).text
    assert WAT in goal

    assert put(actie, "f1").status_code == 200
    shown = places()
    assert "Fase 1 als geheel" in shown["overview"]
    assert "Fase 1 als geheel" in shown["preventieplan.pdf"]
    for name in ("routekaart", "routekaart.pdf", "routekaart-a3.pdf"):
        assert "De fase als geheel" in shown[name]
    assert {name for name, html in shown.items() if WAT not in html} == set()

    assert put(actie, "").status_code == 200
    assert where(vol, actie) == ""
    assert "Uit gesprekken</h2>" in places()["overview"]
    kept = Actierevisie.objects.filter(record=actie, veld="hoort_bij").order_by("revisie")
    assert [row.waarde for row in kept][-3:] == ["f1-2", "f1", ""]


@pytest.mark.parametrize("waar", ["f1-99", "f7", "onzin", "F1"])
def test_it_can_only_go_where_the_plan_has_a_place(waar, vol, als, put):
    actie = make(ELSEWHERE[-1], vol, als)

    assert put(actie, waar).status_code == 422
    actie.refresh_from_db()
    assert actie.hoort_bij == ""


def test_of_two_who_choose_at_once_the_second_sees_both(vol, als, huis, put):
    actie = make(ELSEWHERE[-1], vol, als)
    put(actie, "f1-2")

    answer = put(actie, "f2-1", door=huis.team, basis=0)

    assert answer.status_code == 409
    assert "Nauwe opvolging en acties op maat" in answer.text
    assert where(vol, actie) == "Nauwe opvolging en acties op maat"


def test_who_only_reads_moves_nothing(vol, als, huis, put):
    actie = make(ELSEWHERE[-1], vol, als)

    assert put(actie, "f1-2", door=huis.lezer).status_code == 403
    assert where(vol, actie) == ""


def test_without_a_script_the_row_moves_on_klaar(vol, als):
    actie = make(ELSEWHERE[-1], vol, als)
    client, url = als(vol.door), reverse("overzicht", args=[vol.dossier.pk])
    naam = f"actie-{actie.pk}-hoort_bij"

    client.get(f"{url}?open={actie.pk}")
    answer = client.post(url, {naam: "f0-2", f"{naam}_basis": "0", "klaar": str(actie.pk)})

    assert answer.status_code == 302
    assert where(vol, actie) == "Inschrijvingsbeleid"


def talk(vol, slug: str):
    return start_gesprek(
        dossier=vol.dossier,
        versie=load_material(slug),
        sleutel=vol.dossier.pk,
        titel="Rond de tafel",
        door=vol.door,
    )


@pytest.mark.parametrize(
    ("slug", "stap", "waar"),
    [
        ("dialoogdocument", "registratie", "Registratiebeleid"),
        ("psychisch-kwetsbare-jongeren", "fase-2", "2"),
        ("dialoogdocument", "beleid", ""),
    ],
)
def test_an_action_of_a_talk_starts_where_the_material_knows_it_belongs(slug, stap, waar, vol):
    gesprek = talk(vol, slug)
    onderdeel = gesprek.versie.onderdelen.get(code=stap)

    actie = create_gespreksactie(gesprek=gesprek, onderdeel=onderdeel, wat=WAT, door=vol.door)

    assert where(vol, actie) == waar


def test_an_action_of_a_talk_follows_the_focus_of_that_talk(vol):
    gesprek = talk(vol, "aanwezig-op-school")
    steps = {step.code: step for step in gesprek.versie.onderdelen.all()}
    focus = Gesprekstap(dossier=vol.dossier, gesprek=gesprek, onderdeel=steps["focus-bepalen"])
    save_veld(record=focus, veld="hoort_bij", waarde="f0-1", basis=0, door=vol.door)

    actie = create_gespreksactie(
        gesprek=gesprek, onderdeel=steps["plan-opmaken"], wat=WAT, door=vol.door
    )

    before = create_gespreksactie(
        gesprek=gesprek, onderdeel=steps["breed-kijken"], wat="Eerst dit", door=vol.door
    )

    assert where(vol, actie) == "Verbindend schoolklimaat"
    assert where(vol, before) == ""


def test_an_action_stays_in_sight_when_no_version_knows_its_goal(vol, als, places):
    actie = make(ELSEWHERE[-1], vol, als)
    Actie.objects.filter(pk=actie.pk).update(hoort_bij="f2-9")

    assert where(vol, actie) == "2"
    assert {name for name, html in places().items() if WAT not in html} == set()
    url = reverse("overzicht", args=[vol.dossier.pk])
    row = als(vol.door).get(f"{url}?open={actie.pk}").text
    assert '<option value="f2-9" selected>een doelstelling die er niet meer is</option>' in row


def test_a_groeikans_still_tells_of_its_action_when_that_went_elsewhere(vol, als, put):
    actie = make(from_a_groeikans, vol, als)
    put(actie, "f1-2")

    html = als(vol.door).get(reverse("doelstelling", args=[vol.dossier.pk, "f0-1"])).text
    overview = reverse("overzicht", args=[vol.dossier.pk])
    assert f'href="{overview}#actie-{actie.pk}"' in html
    assert f'id="actie-{actie.pk}"' not in html


@pytest.mark.parametrize("view", ["bespreken", "lijst"])
def test_the_page_of_a_goal_leads_to_where_that_is_chosen(vol, als, view):
    """A list of all goals for each action would be a tenth of that page."""
    actie = at_the_goal(vol)
    tom = als(vol.door)
    goal = reverse("doelstelling", args=[vol.dossier.pk, "f0-1"])
    page = tom.get(f"{goal}?weergave={view}").text
    (link,) = re.findall(r'href="([^"]+)">[^<]*waar een actie bij hoort', page)

    assert f'name="actie-{actie.pk}-hoort_bij"' not in page
    assert f'name="actie-{actie.pk}-hoort_bij"' in tom.get(f"{link}?open={actie.pk}").text
