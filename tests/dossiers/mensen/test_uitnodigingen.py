"""Whoever is invited to a school gets access; nobody else does."""

import re
from datetime import timedelta
from threading import Barrier, Thread
from time import sleep

import pytest
from django.conf import settings
from django.core import mail as django_mail
from django.db import IntegrityError, connection, transaction
from django.db.models import Value
from django.urls import reverse
from django.utils import timezone

from dossiers.logboek.models import Logregel
from dossiers.mensen.domain import uitnodigingen
from dossiers.mensen.domain.lidmaatschappen import give_rol
from dossiers.mensen.models import Lidmaatschap, Rol, School, Uitnodiging, User
from dossiers.models import Dossier
from tests.dossiers.conftest import WACHTWOORD, link_in

FATIMA = "fatima@delinde.be"
NEW_ACCOUNT = {"naam": "Fatima", "password": "vier rode bussen"}


def invite(client, school, *, door, email=FATIMA, rol=Rol.SCHOOLTEAM):
    """Invite as `door` and log out again; returns the path of the link, if an email was sent."""
    client.force_login(door)
    before = len(django_mail.outbox)
    response = client.post(
        reverse("uitnodigen", args=[school.pk]), {"adressen": email, "rol": rol}, follow=True
    )
    client.logout()
    sent = django_mail.outbox[before:]
    return (link_in(sent[0]) if sent else None), response.content.decode()


def running(**who):
    return Lidmaatschap.objects.filter(actief_tot__isnull=True, **who)


def expire():
    now = timezone.now()
    Uitnodiging.objects.update(
        gemaakt_op=now - timedelta(days=15), vervalt_op=now - timedelta(minutes=1)
    )


def heading(response):
    (found,) = re.findall(r"<h1>(.*?)</h1>", response.content.decode(), re.DOTALL)
    return found.strip()


def test_fatima_makes_an_account_and_lands_on_the_dossier(client, linde, lien, plan):
    dossier = Dossier.objects.create(
        school=linde, schooljaar=2026, planversie=plan, geopend_door=lien
    )
    link, _ = invite(client, linde, door=lien)

    assert FATIMA in client.get(link).content.decode()
    response = client.post(link, NEW_ACCOUNT)

    assert response.url == reverse("dossier", args=[dossier.pk])
    fatima = User.objects.get(email=FATIMA)
    assert client.session["_auth_user_id"] == str(fatima.pk)
    assert fatima.check_password(NEW_ACCOUNT["password"])
    assert running(user=fatima).get().rol == Rol.SCHOOLTEAM
    assert list(Logregel.objects.order_by("pk").values_list("door__email", "handeling")) == [
        ("lien@clb.be", "uitgenodigd"),
        (FATIMA, "lid-geworden"),
        (FATIMA, "ingelogd"),
    ]


def test_without_a_dossier_she_lands_on_the_school(client, linde, lien):
    link, _ = invite(client, linde, door=lien)
    assert client.post(link, NEW_ACCOUNT).url == reverse("school", args=[linde.pk])


def test_the_link_shows_that_she_reads_her_mailbox(client, linde, lien):
    """So who sets up a second step at once needs no other code from there."""
    link, _ = invite(client, linde, door=lien)
    client.post(link, NEW_ACCOUNT)

    assert client.get(reverse("mfa_activate_totp")).status_code == 200


def test_the_mail_says_who_invites_and_its_link_does_not_follow_the_host(
    client, linde, lien, mailoutbox, settings
):
    settings.SITE_URL = "https://sts-dialoog.example"
    settings.ALLOWED_HOSTS = ["*"]
    linde.naam = "Sint-Jan & co"
    linde.save()
    client.force_login(lien)

    client.post(
        reverse("uitnodigen", args=[linde.pk]),
        {"adressen": FATIMA, "rol": Rol.LEZER},
        headers={"host": "kwaad.example", "x-forwarded-host": "kwaad.example"},
    )

    (message,) = mailoutbox
    assert message.to == [FATIMA]
    assert message.subject == "[STS-Dialoog] Lien nodigt je uit voor Sint-Jan & co"
    assert "https://sts-dialoog.example/uitnodiging/" in message.body
    assert "kwaad" not in message.body


def test_the_database_does_not_know_the_token(client, linde, lien):
    link, _ = invite(client, linde, door=lien)
    token = link.split("/")[2]
    assert len(token) >= 43
    assert token not in str(Uitnodiging.objects.values().get())


def test_a_mail_scanner_that_looks_uses_nothing(client, linde, lien):
    link, _ = invite(client, linde, door=lien)
    for _ in range(3):
        client.get(link)
        client.head(link)
    assert client.post(link, NEW_ACCOUNT).status_code == 302


