"""The access checks: a stranger sees nothing, a reader writes nothing."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from dossiers.access import dossiers_to_work_in, get_dossier_or_404
from dossiers.mensen.access import (
    Recht,
    get_lidmaatschap_or_404,
    get_school_or_404,
    get_uitnodiging_or_404,
    places_of,
    schools_for,
)
from dossiers.mensen.domain.uitnodigingen import invite
from dossiers.mensen.models import CLB, Lidmaatschap, Rol, School
from dossiers.models import Dossier, DossierAfgesloten


@pytest.fixture
def eik(db):
    """A school of another CLB."""
    veer = CLB.objects.create(naam="CLB Het Veer", instellingsnummer="114513")
    return School.objects.create(
        clb=veer,
        naam="De Eik",
        instellingsnummer="012345",
        niveau="so",
        gemeente="Lier",
        provincie="antwerpen",
    )


@pytest.fixture
def dossier(linde, lien, plan):
    return Dossier.objects.create(school=linde, schooljaar=2026, planversie=plan, geopend_door=lien)


@pytest.mark.parametrize(
    ("who", "recht"),
    [("lien", Recht.BEHEREN), ("karim", Recht.SCHRIJVEN), ("nora", Recht.LEZEN)],
)
def test_each_role_has_its_right(linde, dossier, who, recht, request):
    user = request.getfixturevalue(who)
    assert get_school_or_404(user=user, pk=linde.pk, recht=recht).recht == recht
    assert get_dossier_or_404(user=user, pk=dossier.pk, recht=recht).recht == recht
    assert places_of(user).right_on(linde) == recht
    if recht < Recht.BEHEREN:
        with pytest.raises(PermissionDenied):
            get_school_or_404(user=user, pk=linde.pk, recht=Recht(recht + 1))
        with pytest.raises(PermissionDenied):
            get_dossier_or_404(user=user, pk=dossier.pk, recht=Recht(recht + 1))


def test_a_stranger_cannot_tell_a_school_from_nothing(linde, dossier, lien, karim, tom):
    uitnodiging, _ = invite(school=linde, email="fatima@delinde.be", rol=Rol.LEZER, door=lien)
    for pk in (linde.pk, uuid4()):
        with pytest.raises(Http404):
            get_school_or_404(user=tom, pk=pk, recht=Recht.LEZEN)
    for pk in (dossier.pk, uuid4()):
        with pytest.raises(Http404):
            get_dossier_or_404(user=tom, pk=pk, recht=Recht.LEZEN)
    for pk in (uitnodiging.pk, uuid4()):
        with pytest.raises(Http404):
            get_uitnodiging_or_404(user=tom, pk=pk)
    for pk in (Lidmaatschap.objects.get(user=karim).pk, uuid4()):
        with pytest.raises(Http404):
            get_lidmaatschap_or_404(user=tom, pk=pk)


def test_the_ankerfiguur_of_another_clb_is_a_stranger(eik, linde, lien):
    with pytest.raises(Http404):
        get_school_or_404(user=lien, pk=eik.pk, recht=Recht.LEZEN)
    assert list(schools_for(lien)) == [linde]


def test_an_ended_membership_opens_nothing(linde, lien, karim):
    for user in (lien, karim):
        assert list(schools_for(user)) == [linde]
    Lidmaatschap.objects.update(actief_tot=timezone.now())
    for user in (lien, karim):
        assert not schools_for(user).exists()
        with pytest.raises(Http404):
            get_school_or_404(user=user, pk=linde.pk, recht=Recht.LEZEN)


def test_two_places_count_for_the_larger_and_list_the_school_once(linde, lien):
    Lidmaatschap.objects.create(user=lien, school=linde, rol=Rol.LEZER)
    assert get_school_or_404(user=lien, pk=linde.pk, recht=Recht.BEHEREN)
    assert list(schools_for(lien)) == [linde]
    assert places_of(lien).right_on(linde) == Recht.BEHEREN
    assert list(places_of(lien).schools(own=True)) == [linde]


def test_without_a_place_there_is_no_right(linde, eik, lien, tom):
    assert places_of(lien).right_on(eik) == places_of(tom).right_on(linde) == Recht.GEEN
    assert not places_of(lien).schools(own=True).exists()
    assert not places_of(tom).schools().exists()


def test_a_closed_dossier_is_read_and_not_written(dossier, lien, karim):
    dossier.afgesloten_op = timezone.now()
    dossier.save()
    for user in (lien, karim):
        assert get_dossier_or_404(user=user, pk=dossier.pk, recht=Recht.LEZEN)
        with pytest.raises(DossierAfgesloten):
            get_dossier_or_404(user=user, pk=dossier.pk, recht=Recht.SCHRIJVEN)
    with pytest.raises(DossierAfgesloten):
        get_dossier_or_404(user=lien, pk=dossier.pk, recht=Recht.BEHEREN)
    assert get_dossier_or_404(user=lien, pk=dossier.pk, recht=Recht.BEHEREN, closed_ok=True)


def test_a_clb_medewerker_writes_in_her_school_and_sees_no_other(linde, eik, tom):
    Lidmaatschap.objects.create(user=tom, school=linde, rol=Rol.CLB_MEDEWERKER)
    assert get_school_or_404(user=tom, pk=linde.pk, recht=Recht.SCHRIJVEN)
    assert list(schools_for(tom)) == [linde]


def test_who_is_not_logged_in_is_sent_to_the_login_page(client, linde, dossier):
    for url in (
        reverse("school", args=[linde.pk]),
        reverse("school-nieuw"),
        reverse("school-wijzigen", args=[linde.pk]),
        reverse("dossier-afsluiten", args=[dossier.pk]),
    ):
        assert client.get(url).url == f"{reverse('account_login')}?next={url}"


def test_who_left_the_school_for_the_clb_works_there_as_clb(huis, ander_huis):
    """As long as she is in the school team too, material for the CLB alone is not for there."""
    team = Lidmaatschap.objects.get(user=huis.team)
    Lidmaatschap.objects.create(user=huis.team, clb=huis.clb, rol=Rol.ANKERFIGUUR)
    assert not dossiers_to_work_in(huis.team, as_clb=True).exists()

    team.actief_tot = timezone.now()
    team.save()

    assert dossiers_to_work_in(huis.team, as_clb=True).get() == huis.dossier
