"""The access matrix: every URL of the project, and the status that each role gets there.

The test fails for a URL without a row and for a row without a URL.
"""

import re
from collections.abc import Iterator
from http import HTTPStatus

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from dialoogfiches.bevragingen.models import Bevraging
from dossiers.domain import close_dossier
from dossiers.mensen.domain.uitnodigingen import invite
from dossiers.mensen.models import Lidmaatschap, Rol, User
from preventieplan.domain.acties import create_planactie
from preventieplan.models import Doelstelling
from preventieplan.spiegel.models import Spiegel
from stsdialoog.seen import mark_of
from tests.access_matrix import (
    LOGGED_IN,
    MANAGE,
    MANAGE_PAGE,
    MOVES_ON,
    NOT_WHEN_LOGGED_IN,
    PUBLIC,
    READ,
    WRITE,
    Row,
    aanmelden,
    avond,
    bestuur,
    bevragingen,
    clb_overzicht,
    gesprekken,
    herinneringen,
    inschalen,
    lezen,
    mijn_gegevens,
    mijn_toegang,
    naast_elkaar,
    nieuw_jaar,
    oefenen,
    op_papier,
    oudergesprekken,
    plg,
    praktijken,
    reacties,
    sociale_kaart,
    spiegel,
    taken,
    toolbox,
    versies,
    wissel,
)
from tests.client import REFUSED, Browser, text_of
from tests.conftest import SCHOOLJAAR, Huis
from tests.paper import lay_out_by
from tests.undone import undone

pytestmark = pytest.mark.django_db

# Letters and digits as chance puts them together; and an id, which opens nothing by itself.
LIKE_A_KEY = re.compile(r"(?=[\w-]*[0-9])(?=[\w-]*[A-Z])(?=[\w-]*[a-z])[\w-]{16,}", re.ASCII)
ID = re.compile(r"[\w-]*[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}[\w-]*")
DRAWN = re.compile(r'\bd="[^"]*"')
FIELD = {"veld": "inschaling-f0-1-score", "inschaling-f0-1-score": "7"}
ZIN = {
    "veld": "routekaart-zinnen-wat_vragen_we",
    "routekaart-zinnen-wat_vragen_we": "Twee lesuren voor wie belt.",
}

CIJFERS = {"seen": "0", "school-leerlingen": "412", "school-ongewettigd_5": "38"}

