"""The voorzitter gets a link: she reads one document, types a code from her mail, and answers."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from dossiers.domain import close_dossier
from dossiers.logboek.models import Logregel
from dossiers.mensen.models import Lidmaatschap
from preventieplan.bestuur.domain import codes, links
from preventieplan.bestuur.domain.antwoorden import MOST
from preventieplan.bestuur.domain.links import (
    DEZE_VANDAAG,
    JIJ_VANDAAG,
    HeeftAlEenLink,
    TeVeelLinks,
    forget_addresses,
    long_ended,
    revoke_link,
)
from preventieplan.bestuur.models import Bestuursantwoord, Bestuurslink, VastgesteldeRoutekaart
from preventieplan.bestuur.queries.kaarten import NIEUWS, answers_for
from stsdialoog.log import without_keys
from tests.pages import whole_form
from tests.preventieplan.bestuur.vast import (
    CODE,
    LINK,
    SEEN,
    VOORZITTER,
    answer,
    invite,
    keep,
    prove,
)

pytestmark = pytest.mark.django_db

TWEE = ["Twee lesuren voor wie belt?", "Een vaste plaats op de agenda?"]


@pytest.fixture
def kaart(dossier, tom) -> VastgesteldeRoutekaart:
    return keep(dossier, door=tom, vragen=TWEE)


@pytest.fixture
def een(kaart, dossier) -> str:
    return reverse("vastgesteld-een", args=[dossier.pk, kaart.pk])


@pytest.fixture
def link(kaart, tom) -> tuple[Bestuurslink, str]:
    return invite(kaart, door=tom)


@pytest.fixture
def url(link) -> str:
    return link[1]


def in_days(days: int) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def test_from_the_mail_to_the_answer_in_the_dossier(als, client, huis, een, mailoutbox):
    tom = als(huis.team)
    tom.post(een, {"functie": "voorzitter", "email": VOORZITTER, "tot": in_days(14)})
    (mail,) = mailoutbox
    assert mail.to == [VOORZITTER]
    dossier = tom.get(reverse("dossier", args=[huis.dossier.pk])).text
    assert "</a>: 1 link gemaild, nog geen antwoord</li>" in dossier
    assert "Twee lesuren" not in mail.body
    assert "voorzitter" not in mail.body
    url = LINK.search(mail.body)[1]

    page = client.get(url)
    assert "Sint-Jozefschool" in page.text
    assert TWEE[0] in page.text
    assert client.get(f"{url}routekaart.pdf").content.startswith(b"%PDF-")
    prove(client, url, mailoutbox)
    thanks = answer(client, url, keuze_1="ja", zin_1="Vanaf januari.", keuze_2="later")
    assert thanks.url == f"{url}dank/"
    assert "Vanaf januari." in client.get(thanks.url).text

    shown = als(huis.lezer).get(een).text
    assert "Vanaf januari." in shown
    assert VOORZITTER not in shown
    assert "antwoordde op" in tom.get(een).text
    assert "1 van 1 antwoordde" in tom.get(reverse("dossier", args=[huis.dossier.pk])).text
    (news,) = answers_for(huis.team)
    assert (news.functie, news.ja, news.nee, news.later) == ("voorzitter", 1, 0, 1)
    assert answers_for(huis.ankerfiguur) == []
    logged = [(one.handeling, one.door) for one in Logregel.objects.order_by("pk")][-2:]
    assert logged == [("bestuurslink-gemaakt", huis.team), ("bestuur-antwoordde", None)]
    assert Logregel.objects.filter(dossier_id=huis.dossier.pk, handeling="bestuur-antwoordde")


def test_the_pages_tell_nobody_else(client, url, mailoutbox):
    prove(client, url, mailoutbox)
    for address in ("", "antwoord/", "dank/", "routekaart.pdf"):
        headers = client.get(f"{url}{address}").headers
        assert headers["Referrer-Policy"] == "no-referrer"
        assert "no-store" in headers["Cache-Control"]
        assert headers["X-Robots-Tag"] == "noindex, nofollow"
    assert client.get(url).cookies.get("sessionid") is None
    proof = client.cookies["bestuur"]
    assert (proof["path"], proof["samesite"], proof["httponly"]) == (url, "Strict", True)


def test_its_key_is_in_no_table_and_in_no_log(link, url):
    sleutel = url.split("/")[2]
    row = Bestuurslink.objects.filter(pk=link[0].pk).values().get()

    assert sleutel not in str(row)
    assert without_keys(f"GET {url}antwoord/ 200") == "GET /r/... 200"
    assert without_keys(f"https://sts.be/%72/{sleutel}") == "https://sts.be/%72/..."


def test_that_it_was_opened_is_a_day_and_nothing_else(als, client, tom, link, url, een):
    client.head(url)
    assert Bestuurslink.objects.get().geopend_op is None
    client.get(url)
    opened = Bestuurslink.objects.get()
    assert opened.geopend_op == timezone.localdate()
    before = Logregel.objects.count()
    Bestuurslink.objects.update(geopend_op=timezone.localdate() - timedelta(days=3))
    client.get(url)
    client.get(f"{url}routekaart.pdf")

    assert Bestuurslink.objects.get().geopend_op == timezone.localdate() - timedelta(days=3)
    assert Logregel.objects.count() == before
    assert "geopend op" in als(tom).get(een).text
    assert not Bestuursantwoord.objects.exists()


# --- who may answer ------------------------------------------------------------------------------


def test_the_link_alone_answers_nothing(client, url, mailoutbox):
    client.get(f"{url}antwoord/")
    sent = client.post(f"{url}antwoord/", {"keuze-1": "ja", "seen": "x"})

    assert sent.status_code == 422
    assert not Bestuursantwoord.objects.exists()
    assert client.get(f"{url}dank/").status_code == 302


def test_a_code_counts_once_and_is_kept_nowhere(client, url, mailoutbox):
    client.post(f"{url}antwoord/", {"knop": "mail"})
    assert mailoutbox[-1].to == [VOORZITTER]
    code = CODE.search(mailoutbox[-1].body)[0]
    assert code not in str(Bestuurslink.objects.values().get())

    assert client.post(f"{url}antwoord/", {"code": f" {code[:3]} {code[3:]} "}).status_code == 302
    other = type(client)()
    again = other.post(f"{url}antwoord/", {"code": code})
    assert again.status_code == 422
    assert "telt niet meer" in again.text


def test_another_code_takes_the_place_of_the_one_before(client, url, mailoutbox):
    for _ in range(2):
        client.post(f"{url}antwoord/", {"knop": "mail"})
    first, second = (CODE.search(one.body)[0] for one in mailoutbox)

    if first != second:
        assert client.post(f"{url}antwoord/", {"code": first}).status_code == 422
    assert client.post(f"{url}antwoord/", {"code": second}).status_code == 302


@pytest.mark.parametrize(("minutes", "status"), [(-1, 302), (0, 422), (1, 422)])
def test_a_code_is_too_old_after_a_quarter_of_an_hour(client, url, mailoutbox, minutes, status):
    client.post(f"{url}antwoord/", {"knop": "mail"})
    code = CODE.search(mailoutbox[-1].body)[0]
    Bestuurslink.objects.update(code_tot=timezone.now() - timedelta(minutes=minutes))

    assert client.post(f"{url}antwoord/", {"code": code}).status_code == status


def test_who_guesses_is_stopped_after_five(client, url, mailoutbox):
    client.post(f"{url}antwoord/", {"knop": "mail"})
    code = CODE.search(mailoutbox[-1].body)[0]
    wrong = f"{(int(code) + 1) % 1_000_000:06}"
    for _ in range(codes.MOST_TRIES):
        assert "klopt niet" in client.post(f"{url}antwoord/", {"code": wrong}).text

    assert "telt niet meer" in client.post(f"{url}antwoord/", {"code": code}).text


def test_so_many_tries_and_so_many_mails(client, url, mailoutbox, monkeypatch):
    for _ in range(codes.MAILS_AN_HOUR):
        assert client.post(f"{url}antwoord/", {"knop": "mail"}).status_code == 302
    refused = client.post(f"{url}antwoord/", {"knop": "mail"})
    assert refused.status_code == 429
    assert "Wacht een uur" in refused.text
    assert len(mailoutbox) == codes.MAILS_AN_HOUR
    for limit in ("MAILS_A_DAY", "MAILS_TO_ONE"):
        cache.clear()
        with monkeypatch.context() as changed:
            changed.setattr(codes, limit, 1)
            for status in (302, 429):
                assert client.post(f"{url}antwoord/", {"knop": "mail"}).status_code == status

    monkeypatch.setattr(codes, "TRIES_A_DAY", 2)
    for status in (422, 422, 429):
        assert client.post(f"{url}antwoord/", {"code": "12"}).status_code == status
    cache.clear()
    monkeypatch.setattr(codes, "TRIES_FROM_A_PLACE", 1)
    for status in (422, 429):
        assert client.post(f"{url}antwoord/", {"code": "12"}).status_code == status


def test_the_proof_of_one_link_opens_no_other(client, kaart, url, tom, mailoutbox):
    _, elsewhere = invite(kaart, door=tom, email="secretaris@test.be")
    prove(client, url, mailoutbox)
    proof = client.cookies["bestuur"].value
    other = type(client)()
    other.cookies["bestuur"] = proof

    assert "keuze-1" in client.get(f"{url}antwoord/").text
    assert "keuze-1" not in other.get(f"{elsewhere}antwoord/").text
    other.cookies["bestuur"] = proof.replace(":", "", 1)
    assert "keuze-1" not in other.get(f"{url}antwoord/").text


def test_a_new_key_ends_the_old_one_and_its_proof(als, client, tom, een, link, url, mailoutbox):
    prove(client, url, mailoutbox)
    again = reverse(
        "bestuurslink-opnieuw", args=[*een.split("/")[2:3], link[0].kaart_id, link[0].pk]
    )
    als(tom).post(again)
    new = LINK.search(mailoutbox[-1].body)[1]

    assert client.get(url).status_code == 404
    assert client.get(new).status_code == 200
    client.cookies["bestuur"]["path"] = "/"
    assert "keuze-1" not in client.get(f"{new}antwoord/").text


def test_a_mail_is_sent_again_a_few_times_and_not_once_the_link_is_over(
    als, tom, een, link, mailoutbox
):
    again = reverse(
        "bestuurslink-opnieuw", args=[*een.split("/")[2:3], link[0].kaart_id, link[0].pk]
    )
    for _ in range(links.MOST_TO_ONE):
        assert "is gemaild" in als(tom).post(again, follow=True).text
    assert DEZE_VANDAAG[:30] in als(tom).post(again, follow=True).text
    cache.clear()
    revoke_link(link=link[0], door=tom)
    assert "ging er geen mail meer" in als(tom).post(again, follow=True).text

    assert len(mailoutbox) == links.MOST_TO_ONE


def test_what_she_sends_when_her_code_is_too_long_ago_goes_along(client, url, mailoutbox):
    prove(client, url, mailoutbox)
    open_page = whole_form(client.get(f"{url}antwoord/").text)
    # Two hours later a browser does not send it any more.
    del client.cookies["bestuur"]

    sent = {"keuze-1": "ja", "zin-1": "Vanaf januari."}
    told = client.post(f"{url}antwoord/", {**open_page, **sent})
    assert told.status_code == 422
    assert "nog niet verstuurd" in told.text
    asked = client.post(f"{url}antwoord/", {**whole_form(told.text), "knop": "mail"})
    wrong = client.post(f"{url}antwoord/", {**whole_form(asked.text), "code": "12"})
    assert not Bestuursantwoord.objects.exists()
    code = CODE.search(mailoutbox[-1].body)[0]
    done = client.post(f"{url}antwoord/", {**whole_form(wrong.text), "code": code})

    assert done.url == f"{url}dank/"
    assert "Vanaf januari." in client.get(done.url).text
    assert Bestuursantwoord.objects.get().keuze == "ja"


# --- until when ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "status"), [(1, 200), (0, 200), (-1, 410)])
def test_after_its_last_day_a_kind_page_says_so(client, url, days, status):
    Bestuurslink.objects.update(tot=timezone.localdate() + timedelta(days=days))

    page = client.get(url)
    assert page.status_code == status
    assert ("Vraag de school om een nieuwe link" in page.text) == (status == 410)
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert client.post(f"{url}antwoord/", {"knop": "mail"}).status_code in (302, status)
    assert client.get(f"{url}routekaart.pdf").status_code == status


def test_a_link_that_was_revoked_opens_nothing(
    als, client, tom, an, dossier, link, url, mailoutbox
):
    prove(client, url, mailoutbox)
    page = client.get(f"{url}antwoord/").text
    # Also in a closed dossier, in which nothing else changes.
    close_dossier(dossier=dossier, door=an)
    revoke = reverse("bestuurslink-intrekken", args=[dossier.pk, link[0].kaart_id, link[0].pk])
    assert "Deze link intrekken?" in als(tom).get(revoke).text
    als(tom).post(revoke)
    als(tom).post(revoke)

    for address in ("", "antwoord/", "dank/", "routekaart.pdf"):
        assert client.get(f"{url}{address}").status_code == 410
    sent = {"seen": SEEN.search(page)[1], "keuze-1": "ja", "zin-1": "Vanaf januari."}
    late = client.post(f"{url}antwoord/", sent)
    assert late.status_code == 410
    # To be copied.
    assert "Vanaf januari." in late.text
    assert not Bestuursantwoord.objects.exists()
    assert Logregel.objects.filter(handeling="bestuurslink-ingetrokken").count() == 1


def test_a_key_that_is_guessed_is_no_link(client, url):
    for sleutel in ("abc", "A" * 43, url.split("/")[2][:-1]):
        page = client.get(reverse("bestuur", args=[sleutel]))
        assert page.status_code == 404
        assert "Deze link kennen we niet" in page.text


def test_in_a_closed_dossier_a_board_still_answers(client, dossier, an, tom, url, mailoutbox):
    close_dossier(dossier=dossier, door=an)
    prove(client, url, mailoutbox)

    assert answer(client, url, keuze_1="nee").status_code == 302
    assert [one.nee for one in answers_for(tom)] == [1]
    Lidmaatschap.objects.filter(user=tom).update(actief_tot=timezone.now())
    assert answers_for(tom) == []


def test_a_month_after_its_end_its_address_goes_and_its_answer_stays(client, url, link, mailoutbox):
    prove(client, url, mailoutbox)
    answer(client, url, keuze_1="ja")
    today = timezone.localdate()
    Bestuurslink.objects.update(tot=today - links.BEWAARD_NA_EINDE)
    assert not long_ended(today).exists()
    Bestuurslink.objects.update(tot=today - links.BEWAARD_NA_EINDE - timedelta(days=1))

    assert sum(forget_addresses(op=today)) == 1

    ended = Bestuurslink.objects.get()
    assert (ended.email, ended.sleutel_digest, ended.functie) == ("", None, "voorzitter")
    assert Bestuursantwoord.objects.get().keuze == "ja"
    assert client.get(url).status_code == 404
    assert sum(forget_addresses(op=today)) == 0


# --- what she answers ----------------------------------------------------------------------------


def test_she_changes_her_mind_and_what_she_said_before_stays(client, url, mailoutbox):
    prove(client, url, mailoutbox)
    answer(client, url, keuze_1="nee", zin_1="Geen geld.")
    page = client.get(f"{url}antwoord/").text
    assert "Geen geld." in page
    answer(client, url, keuze_1="ja", zin_1="Toch wel.")
    # A second click on the same changes nothing.
    answer(client, url, keuze_1="ja", zin_1="Toch wel.")

    told = Bestuursantwoord.objects.values_list("nummer", "keer", "keuze", "zin")
    assert list(told) == [(1, 1, "nee", "Geen geld."), (1, 2, "ja", "Toch wel.")]


def test_two_tabs_do_not_go_over_each_other(client, url, mailoutbox):
    prove(client, url, mailoutbox)
    old = SEEN.search(client.get(f"{url}antwoord/").text)[1]
    answer(client, url, keuze_1="ja", zin_1="In de ene.")

    refused = client.post(f"{url}antwoord/", {"seen": old, "keuze-1": "nee", "zin-1": "Andere."})

    assert refused.status_code == 409
    assert "In de ene." in refused.text
    assert "Andere." in refused.text
    sent = {"seen": SEEN.search(refused.text)[1], "keuze-1": "nee", "zin-1": "Andere."}
    assert client.post(f"{url}antwoord/", sent).status_code == 302
    assert [one.keuze for one in Bestuursantwoord.objects.all()] == ["ja", "nee"]


def test_the_same_again_from_an_old_page_is_no_conflict(client, url, mailoutbox):
    prove(client, url, mailoutbox)
    old = SEEN.search(client.get(f"{url}antwoord/").text)[1]
    sent = {"seen": old, "keuze-1": "ja", "zin-1": "Goed."}

    assert {client.post(f"{url}antwoord/", sent).status_code for _ in range(2)} == {302}
    assert Bestuursantwoord.objects.count() == 1


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({}, "minstens één vraag"),
        ({"zin-1": "Zonder keuze."}, "Kies ook ja, nee of later"),
        ({"keuze-1": "misschien"}, "geldige keuze"),
        ({"keuze-1": "ja", "zin-1": "x" * 20_000}, "Dit telt 20000 tekens"),
        ({"keuze-1": "ja", "zin-1": "x" * 501}, "Dit telt 501 tekens"),
        ({"keuze-9": "ja"}, "minstens één vraag"),
    ],
)
def test_what_is_not_right_comes_back_as_it_was(client, url, mailoutbox, sent, says):
    prove(client, url, mailoutbox)
    seen = SEEN.search(client.get(f"{url}antwoord/").text)[1]

    page = client.post(f"{url}antwoord/", {"seen": seen, **sent})

    assert page.status_code == 422
    assert says in page.text
    assert sent.get("zin-1", "") in page.text
    assert not Bestuursantwoord.objects.exists()


def test_a_browser_cuts_nothing_that_is_pasted(client, url, mailoutbox):
    prove(client, url, mailoutbox)
    assert "maxlength" not in client.get(f"{url}antwoord/").text


def test_a_pupil_in_it_is_pointed_out_and_sent_all_the_same(client, url, mailoutbox):
    prove(client, url, mailoutbox)
    zin = "Voor Ibrahim uit 3B, die vaak afwezig is."

    warned = answer(client, url, keuze_1="ja", zin_1=zin)

    assert warned.status_code == 422
    assert "Misschien staat er een naam van een leerling in" in warned.text
    assert "Ibrahim" in warned.text.split("veld-herkenning")[1]
    assert not Bestuursantwoord.objects.exists()
    sent = {"seen": SEEN.search(warned.text)[1], "gelezen": "1", "keuze-1": "ja", "zin-1": zin}
    assert client.post(f"{url}antwoord/", sent).status_code == 302


def test_an_answer_changes_so_often_and_no_more(client, url, mailoutbox):
    prove(client, url, mailoutbox)
    answer(client, url, keuze_1="ja")
    Bestuursantwoord.objects.update(keer=MOST)

    refused = answer(client, url, keuze_1="nee")

    assert refused.status_code == 422
    assert "Bel de school" in refused.text


# --- who gets one --------------------------------------------------------------------------------


def test_an_address_has_one_link_at_a_time(als, tom, kaart, een, link, mailoutbox):
    with pytest.raises(HeeftAlEenLink):
        invite(kaart, door=tom, email="VOORZITTER@test.be")
    sent = {"functie": "voorzitter", "email": VOORZITTER, "tot": in_days(14)}
    page = als(tom).post(een, sent, follow=True)
    assert "heeft al een link" in page.text
    assert mailoutbox == []

    revoke_link(link=link[0], door=tom)
    assert invite(kaart, door=tom)
    # One that is over makes place by itself.
    Bestuurslink.objects.update(tot=timezone.localdate() - timedelta(days=1))
    assert invite(kaart, door=tom)


def test_so_many_links_in_a_day(kaart, tom, an, dossier):
    others = [keep(dossier, door=tom) for _ in range(3)]
    for one in others:
        invite(one, door=tom)
    with pytest.raises(TeVeelLinks, match=DEZE_VANDAAG[:20]):
        invite(kaart, door=an)
    for number in range(links.MOST_BY_ONE - 3):
        invite(kaart, door=tom, email=f"lid{number}@test.be")
    with pytest.raises(TeVeelLinks, match=JIJ_VANDAAG[:20]):
        invite(kaart, door=tom, email="nogeen@test.be")
    assert invite(kaart, door=an, email="nogeen@test.be")


@pytest.mark.parametrize(
    "sent",
    [
        {"email": "geen adres"},
        {"email": "a@test.be\r\nBcc: b@test.be"},
        {"functie": ""},
        {"functie": "x" * 81},
        {"functie": "1"},
        {"tot": in_days(-1)},
        {"tot": in_days(links.MAX_DAGEN + 1)},
        {"tot": "morgen"},
    ],
)
def test_what_is_no_invitation_is_mailed_to_nobody(als, tom, een, mailoutbox, sent):
    right = {"functie": "voorzitter", "email": VOORZITTER, "tot": in_days(links.MAX_DAGEN)}

    assert als(tom).post(een, right | sent).status_code == 422
    assert mailoutbox == []
    assert not Bestuurslink.objects.exists()
    assert als(tom).post(een, right).status_code == 302


def test_a_function_begins_no_other_header(als, tom, een, mailoutbox):
    sent = {
        "functie": "voorzitter\r\nBcc: iemand@elders.be",
        "email": VOORZITTER,
        "tot": in_days(14),
    }
    als(tom).post(een, sent)

    (mail,) = mailoutbox
    assert mail.recipients() == [VOORZITTER]
    assert "\n" not in mail.subject
    assert not re.search(r"^Bcc:", mail.body, re.MULTILINE)
    assert Bestuurslink.objects.get().functie == "voorzitter Bcc: iemand@elders.be"


def test_a_mail_that_did_not_leave_is_said(als, tom, een, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "localhost", 1
    sent = {"functie": "voorzitter", "email": VOORZITTER, "tot": in_days(14)}
    page = als(tom).post(een, sent, follow=True)

    assert "is niet vertrokken" in page.text
    assert "Mail opnieuw" in page.text


def test_answers_are_news_for_a_month_in_two_queries(
    client, kaart, url, tom, mailoutbox, django_assert_num_queries
):
    prove(client, url, mailoutbox)
    answer(client, url, keuze_1="ja")
    for number in range(3):
        _, other = invite(kaart, door=tom, email=f"lid{number}@test.be")
        browser = type(client)()
        prove(browser, other, mailoutbox)
        answer(browser, other, keuze_1="ja", keuze_2="nee")

    with django_assert_num_queries(2):
        assert len(answers_for(tom)) == 4
    Bestuursantwoord.objects.update(op=timezone.now() - NIEUWS)
    assert answers_for(tom) == []
