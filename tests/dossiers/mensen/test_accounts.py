"""Logging in and out, and regaining access after forgetting a password."""

import re
import time
from datetime import datetime, timedelta
from urllib.parse import urlencode

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core.cache import cache
from django.urls import NoReverseMatch, reverse

from dossiers.mensen.domain.accounts import change_account
from dossiers.mensen.models import User
from tests.dossiers.conftest import WACHTWOORD, link_in
from tests.dossiers.mensen.logging_in import LOGIN, code_in, is_logged_in, text

NEW = "vier rode bussen"


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


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://kwaad.example/",
        "//kwaad.example/",
        "///kwaad.example/",
        "/\\kwaad.example/",
        "\\\\kwaad.example/",
        "\t//kwaad.example/",
        "https:kwaad.example",
        "http://testserver@kwaad.example/",
        "javascript:alert(1)",
        "data:text/html,x",
    ],
)
def test_a_login_does_not_lead_to_another_site(client, karim, elsewhere):
    response = client.post(
        f"{reverse(LOGIN)}?{urlencode({'next': elsewhere})}",
        {"login": karim.email, "password": WACHTWOORD, "next": elsewhere},
    )
    assert response.url == reverse("start")


@pytest.mark.parametrize(
    ("scheme", "leads_to"), [("https", "https://testserver/taken/"), ("http", "/")]
)
def test_over_https_a_login_does_not_lead_to_http(client, karim, scheme, leads_to):
    response = client.post(
        f"{reverse(LOGIN)}?{urlencode({'next': f'{scheme}://testserver/taken/'})}",
        {"login": karim.email, "password": WACHTWOORD},
        secure=True,
        headers={"referer": "https://testserver/"},
    )
    assert response.url == leads_to


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
def test_a_code_works_for_ten_minutes(client, nora, mailoutbox, monkeypatch, seconds, works):
    confirm = client.post(reverse("account_request_login_code"), {"email": nora.email}).url
    later = time.time() + 10 * 60 + seconds
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
    assert "minstens 12 tekens" in text(client.post(form, {"password1": "kort"}))
    done = client.post(form, {"password1": NEW}).url
    assert "bewaard" in text(client.get(done))
    karim.refresh_from_db()
    assert karim.check_password(NEW)

    assert "Deze link werkt niet meer" in text(client.__class__().get(link))


@pytest.mark.parametrize(("seconds", "works"), [(-5, True), (5, False)])
def test_a_link_for_a_new_password_works_for_an_hour(
    client, karim, mailoutbox, monkeypatch, seconds, works
):
    client.post(reverse("account_reset_password"), {"email": karim.email})
    then = datetime.now() + timedelta(hours=1, seconds=seconds)  # noqa: DTZ005 (as Django counts)
    monkeypatch.setattr(PasswordResetTokenGenerator, "_now", lambda _: then)

    page = text(client.get(link_in(mailoutbox[0]), follow=True))

    assert ("Deze link werkt niet meer" not in page) == works


@pytest.mark.parametrize(("letters", "taken"), [(11, False), (12, True), (13, True)])
def test_a_password_has_twelve_letters_or_more(client, karim, letters, taken):
    client.force_login(karim)
    chosen = "zq7wv4kx9pmbt"[:letters]

    page = client.post(
        reverse("account_change_password"), {"oldpassword": WACHTWOORD, "password1": chosen}
    )

    karim.refresh_from_db()
    assert karim.check_password(chosen) == taken
    assert ("minstens 12 tekens" in text(page)) != taken


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