SUBJECTS = (
    toolbox,
    lezen,
    gesprekken,
    herinneringen,
    bevragingen,
    bestuur,
    inschalen,
    spiegel,
    avond,
    oudergesprekken,
    versies,
    oefenen,
    nieuw_jaar,
    op_papier,
    sociale_kaart,
    mijn_toegang,
    naast_elkaar,
    mijn_gegevens,
    aanmelden,
    wissel,
    taken,
    clb_overzicht,
    praktijken,
    plg,
    reacties,
)
MATRIX = [
    # People and organisations
    Row("get", "start", NOT_WHEN_LOGGED_IN),
    Row("get", "scholen", LOGGED_IN),
    Row("get", "gezond", PUBLIC),
    Row("get", "hulp", PUBLIC),
    Row("get", "hulp-hoofdstuk", PUBLIC),
    Row("get", "toegankelijkheid", PUBLIC),
    Row("get", "toegankelijkheidsverklaring", PUBLIC),
    # Without a contact there is nothing to tell.
    Row("get", "security-txt", "404 404  404 404 404 404  404 404 404 404"),
    Row("get", "change-password", MOVES_ON),
    Row("get", "sessie", PUBLIC),
    Row("get", "huisstijl", "302 403  403 403 403 403  403 403 403 403"),
    *(
        Row("get", name, "302 403  403 403 403 403  403 403 403 403")
        for name in ("regio", "regio-rapport", "regio-tabel", "regio-beschrijving")
    ),
    Row("get", "toegang", "302 403  403 403 403 200  403 403 403 200"),
    Row("get", "school-nieuw", "302 403  403 403 403 200  403 403 403 200"),
    Row(
        "post",
        "school-nieuw",
        "403 403  403 403 403 302  403 403 403 302",
        {
            "naam": "Lindeschool",
            "instellingsnummer": "000777",
            "niveau": "bao",
            "gemeente": "Mechelen",
            "provincie": "antwerpen",
        },
    ),
    Row("get", "school", READ),
    Row("get", "school-wijzigen", MANAGE_PAGE),
    Row(
        "post",
        "school-wijzigen",
        MANAGE,
        {
            "seen": mark_of("Sint-Jozefschool", "000071", "so", "Mechelen", "antwerpen"),
            "naam": "Sint-Jozef",
            "instellingsnummer": "000071",
            "niveau": "so",
            "gemeente": "Mechelen",
            "provincie": "antwerpen",
        },
    ),
    Row("post", "uitnodigen", MANAGE, {"adressen": "nieuw@test.be", "rol": "schoolteam"}),
    Row("post", "dossier-openen", MANAGE, {"schooljaar": "2027"}),
    Row("get", "lidmaatschap-beeindigen", MANAGE_PAGE),
    Row("post", "lidmaatschap-beeindigen", MANAGE),
    Row("get", "uitnodiging-intrekken", MANAGE_PAGE),
    Row("post", "uitnodiging-intrekken", MANAGE),
    Row("post", "uitnodiging-opnieuw", MANAGE),
    # The link itself grants access; a user who is logged in as somebody else is told so.
    Row("get", "uitnodiging", PUBLIC),
    Row("post", "uitnodiging", PUBLIC),
    # The dossier
    Row("get", "dossier", READ),
    Row("get", "dossier-afsluiten", MANAGE_PAGE),
    Row("post", "dossier-afsluiten", MANAGE),
    Row("get", "dossier-heropenen", MANAGE_PAGE),
    Row("post", "dossier-heropenen", MANAGE),
    Row("get", "dossier-wissen", MANAGE_PAGE),
    Row("post", "dossier-wissen", MANAGE),
    Row("get", "dossier-logboek", "302 404  403 200 200 200  404 404 404 404"),
    Row("get", "dossier-logboek-csv", "302 404  403 200 200 200  404 404 404 404"),
    Row("get", "uitvoer", "302 404  403 200 200 200  404 404 404 404"),
    Row("get", "uitvoer-zip", "302 404  403 200 200 200  404 404 404 404"),
    Row("get", "schema", PUBLIC),
    Row("get", "clb-logboek", MANAGE_PAGE),
    Row("get", "clb-logboek-csv", MANAGE_PAGE),
    # The preventieplan
    Row("get", "preventieplan", READ),
    Row("get", "doelstelling", READ),
    Row("post", "doelstelling", WRITE, FIELD),
    Row("get", "fase-rond", READ),
    Row("get", "scores", READ),
    Row("get", "inschalen", inschalen.TEAM_PAGE),
    # Here, because nobody opens a round while another one runs.
    Row("post", "inschalen", WRITE, {"doelen": ["f0-1"], "telefoons": "5", "papieren": "0"}),
    Row("post", "fase-rond", WRITE, {"seen": mark_of(), "doel": "f0-1"}),
    Row("get", "cijfers", READ),
    Row("post", "cijfers", WRITE, CIJFERS),
    Row("get", "overzicht", READ),
    Row("post", "overzicht", WRITE, FIELD),
    Row("get", "check", READ),
    Row("post", "check", WRITE, FIELD),
    Row("get", "historiek", READ),
    Row("post", "historiek", WRITE, {"revisie": "1"}),
    Row("get", "routekaart", READ),
    Row("post", "routekaart", WRITE, ZIN),
    Row("get", "routekaart-pdf", READ),
    Row("get", "preventieplan-pdf", READ),
    Row("get", "overzicht-pdf", READ),
    # Accounts
    Row("get", "account_login", NOT_WHEN_LOGGED_IN),
    Row("get", "account_request_login_code", NOT_WHEN_LOGGED_IN),
    Row("get", "account_confirm_login_code", MOVES_ON),
    Row("get", "account_signup", NOT_WHEN_LOGGED_IN),
    Row("get", "account_inactive", PUBLIC),
    Row("get", "account_reset_password", PUBLIC),
    Row("get", "account_reset_password_done", PUBLIC),
    Row("get", "account_reset_password_from_key", PUBLIC),
    Row("get", "account_reset_password_from_key_done", PUBLIC),
    Row("get", "account_logout", LOGGED_IN),
    Row("get", "account_change_password", LOGGED_IN),
    Row("get", "account_set_password", MOVES_ON),
    Row("post", "account_login", NOT_WHEN_LOGGED_IN),
    Row("post", "account_request_login_code", NOT_WHEN_LOGGED_IN),
    Row("post", "account_confirm_login_code", MOVES_ON),
    Row("post", "account_signup", NOT_WHEN_LOGGED_IN),
    Row("post", "account_reset_password", PUBLIC),
    Row("post", "account_reset_password_from_key", PUBLIC),
    Row("post", "account_logout", MOVES_ON),
    Row("post", "account_change_password", "403 200  200 200 200 200  200 200 200 200"),
    Row("post", "account_set_password", "403 302  302 302 302 302  302 302 302 302"),
    *(row for subject in SUBJECTS for row in subject.ROWS),
]
# The page with the form of an address that only takes forms.
FORM_ON = {
    "lidmaatschap-behouden": "clb-bevestigen",
    "bestuurslink-opnieuw": "vastgesteld-een",
    "praktijk-hielp-ook": "uit-een-school",
    "uitnodiging-intrekken": "school",
    "uitnodiging-opnieuw": "school",
}
# Here the page has its form at other moments only: with something struck, earlier, left behind, or
# open elsewhere.
NO_FORM_NOW = {
    "clb-bevestigen",
    "dossier-openen",
    "gesprekken",
    "historiek",
    "oefendossier-openen",
    "oudergesprek-historiek",
    "oudergesprekken-achtergebleven",
    # It is of the school of most of them.
    "praktijk-hielp-ook",
    "sessie-beeindigen",
    # A script sends it, for all that is open.
    "sessie-blijf",
    "sessies-beeindigen",
}
# Of the school itself, whatever its dossier; a link that has to open nothing any more, and words
# that a team takes back.
NOT_IN_A_DOSSIER = {
    *("school-op-papier", "school-vrije-dagen"),
    *("bestuurslink-intrekken", "praktijk-intrekken"),
}
WRITES = [row for row in MATRIX if row.expected == WRITE and row.name not in NOT_IN_A_DOSSIER]


