"""How long one stays logged in, and where: a shared computer, one's own, a talk on the screen."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.contrib.sessions.exceptions import SessionInterrupted
from django.core.cache import cache
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.models import F
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from dossiers.logboek.models import Logregel
from dossiers.mensen import session_store
from dossiers.mensen.devices import name_of
from dossiers.mensen.domain.accounts import change_account
from dossiers.mensen.domain.lidmaatschappen import give_rol
from dossiers.mensen.domain.sessies import shorten_sessies
from dossiers.mensen.domain.wissen import ask_to_erase_account
from dossiers.mensen.models import Rol, Sessie, User
from tests.client import Browser
from tests.conftest import PASSWORD
from tests.dossiers.mensen.logging_in import LOGIN, code_in, is_logged_in, text
from tests.dossiers.mensen.steps import give_app

MINE = "mijn-sessies"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0"


def quiet_for(**time):
    """Nobody did anything for a while, in any session."""
    ago = timedelta(**time)
    moved = {name: F(name) - ago for name in ("laatst", "sinds", "expire_date")}
    Sessie.objects.update(**moved)


def log_in(user, *, own=False, **headers):
    browser = Browser(headers=headers)
    sent = {"login": user.email, "password": PASSWORD} | ({"remember": "on"} if own else {})
    browser.post(reverse(LOGIN), sent)
    return browser


def is_in(browser):
    return browser.get(reverse("scholen")).status_code == 200


def minutes_left(user):
    left = Sessie.objects.get(gebruiker=user).expire_date - timezone.now()
    return round(left.total_seconds() / 60)


@pytest.fixture
def tom(huis):
    return huis.team


@pytest.fixture
def goal(dossier, doel):
    return reverse("doelstelling", args=[dossier.pk, doel.code])


# --- how long ------------------------------------------------------------------------------------


def test_a_shared_computer_asks_who_is_there_after_half_an_hour(tom, goal):
    browser = log_in(tom)
    assert browser.cookies[settings.SESSION_COOKIE_NAME]["max-age"] == ""
    quiet_for(minutes=29)
    assert is_in(browser)
    quiet_for(minutes=29)
    assert is_in(browser)

    quiet_for(minutes=31)

    page = browser.get(f"{goal}?weergave=bespreken&stop=score")
    assert page.status_code == 302
    back = f"{goal}?weergave=bespreken&stop=score"
    assert "Daarna ga je verder waar je was." in text(browser.get(page.url))
    sent = {"login": tom.email, "password": PASSWORD}
    assert browser.post(page.url, sent).url == back


def test_ones_own_device_asks_it_after_two_weeks_however_much_one_did(tom):
    browser = log_in(tom, own=True)
    two_weeks = timedelta(days=14).total_seconds()
    assert browser.cookies[settings.SESSION_COOKIE_NAME]["max-age"] == two_weeks
    quiet_for(days=13)
    assert is_in(browser)

    quiet_for(days=1)

    assert not is_in(browser)


@pytest.mark.parametrize("who", ["ankerfiguur", "medewerker", "sofie"])
def test_for_a_clb_and_the_admin_ones_own_device_changes_nothing(huis, who):
    sofie = User.objects.create_user("sofie@sts.be", PASSWORD, is_staff=True)
    user = sofie if who == "sofie" else getattr(huis, who)
    browser = log_in(user, own=True)
    assert minutes_left(user) == 30

    quiet_for(minutes=31)

    assert not is_in(browser)


def test_a_mailed_code_and_a_second_step_carry_whose_device_it_is(tom, mailoutbox):
    app = give_app(tom)
    for own in (True, False):
        browser = Browser()
        asked = {"email": tom.email} | ({"remember": "on"} if own else {})
        confirm = browser.post(reverse("account_request_login_code"), asked).url
        step = browser.post(confirm, {"code": code_in(mailoutbox[-1])}).url
        # A code opens once.
        cache.clear()
        browser.post(step, {"code": app.code()})
        assert is_logged_in(browser)
        quiet_for(minutes=31)
        assert is_in(browser) is own


def test_who_gets_a_role_for_a_clb_ends_sooner_from_then_on(tom, an, huis):
    browser = log_in(tom, own=True)
    give_rol(user=tom, school=huis.school, rol=Rol.CLB_MEDEWERKER)
    assert minutes_left(tom) == 30
    quiet_for(minutes=31)
    assert not is_in(browser)


def test_who_gets_a_right_in_the_admin_ends_sooner_from_then_on(tom, an):
    log_in(tom, own=True)
    tom.is_staff = True
    change_account(user=tom, door=an)
    assert minutes_left(tom) == 30


# --- what counts ---------------------------------------------------------------------------------


def test_what_a_page_does_by_itself_keeps_nobody_logged_in(als, tom, goal, vraag):
    browser = als(tom)
    quiet_for(minutes=20)
    naam = f"antwoord-{vraag.code}-toelichting"
    htmx = {"HX-Request": "true"}

    assert browser.post(goal, {"veld": naam, naam: "Goed"}, headers=htmx).status_code == 200
    browser.get(f"{goal}?team=1", headers=htmx)
    assert browser.get(reverse("sessie")).json()["seconden"] in range(595, 601)
    browser.get(reverse("toegankelijkheid"))

    assert minutes_left(tom) == 10


def test_a_click_that_a_page_tells_of_does(als, tom):
    browser = als(tom)
    quiet_for(minutes=20)

    told = browser.post(reverse("sessie-blijf"))

    assert told.json()["gebruiker"] == str(tom.pk)
    assert told.json()["seconden"] in range(1795, 1801)
    assert minutes_left(tom) == 30


def test_a_click_in_a_page_of_somebody_else_does_not(als, tom, an):
    browser = als(tom)
    quiet_for(minutes=20)

    assert browser.post(reverse("sessie-blijf"), {"getypt_door": an.pk}).status_code == 403

    assert minutes_left(tom) == 10


def test_a_save_and_a_second_page_write_nothing_for_the_session(als, tom, goal, vraag):
    browser = als(tom)
    naam = f"antwoord-{vraag.code}-toelichting"
    quiet_for(minutes=20)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        sent = {"veld": naam, naam: "Goed"}
        browser.post(goal, sent, headers={"HX-Request": "true"})
    assert not [one for one in asked if 'UPDATE "mensen_sessie"' in one["sql"]]
    assert len([one for one in asked if "mensen_sessie" in one["sql"]]) == 1

    def written():
        with CaptureQueriesContext(connection) as asked:
            assert is_in(browser)
        return len([one for one in asked if 'UPDATE "mensen_sessie"' in one["sql"]])

    assert [written(), written(), written()] == [1, 0, 0]


def test_a_page_opens_also_when_nothing_can_be_written(als, tom, monkeypatch, caplog):
    browser = als(tom)
    quiet_for(minutes=20)

    def full(**_):
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(session_store, "sign_of_life", full)

    assert is_in(browser)
    assert "could not be moved" in caplog.text


def test_what_is_sent_too_late_comes_back(als, tom, goal, vraag):
    browser = als(tom)
    browser.get(goal)
    quiet_for(minutes=31)
    naam = f"antwoord-{vraag.code}-toelichting"

    late = browser.post_late(goal, {naam: "Iedereen is het eens."})

    assert late.status_code == 403
    assert "Iedereen is het eens." in text(late)


# --- a talk on the screen ------------------------------------------------------------------------


def test_a_talk_on_the_screen_lasts_four_hours_and_no_longer(als, an, goal):
    browser = als(an)
    browser.get(f"{goal}?weergave=bespreken")
    assert minutes_left(an) == 240
    quiet_for(minutes=230)
    told = browser.post(reverse("sessie-blijf"), {"gesprek": "1"})
    assert told.json()["seconden"] > 230 * 60

    quiet_for(minutes=241)

    assert not is_in(browser)


def test_who_leaves_the_talk_for_another_page_has_half_an_hour_again(als, an, goal):
    browser = als(an)
    browser.get(f"{goal}?weergave=bespreken")
    # A document of the same talk is no other page.
    browser.get(reverse("sessie"))
    browser.post(reverse("sessie-blijf"))
    assert minutes_left(an) == 240

    browser.get(f"{goal}?weergave=lijst")

    assert minutes_left(an) == 30


# --- where ---------------------------------------------------------------------------------------


def test_marie_sees_where_she_is_logged_in_and_ends_that_elsewhere(huis):
    marie = huis.medewerker
    here, there = log_in(marie), log_in(marie, user_agent=FIREFOX)
    other = log_in(huis.team)
    page = text(here.get(reverse(MINE)))
    assert "Firefox op Windows" in page
    assert "Onbekend toestel" in page
    assert FIREFOX not in page
    assert Sessie.objects.get(gebruiker=huis.team).session_key not in page
    firefox = Sessie.objects.get(toestel="Firefox op Windows")

    response = here.post(reverse("sessie-beeindigen", args=[firefox.kenmerk]))
    again = here.post_late(reverse("sessie-beeindigen", args=[firefox.kenmerk]), {})

    assert response.url == again.url == reverse(MINE)
    page = text(here.get(reverse(MINE)))
    assert "Je bent daar uitgelogd." in page
    assert "Daar was je al uitgelogd." in page
    assert "Je bent nergens anders ingelogd." in page
    assert not is_in(there)
    assert is_in(here)
    assert is_in(other)
    lines = Logregel.objects.filter(handeling=Logregel.Handeling.SESSIE_BEEINDIGD)
    assert [(line.door, line.record_id) for line in lines] == [(marie, str(marie.pk))]


def test_she_ends_all_others_at_once(tom):
    here, *others = [log_in(tom) for _ in range(3)]
    here.get(reverse(MINE))

    here.post(reverse("sessies-beeindigen"))

    assert is_in(here)
    assert not any(is_in(one) for one in others)
    assert Sessie.objects.filter(gebruiker=tom).count() == 1
    here.post_late(reverse("sessies-beeindigen"), {})
    page = text(here.get(reverse(MINE)))
    assert "Je was nergens anders ingelogd." in page
    assert Logregel.objects.filter(handeling="sessie-beeindigd").count() == 1


def test_sixty_cost_what_one_does_and_ending_them_all_comes_first(tom, django_assert_num_queries):
    here = log_in(tom)
    for _ in range(2):
        log_in(tom)
    with django_assert_num_queries(3):
        here.get(reverse(MINE))
    for _ in range(57):
        copy = Sessie.objects.filter(gebruiker=tom).last()
        copy.pk, copy.kenmerk = uuid4().hex, uuid4()
        copy.save(force_insert=True)

    with django_assert_num_queries(3):
        page = text(here.get(reverse(MINE)))

    assert page.count('aria-describedby="sessie-') == 59
    assert page.index("op alle andere toestellen") < page.index('aria-describedby="sessie-')


def test_nobody_ends_what_is_somebody_elses_nor_this_one_by_its_name(tom, an):
    his, hers = log_in(tom), log_in(an)
    for user in (an, tom):
        kenmerk = Sessie.objects.get(gebruiker=user).kenmerk
        his.post_late(reverse("sessie-beeindigen", args=[kenmerk]), {})

    assert is_in(his)
    assert is_in(hers)
    assert not Logregel.objects.filter(handeling="sessie-beeindigd").exists()


def test_what_ended_in_the_middle_of_a_request_is_not_brought_back(als, tom):
    browser = als(tom)
    session = browser.session
    session["woord"] = "typte iemand net"
    Sessie.objects.all().delete()

    with pytest.raises(session_store.db.UpdateError):
        session.save()

    assert not Sessie.objects.exists()


def test_what_ended_does_not_go_on_under_another_key(tom):
    """She changes her password there, while it is ended here."""
    here = loaded(log_in(tom))
    Sessie.objects.all().delete()

    with pytest.raises(SessionInterrupted):
        here.cycle_key()
    assert not Sessie.objects.exists()


def test_a_save_leaves_the_end_where_another_request_moved_it(als, tom):
    """A page opened, or a role was given, between the loading of a session and its saving."""
    browser = log_in(tom, own=True)
    here = loaded(browser)
    shorten_sessies(tom)
    here["iets"] = 1
    here.save()
    assert (Sessie.objects.get().streng, minutes_left(tom)) == (True, 30)

    quiet_for(minutes=20)
    here = loaded(browser)
    browser.get(reverse("scholen"))
    here["iets"] = 2
    here.save()
    end = here.row.expire_date
    assert Sessie.objects.get().expire_date > end
    assert loaded(browser)["iets"] == 2


def loaded(browser):
    """The session of a browser as a request has it."""
    store = session_store.SessionStore(browser.session.session_key)
    assert store.items()
    return store


def test_a_new_password_ends_the_others_and_they_are_not_in_the_list(tom):
    here, there = log_in(tom), log_in(tom, user_agent=FIREFOX)
    sent = {"oldpassword": PASSWORD, "password1": "vier rode bussen"}
    here.post(reverse("account_change_password"), sent)

    assert "Firefox" not in text(here.get(reverse(MINE)))
    assert is_in(here)
    assert not is_in(there)


def test_who_logs_out_leaves_no_row_and_an_account_to_be_erased_neither(tom, an):
    browser, other = log_in(tom), log_in(tom)
    browser.get(reverse(MINE))
    browser.post(reverse("account_logout"))
    assert Sessie.objects.filter(gebruiker=tom).count() == 1

    ask_to_erase_account(user=tom, door=an, today=timezone.localdate())

    assert not Sessie.objects.filter(gebruiker=tom).exists()
    assert not is_in(other)


def test_what_ended_is_cleared(als, tom, an):
    als(tom)
    quiet_for(minutes=31)
    als(an)

    call_command("ruim_op")

    assert [one.gebruiker for one in Sessie.objects.all()] == [an]


@pytest.mark.parametrize(
    ("sent", "name"),
    [
        (FIREFOX, "Firefox op Windows"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/142.0 Safari/537.36 Edg/142.0", "Edge op Windows"),
        ("Mozilla/5.0 (Macintosh) Version/18 Safari/605.1", "Safari op een Mac"),
        ("Mozilla/5.0 (iPhone) CriOS/142.0 Mobile Safari/604.1", "Chrome op een iPhone"),
        (
            "Mozilla/5.0 (Linux; Android 15) SamsungBrowser/28.0 Chrome/130.0 Mobile Safari/537.36",
            "Samsung Internet op een Android-toestel",
        ),
        ("Mozilla/5.0 (X11; CrOS x86_64) Chrome/142.0 Safari/537.36", "Chrome op een Chromebook"),
        ("<script>Firefox/1</script>", "Firefox"),
        ("curl/8.5", "Onbekend toestel"),
        ("", "Onbekend toestel"),
    ],
)
def test_a_device_has_a_name_of_our_own(sent, name):
    assert name_of(RequestFactory().get("/", headers={"user-agent": sent})) == name
