"""Who lost her second step, and the two colleagues who vouch for her."""

import re
from datetime import timedelta
from functools import partial

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from dossiers.logboek.models import Logregel
from dossiers.mensen.domain import herstel
from dossiers.mensen.domain.lidmaatschappen import end_lidmaatschap
from dossiers.mensen.models import Herstelaanvraag, Lidmaatschap, Rol, User
from tests.concurrency import at_once
from tests.conftest import PASSWORD, make_user
from tests.dossiers.conftest import link_in
from tests.dossiers.mensen.logging_in import is_logged_in, text
from tests.dossiers.mensen.steps import first_step, give_app, log_in

KWIJT = "tweede-stap-kwijt"


@pytest.fixture
def marie(huis):
    give_app(huis.medewerker)
    return huis.medewerker


def colleague(huis, naam, *, rol=Rol.CLB_MEDEWERKER, since=timedelta(days=30), step=True):
    user = make_user(naam)
    Lidmaatschap.objects.create(
        user=user, school=huis.school, rol=rol, sinds=timezone.now() - since
    )
    if step:
        give_app(user, since=since)
    return user


def sts_team(*namen):
    people = [make_user(naam) for naam in namen]
    for user in people:
        user.is_staff, user.sinds = True, timezone.now() - timedelta(days=60)
        user.save()
        give_app(user)
    return people


@pytest.fixture
def an(huis):
    an = huis.ankerfiguur
    Lidmaatschap.objects.filter(user=an).update(sinds=timezone.now() - timedelta(days=60))
    return an


@pytest.fixture
def els(huis):
    return colleague(huis, "Els")


def aanvraag_of(user):
    return Herstelaanvraag.objects.get(user=user)


def shift(aanvraag, **delta):
    """Let time go by for a request."""
    Herstelaanvraag.objects.filter(pk=aanvraag.pk).update(
        bevestigd_op=F("bevestigd_op") - timedelta(**delta)
    )


def test_marie_gets_a_new_second_step(client, marie, an, els, mailoutbox):
    app = give_app(an)
    first_step(client, marie)
    assert "Tweede stap kwijt?" in text(client.get(reverse(KWIJT)))
    assert "Vraag het nu aan twee collega" in text(client.post(reverse(KWIJT), {"knop": "vraag"}))
    assert mailoutbox[0].to == [marie.email]
    assert "/toegang/stoppen/" in mailoutbox[0].body

    hers = client.__class__()
    log_in(hers, an, app)
    assert "Marie verloor" in text(hers.get(reverse("mfa_index")))
    page = reverse("herstel-bevestigen", args=[aanvraag_of(marie).pk])
    assert "Vroeg Marie dit zelf?" in text(hers.get(page))
    hers.post(page)
    assert "Eén collega bevestigde al" in text(client.get(reverse(KWIJT)))
    assert "Marie verloor" not in text(hers.get(reverse("mfa_index")))
    with transaction.atomic():
        herstel.vouch(aanvraag=aanvraag_of(marie), door=els)
    assert "Nog even wachten" in text(client.get(reverse(KWIJT)))

    client.post(reverse(KWIJT), {"knop": "rond-af"})
    assert not is_logged_in(client)
    assert Authenticator.objects.filter(user=marie).exists()
    shift(aanvraag_of(marie), hours=24)
    assert "Twee collega&#x27;s bevestigden" in text(client.get(reverse(KWIJT))).replace(
        "'", "&#x27;"
    )
    client.post(reverse(KWIJT), {"knop": "rond-af"})

    assert is_logged_in(client)
    assert client.get(reverse("scholen")).status_code == 200
    assert not Authenticator.objects.filter(user=marie).exists()
    logged = Logregel.objects.filter(handeling__startswith="herstel-").order_by("pk")
    assert [(one.handeling, one.door) for one in logged] == [
        ("herstel-gevraagd", marie),
        ("herstel-bevestigd", an),
        ("herstel-bevestigd", els),
        ("herstel-afgerond", marie),
    ]


def test_both_mails_go_to_her_and_either_stops_it(
    client, marie, an, els, mailoutbox, django_capture_on_commit_callbacks
):
    give_app(an)
    aanvraag = herstel.ask(user=marie)
    with django_capture_on_commit_callbacks(execute=True):
        herstel.vouch(aanvraag=aanvraag, door=an)
        herstel.vouch(aanvraag=aanvraag, door=els)
    asked, vouched = mailoutbox
    assert vouched.to == [marie.email]
    assert "Twee collega's bevestigden" in vouched.subject
    assert link_in(asked) == link_in(vouched)

    link = link_in(vouched)
    assert "Stop je de vraag" in text(client.get(link))
    assert Herstelaanvraag.objects.filter(gestopt_op__isnull=True).exists()
    assert "Gestopt" in text(client.post(link))

    assert "al gesloten" in text(client.get(link))
    shift(aanvraag, hours=25)
    with pytest.raises(herstel.HerstelGesloten):
        herstel.finish(aanvraag=aanvraag)
    assert client.get(link[:-4] + "xxx/").status_code == 404


