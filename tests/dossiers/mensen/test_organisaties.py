"""A CLB and its schools: adding them, correcting them, and a dossier for each schooljaar."""

from datetime import date

import pytest
from django.db import DataError, IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from dossiers.logboek.models import Logregel
from dossiers.mensen.domain import organisaties
from dossiers.mensen.domain.uitnodigingen import invite, open_uitnodigingen
from dossiers.mensen.forms.organisaties import SchoolForm
from dossiers.mensen.models import CLB, Lidmaatschap, Rol, School, User
from dossiers.models import Dossier
from dossiers.queries import schooljaren_to_open
from tests.dossiers.conftest import WACHTWOORD
from tests.pages import whole_form

DE_EIK = {
    "naam": "De Eik",
    "instellingsnummer": "012345",
    "niveau": "so",
    "gemeente": "Lier",
    "provincie": "antwerpen",
}


def test_lien_adds_a_school_of_her_clb(client, clb, lien):
    client.force_login(lien)
    response = client.post(reverse("school-nieuw"), DE_EIK)

    school = School.objects.get()
    assert response.url == reverse("school", args=[school.pk])
    assert school.clb == clb
    assert school.instellingsnummer == "012345"
    assert Logregel.objects.get().handeling == "school-toegevoegd"
    page = client.get(response.url).content.decode()
    assert "Deze school heeft nog geen dossier" in page
    assert "Dossier openen voor schooljaar" in page


def test_who_works_for_two_clbs_chooses_one_of_them(client, clb, lien):
    other = CLB.objects.create(naam="CLB Het Veer", instellingsnummer="114513")
    strange = CLB.objects.create(naam="CLB Verweg", instellingsnummer="114514")
    Lidmaatschap.objects.create(user=lien, clb=other, rol=Rol.ANKERFIGUUR)
    client.force_login(lien)

    page = client.get(reverse("school-nieuw")).content.decode()
    assert "CLB Het Veer" in page
    assert "CLB Verweg" not in page
    client.post(reverse("school-nieuw"), {**DE_EIK, "clb": strange.pk})
    assert not School.objects.exists()
    client.post(reverse("school-nieuw"), {**DE_EIK, "clb": other.pk})
    assert School.objects.get().clb == other


@pytest.mark.parametrize(
    ("number", "message"),
    [
        ("ABC123", "telt zes cijfers"),
        ("37804", "telt zes cijfers"),
        ("0378041", "telt zes cijfers"),
        ("٠٣٧٨٠٤", "telt zes cijfers"),
        ("037804", "Deze school staat al in STS-Dialoog"),
        ("", "Dit veld is verplicht"),
    ],
)
def test_a_wrong_number_gets_its_message_beside_the_field(client, linde, lien, number, message):
    client.force_login(lien)
    page = client.post(
        reverse("school-nieuw"), {**DE_EIK, "instellingsnummer": number}
    ).content.decode()

    beside = page.split('id="div_id_instellingsnummer"')[1].split("</div>\n")[0]
    assert message in beside.split('id="div_id_niveau"')[0]
    assert "Constraint" not in page
    assert "Beperking" not in page
    assert f'value="{number}"' in page or not number
    assert 'value="De Eik"' in page
    assert 'value="so" selected' in page
    assert School.objects.get() == linde


def test_the_same_school_added_twice_at_once_is_added_once(linde, lien):
    with pytest.raises(organisaties.SchoolBestaat):
        organisaties.add_school(
            school=School(clb=linde.clb, **{**DE_EIK, "instellingsnummer": "037804"}), door=lien
        )
    assert School.objects.count() == 1


def test_a_school_added_in_the_meantime_is_a_message_too(client, linde, lien, monkeypatch):
    monkeypatch.setattr(SchoolForm, "validate_unique", SchoolForm.non_field_errors)
    client.force_login(lien)
    page = client.post(
        reverse("school-nieuw"), {**DE_EIK, "instellingsnummer": "037804"}
    ).content.decode()
    assert "Deze school staat al in STS-Dialoog" in page


