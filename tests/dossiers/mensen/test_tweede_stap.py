"""Logging in with a second step, and who cannot do without one."""

import re
from types import SimpleNamespace
from urllib.parse import urlencode

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from django.core.cache import cache
from django.urls import reverse

from dossiers.logboek.models import Logregel
from dossiers.mensen.domain.lidmaatschappen import add_ankerfiguur, give_rol
from dossiers.mensen.domain.tweede_stap import needs_second_step
from dossiers.mensen.encryption import decrypt, is_of_before
from dossiers.mensen.models import Rol, Uitnodiging, User
from tests.conftest import PASSWORD
from tests.dossiers.mensen.logging_in import LOGIN, code_in, is_logged_in, text
from tests.dossiers.mensen.steps import (
    App,
    first_step,
    give_app,
    log_in,
    recovery_codes_of,
    show_mailbox,
)

MIJN, STAP, APP = "mfa_index", "mfa_authenticate", "mfa_activate_totp"


@pytest.fixture
def marie(huis):
    return huis.medewerker


@pytest.fixture
def verplicht(settings):
    settings.TWEEDE_STAP_VERPLICHT = True


def secret_on(page):
    return re.search(r"<code>([A-Z2-7]{32})</code>", text(page))[1]


def test_marie_sets_up_an_app_and_logs_in_with_it(client, marie, mailoutbox):
    first_step(client, marie)
    page = text(client.get(reverse(MIJN)))
    assert "Stel een app in" in page
    show_mailbox(client, mailoutbox)

    app = App(secret_on(client.get(reverse(APP))))
    assert "Deze code klopt niet" in text(client.post(reverse(APP), {"code": "000000"}))
    response = client.post(reverse(APP), {"code": app.code()})
    assert response.url == reverse("mfa_view_recovery_codes")
    codes = re.findall(r"<code>(\d{8})</code>", text(client.get(response.url)))
    assert len(codes) == 10
    again = text(client.get(response.url))
    assert not any(code in again for code in codes)
    assert "kunnen ze niet opnieuw tonen" in again
    assert "Ingesteld op" in text(client.get(reverse(MIJN)))

    client.post(reverse("account_logout"))
    assert first_step(client, marie).url == reverse(STAP)
    assert client.get(reverse("scholen")).url.startswith(reverse(LOGIN))
    assert "Deze code klopt niet" in text(client.post(reverse(STAP), {"code": "000000"}))
    assert client.post(reverse(STAP), {"code": app.code()}).url == reverse("start")
    assert is_logged_in(client)
    lines = Logregel.objects.filter(handeling=Logregel.Handeling.TWEEDE_STAP_GEWIJZIGD)
    assert [line.door for line in lines] == [marie]


@pytest.mark.parametrize(("seconds", "opens"), [(-1, False), (0, True), (29, True), (30, False)])
def test_a_code_of_the_app_opens_in_its_half_minute(
    client, marie, settings, monkeypatch, seconds, opens
):
    """Also for who typed it just before and sent it a second too late."""
    settings.MFA_TOTP_PERIOD = 30
    begins = 60_000_000 * 30
    app = give_app(marie)
    first_step(client, marie)
    monkeypatch.setattr(auth, "time", SimpleNamespace(time=lambda: begins + seconds))

    page = client.post(reverse(STAP), {"code": app.code(at=begins)})

    assert is_logged_in(client) == opens
    assert opens or "Typ de code die nu in je app staat" in text(page)


def test_a_code_opens_once(client, marie):
    app = give_app(marie)
    code = app.code()
    first_step(client, marie)
    client.post(reverse(STAP), {"code": code})
    assert is_logged_in(client)

    elsewhere = client.__class__()
    first_step(elsewhere, marie)
    assert "Deze code klopt niet" in text(elsewhere.post(reverse(STAP), {"code": code}))
    assert not is_logged_in(elsewhere)


def test_a_recovery_code_opens_once_and_the_others_still_do(client, marie):
    give_app(marie)
    one, two, *_ = recovery_codes_of(marie)
    for code, opens in ((one, True), (one, False), (two, True)):
        browser = client.__class__()
        first_step(browser, marie)
        browser.post(reverse(STAP), {"code": f"{code[:4]} {code[4:]}"})
        assert is_logged_in(browser) == opens


