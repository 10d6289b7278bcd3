"""What is kept about Tom: he reads it, takes it along, corrects it, and lets his account go."""

import json
from urllib.parse import urlencode

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.conf import settings as django_settings
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils import timezone

from dialoogfiches.oudergesprekken.domain.oudergesprekken import share
from dossiers.domain import open_dossier
from dossiers.logboek.models import Logregel
from dossiers.mensen.domain import herstel
from dossiers.mensen.domain.uitnodigingen import invite
from dossiers.mensen.models import Lidmaatschap, Rol, User
from dossiers.velden.domain.saving import save_veld
from dossiers.velden.models import Revisie
from preventieplan.models import Antwoord
from start.gegevens.queries.everything import about
from start.gegevens.queries.written import DONE
from tests.client import Browser
from tests.conftest import PASSWORD
from tests.dialoogfiches.oudergesprekken.ouders import make_gesprek, write
from tests.dossiers.mensen.steps import give_app, log_in, show_mailbox
from tests.start.gegevens.proven import proven
from tests.start.oefendossier.records import fill

pytestmark = pytest.mark.django_db

PAGE, ALLES = reverse("mijn-gegevens"), reverse("mijn-gegevens-alles")
BESTAND, WISSEN = reverse("mijn-gegevens-bestand"), reverse("mijn-gegevens-wissen")
NOTITIE = "oudernotitie-thuis-r01-tekst"
MINE, THEIRS = "Dit schreef Tom aan de Zenne", "Dit schreef Marie aan de Demer"


def file_of(browser: Browser) -> dict:
    response = browser.get(BESTAND)
    assert response.status_code == 200
    assert response.headers["Content-Disposition"] == 'attachment; filename="mijn-gegevens.json"'
    assert "no-store" in response.headers["Cache-Control"]
    return json.loads(b"".join(response.streaming_content))


def write_text(dossier, vraag, door, text, basis=0) -> Antwoord:
    record, _ = Antwoord.objects.get_or_create(dossier=dossier, vraag=vraag)
    save_veld(record=record, veld="toelichting", waarde=text, basis=basis, door=door)
    return record


@pytest.fixture
def both_wrote(huis, vraag):
    """Tom wrote, then Marie went over it."""
    write_text(huis.dossier, vraag, huis.team, MINE)
    write_text(huis.dossier, vraag, huis.medewerker, THEIRS, 1)


def test_he_reads_what_is_kept_and_finds_the_way_from_the_menu(als, huis, both_wrote):
    tom = als(huis.team)
    assert f'href="{PAGE}"' in tom.get(reverse("start"), follow=True).text
    page = tom.get(PAGE).text

    for words in ("tom@test.be", "schoolteam", "Sint-Jozefschool", MINE, "toelichting"):
        assert words in page
    assert THEIRS not in page


def test_the_file_has_all_of_it(huis, both_wrote):
    data = file_of(proven(huis.team))

    assert data["versie"] == 1
    assert data["account"]["rijen"][0]["e-mailadres"] == "tom@test.be"
    (rol,) = data["rollen"]["rijen"]
    assert (rol["rol"], rol["waar"], rol["tot"]) == ("schoolteam", "Sint-Jozefschool", None)
    (tekst,) = data["teksten"]["rijen"]
    assert tekst | {"wanneer": ""} == {
        "wanneer": "",
        "school": "Sint-Jozefschool",
        "schooljaar": "2026-2027",
        "waarin": "antwoord",
        "veld": "toelichting",
        "tekst": MINE,
    }
    logged_in = {"Tom logde in.", "Tom haalde op wat er over zichzelf bewaard is."}
    assert logged_in <= {row["wat"] for row in data["logboek"]["rijen"]}


def test_the_page_to_print_has_it_too(huis, both_wrote):
    page = proven(huis.team).get(ALLES)

    assert MINE in page.text
    assert THEIRS not in page.text
    assert "no-store" in page.headers["Cache-Control"]


def test_who_did_not_prove_who_he_is_lately_is_asked_first(als, huis):
    """Somebody else at his open screen takes nothing along."""
    tom = als(huis.team)
    for address in (ALLES, BESTAND, WISSEN):
        asked = tom.get(address)
        assert asked.status_code == 302
        query = urlencode({"next": address})
        assert asked.url == f"{reverse('account_reauthenticate')}?{query}"
    assert tom.post(WISSEN).status_code == 302
    assert User.objects.get(pk=huis.team.pk).is_active
    assert not Logregel.objects.filter(handeling="gegevens-opgehaald").exists()

    asked = tom.get(BESTAND)
    after = tom.post(asked.url, {"password": PASSWORD, "next": BESTAND})
    assert after.url == BESTAND
    assert tom.get(BESTAND).status_code == 200


