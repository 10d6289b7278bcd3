"""The minutes of an evening: what was typed and agreed while it went on, and nothing else."""

import io
from datetime import timedelta
from http import HTTPStatus

import pypdf
import pytest
from django.core import mail
from django.utils import timezone
from page import validate_pdf_bytes

from dossiers.acties.domain.acties import create_actie
from dossiers.acties.domain.checks import finish_check
from dossiers.acties.models import Besluit, Checkmoment
from dossiers.domain import close_dossier
from dossiers.logboek.models import Logregel
from dossiers.mensen.models import Lidmaatschap, Rol
from dossiers.models import DossierAfgesloten
from dossiers.velden.domain.striking import strike
from preventieplan.inschalen.domain.rondes import put_on_paper, show
from preventieplan.models import Antwoord, Inschaling
from start.avond.domain.avonden import end_avond, note_aanwezig
from start.avond.domain.mailen import (
    BROKEN_OFF,
    MOST_A_DAY,
    AlGemaild,
    TeVeelVerslagen,
    WordtGemaild,
    mail_link,
)
from start.avond.models import Avond
from start.avond.pdf import verslag_pdf
from start.avond.queries.verslag import minutes_of
from start.domain.oefendossier import open_oefendossier
from stsdialoog import mail as our_mail
from stsdialoog.seen import mark_of
from tests.conftest import make_user
from tests.elders import Vol
from tests.pages import whole_form
from tests.paper import on_paper
from tests.preventieplan.inschalen import rondes
from tests.start.avond.avonden import DOEL, TWEEDE, agreed_last_month, begun, earlier, minutes, says

pytestmark = pytest.mark.django_db


@pytest.fixture
def antwoord(dossier, vraag) -> Antwoord:
    return Antwoord(dossier=dossier, vraag=vraag)


@pytest.fixture
def inschaling(dossier, doel) -> Inschaling:
    return Inschaling(dossier=dossier, doelstelling=doel)


@pytest.fixture
def avond(dossier, tom) -> Avond:
    """One that began an hour ago, about two goals."""
    made = begun(dossier, tom)
    earlier(made, hours=1)
    return made


@pytest.fixture
def gehouden(avond) -> Avond:
    end_avond(avond=avond)
    avond.refresh_from_db()
    return avond


def told(dossier, avond) -> str:
    avond.refresh_from_db()
    return verslag_pdf(dossier, minutes_of(dossier, avond)).html


def test_what_was_said_that_evening_stands_there_as_it_was_then(
    dossier, tom, antwoord, inschaling, vraag
):
    says(antwoord, "toelichting", "Van voor de avond", tom)
    says(inschaling, "want", "we kennen elke leerling bij naam", tom)
    says(inschaling, "hoger", "we ook de ouders kennen", tom)
    avond = begun(dossier, tom)
    says(antwoord, "stand", "deels", tom)
    says(antwoord, "groeikans", "Een eerste versie", tom)
    says(antwoord, "groeikans", "Samen aan de poort staan", tom)
    says(inschaling, "score", 6, tom)
    end_avond(avond=avond)
    says(antwoord, "groeikans", "Van na de avond", tom)
    says(inschaling, "score", 9, tom)

    html = told(dossier, avond)

    assert vraag.tekst in html
    assert "<b>Deels.</b> Groeikans: Samen aan de poort staan" in html
    assert "6 op 10" in html
    # Why it was given was said before, and belongs to it.
    assert "We geven een 6, want" in html
    assert "we kennen elke leerling bij naam" in html
    for not_then in (
        "Van voor de avond",
        "Een eerste versie",
        "Van na de avond",
        "9 op 10",
        "ouders",
    ):
        assert not_then not in html


