"""Whatever somebody types, everybody reads it as it was typed; nowhere it becomes markup.

In this house (tests/escaping/) every text that a person can type is `<b>&"'` with the place it was
typed in behind it.
"""

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pypdf
import pytest
import yaml
from django.apps import apps
from django.core import mail
from django.db import models, transaction
from django.urls import reverse
from icalendar import Calendar
from python_calamine import CalamineWorkbook

from stsdialoog.documents.document import KeptDocument
from tests.client import Browser
from tests.escaping import house as houses
from tests.escaping.house import House, browser
from tests.escaping.walk import Walk, walk
from tests.escaping.words import WHOLE, Page, address, places
from tests.paper import on_paper
from tests.test_access_matrix import MATRIX
from tests.undone import undone

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("stsdialoog", "dossiers", "preventieplan", "dialoogfiches", "start")
# What is typed, and stands on no page afterwards.
NOT_READ = {
    "antwoord_ja_vraag_nee": "of an answer only the chosen branch is kept",
    "antwoord_nee_vraag_ja": "of an answer only the chosen branch is kept",
    "bevr": "a survey has no list of steps, where this short name would stand",
}
# The texts of the database that nobody types, or types nothing but a code in.
NOT_TYPED = {
    "the name of a field": {
        *("acties.Actierevisie.veld", "gesprekken.Gesprekrevisie.veld"),
        *("gesprekken.Gesprekstaprevisie.veld", "gesprekken.Notitierevisie.veld"),
        *("gesprekken.Uitwerkingrevisie.veld", "oudergesprekken.Oudergesprekrevisie.veld"),
        *("oudergesprekken.Oudernotitierevisie.veld", "oudergesprekken.Ouderthemarevisie.veld"),
        *("preventieplan.Antwoordrevisie.veld", "preventieplan.Inschalingrevisie.veld"),
        *("routekaart.Routezinnenrevisie.veld", "acties.Checkmomentrevisie.veld"),
        "notities.Gidsnotitierevisie.veld",
    },
    "of before, and empty for one more release: what was found stands in the checks": {
        "acties.Actie.vaststelling",
    },
    "a kind or a key of a record": {
        *("logboek.Logregel.soort", "logboek.Logregel.record_id", "admin.LogEntry.object_id"),
        *("contenttypes.ContentType.app_label", "contenttypes.ContentType.model"),
    },
    "digits, or letters and dashes: anything else is refused": {
        *("mensen.CLB.instellingsnummer", "mensen.School.instellingsnummer"),
        *("materialen.Materiaal.slug", "materialen.Materiaal.soort"),
        *("materialen.Materiaal.doelgroepen", "materialen.Materiaal.fases"),
        *("materialen.Materiaalversie.versie", "materialen.Materiaalversie.begeleidt"),
        *("preventieplan.Doelstelling.code", "preventieplan.Checklistvraag.code"),
        *("inschalen.Rondedoel.doel", "avond.Agendapunt.doel", "avond.Agendapunt.stap"),
        *("spiegel.Spiegelvraag.doel", "spiegel.Spiegelvraag.vraag"),
        *("opmerkingen.Opmerking.vraag", "regio.Regiocijfer.code"),
        *("regio.Regiocijfer.verdeling", "regio.Bijdrage.waarden"),
        *("reacties.Reactie.verwijzing", "reacties.Gezegd.verwijzing"),
        *("materialen.Materiaal.niveaus", "preventieplan.Checklistvraag.niveaus"),
        "dialoogfiches.Item.niveaus",
        *("preventieplan.Checklistvraag.link_adres", "dialoogfiches.Item.link_adres"),
        "sociale_kaart.Voorziening.website",
        *("dialoogfiches.Onderdeel.code", "dialoogfiches.Item.code"),
        *("preventieplan.Doelstelling.toont", "dialoogfiches.Onderdeel.toont"),
        "bevragingen.Openantwoord.groeikans",
        *("regels.Regelbesluit.code", "regels.Regelbesluit.plaats"),
        *("regels.Nagekeken.code", "regels.Regelopmerking.code"),
        *("dialoogfiches.Item.zelfde_als", "preventieplan.Checklistvraag.zelfde_als"),
        *("dialoogfiches.Onderdeel.hoort_bij", "acties.Actie.hoort_bij"),
        *("gesprekken.Gesprekstap.hoort_bij", "praktijken.Praktijk.hoort_bij"),
    },
    "a device in words of ours, whatever its browser sent": {"mensen.Sessie.toestel"},
    "numbers that are counted, under a digest": {
        *("counters.Counter.digest", "counters.Counter.value"),
    },
    "chance, or a digest": {
        *("mensen.User.password", "mensen.Uitnodiging.token_digest"),
        *("materialen.Materiaalversie.digest", "materialen.Materiaalversie.bestand_digest"),
        *("bevragingen.Bevraging.sleutel", "spiegel.Spiegel.sleutel"),
        "account.EmailConfirmation.key",
        *("sessions.Session.session_key", "sessions.Session.session_data"),
        *("mensen.Sessie.session_key", "mensen.Sessie.session_data"),
        *("mfa.Authenticator.data", "inschalen.Ronde.code"),
        "avond.Avond.code",
        "herinneringen.Agenda.digest",
        "regels.Nagekeken.merk",
        *("bestuur.VastgesteldeRoutekaart.document_sha256", "bestuur.Bestuurslink.code_digest"),
        *("bestuur.VastgesteldeRoutekaart.data_sha256", "bestuur.Bestuurslink.sleutel_digest"),
    },
    "the name of a kind of news in the code, and the key of a record with a day": {
        *("herinneringen.Melding.soort", "herinneringen.Melding.sleutel"),
    },
    "the address of an account again, once somebody logged in with it": {
        "account.EmailAddress.email",
    },
    "our name of a provider, and what it tells; tests/dossiers/aanmelden/ has one that lies": {
        *("aanmelden.Lidmaatschapsvraag.via", "socialaccount.SocialAccount.provider"),
        *("socialaccount.SocialAccount.uid", "socialaccount.SocialAccount.extra_data"),
    },
    "of allauth, and empty: providers stand in the settings, and tokens are not kept": {
        *(f"socialaccount.SocialApp.{one}" for one in ("provider", "provider_id", "name", "key")),
        *(f"socialaccount.SocialApp.{one}" for one in ("client_id", "secret", "settings")),
        *(f"socialaccount.SocialToken.{one}" for one in ("token", "token_secret")),
    },
    "named in the code; STS-Dialoog has no page for groups": {
        *("auth.Permission.name", "auth.Permission.codename", "auth.Group.name"),
    },
}
KINDS = {
    *("application/json", "application/pdf", "application/yaml", "image/png", "text/calendar"),
    *(
        "text/csv",
        "text/plain",
        "application/zip",
        "application/csvm+json",
        "application/schema+json",
    ),
}
ESCAPED = re.compile(r"&(?:amp|lt|gt|quot|#\d+|#x[0-9a-f]+);", re.IGNORECASE)
# What makes markup of a text that somebody typed.
TRUSTED_TEMPLATE = re.compile(r"\|\s*safe(?:seq)?\b|autoescape\s+off")
TRUSTED_CODE = re.compile(
    r"mark_safe\(|\bSafe(?:String|Text)\(|\bSafeData\b|html_safe|__html__|format_html\(\s*f[\"']"
    r"|\bHTML\(|autoescape\s*=\s*False|\bsafestring\.mark"
)
TRUSTED_SCRIPT = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|srcdoc")
TRUSTED = {
    "stsdialoog/qr.py": "segno's own drawing of a link that we made",
    "start/hulp/domain/markdown.py": "our own chapters, in which markup is shown as text",
    "stsdialoog/pdf.py": "WeasyPrint's HTML(), which reads what a template wrote",
    "templates/uitvoer/leesmij.txt": "a text in a file, which is no markup",
}

