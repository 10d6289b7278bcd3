"""A house in which every text that a person can type is markup.

Sofie of the STS-team makes CLB, ankerfiguur and materials in the admin; An, the ankerfiguur, adds
the school and invites Marie (CLB) and Tom (schoolteam), who fill in everything there is. All of it
goes through the pages themselves, a whole form at a time.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core import mail
from django.core.cache import cache, caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.mail import EmailMessage
from django.test import TestCase
from django.urls import reverse

from dialoogfiches.bevragingen.models import Bevraging
from dialoogfiches.gesprekken.models import Gesprek
from dialoogfiches.models import Actiewerk, Item, Rubrieksoort
from dialoogfiches.oudergesprekken.models import Oudergesprek, Vrijgave
from dossiers.anoniem.domain.bevragingen import MIN_ANSWERS
from dossiers.domain import open_dossier
from dossiers.materialen.kept import KeptPerProcess
from dossiers.materialen.models import Materiaal, Materiaalversie, Vorm
from dossiers.mensen.models import CLB, Lidmaatschap, Plg, Provincie, School, Uitnodiging, User
from dossiers.models import Dossier, Voortzetting
from dossiers.praktijken.models import Praktijk
from dossiers.reacties.models import Reactie
from dossiers.regels.models import Regelopmerking
from dossiers.regels.queries import blad_of
from dossiers.sociale_kaart.models import Voorziening
from preventieplan.inschalen.domain.codes import sealed
from preventieplan.inschalen.models import Ronde
from preventieplan.models import Planactie
from preventieplan.spiegel.models import Spiegel
from start.avond.models import Avond
from start.domain.vertrek_clb import ask_to_leave
from start.regio.models import Regiocijfer, Soort
from tests.access_matrix import aanmelden, herinneringen, mijn_toegang, wissel
from tests.client import Browser
from tests.conftest import PASSWORD, empty_shelf
from tests.dossiers.briefhoofd.files import logo
from tests.dossiers.materialen.beheer import page, versie_page
from tests.escaping.shelf import OF_A_PLG, SURVEY, fill_shelf
from tests.escaping.words import MARK, Typist, address, words
from tests.pages import whole_form
from tests.preventieplan.bestuur.vast import LINK, keep, prove
from tests.preventieplan.inschalen.rondes import a_day_later
from tests.preventieplan.spiegel import spiegels

TEAM = ("Marie", "Tom", "Lies")
# LEZEN stays a concept: the admin's own pages show it.
EDITED = (Vorm.PREVENTIEPLAN, Vorm.GESPREK, Vorm.LEZEN)
ROLLEN = {"Marie": "clb-medewerker", "Tom": "schoolteam", "Lies": "lezer"}


def browser(user: User) -> Browser:
    client = Browser()
    client.force_login(user)
    return client


@dataclass
class House:
    """Everything that was typed, where it stands, and what went out."""

    typist: Typist
    sofie: User
    an: User
    people: dict[str, User]
    # What each URL of the access matrix points to.
    args: dict[str, list[Any]] = field(default_factory=dict)
    mails: list[EmailMessage] = field(default_factory=list)


def build(folder: Path) -> House:
    """Fill the house; `folder` is where the content files are written."""
    cache.clear()
    caches["rate_limit"].clear()
    empty_shelf()
    KeptPerProcess.forget_all()
    typist = Typist()
    fill_shelf(folder, typist)
    outbox: list[EmailMessage] = mail.outbox
    before = len(outbox)
    sofie = User.objects.create_superuser(
        typist.address("sts-email"),
        PASSWORD,
        naam=typist.words("sts-naam"),
        beheert_materialen=True,
    )
    _edit_materials(typist, browser(sofie))
    an = _people_and_places(typist, sofie)
    school = _add_school(typist, browser(an))
    people = {naam: _invite(typist, an, school, naam) for naam in TEAM}
    house = House(typist, sofie, an, {"An": an, **people})
    house.args |= _school_args(typist, an, school)
    house.args |= _op_papier(house, school) | _sociale_kaart(house, school.clb)
    house.args |= _vrije_dagen(house, school)
    for fill in (
        _plan,
        _talk,
        _reading,
        _survey,
        _spiegels,
        _rounds,
        _evenings,
        _told,
        _parents,
        _board,
        _line_by_line,
    ):
        house.args |= fill(house, Dossier.objects.get())
    house.args |= _newer_versions(house, Dossier.objects.get())
    # Marie lost her second step, and An may vouch for her.
    house.args |= mijn_toegang.args_of(an=an, marie=people["Marie"])
    house.args |= {"gegevens-van": [people["Tom"].pk], "hulp-hoofdstuk": ["inloggen"]}
    house.args["schema"] = [2]
    house.args |= _figures(Dossier.objects.get())
    house.args |= herinneringen.args_of(people["Tom"])
    house.args |= aanmelden.args_of(school=school, user=house.sofie)
    house.args |= wissel.args_of(an=an, lies=people["Lies"], school=school)
    house.args |= _next_year(house, Dossier.objects.get())
    ask_to_leave(clb=school.clb, door=an)
    house.mails = list(outbox[before:])
    return house


# --- the STS-team ---------------------------------------------------------------------------------


def _figures(dossier: Dossier) -> dict[str, list]:
    """What the STS-team reads of five schools; no word of any of them is in it."""
    Regiocijfer.objects.create(
        schooljaar=dossier.schooljaar,
        provincie=Provincie.LIMBURG,
        soort=Soort.SCORE,
        code="f0-1",
        verdeling={"6": 5},
        scholen=5,
        maand=date(dossier.schooljaar, 10, 1),
    )
    return {f"regio-{what}": [dossier.schooljaar] for what in ("rapport", "tabel", "beschrijving")}


def _people_and_places(typist: Typist, sofie: User) -> User:
    admin = browser(sofie)
    add = "admin:mensen_{}_add".format
    typist.send(admin, reverse(add("clb")), "clb", instellingsnummer="000070")
    old = address("an-oude-email")
    typist.send(admin, reverse(add("user")), "an", is_active="on", email=old)
    an = User.objects.exclude(pk=sofie.pk).get()
    with TestCase.captureOnCommitCallbacks(execute=True):
        typist.send(admin, page(an), "an", is_active="on", email=typist.address("an-email"))
    member = {"user": str(an.pk), "clb": str(CLB.objects.get().pk)}
    typist.post(admin, reverse(add("lidmaatschap")), member)
    an.refresh_from_db()
    return an


def _edit_materials(typist: Typist, admin: Browser) -> None:
    """A next version of the plan and of the talk, and a concept that stays one, in the admin."""
    for versie in Materiaalversie.objects.filter(materiaal__slug__in=EDITED):
        vorm = f"beheer-{versie.materiaal.slug}"
        admin.get(page(versie))
        typist.post(admin, versie_page(versie, "concept"), {})
        concept = versie.materiaal.versies.get(status=Materiaalversie.Status.CONCEPT)
        typist.send(admin, page(concept), vorm)
        for doel in concept.doelstellingen.all()[:1]:
            typist.send(admin, page(doel), f"{vorm}-doelstelling")
        for onderdeel in concept.onderdelen.all()[1:2]:
            typist.send(admin, page(onderdeel), f"{vorm}-onderdeel")
            for rubriek in onderdeel.rubrieken.all()[:1]:
                typist.send(admin, page(rubriek), f"{vorm}-rubriek")
        if versie.materiaal.slug != Vorm.LEZEN:
            publish(typist, admin, concept)


def publish(typist: Typist, admin: Browser, concept: Materiaalversie) -> None:
    concept.refresh_from_db()
    url = versie_page(concept, "publiceren")
    typist.post(admin, url, {"digest": concept.digest})
    concept.refresh_from_db()
    assert not concept.is_concept


# --- school, dossier, team ------------------------------------------------------------------------


def _add_school(typist: Typist, client: Browser) -> School:
    typist.send(
        client,
        reverse("school-nieuw"),
        "school",
        instellingsnummer="000071",
        niveau="so",
        provincie="antwerpen",
    )
    school = School.objects.get()
    url = reverse("dossier-openen", args=[school.pk])
    jaar = re.search(r'name="schooljaar"[^>]*value="(\d+)"', _school_page(client, school))
    assert jaar
    typist.post(client, url, {"schooljaar": jaar[1]})
    return school


def _op_papier(house: House, school: School) -> dict[str, list[Any]]:
    """What stands above paper, of the school and of its CLB."""
    args = {"school": [school.pk], "clb": [school.clb_id]}
    for van, pk in args.items():
        named = SimpleUploadedFile(f"{MARK}.png", logo(), content_type="image/png")
        url = reverse(f"{van}-op-papier", args=pk)
        house.typist.send(browser(house.an), url, f"{van}-op-papier", logo=named)
    return {f"{van}-{what}": pk for van, pk in args.items() for what in ("op-papier", "logo")}


def _sociale_kaart(house: House, clb: CLB) -> dict[str, list[Any]]:
    marie, new = browser(house.people["Marie"]), reverse("voorziening-nieuw", args=[clb.pk])
    house.typist.send(marie, new, "plek")
    plek = [clb.pk, Voorziening.objects.get().pk]
    return {
        **_all_at([clb.pk], "sociale-kaart", "sociale-kaart-pdf", "voorziening-nieuw"),
        **_all_at(plek, "voorziening-wijzigen", "voorziening-weghalen"),
    }


def _vrije_dagen(house: House, school: School) -> dict[str, list[Any]]:
    """Days off of the school and of its CLB."""
    args: dict[str, list[Any]] = {
        "school-vrije-dagen": [school.pk],
        "clb-vrije-dagen": [school.clb_id],
    }
    for name, pk in args.items():
        url, days = reverse(name, args=pk), {"van": "2027-03-12", "tot": "2027-03-13"}
        house.typist.send(browser(house.an), url, name, **days)
    return args


def _school_page(client: Browser, school: School) -> str:
    return client.get(reverse("school", args=[school.pk])).text


def _invite(typist: Typist, an: User, school: School, naam: str) -> User:
    """Somebody gets a mail, opens its link, and makes an account."""
    place = naam.lower()
    typist.words(f"{place}-naam")
    invited = {"adressen": typist.address(f"{place}-email"), "rol": ROLLEN[naam]}
    url = reverse("uitnodigen", args=[school.pk])
    typist.post(browser(an), url, invited)
    typist.send(Browser(), _link(mail.outbox[-1]), place, password=PASSWORD)
    return User.objects.get(email=invited["adressen"])


def _link(message: EmailMessage) -> str:
    (link, *_) = re.findall(r"https?://\S+", str(message.body))
    return urlsplit(link).path


def _school_args(typist: Typist, an: User, school: School) -> dict[str, list[Any]]:
    gast = typist.address("gast-email")
    woord = typist.words("gast-woord")
    # A name stands before an address without quotes of its own; the mail greets with it.
    named = f"{typist.words('gast-naam')} <gast@test.be>"
    invited = {"adressen": f"{gast}\n{named}", "rol": "lezer", "woord": woord}
    url = reverse("uitnodigen", args=[school.pk])
    typist.post(browser(an), url, invited)
    dossier = [Dossier.objects.get().pk]
    lid = Lidmaatschap.objects.filter(school=school).first()
    return {
        **_all_at([school.pk], "school", "school-wijzigen", "uitnodigen", "dossier-openen"),
        **_all_at([school.clb_id], "clb-logboek", "clb-logboek-csv"),
        "lidmaatschap-beeindigen": [lid.pk],
        **_all_at(
            [Uitnodiging.objects.get(gebruikt_op=None, email="gast@test.be").pk],
            *("uitnodiging-intrekken", "uitnodiging-opnieuw"),
        ),
        "uitnodiging": [_link(mail.outbox[-1]).split("/")[2]],
        "account_reset_password_from_key": ["abc", "rommel"],
        **_all_at(
            dossier,
            *("dossier", "dossier-afsluiten", "dossier-heropenen", "dossier-wissen"),
            *("dossier-logboek", "dossier-logboek-csv", "preventieplan"),
            *("overzicht", "cijfers", "routekaart", "routekaart-pdf", "preventieplan-pdf"),
            *("overzicht-pdf", "uitvoer", "uitvoer-zip", "scores", "voor-je-binnengaat"),
        ),
    }


def _all_at(here: list[Any], *names: str) -> dict[str, list[Any]]:
    """The same record for several URLs."""
    return dict.fromkeys(names, here)


# --- what a dossier holds -------------------------------------------------------------------------


def _plan(house: House, dossier: Dossier) -> dict[str, list[Any]]:
    """Every question, score and action, twice: so there are earlier texts of everything."""
    tom, typist = browser(house.people["Tom"]), house.typist
    for doel in dossier.planversie.doelstellingen.all():
        url = reverse("doelstelling", args=[dossier.pk, doel.code])
        score = {f"inschaling-{doel.code}-score": "4"}
        typist.send(tom, url, "doel", **score)
        groeikans = f"antwoord-{doel.vragen.get().code}-groeikans"
        typist.send(tom, url, "later", maak_actie=groeikans)
    actie = Planactie.objects.first().actie
    for one in Planactie.objects.all():
        overview = reverse("overzicht", args=[dossier.pk])
        typist.send(tom, f"{overview}?open={one.actie_id}", f"overzicht-{one.doelstelling.code}")
    check, naam = reverse("check", args=[dossier.pk, actie.pk]), f"check-{actie.pk}-1-besluit"
    score = {f"inschaling-{actie.hoort_bij}-score": "5"}
    typist.send(tom, check, "check", **{naam: "bijsturen", "klaar": "1", **score})
    typist.send(tom, reverse("routekaart", args=[dossier.pk]), "zinnen")
    chosen = {f"trekkers-{actie.pk}-gekozen": str(house.people["Tom"].pk)}
    typist.post(tom, reverse("trekkers", args=[dossier.pk, actie.pk]), chosen)
    vraag = dossier.planversie.doelstellingen.get(code="f0-1").vragen.first()
    goal = reverse("doelstelling", args=[dossier.pk, "f0-1"])
    tom.post(goal, whole_form(tom.get(goal).text) | {f"antwoord-{vraag.code}-stand": "weten-niet"})
    find_out = reverse("uitzoeken", args=[dossier.pk, vraag.code])
    typist.send(tom, find_out, "uitzoeken")
    remarks = [
        reverse("opmerkingen-bij", args=[dossier.pk, vraag.code]),
        reverse("opmerkingen-actie", args=[dossier.pk, actie.pk]),
    ]
    for place in (*remarks, *remarks):
        typist.send(tom, place, "opmerking")
    return {
        "opmerkingen": [dossier.pk],
        "opmerkingen-bij": [dossier.pk, vraag.code],
        "opmerkingen-actie": [dossier.pk, actie.pk],
        "uitzoeken": [dossier.pk, vraag.code],
        "trekkers": [dossier.pk, actie.pk],
        "doelstelling": [dossier.pk, "f0-1"],
        "fase-rond": [dossier.pk, 0],
        "historiek": [dossier.pk, f"actie-{actie.pk}-wat"],
        "check": [dossier.pk, actie.pk],
    }


def _talk(house: House, dossier: Dossier) -> dict[str, list[Any]]:
    tom, typist = browser(house.people["Tom"]), house.typist
    new = reverse("gesprek-nieuw", args=[dossier.pk, Vorm.GESPREK])
    typist.send(tom, new, "gesprek-nieuw")
    gesprek = Gesprek.objects.get()
    typist.send(tom, reverse("gesprek", args=[dossier.pk, gesprek.pk]), "gesprek")
    prepare = reverse("gesprek-voorbereiden", args=[dossier.pk, gesprek.pk])
    vraag = Item.objects.questions().filter(versie=gesprek.versie_id).first()
    typist.send(tom, prepare, "voorbereiden", datum="2026-12-01", uur="10:00", vragen=[vraag.code])
    for werk in Actiewerk:
        url = reverse("gesprekstap", args=[dossier.pk, gesprek.pk, str(werk)])
        typist.send(tom, url, "stap", nieuwe_actie=f"{gesprek.pk}-{werk}")
        # What was made is drawn with fields of its own.
        typist.send(tom, url, "stap")
    # Another one, that was struck.
    typist.send(tom, new, "gesprek-weg")
    weg = Gesprek.objects.exclude(pk=gesprek.pk).get()
    url = reverse("gesprek", args=[dossier.pk, weg.pk])
    typist.post(tom, url, {"schrap_gesprek": "1"})
    here = [dossier.pk, gesprek.pk]
    return {
        "gesprekken": [dossier.pk],
        "gesprek-nieuw": [dossier.pk, Vorm.GESPREK],
        **_all_at(here, "gesprek", "gesprek-pdf", "gespreksversie", "gesprek-voorbereiden"),
        **_all_at(here, "gesprek-uitnodiging", "vragenblad-pdf"),
        "gesprekstap": [*here, str(Actiewerk.PLANNEN)],
    }


def _reading(house: House, dossier: Dossier) -> dict[str, list[Any]]:
    url = reverse("lezen", args=[dossier.pk, Vorm.TIPS])
    house.typist.send(browser(house.people["Tom"]), url, "lezen")
    tip = Item.objects.filter(versie__vorm=Vorm.TIPS, rubriek__soort=Rubrieksoort.TIPS).first()
    house.typist.send(browser(house.people["Tom"]), f"{url}?actie=tip-{tip.code}", "tip")
    return {
        "lezen": [dossier.pk, Vorm.TIPS],
        "lezen-deel": [dossier.pk, Vorm.LEZEN, "plannen"],
        "materiaal-deel": [Vorm.LEZEN, "plannen"],
        "invulbladen-pdf": [Vorm.LEZEN, "plannen"],
        "tipkaart-pdf": [Vorm.TIPS],
        "materiaal": [Vorm.TIPS],
        "materiaal-pdf": [Vorm.TIPS],
        "materiaal-starten": [Vorm.TIPS],
    }


def _survey(house: House, dossier: Dossier) -> dict[str, list[Any]]:
    """One that is over, with enough answers to be shown, and one that runs."""
    tom, typist = browser(house.people["Tom"]), house.typist
    new = reverse("bevraging-nieuw", args=[dossier.pk])
    typist.send(tom, new, "bevraging")
    settled = Bevraging.objects.get()
    for number in range(2 * MIN_ANSWERS):
        keuze = "ja" if number < MIN_ANSWERS else "nee"
        link = reverse("bevraging-invullen", args=[settled.sleutel])
        typist.send(Browser(), link, f"antwoord-{keuze}", keuze=keuze)
    url = reverse("bevraging", args=[dossier.pk, settled.pk])
    typist.post(tom, url, {"sluit": "1"})
    shown = settled.openantwoorden.filter(item__code=f"{SURVEY}-ja")
    groeikans = [dossier.pk, settled.pk, shown[0].pk]
    moved = {"vraag": "f0-1-v01"}
    url = reverse("bevraging-groeikans", args=groeikans)
    typist.post(tom, url, moved)
    url = reverse("bevraging", args=[dossier.pk, settled.pk])
    typist.send(tom, f"{url}?actie=antwoord-{shown[1].pk}", "bevraging-actie", acties="")
    typist.send(tom, new, "lopend")
    running = Bevraging.objects.exclude(pk=settled.pk).get()
    return {
        "bevragingen": [dossier.pk],
        "bevraging-nieuw": [dossier.pk],
        "bevraging": [dossier.pk, settled.pk],
        "bevraging-pdf": [dossier.pk, settled.pk],
        "bevraging-poster-pdf": [dossier.pk, running.pk],
        "bevraging-groeikans": [dossier.pk, settled.pk, shown[2].pk],
        "bevraging-invullen": [running.sleutel],
        "bevraging-dank": [running.sleutel],
    }


def _rounds(house: House, dossier: Dossier) -> dict[str, list[Any]]:
    """Scoring in silence: a round whose scores and sentences are shown, and one that runs."""
    tom, typist = browser(house.people["Tom"]), house.typist
    new = reverse("inschalen", args=[dossier.pk])
    people = {"telefoons": "5", "papieren": "1"}
    typist.post(tom, new, {"doelen": ["f0-1"], **people})
    shown = Ronde.objects.get()
    phone = reverse("score", args=[shown.code])
    for score in range(5):
        typist.send(Browser(), phone, "stem", **{"score-f0-1": str(score)})
    typist.post(tom, reverse("ronde", args=[dossier.pk, shown.pk]), {"knop": "toon"})
    a_day_later(shown)
    typist.post(tom, new, {"doelen": ["f0-1"], **people})
    running = Ronde.objects.exclude(pk=shown.pk).get()
    return {
        "inschalen": [dossier.pk],
        "stemblad-pdf": [dossier.pk, "f0-1"],
        "ronde": [dossier.pk, shown.pk],
        "ronde-papier": [dossier.pk, running.pk],
        "score-code": [],
        "score": [running.code],
        "score-stand": [sealed(str(running.code))],
    }


def _spiegels(house: House, dossier: Dossier) -> dict[str, list[Any]]:
    """One that is over, with enough answers to be shown, and one that runs."""
    tom = browser(house.people["Tom"])
    # Here one runs beside a survey, and asks what was asked, which nobody can bring about.
    surveys = Bevraging.objects.filter(gesloten_op=None)
    surveys.update(tot=spiegels.day(-1))
    running = spiegels.opened(dossier, house.people["Tom"], "f0-1-v01")
    Spiegel.objects.update(tot=spiegels.day(-1))
    shown = spiegels.settled(dossier, house.people["Tom"], codes=("f0-1-v01",))
    house.typist.post(tom, spiegels.page(shown), {"op_papier": "1"})
    Spiegel.objects.filter(pk=running.pk).update(tot=spiegels.day(14))
    surveys.update(tot=spiegels.day(14))
    return {
        **_all_at([dossier.pk], "spiegels", "spiegel-nieuw"),
        **_all_at([dossier.pk, shown.pk], "spiegel", "spiegel-pdf"),
        **_all_at([dossier.pk, running.pk], "spiegel-poster-pdf", "spiegel-vragen-pdf"),
        **_all_at([running.sleutel], "spiegel-invullen", "spiegel-dank"),
    }


def _evenings(house: House, dossier: Dossier) -> dict[str, list[Any]]:
    """An evening that was ended, with who was there, and one that goes on."""
    tom, typist = browser(house.people["Tom"]), house.typist
    here = reverse("avond", args=[dossier.pk])
    chosen = {"dag": "2026-12-03", "beloften": "10", "wat-1": "doel:f0-1", "blad-1": "on"}

    def begin() -> Avond:
        typist.post(tom, here, whole_form(tom.get(here).text) | chosen)
        typist.post(tom, here, {"knop": "begin"})
        return Avond.objects.get(beeindigd_op=None)

    ended = begin()
    typist.post(tom, here, {"knop": "rond-af", "avond": ended.pk})
    running = begin()
    typist.send(tom, reverse("avond-verslag", args=[dossier.pk, ended.pk]), "avond")
    return {
        **_all_at([dossier.pk], "avond", "avond-nu", "avond-papier-pdf"),
        **_all_at([dossier.pk, ended.pk], "avond-verslag", "avond-verslag-pdf"),
        **_all_at([running.code], "avond-telefoon"),
        **_all_at([sealed(str(running.code))], "avond-stand"),
    }


def _told(house: House, dossier: Dossier) -> dict[str, list[Any]]:
    """What Tom told: asked back, with An, with Sofie, and on the shelf; one taken over.

    And why a question does not work.
    """
    tom, an, sofie = (browser(one) for one in (house.people["Tom"], house.an, house.sofie))
    typist, new = house.typist, reverse("praktijk-delen", args=[dossier.pk])

    def told(place: str) -> Praktijk:
        known = set(Praktijk.objects.values_list("pk", flat=True))
        typist.send(tom, new, place, hoort_bij="f0-1", toon_school="on")
        return Praktijk.objects.exclude(pk__in=known).get()

    def decide(client: Browser, name: str, *keys: Any, **pressed: str) -> None:
        typist.send(client, reverse(name, args=keys), "praktijk-lezen", **pressed)

    asked, waits, with_plg, shared = (
        told(f"praktijk-{nummer}") for nummer in ("vraag", "an", "plg", "plank")
    )
    decide(an, "praktijk-lezen", dossier.pk, asked.pk, terug="1")
    for one in (with_plg, shared):
        decide(an, "praktijk-lezen", dossier.pk, one.pk, vraag="")
    decide(sofie, "praktijk-nalezen", shared.pk, vraag="")
    werkt = reverse("reactie-dossier", args=[dossier.pk, "preventieplan", "f0-1-v01"])
    typist.send(tom, werkt, "reactie", werkt="nee")
    # As when four others had said something too.
    Reactie.objects.update(maand=date(dossier.schooljaar, 10, 1))
    over = reverse("praktijk-naar-actie", args=[dossier.pk, shared.pk])
    typist.send(tom, over, "praktijk-actie")
    return {
        **_all_at([dossier.pk], "praktijken", "praktijk-delen"),
        "praktijken-bij": [dossier.pk, "f0-1"],
        "weerklank": ["preventieplan"],
        "weerklank-reden": [Reactie.objects.get().pk],
        "reactie": ["preventieplan", "f0-1-v01"],
        "reactie-dossier": [dossier.pk, "preventieplan", "f0-1-v01"],
        **_all_at([shared.pk], "uit-een-school", "praktijk-overnemen"),
        "praktijk-nalezen": [with_plg.pk],
        "praktijk-naar-actie": [dossier.pk, shared.pk],
        "praktijk-lezen": [dossier.pk, waits.pk],
        **_all_at([dossier.pk, asked.pk], "praktijk-wijzigen", "praktijk-intrekken"),
    }


def _line_by_line(house: House, dossier: Dossier) -> dict[str, list[Any]]:
    """What Tom does as a member of a PLG: other words for a line, and a remark with an answer."""
    tom, typist = house.people["Tom"], house.typist
    member = {"user": str(tom.pk), "plg": Plg.LIMBURG}
    typist.post(browser(house.sofie), reverse("admin:mensen_plglid_add"), member)
    materiaal = Materiaal.objects.select_related("nieuwste").get(slug=OF_A_PLG)
    line = next(
        regel.line
        for regel in blad_of(materiaal, lezer=tom).regels
        if [place for place, _ in regel.line.words] == [("tekst",)]
        and len(regel.line.part.place) > 1
    )
    client, here = browser(tom), [OF_A_PLG, line.adres]
    url = reverse("plg-regel", args=here)
    # The form that comes first on the page puts the line in other words.
    typist.send(client, url, "plg-regel")
    typist.post(client, url, {"tekst": typist.words("plg-opmerking")})
    eerste = {"op": str(Regelopmerking.objects.get().pk)}
    typist.post(client, url, eerste | {"tekst": typist.words("plg-antwoord")})
    of_material = ("plg-materiaal", "plg-voorbeeld", "plg-publiceren")
    return {**_all_at([OF_A_PLG], *of_material), "plg-regel": here}


def _parents(house: House, dossier: Dossier) -> dict[str, list[Any]]:
    """Marie's talk, shared with An, and what of it may be known at school."""
    marie, typist = browser(house.people["Marie"]), house.typist
    typist.send(marie, reverse("oudergesprek-nieuw", args=[dossier.pk]), "ouders-nieuw")
    gesprek = Oudergesprek.objects.get()
    here, url = [gesprek.pk], reverse("oudergesprek", args=[gesprek.pk])
    typist.send(marie, url, "eerder")
    typist.send(marie, url, "ouders")
    delen = reverse("oudergesprek-delen", args=here)
    typist.post(marie, delen, {"met": str(house.an.pk)})
    release = reverse("oudergesprek-vrijgeven", args=here)
    gesprek.refresh_from_db()
    seen = {"knop": "tekst", "revisie": str(gesprek.school_mag_weten_revisie)}
    typist.post(marie, release, seen)
    typist.send(marie, release, "vrijgave", knop="actie")
    for keer in ("eerder", "notities"):
        typist.send(marie, reverse("notities", args=[dossier.pk]), f"clb-{keer}")
    return {
        "notities": [dossier.pk],
        "notities-gebleven": [],
        **_all_at(
            [dossier.pk],
            *("oudergesprekken", "oudergesprek-nieuw", "oudergesprek-zonder-bewaren"),
            *("oudergesprekken-achtergebleven", "oudergesprek-blanco"),
        ),
        **_all_at(
            here,
            *("oudergesprek", "oudergesprek-pdf", "oudergesprek-delen"),
            *("oudergesprek-vrijgeven", "oudergesprek-wissen"),
        ),
        "oudergesprek-historiek": [gesprek.pk, "oudergesprek-dit-focus_nu"],
        "vrijgave-intrekken": [Vrijgave.objects.exclude(tekst="").get().pk],
    }