def test_a_step_is_told_with_its_notes_and_its_result_and_a_parents_talk_is_not(dossier, an):
    vol = Vol(dossier, an)
    gesprek = vol.gesprek
    avond = begun(dossier, an)
    says(vol.notitie, "tekst", "Wie belt, noteert het", an)
    says(vol.stap, "resultaat", "Een vaste beller", an)
    assert vol.oudernotitie.pk
    says(vol.antwoord, "groeikans", "", an)

    verslag = minutes_of(dossier, avond)

    (part,) = verslag.delen
    assert (part.waar, part.is_stap) == (gesprek.titel, True)
    assert [one.tekst for one in part.gezegd] == ["Wie belt, noteert het", "Een vaste beller"]
    strike(record=gesprek, door=an)
    assert minutes_of(dossier, avond).delen == ()


def test_a_goal_of_which_only_the_spread_was_shown_is_told(dossier, tom):
    avond = begun(dossier, tom)
    ronde = rondes.shown(dossier, tom, 4, 5, 5, 6, 7)
    assert minutes_of(dossier, avond).is_leeg

    put_on_paper(ronde=ronde, doel=DOEL, aan=True)

    (part,) = minutes_of(dossier, avond).delen
    assert (part.score, part.spreiding.total) == (None, 5)
    assert "5 scores, van 4 tot 7, midden 5" in told(dossier, avond)


def test_goals_stand_in_the_order_of_the_evening_and_others_after_them(dossier, tom):
    avond = begun(dossier, tom)
    for code in ("f3-1", TWEEDE, "f0-2", DOEL):
        doel = dossier.planversie.doelstellingen.get(code=code)
        says(Inschaling(dossier=dossier, doelstelling=doel), "score", 5, tom)

    codes = [part.sleutel[1] for part in minutes_of(dossier, avond).delen]

    assert codes == [DOEL, TWEEDE, "f0-2", "f3-1"]


def test_actions_are_told_with_who_and_when_and_when_the_team_looks_back(dossier, tom):
    today = timezone.localdate()
    old = create_actie(dossier=dossier, wat="Het onthaal", wie="Bart", door=tom)
    # The team looks back sooner than it planned.
    agreed_last_month(old, check_op=today + timedelta(days=5))
    before = create_actie(
        dossier=dossier, wat="Stond er al", door=tom, check_op=today + timedelta(days=9)
    )
    agreed_last_month(before)
    avond = begun(dossier, tom)
    struck = create_actie(dossier=dossier, wat="Een vergissing", door=tom)
    made = create_actie(
        dossier=dossier, wat="Elke maandag bellen", wie="Hilde", wanneer="vanaf januari", door=tom
    )
    says(made, "check_op", today + timedelta(days=30), tom)
    check = Checkmoment(dossier=dossier, actie=old, nummer=1)
    says(check, "vaststelling", "Het werkt", tom)
    says(check, "besluit", Besluit.BORGEN, tom)
    finish_check(check=check, door=tom, today=today)
    strike(record=struck, door=tom)
    end_avond(avond=avond)
    says(made, "wie", "Iemand anders", tom)
    says(before, "check_op", today + timedelta(days=2), tom)
    avond.refresh_from_db()

    verslag = minutes_of(dossier, avond)

    assert [(one.wat, one.wie, one.wanneer) for one in verslag.afspraken.gemaakt] == [
        ("Elke maandag bellen", "Hilde", "vanaf januari")
    ]
    assert [(one.wat, one.besluit, one.vaststelling) for one in verslag.afspraken.teruggekeken] == [
        ("Het onthaal", "borgen", "Het werkt")
    ]
    assert verslag.afspraken.volgende_check == today + timedelta(days=9)


def test_the_spread_is_told_only_when_it_was_ticked(dossier, tom, inschaling):
    before = rondes.shown(dossier, tom, 1, 1, 1, 1, 1)
    put_on_paper(ronde=before, doel=DOEL, aan=True)
    avond = begun(dossier, tom)
    says(inschaling, "score", 6, tom)
    assert "Zo lagen onze scores" not in told(dossier, avond)
    rondes.a_day_later(before)
    ronde = rondes.opened(dossier, tom)
    rondes.gives(ronde, 3, 5, 6, 7, 8)
    show(ronde=ronde, door=tom)

    assert "Zo lagen onze scores" not in told(dossier, avond)
    put_on_paper(ronde=ronde, doel=DOEL, aan=True)
    assert "Zo lagen onze scores: 5 scores, van 3 tot 8, midden 6." in told(dossier, avond)