def test_a_mailed_code_is_the_first_step_and_not_the_second(client, marie, mailoutbox):
    give_app(marie)
    confirm = client.post(reverse("account_request_login_code"), {"email": marie.email}).url

    response = client.post(confirm, {"code": code_in(mailoutbox[0])})

    assert response.url == reverse(STAP)
    assert not is_logged_in(client)


def test_a_new_password_is_no_way_around_the_second_step(client, marie, mailoutbox):
    give_app(marie)
    client.post(reverse("account_reset_password"), {"email": marie.email})
    link = re.search(r"https?://[^/]+(\S+)", mailoutbox[0].body)[1]
    form = client.get(link).url
    client.post(form, {"password1": "vier rode bussen"})
    assert not is_logged_in(client)

    assert first_step(client, marie, "vier rode bussen").url == reverse(STAP)


def test_what_stands_in_the_database_is_no_secret_of_an_app(marie):
    app = give_app(marie)
    stored = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert app.secret not in stored
    assert decrypt(Authenticator.objects.get(type="totp").data["secret"]) == app.secret


def test_a_new_secret_key_keeps_the_apps_of_before(client, marie, settings):
    app = give_app(marie)
    old = settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "een-heel-andere-sleutel", [old]
    token = Authenticator.objects.get(type="totp").data["secret"]
    assert is_of_before(token)

    log_in(client, marie, app)

    assert is_logged_in(client)
    renewed = Authenticator.objects.get(type="totp").data["secret"]
    assert not is_of_before(renewed)
    settings.SECRET_KEY_FALLBACKS = []
    assert decrypt(renewed) == app.secret


def test_without_its_key_a_step_opens_nothing_and_breaks_nothing(
    client, als, marie, settings, caplog
):
    app, codes = give_app(marie), recovery_codes_of(marie)
    settings.SECRET_KEY = "een-heel-andere-sleutel"
    first_step(client, marie)
    for code in (app.code(), codes[0], "000000"):
        page = client.post(reverse(STAP), {"code": code})
        assert "Deze code klopt niet" in text(page)
    assert not is_logged_in(client)
    assert als(marie).get(reverse(MIJN)).status_code == 200
    assert "A second step cannot be read" in caplog.text


def test_she_is_mailed_when_a_step_changes(
    client, marie, mailoutbox, django_capture_on_commit_callbacks
):
    first_step(client, marie)
    show_mailbox(client, mailoutbox)
    app = App(secret_on(client.get(reverse(APP))))
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse(APP), {"code": app.code()})
    (message,) = mailoutbox
    assert message.to == [marie.email]
    assert "Was jij dat niet?" in message.body
    assert app.secret not in message.body


# --- the first one: a password alone sets none up -------------------------------------------------

MAILBOX = "mailbox-tonen"


@pytest.mark.parametrize("required", [True, False])
@pytest.mark.parametrize("name", [APP, "mfa_add_webauthn"])
def test_a_thief_with_the_password_sets_up_no_step(
    client, marie, mailoutbox, settings, name, required
):
    """With a step of her own she would have the account, and Marie would be outside."""
    settings.TWEEDE_STAP_VERPLICHT = required
    first_step(client, marie)
    for response in (client.get(reverse(name)), client.post(reverse(name), {"code": "000000"})):
        assert response.status_code == 302
        assert response.url == f"{reverse(MAILBOX)}?next=%2Fmijn-toegang%2F{name_of(name)}%2F"
    assert "app-qr" not in text(client.get(reverse(APP), follow=True))

    client.post(reverse(MAILBOX), {"knop": "mail"})
    (message,) = mailoutbox
    assert message.to == [marie.email]
    assert "iemand anders ingelogd met jouw account" in message.body
    assert code_in(message) not in str(dict(client.session.items()))
    for guess in ("000000", "", code_in(message)[:-1]):
        assert client.post(reverse(MAILBOX), {"code": guess}).status_code == 200
    assert client.get(reverse(name)).status_code == 302
    assert not Authenticator.objects.exists()
    wrong = Logregel.objects.filter(handeling=Logregel.Handeling.INLOGGEN_MISLUKT)
    assert wrong.count() == 2


def name_of(view):
    return {APP: "app", "mfa_add_webauthn": "passkey"}[view]