@pytest.mark.parametrize(("hours", "ready"), [(23.9, False), (24, True)])
def test_a_day_goes_by(marie, an, els, hours, ready):
    give_app(an)
    aanvraag = herstel.ask(user=marie)
    for door in (an, els):
        herstel.vouch(aanvraag=aanvraag, door=door)
    shift(aanvraag, hours=hours)

    if ready:
        herstel.finish(aanvraag=aanvraag)
    else:
        with pytest.raises(herstel.HerstelGesloten):
            herstel.finish(aanvraag=aanvraag)

    assert Authenticator.objects.filter(user=marie).exists() != ready


def test_one_colleague_counts_once(marie, an):
    give_app(an)
    aanvraag = herstel.ask(user=marie)
    for _ in range(2):
        herstel.vouch(aanvraag=aanvraag, door=an)
    assert aanvraag_of(marie).tweede is None
    assert aanvraag_of(marie).bevestigd_op is None


def test_after_a_week_it_is_over_and_can_be_asked_anew(marie, an):
    give_app(an)
    aanvraag = herstel.ask(user=marie)
    assert herstel.ask(user=marie) == aanvraag
    past = timezone.now() - timedelta(days=8)
    Herstelaanvraag.objects.update(gemaakt_op=past, vervalt_op=past + herstel.GELDIG)

    with pytest.raises(herstel.HerstelGesloten):
        herstel.vouch(aanvraag=aanvraag, door=an)
    assert herstel.ask(user=marie) != aanvraag


def test_three_times_a_day_at_most(marie):
    for _ in range(3):
        herstel.stop(aanvraag=herstel.ask(user=marie))
    with pytest.raises(herstel.TeVaakGevraagd):
        herstel.ask(user=marie)


