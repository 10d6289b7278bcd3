"""A routekaart is fixed: what the board gets is what stays, whatever happens to the dossier."""

import hashlib
import json
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from dossiers.acties.models import Actie
from dossiers.domain import close_dossier
from dossiers.logboek.models import Logregel
from dossiers.mensen.models import School
from dossiers.velden.domain.saving import save_veld
from preventieplan.bestuur import guard
from preventieplan.bestuur.domain.antwoorden import Given, save_answers
from preventieplan.bestuur.domain.vaststellen import asked_in, kept_long_enough
from preventieplan.bestuur.guard import lifted
from preventieplan.bestuur.models import VastgesteldeRoutekaart
from preventieplan.models import Inschaling
from preventieplan.routekaart.models import Routezinnen
from stsdialoog.documents import desk
from stsdialoog.documents.desk import NotMade, NotYet, Why
from stsdialoog.seen import mark_of
from tests.dossiers.acties.looking_back import look_back
from tests.dossiers.materialen.nieuweversie import next_version
from tests.preventieplan.bestuur.vast import KEY, SEEN, invite, keep

CHANGE = "UPDATE bestuur_vastgestelderoutekaart SET schooljaar = 2000"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_layout")]


@pytest.fixture
def url(dossier) -> str:
    return reverse("vastgesteld", args=[dossier.pk])


def fields(page: str, **more) -> dict:
    return {"sleutel": KEY.search(page)[1], "seen": SEEN.search(page)[1], **more}


def refused(act) -> None:
    with pytest.raises(IntegrityError, match=guard.REFUSAL), transaction.atomic():
        act()


def test_what_the_team_saw_at_a_check_is_kept(tom, huis, scored):
    look_back(Actie.objects.get(wat="Onthaaldag"), tom, vaststelling="Half de klas doet mee.")
    kaart = keep(huis.dossier, door=tom)
    (actie,) = json.loads(bytes(kaart.data))["acties"]
    assert actie["vaststelling"] == "Half de klas doet mee."


def test_tom_fixes_it_and_gets_the_same_bytes_for_years(
    als, tom, huis, url, scored, mailoutbox, django_capture_on_commit_callbacks
):
    client = als(tom)
    page = client.get(url).text
    assert "Twee lesuren voor wie belt." in page
    assert "Een vaste plaats op de agenda van het bestuur?" in page

    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(url, fields(page))

    kaart = VastgesteldeRoutekaart.objects.get()
    assert response.url == reverse("vastgesteld-een", args=[huis.dossier.pk, kaart.pk])
    assert kaart.bewaren_tot.year == timezone.localdate().year + 6
    assert Logregel.objects.get(handeling="routekaart-vastgesteld").door == tom
    # Both sides hear of it, and the board does not: it gets a link.
    assert {one.to[0] for one in mailoutbox} == {"an@test.be", "marie@test.be", "tom@test.be"}
    assert all("Onthaaldag" not in one.body for one in mailoutbox)
    pdf = reverse("vastgesteld-pdf", args=[huis.dossier.pk, kaart.pk])
    before = client.get(pdf)
    assert hashlib.sha256(before.content).hexdigest() == kaart.document_sha256
    assert kaart.document_sha256 in client.get(response.url).text

    # The content of the plan gets a newer version, and the team works on.
    next_version(huis.dossier.planversie, huis.ankerfiguur)
    save_veld(
        record=Inschaling.objects.get(), veld="score", waarde=9, basis=1, door=huis.ankerfiguur
    )
    after = als(huis.lezer).get(pdf)
    assert after.content == before.content
    data = client.get(reverse("vastgesteld-data", args=[huis.dossier.pk, kaart.pk]))
    assert hashlib.sha256(data.content).hexdigest() == kaart.data_sha256
    told = json.loads(data.content)
    assert told["materiaal"]["versie"] == huis.dossier.planversie.versie
    assert [one["score"] for one in told["doelen"] if one["code"] == "f0-1"] == [4]
    assert client.get(pdf, headers={"If-None-Match": before["ETag"]}).status_code == 304


def test_names_become_functions_unless_they_are_ticked(als, tom, url, scored, dossier):
    client = als(tom)
    page = client.get(url).text
    assert "Els en Mia (anders: iemand van de school)" in page
    assert "Tom (anders: het schoolteam)" in page

    client.post(url, fields(page))
    first = VastgesteldeRoutekaart.objects.get()
    for content in (bytes(first.document).decode(), bytes(first.data).decode()):
        assert "Els" not in content
        assert "Gemaakt door Tom" not in content
        assert "iemand van de school" in content

    page = client.get(url).text
    marks = [one.split('"')[0] for one in page.split('name="namen" value="')[1:]]
    client.post(url, fields(page, namen=marks))
    second = VastgesteldeRoutekaart.objects.exclude(pk=first.pk).get()
    assert "Els en Mia" in bytes(second.document).decode()
    assert json.loads(bytes(second.data))["gemaakt_door"] == ["Tom (het schoolteam)"]