def test_a_code_from_the_mailbox_counts_once_for_ten_minutes_and_for_its_owner(
    client, marie, huis, mailoutbox, monkeypatch
):
    first_step(client, marie)
    client.post(reverse(MAILBOX), {"knop": "mail"})
    code = code_in(mailoutbox.pop())
    other = client.__class__()
    first_step(other, huis.team)
    other.post(reverse(MAILBOX), {"knop": "mail"})
    other.post(reverse(MAILBOX), {"code": code})
    assert other.get(reverse(APP)).status_code == 302

    response = client.post(f"{reverse(MAILBOX)}?next={reverse(APP)}", {"code": code.lower()})
    assert response.url == reverse(APP)
    assert client.get(reverse(APP)).status_code == 200
    # A second click goes on as well.
    twice = client.post(f"{reverse(MAILBOX)}?next={reverse(APP)}", {"code": code})
    assert twice.url == reverse(APP)
    again = client.__class__()
    first_step(again, marie)
    again.post(reverse(MAILBOX), {"code": code})
    assert again.get(reverse(APP)).status_code == 302

    client.post(reverse(MAILBOX), {"knop": "mail"})
    late = code_in(mailoutbox.pop())
    later(monkeypatch, 16 * 60)
    assert client.get(reverse(APP)).status_code == 302
    assert "Mail me een code" in text(client.post(reverse(MAILBOX), {"code": late}))
    assert client.get(reverse(APP)).status_code == 302


def test_the_code_from_the_mailbox_is_tried_five_times_whatever_session_tries(
    client, marie, mailoutbox
):
    first_step(client, marie)
    client.post(reverse(MAILBOX), {"knop": "mail"})
    for _ in range(5):
        client.post(reverse(MAILBOX), {"code": "000000"})

    page = text(client.post(reverse(MAILBOX), {"code": code_in(mailoutbox[0])}))

    assert "te vaak" in page
    assert client.get(reverse(APP)).status_code == 302


def test_a_mail_that_may_not_or_can_not_go_is_said(client, marie, mailoutbox, monkeypatch):
    first_step(client, marie)
    page = reverse(MAILBOX)
    assert "Mail me een code" in text(client.get(page))
    for _ in range(5):
        client.post(page, {"knop": "mail"})
    refused = client.post(page, {"knop": "mail"})
    assert refused.status_code == 429
    assert len(mailoutbox) == 5

    cache.clear()
    monkeypatch.setattr("django.core.mail.EmailMessage.send", fail)
    assert "geen mail sturen" in text(client.post(page, {"knop": "mail"}, follow=True))


def fail(*_args, **_kwargs):
    raise OSError


def test_the_page_leads_to_no_other_site(client, marie, mailoutbox):
    first_step(client, marie)
    for there in ("https://kwaad.example/", "//kwaad.example", "http://[", ""):
        page = f"{reverse(MAILBOX)}?{urlencode({'next': there})}"
        client.post(page, {"knop": "mail"})
        assert client.post(page, {"code": code_in(mailoutbox.pop())}).url == reverse(MIJN)
        cache.clear()


def test_who_logged_in_by_a_mailed_code_or_an_invitation_read_her_mailbox(
    client, als, marie, mailoutbox
):
    marie.set_unusable_password()
    marie.save()
    # In a session of which is not known how it began.
    assert als(marie).get(reverse(APP)).status_code == 302

    confirm = client.post(reverse("account_request_login_code"), {"email": marie.email}).url
    client.post(confirm, {"code": code_in(mailoutbox[0])})
    assert client.get(reverse(APP)).status_code == 200


# --- who cannot do without ------------------------------------------------------------------------


def rollen(huis):
    return {"An": True, "Marie": True, "Tom": False, "Lies": False}


def test_who_works_for_a_clb_or_has_a_right_needs_one(huis, verplicht):
    for user in huis.people.values():
        assert needs_second_step(user) == rollen(huis)[user.naam]
    for right in ("is_staff", "helpt_gebruikers", "beheert_organisaties", "beheert_materialen"):
        assert needs_second_step(User(naam="x", **{right: True}))
    assert needs_second_step(User(naam="x", is_superuser=True))


def test_the_demo_shows_it_and_does_not_demand_it(als, marie):
    browser = als(marie)
    assert browser.get(reverse("scholen")).status_code == 200
    assert "Stel een app in" in text(browser.get(reverse(MIJN)))


