"""Sofie of the STS-team makes people members of a PLG, in beheer."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from dossiers.logboek.models import Handelingen, Logregel
from dossiers.mensen.access import places_of, plgs_of
from dossiers.mensen.domain.lidmaatschappen import NietVoorJezelf
from dossiers.mensen.domain.plgleden import AlPlglid, add_plglid, end_plglid
from dossiers.mensen.domain.wissen import ask_to_erase_account, erase_accounts_due
from dossiers.mensen.models import Plg, Plglid, User
from stsdialoog.wislijst import WACHTTIJD

pytestmark = pytest.mark.django_db

ADD = reverse("admin:mensen_plglid_add")
LIST = reverse("admin:mensen_plglid_changelist")


@pytest.fixture
def sofie(db) -> User:
    return User.objects.create_user(
        "sofie@sts.be", naam="Sofie", is_staff=True, beheert_organisaties=True
    )


def test_sofie_makes_somebody_a_member_and_ends_it(als, sofie, oscar):
    admin = als(sofie)
    admin.get(ADD)
    admin.post(ADD, {"user": oscar.pk, "plg": Plg.LIMBURG})
    assert plgs_of(oscar) == [Plg.LIMBURG]
    again = admin.post(ADD, {"user": oscar.pk, "plg": Plg.LIMBURG})
    assert "al lid van die PLG" in again.text

    admin.get(LIST)
    admin.post(LIST, {"action": "end", "_selected_action": [oscar.plgs.get().pk]})

    assert plgs_of(oscar) == []
    done = Logregel.objects.filter(door=sofie).order_by("op").values_list("handeling", flat=True)
    assert list(done) == [Handelingen.PLGLID_GEWORDEN, Handelingen.PLGLID_BEEINDIGD]
    assert oscar.plgs.get().actief_tot


def test_sofie_does_not_make_herself_one(als, sofie):
    admin = als(sofie)
    admin.get(ADD)

    assert admin.post(ADD, {"user": sofie.pk, "plg": Plg.LIMBURG}).status_code == 403
    assert plgs_of(sofie) == []


def test_who_edits_materials_alone_gives_nobody_the_role(als, oscar):
    editor = User.objects.create_user(
        "ed@sts.be", naam="Ed", is_staff=True, beheert_materialen=True
    )

    assert als(editor).get(ADD).status_code == 403


def test_a_member_has_no_place_in_any_school(plglid, huis):
    places = places_of(plglid)

    assert not places.in_schools
    assert not places.in_clbs
    assert not places.schools().exists()


def test_nobody_is_a_member_twice_nor_by_herself(sofie, oscar):
    add_plglid(user=oscar, plg=Plg.LIMBURG, door=sofie)

    with pytest.raises(AlPlglid):
        add_plglid(user=oscar, plg=Plg.LIMBURG, door=sofie)
    with pytest.raises(NietVoorJezelf):
        add_plglid(user=oscar, plg=Plg.ANTWERPEN, door=oscar)
    assert plgs_of(oscar) == [Plg.LIMBURG]


def test_who_stopped_can_come_back_and_ending_twice_is_logged_once(sofie, oscar):
    first = add_plglid(user=oscar, plg=Plg.LIMBURG, door=sofie)
    end_plglid(plglid=first, door=sofie)
    end_plglid(plglid=first, door=sofie)
    add_plglid(user=oscar, plg=Plg.LIMBURG, door=sofie)

    assert plgs_of(oscar) == [Plg.LIMBURG]
    assert Logregel.objects.filter(handeling=Handelingen.PLGLID_BEEINDIGD).count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"plg": "Holland"},
        {"plg": Plg.LIMBURG, "sinds": timezone.now(), "actief_tot": timezone.now()},
    ],
    ids=["no such PLG", "ends before it begins"],
)
def test_the_database_refuses_what_cannot_be(oscar, wrong):
    if "actief_tot" in wrong:
        wrong = wrong | {"actief_tot": wrong["sinds"].replace(year=2000)}

    with pytest.raises(IntegrityError), transaction.atomic():
        Plglid.objects.create(user=oscar, **wrong)


def test_with_an_account_its_memberships_end(sofie, plglid):
    today = timezone.localdate()
    ask_to_erase_account(user=plglid, door=sofie, today=today)
    for _ in erase_accounts_due(op=today + WACHTTIJD):
        pass

    assert plgs_of(plglid) == []
    assert Plglid.objects.filter(user=plglid).exists()