def test_the_link_works_once(client, linde, lien):
    link, _ = invite(client, linde, door=lien)
    client.post(link, NEW_ACCOUNT)
    client.logout()

    for response in (client.get(link), client.post(link, NEW_ACCOUNT)):
        assert response.status_code == 410
        assert "Vraag een nieuwe uitnodiging" in response.content.decode()
    assert running(user__email=FATIMA).count() == 1


def test_a_second_click_on_an_invitation_that_was_just_read_changes_nothing(linde, lien, tom):
    """Both requests saw an open invitation; only the UPDATE in the database decides."""
    uitnodiging, _ = uitnodigingen.invite(school=linde, email=tom.email, rol=Rol.LEZER, door=lien)
    uitnodigingen.accept(uitnodiging=uitnodiging, user=tom)
    with pytest.raises(uitnodigingen.UitnodigingOngeldig):
        uitnodigingen.accept(uitnodiging=uitnodiging, user=tom)
    assert Lidmaatschap.objects.filter(user=tom).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_the_same_moment_make_one_member(linde, lien, tom, monkeypatch):
    uitnodiging, _ = uitnodigingen.invite(school=linde, email=tom.email, rol=Rol.LEZER, door=lien)
    start, outcomes = Barrier(2), []

    def give_rol_slowly(**place):
        # Long enough for the other request to read before this one commits.
        sleep(0.2)
        return give_rol(**place)

    monkeypatch.setattr(uitnodigingen, "give_rol", give_rol_slowly)

    def click():
        connection.ensure_connection()
        start.wait()
        try:
            outcomes.append(uitnodigingen.accept(uitnodiging=uitnodiging, user=tom).rol)
        except uitnodigingen.UitnodigingOngeldig:
            outcomes.append("ongeldig")
        finally:
            connection.close()

    clicks = [Thread(target=click) for _ in range(2)]
    for thread in clicks:
        thread.start()
    for thread in clicks:
        thread.join()

    assert sorted(outcomes) == [Rol.LEZER, "ongeldig"]
    assert Lidmaatschap.objects.filter(user=tom).count() == 1


def test_an_old_link_has_expired(client, linde, lien):
    link, _ = invite(client, linde, door=lien)
    expire()
    assert client.get(link).status_code == 410
    assert client.post(link, NEW_ACCOUNT).status_code == 410
    assert not User.objects.filter(email=FATIMA).exists()


def test_a_link_lives_for_two_weeks(client, linde, lien):
    invite(client, linde, door=lien)
    lives = Uitnodiging.objects.get().vervalt_op - timezone.now()
    assert timedelta(0) < timedelta(days=settings.UITNODIGING_DAGEN) - lives < timedelta(minutes=1)


@pytest.mark.parametrize(("seconds", "status"), [(-1, 200), (0, 410), (1, 410)])
def test_a_link_dies_two_weeks_after_it_was_made(client, linde, lien, monkeypatch, seconds, status):
    link, _ = invite(client, linde, door=lien)
    end = Uitnodiging.objects.get().gemaakt_op + timedelta(days=14)
    monkeypatch.setattr(timezone, "now", lambda: end + timedelta(seconds=seconds))

    assert client.get(link).status_code == status
    assert client.post(link, NEW_ACCOUNT).status_code == (302 if status == 200 else 410)
    assert User.objects.filter(email=FATIMA).exists() == (status == 200)


def test_lien_withdraws_an_invitation(client, linde, lien):
    link, _ = invite(client, linde, door=lien)
    client.force_login(lien)
    school = reverse("school", args=[linde.pk])
    withdraw = reverse("uitnodiging-intrekken", args=[Uitnodiging.objects.get().pk])
    assert f'href="{withdraw}"' in client.get(school).text

    # It asks first, and asking changes nothing.
    assert f"De uitnodiging voor {FATIMA} intrekken?" in client.get(withdraw).text
    assert not Logregel.objects.filter(handeling="uitnodiging-ingetrokken").exists()
    page = client.post(withdraw, follow=True).text
    assert f"De uitnodiging voor {FATIMA} is ingetrokken." in page
    assert withdraw not in page
    # Back in the browser, and once more: it says how it is, and nothing happens twice.
    client.get(withdraw)
    page = client.post(withdraw, follow=True).text
    assert f"De uitnodiging voor {FATIMA} is intussen al aanvaard of ingetrokken." in page
    assert FATIMA not in client.get(school).text
    client.logout()

    assert client.post(link, NEW_ACCOUNT).status_code == 410
    assert Logregel.objects.filter(handeling="uitnodiging-ingetrokken").count() == 1


def test_a_guessed_link_is_not_found(client, db):
    assert client.get(reverse("uitnodiging", args=["geraden"])).status_code == 404