def test_who_needs_one_reaches_nothing_before_it_is_there(
    client, marie, huis, verplicht, mailoutbox
):
    first_step(client, marie)
    for name, args in (("scholen", []), ("dossier", [huis.dossier.pk]), ("toolbox", [])):
        assert client.get(reverse(name, args=args)).url == reverse(MIJN)
    refused = client.post(
        reverse("doelstelling", args=[huis.dossier.pk, "f0-1"]),
        {"antwoord-f0-1-v01-toelichting": "een hele zin van Marie"},
    )
    assert refused.status_code == 403
    assert "een hele zin van Marie" in text(refused)
    assert "Stel eerst een tweede stap in" in text(client.get(reverse(MIJN)))

    show_mailbox(client, mailoutbox)
    app = App(secret_on(client.get(reverse(APP))))
    client.post(reverse(APP), {"code": app.code()})

    assert client.get(reverse("scholen")).status_code == 200
    client.post(reverse("account_logout"))
    log_in(client, marie, app)
    assert client.get(reverse("scholen")).status_code == 200


def test_the_school_team_goes_on_without(als, huis, verplicht):
    assert als(huis.team).get(reverse("scholen")).status_code == 200
    assert als(huis.medewerker).get(reverse("scholen")).url == reverse(MIJN)


@pytest.mark.parametrize("given", ["medewerker", "ankerfiguur", "recht"])
def test_a_role_that_is_given_later_counts_at_once(als, huis, oscar, verplicht, given):
    browser = als(oscar)
    assert browser.get(reverse("scholen")).status_code == 200

    if given == "medewerker":
        give_rol(user=oscar, school=huis.school, rol=Rol.CLB_MEDEWERKER)
    elif given == "ankerfiguur":
        add_ankerfiguur(clb=huis.clb, user=oscar, door=huis.ankerfiguur)
    else:
        User.objects.filter(pk=oscar.pk).update(is_staff=True)

    assert browser.get(reverse("scholen")).url == reverse(MIJN)


def test_a_session_of_before_the_step_has_to_take_it(als, marie, verplicht):
    browser = als(marie)
    app = give_app(marie)

    response = browser.get(reverse("scholen"))
    assert response.url.startswith(reverse("mfa_reauthenticate"))
    assert browser.post(response.url, {"code": app.code()}).url == reverse("scholen")
    assert browser.get(reverse("scholen")).status_code == 200


def test_taking_the_last_step_away_asks_for_a_new_one(client, marie, verplicht):
    app = give_app(marie)
    log_in(client, marie, app)
    assert client.get(reverse("scholen")).status_code == 200

    client.post(reverse("mfa_deactivate_totp"))

    assert not Authenticator.objects.filter(user=marie).exists()
    assert client.get(reverse("scholen")).url == reverse(MIJN)


@pytest.mark.parametrize("required", [True, False])
def test_it_costs_no_query_on_a_page(client, marie, settings, django_assert_num_queries, required):
    settings.TWEEDE_STAP_VERPLICHT = required
    log_in(client, marie, give_app(marie))
    client.get(reverse("toolbox"))

    with django_assert_num_queries(4):
        client.get(reverse("toolbox"))


# --- the step again, before what matters ----------------------------------------------------------


def later(monkeypatch, seconds):
    import time  # noqa: PLC0415

    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + seconds)


@pytest.mark.parametrize(("seconds", "asks"), [(14 * 60, False), (16 * 60, True)])
def test_inviting_a_colleague_asks_for_the_step_again(client, huis, monkeypatch, seconds, asks):
    an, school = huis.ankerfiguur, huis.school
    app = give_app(an)
    log_in(client, an, app)
    later(monkeypatch, seconds)
    typed = {"adressen": "Bo <bo@clb.be>", "rol": Rol.CLB_MEDEWERKER, "woord": "Welkom, Bo."}

    response = client.post(reverse("uitnodigen", args=[school.pk]), typed)

    assert response.url.startswith(reverse("mfa_reauthenticate")) == asks
    if asks:
        assert not Uitnodiging.objects.exists()
        assert "Ben jij het?" in text(client.get(response.url))
        cache.clear()
        done = client.post(response.url, {"code": app.code()})
        assert done.url == reverse("school", args=[school.pk])
    invited = Uitnodiging.objects.get()
    assert (invited.naam, invited.woord) == ("Bo", "Welkom, Bo.")