@pytest.mark.parametrize("who", ["karim", "nora", "tom"])
def test_only_an_ankerfiguur_adds_schools(client, clb, who, request):
    client.force_login(request.getfixturevalue(who))
    before = School.objects.count()
    refused = client.get(reverse("school-nieuw"))
    assert refused.status_code == 403
    assert "Vraag het aan de ankerfiguur van je CLB" in refused.text
    assert client.post(reverse("school-nieuw"), DE_EIK).status_code == 403
    assert School.objects.count() == before


def test_lien_puts_the_name_of_a_school_right(client, linde, lien):
    client.force_login(lien)
    url = reverse("school-wijzigen", args=[linde.pk])
    assert 'value="Basisschool De Linde"' in client.get(url).content.decode()
    typed = {**DE_EIK, "naam": "De Linde", "instellingsnummer": "037804"}
    client.post(url, typed | {"seen": linde.mark})
    linde.refresh_from_db()
    assert linde.naam == "De Linde"
    assert Logregel.objects.get().handeling == "school-gewijzigd"


def test_what_a_colleague_changed_meanwhile_is_shown_before_it_is_replaced(client, linde, lien):
    client.force_login(lien)
    url = reverse("school-wijzigen", args=[linde.pk])
    typed = {**DE_EIK, "naam": "De Linde", "instellingsnummer": "037804"}
    page = client.get(url)
    seen = whole_form(page.text)["seen"]
    client.post(url, typed | {"naam": "Lindeschool", "seen": seen})

    for wrong in ({"seen": seen}, {}):
        page = client.post(url, typed | wrong)
        assert page.status_code == 409
        assert "Nu staat er: Lindeschool, instellingsnummer 037804" in page.text
        assert 'value="De Linde"' in page.text
        assert School.objects.get(pk=linde.pk).naam == "Lindeschool"

    client.post(url, typed | {"seen": whole_form(page.text)["seen"]})
    assert School.objects.get(pk=linde.pk).naam == "De Linde"


def test_a_school_that_moves_to_another_clb_takes_nobody_of_the_old_one_along(linde, lien, karim):
    vera, nina = (
        User.objects.create_user(f"{naam}@clb.be", WACHTWOORD, naam=naam)
        for naam in ("vera", "nina")
    )
    lid = Lidmaatschap.objects.create(user=vera, school=linde, rol=Rol.CLB_MEDEWERKER)
    invited, _ = invite(school=linde, email=nina.email, rol=Rol.CLB_MEDEWERKER, door=lien)
    team, _ = invite(school=linde, email="nieuw@delinde.be", rol=Rol.SCHOOLTEAM, door=lien)
    before = Logregel.objects.count()

    linde.naam = "De Linde"
    organisaties.change_school(school=linde, door=lien)
    assert Lidmaatschap.objects.get(user=vera).actief_tot is None
    linde.clb = CLB.objects.create(naam="CLB Het Veer", instellingsnummer="114513")
    organisaties.change_school(school=linde, door=lien)

    assert Lidmaatschap.objects.get(user=vera).actief_tot is not None
    assert Lidmaatschap.objects.get(user=karim).actief_tot is None
    assert list(open_uitnodigingen()) == [team]
    lines = Logregel.objects.order_by("pk").values_list("handeling", "record_id")
    assert list(lines)[before + 1 :] == [
        ("school-gewijzigd", str(linde.pk)),
        # One for each CLB.
        ("school-verhuisd", str(linde.pk)),
        ("school-verhuisd", str(linde.pk)),
        ("lidmaatschap-beeindigd", str(lid.pk)),
        ("uitnodiging-ingetrokken", str(invited.pk)),
    ]


def test_another_school_cannot_get_a_number_that_is_taken(client, linde, lien):
    eik = School.objects.create(clb=linde.clb, **DE_EIK)
    client.force_login(lien)
    page = client.post(
        reverse("school-wijzigen", args=[eik.pk]), {**DE_EIK, "instellingsnummer": "037804"}
    ).content.decode()
    assert "Deze school staat al in STS-Dialoog" in page
    assert "<h1>Gegevens van De Eik</h1>" in page