def _board(house: House, dossier: Dossier) -> dict[str, list[Any]]:
    """A routekaart that was fixed, and somebody of the board who answers what Tom asked."""
    tom, typist, lid = browser(house.people["Tom"]), house.typist, Browser()
    kaart = keep(dossier, door=house.people["Tom"], vragen=[words("routekaart-wat_vragen_we")])
    here = [dossier.pk, kaart.pk]
    url = reverse("vastgesteld-een", args=here)
    typist.send(tom, url, "bestuurslink", email=typist.address("bestuur-email"))
    link = kaart.links.get()
    to_her = LINK.search(str(mail.outbox[-1].body))[1]
    prove(lid, to_her, mail.outbox)
    typist.send(lid, f"{to_her}antwoord/", "bestuursantwoord", **{"keuze-1": "ja"})
    sleutel = [to_her.split("/")[2]]
    return {
        "vastgesteld": [dossier.pk],
        **_all_at(here, "vastgesteld-een", "vastgesteld-pdf", "vastgesteld-data"),
        "bestuurslink-intrekken": [*here, link.pk],
        "school-vastgesteld": [dossier.school_id],
        "school-vastgesteld-pdf": [dossier.school_id, kaart.pk],
        **_all_at(sleutel, "bestuur", "bestuur-pdf", "bestuur-antwoord", "bestuur-dank"),
    }


def _newer_versions(house: House, dossier: Dossier) -> dict[str, list[Any]]:
    """A next version of the plan and of the talk, which the dossier is offered."""
    admin, typist = browser(house.sofie), house.typist
    for versie in (dossier.planversie, Gesprek.objects.all()[0].versie):
        admin.get(page(versie))
        typist.post(admin, versie_page(versie, "concept"), {})
        concept = versie.materiaal.versies.get(status=Materiaalversie.Status.CONCEPT)
        typist.send(admin, page(concept), f"nieuw-{versie.materiaal.slug}")
        publish(typist, admin, concept)
    return {"planversie": [dossier.pk]}


def _next_year(house: House, dossier: Dossier) -> dict[str, list[Any]]:
    """A dossier that goes on from this one, which stays open for who walks past its pages."""
    new = open_dossier(school=dossier.school, schooljaar=dossier.schooljaar + 1, door=house.an)
    Voortzetting.objects.create(dossier=new, vorig=dossier, sloot_af=True)
    return {
        **_all_at([new.pk], "nieuw_schooljaar", "nieuw_schooljaar_ongedaan", "vorig-bevestigen"),
        "naast-vorig": [new.pk, "f0-1"],
    }
