"""The mail itself: counts, days and links, and not one word that a team typed."""

import re
from datetime import date
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from dossiers.acties.models import Actie, Trekker
from dossiers.domain import open_dossier
from dossiers.kalender.domain import add_vrije_dag
from dossiers.mensen.models import School, User
from dossiers.nieuws import Nieuwtje, Regel, Soort, _soorten, register_news
from start.herinneringen.domain.bericht import MOST_LINES, MOST_SCHOOLS
from start.herinneringen.domain.versturen import rehearse, send_due
from start.herinneringen.models import Bericht, Melding
from tests.start.conftest import make_school
from tests.start.herinneringen.conftest import SECRET, plan_for

pytestmark = pytest.mark.django_db

LATE = date(2026, 12, 17)
SITE = "http://127.0.0.1:8000"
LINK = re.compile(r'https?://[^\s"<>]+')


def html_of(message) -> str:
    ((html, kind),) = message.alternatives
    assert kind == "text/html"
    return html


@pytest.fixture
def busy(huis, check):
    """A check that is late, one for tomorrow, and an action in two weeks."""
    plan_for(huis.dossier, huis.team, check_op=date(2026, 12, 18))
    plan_for(huis.dossier, huis.team, wanneer_op=date(2026, 12, 30))


def test_one_mail_says_all_of_it(busy, mailoutbox):
    send_due(today=LATE)
    (message,) = mailoutbox

    assert message.subject == "[STS-Dialoog] Voor jou: 1 over tijd, 2 binnenkort"
    lines = message.body.splitlines()
    assert lines[2:5] == ["Dit wacht op jou.", "", "Sint-Jozefschool (Mechelen)"]
    assert lines[5] == "- Over tijd. De check van een actie was op woensdag 16 december."
    assert lines[7] == "- De check van een actie is morgen."
    assert lines[9] == "- Een actie moet klaar zijn tegen woensdag 30 december."
    html = html_of(message)
    assert "De check van een actie was op woensdag 16 december." in html
    assert "Sint-Jozefschool (Mechelen)" in html


def test_no_word_of_the_team_is_in_it(busy, huis, mailoutbox):
    User.objects.update(naam=SECRET)
    # What nobody does is told too, to An.
    plan_for(huis.dossier, huis.team, check_op=date(2026, 12, 1))
    Trekker.objects.filter(actie=Actie.objects.latest("check_op")).delete()
    Trekker.objects.filter(actie__check_op=date(2026, 12, 1)).delete()
    send_due(today=LATE)

    assert {one.to[0] for one in mailoutbox} == {"tom@test.be", "an@test.be"}
    for message in mailoutbox:
        raw = message.message().as_string() + message.body + html_of(message)
        assert not re.search(r"Geheim|Jef|Zita|mama", raw)


def test_a_school_is_named_as_it_was_typed(busy, huis, mailoutbox):
    School.objects.filter(pk=huis.school.pk).update(naam="De <b>Brug</b> & Co")
    send_due(today=LATE)
    (message,) = mailoutbox

    assert "De <b>Brug</b> & Co (Mechelen)" in message.body
    assert "De &lt;b&gt;Brug&lt;/b&gt; &amp; Co (Mechelen)" in html_of(message)


def test_every_link_leads_somewhere_and_opening_it_changes_nothing(
    busy, huis, als, client, mailoutbox
):
    """As a scanner of mail does, and as Tom does."""
    send_due(today=LATE)
    (message,) = mailoutbox
    in_text = set(LINK.findall(message.body))
    links = in_text | {link.replace("&amp;", "&") for link in LINK.findall(html_of(message))}
    assert in_text == links
    assert len(links) == 6
    before = list(Actie.objects.values())

    tom = als(huis.team)
    for link in links:
        assert link.startswith(SITE), link
        path, _, anchor = link.removeprefix(SITE).partition("#")
        page = tom.get(path or "/", follow=True)
        assert page.status_code == 200, link
        assert not anchor or f'id="{anchor}"' in page.text
        assert client.get(path or "/", follow=True).status_code == 200, link
    assert list(Actie.objects.values()) == before
    assert not huis.team.__class__.objects.filter(herinnerwens__isnull=False).exists()


