"""Logging in elsewhere, of which nothing is switched on here, and who asks for a place by it.

Oscar asks to be in Sint-Jozef. What the addresses of a provider answer is told in
tests/dossiers/aanmelden/, by providers that run.
"""

from dossiers.aanmelden.models import Lidmaatschapsvraag
from dossiers.mensen.models import School, User
from tests.access_matrix import MANAGE, MANAGE_PAGE, MOVES_ON, Row
from tests.conftest import Huis

OFF = "404 404  404 404 404 404  404 404 404 404"
ASKED_FIRST_WRITE = "403 302  302 302 302 302  302 302 302 302"
FIRST = "302 404  404 404 404 404  404 404 404 404"
FIRST_WRITE = "403 404  404 404 404 404  404 404 404 404"

OF_A_PROVIDER = ("aanmelden", "aanmelden-terug", "aanmelden-opnieuw", "aanmelding-koppelen")

ROWS: list[Row] = [
    Row("post", "aanmelden", OFF),
    Row("get", "aanmelden-terug", OFF),
    Row("get", "aanmelden-opnieuw", FIRST),
    Row("post", "aanmelden-opnieuw", FIRST_WRITE),
    Row("get", "aanmelden-bewezen", MOVES_ON),
    # The browser of the matrix proved nothing lately, so each is asked who she is first.
    Row("post", "aanmelding-koppelen", ASKED_FIRST_WRITE),
    Row("get", "aanmelding-losmaken", MOVES_ON),
    Row("post", "aanmelding-losmaken", ASKED_FIRST_WRITE),
    Row("get", "lidmaatschapsvragen", "302 403  403 403 403 200  403 403 403 200"),
    Row("get", "lidmaatschapsvraag", MANAGE_PAGE),
    Row("post", "lidmaatschapsvraag", MANAGE, {"rol": "lezer"}),
]


def args(huis: Huis) -> dict[str, list]:
    oscar, _ = User.objects.get_or_create(email="oscar@test.be", defaults={"naam": "Oscar"})
    return args_of(school=huis.school, user=oscar)


def args_of(*, school: School, user: User) -> dict[str, list]:
    vraag = Lidmaatschapsvraag.objects.create(user=user, school=school, via="acmidm")
    return {
        **{name: ["google"] for name in OF_A_PROVIDER},
        "aanmelden-bewezen": [],
        "aanmelding-losmaken": ["0a1b2c3d4e5f60718293"],
        "lidmaatschapsvragen": [],
        "lidmaatschapsvraag": [vraag.pk],
    }
