"""A walk past every page of the house, and past the pages that give back what was just typed."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Any
from unittest.mock import patch

import pytest
from django.contrib.admin.utils import quote
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse

from dialoogfiches.bevragingen.models import Bevraging
from dialoogfiches.gesprekken.models import Gesprek, Notitie, Uitwerking
from dialoogfiches.models import Actiewerk
from dossiers.acties.models import Actie
from dossiers.materialen.models import Materiaalversie, Vorm
from dossiers.mensen.models import School
from dossiers.models import Dossier
from dossiers.velden.weergave import Weergave
from preventieplan.spiegel.models import Spiegel
from stsdialoog.admin_site import beheer
from stsdialoog.documents import desk
from stsdialoog.documents.document import Document
from tests.client import Browser
from tests.dossiers.materialen.beheer import page, versie_page
from tests.escaping.house import House, browser
from tests.escaping.shelf import FICHES
from tests.escaping.words import MARK, Page, address, words
from tests.pages import TOKEN, whole_form
from tests.paper import lay_out_by
from tests.test_access_matrix import MATRIX

HTMX = {"HX-Request": "true"}
QUERY = {"tipkaart-pdf": {"tip": "plannen-tips"}}
OWN_PAGE = {"origin": "http://testserver"}


@dataclass
class Walk:
    """What was seen: the pages by what they are, the answers that are no page, and the PDFs."""

    pages: dict[str, Page] = field(default_factory=dict)
    files: dict[str, HttpResponse] = field(default_factory=dict)
    # What a PDF is made from.
    sheets: dict[str, Document] = field(default_factory=dict)
    # The rows of the matrix for which somebody got more than a refusal.
    rows: set[str] = field(default_factory=set)
    _known: dict[str, Page] = field(default_factory=dict)
    _sheet: Document | None = None

    def lay_out(self, document: Document) -> bytes:
        """Takes the place of the layout, which takes long: keep what it would be made from."""
        self._sheet = document
        return b"%PDF-"

    def places(self) -> set[str]:
        """The places whose words were read, on a page or on paper."""
        paper = (Page(document.html) for document in self.sheets.values())
        return {place for page in (*self.pages.values(), *paper) for place in page.places()}

    def keep(self, what: str, response: Any) -> None:
        kind = response.headers.get("Content-Type", "")
        if kind.startswith("text/html"):
            html = response.text
            self._known.setdefault(html, Page(html) if html not in self._known else Page(""))
            self.pages[what] = self._known[html]
            return
        self.files[what] = response
        if self._sheet:
            self.sheets[what], self._sheet = self._sheet, None


def walk(house: House) -> Walk:
    seen = Walk({f"after {number}": page for number, page in enumerate(house.typist.after)})
    with pytest.MonkeyPatch.context() as monkeypatch:
        lay_out_by(seen.lay_out, monkeypatch)
        seen.keep("oefendossier, for the first time", _practise(house, seen))
        seen.keep("avond-telefoon, where no round runs", _follow(house, seen))
        for what, response in _every_page(house, seen):
            seen.keep(what, response)
        for what, response in chain(_more_pages(house), _admin(house), _echoes(house)):
            assert response.status_code != 302, what
            seen.keep(what, response)
    return seen


def _practise(house: House, seen: Walk) -> Any:
    """The page that opens the oefendossier, which from then on leads to it."""
    an, clb = browser(house.an), Dossier.objects.earliest("schooljaar").school.clb
    page = an.get(reverse("oefendossier"))
    seen.rows.add("oefendossier")
    an.post(reverse("oefendossier-openen", args=[clb.pk]))
    house.args["oefendossier-leegmaken"] = [Dossier.objects.get(school__oefen=True).pk]
    return page


def _follow(house: House, seen: Walk) -> Any:
    """A phone that follows an evening; in the other dossier it goes to the round that runs."""
    an, oefen = browser(house.an), Dossier.objects.get(school__oefen=True)
    here = reverse("avond", args=[oefen.pk])
    an.post(here, whole_form(an.get(here).text) | {"wat-1": "doel:f0-1"})
    an.post(here, {"knop": "begin"})
    seen.rows.add("avond-telefoon")
    return Browser().get(reverse("avond-telefoon", args=[oefen.avonden.get().code]))


def _every_page(house: House, seen: Walk) -> Iterator[tuple[str, Any]]:
    """The URL of each row of the access matrix, for each of the people that gets to see it."""
    people = {"Sofie": house.sofie, **house.people}
    clients = {"nobody": Browser(), **{naam: browser(user) for naam, user in people.items()}}
    for name in dict.fromkeys(row.name for row in MATRIX if row.method == "get"):
        url = reverse(name, args=house.args.get(name, []))
        for naam, client in clients.items():
            response = client.get(url, QUERY.get(name))
            if response.status_code == 200:
                seen.rows.add(name)
            if response.status_code != 302:
                yield f"{name} for {naam}", response


def _more_pages(house: House) -> Iterator[tuple[str, Any]]:
    """The other materials, steps, surveys and histories, which the matrix has one of."""
    marie = browser(house.people["Marie"])
    dossier, gesprek = (
        Dossier.objects.filter(school__oefen=False).earliest("schooljaar"),
        Gesprek.objects.get(geschrapt_op=None),
    )
    for vorm in (*FICHES, Vorm.PREVENTIEPLAN):
        for name in ("materiaal", "materiaal-pdf"):
            yield f"{name} {vorm}", marie.get(reverse(name, args=[vorm]))
    goal = reverse("doelstelling", args=[dossier.pk, "f0-1"])
    yield "doelstelling, bespreken", marie.get(goal, {"weergave": Weergave.BESPREKEN})
    next_goal = reverse("doelstelling", args=house.args["naast-vorig"])
    for view in Weergave:
        yield f"doelstelling of next year, {view}", marie.get(next_goal, {"weergave": view})
    for werk in Actiewerk:
        url = reverse("gesprekstap", args=[dossier.pk, gesprek.pk, str(werk)])
        for view in Weergave:
            yield f"stap {werk}, {view}", marie.get(url, {"weergave": view})
    for spiegel in Spiegel.objects.all():
        yield f"spiegel {spiegel.tot}", marie.get(spiegel.get_absolute_url())
    for bevraging in Bevraging.objects.all():
        url = reverse("bevraging", args=[dossier.pk, bevraging.pk])
        yield f"bevraging {bevraging.tot}", marie.get(url)
    blank = reverse("preventieplan-pdf", args=[dossier.pk])
    yield "plan, blank", marie.get(blank, {"blanco": "1"})
    yield from _no_document_yet(marie, reverse("gesprek-pdf", args=[dossier.pk, gesprek.pk]))
    weg = Gesprek.objects.exclude(geschrapt_op=None).get()
    yield "struck", marie.get(reverse("gesprek", args=[dossier.pk, weg.pk]))
    notitie = Notitie.objects.first()
    uitwerking = Uitwerking.objects.first()
    for naam in (
        "antwoord-f0-1-v01-groeikans",
        "antwoord-f0-1-v01-toelichting",
        "inschaling-f0-1-focus",
        "inschaling-f0-1-want",
        f"gesprek-{gesprek.pk}-titel",
        f"gesprek-{gesprek.pk}-deelnemers",
        f"notitie-{gesprek.pk}-{notitie.item.code}-tekst",
        f"stap-{gesprek.pk}-plannen-resultaat",
        f"uitwerking-{uitwerking.actie_id}-bereiken",
        *(
            f"actie-{actie.pk}-{veld}"
            for actie in Actie.objects.all()
            for veld in ("wat", "wie", "wanneer")
        ),
    ):
        yield f"historiek {naam}", marie.get(reverse("historiek", args=[dossier.pk, naam]))
    ouders = house.args["oudergesprek"]
    for naam in (
        "oudergesprek-dit-focus_later",
        "oudergesprek-dit-school_mag_weten",
        "ouderthema-plannen-groter",
        "ouderthema-plannen-kleiner",
        "oudernotitie-plannen-richtvragen-tekst",
    ):
        url = reverse("oudergesprek-historiek", args=[*ouders, naam])
        yield f"historiek {naam}", marie.get(url)


def _no_document_yet(client: Browser, url: str) -> Iterator[tuple[str, Any]]:
    """What one reads while a document is being made, and when that fails; it names the document."""
    query = {"van": MARK}
    for answer in (*map(desk.NotYet, desk.Why), desk.NotMade()):
        with patch.object(desk, "find_or_make", side_effect=answer):
            yield f"no document: {answer}", client.get(url, query)


def _admin(house: House) -> Iterator[tuple[str, Any]]:
    """Each list, form and history of the admin, and what it shows of a concept."""
    sofie = browser(house.sofie)
    yield "beheer", sofie.get(reverse("admin:index"))
    for model in beheer._registry:
        name = f"{model._meta.app_label}_{model._meta.model_name}"
        rows = model._default_manager.order_by("pk")
        # Nobody changes a school to practise in there.
        record = rows.filter(oefen=False).first() if model is School else rows.first()
        for view in ("changelist", "add"):
            response = sofie.get(reverse(f"admin:{name}_{view}"))
            # The parts of a material have no list, and some records are not added here.
            if response.status_code == 200:
                yield f"beheer {name} {view}", response
        for view in ("change", "history"):
            url = reverse(f"admin:{name}_{view}", args=[quote(record.pk)])
            yield f"beheer {name} {view}", sofie.get(url)
    for concept in Materiaalversie.objects.filter(status=Materiaalversie.Status.CONCEPT):
        records = [concept, *concept.onderdelen.all()]
        records += [rubriek for deel in records[1:] for rubriek in deel.rubrieken.all()[:1]]
        for record in records:
            yield f"beheer {record._meta.model_name} {record.pk}", sofie.get(page(record))
        for view in ("voorbeeld", "voorbeeld_pdf", "export", "publiceren"):
            yield f"beheer {view} {concept.pk}", sofie.get(versie_page(concept, view))
        url = reverse("admin:materialen_materiaalversie_delete", args=[concept.pk])
        yield "beheer delete", sofie.get(url)
    for versie in Materiaalversie.objects.filter(
        materiaal__slug__in=(Vorm.PREVENTIEPLAN, Vorm.GESPREK)
    ):
        yield f"beheer {versie.pk}", sofie.get(page(versie))
        for view in ("voorbeeld", "export"):
            yield f"beheer {view} {versie.pk}", sofie.get(versie_page(versie, view))


def _echoes(house: House) -> Iterator[tuple[str, Any]]:
    """The pages that show at once what was typed, or asked for in an address."""
    for echo in (_searches, _refused_forms, _refused_fields, _given_back):
        yield from echo(house)


def _searches(house: House) -> Iterator[tuple[str, Any]]:
    an, typist = browser(house.an), house.typist
    for view in ("groepen", "tabel"):
        query = {"zoek": typist.words("zoek-scholen"), "gemeente": words("gemeente")}
        yield f"scholen {view}", an.get(reverse("scholen"), {"weergave": view, **query})
    query = {"zoek": typist.words("zoek-toolbox"), "plg": words("plg"), "fase": words("fase")}
    yield "toolbox", an.get(reverse("toolbox"), query)
    query = {"e": words("e"), "_changelist_filters": words("filters"), "_popup": words("popup")}
    for name in ("mensen_school", "mensen_user"):
        url = reverse(f"admin:{name}_changelist")
        yield f"beheer {name}", browser(house.sofie).get(url, {"q": typist.words("zoek-beheer")})
        response = browser(house.sofie).get(reverse(f"admin:{name}_add"), query)
        yield f"beheer {name} add", response
    for url in (f"/{words('nergens')}/", f"/toolbox/{words('nergens')}/"):
        yield url, an.get(url)
    for name in ("account_login", "account_request_login_code", "account_reset_password"):
        yield f"{name} next", Browser().get(reverse(name), {"next": f"/{words('next')}"})


def _refused_forms(house: House) -> Iterator[tuple[str, Any]]:
    """Every form with something wrong in it: what was typed comes back."""
    typist, nobody = house.typist, Browser()
    an, tom, marie = (browser(house.people[naam]) for naam in ("An", "Tom", "Marie"))
    (dossier,), (school,) = house.args["dossier"], house.args["school"]
    wrong_email = {"adressen": typist.words("fout-email"), "rol": "lezer"}
    for what, client, name, args, data in (
        ("school", an, "school-nieuw", [], {"instellingsnummer": words("nr")}),
        ("school", an, "school-wijzigen", [school], {"instellingsnummer": words("nr")}),
        ("bevraging", tom, "bevraging-nieuw", [dossier], {"tot": words("fout-tot")}),
        ("gesprek", tom, "gesprek-nieuw", [dossier, Vorm.GESPREK], {"datum": words("dag")}),
        ("voorbereiden", tom, "gesprek-voorbereiden", house.args["gesprek-voorbereiden"],
         {"uur": words("uur"), "datum": words("dag")}),
        ("ouders", marie, "oudergesprek-nieuw", [dossier], {"datum": words("dag")}),
        ("zonder", marie, "oudergesprek-zonder-bewaren", [dossier], {}),
        ("vrijgave", marie, "oudergesprek-vrijgeven", house.args["oudergesprek"],
         {"knop": "bekijk"}),
        ("invullen", nobody, "bevraging-invullen", house.args["bevraging-invullen"], {}),
        ("stem", nobody, "score", house.args["score"], {}),
        ("plek", marie, "voorziening-nieuw", house.args["voorziening-nieuw"],
         {"website": words("www")}),
        ("plek", marie, "voorziening-wijzigen", house.args["voorziening-wijzigen"],
         {"website": words("www")}),
        ("papier", an, "school-op-papier", [school], {"logo": not_a_logo()}),
        ("cijfers", tom, "cijfers", [dossier], {}),
        ("tegel", tom, "doelstelling", [dossier, "f0-1"],
         {"inschaling-f0-1-score": words("score"), "antwoord-f0-1-v01-stand": words("stand")}),
    ):  # fmt: skip
        url = reverse(name, args=args)
        yield f"wrong {name}", client.post(url, typist.fill(client, url, f"fout-{what}", **data))
    yield "wrong uitnodigen", an.post(reverse("uitnodigen", args=[school]), wrong_email)
    known = {"adressen": house.people["Tom"].email, "rol": "schoolteam"}
    yield "known uitnodigen", an.post(reverse("uitnodigen", args=[school]), known)
    url = reverse("oudergesprek-zonder-bewaren", args=[dossier])
    paper = typist.fill(marie, url, "papier", pdf="1")
    yield "unkept on paper", marie.post(url, paper)
    wrong = {"vraag": words("vraag")}
    url = reverse("bevraging-groeikans", args=house.args["bevraging-groeikans"])
    yield "wrong groeikans", tom.post(url, wrong)
    url = reverse("oudergesprek-delen", args=house.args["oudergesprek-delen"])
    yield "wrong delen", marie.post(url, {"met": words("met")})
    for name, naam in (
        ("account_login", "login"),
        ("account_request_login_code", "email"),
        ("account_reset_password", "email"),
    ):
        data = {naam: typist.words(f"fout-{name.replace('_', '-')}"), "password": "x"}
        yield f"wrong {name}", nobody.post(reverse(name), data)
    for name, to in (("account_request_login_code", "tom-email"), ("account_reset_password", "x")):
        yield f"{name} sent", nobody.post(reverse(name), {"email": address(to)}, follow=True)
    invited = reverse("uitnodiging", args=house.args["uitnodiging"])
    yield (
        "wrong account",
        nobody.post(invited, {"naam": typist.words("fout-naam"), "password": words("kort")[:9]}),
    )
    sofie = browser(house.sofie)
    for model in ("clb", "school", "user"):
        url = reverse(f"admin:mensen_{model}_add")
        data = {"instellingsnummer": words("nr"), "email": words("mail")}
        yield f"wrong {url}", sofie.post(url, typist.fill(sofie, url, f"fout-{model}", **data))
    url = reverse("admin:mensen_clb_add")
    new = {"naam": typist.words("popup-naam"), "instellingsnummer": "000099", "_popup": "1"}
    with transaction.atomic():
        yield "popup", sofie.post(url, new)
        transaction.set_rollback(True)


def not_a_logo() -> SimpleUploadedFile:
    return SimpleUploadedFile(f"{MARK}.png", MARK.encode(), content_type="image/png")


def _refused_fields(house: House) -> Iterator[tuple[str, Any]]:
    """A field that saves itself, and meets what somebody else saved: both texts are shown."""
    typist, marie = house.typist, browser(house.people["Marie"])
    (dossier,) = house.args["dossier"]
    goal = reverse("doelstelling", args=[dossier, "f0-1"])
    talk = reverse("oudergesprek", args=house.args["oudergesprek"])
    for url, naam in (
        (goal, "antwoord-f0-1-v01-toelichting"),
        (goal, "inschaling-f0-1-focus"),
        (talk, "oudergesprek-dit-focus_nu"),
        (talk, "ouderthema-plannen-groter"),
    ):
        typed = {"veld": naam, naam: typist.words(f"conflict-{naam}"), f"{naam}_basis": "1"}
        conflict = marie.post(url, typed, headers=HTMX)
        assert conflict.status_code == 409, naam
        yield f"conflict {naam}", conflict
        yield f"conflict {naam}, whole page", marie.post(url, typed)
        with transaction.atomic():
            both = {**typed, f"{naam}_keuze": "samen", f"{naam}_andere": "2"}
            yield f"both {naam}", marie.post(url, both, headers=HTMX)
            transaction.set_rollback(True)
    for naam in ("antwoord-f0-1-v01-stand", "inschaling-f0-1-score"):
        typed = {"veld": naam, naam: typist.words(f"geen-{naam}"), f"{naam}_basis": "1"}
        yield f"no choice {naam}", marie.post(goal, typed, headers=HTMX)


def _given_back(house: House) -> Iterator[tuple[str, Any]]:
    """The session ended, the token got stale, the role is too small: nothing typed is lost."""
    typist = house.typist
    (dossier,) = house.args["dossier"]
    url = reverse("doelstelling", args=[dossier, "f0-1"])
    strict = Browser(headers=OWN_PAGE)
    strict.force_login(house.people["Tom"])
    for what, client in (
        ("uitgelogd", Browser()),
        ("token", strict),
        ("lezer", browser(house.people["Lies"])),
    ):
        typed = {
            "een": typist.words(f"{what}-woorden") + " en nog een woord",
            # The name of a field, and a value that goes along out of sight.
            f"{MARK}~naam~": "een zin met woorden",
            f"{MARK}~code~": words("code"),
        }
        if what != "lezer":
            typed["twee"] = typist.words(f"{what}-verborgen")
        asked = f"{url}?van={MARK}"
        if what == "token":
            typed[TOKEN] = "x" * 64
        yield f"given back, {what}", client.post_late(asked, typed)
        yield f"given back, {what}, htmx", client.post_late(asked, typed, headers=HTMX)