def test_a_double_click_fixes_it_once(als, tom, url, scored):
    client = als(tom)
    sent = fields(client.get(url).text)

    first, second = client.post(url, sent), client.post(url, sent, follow=True)

    assert second.redirect_chain == [(first.url, 302)]
    assert "De routekaart is vastgesteld." in second.text
    assert VastgesteldeRoutekaart.objects.count() == 1
    assert Logregel.objects.filter(handeling="routekaart-vastgesteld").count() == 1


def test_after_back_nothing_new_is_not_fixed_again(
    als, tom, huis, url, scored, mailoutbox, django_capture_on_commit_callbacks, monkeypatch
):
    client = als(tom)
    with django_capture_on_commit_callbacks(execute=True):
        first = client.post(url, fields(client.get(url).text))
    told = len(mailoutbox)

    # Back: the page is asked for again, with a key and a mark of its own, and sent again. No
    # document is made for it.
    def make(*_, **__):
        raise AssertionError

    monkeypatch.setattr(desk, "find_or_make", make)
    with django_capture_on_commit_callbacks(execute=True):
        second = client.post(url, fields(client.get(url).text), follow=True)

    assert second.redirect_chain == [(first.url, 302)]
    assert "veranderde er niets" in second.text
    assert "niemand kreeg een mail" in second.text
    assert VastgesteldeRoutekaart.objects.count() == 1
    assert len(mailoutbox) == told == 3
    assert Logregel.objects.filter(handeling="routekaart-vastgesteld").count() == 1


def change_a_score(huis, tom):
    save_veld(record=Inschaling.objects.get(), veld="score", waarde=9, basis=1, door=tom)


def ask_something_else(huis, tom):
    zinnen = Routezinnen.objects.get(dossier=huis.dossier)
    save_veld(record=zinnen, veld="wat_vragen_we", waarde="Een bus?", basis=1, door=tom)


def have_the_board_answer(huis, tom):
    link, _ = invite(VastgesteldeRoutekaart.objects.get(), door=tom)
    save_answers(link=link, given={1: Given("ja")}, seen=mark_of())


@pytest.mark.parametrize("happens", [change_a_score, ask_something_else, have_the_board_answer])
def test_what_changed_is_fixed_anew(als, tom, huis, url, scored, happens):
    client = als(tom)
    client.post(url, fields(client.get(url).text))
    happens(huis, tom)

    for _ in range(2):
        client.post(url, fields(client.get(url).text))

    assert VastgesteldeRoutekaart.objects.count() == 2


def test_of_two_who_fix_it_at_once_the_second_is_told(als, tom, an, url, scored):
    of_tom, of_an = als(tom), als(an)
    sent, late = fields(of_tom.get(url).text), fields(of_an.get(url).text)

    first = of_tom.post(url, sent)
    answer = of_an.post(url, late, follow=True)

    # It would say the same, so that of Tom is enough.
    assert answer.redirect_chain == [(first.url, 302)]
    assert "veranderde er niets" in answer.text
    assert VastgesteldeRoutekaart.objects.count() == 1


def test_what_was_changed_meanwhile_is_not_fixed_unseen(als, tom, url, scored):
    client = als(tom)
    sent = fields(client.get(url).text)
    save_veld(record=Inschaling.objects.get(), veld="score", waarde=9, basis=1, door=tom)

    answer = client.post(url, sent)

    assert answer.status_code == 409
    assert "Iemand paste intussen iets aan" in answer.text
    assert not VastgesteldeRoutekaart.objects.exists()
    # Nor what somebody sends who read no page.
    assert client.post(url, {}).status_code == 409


def test_a_document_that_takes_long_is_asked_for_again(als, tom, url, scored, monkeypatch):
    client = als(tom)
    sent = fields(client.get(url).text)

    def not_yet(document, **_):
        raise NotYet(Why.BEING_MADE)

    def broken(document, **_):
        raise NotMade

    make = desk.find_or_make
    monkeypatch.setattr(desk, "find_or_make", not_yet)
    answer = client.post(url, sent)
    assert answer.status_code == 202
    assert "er is nog niets vastgesteld" in answer.text
    assert KEY.search(answer.text)[1] == sent["sleutel"]
    monkeypatch.setattr(desk, "find_or_make", broken)
    assert client.post(url, sent).status_code == 500
    assert not VastgesteldeRoutekaart.objects.exists()
    monkeypatch.setattr(desk, "find_or_make", make)
    assert client.post(url, sent).status_code == 302