def test_a_password_is_no_proof_for_who_has_a_second_step(huis):
    app = give_app(huis.team)
    browser = Browser()
    log_in(browser, huis.team, app)
    assert file_of(browser)["tweede-stap"]["rijen"][0]["soort"] == "app met codes"
    session = browser.session
    session["account_authentication_methods"] = [
        {**one, "at": one["at"] - 3600} if one["method"] == "mfa" else one
        for one in session["account_authentication_methods"]
    ]
    session.save()

    assert reverse("mfa_reauthenticate") in browser.get(BESTAND).url


def test_no_secret_of_a_second_step_is_in_it(huis):
    app = give_app(huis.team)
    browser = Browser()
    log_in(browser, huis.team, app)
    text = json.dumps(file_of(browser))

    assert app.secret not in text
    assert huis.team.password not in text
    assert all(
        one.data["secret"] not in text
        for one in Authenticator.objects.filter(user=huis.team, type="totp")
    )


def test_who_only_logs_in_by_code_shows_her_mailbox_first(als, huis, mailoutbox):
    huis.team.set_unusable_password()
    huis.team.save()
    tom = als(huis.team)

    asked = tom.get(BESTAND)
    assert asked.url == f"{reverse('mailbox-tonen')}?{urlencode({'next': BESTAND})}"
    show_mailbox(tom, mailoutbox)

    assert tom.get(BESTAND).status_code == 200


def test_it_is_in_the_log_once_a_day_and_the_ankerfiguur_reads_it(als, huis):
    tom = proven(huis.team)
    for address in (BESTAND, ALLES, BESTAND):
        tom.get(address)

    (line,) = Logregel.objects.filter(handeling="gegevens-opgehaald")
    assert (line.door, line.record_id, line.clb_id) == (
        huis.team,
        str(huis.team.pk),
        huis.clb.pk,
    )
    page = als(huis.ankerfiguur).get(reverse("clb-logboek", args=[huis.clb.pk])).text
    assert "Tom haalde op wat er over zichzelf bewaard is." in page


def full_of_others(huis, ander_huis) -> None:
    """All that people of two CLB's can make, and about each other."""
    fill(huis.dossier, huis.medewerker)
    fill(ander_huis.dossier, ander_huis.medewerker)
    invite(
        school=huis.school,
        email="gast@test.be",
        rol=Rol.LEZER,
        door=huis.team,
        naam="Gerda Gast",
    )
    invite(school=huis.school, email="tom@test.be", rol=Rol.LEZER, door=huis.medewerker)
    herstel.ask(user=huis.medewerker)
    herstel._open().update(eerste=huis.team)
    for user in (huis.team, huis.medewerker):
        LogEntry.objects.create(
            user=huis.team,
            content_type=ContentType.objects.get_for_model(User),
            object_id=str(user.pk),
            object_repr=str(user),
            action_flag=CHANGE,
        )


def test_nothing_of_anybody_else_is_in_it(huis, ander_huis, both_wrote):
    """The words of two houses are there; of them he gets his own, and no name or address."""
    full_of_others(huis, ander_huis)
    data = file_of(proven(huis.team))
    text = json.dumps(data, ensure_ascii=False)

    assert MINE in text
    names = ("An", "Marie", "Lies", "Anna", "Mo", "Thea", "Leo", "Gerda")
    words = set(text.replace('"', " ").replace(".", " ").replace(",", " ").split())
    assert words & set(names) == set()
    assert "Bij ons aan de Dijle" not in text
    assert text.count("@test.be") == text.count("tom@test.be") > 0
    assert "Kouterschool" not in text
    # They are there: Marie gets hers.
    assert "Bij ons aan de Dijle" in json.dumps(file_of(proven(huis.medewerker)))


def test_a_dossier_that_was_refused_gives_its_school_away_to_nobody(huis, ander_huis):
    tom = proven(huis.team)
    assert tom.get(reverse("dossier", args=[ander_huis.dossier.pk])).status_code == 404
    lines = file_of(tom)["logboek"]["rijen"]

    (refused,) = (row for row in lines if "zonder er recht op te hebben" in row["wat"])
    assert refused["waar"] == ""


def test_of_a_school_that_he_left_he_gets_the_days_and_not_the_words(huis, both_wrote):
    Lidmaatschap.objects.filter(user=huis.team).update(actief_tot=timezone.now())
    data = file_of(proven(huis.team))

    assert data["teksten"]["rijen"] == []
    (elders,) = data["teksten-elders"]["rijen"]
    assert (elders["waarin"], elders["aantal"]) == ("antwoord", 1)
    assert MINE not in json.dumps(data)


