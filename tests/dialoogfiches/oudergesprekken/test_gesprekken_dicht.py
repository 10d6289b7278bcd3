"""No act of the STS-team opens a talk with parents: the attack by which it once could.

A superuser gives the author another address, logs in with a code that is mailed there, and reads.
"""

from datetime import timedelta
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from dialoogfiches.oudergesprekken.domain.oudergesprekken import share, start_oudergesprek
from dossiers.logboek.models import Logregel
from dossiers.mensen.domain import herstel
from dossiers.mensen.domain.accounts import change_account
from dossiers.mensen.models import Herstelaanvraag, Lidmaatschap, Rol, User
from dossiers.velden.domain.saving import save_veld
from tests.conftest import PASSWORD, load_material, make_user
from tests.dossiers.mensen.logging_in import code_in, is_logged_in
from tests.dossiers.mensen.steps import App, first_step, give_app, log_in
from tests.dossiers.mensen.test_tweede_stap import secret_on

GEHEIM = "Papa werkt 's nachts"
VAN_DE_AANVALLER = "sts@elders.be"


@pytest.fixture
def marie(huis):
    marie = huis.medewerker
    User.objects.filter(pk=marie.pk).update(last_login=timezone.now())
    marie.refresh_from_db()
    return marie


@pytest.fixture
def gesprek(huis, marie):
    gesprek = start_oudergesprek(
        dossier=huis.dossier,
        versie=load_material("dialoogdocument-ouders"),
        pseudoniem="Kolibrie",
        datum=None,
        sleutel=uuid4(),
        door=marie,
    )
    save_veld(record=gesprek, veld="focus_nu", waarde=GEHEIM, basis=0, door=marie)
    return gesprek


@pytest.fixture
def sts(db):
    return User.objects.create_superuser("sts@test.be", PASSWORD, naam="Sts")


def give_address(user, adres, *, door):
    user = User.objects.get(pk=user.pk)
    user.email = adres
    change_account(user=user, door=door)


def log_in_by_mail(browser, adres, mailoutbox):
    confirm = browser.post(reverse("account_request_login_code"), {"email": adres}).url
    return browser.post(confirm, {"code": code_in(mailoutbox[-1])})


def reads(browser, gesprek):
    """Whether any page of the talks shows what was said."""
    pages = [
        browser.get(reverse(name, args=[pk]))
        for name, pk in (
            ("oudergesprek", gesprek.pk),
            ("oudergesprekken", gesprek.dossier_id),
            ("oudergesprek-vrijgeven", gesprek.pk),
            ("oudergesprek-delen", gesprek.pk),
        )
    ]
    return any(GEHEIM in page.text or page.status_code == 200 for page in pages)


@pytest.mark.parametrize("verplicht", [True, False])
def test_an_address_of_the_superuser_opens_nothing(
    client, als, sts, marie, gesprek, mailoutbox, settings, verplicht
):
    assert reads(als(marie), gesprek)
    settings.TWEEDE_STAP_VERPLICHT = verplicht

    give_address(marie, VAN_DE_AANVALLER, door=sts)
    log_in_by_mail(client, VAN_DE_AANVALLER, mailoutbox)
    assert is_logged_in(client)
    assert not reads(client, gesprek)

    # A second step of her own does not help.
    app = App(secret_on(client.get(reverse("mfa_activate_totp"))))
    client.post(reverse("mfa_activate_totp"), {"code": app.code()})
    assert not reads(client, gesprek)
    client.post(reverse("account_logout"))
    log_in_by_mail(client, VAN_DE_AANVALLER, mailoutbox)
    cache.clear()
    client.post(reverse("mfa_authenticate"), {"code": app.code()})
    assert is_logged_in(client)
    assert not reads(client, gesprek)
    page = client.get(reverse("oudergesprek", args=[gesprek.pk]))
    assert page.status_code == 403
    assert "Je gesprekken met ouders zijn nog dicht" in page.text

    # Nor does it after yet another address, which would be later than that step.
    give_address(marie, "nog@elders.be", door=sts)
    log_in_by_mail(client, "nog@elders.be", mailoutbox)
    cache.clear()
    client.post(reverse("mfa_authenticate"), {"code": app.code()})
    assert is_logged_in(client)
    assert not reads(client, gesprek)


