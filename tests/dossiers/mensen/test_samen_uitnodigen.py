"""Lien invites her team at once: each line is judged on its own, and nobody gets two mails."""

import re
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail as django_mail
from django.core.mail.backends.locmem import EmailBackend
from django.urls import reverse
from django.utils import timezone

from dossiers.domain import open_dossier, schooljaar_of
from dossiers.mensen.domain.uitnodigingen import invite, invite_again
from dossiers.mensen.forms.genodigden import read_guests
from dossiers.mensen.forms.uitnodigingen import MAX_GENODIGDEN
from dossiers.mensen.models import MAX_NAAM, MAX_WOORD, Rol, Uitnodiging
from tests.dossiers.conftest import link_in

pytestmark = pytest.mark.django_db

EIGHT = """Bart Peeters <bart@school.be>
Claes, An <an@school.be>; Karim <karim@school.be>
lies@school.be, noor@school.be
Tom\ttom@school.be
"De Smet, Els" <els@school.be>
mailto:wim@school.be"""
NAMES = {
    "bart@school.be": "Bart Peeters",
    "an@school.be": "An Claes",
    "karim@school.be": "Karim",
    "lies@school.be": "",
    "noor@school.be": "",
    "tom@school.be": "Tom",
    "els@school.be": "Els De Smet",
    "wim@school.be": "",
}


@pytest.fixture
def send(client, linde, lien):
    """Send the form as Lien; what the page says after it."""
    client.force_login(lien)

    def post(adressen: str, **more: str):
        data = {"adressen": adressen, "rol": Rol.SCHOOLTEAM} | more
        return client.post(reverse("uitnodigen", args=[linde.pk]), data, follow=True)

    return post


def invited() -> dict[str, str]:
    return dict(Uitnodiging.objects.values_list("email", "naam"))


def box(response) -> str:
    """What is left in the box."""
    return re.search(r'name="adressen".*?>\n?(.*?)</textarea>', response.text, re.DOTALL)[1]


def test_eight_people_are_invited_by_name_in_one_go(send, mailoutbox):
    page = send(EIGHT, woord="Tot dinsdag!\n\nLien")

    assert invited() == NAMES
    assert box(page) == ""
    assert [message.to for message in mailoutbox] == [[email] for email in NAMES]
    for message in mailoutbox:
        naam = NAMES[message.to[0]]
        assert message.body.startswith(f"Dag {naam},\n" if naam else "Dag,\n")
        assert "\nLien schrijft je:\n\n> Tot dinsdag!\n> \n> Lien\n" in message.body
        assert message.extra_headers == {}
        assert "Bart" not in message.subject


def test_without_words_the_mail_quotes_nobody(send, mailoutbox):
    send("bart@school.be")

    assert ">" not in mailoutbox[0].body
    assert "schrijft je" not in mailoutbox[0].body


def test_what_is_wrong_stays_in_the_box_and_the_others_go_out(send, karim, linde, lien):
    invite(school=linde, email="noor@school.be", rol=Rol.LEZER, door=lien)
    page = send(f"bart@school.be\nnoor@school.be\n{karim.email}\nTom\nels@\nlies@school.be")

    assert [message.to[0] for message in django_mail.outbox] == ["bart@school.be", "lies@school.be"]
    assert "Uitgenodigd: bart@school.be en lies@school.be." in page.text
    assert set(box(page).split("\n")) == {"Tom", "els@", "noor@school.be", karim.email}
    for why in (
        "‘Tom’: hier staat geen e-mailadres bij.",
        "‘els@’: dit is geen e-mailadres. Kijk het even na.",
        f"‘{karim.email}’: Karim doet hier al mee als schoolteam.",
        "‘noor@school.be’: die uitnodiging staat al open, dus ging er geen tweede mail.",
    ):
        assert why in page.text


def test_nothing_is_sent_twice(send, mailoutbox):
    send("bart@school.be, BART@school.be\nBart <bart@school.be>")
    assert invited() == {"bart@school.be": "Bart"}
    send("bart@school.be")

    assert len(mailoutbox) == 1


def test_a_lost_mail_goes_out_again_with_the_same_name_and_words(client, send, mailoutbox):
    send("Bart <bart@school.be>", woord="Tot dinsdag!")

    client.post(reverse("uitnodiging-opnieuw", args=[Uitnodiging.objects.get().pk]))

    first, second = (message.body for message in mailoutbox)
    assert "Dag Bart,\n" in second
    assert "> Tot dinsdag!" in second
    assert link_in(mailoutbox[0]) != link_in(mailoutbox[1])
    assert first.split("aanvaard")[0] == second.split("aanvaard")[0]


def test_the_words_of_a_colleague_do_not_go_out_in_the_name_of_another(linde, lien, nora):
    made, _ = invite(school=linde, email="a@b.be", rol=Rol.LEZER, door=nora, naam="A", woord="Dag")

    again, _ = invite_again(uitnodiging=made, door=lien)

    assert (again.naam, again.woord) == ("A", "")


@pytest.mark.parametrize("total", [MAX_GENODIGDEN - 1, MAX_GENODIGDEN, MAX_GENODIGDEN + 1])
def test_at_most_twenty_at_once(send, mailoutbox, total):
    page = send("\n".join(f"a{number}@school.be" for number in range(total)))

    fits = total <= MAX_GENODIGDEN
    assert len(mailoutbox) == (total if fits else 0)
    assert (f"Dat zijn er {total}." in page.text) != fits


