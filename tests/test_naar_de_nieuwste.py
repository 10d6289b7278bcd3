"""From version 2026.2 of the real materials to the newest: what a team wrote goes along."""

import uuid

import pytest
from django.conf import settings
from django.urls import reverse

from dialoogfiches.gesprekken.domain.gesprekken import start_gesprek
from dialoogfiches.gesprekken.domain.versions import adopt_gespreksversie
from dialoogfiches.gesprekken.models import Gesprekstap, Notitie
from dialoogfiches.models import Item, Onderdeel
from dossiers.materialen.domain.loading import load_materialen
from dossiers.materialen.models import Materiaalversie, Vorm
from dossiers.models import Dossier
from dossiers.velden.domain.saving import save_veld
from preventieplan.models import Antwoord, Checklistvraag, Doelstelling, Inschaling
from preventieplan.queries.earlier import goals_left_behind
from preventieplan.queries.plan import placed_acties

pytestmark = pytest.mark.django_db

TALKS = [
    "aanwezig-in-de-klas",
    "aanwezig-op-school",
    "actieplan-aanwezigheidsbeleid",
    "dialoogdocument",
    "sjablonen-plan-en-opvolging",
]
# Questions that became hints, because the fields of an action ask them.
HINTS = {"fase-0-r13", "fase-0-r14", "fase-0-r16"}


def newest(slug: str) -> Materiaalversie:
    return Materiaalversie.objects.newest().get(materiaal__slug=slug)


@pytest.fixture
def beide(huis) -> None:
    """Both versions are on the shelf, and the dossier still works in the older one."""
    load_materialen(settings.MATERIALEN_DIR)
    oud = Materiaalversie.objects.get(materiaal__slug="preventieplan", versie="2026.2")
    Dossier.objects.update(planversie=oud)


@pytest.fixture
def dossier(huis, beide) -> Dossier:
    return Dossier.objects.select_related("school__clb", "planversie__materiaal").get()


def test_the_plan_offers_it_and_tells_what_changed(als, tom, dossier):
    page = als(tom).get(reverse("preventieplan", args=[dossier.pk])).text
    assert f"Er is een nieuwere versie van dit materiaal: {newest('preventieplan').versie}" in page

    page = als(tom).get(reverse("planversie", args=[dossier.pk])).text

    assert "Zet de school in op kleuterparticipatie?" in page
    assert "Nood vanuit spijbelactieplan" in page
    # Nothing that a school could have answered is gone.
    assert "Weg (" not in page


def test_every_answer_of_the_plan_comes_along(als, tom, dossier):
    vragen = list(Checklistvraag.objects.filter(doelstelling__versie=dossier.planversie))
    doelen = list(Doelstelling.objects.filter(versie=dossier.planversie))
    for vraag in vragen:
        record = Antwoord(dossier=dossier, vraag=vraag)
        save_veld(record=record, veld="toelichting", waarde=vraag.code, basis=0, door=tom)
    for doel in doelen:
        record = Inschaling(dossier=dossier, doelstelling=doel)
        save_veld(record=record, veld="score", waarde=4, basis=0, door=tom)

    nieuw = newest("preventieplan")
    als(tom).post(reverse("planversie", args=[dossier.pk]), {"versie": nieuw.versie})

    dossier = Dossier.objects.select_related("planversie").get()
    assert dossier.planversie == nieuw
    now = Antwoord.objects.filter(vraag__doelstelling__versie=dossier.planversie)
    assert {antwoord.toelichting for antwoord in now.select_related("vraag")} == {
        vraag.code for vraag in vragen
    }
    assert all(one.toelichting == one.vraag.code for one in now.select_related("vraag"))
    scores = Inschaling.objects.filter(doelstelling__versie=dossier.planversie)
    assert scores.count() == len(doelen)
    assert goals_left_behind(dossier, placed_acties(dossier).of_goals) == ()


@pytest.mark.parametrize("slug", TALKS)
def test_every_note_of_a_talk_comes_along(dossier, tom, slug):
    oud = Materiaalversie.objects.get(materiaal__slug=slug, versie="2026.2")
    nieuw = newest(slug)
    gesprek = start_gesprek(
        dossier=dossier, versie=oud, sleutel=uuid.uuid4(), titel="Ons gesprek", door=tom
    )
    items = list(Item.objects.questions().filter(versie=oud))
    for item in items:
        record = Notitie(dossier=dossier, gesprek=gesprek, item=item)
        save_veld(record=record, veld="tekst", waarde=item.code, basis=0, door=tom)
    stappen = list(Onderdeel.objects.steps().filter(versie=oud))
    for stap in stappen:
        record = Gesprekstap(dossier=dossier, gesprek=gesprek, onderdeel=stap)
        save_veld(record=record, veld="resultaat", waarde=stap.code, basis=0, door=tom)

    assert adopt_gespreksversie(gesprek=gesprek, nieuw=nieuw, door=tom)

    along = Notitie.objects.filter(item__versie=nieuw).select_related("item")
    assert all(one.tekst == one.item.code for one in along)
    left = {item.code for item in items} - {one.item.code for one in along}
    assert left == (HINTS if slug.startswith("actieplan") else set())
    results = Gesprekstap.objects.filter(onderdeel__versie=nieuw).select_related("onderdeel")
    assert {one.resultaat for one in results} == {stap.code for stap in stappen}


def test_no_talk_was_forgotten(beide):
    earlier = Materiaalversie.objects.filter(vorm=Vorm.GESPREK, versie="2026.2")

    assert sorted(earlier.values_list("materiaal__slug", flat=True)) == TALKS
