"""Logging in and out, and regaining access after forgetting a password."""

import re
import time
from unittest.mock import Mock
from urllib.parse import urlencode

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.db import IntegrityError
from django.urls import NoReverseMatch, reverse

from dossiers.logboek.models import Logregel
from dossiers.mensen.domain.accounts import change_account
from dossiers.mensen.domain.lidmaatschappen import AlLid, end_lidmaatschap
from dossiers.mensen.domain.organisaties import SchoolBestaat
from dossiers.mensen.models import CLB, Lidmaatschap, Rol, User
from tests.dossiers.conftest import WACHTWOORD, link_in

LOGIN = "account_login"
NEW = "vier rode bussen"


def text(response):
    return response.content.decode()


def is_logged_in(client):
    return "_auth_user_id" in client.session


def code_in(message):
    (code,) = re.findall(r"^[A-Z0-9-]{6,}$", message.body, re.MULTILINE)
    return code


def test_karim_logs_in_with_his_password_and_out_again(client, karim):
    response = client.post(reverse(LOGIN), {"login": "Karim@DeLinde.be ", "password": WACHTWOORD})
    assert response.url == reverse("start")
    assert is_logged_in(client)
    assert "Wil je uitloggen?" in text(client.get(reverse("account_logout")))
    assert client.post(reverse("account_logout")).url == reverse(LOGIN)
    assert not is_logged_in(client)


def test_he_comes_back_to_the_page_he_wanted(client, karim, linde):
    wanted = reverse("school", args=[linde.pk])
    login = client.get(wanted).url
    response = client.post(login, {"login": karim.email, "password": WACHTWOORD})
    assert response.url == wanted


def test_a_login_does_not_lead_to_another_site(client, karim):
    response = client.post(
        reverse(LOGIN) + "?next=https://kwaad.example/",
        {"login": karim.email, "password": WACHTWOORD},
    )
    assert response.url == reverse("start")


@pytest.mark.parametrize("address", ["http://[", "//[x]/", "https://a:x/", "\0"])
@pytest.mark.parametrize("name", [LOGIN, "account_request_login_code", "account_logout"])
def test_an_address_that_cannot_be_read_leads_nowhere(client, als, karim, name, address):
    path = f"{reverse(name)}?{urlencode({'next': address})}"
    form = {"login": karim.email, "password": WACHTWOORD, "email": karim.email, "next": address}
    for visitor in (client, als(karim)):
        for response in (visitor.get(path), visitor.post(path, form)):
            assert response.status_code in (200, 302)
            assert address not in response.headers.get("Location", "")


def test_an_unknown_address_and_a_wrong_password_get_the_same_answer(client, karim):
    pages = [
        text(client.post(reverse(LOGIN), {"login": email, "password": "iets anders dan dat"}))
        for email in (karim.email, "niemand@delinde.be")
    ]
    same = [
        re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page).replace(email, "")
        for page, email in zip(pages, (karim.email, "niemand@delinde.be"), strict=True)
    ]
    assert same[0] == same[1]
    assert "Het e-mailadres of het wachtwoord klopt niet" in pages[0]
    assert WACHTWOORD not in pages[0]


def test_nora_logs_in_with_a_code(client, nora, linde, mailoutbox):
    wanted = reverse("school", args=[linde.pk])
    response = client.post(
        f"{reverse('account_request_login_code')}?next={wanted}", {"email": nora.email}
    )
    confirm = response.url
    assert confirm.startswith(reverse("account_confirm_login_code"))
    page = text(client.get(confirm))
    assert 'autocomplete="one-time-code"' in page
    assert nora.email in page

    (message,) = mailoutbox
    assert message.to == [nora.email]
    assert message.subject == "[STS-Dialoog] Je code om in te loggen"
    assert "Deze code klopt niet" in text(client.post(confirm, {"code": "AAAA-AAAA"}))
    assert client.post(confirm, {"code": code_in(message)}).url == wanted
    assert is_logged_in(client)


@pytest.mark.parametrize(("seconds", "works"), [(-5, True), (1, False)])
def test_a_code_works_for_a_quarter_of_an_hour(
    client, nora, mailoutbox, monkeypatch, seconds, works
):
    confirm = client.post(reverse("account_request_login_code"), {"email": nora.email}).url
    later = time.time() + 15 * 60 + seconds
    monkeypatch.setattr(time, "time", lambda: later)

    client.post(confirm, {"code": code_in(mailoutbox[0])})

    assert is_logged_in(client) == works


def test_a_code_to_an_address_of_before_opens_nothing(client, nora, an, mailoutbox):
    confirm = client.post(reverse("account_request_login_code"), {"email": nora.email}).url
    nora = User.objects.get(pk=nora.pk)
    nora.email = "nora@elders.be"
    change_account(user=nora, door=an)

    response = client.post(confirm, {"code": code_in(mailoutbox[0])}, follow=True)

    assert not is_logged_in(client)
    assert "Met dit adres log je niet meer in" in text(response)


