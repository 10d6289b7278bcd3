"""What parents say stays within the CLB: secrets are planted in a talk and searched everywhere.

In every page and PDF that anybody but the author can open, in the admin, in the log, in the audit
log, and in the database itself.
"""

import io
import logging
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse
from pypdf import PdfReader

from dialoogfiches.oudergesprekken.domain.oudergesprekken import share, stop_sharing
from dialoogfiches.oudergesprekken.models import Oudergesprek
from dossiers.logboek.models import Logregel
from dossiers.mensen.models import Lidmaatschap, Rol, Sessie, User
from stsdialoog.admin_site import beheer
from tests.client import Browser
from tests.conftest import make_user
from tests.dialoogfiches.oudergesprekken.ouders import DIT, make_gesprek, url, write
from tests.disk import bytes_of
from tests.pages import whole_form
from tests.test_access_matrix import MATRIX, Args, args

pytestmark = pytest.mark.django_db

# The common prefix of the secrets, which are all different: a match shows where it came from.
GEHEIM = "geheim7f3a"
OUDERS = ("oudergesprek", "vrijgave")

__all__ = ["args"]  # the fixture


def secret(place: str) -> str:
    return f"{GEHEIM} {place} eind"


def hidden_in(text: str) -> bool:
    """Whether a text contains any secret."""
    return GEHEIM in text


@pytest.fixture
def talk(als, huis) -> Oudergesprek:
    """A talk of Marie in which every field has a secret, and had another one before."""
    talk = make_gesprek(huis, secret("pseudoniem bij het begin"))
    marie = als(huis.medewerker)
    fields = [
        name
        for name in whole_form(marie.get(url(talk)).text)
        if name.startswith("ouder") and not name.endswith(("_basis", "-datum", "-wissen_op"))
    ]
    assert len(fields) == 27 + 2 * 5 + 4
    for time in (1, 2):
        page = whole_form(marie.get(url(talk)).text)
        typed = {name: secret(f"{name} {time}") for name in fields}
        assert marie.post(url(talk), page | typed).status_code == 302
    # It was shared in the past, and is no longer.
    share(oudergesprek=talk, met=huis.ankerfiguur, door=huis.medewerker)
    stop_sharing(oudergesprek=talk, met=huis.ankerfiguur, door=huis.medewerker)
    return talk


@pytest.fixture
def strangers(huis, ander_huis, oscar) -> dict[str, User]:
    """All users without access to the talk."""
    collega = make_user("Karim")
    Lidmaatschap.objects.create(user=collega, school=huis.school, rol=Rol.CLB_MEDEWERKER)
    return {
        "schoolteam": huis.team,
        "lezer": huis.lezer,
        "collega": collega,
        "ankerfiguur": huis.ankerfiguur,
        "ander CLB": ander_huis.ankerfiguur,
        "andere medewerker": ander_huis.medewerker,
        "buitenstaander": oscar,
        "STS-admin": make_admin(),
    }


def make_admin() -> User:
    return User.objects.create_superuser(
        "sts@test.be", "een-lang-wachtwoord", naam="Sofie", beheert_materialen=True
    )


def pages_of_the_project(args: Args, talk: Oudergesprek) -> Iterator[str]:
    """Every GET URL: those of the access matrix, those of this talk, and the searches."""
    for row in MATRIX:
        if row.method != "get" or row.name.startswith("account_logout"):
            continue
        values = args.get(row.name)
        yield reverse(row.name, args=values)
        if values and row.name.startswith(OUDERS) and row.name != "oudergesprek-historiek":
            own = talk.dossier_id if values[0] == talk.dossier_id else talk.pk
            yield reverse(row.name, args=[own])
    for naam in (f"{DIT}-pseudoniem", "oudernotitie-thuis-r01-tekst", "ouderthema-thuis-groter"):
        yield reverse("oudergesprek-historiek", args=[talk.pk, naam])
        yield reverse("historiek", args=[talk.dossier_id, naam])
    yield reverse("scholen") + f"?zoek={GEHEIM[:6]}"
    yield reverse("toolbox") + f"?zoek={GEHEIM[:6]}"


def pages_of_the_admin() -> Iterator[str]:
    """Every list, record and history in the admin."""
    yield reverse("admin:index")
    for model in beheer._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        yield reverse(f"{name}_changelist")
        yield reverse(f"{name}_changelist") + f"?q={GEHEIM[:6]}"
        yield reverse(f"{name}_add")
        for record in model._default_manager.all()[:40]:
            for page in ("change", "history", "delete"):
                yield reverse(f"{name}_{page}", args=[record.pk])