def test_a_new_invitation_replaces_the_open_one(client, linde, lien):
    first, _ = invite(client, linde, door=lien)
    client.force_login(lien)
    client.get(reverse("school", args=[linde.pk]))
    client.post(reverse("uitnodiging-opnieuw", args=[Uitnodiging.objects.get().pk]))
    client.logout()
    second = link_in(django_mail.outbox[-1])
    assert client.get(first).status_code == 410
    assert client.get(second).status_code == 200
    assert uitnodigingen.open_uitnodigingen().count() == 1


def test_a_second_click_on_send_again_leaves_the_link_of_the_first(client, linde, lien):
    invite(client, linde, door=lien)
    client.force_login(lien)
    client.get(reverse("school", args=[linde.pk]))
    again = reverse("uitnodiging-opnieuw", args=[Uitnodiging.objects.get().pk])
    client.post(again)
    mails = len(django_mail.outbox)

    page = client.post(again, follow=True).text

    assert f"De uitnodiging voor {FATIMA} is intussen aanvaard, ingetrokken of opnieuw" in page
    assert len(django_mail.outbox) == mails
    client.logout()
    assert client.get(link_in(django_mail.outbox[-1])).status_code == 200


def test_an_expired_invitation_does_not_stand_in_the_way_of_a_new_one(client, linde, lien):
    invite(client, linde, door=lien)
    expire()
    link, _ = invite(client, linde, door=lien)
    assert client.get(link).status_code == 200
    assert Uitnodiging.objects.filter(ingetrokken_op__isnull=True).count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"rol": "directeur"},
        {"rol": Rol.ANKERFIGUUR},
        # Past the field, which would write it in lower case.
        {"email": Value("Fatima@delinde.be")},
        {"vervalt_op": timezone.now() - timedelta(days=100)},
        {"email": "karim@delinde.be"},
    ],
)
def test_the_database_refuses_an_invitation_that_cannot_be(linde, lien, wrong):
    uitnodigingen.invite(school=linde, email="karim@delinde.be", rol=Rol.LEZER, door=lien)
    uitnodiging, _ = uitnodigingen.invite(school=linde, email=FATIMA, rol=Rol.LEZER, door=lien)
    with pytest.raises(IntegrityError), transaction.atomic():
        Uitnodiging.objects.filter(pk=uitnodiging.pk).update(**wrong)


def test_karim_who_has_an_account_logs_in_first(client, linde, lien, karim):
    school = School.objects.create(
        clb=linde.clb,
        naam="De Eik",
        instellingsnummer="037805",
        niveau="so",
        gemeente="Mechelen",
        provincie="antwerpen",
    )
    link, _ = invite(client, school, door=lien, email=karim.email)

    page = client.get(link).content.decode()
    login = reverse("account_login") + "?next=" + link.replace("/", "%2F")
    assert login in page
    assert client.post(link, NEW_ACCOUNT).status_code == 200
    assert not running(user=karim, school=school).exists()

    response = client.post(login, {"login": karim.email, "password": WACHTWOORD})
    assert response.url == link
    assert "Aanvaarden" in client.get(link).content.decode()
    assert client.post(link).url == reverse("school", args=[school.pk])
    assert running(user=karim).count() == 2


def test_tom_cannot_take_the_place_of_fatima(client, linde, lien, tom):
    link, _ = invite(client, linde, door=lien)
    client.force_login(tom)

    page = client.get(link).content.decode()
    assert "voor een ander adres" in page
    assert reverse("account_logout") in page
    client.post(link)
    client.post(link, NEW_ACCOUNT)

    assert not running(user=tom).exists()
    assert client.get(reverse("school", args=[linde.pk])).status_code == 404
    assert client.post(reverse("account_logout"), {"next": link}).url == link
    assert client.get(link).status_code == 200


def test_only_the_invited_address_accepts_whatever_the_page_did(linde, lien, tom):
    uitnodiging, _ = uitnodigingen.invite(school=linde, email=FATIMA, rol=Rol.LEZER, door=lien)
    with pytest.raises(uitnodigingen.UitnodigingOngeldig):
        uitnodigingen.accept(uitnodiging=uitnodiging, user=tom)
    assert uitnodigingen.open_uitnodigingen().count() == 1


def test_an_invitation_with_another_role_changes_the_role(client, linde, lien, nora):
    link, _ = invite(client, linde, door=lien, email=nora.email, rol=Rol.SCHOOLTEAM)
    assert running(user=nora).get().rol == Rol.LEZER

    client.force_login(nora)
    client.post(link)

    assert running(user=nora).get().rol == Rol.SCHOOLTEAM
    (old,) = Lidmaatschap.objects.filter(user=nora, actief_tot__isnull=False)
    assert old.rol == Rol.LEZER


