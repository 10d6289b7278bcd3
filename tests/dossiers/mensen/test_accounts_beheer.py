"""Accounts, CLB's and memberships in beheer: who makes and changes what."""

from unittest.mock import Mock

import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError
from django.urls import reverse

from dossiers.logboek.models import Logregel
from dossiers.mensen.domain.lidmaatschappen import AlLid, end_lidmaatschap
from dossiers.mensen.domain.organisaties import SchoolBestaat
from dossiers.mensen.models import CLB, Lidmaatschap, Rol, User
from tests.dossiers.conftest import WACHTWOORD
from tests.dossiers.mensen.logging_in import LOGIN, code_in, is_logged_in, text


@pytest.fixture
def bea(db):
    """Bea, the superuser."""
    return User.objects.create_superuser("bea@sts.be", WACHTWOORD, naam="Bea")


@pytest.fixture
def sofie(db):
    """Sofie, of the STS-team, who manages organisations and helps users."""
    return User.objects.create_user(
        "sofie@sts.be",
        WACHTWOORD,
        naam="Sofie",
        is_staff=True,
        beheert_organisaties=True,
        helpt_gebruikers=True,
    )


def test_sofie_makes_a_clb_and_its_ankerfiguur(client, sofie, mailoutbox):
    client.force_login(sofie)
    client.post(
        reverse("admin:mensen_clb_add"), {"naam": "CLB De Brug", "instellingsnummer": "114512"}
    )
    client.post(
        reverse("admin:mensen_user_add"),
        {"email": "Lien@CLB.be", "naam": "Lien", "is_active": "on"},
    )
    lien, clb = User.objects.get(email="lien@clb.be"), CLB.objects.get()
    assert not lien.has_usable_password()
    place = {"user": lien.pk, "clb": clb.pk}
    client.post(reverse("admin:mensen_lidmaatschap_add"), place)
    again = client.post(reverse("admin:mensen_lidmaatschap_add"), place)
    assert "al ankerfiguur van dit CLB" in text(again)
    lidmaatschap = Lidmaatschap.objects.get()
    assert lidmaatschap.rol == Rol.ANKERFIGUUR
    assert Logregel.objects.get(handeling="lid-geworden").door == sofie

    liens_browser = client.__class__()
    confirm = liens_browser.post(
        reverse("account_request_login_code"), {"email": "lien@clb.be"}
    ).url
    liens_browser.post(confirm, {"code": code_in(mailoutbox[0])})
    assert liens_browser.get(reverse("school-nieuw")).status_code == 200

    client.post(
        reverse("admin:mensen_lidmaatschap_changelist"),
        {"action": "end", "_selected_action": [lidmaatschap.pk]},
    )
    assert liens_browser.get(reverse("school-nieuw")).status_code == 403
    assert Lidmaatschap.objects.get().actief_tot is not None


def change(client, user, **typed):
    """Submit the admin form of an account, with other values for some fields."""
    data = {"email": user.email, "naam": user.naam, "is_active": "on", **typed}
    return client.post(reverse("admin:mensen_user_change", args=[user.pk]), data, follow=True)


