"""Linking an account to a login elsewhere, and undoing it: by its owner, who shows who she is."""

from datetime import date, timedelta

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core import mail
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from dossiers.aanmelden.domain.id_token import Aanmelding, uid_of
from dossiers.aanmelden.domain.koppelingen import VanIemandAnders, link
from dossiers.logboek.models import Logregel
from dossiers.mensen.domain import herstel
from dossiers.mensen.domain.wissen import ask_to_erase_account, erase_accounts_due
from dossiers.mensen.models import Herstelaanvraag, Lidmaatschap, Rol, User
from stsdialoog.wislijst import WACHTTIJD
from tests.client import Browser, text_of
from tests.dossiers.aanmelden.conftest import leads_to
from tests.dossiers.aanmelden.through import at_home, hours_go_by, linked, logged_in, said
from tests.dossiers.conftest import WACHTWOORD
from tests.dossiers.mensen.logging_in import code_in, is_logged_in
from tests.dossiers.mensen.steps import give_app, log_in, show_mailbox

pytestmark = pytest.mark.django_db

Handeling = Logregel.Handeling


def unlink_page(browser) -> str:
    page = text_of(browser.get(reverse("mfa_index")))
    return (
        page.split('href="/mijn-toegang/aanmelding/')[1]
        .split('"')[0]
        .join(["/mijn-toegang/aanmelding/", ""])
    )