def test_minutes_cost_as_many_queries_however_much_was_said(
    dossier, tom, avond, django_assert_num_queries
):
    create_actie(dossier=dossier, wat="Elke maandag bellen", wie="Hilde", door=tom)
    minutes_of(dossier, avond)
    for code in (DOEL, TWEEDE, "f0-2"):
        doel = dossier.planversie.doelstellingen.get(code=code)
        says(Inschaling(dossier=dossier, doelstelling=doel), "score", 5, tom)
        says(Antwoord(dossier=dossier, vraag=doel.vragen.first()), "stand", "deels", tom)
        create_actie(dossier=dossier, wat=f"Iets bij {code}", wie="Bart", door=tom)
    with django_assert_num_queries(11):
        minutes_of(dossier, avond)


def test_who_reads_along_reads_them_and_a_stranger_does_not(als, huis, oscar, gehouden):
    for name in ("avond-verslag", "avond-verslag-pdf"):
        assert als(oscar).get(minutes(gehouden, name)).status_code == HTTPStatus.NOT_FOUND
    read = als(huis.lezer).get(minutes(gehouden)).text

    assert "niets opgeschreven" in read
    assert "Wie was er?" not in read
    assert "Mail de link" not in read


def test_the_team_says_who_was_there_as_it_wants(als, tom, gehouden):
    browser = als(tom)
    form = whole_form(browser.get(minutes(gehouden)).text) | {"aanwezig": "zes leerkrachten"}

    page = browser.post(minutes(gehouden), form, follow=True).text
    assert "zes leerkrachten" in page
    # Somebody who did not see that yet.
    late = browser.post(minutes(gehouden), form | {"aanwezig": "An en Tom"})
    assert late.status_code == HTTPStatus.CONFLICT
    assert "Nu staat er: ‘zes leerkrachten’" in late.text
    again = browser.post(minutes(gehouden), whole_form(late.text))
    assert again.status_code == HTTPStatus.FOUND
    long = browser.post(minutes(gehouden), form | {"aanwezig": "a" * 601})
    assert "Dit telt 601 tekens" in long.text
    gehouden.refresh_from_db()
    assert gehouden.aanwezig == "An en Tom"


def test_a_mail_with_the_link_goes_to_who_writes_and_says_nothing_that_was_typed(
    als, huis, dossier, tom, gehouden, inschaling
):
    says(inschaling, "want", "Geheim van het team", tom)
    vroeger = make_user("Vera")
    lid = Lidmaatschap.objects.create(user=vroeger, school=huis.school, rol=Rol.SCHOOLTEAM)
    Lidmaatschap.objects.filter(pk=lid.pk).update(actief_tot=timezone.now())

    page = als(tom).post(minutes(gehouden), {"knop": "mail"}, follow=True).text

    assert "De link is gemaild aan 3 mensen." in page
    sent = {adres for one in mail.outbox for adres in one.to}
    assert sent == {one.email for one in (huis.team, huis.ankerfiguur, huis.medewerker)}
    for one in mail.outbox:
        for text in map(str, (one.body, one.alternatives[0][0])):
            assert minutes(gehouden) in text
            assert "Geheim" not in text
    assert Logregel.objects.filter(handeling="verslag-gemaild").count() == 1
    # Once.
    again = als(tom).post(minutes(gehouden), {"knop": "mail"}, follow=True).text
    assert "is al gemaild" in again
    assert len(mail.outbox) == 3


def test_minutes_are_not_mailed_before_the_end_from_a_closed_dossier_or_too_often(
    huis, dossier, tom, avond, monkeypatch
):
    with pytest.raises(AlGemaild):
        mail_link(avond=avond, door=tom)
    end_avond(avond=avond)
    monkeypatch.setattr("start.avond.domain.mailen.MOST_A_DAY", 1)
    mail_link(avond=avond, door=tom)
    second = begun(dossier, tom)
    end_avond(avond=second)
    with pytest.raises(TeVeelVerslagen):
        mail_link(avond=second, door=tom)
    second.refresh_from_db()
    assert second.gemaild_op is None
    close_dossier(dossier=dossier, door=tom)
    with pytest.raises(DossierAfgesloten):
        mail_link(avond=second, door=tom)