@pytest.mark.django_db(transaction=True)
def test_sofie_changes_an_address(client, sofie, karim, mailoutbox):
    EmailAddress.objects.create(user=karim, email=karim.email, verified=True)
    client.force_login(sofie)
    change(client, karim, email="Karim.B@delinde.be")
    line = Logregel.objects.get()
    assert (line.door, line.handeling, line.record_id) == (sofie, "email-gewijzigd", str(karim.pk))
    (message,) = mailoutbox
    assert message.to == ["karim@delinde.be"]
    assert "karim.b" not in message.body
    karim.refresh_from_db()
    assert karim.email == "karim.b@delinde.be"
    assert karim.check_password(WACHTWOORD)
    assert not EmailAddress.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_notice_that_does_not_leave_is_said(client, sofie, karim, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    client.force_login(sofie)
    assert "vertrok niet" in text(change(client, karim, email="karim.b@delinde.be"))
    karim.refresh_from_db()
    assert karim.email == "karim.b@delinde.be"


@pytest.mark.parametrize("rol", [Rol.ANKERFIGUUR, Rol.CLB_MEDEWERKER])
@pytest.mark.parametrize("ended", [False, True], ids=["running", "ended"])
def test_sofie_cannot_become_somebody_of_a_clb(client, sofie, tom, clb, linde, rol, ended):
    """By changing their address, she would receive their code and read the talks with parents."""
    place = {"clb": clb} if rol == Rol.ANKERFIGUUR else {"school": linde}
    lid = Lidmaatschap.objects.create(user=tom, rol=rol, **place)
    if ended:
        # Otherwise she could end it, change the address, and grant the role again.
        end_lidmaatschap(lidmaatschap=lid, door=sofie)
    before_it = Logregel.objects.count()
    client.force_login(sofie)

    page = text(client.get(reverse("admin:mensen_user_change", args=[tom.pk])))
    assert 'name="email"' not in page
    assert tom.email in page
    assert "Vraag een wijziging aan wie STS-Dialoog technisch beheert" in page
    change(client, tom, email="sofie2@sts.be", naam="Tom T.", password="x" * 12)

    before, password = tom.email, tom.password
    tom.refresh_from_db()
    assert (tom.email, tom.password, tom.naam) == (before, password, "Tom T.")
    logged = Logregel.objects.order_by("pk").values_list("handeling", flat=True)
    assert list(logged)[before_it:] == ["naam-gewijzigd"]


@pytest.mark.django_db(transaction=True)
def test_a_superuser_changes_the_address_of_somebody_of_a_clb(client, bea, lien, mailoutbox):
    client.force_login(bea)
    page = text(client.get(reverse("admin:mensen_user_change", args=[lien.pk])))
    assert "met een code die we mailen" in page
    change(client, lien, email="lien.v@clb.be")

    lien.refresh_from_db()
    assert lien.email == "lien.v@clb.be"
    assert mailoutbox[0].to == ["lien@clb.be"]


def test_sofie_lets_nobody_else_into_the_admin(client, sofie, karim):
    client.force_login(sofie)
    change(client, karim, is_staff="on", is_superuser="on")
    client.post(
        reverse("admin:mensen_user_add"),
        {"email": "eva@sts.be", "naam": "Eva", "is_active": "on", "is_staff": "on"},
    )
    assert list(User.objects.filter(is_staff=True)) == [sofie]
    assert Logregel.objects.get().handeling == "account-gemaakt"


def test_sofie_does_not_change_the_account_of_a_superuser(client, sofie, bea):
    client.force_login(sofie)
    assert change(client, bea, email="sofie2@sts.be").status_code == 403
    bea.refresh_from_db()
    assert bea.email == "bea@sts.be"


def test_a_superuser_lets_people_in_and_out_of_the_admin(client, bea, karim):
    client.force_login(bea)
    change(client, karim, is_staff="on")
    change(client, karim, is_active="")
    karim.refresh_from_db()
    assert not karim.is_active
    client.post(
        reverse("admin:mensen_user_add"),
        {"email": "eva@sts.be", "naam": "Eva", "is_active": "on", "is_staff": "on"},
    )
    assert User.objects.get(email="eva@sts.be").is_staff
    assert list(Logregel.objects.order_by("pk").values_list("handeling", flat=True)) == [
        *("beheer-gewijzigd", "beheer-gewijzigd", "actief-gewijzigd"),
        *("account-gemaakt", "beheer-gewijzigd"),
    ]


@pytest.mark.parametrize(
    ("model", "rule", "error"),
    [
        ("lidmaatschap", "add_ankerfiguur", AlLid(Lidmaatschap())),
        ("school", "add_school", SchoolBestaat()),
        ("user", "add_account", IntegrityError()),
    ],
)
def test_two_who_make_the_same_at_once_get_a_message(
    client, sofie, clb, monkeypatch, model, rule, error
):
    """Both forms were valid when checked; the write of the second is refused."""
    monkeypatch.setattr(f"dossiers.mensen.admin.{rule}", Mock(side_effect=error))
    client.force_login(sofie)
    typed = {
        "lidmaatschap": {"user": sofie.pk, "clb": clb.pk},
        "user": {"email": "lien@clb.be", "naam": "Lien", "is_active": "on"},
        "school": {
            "clb": clb.pk,
            "naam": "De Linde",
            "instellingsnummer": "037804",
            "niveau": "bao",
            "gemeente": "Mechelen",
            "provincie": "antwerpen",
        },
    }[model]
    response = client.post(reverse(f"admin:mensen_{model}_add"), typed, follow=True)
    assert "iemand anders bewaarde intussen hetzelfde" in text(response)


def test_the_admin_says_je(client, sofie, linde):
    client.force_login(sofie)
    data = {"naam": "CLB De Zee", "instellingsnummer": "114599", "_continue": "1"}
    page = text(client.post(reverse("admin:mensen_clb_add"), data, follow=True))
    assert "Je kan dit hieronder" in page
    assert "U kunt" not in page


def test_sofie_sees_people_and_places_and_no_answers(client, sofie, karim, linde, plan):
    client.force_login(sofie)
    index = text(client.get(reverse("admin:index")))
    for shown in ("Beheer STS-Dialoog", "Accounts", "Lidmaatschappen", "Scholen", "Logregels"):
        assert shown in index
    for hidden in ("Acties", "Antwoorden", "Inschalingen", "Groepen", "e-mailadressen"):
        assert hidden not in index
    for model in (
        *("mensen_user", "mensen_clb", "mensen_school", "mensen_lidmaatschap"),
        *("materialen_materiaal", "materialen_materiaalversie"),
    ):
        assert client.get(reverse(f"admin:{model}_changelist")).status_code == 200
    account = text(client.get(reverse("admin:mensen_user_change", args=[karim.pk])))
    assert karim.naam in account
    hasher, salt, digest = karim.password.split("$")
    for part in (karim.password, f"{hasher}$", salt, digest):
        assert part not in account
    assert client.get(reverse("school", args=[linde.pk])).status_code == 404


def test_the_pages_of_the_admin_keep_their_address():
    assert reverse("admin:mensen_user_changelist") == "/beheer/dossiers/user/"
    assert reverse("admin:logboek_logregel_changelist") == "/beheer/dossiers/logregel/"
    versies = reverse("admin:materialen_materiaalversie_changelist")
    assert versies == "/beheer/dossiers/materiaalversie/"
    assert reverse("admin:preventieplan_doelstelling_changelist") == (
        "/beheer/preventieplan/doelstelling/"
    )


def test_the_page_of_the_room_leads_to_the_index(client, sofie):
    client.force_login(sofie)
    assert client.get("/beheer/dossiers/").url == reverse("admin:index")


@pytest.mark.parametrize("model", ["user", "clb", "school", "lidmaatschap"])
def test_nothing_is_deleted_in_the_admin(client, sofie, karim, model):
    record = {
        "user": karim,
        "clb": karim.lidmaatschappen.get().school.clb,
        "school": karim.lidmaatschappen.get().school,
        "lidmaatschap": karim.lidmaatschappen.get(),
    }[model]
    client.force_login(sofie)
    assert client.get(reverse(f"admin:mensen_{model}_change", args=[record.pk])).status_code == 200
    url = reverse(f"admin:mensen_{model}_delete", args=[record.pk])
    assert client.post(url, {"post": "yes"}).status_code == 403
    assert "delete_selected" not in text(client.get(reverse(f"admin:mensen_{model}_changelist")))


def test_the_log_and_the_materials_are_only_read(client, sofie, plan):
    client.force_login(sofie)
    for model in ("logboek_logregel", "materialen_materiaal", "materialen_materiaalversie"):
        assert client.get(reverse(f"admin:{model}_add")).status_code == 403
    url = reverse("admin:materialen_materiaalversie_change", args=[plan.pk])
    assert client.post(url, {"versie": "2.0"}).status_code == 403


def test_the_admin_has_no_login_of_its_own(client, karim, sofie):
    url = client.get(reverse("admin:index"), follow=True).redirect_chain[-1][0]
    assert url.startswith(reverse(LOGIN))
    assert client.post(
        reverse("admin:login"), {"username": sofie.email, "password": WACHTWOORD}
    ).status_code in (302, 403)
    assert not is_logged_in(client)
    client.force_login(karim)
    assert client.get(reverse("admin:index"), follow=True).status_code == 403