def test_her_own_page_shows_it_and_she_is_mailed(google, karim, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        browser = linked(google, karim, "karim-bij-google", email="k@gmail.test")

    page = text_of(browser.get(reverse("mfa_index")))
    assert "Google (k@gmail.test), sinds" in page
    (message,) = mail.outbox
    assert (message.to, "Google" in message.subject) == ([karim.email], True)
    line = Logregel.objects.get(handeling=Handeling.AANMELDING_GEKOPPELD)
    assert (line.door, line.record_id) == (karim, str(karim.pk))


def test_what_a_provider_calls_her_is_words_and_no_page(google, karim):
    browser = linked(google, karim, "karim-bij-google", email="<b>k</b>@gmail.test")

    page = text_of(browser.get(reverse("mfa_index")))
    assert "Google (&lt;b&gt;k&lt;/b&gt;@gmail.test)" in page


def test_it_is_asked_first_who_she_is(google, karim):
    """Whoever knows a password, or finds a laptop open, opens no other way in."""
    google.op.logs_in("karim-bij-google")
    browser = logged_in(karim)
    link_page = reverse("aanmelding-koppelen", args=["google"])

    assert browser.post(link_page).url.startswith(reverse("mailbox-tonen"))
    show_mailbox(browser, mail.outbox)
    hours_go_by(browser)
    assert browser.post(link_page).url.startswith(reverse("mailbox-tonen"))
    assert not SocialAccount.objects.exists()

    show_mailbox(browser, mail.outbox)
    google.log_in(browser, "aanmelding-koppelen")
    assert SocialAccount.objects.get().user == karim


def test_who_has_a_second_step_takes_it_first_and_goes_on(google, karim):
    """What was begun goes on afterwards; her mailbox is no proof then."""
    app = give_app(karim)
    google.op.logs_in("karim-bij-google")
    browser = Browser()
    log_in(browser, karim, app, WACHTWOORD)
    hours_go_by(browser)

    asked = browser.post(reverse("aanmelding-koppelen", args=["google"]))
    assert asked.url.startswith(reverse("mfa_reauthenticate"))
    cache.clear()
    answer = browser.post(asked.url, {"code": app.code()})

    assert not SocialAccount.objects.exists()
    assert browser.get(google.op.follow(leads_to(answer))).url == reverse("mfa_index")
    assert SocialAccount.objects.get().user == karim


def test_a_subject_belongs_to_one_account(google, karim, nora):
    linked(google, karim, "van-karim")
    nora_s = at_home(nora)

    answer = google.log_in(nora_s, "aanmelding-koppelen")

    assert "hoort al bij een ander account" in said(nora_s.get(answer.url))
    assert SocialAccount.objects.get().user == karim
    assert Logregel.objects.get(handeling=Handeling.AANMELDING_GEWEIGERD).record_id == str(nora.pk)
    with pytest.raises(VanIemandAnders):
        link(user=nora, aanmelding=_aanmelding("van-karim", google))


def test_linking_the_same_twice_is_one_link(google, karim, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        browser = linked(google, karim, "karim-bij-google")
        google.log_in(browser, "aanmelding-koppelen")

    assert SocialAccount.objects.count() == 1
    assert len(mail.outbox) == 1


def test_a_link_is_made_in_the_account_that_began_it(google, karim, nora):
    """Karim goes to Google; before he is back, somebody else logs in in this browser."""
    google.op.logs_in("karim-bij-google")
    browser = at_home(karim)
    back = google.op.follow(google.go(browser, "aanmelding-koppelen"))
    states = browser.session["socialaccount_states"]
    browser.logout()
    browser.post(reverse("account_login"), {"login": nora.email, "password": WACHTWOORD})
    session = browser.session
    session["socialaccount_states"] = states
    session.save()

    assert browser.get(back).status_code == 403
    assert not SocialAccount.objects.exists()


def test_a_way_in_is_left_when_the_last_link_goes(
    google, karim, client, django_capture_on_commit_callbacks
):
    """Karim has no password: then it is a code in a mail."""
    browser = linked(google, karim, "karim-bij-google")
    User.objects.filter(pk=karim.pk).update(password="!")
    browser = Browser()
    google.log_in(browser)
    where = unlink_page(browser)
    show_mailbox(browser, mail.outbox)

    assert "Google losmaken?" in text_of(browser.get(where))
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(where)

    assert not SocialAccount.objects.exists()
    assert "losgemaakt" in mail.outbox[0].subject
    assert Logregel.objects.filter(handeling=Handeling.AANMELDING_ONTKOPPELD).count() == 1
    assert google.log_in(Browser()).status_code == 403
    client.post(reverse("account_request_login_code"), {"email": karim.email})
    client.post(reverse("account_confirm_login_code"), {"code": code_in(mail.outbox[-1])})
    assert is_logged_in(client)


def test_undoing_it_asks_first_who_she_is_also_of_who_has_no_password(google, karim):
    linked(google, karim, "karim-bij-google")
    User.objects.filter(pk=karim.pk).update(password="!")
    browser = Browser()
    google.log_in(browser)
    where = unlink_page(browser)

    assert browser.post(where).url.startswith(reverse("mailbox-tonen"))
    assert SocialAccount.objects.exists()
    show_mailbox(browser, mail.outbox)
    browser.post(where)

    assert not SocialAccount.objects.exists()


def test_nobody_undoes_what_is_of_another(google, karim, nora):
    where = unlink_page(linked(google, karim, "karim-bij-google"))

    assert at_home(nora).post(where).status_code == 404
    assert SocialAccount.objects.exists()


def test_who_came_in_by_it_is_out_when_it_is_undone(google, karim):
    """Somebody linked an account of his own while Karim was away; now Karim undoes that."""
    mine = linked(google, karim, "van-de-indringer")
    intruder = Browser()
    google.log_in(intruder)
    assert intruder.get(reverse("mfa_index")).status_code == 200

    answer = mine.post(unlink_page(mine))

    assert "kom je niet meer in je account" in said(mine.get(answer.url))
    assert intruder.get(reverse("mfa_index")).status_code == 302


def test_a_second_click_undoes_nothing_more(google, karim):
    browser = linked(google, karim, "karim-bij-google")
    where = unlink_page(browser)

    assert browser.post(where).status_code == 302
    assert browser.post(where).status_code == 404


def test_an_account_that_was_erased_has_no_links(google, karim, lien):
    linked(google, karim, "karim-bij-google")
    today = date(2026, 11, 30)

    ask_to_erase_account(user=karim, door=lien, today=today)
    assert sum(erase_accounts_due(op=today + WACHTTIJD)) == 1

    assert not SocialAccount.objects.exists()


def test_a_new_second_step_begins_without_links(google, lien, linde):
    """Two colleagues vouched: what she lost, and what somebody else may have, opens nothing."""
    linked(google, lien, "lien-bij-google")
    now = timezone.now()
    voor = [User.objects.create_user(f"{one}@clb.be", naam=one) for one in ("a", "b")]
    for one in voor:
        rol, sinds = Rol.CLB_MEDEWERKER, now - timedelta(days=60)
        Lidmaatschap.objects.create(user=one, school=linde, rol=rol, sinds=sinds)
    aanvraag = Herstelaanvraag.objects.create(
        user=lien,
        gemaakt_op=now - timedelta(days=2),
        vervalt_op=now + timedelta(days=5),
        eerste=voor[0],
        tweede=voor[1],
        bevestigd_op=now - timedelta(days=1, hours=1),
    )

    herstel.finish(aanvraag=aanvraag)

    assert not SocialAccount.objects.exists()


def _aanmelding(subject, elders) -> Aanmelding:
    return Aanmelding("google", uid_of(issuer=elders.op.issuer, subject=subject))
