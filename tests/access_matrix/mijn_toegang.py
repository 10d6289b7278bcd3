"""One's own second step, and colleagues: Marie asked, and nobody here may vouch for her but An.

Who may vouch has a second step of her own, so An has one; what changes hers asks her for it first.
"""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from dossiers.mensen.domain import herstel
from dossiers.mensen.models import Lidmaatschap, User
from tests.access_matrix import LOGGED_IN, MOVES_ON, PUBLIC, Row
from tests.conftest import Huis
from tests.dossiers.mensen.steps import give_app

# The column order is that of ROLES.
ONLY_AN = "302 404  404 404 404 200  404 404 404 404"
ONLY_AN_WRITES = "403 404  404 404 404 302  404 404 404 404"
# The browser of the matrix proved nothing lately, so each is asked who she is first.
ASKED_FIRST = MOVES_ON
ASKED_FIRST_WRITE = "403 302  302 302 302 302  302 302 302 302"
WRONG_CODE = "403 200  200 200 200 200  200 200 200 200"
# An has an app, so she cannot do with her password, and nobody else has one.
WITH_A_PASSWORD = "302 200  200 200 200 302  200 200 200 200"
WITH_A_PASSWORD_WRITE = "403 200  200 200 200 302  200 200 200 200"
WITH_AN_APP = "302 302  302 302 302 200  302 302 302 302"
WITH_AN_APP_WRITE = "403 302  302 302 302 200  302 302 302 302"
HAS_AN_APP = "302 404  404 404 404 302  404 404 404 404"
HAS_AN_APP_WRITE = "403 404  404 404 404 302  404 404 404 404"

ROWS: list[Row] = [
    # Only on the way of logging in, where the browser of the matrix is not.
    Row("get", "mfa_authenticate", MOVES_ON),
    Row("post", "mfa_authenticate", MOVES_ON, {"code": "000000"}),
    Row("get", "tweede-stap-kwijt", MOVES_ON),
    Row("post", "tweede-stap-kwijt", MOVES_ON, {"knop": "vraag"}),
    Row("get", "mfa_index", LOGGED_IN),
    Row("get", "mijn-sessies", LOGGED_IN),
    Row("post", "sessies-beeindigen", "403 302  302 302 302 302  302 302 302 302"),
    Row("post", "sessie-beeindigen", "403 302  302 302 302 302  302 302 302 302"),
    Row("post", "sessie-blijf", "403 200  200 200 200 200  200 200 200 200"),
    Row("get", "account_reauthenticate", WITH_A_PASSWORD),
    Row("post", "account_reauthenticate", WITH_A_PASSWORD_WRITE, {"password": "fout"}),
    Row("get", "mfa_reauthenticate", WITH_AN_APP),
    Row("post", "mfa_reauthenticate", WITH_AN_APP_WRITE, {"code": "000000"}),
    Row("get", "mfa_reauthenticate_webauthn", MOVES_ON),
    Row("post", "mfa_reauthenticate_webauthn", ASKED_FIRST_WRITE, {"credential": "{}"}),
    Row("get", "mailbox-tonen", LOGGED_IN),
    Row("post", "mailbox-tonen", WRONG_CODE, {"code": "000000"}),
    Row("get", "mfa_activate_totp", ASKED_FIRST),
    Row("post", "mfa_activate_totp", ASKED_FIRST_WRITE, {"code": "000000"}),
    Row("get", "mfa_deactivate_totp", HAS_AN_APP),
    Row("post", "mfa_deactivate_totp", HAS_AN_APP_WRITE),
    Row("get", "mfa_add_webauthn", ASKED_FIRST),
    Row("post", "mfa_add_webauthn", ASKED_FIRST_WRITE, {"credential": "{}"}),
    Row("get", "mfa_remove_webauthn", ASKED_FIRST),
    Row("post", "mfa_remove_webauthn", ASKED_FIRST_WRITE),
    Row("get", "mfa_view_recovery_codes", HAS_AN_APP),
    Row("get", "mfa_generate_recovery_codes", ASKED_FIRST),
    Row("post", "mfa_generate_recovery_codes", ASKED_FIRST_WRITE),
    # Nobody's talks are shut here.
    Row("get", "herstel-vragen", MOVES_ON),
    Row("post", "herstel-vragen", ASKED_FIRST_WRITE, {"knop": "vraag"}),
    Row("get", "herstel-bevestigen", ONLY_AN),
    Row("post", "herstel-bevestigen", ONLY_AN_WRITES),
    Row("get", "herstel-stoppen", PUBLIC),
    Row("post", "herstel-stoppen", PUBLIC),
]


def args(huis: Huis) -> dict[str, list]:
    return args_of(an=huis.ankerfiguur, marie=huis.medewerker)


def args_of(*, an: User, marie: User) -> dict[str, list]:
    give_app(an)
    Lidmaatschap.objects.filter(user=an).update(sinds=timezone.now() - timedelta(days=30))
    aanvraag = herstel.ask(user=marie)
    return {
        **{row.name: [] for row in ROWS},
        "sessie-beeindigen": [uuid4()],
        "mfa_remove_webauthn": ["0a1b2c3d4e5f60718293"],
        "herstel-bevestigen": [aanvraag.pk],
        "herstel-stoppen": [herstel.stop_token(aanvraag)],
    }