def every_url(patterns=None, namespace="") -> Iterator[str]:
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            yield from every_url(pattern.url_patterns, pattern.namespace or namespace)
        elif isinstance(pattern, URLPattern):
            yield f"{namespace}:{pattern.name}" if namespace else str(pattern.name)


@pytest.fixture
def cast(huis, ander_huis, oscar, plglid) -> dict[str, User | None]:
    here = dict(huis.people)
    elsewhere = {f"ander_{rol}": user for rol, user in ander_huis.people.items()}
    return {"anoniem": None, "oscar": oscar, **here, **elsewhere, "plglid": plglid}


class Args:
    """The arguments of each URL; the records of a subject are created on first use."""

    def __init__(self, own: dict[str, list], huis: Huis) -> None:
        self.known, self.huis = own, huis
        self.waiting = {row.name: subject for subject in SUBJECTS for row in subject.ROWS}

    def get(self, name: str) -> list:
        if name in self.waiting:
            found = self.waiting[name].args(self.huis)
            self.known |= found
            self.waiting = {key: one for key, one in self.waiting.items() if key not in found}
            self.waiting.pop(name, None)
        return self.known.get(name, [])

    def items(self) -> list[tuple[str, list]]:
        return [(row.name, self.get(row.name)) for row in MATRIX]