def test_inviting_the_school_team_does_not(client, huis, monkeypatch):
    log_in(client, huis.ankerfiguur, give_app(huis.ankerfiguur))
    later(monkeypatch, 16 * 60)
    client.post(
        reverse("uitnodigen", args=[huis.school.pk]), {"adressen": "bo@school.be", "rol": "lezer"}
    )
    assert Uitnodiging.objects.exists()


def test_a_password_is_no_answer_when_there_is_a_step(client, huis, monkeypatch):
    an = huis.ankerfiguur
    log_in(client, an, give_app(an))
    later(monkeypatch, 16 * 60)
    lid = huis.team.lidmaatschappen.get()
    asked = client.post(reverse("lidmaatschap-beeindigen", args=[lid.pk])).url

    response = client.post(reverse("account_reauthenticate"), {"password": PASSWORD})

    assert response.url.startswith(reverse("mfa_reauthenticate"))
    assert asked.startswith(reverse("mfa_reauthenticate"))
    lid.refresh_from_db()
    assert lid.actief_tot is None


@pytest.mark.parametrize("usable", [True, False])
def test_a_new_password_asks_for_the_step_and_is_kept_nowhere(client, huis, monkeypatch, usable):
    an, new = huis.ankerfiguur, "vier rode bussen"
    app = give_app(an)
    log_in(client, an, app)
    if not usable:
        an.set_unusable_password()
        an.save()
        client.force_login(an)
    later(monkeypatch, 16 * 60)
    page = reverse("account_change_password" if usable else "account_set_password")

    asked = client.post(page, {"oldpassword": PASSWORD, "password1": new})

    assert asked.url.startswith(reverse("mfa_reauthenticate"))
    assert new not in str(dict(client.session.items()))
    cache.clear()
    assert client.post(asked.url, {"code": app.code()}).url == page
    client.post(page, {"oldpassword": PASSWORD, "password1": new})
    an.refresh_from_db()
    assert an.check_password(new)


@pytest.fixture
def sts(db):
    return User.objects.create_superuser("sts@test.be", PASSWORD, naam="Sts")


@pytest.mark.parametrize("query", ["", "?_changelist_filters=q%3Dtom"])
def test_a_change_in_beheer_asks_and_loses_nothing(client, sts, huis, monkeypatch, query):
    app, tom = give_app(sts), huis.team
    log_in(client, sts, app)
    later(monkeypatch, 16 * 60)
    page = reverse("admin:mensen_user_change", args=[tom.pk]) + query
    typed = {"email": "tom.t@school.be", "naam": "Tom T.", "is_active": "on", "is_staff": "on"}

    asked = client.post(page, typed)
    tom.refresh_from_db()
    assert tom.naam == "Tom"
    cache.clear()
    client.post(asked.url, {"code": app.code()})

    tom.refresh_from_db()
    assert (tom.naam, tom.email, tom.is_staff) == ("Tom T.", "tom.t@school.be", True)


def test_a_list_in_beheer_asks_before_it_ends_memberships(client, sts, huis, monkeypatch):
    app, lid = give_app(sts), huis.team.lidmaatschappen.get()
    log_in(client, sts, app)
    later(monkeypatch, 16 * 60)
    page = reverse("admin:mensen_lidmaatschap_changelist") + "?rol__exact=schoolteam"

    asked = client.post(page, {"action": "end", "_selected_action": [str(lid.pk)]})
    lid.refresh_from_db()
    assert lid.actief_tot is None
    cache.clear()
    client.post(asked.url, {"code": app.code()})

    lid.refresh_from_db()
    assert lid.actief_tot is not None


# --- what no browser sends ------------------------------------------------------------------------


@pytest.mark.parametrize("sent", ["", "x", "{}", "[]", "1", '{"id": "x"}', '{"response": {}}'])
def test_what_is_no_passkey_is_refused(client, marie, sent):
    app = give_app(marie)
    first_step(client, marie)
    client.get(reverse(STAP))
    assert client.post(reverse(STAP), {"credential": sent}).status_code == 200
    assert not is_logged_in(client)

    log_in(client, marie, app)
    client.get(reverse("mfa_add_webauthn"))
    page = client.post(reverse("mfa_add_webauthn"), {"credential": sent})
    assert page.status_code == 200
    assert not Authenticator.objects.filter(type="webauthn").exists()