def test_karim_is_not_invited_for_what_he_is(client, linde, lien, karim):
    link, page = invite(client, linde, door=lien, email="Karim@DeLinde.be")
    assert link is None
    assert "Karim doet hier al mee als schoolteam." in page
    assert ">\nkarim@delinde.be</textarea>" in page
    assert not Uitnodiging.objects.exists()


def test_lien_does_not_invite_herself(client, linde, lien):
    _, page = invite(client, linde, door=lien, email=lien.email)
    assert "Lien doet hier al mee als ankerfiguur." in page


def test_karim_can_come_back_after_he_left(client, linde, lien, karim):
    Lidmaatschap.objects.filter(user=karim).update(actief_tot=timezone.now())
    link, _ = invite(client, linde, door=lien, email=karim.email)
    client.force_login(karim)
    client.post(link)
    assert running(user=karim).count() == 1


def test_nobody_is_invited_as_ankerfiguur(client, linde, lien):
    link, _ = invite(client, linde, door=lien, rol=Rol.ANKERFIGUUR)
    assert link is None


def test_a_clb_medewerker_is_invited_to_a_school(client, linde, lien):
    link, _ = invite(client, linde, door=lien, rol=Rol.CLB_MEDEWERKER)
    client.post(link, NEW_ACCOUNT)
    assert running(user__email=FATIMA).get().rol == Rol.CLB_MEDEWERKER


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"naam": "Fatima", "password": "kort"}, "minstens 12 tekens"),
        ({"naam": "Fatima", "password": "fatima@delinde.be"}, "naam of je e-mailadres"),
        ({"naam": "", "password": NEW_ACCOUNT["password"]}, "Dit veld is verplicht"),
    ],
)
def test_what_is_wrong_with_a_new_account_stands_beside_the_field(
    client, linde, lien, typed, message
):
    link, _ = invite(client, linde, door=lien)
    page = client.post(link, typed).content.decode()
    assert message in page
    assert 'aria-invalid="true"' in page
    assert typed["password"] == FATIMA or f'value="{typed["password"]}"' not in page
    assert not User.objects.filter(email=FATIMA).exists()
    assert client.post(link, NEW_ACCOUNT).status_code == 302


def test_the_address_of_the_invitation_cannot_be_changed_on_the_way(client, linde, lien):
    link, _ = invite(client, linde, door=lien)
    client.post(link, {**NEW_ACCOUNT, "email": "tom@elders.be"})
    assert User.objects.filter(email=FATIMA).exists()
    assert not User.objects.filter(email="tom@elders.be").exists()


def test_an_account_made_in_the_meantime_is_not_overwritten(client, linde, lien):
    invite(client, linde, door=lien)
    uitnodiging = Uitnodiging.objects.get()
    User.objects.create_user(FATIMA, WACHTWOORD, naam="Fatima")
    with pytest.raises(uitnodigingen.AccountBestaat):
        uitnodigingen.accept_with_new_account(
            uitnodiging=uitnodiging, naam="Iemand", wachtwoord="iets heel anders"
        )
    assert uitnodigingen.open_uitnodigingen().count() == 1
    assert User.objects.get(email=FATIMA).check_password(WACHTWOORD)


def test_a_mail_that_does_not_leave_keeps_the_invitation(client, linde, lien, settings, caplog):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    client.force_login(lien)
    page = client.post(
        reverse("uitnodigen", args=[linde.pk]), {"adressen": FATIMA, "rol": Rol.LEZER}, follow=True
    ).content.decode()

    assert f"De mail naar {FATIMA} is niet vertrokken" in page
    assert "Verstuur opnieuw" in page
    assert uitnodigingen.open_uitnodigingen().filter(email=FATIMA).count() == 1
    assert "ConnectionRefusedError" in caplog.text
    assert FATIMA not in caplog.text


@pytest.mark.parametrize("who", ["karim", "nora"])
def test_only_who_manages_the_school_invites(client, linde, lien, who, request):
    school, uitnodigen = (reverse(name, args=[linde.pk]) for name in ("school", "uitnodigen"))
    data = {"adressen": FATIMA, "rol": Rol.LEZER}
    client.force_login(request.getfixturevalue(who))
    assert client.post(uitnodigen, data).status_code == 403
    assert "Collega’s uitnodigen" not in client.get(school).text
    assert not Uitnodiging.objects.exists()

    client.force_login(lien)
    assert "Collega’s uitnodigen" in client.get(school).text
    assert client.post(uitnodigen, data).status_code == 302
    assert Uitnodiging.objects.exists()


def test_used_invitations_tell_the_invited_person_where_to_go(client, linde, lien):
    link, _ = invite(client, linde, door=lien)
    client.post(link, NEW_ACCOUNT)
    response = client.get(link)
    assert heading(response) == "Deze uitnodiging werkt niet meer"
    assert f'href="{reverse("start")}"' in response.content.decode()