def test_what_marie_noted_in_a_talk_is_not_hers_to_take_along(als, huis):
    talk = make_gesprek(huis, "Vogel")
    marie = als(huis.medewerker)
    write(marie, talk, NOTITIE, "Ze durft de bus niet op")
    share(oudergesprek=talk, met=huis.ankerfiguur, door=huis.medewerker)
    data = file_of(proven(huis.medewerker))
    text = json.dumps(data, ensure_ascii=False)

    (row,) = data["gesprekken-met-ouders"]["rijen"]
    assert row["school"] == "Sint-Jozefschool"
    assert row["gedeeld met (aantal)"] == 1
    assert "durft de bus" not in text
    assert "Vogel" not in text
    # While they are shut, nor are the days.
    User.objects.filter(pk=huis.medewerker.pk).update(gesprekken_dicht_sinds=timezone.now())
    assert file_of(proven(huis.medewerker))["gesprekken-met-ouders"]["rijen"] == []


def test_who_left_the_clb_reads_no_list_of_talks(huis):
    make_gesprek(huis, "Vogel")
    Lidmaatschap.objects.filter(user=huis.medewerker).update(actief_tot=timezone.now())

    assert file_of(proven(huis.medewerker))["gesprekken-met-ouders"]["rijen"] == []


# Where a model says whose it is, and by which part one reads that; or why one doesn't.
KEPT_OF = {
    "logboek.Logregel.door": "logboek",
    "mensen.Lidmaatschap.user": "rollen",
    "mensen.Plglid.user": "plg",
    "regels.Nagekeken.user": "nagekeken-regels",
    "regels.Regelopmerking.door": "opmerkingen-bij-regels",
    "mensen.Uitnodiging.door": "uitnodigingen",
    **dict.fromkeys(
        (f"mensen.Herstelaanvraag.{who}" for who in ("user", "eerste", "tweede")),
        "nieuwe-tweede-stap",
    ),
    "mfa.Authenticator.user": "tweede-stap",
    "socialaccount.SocialAccount.user": "koppelingen",
    "mensen.Sessie.gebruiker": "sessies",
    **dict.fromkeys(
        (f"aanmelden.Lidmaatschapsvraag.{who}" for who in ("user", "door")), "vragen-om-een-plaats"
    ),
    **dict.fromkeys(
        (
            f"mensen.{model}.{who}"
            for model in ("Verhuis", "Vertrek")
            for who in ("gevraagd_door", "bevestigd_door")
        ),
        "scholen-en-mensen",
    ),
    "mensen.Bevestigingsmail.user": "scholen-en-mensen",
    **dict.fromkeys(
        (f"herinneringen.{model}.gebruiker" for model in ("Herinnerwens", "Bericht", "Melding")),
        "herinneringen",
    ),
    "herinneringen.Agenda.gebruiker": "agenda",
    "admin.LogEntry.user": "beheer",
    "account.EmailAddress.user": "account",
    "acties.Trekker.gebruiker": "acties",
    "uitzoeken.Uitzoekvraag.gebruiker": "uitzoeken",
    "opmerkingen.Opmerking.door": "opmerkingen",
    "oudergesprekken.Oudergesprek.auteur": "gesprekken-met-ouders",
    "oudergesprekken.Deling.met": "gedeeld-en-vrijgegeven",
    "oudergesprekken.Vrijgave.door": "gedeeld-en-vrijgegeven",
}
# The history says it of each text that was saved.
IN_THE_HISTORY = "gewijzigd_door"
NO_DATA = {"mensen.User_groups.user", "mensen.User_user_permissions.user"}


def test_whatever_says_whose_it_is_is_in_a_part():
    keys = {
        f"{model._meta.label}.{field.name}": model
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.fields
        if field.related_model
        and field.related_model._meta.label == django_settings.AUTH_USER_MODEL
    }
    done = {f"{model._meta.label}.{door}" for model, _, door, _, _ in DONE}
    texts = {key for key, model in keys.items() if issubclass(model, Revisie)}
    last = {key for key in keys if key.endswith(IN_THE_HISTORY)} - done

    assert set(keys) == {*KEPT_OF, *done, *texts, *last, *NO_DATA}
    assert {*KEPT_OF.values()} <= {deel.naam for deel in about(User(naam="Tom"))}
    for key in last:
        history = [key for key in texts if key.startswith(keys[key]._meta.label)]
        assert history or keys[key]._meta.app_label == "oudergesprekken", key


def test_who_belongs_nowhere_reads_her_own_too(oscar):
    page = proven(oscar).get(ALLES).text

    assert "oscar@test.be" in page
    assert "Niets bewaard is er van: je rollen" in page


def test_the_page_asks_as_much_of_the_database_however_much_there_is(
    als, huis, vraag, django_assert_max_num_queries
):
    tom = als(huis.team)
    for jaar in range(2000, 2020):
        dossier = open_dossier(school=huis.school, schooljaar=jaar, door=huis.team)
        write_text(dossier, vraag, huis.team, f"{MINE} {jaar}")

    with django_assert_max_num_queries(75):
        page = tom.get(PAGE).text

    assert page.count(MINE) == 5
    assert f"{ALLES}#teksten" in page