def test_with_her_second_step_in_the_way_she_does_not_even_log_in(
    client, sts, marie, gesprek, mailoutbox
):
    give_app(marie)
    give_address(marie, VAN_DE_AANVALLER, door=sts)

    assert log_in_by_mail(client, VAN_DE_AANVALLER, mailoutbox).url == reverse("mfa_authenticate")
    assert not is_logged_in(client)
    assert not reads(client, gesprek)


def test_marie_opens_her_talks_with_the_step_she_had(client, sts, marie, gesprek):
    app = give_app(marie)
    give_address(marie, "marie@nieuw-clb.be", door=sts)
    marie.refresh_from_db()
    assert marie.gesprekken_dicht_sinds

    log_in(client, marie, app)

    assert reads(client, gesprek)
    logged = Logregel.objects.filter(handeling__startswith="gesprekken-").order_by("pk")
    assert [(one.handeling, one.door) for one in logged] == [
        ("gesprekken-gesloten", sts),
        ("gesprekken-weer-open", marie),
    ]


def colleagues(huis, *, since=timedelta(days=30)):
    made = []
    for naam in ("Els", "Bo"):
        user = make_user(naam)
        sinds = timezone.now() - since
        Lidmaatschap.objects.create(
            user=user, school=huis.school, rol=Rol.CLB_MEDEWERKER, sinds=sinds
        )
        give_app(user, since=since)
        made.append(user)
    return made


def test_two_colleagues_open_them_for_who_had_no_second_step(
    client, sts, huis, marie, gesprek, mailoutbox
):
    els, bo = colleagues(huis)
    give_address(marie, "marie@nieuw-clb.be", door=sts)
    log_in_by_mail(client, "marie@nieuw-clb.be", mailoutbox)
    vragen = reverse("herstel-vragen")
    assert "Gesprekken weer openen" in client.get(vragen).text
    client.post(vragen, {"knop": "vraag"})
    aanvraag = Herstelaanvraag.objects.get()
    herstel.vouch(aanvraag=aanvraag, door=els)
    herstel.vouch(aanvraag=aanvraag, door=bo)
    client.post(vragen, {"knop": "rond-af"})
    assert not reads(client, gesprek)

    Herstelaanvraag.objects.update(bevestigd_op=timezone.now() - herstel.WACHTTIJD)
    client.post(vragen, {"knop": "rond-af"})

    marie.refresh_from_db()
    first_step(client, marie)
    assert reads(client, gesprek)


def test_colleagues_who_were_made_for_it_do_not_count(sts, huis, marie, gesprek):
    give_address(marie, VAN_DE_AANVALLER, door=sts)
    marie.refresh_from_db()
    made = colleagues(huis, since=timedelta(0))
    aanvraag = herstel.ask(user=marie)
    # However long she waits before she asks.
    later = timezone.now() + timedelta(days=60)
    Herstelaanvraag.objects.update(gemaakt_op=later, vervalt_op=later + herstel.GELDIG)
    aanvraag.refresh_from_db()

    assert not set(made) & set(herstel.colleagues_of(aanvraag))


def test_what_was_shared_with_her_is_shut_too(als, sts, huis, marie, gesprek):
    (els, _) = colleagues(huis)
    share(oudergesprek=gesprek, met=els, door=marie)
    assert als(els).get(reverse("oudergesprek", args=[gesprek.pk])).status_code == 200
    User.objects.filter(pk=els.pk).update(last_login=timezone.now())
    Authenticator.objects.filter(user=els).delete()

    give_address(els, VAN_DE_AANVALLER, door=sts)

    els.refresh_from_db()
    assert als(els).get(reverse("oudergesprek", args=[gesprek.pk])).status_code == 403


def test_who_never_logged_in_has_nothing_to_shut(sts, huis):
    assert huis.medewerker.last_login is None
    give_address(huis.medewerker, "marie@juist.be", door=sts)
    huis.medewerker.refresh_from_db()
    assert huis.medewerker.gesprekken_dicht_sinds is None