def arguments(huis: Huis) -> Args:
    """The arguments of each URL: always something of Sint-Jozef."""
    tom, doel = huis.team, Doelstelling.objects.get(versie=huis.dossier.planversie, code="f0-1")
    create_planactie(dossier=huis.dossier, doelstelling=doel, wat="onthaaldag", door=tom)
    naam = f"actie-{huis.dossier.acties.get().pk}-wat"
    uitnodiging, token = invite(
        school=huis.school, email="gast@test.be", rol=Rol.LEZER, door=huis.ankerfiguur
    )
    lid = Lidmaatschap.objects.get(user=tom)
    clb = [huis.clb.pk]
    dossier, school = [huis.dossier.pk], [huis.school.pk]
    own: dict[str, list] = {
        "doelstelling": [*dossier, "f0-1"],
        "fase-rond": [*dossier, 0],
        "historiek": [*dossier, naam],
        "check": [*dossier, huis.dossier.acties.get().pk],
        "schema": [2],
        **{f"regio-{what}": [SCHOOLJAAR] for what in ("rapport", "tabel", "beschrijving")},
        "hulp-hoofdstuk": ["inloggen"],
        "lidmaatschap-beeindigen": [lid.pk],
        **{f"uitnodiging-{what}": [uitnodiging.pk] for what in ("intrekken", "opnieuw")},
        "uitnodiging": [token],
        **dict.fromkeys(("clb-logboek", "clb-logboek-csv"), clb),
        "account_reset_password_from_key": ["abc", "rommel"],
        **dict.fromkeys(
            ("school", "school-wijzigen", "uitnodigen", "dossier-openen"), school
        ),
        **dict.fromkeys(
            (
                "dossier", "dossier-afsluiten", "dossier-heropenen", "dossier-wissen",
                "dossier-logboek", "dossier-logboek-csv", "preventieplan", "overzicht",
                "uitvoer", "uitvoer-zip",
                "cijfers", "inschalen", "scores", "routekaart", "routekaart-pdf",
                "preventieplan-pdf", "overzicht-pdf",
            ),
            dossier,
        ),
    }  # fmt: skip
    return Args(own, huis)


@pytest.fixture
def args(huis) -> Args:
    return arguments(huis)


@pytest.fixture(autouse=True)
def _no_pdf_is_laid_out(monkeypatch):
    """This tests who gets a PDF, not how it looks; layout takes seconds."""
    lay_out_by(lambda _: b"%PDF-", monkeypatch)


def answer(user: User | None, row: Row, args: Args, *, only_by_form: bool = False) -> int:
    """The status that somebody gets; what the request did is undone.

    only_by_form: what is sent has to stand on a page. Who is refused sends it as an attacker does.
    """
    client = Browser(only_by_form=only_by_form)
    if user is not None:
        client.force_login(user)
    url = reverse(row.name, args=args.get(row.name))
    by_form = only_by_form and row.method == "post"
    if by_form and row.name in FORM_ON:
        client.get(reverse(FORM_ON[row.name], args=args.get(FORM_ON[row.name])))
    late = by_form and row.name in NO_FORM_NOW
    with undone():
        response = getattr(client, "post_late" if late else row.method)(url, row.data)
    return response.status_code


@pytest.mark.parametrize("row", MATRIX, ids=lambda row: f"{row.method} {row.name}")
def test_each_role_gets_what_the_matrix_says(row, cast, args):
    expected = row.by_role

    assert {
        rol: answer(cast[rol], row, args, only_by_form=status < REFUSED)
        for rol, status in expected.items()
    } == expected


def test_a_page_that_only_reads_refuses_to_be_written(cast, args):
    written = {row.name for row in MATRIX if row.method == "post"}
    reads = [row for row in MATRIX if row.method == "get" and row.name not in written]

    for row in reads:
        status = answer(cast["ankerfiguur"], row._replace(method="post", data={}), args)
        # allauth's page for inactive accounts accepts any method.
        assert status in (302, 405) or row.name.startswith("account_"), row.name


