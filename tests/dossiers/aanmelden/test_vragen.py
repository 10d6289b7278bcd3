"""Who logs in on behalf of a school or a CLB: it is asked, and an ankerfiguur says who comes in."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from dossiers.aanmelden.domain import vragen
from dossiers.aanmelden.models import Lidmaatschapsvraag
from dossiers.logboek.models import Logregel
from dossiers.mensen.domain.lidmaatschappen import NietVoorJezelf
from dossiers.mensen.models import CLB, Lidmaatschap, Rol, School, User
from tests.client import text_of
from tests.dossiers.aanmelden.through import linked, logged_in, said

pytestmark = pytest.mark.django_db

Handeling = Logregel.Handeling
LIJST = "/lidmaatschapsvragen/"
LINDE = {"vo_doelgroepcode": "OV", "vo_orgcode": "037804", "vo_orgnaam": "De Linde"}


@pytest.fixture
def vraag(acmidm, linde, lien, tom):
    """Tom, who has no place here, logged in on behalf of De Linde."""
    linked(acmidm, tom, "tom-bij-acm", **LINDE)
    return Lidmaatschapsvraag.objects.get()


def place_of(vraag):
    return reverse("lidmaatschapsvraag", args=[vraag.pk])


def roles_of(user):
    running = Lidmaatschap.objects.filter(user=user, actief_tot=None)
    return list(running.values_list("rol", "school"))


def test_a_claim_asks_and_gives_nothing(
    acmidm, linde, lien, tom, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        browser = linked(acmidm, tom, "tom-bij-acm", **LINDE)

    vraag = Lidmaatschapsvraag.objects.get()
    assert (vraag.user, vraag.plek, vraag.via) == (tom, linde, "acmidm")
    assert roles_of(tom) == []
    assert browser.get(reverse("school", args=[linde.pk])).status_code == 404
    assert [one.to for one in mail.outbox if "vraagt om mee te doen" in one.subject] == [
        [lien.email]
    ]
    assert Logregel.objects.get(handeling=Handeling.LIDMAATSCHAP_GEVRAAGD).clb_id == linde.clb_id
    assert "Je vroeg om mee te doen met Basisschool De Linde" in text_of(browser.get("/scholen/"))


def test_who_logs_in_again_does_not_ask_again(acmidm, vraag, client, lien):
    acmidm.log_in(client)
    vragen.refuse(vraag=vraag, door=lien)
    client.logout()
    acmidm.log_in(client)

    assert Lidmaatschapsvraag.objects.count() == 1


@pytest.mark.parametrize(
    "claims",
    [
        {},
        {"vo_orgcode": "037804"},
        {"vo_doelgroepcode": "BUR", "vo_orgcode": "037804"},
        {"vo_doelgroepcode": "OV", "vo_orgcode": "037805"},
        {"vo_doelgroepcode": "OV", "vo_orgcode": "OVO037804"},
        {"vo_doelgroepcode": "OV", "vo_orgcode": "٠37804"},
        {"vo_doelgroepcode": "OV", "vo_orgcode": ["037804"]},
    ],
    ids=str,
)
def test_what_names_no_school_of_ours_asks_nothing(acmidm, linde, tom, claims):
    linked(acmidm, tom, "tom-bij-acm", **claims)

    assert not Lidmaatschapsvraag.objects.exists()


def test_a_number_may_come_without_its_zeros(acmidm, linde, tom):
    linked(acmidm, tom, "tom-bij-acm", vo_doelgroepcode="OV", vo_orgcode="37804")

    assert Lidmaatschapsvraag.objects.get().school == linde


def test_google_speaks_for_no_school(google, linde, tom):
    linked(google, tom, "tom-bij-google", **LINDE)

    assert not Lidmaatschapsvraag.objects.exists()


def test_who_is_there_already_does_not_ask(acmidm, linde, karim, lien):
    linked(acmidm, karim, "karim-bij-acm", **LINDE)
    linked(acmidm, lien, "lien-bij-acm", **LINDE)
    linked(acmidm, lien, "lien-bij-acm-2", vo_doelgroepcode="OV", vo_orgcode="114512")

    assert not Lidmaatschapsvraag.objects.exists()


def test_who_was_there_until_yesterday_does(acmidm, karim, linde, lien):
    """A last day counts by itself, before the night has ended the role."""
    yesterday = timezone.localdate() - timedelta(days=1)
    Lidmaatschap.objects.filter(user=karim).update(eindigt_op=yesterday)
    linked(acmidm, karim, "karim-bij-acm", **LINDE)

    vragen.confirm(
        vraag=Lidmaatschapsvraag.objects.get(), school=linde, rol=Rol.SCHOOLTEAM, door=lien
    )
    (role,) = Lidmaatschap.objects.active().filter(user=karim)
    assert role.eindigt_op is None


def test_the_ankerfiguur_gives_the_role_that_she_chooses(
    vraag, lien, linde, tom, django_capture_on_commit_callbacks
):
    browser = logged_in(lien)
    assert "1 persoon vraagt om mee te doen" in text_of(browser.get("/scholen/"))
    assert place_of(vraag) in text_of(browser.get(reverse("school", args=[linde.pk])))
    assert place_of(vraag) in text_of(browser.get(LIJST))
    page = text_of(browser.get(place_of(vraag)))
    assert "Doet Tom mee met Basisschool De Linde?" in page
    assert tom.email in page
    assert "ACM/IDM" in page

    with django_capture_on_commit_callbacks(execute=True):
        answer = browser.post(place_of(vraag), {"rol": Rol.LEZER})

    assert "Tom doet nu mee in Basisschool De Linde" in said(browser.get(answer.url))
    assert roles_of(tom) == [(Rol.LEZER, linde.pk)]
    vraag.refresh_from_db()
    assert (vraag.door, vraag.gegeven.user) == (lien, tom)
    assert Logregel.objects.get(handeling=Handeling.LID_GEWORDEN).door == lien
    assert mail.outbox[-1].to == [tom.email]
    assert "Niemand wacht op een antwoord" in text_of(browser.get(LIJST))


def test_or_she_refuses(vraag, lien, linde, tom):
    browser = logged_in(lien)

    browser.post(place_of(vraag), {"knop": "weiger"})

    assert roles_of(tom) == []
    assert Logregel.objects.get(handeling=Handeling.LIDMAATSCHAP_GEWEIGERD).door == lien
    assert "persoon vraagt" not in text_of(browser.get("/scholen/"))


def test_the_first_answer_counts(vraag, lien, tom):
    browser = logged_in(lien)
    browser.post(place_of(vraag), {"knop": "weiger"})

    late = browser.post(place_of(vraag), {"rol": Rol.SCHOOLTEAM})

    assert "al beantwoord" in said(browser.get(late.url))
    assert roles_of(tom) == []


def test_rubbish_gives_nothing(vraag, lien, tom):
    answer = logged_in(lien).post(place_of(vraag), {"rol": Rol.ANKERFIGUUR})

    assert answer.status_code == 200
    assert roles_of(tom) == []


def test_nobody_else_answers(vraag, karim, tom):
    assert logged_in(karim).post(place_of(vraag), {"rol": Rol.LEZER}).status_code == 403
    assert logged_in(tom).post(place_of(vraag), {"rol": Rol.LEZER}).status_code == 404
    assert logged_in(karim).get(LIJST).status_code == 403
    with pytest.raises(NietVoorJezelf):
        vragen.confirm(vraag=vraag, school=vraag.school, rol=Rol.LEZER, door=tom)


def test_an_account_that_is_off_asks_nothing_any_more(vraag, lien, tom):
    User.objects.filter(pk=tom.pk).update(is_active=False)
    browser = logged_in(lien)

    assert "Niemand wacht" in text_of(browser.get(LIJST))
    assert browser.get(place_of(vraag)).status_code == 302
    with pytest.raises(vragen.AlBeantwoord):
        vragen.confirm(vraag=vraag, school=vraag.school, rol=Rol.LEZER, door=lien)


def test_who_acts_for_the_clb_gets_one_of_its_schools(acmidm, clb, linde, lien, tom):
    """An ankerfiguur is made by the STS-team alone, and not by a claim."""
    other_clb = CLB.objects.create(naam="CLB Elders", instellingsnummer="000001")
    other = School.objects.create(
        clb=other_clb,
        naam="Elders",
        instellingsnummer="000002",
        niveau="bao",
        gemeente="Gent",
        provincie="oost-vlaanderen",
    )
    linked(acmidm, tom, "tom-bij-acm", vo_doelgroepcode="OV", vo_orgcode="114512")
    vraag = Lidmaatschapsvraag.objects.get(clb=clb)
    browser = logged_in(lien)

    assert browser.post(place_of(vraag), {"school": other.pk}).status_code == 200
    assert browser.post(place_of(vraag), {"rol": Rol.ANKERFIGUUR}).status_code == 200
    assert roles_of(tom) == []
    browser.post(place_of(vraag), {"school": linde.pk})

    assert roles_of(tom) == [(Rol.CLB_MEDEWERKER, linde.pk)]


@pytest.mark.parametrize(
    "wrong",
    [
        {"school": None},
        {"beantwoord_op": timezone.now()},
        {"door": "tom", "beantwoord_op": timezone.now()},
        {"door": "lien"},
    ],
    ids=["nowhere", "by nobody", "by herself", "never"],
)
def test_the_database_keeps_a_question_whole(vraag, lien, tom, wrong):
    people = {"tom": tom, "lien": lien}
    changes = {name: people.get(value, value) for name, value in wrong.items()}

    with pytest.raises(IntegrityError), transaction.atomic():
        Lidmaatschapsvraag.objects.filter(pk=vraag.pk).update(**changes)