@pytest.mark.parametrize("change", [{"email": "k@elders.be"}, {"is_active": False}])
def test_who_is_turned_off_or_gets_another_address_has_to_log_in_again(als, karim, an, change):
    """Also when the account is turned on again later."""
    browser = als(karim)
    assert browser.get(reverse("start")).status_code == 302
    assert is_logged_in(browser)

    for values in (change, {"is_active": True}):
        user = User.objects.get(pk=karim.pk)
        for name, value in values.items():
            setattr(user, name, value)
        change_account(user=user, door=an)

    assert browser.get(reverse("scholen")).url.startswith(reverse(LOGIN))


def test_another_name_leaves_one_logged_in(als, karim, an):
    browser = als(karim)
    user = User.objects.get(pk=karim.pk)
    user.naam = "Karim B."
    change_account(user=user, door=an)

    assert browser.get(reverse("toolbox")).status_code == 200


def test_she_starts_again_when_no_mail_came(client, nora, mailoutbox):
    client.post(reverse("account_request_login_code"), {"email": "typfout@delinde.be"})
    again = reverse("account_request_login_code")
    assert client.get(again).status_code == 302
    assert client.post(reverse("account_logout"), {"next": again}).url == again
    assert client.get(again).status_code == 200


def test_a_code_for_an_unknown_address_gets_the_same_answer(client, nora, mailoutbox):
    url = reverse("account_request_login_code")
    answers = []
    for email in (nora.email, "niemand@delinde.be"):
        visitor = client.__class__()
        response = visitor.post(url, {"email": email})
        page = text(visitor.get(response.url)).replace(email, "")
        page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)
        answers.append((response.status_code, response.url, page))
    assert answers[0] == answers[1]
    assert "geen account met dit adres" in mailoutbox[1].body


def test_karim_chooses_a_new_password(client, karim, mailoutbox):
    response = client.post(reverse("account_reset_password"), {"email": karim.email})
    assert response.url == reverse("account_reset_password_done")
    assert "Kijk in je mailbox" in text(client.get(response.url))

    (message,) = mailoutbox
    link = link_in(message)
    form = client.get(link).url
    # The key is removed from the URL before anything else is loaded.
    assert "set-password" in form
    page = text(client.get(form))
    assert page.count('type="password"') == 1
    assert "minstens 10 tekens" in text(client.post(form, {"password1": "kort"}))
    done = client.post(form, {"password1": NEW}).url
    assert "bewaard" in text(client.get(done))
    karim.refresh_from_db()
    assert karim.check_password(NEW)

    assert "Deze link werkt niet meer" in text(client.__class__().get(link))


@pytest.mark.parametrize(("letters", "taken"), [(9, False), (10, True), (11, True)])
def test_a_password_has_ten_letters_or_more(client, karim, letters, taken):
    client.force_login(karim)
    chosen = "zq7wv4kx9pm"[:letters]

    page = client.post(
        reverse("account_change_password"), {"oldpassword": WACHTWOORD, "password1": chosen}
    )

    karim.refresh_from_db()
    assert karim.check_password(chosen) == taken
    assert ("minstens 10 tekens" in text(page)) != taken


def test_a_reset_for_an_unknown_address_gets_the_same_answer(client, karim, mailoutbox):
    url = reverse("account_reset_password")
    answers = [
        (response.status_code, response.url)
        for response in (
            client.post(url, {"email": email}) for email in (karim.email, "niemand@delinde.be")
        )
    ]
    assert answers[0] == answers[1]
    known, unknown = mailoutbox
    assert "/wachtwoord/kiezen/" in known.body
    assert "/wachtwoord/kiezen/" not in unknown.body


def test_the_host_of_a_request_is_in_no_mail(client, karim, mailoutbox, settings):
    settings.ALLOWED_HOSTS = ["*"]
    settings.SITE_URL = "https://sts-dialoog.example"
    evil = {"host": "kwaad.example", "x-forwarded-host": "kwaad.example"}
    for email in (karim.email, "niemand@delinde.be"):
        client.post(reverse("account_reset_password"), {"email": email}, headers=evil)
        client.__class__().post(
            reverse("account_request_login_code"), {"email": email}, headers=evil
        )
    assert len(mailoutbox) == 4
    assert not any("kwaad" in message.body + message.subject for message in mailoutbox)
    assert "https://sts-dialoog.example/wachtwoord/kiezen/" in mailoutbox[0].body