def test_a_check_is_one_tap_away_and_an_action_opens_its_row(huis, als, check, mailoutbox):
    plan_for(huis.dossier, huis.team, wanneer_op=date(2026, 12, 16))
    send_due(today=LATE)
    links = LINK.findall(mailoutbox[0].body)
    tom = als(huis.team)

    assert f"{SITE}{reverse('check', args=[huis.dossier.pk, check.pk])}" in links
    (link,) = [one for one in links if "#actie" in one]
    page = tom.get(link.removeprefix(SITE).partition("#")[0]).text
    assert 'class="actie-rij is-open"' in page


def test_it_is_for_a_program_for_mail_to_handle(check, mailoutbox):
    send_due(today=LATE)
    headers = mailoutbox[0].message()

    assert headers["Message-ID"] == f"<herinnering.{Bericht.objects.get().pk}@localhost>"
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    stop = headers["List-Unsubscribe"]
    assert re.fullmatch(rf"<{SITE}/herinneringen/stoppen/[\w.-]+/>", stop)
    assert stop[1:-1] in mailoutbox[0].body
    assert headers["Auto-Submitted"] == "auto-generated"
    # On the wire the address is one word: a program reads it without guessing.
    assert stop.encode() in headers.as_bytes()


def test_of_many_lines_and_many_schools_a_mail_tells_the_first(huis, mailoutbox):
    for nummer in range(MOST_SCHOOLS + 3):
        school = make_school(huis.clb, 400_000 + nummer)
        dossier = open_dossier(school=school, schooljaar=2026, door=huis.ankerfiguur)
        for _ in range(MOST_LINES + 2):
            plan_for(dossier, huis.ankerfiguur, check_op=date(2026, 12, 16))
    send_due(today=LATE)
    (message,) = mailoutbox

    assert message.subject.endswith(f"{(MOST_SCHOOLS + 3) * (MOST_LINES + 2)} over tijd")
    assert message.body.count("De check van een actie") == MOST_SCHOOLS * MOST_LINES
    assert message.body.count("- En nog 2 andere.") == MOST_SCHOOLS
    assert "En in nog 3 scholen." in message.body
    assert Melding.objects.count() == (MOST_SCHOOLS + 3) * (MOST_LINES + 2)


def test_what_nobody_does_is_one_line_for_each_school(huis, mailoutbox):
    for _ in range(4):
        plan_for(huis.dossier, huis.team, check_op=date(2026, 12, 16))
    Trekker.objects.all().delete()
    send_due(today=LATE)
    (message,) = mailoutbox

    zin = "4 checks, van acties waar niemand van het team bij staat."
    assert f"- Over tijd. {zin}" in message.body
    assert reverse("overzicht", args=[huis.dossier.pk]) in message.body
    assert message.subject.endswith("Voor jou: 4 over tijd")


@pytest.fixture
def board_answered(huis):
    """Another room that has news for Tom, each day the same."""

    def new(until, today):
        return [Nieuwtje(huis.team.pk, "antwoord-1"), Nieuwtje(huis.team.pk, "antwoord-2")] * (
            huis.team.pk in until
        )

    def lines(gebruiker, sleutels, today):
        zin = f"Het bestuur antwoordde op {len(sleutels)} vragen."
        return [Regel(zin, f"{SITE}/", "Sint-Jozefschool (Mechelen)", aantal=len(sleutels))]

    register_news("proef", Soort(new, lines))
    yield
    del _soorten["proef"]


def test_all_kinds_of_news_are_in_one_mail_and_told_once(check, board_answered, mailoutbox):
    send_due(today=LATE)
    (message,) = mailoutbox

    assert message.subject.endswith("Voor jou: 1 over tijd, 2 binnenkort")
    assert message.body.count("Sint-Jozefschool") == 1
    assert "- Het bestuur antwoordde op 2 vragen." in message.body
    assert send_due(today=date(2026, 12, 18)).verstuurd == 0


@pytest.fixture
def any_day(settings):
    """As on the machine of a developer, where one may act as if it were another day."""
    settings.DEBUG = True


def told_by_the_command(*args: str, capsys) -> str:
    call_command("stuur_herinneringen", *args)
    return capsys.readouterr().out


