"""How often one may try, and be mailed; and that nobody shuts another one out by it."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from dossiers.mensen import devices
from dossiers.mensen.domain.uitnodigingen import (
    MOST_BY_ONE,
    MOST_TO_ONE,
    TeVeelUitgenodigd,
    invite,
)
from dossiers.mensen.limits import PER_ACCOUNT
from dossiers.mensen.models import Rol, Uitnodiging
from stsdialoog.counters.models import Counter
from tests.client import Browser
from tests.dossiers.conftest import WACHTWOORD
from tests.dossiers.mensen.logging_in import LOGIN, code_in, is_logged_in, text
from tests.dossiers.mensen.steps import first_step, give_app, recovery_codes_of

HIER, ELDERS = "192.0.2.1", "203.0.113."


def browser_at(address):
    return Browser(REMOTE_ADDR=address)


def try_wrong(browser, user, times):
    typed = {"login": user.email, "password": "fout fout fout"}
    return [text(browser.post(reverse(LOGIN), typed)) for _ in range(times)][-1]


@pytest.mark.parametrize(("tries", "stopped"), [(4, False), (5, True)])
def test_five_wrong_tries_stop_who_tries(karim, tries, stopped):
    attacker = browser_at(ELDERS + "1")
    try_wrong(attacker, karim, tries)
    page = attacker.post(reverse(LOGIN), {"login": karim.email, "password": WACHTWOORD})
    assert ("te vaak" in text(page)) == stopped
    assert is_logged_in(attacker) != stopped


def test_of_an_address_that_is_sent_twice_the_one_that_is_tried_is_counted(karim):
    """Another address before it, each time a new one, gives no more tries."""
    attacker = browser_at(ELDERS + "1")
    for number in range(5):
        typed = {"login": [f"x{number}@test.be", karim.email], "password": "fout fout fout"}
        attacker.post(reverse(LOGIN), typed)

    typed = {"login": ["x@test.be", karim.email], "password": ["fout", WACHTWOORD]}
    assert "te vaak" in text(attacker.post(reverse(LOGIN), typed))
    assert not is_logged_in(attacker)


def test_they_do_not_stop_the_owner_elsewhere(karim):
    assert "te vaak" in try_wrong(browser_at(ELDERS + "1"), karim, 6)
    owner = browser_at(HIER)
    first_step(owner, karim, WACHTWOORD)
    assert is_logged_in(owner)


def test_nor_on_a_known_device_behind_the_same_address(karim):
    """A school has one address for everybody in it."""
    owner = browser_at(HIER)
    first_step(owner, karim, WACHTWOORD)
    owner.post(reverse("account_logout"))
    assert "te vaak" in try_wrong(browser_at(HIER), karim, 12)

    unknown = browser_at(HIER)
    assert "te vaak" in text(first_step(unknown, karim, WACHTWOORD))
    first_step(owner, karim, WACHTWOORD)

    assert is_logged_in(owner)


def test_a_flood_from_everywhere_stops_no_known_device_and_no_mailed_code(karim, mailoutbox):
    owner = browser_at(HIER)
    first_step(owner, karim, WACHTWOORD)
    owner.post(reverse("account_logout"))
    for place in range(PER_ACCOUNT.amount // 5):
        try_wrong(browser_at(f"{ELDERS}{place + 1}"), karim, 5)

    stranger = browser_at("198.51.100.7")
    assert "te vaak" in text(first_step(stranger, karim, WACHTWOORD))
    confirm = stranger.post(reverse("account_request_login_code"), {"email": karim.email}).url
    stranger.post(confirm, {"code": code_in(mailoutbox[0])})
    assert is_logged_in(stranger)
    first_step(owner, karim, WACHTWOORD)
    assert is_logged_in(owner)


@pytest.mark.parametrize(("others", "stopped"), [(9, False), (10, True)])
def test_one_place_tries_few_accounts_a_minute(karim, others, stopped):
    place = browser_at(HIER)
    for number in range(others):
        typed = {"login": f"iemand{number}@delinde.be", "password": "fout fout fout"}
        place.post(reverse(LOGIN), typed)

    page = first_step(place, karim, WACHTWOORD)

    assert ("te vaak" in text(page)) == stopped
    assert is_logged_in(place) != stopped


def test_a_known_device_gets_five_tries_as_well(karim):
    owner = browser_at(HIER)
    first_step(owner, karim, WACHTWOORD)
    owner.post(reverse("account_logout"))
    try_wrong(owner, karim, 5)
    assert "te vaak" in text(first_step(owner, karim, WACHTWOORD))


@pytest.mark.parametrize("forged", ["x", "WyJhIl0:x:y"])
def test_a_forged_device_is_none(karim, forged):
    attacker = browser_at(HIER)
    attacker.cookies[devices.COOKIE] = forged
    try_wrong(attacker, karim, 5)
    assert "te vaak" in text(first_step(attacker, karim, WACHTWOORD))


def test_a_device_of_somebody_else_is_not_known_for_karim(karim, nora):
    browser = browser_at(HIER)
    first_step(browser, nora, WACHTWOORD)
    browser.post(reverse("account_logout"))
    try_wrong(browser_at(HIER), karim, 5)
    assert "te vaak" in text(first_step(browser, karim, WACHTWOORD))


def test_a_right_password_is_not_counted(karim):
    for _ in range(7):
        browser = browser_at(HIER)
        first_step(browser, karim, WACHTWOORD)
        assert is_logged_in(browser)


def test_a_code_is_tried_five_times(karim):
    give_app(karim)
    attacker = browser_at(ELDERS + "1")
    first_step(attacker, karim, WACHTWOORD)
    for _ in range(5):
        attacker.post(reverse("mfa_authenticate"), {"code": "000000"})
    right = recovery_codes_of(karim)
    page = text(attacker.post(reverse("mfa_authenticate"), {"code": right[0]}))
    assert "te vaak" in page
    # Where she is, a code by mail is behind her.
    assert "die we je mailen" not in page

    owner = browser_at(HIER)
    first_step(owner, karim, WACHTWOORD)
    owner.post(reverse("mfa_authenticate"), {"code": right[1]})
    assert is_logged_in(owner)


def test_what_is_counted_names_nobody(karim):
    try_wrong(browser_at(HIER), karim, 2)
    assert Counter.objects.count() >= 3
    kept = " ".join(f"{one.digest} {one.value}" for one in Counter.objects.all())
    assert karim.email not in kept
    assert HIER not in kept


# --- mails ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("known", [True, False])
def test_an_address_gets_five_mails_an_hour(karim, mailoutbox, known):
    email = karim.email if known else "niemand@delinde.be"
    names = ("account_reset_password", "account_request_login_code") * 3
    *_, page = (
        browser_at(f"{ELDERS}{number}").post(reverse(name), {"email": email.upper()})
        for number, name in enumerate(names)
    )
    assert len(mailoutbox) == 5
    assert page.status_code == 429
    assert "kreeg het laatste uur al 5 mails" in text(page)
    other = browser_at(HIER).post(reverse("account_reset_password"), {"email": "een@ander.be"})
    assert other.status_code == 302


def test_who_has_her_mailed_all_the_time_does_not_stop_her(karim, mailoutbox):
    owner = browser_at(HIER)
    first_step(owner, karim, WACHTWOORD)
    owner.post(reverse("account_logout"))
    for number in range(6):
        browser_at(f"{ELDERS}{number}").post(
            reverse("account_request_login_code"), {"email": karim.email}
        )
    before = len(mailoutbox)

    confirm = owner.post(reverse("account_request_login_code"), {"email": karim.email}).url
    owner.post(confirm, {"code": code_in(mailoutbox[-1])})

    assert len(mailoutbox) == before + 1
    assert is_logged_in(owner)


def test_forty_invitations_a_day_by_one_person(als, linde, lien):
    for number in range(MOST_BY_ONE - 1):
        invite(school=linde, email=f"gast{number}@delinde.be", rol=Rol.LEZER, door=lien)
    typed = {"adressen": "een@delinde.be, twee@delinde.be", "rol": "lezer"}

    page = text(als(lien).post(reverse("uitnodigen", args=[linde.pk]), typed))

    assert "‘twee@delinde.be’: je nodigde vandaag al 40 mensen uit" in page
    assert Uitnodiging.objects.count() == MOST_BY_ONE
    Uitnodiging.objects.filter(email="gast0@delinde.be").update(
        gemaakt_op=Uitnodiging.objects.earliest("gemaakt_op").gemaakt_op.replace(year=2020)
    )
    invite(school=linde, email="twee@delinde.be", rol=Rol.LEZER, door=lien)


def test_three_invitations_a_day_to_one_address(als, linde, lien, mailoutbox):
    *_, (invitation, _) = (
        invite(school=linde, email="bo@delinde.be", rol=Rol.LEZER, door=lien)
        for _ in range(MOST_TO_ONE)
    )
    with pytest.raises(TeVeelUitgenodigd):
        invite(school=linde, email="bo@delinde.be", rol=Rol.LEZER, door=lien)

    again = reverse("uitnodiging-opnieuw", args=[invitation.pk])
    page = text(als(lien).post(again, follow=True))

    assert "kreeg vandaag al 3 uitnodigingen" in page
    assert not mailoutbox
    invitation.refresh_from_db()
    assert invitation.ingetrokken_op is None


def test_what_was_counted_is_forgotten(karim):
    try_wrong(browser_at(HIER), karim, 5)
    cache.clear()
    browser = browser_at(HIER)
    first_step(browser, karim, WACHTWOORD)
    assert is_logged_in(browser)