def test_the_team_sees_each_other_and_nothing_to_manage(client, linde, lien, karim, nora):
    client.force_login(karim)
    page = client.get(reverse("school", args=[linde.pk])).content.decode()
    assert page.index("Lien") < page.index("Nora")
    assert "ankerfiguur sinds" in page
    client.force_login(lien)
    manages = client.get(reverse("school", args=[linde.pk])).content.decode()
    for hidden in ("Beëindig", "Collega’s uitnodigen", "Dossier openen", "Wijzig", nora.email):
        assert hidden in manages
        assert hidden not in page


def test_the_page_of_a_school_costs_the_same_for_any_team(
    client, linde, lien, karim, django_assert_num_queries
):
    client.force_login(lien)
    url = reverse("school", args=[linde.pk])
    with django_assert_num_queries(8):
        client.get(url)
    for number in range(5):
        user = User.objects.create_user(f"{number}@delinde.be", WACHTWOORD, naam=f"Nr {number}")
        Lidmaatschap.objects.create(user=user, school=linde, rol=Rol.LEZER)
    with django_assert_num_queries(8):
        client.get(url)


@pytest.mark.parametrize(("people", "folded"), [(20, 0), (21, 0), (22, 2), (200, 180)])
def test_of_a_large_team_the_first_stand_there_and_the_others_are_folded(
    client, linde, lien, people, folded, django_assert_num_queries
):
    users = User.objects.bulk_create(
        User(email=f"{number}@delinde.be", naam=f"Nr {number:03}") for number in range(1, people)
    )
    Lidmaatschap.objects.bulk_create(
        Lidmaatschap(user=user, school=linde, rol=Rol.SCHOOLTEAM) for user in users
    )
    client.force_login(lien)

    with django_assert_num_queries(8):
        page = client.get(reverse("school", args=[linde.pk])).text

    first, _, others = page.partition('<details class="lijst-meer">')
    assert (first.count("@delinde.be"), others.count("@delinde.be")) == (
        people - 1 - folded,
        folded,
    )
    assert (f"En nog {folded} mensen" in page) == bool(folded)


def test_lien_opens_the_dossier_of_a_schooljaar(client, linde, lien, plan):
    client.force_login(lien)
    (jaar, *_) = schooljaren_to_open(timezone.localdate())
    response = client.post(reverse("dossier-openen", args=[linde.pk]), {"schooljaar": jaar})
    dossier = Dossier.objects.get()
    assert response.url == reverse("dossier", args=[dossier.pk])
    assert (dossier.school, dossier.schooljaar, dossier.planversie) == (linde, jaar, plan)
    assert (
        f"openen voor schooljaar {jaar}-"
        not in client.get(reverse("school", args=[linde.pk])).content.decode()
    )


def test_a_second_dossier_for_a_schooljaar_is_a_message(client, linde, lien, plan):
    client.force_login(lien)
    (jaar, *_) = schooljaren_to_open(timezone.localdate())
    url = reverse("dossier-openen", args=[linde.pk])
    client.post(url, {"schooljaar": jaar})
    response = client.post(url, {"schooljaar": jaar}, follow=True)
    assert "Het dossier van dat schooljaar bestaat al" in response.content.decode()
    assert Dossier.objects.count() == 1


@pytest.mark.parametrize(("digits", "taken"), [(5, False), (6, True), (7, False)])
@pytest.mark.parametrize("model", [CLB, School])
def test_the_database_takes_a_number_of_six_digits(clb, linde, model, digits, taken):
    rows = model.objects.filter(pk=(clb if model is CLB else linde).pk)
    number = "1" * digits
    if taken:
        rows.update(instellingsnummer=number)
        assert rows.get().instellingsnummer == number
    else:
        # PostgreSQL has no room for a seventh either.
        with pytest.raises((IntegrityError, DataError)), transaction.atomic():
            rows.update(instellingsnummer=number)