def test_without_a_mail_there_is_no_request(client, marie, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    first_step(client, marie)
    page = text(client.post(reverse(KWIJT), {"knop": "vraag"}))
    assert "We kunnen je nu geen mail sturen" in page
    assert herstel.open_request_of(marie) is None


def test_who_may_vouch(huis, ander_huis, marie, an, els):
    """Not herself, not the school, not another CLB, not the STS-team, not who came for it."""
    give_app(an)
    sts = User.objects.create_superuser("sts@test.be", PASSWORD, naam="Sts")
    others = [
        *(marie, huis.team, huis.lezer, ander_huis.ankerfiguur, sts),
        colleague(huis, "Zonder", step=False),
        colleague(huis, "Lezer", rol=Rol.LEZER),
        colleague(huis, "Nieuw", since=timedelta(days=6, hours=23)),
    ]
    for user in others[1:5]:
        give_app(user)
    aanvraag = herstel.ask(user=marie)
    known = colleague(huis, "Bekend", since=timedelta(days=7, minutes=1))

    assert set(herstel.colleagues_of(aanvraag)) == {an, els, known}
    for user in others:
        assert aanvraag not in herstel.requests_for(user)
        with pytest.raises(PermissionDenied):
            herstel.vouch(aanvraag=aanvraag, door=user)


def test_the_sts_team_vouches_for_its_own(db):
    sara, stef, sien = sts_team("Sara", "Stef", "Sien")
    aanvraag = herstel.ask(user=sara)
    assert set(herstel.colleagues_of(aanvraag)) == {stef, sien}
    for door in (stef, sien):
        herstel.vouch(aanvraag=aanvraag, door=door)
    shift(aanvraag, hours=25)
    herstel.finish(aanvraag=aanvraag)

    sara.refresh_from_db()
    assert sara.gesprekken_dicht_sinds is not None


def test_whoever_left_meanwhile_vouched_for_nobody(client, huis, marie, an, els):
    """An put Els aside: what Els said counts no more, and a third colleague is asked."""
    give_app(an)
    bo = colleague(huis, "Bo")
    aanvraag = herstel.ask(user=marie)
    for door in (els, an):
        herstel.vouch(aanvraag=aanvraag, door=door)
    shift(aanvraag, hours=25)
    end_lidmaatschap(lidmaatschap=Lidmaatschap.objects.get(user=els), door=an)

    first_step(client, marie)
    client.post(reverse(KWIJT), {"knop": "rond-af"})
    assert "Eén collega bevestigde al" in text(client.get(reverse(KWIJT)))
    assert Authenticator.objects.filter(user=marie).exists()

    assert herstel.requests_for(bo) == [aanvraag]
    herstel.vouch(aanvraag=aanvraag, door=bo)
    assert (aanvraag_of(marie).eerste, aanvraag_of(marie).tweede) == (an, bo)
    shift(aanvraag, hours=25)
    client.post(reverse(KWIJT), {"knop": "rond-af"})
    assert not Authenticator.objects.filter(user=marie).exists()


def test_the_first_who_left_makes_place_for_another(huis, marie, an, els):
    give_app(an)
    aanvraag = herstel.ask(user=marie)
    herstel.vouch(aanvraag=aanvraag, door=els)
    User.objects.filter(pk=els.pk).update(is_active=False)
    herstel.vouch(aanvraag=aanvraag, door=an)

    assert aanvraag_of(marie).eerste == an
    assert aanvraag_of(marie).bevestigd_op is None


def test_a_new_phone_of_who_vouched_changes_nothing(marie, an, els):
    give_app(an)
    aanvraag = herstel.ask(user=marie)
    for door in (els, an):
        herstel.vouch(aanvraag=aanvraag, door=door)
    shift(aanvraag, hours=25)
    Authenticator.objects.filter(user=els).update(created_at=timezone.now())

    herstel.finish(aanvraag=aanvraag)

    assert not Authenticator.objects.filter(user=marie).exists()


def test_the_sts_team_vouches_for_nobody_who_works_for_a_clb_by_then(huis, an):
    """Two of the STS-team vouched for Sara; then she got a role for a CLB, with its talks."""
    sara, stef, sien = sts_team("Sara", "Stef", "Sien")
    aanvraag = herstel.ask(user=sara)
    for door in (stef, sien):
        herstel.vouch(aanvraag=aanvraag, door=door)
    shift(aanvraag, hours=25)
    Lidmaatschap.objects.create(user=sara, school=huis.school, rol=Rol.CLB_MEDEWERKER)

    with pytest.raises(herstel.HerstelGesloten):
        herstel.finish(aanvraag=aanvraag)
    assert Authenticator.objects.filter(user=sara).exists()
    assert aanvraag_of(sara).eerste is None


def test_the_database_keeps_it_to_two_others(marie, an, els):
    aanvraag = herstel.ask(user=marie)
    now = timezone.now()
    for wrong in (
        {"eerste": marie},
        {"eerste": an, "tweede": an, "bevestigd_op": now},
        {"eerste": an, "tweede": marie, "bevestigd_op": now},
        {"tweede": an, "bevestigd_op": now},
        {"eerste": an, "tweede": els},
        {"eerste": an, "bevestigd_op": now},
        {"afgerond_op": now},
        {"vervalt_op": aanvraag.gemaakt_op},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Herstelaanvraag.objects.filter(pk=aanvraag.pk).update(**wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        Herstelaanvraag.objects.create(user=marie, vervalt_op=now + herstel.GELDIG)


def test_a_colleague_proves_who_she_is_before_she_vouches(client, marie, an, els, monkeypatch):
    import time  # noqa: PLC0415

    app = give_app(an)
    log_in(client, an, app)
    aanvraag = herstel.ask(user=marie)
    page = reverse("herstel-bevestigen", args=[aanvraag.pk])
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 16 * 60)

    asked = client.post(page)
    assert asked.url.startswith(reverse("mfa_reauthenticate"))
    assert aanvraag_of(marie).eerste is None
    cache.clear()
    client.post(asked.url, {"code": app.code()})

    assert aanvraag_of(marie).eerste == an


def test_the_link_that_stops_it_is_in_no_log(marie, mailoutbox):
    from stsdialoog.log import without_keys  # noqa: PLC0415

    herstel.ask(user=marie)
    link = link_in(mailoutbox[0])
    assert re.fullmatch(r"GET /toegang/stoppen/\.\.\.", without_keys(f"GET {link}"))


@pytest.mark.django_db(transaction=True)
def test_two_colleagues_at_the_same_moment_are_two(transactional_db, huis):
    marie, others = huis.medewerker, [colleague(huis, naam) for naam in ("Els", "Bo")]
    aanvraag = herstel.ask(user=marie)

    at_once(*(partial(herstel.vouch, aanvraag=aanvraag, door=door) for door in others))

    found = aanvraag_of(marie)
    assert {found.eerste, found.tweede} == set(others)
    assert found.bevestigd_op
    assert Logregel.objects.filter(handeling="herstel-bevestigd").count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_clicks_ask_once(transactional_db, huis, mailoutbox):
    at_once(*[partial(herstel.ask, user=huis.medewerker)] * 2)

    assert Herstelaanvraag.objects.count() == 1
    assert len(mailoutbox) == 1
