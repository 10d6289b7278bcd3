"""One's own reminders and calendar; and the two doors that a key opens, for whoever has it."""

from dossiers.mensen.models import User
from start.herinneringen.domain.agenda import make_agenda
from start.herinneringen.domain.wensen import stop_key
from tests.access_matrix import LOGGED_IN, MOVES_ON, PUBLIC, Row
from tests.conftest import Huis

WRITES = "403 302  302 302 302 302  302 302 302 302"

ROWS: list[Row] = [
    Row("get", "herinneringen", LOGGED_IN),
    Row("post", "herinneringen", WRITES, {"ritme": "wekelijks"}),
    # Asked for by hand, they lead to the page with their forms.
    Row("get", "agenda-maken", MOVES_ON),
    Row("post", "agenda-maken", WRITES),
    Row("get", "agenda-intrekken", MOVES_ON),
    Row("post", "agenda-intrekken", WRITES),
    Row("get", "agenda", PUBLIC),
    Row("get", "herinneringen-stoppen", PUBLIC),
    # A mail program presses its own button, without a page of ours.
    Row("post", "herinneringen-stoppen", PUBLIC, {"List-Unsubscribe": "One-Click"}),
]


def args(huis: Huis) -> dict[str, list]:
    return args_of(huis.team)


def args_of(user: User) -> dict[str, list]:
    return {
        **{row.name: [] for row in ROWS},
        "agenda": [make_agenda(user=user)],
        "herinneringen-stoppen": [stop_key(user.pk)],
    }