def test_when_no_mail_leaves_one_can_try_again(als, tom, gehouden, monkeypatch):
    def away(**_):
        raise our_mail.MailserverWeg

    note_aanwezig(avond=gehouden, seen=mark_of(""), aanwezig="zes leerkrachten")
    with monkeypatch.context() as patch:
        patch.setattr(our_mail, "send_mail", away)
        # As often as that: what did not leave does not count for the day.
        pages = [
            als(tom).post(minutes(gehouden), {"knop": "mail"}, follow=True).text
            for _ in range(MOST_A_DAY + 1)
        ]

    for page in pages:
        assert "De mail kon niet vertrekken" in page
        assert "Mail de link" in page
    assert not Logregel.objects.filter(handeling="verslag-gemaild").exists()
    assert mail_link(avond=gehouden, door=tom) == 3


def test_a_process_that_was_killed_while_it_mailed_leaves_the_rest_to_who_presses_again(
    als, tom, gehouden, monkeypatch
):
    usual = our_mail.send_mail
    sent: list[str] = []

    class Killed(BaseException):
        """What no code catches."""

    def killed(**mailed):
        if sent:
            raise Killed
        sent.append(mailed["to"])
        usual(**mailed)

    note_aanwezig(avond=gehouden, seen=mark_of(""), aanwezig="zes leerkrachten")
    monkeypatch.setattr(our_mail, "send_mail", killed)
    with pytest.raises(Killed):
        mail_link(avond=gehouden, door=tom)
    monkeypatch.setattr(our_mail, "send_mail", usual)

    # As long as another process may be busy with it, nobody begins a second time.
    page = als(tom).get(minutes(gehouden)).text
    assert "is op" not in page
    assert "Mail de link" in page
    said = als(tom).post(minutes(gehouden), {"knop": "mail"}, follow=True).text
    assert "Iemand mailt de link op dit moment." in said
    assert not Logregel.objects.filter(handeling="verslag-gemaild").exists()

    begun_at = timezone.now() - BROKEN_OFF
    for since, leaves in ((timedelta(seconds=30), False), (timedelta(seconds=-1), True)):
        Avond.objects.update(geclaimd_op=begun_at + since)
        if not leaves:
            with pytest.raises(WordtGemaild):
                mail_link(avond=gehouden, door=tom)
    assert mail_link(avond=gehouden, door=tom) == 3
    # Whoever had hers can see that the second one is the same.
    twice = [one.extra_headers["Message-ID"] for one in mail.outbox if one.to == sent]
    assert len(twice) == 2
    assert len(set(twice)) == 1
    assert len({one.extra_headers["Message-ID"] for one in mail.outbox}) == 3
    with pytest.raises(AlGemaild):
        mail_link(avond=gehouden, door=tom)


def test_out_of_an_oefendossier_nobody_gets_a_mail(als, an, huis):
    oefen = open_oefendossier(clb=huis.clb, today=timezone.localdate(), door=an)
    avond = begun(oefen, an)
    end_avond(avond=avond)
    note_aanwezig(avond=avond, seen=mark_of(""), aanwezig="zes leerkrachten")

    assert "Mail de link" not in als(an).get(minutes(avond)).text
    als(an).post(minutes(avond), {"knop": "mail"})
    assert mail.outbox == []


@pytest.mark.looks
def test_the_minutes_of_an_evening_fit_on_one_page(dossier, tom, avond, inschaling):
    says(inschaling, "score", 6, tom)
    says(inschaling, "want", "we kennen elke leerling bij naam. " * 6, tom)
    for number in range(5):
        create_actie(dossier=dossier, wat=f"Actie {number}: " + "bellen " * 12, door=tom)

    pdf = on_paper(verslag_pdf(dossier, minutes_of(dossier, avond)))

    assert len(pypdf.PdfReader(io.BytesIO(pdf)).pages) == 1
    assert not validate_pdf_bytes(pdf, profile="ua1").failures