@pytest.mark.parametrize("letters", [MAX_WOORD - 1, MAX_WOORD, MAX_WOORD + 1])
def test_a_word_of_ones_own_is_short(send, mailoutbox, letters):
    page = send("bart@school.be", woord="x" * letters)

    assert len(mailoutbox) == (letters <= MAX_WOORD)
    assert (f"Dit telt {letters} tekens" in page.text) == (letters > MAX_WOORD)


@pytest.mark.parametrize(
    "woord", ["Kijk op https://kwaad.be", "zie www.kwaad.xyz", "op kwaad.com", "op kwaad.xyz/a"]
)
def test_words_make_no_link(send, mailoutbox, woord):
    page = send("bart@school.be", woord=woord)

    assert mailoutbox == []
    assert "Zet hier geen webadres in" in page.text
    assert box(page) == "bart@school.be"


def test_words_may_hold_an_address_and_a_full_stop(send, mailoutbox):
    send("bart@school.be", woord="Mail me: lien@clb.be. Tot dan.Lien")

    assert "> Mail me: lien@clb.be. Tot dan.Lien" in mailoutbox[0].body


def test_nobody_plays_tricks_with_a_name_or_with_words(send, mailoutbox):
    send(
        "\u202eBart\u2066 \u200bPeeters <bart@school.be>",
        woord="Dag\u202e\r\nBcc: kwaad@elders.be\r\n\r\n\r\n\r\n.\r\nSTS-Dialoog",
    )

    (message,) = mailoutbox
    assert message.recipients() == ["bart@school.be"]
    assert "Dag Bart Peeters,\n" in message.body
    assert "> Dag\n> Bcc: kwaad@elders.be\n> \n> .\n> STS-Dialoog\n" in message.body
    assert set(message.message().keys()) >= {"To", "Subject"}
    assert "Bcc" not in message.message()


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("Klik http://kwaad.be <bart@school.be>", "webadres"),
        (f"{'x' * (MAX_NAAM + 1)} <bart@school.be>", "te lang"),
        ("Bart, an@school.be, lies@school.be", "geen e-mailadres bij"),
        ("lies@school.be, an@school.be, Bart", "geen e-mailadres bij"),
        ("<bart@>", "geen e-mailadres. Kijk"),
        ("bart@@school.be", "geen e-mailadres. Kijk"),
    ],
)
def test_what_cannot_be_read_is_told_in_the_words_that_were_typed(typed, why):
    _, mistakes = read_guests(typed)

    assert why in " ".join(map(str, mistakes))


def test_a_name_as_long_as_may_be_and_a_name_without_a_letter():
    guests, mistakes = read_guests(f"{'x' * MAX_NAAM} <a@school.be>\n12 <b@school.be>")

    assert [len(guest.naam) for guest in guests] == [MAX_NAAM, 0]
    assert mistakes == []


class RefusesAn(EmailBackend):
    def send_messages(self, messages):
        if messages[0].to == ["an@school.be"]:
            raise SMTPRecipientsRefused({})
        return super().send_messages(messages)


class IsAway(EmailBackend):
    tried = 0

    def send_messages(self, messages):
        IsAway.tried += 1
        raise ConnectionRefusedError


def test_a_mail_that_is_refused_keeps_no_other_back(send, settings, mailoutbox):
    settings.EMAIL_BACKEND = f"{__name__}.RefusesAn"

    page = send("an@school.be\nbart@school.be")

    assert "De mail naar an@school.be is niet vertrokken." in page.text
    assert "Uitgenodigd: bart@school.be." in page.text
    assert len(invited()) == 2


def test_a_mail_server_that_is_away_is_asked_once(send, settings):
    settings.EMAIL_BACKEND = f"{__name__}.IsAway"
    IsAway.tried = 0

    page = send("an@school.be\nbart@school.be\nels@school.be")

    assert IsAway.tried == 1
    assert "De mail naar an@school.be, bart@school.be en els@school.be" in page.text
    assert len(invited()) == 3


def test_a_new_account_begins_with_the_name_that_was_given(client, send, mailoutbox):
    send("Bart Peeters <bart@school.be>")
    client.logout()

    assert 'value="Bart Peeters"' in client.get(link_in(mailoutbox[0])).text


def test_after_a_dossier_is_opened_the_next_step_is_to_invite(client, linde, lien, versie):
    client.force_login(lien)
    year = schooljaar_of(timezone.localdate())
    opened = client.post(
        reverse("dossier-openen", args=[linde.pk]), {"schooljaar": year}, follow=True
    )

    there = reverse("school", args=[linde.pk])
    assert f'<a href="{there}#uitnodigen">Nodig je collega’s uit</a>' in opened.text
    assert 'id="uitnodigen"' in client.get(there).text


def test_from_the_dossier_eight_people_are_invited_in_three_clicks(client, linde, lien, versie):
    dossier = open_dossier(school=linde, schooljaar=2026, door=lien)
    client.force_login(lien)
    school = reverse("school", args=[linde.pk])

    # One: to the school. Two: in the box. Three: the button.
    assert f'href="{school}#uitnodigen"' in client.get(reverse("dossier", args=[dossier.pk])).text
    page = client.get(school).text
    assert 'name="adressen"' in page
    client.post(reverse("uitnodigen", args=[linde.pk]), {"adressen": EIGHT, "rol": Rol.SCHOOLTEAM})

    assert len(invited()) == 8