def words_of(response: Any) -> str:
    """All text in a response: its headers, its page, or the text of its PDF."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    said = f"{dict(response.headers)} {response.cookies}"
    if response.headers.get("Content-Type") != "application/pdf":
        return said + body.decode(errors="replace")
    return said + text_of(body)


@cache
def text_of(pdf: bytes) -> str:
    """The text and the metadata of a PDF; cached, because the same PDF occurs more than once."""
    if not pdf.rstrip().endswith(b"%%EOF"):
        # A routekaart that a story fixed is its words (tests/preventieplan/bestuur/vast.py).
        return pdf.decode()
    read = PdfReader(io.BytesIO(pdf))
    return " ".join([str(read.metadata), *(page.extract_text() for page in read.pages)])


def login(user: User) -> Browser:
    client = Browser()
    client.force_login(user)
    return client


def test_the_author_finds_every_secret_so_the_search_is_a_real_one(talk, huis):
    marie = login(huis.medewerker)
    page = words_of(marie.get(url(talk)))
    pdf = " ".join(words_of(marie.get(url(talk, "oudergesprek-pdf"))).split())

    for naam in whole_form(page):
        if naam.endswith(("-tekst", "-groter", "-kleiner", "-pseudoniem", "-focus_nu")):
            assert secret(f"{naam} 2") in page
    assert hidden_in(pdf)
    # The points are listed at their topic, in the window, and again below it.
    assert pdf.count(GEHEIM) == 27 + 3 * (2 * 5) + 4
    historiek = reverse("oudergesprek-historiek", args=[talk.pk, f"{DIT}-focus_nu"])
    assert secret(f"{DIT}-focus_nu 1") in words_of(marie.get(historiek))


@pytest.mark.parametrize(
    "who",
    [
        "schoolteam",
        "lezer",
        "collega",
        "ankerfiguur",
        "ander CLB",
        "andere medewerker",
        "buitenstaander",
        "STS-admin",
    ],
)
def test_no_page_or_pdf_shows_a_secret_to(who, talk, strangers, args):
    client = login(strangers[who])
    seen = 0
    for page in dict.fromkeys(pages_of_the_project(args, talk)):
        response = client.get(page)
        assert not hidden_in(words_of(response)), page
        assert str(talk.pk) not in words_of(response).replace(page, ""), page
        seen += response.status_code == 200
    assert seen > 5


def test_the_admin_shows_no_secret(talk, huis):
    client = login(make_admin())
    seen = 0
    for page in pages_of_the_admin():
        response = client.get(page)
        assert not hidden_in(words_of(response)), page
        seen += response.status_code == 200
    # This includes the audit log, which says that there is a talk, but not what is in it.
    assert seen > 30
    log = client.get(reverse("admin:logboek_logregel_changelist"))
    assert "oudergesprek gemaakt" in log.text
    # Nor does the admin give access to any model of parents' talks.
    assert not [model for model in beheer._registry if model._meta.model_name.startswith("ouder")]


def test_neither_log_holds_a_secret(talk, huis, caplog):
    caplog.set_level(logging.DEBUG)
    marie, naam = login(huis.medewerker), "oudernotitie-thuis-r01-tekst"
    write(marie, talk, naam, secret("bewaard"), 2)
    write(marie, talk, naam, secret("conflict"), 1)
    write(marie, talk, naam, secret("onzichtbaar\0"), 3)
    write(marie, talk, naam, secret("te lang") * 2000, 3)
    write(marie, talk, secret("veld"), "x")
    write(login(huis.team), talk, naam, secret("van de school"))
    marie.post(url(talk, "oudergesprek-vrijgeven"), {"knop": "bekijk", "vrij-wat": secret("actie")})
    marie.post(url(talk, "oudergesprek-delen"), {"met": secret("collega")})
    los = reverse("oudergesprek-zonder-bewaren", args=[huis.dossier.pk])
    marie.post(los, {naam: secret("los"), "pdf": ""})
    Browser().post(url(talk), {naam: secret("uitgelogd")})
    marie.get(url(talk, "oudergesprek-pdf"))
    marie.post(url(talk, "oudergesprek-wissen"))

    lines = [f"{record.getMessage()} {record.exc_text}" for record in caplog.records]
    assert lines
    assert not [line for line in lines if hidden_in(line)]
    rows = [str(row) for row in Logregel.objects.values_list()]
    assert any("oudergesprek-gewist" in row for row in rows)
    assert not [row for row in rows if hidden_in(row)]


@pytest.mark.django_db(transaction=True)
def test_the_database_holds_no_secret_that_one_can_read(talk, huis):
    login(huis.medewerker).get(url(talk))

    dump = list(every_value())
    assert "Sint-Jozefschool" in dump
    assert not [value for value in dump if hidden_in(value)]
    assert not [one for one in Sessie.objects.all() if hidden_in(str(one.get_decoded()))]
    for path in database_files():
        raw = bytes_of(path)
        assert raw
        assert GEHEIM.encode() not in raw, path.name


def every_value() -> Iterator[str]:
    """Every value of every column of every table, as text."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            for row in cursor.fetchall():
                yield from map(str, row)


def database_files() -> list[Path]:
    """The SQLite database file and the files that accompany it; none for PostgreSQL."""
    if connection.vendor != "sqlite":
        return []
    main = Path(connection.settings_dict["NAME"])
    assert b"Sint-Jozefschool" in b"".join(map(bytes_of, _with(main)))
    return _with(main)


def _with(main: Path) -> list[Path]:
    return [path for path in main.parent.glob(f"{main.name}*") if path.stat().st_size]