def test_the_command_prints_one_line(any_day, check, mailoutbox, capsys):
    op = f"--op={LATE}"

    assert told_by_the_command(op, "--proef", capsys=capsys) == (
        "Proef: 1 herinneringen zouden vertrekken.\n"
    )
    assert mailoutbox == []
    assert told_by_the_command(op, capsys=capsys) == "1 herinneringen verstuurd.\n"
    assert told_by_the_command(op, capsys=capsys) == "0 herinneringen verstuurd.\n"
    assert told_by_the_command("--op=2026-12-25", capsys=capsys) == (
        "0 herinneringen verstuurd: het is vandaag geen schooldag.\n"
    )
    assert len(mailoutbox) == 1


def test_another_day_is_for_a_rehearsal_on_a_server(check, settings):
    settings.DEBUG = False
    with pytest.raises(CommandError, match="is niet vandaag"):
        call_command("stuur_herinneringen", f"--op={LATE}")


def test_a_mail_server_that_is_away_loses_nothing(any_day, check, settings, mailoutbox, capsys):
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = settings.SMTP, "127.0.0.1"
    settings.EMAIL_PORT = 1
    with pytest.raises(CommandError, match="niet bereikbaar"):
        call_command("stuur_herinneringen", f"--op={LATE}")
    assert capsys.readouterr().out == "0 herinneringen verstuurd.\n"
    first = Bericht.objects.get()

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send_due(today=date(2026, 12, 18)).verstuurd == 1
    (message,) = mailoutbox
    assert str(first.pk) in message.message()["Message-ID"]
    assert (Bericht.objects.get().sinds, Bericht.objects.get().dag) == (LATE, date(2026, 12, 18))


def test_it_is_away_at_seven_and_back_at_eight(any_day, huis, check, settings, mailoutbox):
    """What was due at seven leaves at eight, once; what somebody plans meanwhile waits a day."""
    plan_for(huis.dossier, huis.medewerker, check_op=date(2026, 12, 16))
    works = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = settings.SMTP, "127.0.0.1", 1
    assert send_due(today=LATE).weg

    settings.EMAIL_BACKEND = works
    assert send_due(today=LATE).verstuurd == 2
    plan_for(huis.dossier, huis.lezer, check_op=date(2026, 12, 16))
    for _ in range(2):
        assert send_due(today=LATE).verstuurd == 0

    assert sorted(one.to[0] for one in mailoutbox) == ["marie@test.be", "tom@test.be"]
    assert {one.dag for one in Bericht.objects.all()} == {LATE}
    assert send_due(today=date(2026, 12, 18)).verstuurd == 1


def test_what_waits_for_who_has_a_day_off_waits_on(any_day, huis, check, settings, mailoutbox):
    works, friday = settings.EMAIL_BACKEND, date(2026, 12, 18)
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = settings.SMTP, "127.0.0.1", 1
    assert send_due(today=LATE).weg
    settings.EMAIL_BACKEND = works
    add_vrije_dag(
        plaats=huis.school,
        van=friday,
        tot=friday,
        naam="Studiedag",
        sleutel=uuid4(),
        door=huis.team,
    )

    assert (send_due(today=friday).verstuurd, mailoutbox) == (0, [])
    assert rehearse(today=date(2027, 1, 4)).verstuurd == 1
    assert send_due(today=date(2027, 1, 4)).verstuurd == 1


REFUSING = "tests.start.herinneringen.refusing.RefusesTom"


def test_one_address_that_is_refused_keeps_no_mail_of_others(
    any_day, huis, check, settings, mailoutbox
):
    plan_for(huis.dossier, huis.medewerker, check_op=date(2026, 12, 16))
    settings.EMAIL_BACKEND = REFUSING
    with pytest.raises(CommandError, match="1 vertrokken niet"):
        call_command("stuur_herinneringen", f"--op={LATE}")
    assert [one.to for one in mailoutbox] == [["marie@test.be"]]
    # An hour later he is not tried again, and it is not forgotten that his did not leave.
    with pytest.raises(CommandError, match="1 vertrokken niet"):
        call_command("stuur_herinneringen", f"--op={LATE}")
    tried = Bericht.objects.get(verstuurd_op=None)
    assert (tried.sinds, tried.dag) == (LATE, date(2026, 12, 18))

    # After two weeks the mail that cannot leave is forgotten, and what it told is told anew.
    with pytest.raises(CommandError):
        call_command("stuur_herinneringen", "--op=2027-01-04")
    assert Bericht.objects.get(verstuurd_op=None).sinds == date(2027, 1, 4)