def test_every_url_has_a_row():
    urls = {name for name in every_url() if not name.startswith("admin:")}

    assert urls == {row.name for row in MATRIX}


def test_nobody_without_the_right_gets_into_the_admin(cast):
    for path in _admin_paths():
        for rol, user in cast.items():
            client = Browser()
            if user is not None:
                client.force_login(user)
            response = client.get(path)
            assert response.status_code in (302, 403, 404), (path, rol)


def _admin_paths() -> Iterator[str]:
    """A path for every URL of the admin, with a value for each argument."""
    admin = next(
        resolver
        for resolver in get_resolver().url_patterns
        if isinstance(resolver, URLResolver) and resolver.namespace == "admin"
    )
    for route in _routes(admin):
        yield "/" + re.sub(r"<[^>]*>|\(\?P<.*\)", "1", route).replace("^", "").replace("$", "")


def _routes(resolver: URLResolver, before: str = "") -> Iterator[str]:
    here = before + str(resolver.pattern)
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern, here)
        else:
            yield here + str(pattern.pattern)


@pytest.mark.parametrize("row", WRITES, ids=lambda row: row.name)
def test_a_closed_dossier_refuses_every_write(row, cast, args, huis):
    close_dossier(dossier=huis.dossier, door=huis.ankerfiguur)

    statuses = {rol: answer(cast[rol], row, args) for rol in ("team", "medewerker", "ankerfiguur")}

    assert set(statuses.values()) == {403}


def test_an_ended_membership_opens_nothing_any_more(cast, args, huis):
    Lidmaatschap.objects.filter(user=huis.team).update(actief_tot=timezone.now())
    rows = [row for row in MATRIX if row.expected in (READ, WRITE)]

    assert {answer(huis.team, row, args) for row in rows} == {404}


def _same_keys(one, other) -> set[str]:
    """What looks like a key and stands in both pages."""
    in_one, in_other = (LIKE_A_KEY.findall(DRAWN.sub("", text_of(page))) for page in (one, other))
    return {key for key in set(in_one) & set(in_other) if not ID.fullmatch(key)}


@pytest.mark.looks
def test_a_compressed_page_shows_no_key_in_the_same_letters_twice(huis, args):
    """The size of what is compressed could else give a key away, a letter at a time."""
    compressed, plain = set(), {}
    for row in (row for row in MATRIX if row.method == "get"):
        url = reverse(row.name, args=args.get(row.name))
        # Those who see most of a page, and the one who sees least.
        for user in (huis.ankerfiguur, huis.medewerker, huis.lezer):
            browser = Browser(headers={"Accept-Encoding": "gzip"})
            browser.force_login(user)
            one, other = (browser.get(url) for _ in range(2))
            if one.headers.get("Content-Encoding") == "gzip":
                compressed.add(row.name)
                assert _same_keys(one, other) == set(), (row.name, user)
            elif one.status_code == HTTPStatus.OK and "html" in one.headers["Content-Type"]:
                plain[row.name] = text_of(one)

    assert {"doelstelling", "scholen", "toolbox", "school"} <= compressed
    # The link of a survey is there to be passed on: it cannot be masked.
    assert Bevraging.objects.get(pk=args.get("bevraging")[1]).sleutel in plain["bevraging"]
    assert Spiegel.objects.get(pk=args.get("spiegel")[1]).sleutel in plain["spiegel"]
    assert {"oudergesprek", "oudergesprek-historiek", "oudergesprekken"} <= set(plain)
    assert compressed.isdisjoint(plain)


def test_an_id_in_an_address_counts_nothing(args):
    for name, values in args.items():
        # A phase is one of four, in every dossier, and a schooljaar is no record.
        url = reverse(name, args=values).replace("/fase/0/", "/").replace(f"/{SCHOOLJAAR}/", "/")
        assert not any(part.isdigit() for part in url.split("/")), url