# What a template writes does not depend on the database that the words come from.
pytestmark = [pytest.mark.django_db, pytest.mark.looks]


@pytest.fixture(scope="module")
def house(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[House]:
    """One house for all stories, of which nothing stays."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield houses.build(tmp_path_factory.mktemp("materialen"))
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def seen(house) -> Walk:
    return walk(house)


def test_no_page_takes_words_for_markup(seen):
    faults = {what: found for what, page in seen.pages.items() if (found := page.faults())}

    assert faults == {}


def test_everything_that_was_typed_can_be_read_somewhere(house, seen):
    assert house.typist.typed - seen.places() == set(NOT_READ)


# --- nothing was left out -------------------------------------------------------------------------


def test_every_text_of_the_database_was_typed(house):
    fields = {
        f"{model._meta.label}.{one.name}": (model, one.attname)
        for model in apps.get_models()
        for one in model._meta.concrete_fields
        if isinstance(one, models.CharField | models.TextField | models.JSONField)
        and not one.choices
    }

    untyped = {name for name, (model, one) in fields.items() if not _holds_words(model, one)}

    assert untyped == set().union(*NOT_TYPED.values())


def _holds_words(model: type[models.Model], name: str) -> bool:
    # From the record and not from a query: the texts of a parents' talk open there only.
    values = (getattr(record, name) for record in model._base_manager.iterator())
    return any(WHOLE.search(one if isinstance(one, str) else json.dumps(one)) for one in values)


def test_the_walk_went_past_every_url(seen):
    shown = {row.name for row in MATRIX if row.method == "get" and "200" in row.expected.split()}

    assert shown - seen.rows == set()


# --- paper, mail, log, files ----------------------------------------------------------------------


@pytest.mark.looks
def test_every_pdf_says_it_as_it_was_typed(seen):
    pdfs = {document: what for what, document in seen.sheets.items()}
    assert len(pdfs) > 15

    for document, what in pdfs.items():
        page = Page(document.html)
        assert page.faults() == [], what
        reader = pypdf.PdfReader(io.BytesIO(on_paper(document)))
        assert reader.metadata.title == " ".join(page.title.split()), what
        # A word that does not fit is broken, with or without a hyphen.
        paper = re.sub(r"-\n|\s", "", "".join(sheet.extract_text() for sheet in reader.pages))
        written = {place for text in page.spoken for place in places(text)}
        assert written, what
        assert written - places(paper) == set(), what
        assert not ESCAPED.search(paper), what


def test_a_document_is_the_same_for_whoever_asks(seen):
    """So that it is made once. A blank one bears the letterhead of where who asks works."""
    keys: dict[str, set[str]] = {}
    for what, document in seen.sheets.items():
        if isinstance(document, KeptDocument):
            keys.setdefault(what.partition(" for ")[0], set()).add(document.key)

    assert len(keys) > 8
    differs = {what for what, ones in keys.items() if len(ones) > 1}
    # And the handover of a CLB has the schools that one works with.
    assert differs == {"materiaal-pdf", "invulbladen-pdf", "clb-overdracht-pdf"}


def test_every_mail_says_it_as_it_was_typed(house):
    tom = house.people["Tom"].email
    for name in ("account_request_login_code", "account_reset_password"):
        for email in (tom, address("niemand")):
            Browser().post(reverse(name), {"email": email})
    sent = {message.to[0]: message for message in (*house.mails, *mail.outbox)}
    invited, changed, reset = (
        sent[address(place)] for place in ("gast-email", "an-oude-email", "tom-email")
    )

    assert places(invited.subject) == {"an_naam", "school_naam"}
    assert places(str(invited.body)) == {"an_naam", "school_naam", "gast_woord"}
    named = places(str(sent["gast@test.be"].body))
    assert named == {"an_naam", "school_naam", "gast_woord", "gast_naam"}
    assert places(str(changed.body)) == {"an_naam"}
    assert places(str(reset.body)) == {"tom_naam"}
    assert address("niemand") in sent
    for message in sent.values():
        assert message.content_subtype == "plain"
        assert not getattr(message, "alternatives", [])
        assert not ESCAPED.search(f"{message.subject} {message.body}")


def test_the_log_names_who_did_something_as_she_is_called(seen):
    page = seen.pages["beheer logboek_logregel changelist"]

    assert {"sts_naam", "an_naam", "tom_naam"} <= page.places()


def test_a_file_has_a_plain_name_and_is_never_taken_for_a_page(seen):
    for what, answer in seen.files.items():
        kind, _, _ = answer.headers["Content-Type"].partition(";")
        name = answer.headers.get("Content-Disposition", "")
        assert kind in KINDS, what
        assert answer.headers["X-Content-Type-Options"] == "nosniff", what
        if kind not in ("application/json", "text/plain"):
            assert re.fullmatch(r'(?:inline|attachment); filename="[a-z0-9_.-]+"', name), what


def test_an_export_holds_it_as_it_was_typed(seen):
    exports = [one for what, one in seen.files.items() if what.startswith("beheer export")]

    words = [str(yaml.safe_load(one.content)["materiaal"]["titel"]) for one in exports]

    assert all(WHOLE.fullmatch(one) for one in words)
    assert len(words) > 3


def test_an_invitation_holds_it_as_it_was_typed(seen):
    invitation = seen.files["gesprek-uitnodiging for Tom"]

    (event,) = Calendar.from_ical(invitation.content).walk("VEVENT")

    assert places(str(event["location"])) == {"voorbereiden_plaats"}
    assert "school_naam" in places(str(event["summary"]))
    assert not ESCAPED.search(invitation.text)


def test_a_file_of_the_log_holds_names_as_they_were_typed(house):
    csv = browser(house.an).get(reverse("clb-logboek-csv", args=house.args["clb-logboek-csv"]))
    text = b"".join(csv.streaming_content).decode()

    assert {"an_naam", "tom_naam", "school_naam"} <= places(text.replace('""', '"'))
    assert not ESCAPED.search(text)


def test_a_whole_dossier_holds_it_as_it_was_typed(seen):
    with ZipFile(io.BytesIO(seen.files["uitvoer-zip for Tom"].content)) as archive:
        data = json.loads(archive.read("dossier.json"))
        readme = archive.read("LEESMIJ.txt").decode()
        acties = CalamineWorkbook.from_filelike(io.BytesIO(archive.read("acties.xlsx")))

    cells = [str(cell) for row in acties.get_sheet_by_index(0).to_python() for cell in row]
    wat, words = "overzicht_f0_1_actie_wat", json.dumps(data)
    assert wat in places(" ".join(cells))
    assert {wat, "school_naam", "antwoord_ja_vraag_ja"} <= places(words.replace(r"\"", '"'))
    assert "school_naam" in places(readme)
    for text in (words, readme, *cells):
        assert not ESCAPED.search(text)


def test_a_mail_about_erasing_says_it_as_it_was_typed(house, django_capture_on_commit_callbacks):
    here, before = house.args["dossier-wissen"], len(mail.outbox)
    with undone(), django_capture_on_commit_callbacks(execute=True):
        browser(house.an).post(reverse("dossier-wissen", args=here))
    told = mail.outbox[before:]

    assert len(told) > 1
    for message in told:
        assert places(str(message.body)) == {"an_naam", "school_naam"}
        assert not ESCAPED.search(str(message.body))


# --- no text is trusted ---------------------------------------------------------------------------


def test_nothing_of_ours_trusts_a_text():
    templates, scripts = ROOT / "templates", ROOT / "static" / "js"
    # A mail is no markup: there an escaped text would be the fault.
    pages = [
        path
        for path in templates.rglob("*.*")
        if not (path.suffix == ".txt" and path.parent.name in ("mail", "email"))
    ]
    code = [path for room in ROOMS for path in (ROOT / room).rglob("*.py")]
    read = ((pages, TRUSTED_TEMPLATE), (code, TRUSTED_CODE), (scripts.rglob("*.*"), TRUSTED_SCRIPT))
    assert len(pages) > 100
    assert len(code) > 100

    guilty = {
        str(path.relative_to(ROOT))
        for paths, rule in read
        for path in paths
        if rule.search(path.read_text())
    }

    assert guilty == set(TRUSTED)