@pytest.mark.parametrize(
    ("jaar", "taken"),
    [(1999, False), (2000, True), (2001, True), (2099, True), (2100, True), (2101, False)],
)
def test_the_database_takes_a_schooljaar_of_this_century(linde, lien, plan, jaar, taken):
    new = {"school": linde, "planversie": plan, "geopend_door": lien, "schooljaar": jaar}
    if taken:
        assert Dossier.objects.create(**new).schooljaar == jaar
    else:
        with pytest.raises(IntegrityError), transaction.atomic():
            Dossier.objects.create(**new)


@pytest.mark.parametrize("jaar", ["1999", "2090", "", "x"])
def test_no_dossier_for_just_any_year(client, linde, lien, plan, jaar):
    client.force_login(lien)
    response = client.post(
        reverse("dossier-openen", args=[linde.pk]), {"schooljaar": jaar}, follow=True
    )
    assert "kan je nu geen dossier openen" in response.content.decode()
    assert not Dossier.objects.exists()


@pytest.mark.parametrize(
    ("today", "schooljaren"),
    [
        (date(2026, 9, 1), [2026]),
        (date(2026, 12, 31), [2026]),
        (date(2027, 1, 1), [2026, 2027]),
        (date(2027, 8, 31), [2026, 2027]),
    ],
)
def test_which_schooljaren_can_be_opened(today, schooljaren):
    assert schooljaren_to_open(today) == schooljaren


def test_a_closed_dossier_opens_again(client, linde, lien, karim, plan):
    dossier = Dossier.objects.create(
        school=linde, schooljaar=2026, planversie=plan, geopend_door=lien
    )
    close, reopen = (
        reverse(name, args=[dossier.pk]) for name in ("dossier-afsluiten", "dossier-heropenen")
    )
    client.force_login(karim)
    assert client.get(close).status_code == 403
    assert client.post(close).status_code == 403

    client.force_login(lien)
    assert "2026-2027 afsluiten?" in client.get(close).content.decode()
    dossier.refresh_from_db()
    assert dossier.is_open
    client.post(close)
    dossier.refresh_from_db()
    closed_at = dossier.afgesloten_op
    assert closed_at
    client.post(close)
    dossier.refresh_from_db()
    assert dossier.afgesloten_op == closed_at

    assert "2026-2027 heropenen?" in client.get(reopen).content.decode()
    client.post(reopen)
    client.post(reopen)
    dossier.refresh_from_db()
    assert dossier.is_open
    assert list(Logregel.objects.order_by("pk").values_list("handeling", flat=True)) == [
        "toegang-geweigerd",
        "dossier-afgesloten",
        "dossier-heropend",
    ]


def test_karim_leaves_and_sees_nothing_at_once(client, linde, lien, karim):
    lidmaatschap = Lidmaatschap.objects.get(user=karim)
    url = reverse("lidmaatschap-beeindigen", args=[lidmaatschap.pk])
    karims_browser = client.__class__()
    karims_browser.force_login(karim)
    school = reverse("school", args=[linde.pk])
    assert karims_browser.get(school).status_code == 200

    client.force_login(lien)
    assert "Werkt Karim niet meer mee?" in client.get(url).content.decode()
    assert karims_browser.get(school).status_code == 200
    assert client.post(url).url == school

    assert karims_browser.get(school).status_code == 404
    lidmaatschap.refresh_from_db()
    assert lidmaatschap.actief_tot is not None
    assert client.post(url).status_code == 404
    assert Logregel.objects.get().handeling == "lidmaatschap-beeindigd"


def test_an_ankerfiguur_does_not_leave_from_the_page_of_a_school(client, linde, lien):
    lidmaatschap = Lidmaatschap.objects.get(user=lien)
    client.force_login(lien)
    url = reverse("lidmaatschap-beeindigen", args=[lidmaatschap.pk])
    assert client.post(url).status_code == 404
    assert url not in client.get(reverse("school", args=[linde.pk])).content.decode()