def test_an_empty_routekaart_is_not_fixed(als, tom, url):
    page = als(tom).get(url).text

    assert "De eerste stap" in page
    assert "Stel deze routekaart vast" not in page
    assert als(tom).post(url, {"sleutel": str(uuid4())}).status_code == 422


@pytest.mark.parametrize(("number", "status"), [(9, 302), (10, 302), (11, 422)])
def test_a_board_is_asked_ten_things_at_most(als, tom, url, scored, dossier, number, status):
    lines = "\n".join(f"{n}. Vraag {n}" for n in range(1, number + 1))
    zinnen = Routezinnen.objects.get(dossier=dossier)
    save_veld(record=zinnen, veld="wat_vragen_we", waarde=lines, basis=1, door=tom)
    client = als(tom)
    page = client.get(url).text
    assert ("Stel deze routekaart vast" in page) == (status == 302)
    sent = fields(page) if status == 302 else {}

    assert client.post(url, sent).status_code == status


def test_each_line_is_something_that_is_asked():
    text = "Twee lesuren.\n\n - een brief \n2) een plaats\r\n• 3 maanden tijd\n   \n"

    assert asked_in(text) == ("Twee lesuren.", "een brief", "een plaats", "3 maanden tijd")
    assert asked_in("") == ()


def test_in_a_closed_dossier_one_reads_and_fixes_nothing(als, tom, an, url, scored, dossier):
    kaart = keep(dossier, door=tom)
    sent = fields(als(tom).get(url).text)
    close_dossier(dossier=dossier, door=an)

    page = als(tom).get(url).text
    assert "Vastgesteld op" in page
    assert "Stel deze routekaart vast" not in page
    assert als(tom).post(url, sent).status_code == 403
    assert als(tom).get(reverse("vastgesteld-een", args=[dossier.pk, kaart.pk])).status_code == 200


def test_one_of_another_dossier_is_not_there(als, an, tom, huis, ander_huis):
    kaart = keep(ander_huis.dossier, door=ander_huis.team)

    for name in ("vastgesteld-een", "vastgesteld-pdf", "vastgesteld-data"):
        address = reverse(name, args=[huis.dossier.pk, kaart.pk])
        assert als(an).get(address).status_code == 404
    address = reverse("school-vastgesteld-pdf", args=[huis.school.pk, kaart.pk])
    assert als(an).get(address).status_code == 404


# --- the database keeps it ------------------------------------------------------------------------


def test_nobody_changes_one_and_nobody_deletes_one_before_its_day(huis):
    kaart = keep(huis.dossier, door=huis.team)

    refused(lambda: VastgesteldeRoutekaart.objects.update(document=b"iets anders"))
    refused(lambda: VastgesteldeRoutekaart.objects.update(bewaren_tot=date(2020, 1, 1)))
    refused(kaart.delete)
    with connection.cursor() as cursor:
        refused(lambda: cursor.execute(CHANGE))

    kaart.refresh_from_db()
    assert kaart.schooljaar == huis.dossier.schooljaar


def test_after_six_years_the_night_takes_it_away(huis):
    young, old = (keep(huis.dossier, door=huis.team) for _ in range(2))
    today = timezone.localdate()
    with lifted():
        VastgesteldeRoutekaart.objects.filter(pk=young.pk).update(
            bewaren_tot=today - timedelta(days=2)
        )
        VastgesteldeRoutekaart.objects.filter(pk=old.pk).update(
            bewaren_tot=today - timedelta(days=3)
        )

    assert list(kept_long_enough(today)) == [old]
    kept_long_enough(today).delete()
    assert list(VastgesteldeRoutekaart.objects.all()) == [young]


def test_a_school_that_is_going_takes_its_own_along(huis):
    kaart = keep(huis.dossier, door=huis.team)
    refused(kaart.delete)

    School.objects.filter(pk=huis.school.pk).update(wissen_op=timezone.localdate())
    kaart.delete()

    assert not VastgesteldeRoutekaart.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_triggers_come_back_behind_a_migration(huis):
    kaart = keep(huis.dossier, door=huis.team)
    with connection.cursor() as cursor:
        for name in guard.TRIGGERS[connection.vendor]:
            guard.GUARD._drop(cursor, name)

    call_command("migrate", "bestuur", verbosity=0)

    refused(kaart.delete)


def test_the_list_asks_as_much_however_many_there_are(
    als, tom, url, scored, dossier, django_assert_num_queries
):
    client = als(tom)
    client.get(url)
    keep(dossier, door=tom)
    for _ in range(2):
        with django_assert_num_queries(19):
            client.get(url)
        for _ in range(3):
            keep(dossier, door=tom)