def test_karim_changes_his_password_and_stays_logged_in(client, karim):
    client.force_login(karim)
    url = reverse("account_change_password")
    assert "niet je huidige wachtwoord" in text(
        client.post(url, {"oldpassword": "fout", "password1": NEW})
    )
    response = client.post(url, {"oldpassword": WACHTWOORD, "password1": NEW})
    assert response.url == reverse("start")
    karim.refresh_from_db()
    assert karim.check_password(NEW)
    assert is_logged_in(client)


def test_who_logs_in_by_code_can_choose_a_password(client, karim):
    karim.set_unusable_password()
    karim.save()
    client.force_login(karim)
    url = client.get(reverse("account_change_password")).url
    assert url == reverse("account_set_password")
    assert "Wachtwoord kiezen" in text(client.get(url))
    client.post(url, {"password1": NEW})
    karim.refresh_from_db()
    assert karim.check_password(NEW)


def test_nobody_signs_up_alone(client, db):
    url = reverse("account_signup")
    for response in (
        client.get(url),
        client.post(url, {"email": "ik@kwaad.example", "password1": NEW, "naam": "Ik"}),
    ):
        assert "Een account krijg je met een uitnodiging" in text(response)
    assert not User.objects.exists()


def test_karim_whose_account_is_inactive_gets_in_by_no_way(client, karim, mailoutbox):
    User.objects.filter(pk=karim.pk).update(is_active=False)
    response = client.post(reverse(LOGIN), {"login": karim.email, "password": WACHTWOORD})
    assert response.url == reverse("account_inactive")
    assert "niet meer actief" in text(client.get(response.url))
    client.post(reverse("account_request_login_code"), {"email": karim.email})
    client.post(reverse("account_reset_password"), {"email": karim.email})
    assert not is_logged_in(client)
    assert not any(re.search(r"/kiezen/|^[A-Z0-9-]{6,}$", one.body, re.M) for one in mailoutbox)

    # The same two, once it is active again: that is what would have been in a mail.
    User.objects.filter(pk=karim.pk).update(is_active=True)
    cache.clear()  # of how many mails an address got this minute
    before = len(mailoutbox)
    for name in ("account_request_login_code", "account_reset_password"):
        client.__class__().post(reverse(name), {"email": karim.email})
    code, link = mailoutbox[before:]
    assert code_in(code)
    assert "/wachtwoord/kiezen/" in link.body


def test_too_many_wrong_passwords_have_to_wait(client, karim):
    for _ in range(5):
        client.post(reverse(LOGIN), {"login": karim.email, "password": "fout fout"})
    assert "te vaak" in text(
        client.post(reverse(LOGIN), {"login": karim.email, "password": WACHTWOORD})
    )


def test_a_flood_of_logins_gets_a_page_of_our_own(client, karim, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    typed = {"login": karim.email, "password": "fout fout"}
    client.post(reverse(LOGIN), typed)
    response = client.post(reverse(LOGIN), typed)
    assert response.status_code == 429
    assert "Dat was te vaak na elkaar" in text(response)


def test_a_mail_that_does_not_leave_gets_a_page_of_our_own(client, karim, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    for name in ("account_request_login_code", "account_reset_password"):
        response = client.post(reverse(name), {"email": karim.email})
        assert response.status_code == 503
        assert "We kunnen nu geen mail versturen" in text(response)


def test_an_old_address_opens_nothing(client, karim, mailoutbox):
    """allauth stores a copy of each address that was once sent a code or a link."""
    client.post(reverse("account_reset_password"), {"email": karim.email})
    assert EmailAddress.objects.filter(user=karim).exists()
    link = link_in(mailoutbox[0])

    karim.email = "karim.b@delinde.be"
    change_account(user=karim, door=karim)

    assert "Deze link werkt niet meer" in text(client.get(link))
    client.post(reverse("account_reset_password"), {"email": "karim@delinde.be"})
    assert "geen account met dit adres" in mailoutbox[1].body
    client.post(reverse(LOGIN), {"login": "karim.b@delinde.be", "password": WACHTWOORD})
    assert is_logged_in(client)


@pytest.mark.parametrize("name", ["account_email", "account_confirm_email", "account_verify_phone"])
def test_pages_that_nobody_needs_do_not_exist(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


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
    Logregel.objects.all().delete()
    client.force_login(sofie)

    page = text(client.get(reverse("admin:mensen_user_change", args=[tom.pk])))
    assert 'name="email"' not in page
    assert tom.email in page
    assert "Vraag een wijziging aan wie STS-Dialoog technisch beheert" in page
    change(client, tom, email="sofie2@sts.be", naam="Tom T.", password="x" * 12)

    before, password = tom.email, tom.password
    tom.refresh_from_db()
    assert (tom.email, tom.password, tom.naam) == (before, password, "Tom T.")
    assert [regel.handeling for regel in Logregel.objects.all()] == ["naam-gewijzigd"]


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
