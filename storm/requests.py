"""Requests that no browser sends: every address for every role with every method, in an order and
with oddities that follow from a seed. Each is undone, so that the next finds everything in place.
"""

import logging
import re
from collections.abc import Iterator
from http import HTTPStatus
from io import BytesIO
from itertools import islice, product
from random import Random
from typing import Any
from urllib.parse import urlencode
from wsgiref.util import setup_testing_defaults

from django.conf import settings
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test.utils import setup_test_environment
from django.utils.crypto import get_random_string

from dossiers.mensen.models import User
from preventieplan.bestuur.models import Bestuurslink
from preventieplan.bestuur.proof import COOKIE as PROOF
from preventieplan.bestuur.proof import proof_of
from storm.answers import Answers, Request, note
from storm.cast import NOBODY, SUPERUSER, log_in, make_cast
from storm.junk import ARGUMENTS, FORM, HEADERS, VALUES, odd_body, urlencoded
from storm.targets import ADMIN, Target, all_targets, asked_in
from stsdialoog.cookies import secure_only
from stsdialoog.wsgi import application
from tests.pages import TOKEN, whole_form
from tests.production import PRODUCTION
from tests.undone import undone

HOST = PRODUCTION["DJANGO_ALLOWED_HOSTS"]
METHODS = ("GET", "POST", "HEAD", "OPTIONS", "PUT", "DELETE", "BREW")
# Behind these is most of what can go wrong.
MORE_OF = ("GET", "POST", "POST")
# Between them they see every page outside beheer.
WHO_SEE_ALL = (NOBODY, "medewerker", "ankerfiguur")
# A box that is not ticked, or a choice that is not made, sends nothing either, until somebody does.
BUTTON = re.compile(
    r'<(?:button|input\b[^>]*\btype="(?:checkbox|radio)")[^>]*\bname="([\w-]+)"[^>]*\bvalue="([^"]*)"'
)
# What the script of a page sends by itself: a field, or a new action.
BY_SCRIPT = {"veld", "nieuwe_actie"}


class Faults(logging.Handler):
    """What Django logs as its own fault."""

    def __init__(self) -> None:
        super().__init__(level=logging.ERROR)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(record.exc_text or record.getMessage())

    def taken(self) -> list[str]:
        heard, self.heard = self.heard, []
        return heard


class Visitors:
    """The cast, each with a session, and a token that goes with its cookie.

    Nobody is also a member of the board who typed the code from her mail.
    """

    def __init__(self, people: dict[str, User | None], link: Bestuurslink) -> None:
        self.token = get_random_string(32)
        self.sessions = {rol: log_in(user) for rol, user in people.items() if user}
        self._proof = proof_of(link)

    def headers(self, rol: str) -> dict[str, str]:
        cookies = {settings.CSRF_COOKIE_NAME: self.token}
        if rol == NOBODY:
            cookies[secure_only(PROOF)] = self._proof
        else:
            cookies[settings.SESSION_COOKIE_NAME] = self.sessions[rol]
        return {
            "HTTP_HOST": HOST,
            "HTTP_ORIGIN": f"https://{HOST}",
            "HTTP_X_FORWARDED_PROTO": "https",
            "HTTP_X_FORWARDED_FOR": "192.0.2.1",
            "HTTP_X_CSRFTOKEN": self.token,
            "HTTP_COOKIE": "; ".join(f"{name}={value}" for name, value in cookies.items()),
        }


def storm_requests(*, count: int, seed: int) -> Answers:
    """Send so many requests to the application, on the database of its settings."""
    call_command("migrate", verbosity=0)
    huis, people = make_cast()
    targets = all_targets(huis)
    visitors = Visitors(people, Bestuurslink.objects.get())
    setup_test_environment(debug=False)
    _keep_the_transaction()
    faults = Faults()
    _listen(faults)
    _read_forms(targets, visitors)
    faults.taken()
    answers = Answers()
    for request in islice(plan(targets, visitors, Random(seed)), count):
        status, _ = send(request)
        note(answers, request, status, faults.taken())
    return answers


def plan(targets: list[Target], visitors: Visitors, rng: Random) -> Iterator[Request]:
    """Every address for every role with every method, and then any of them, without end."""
    roles = [NOBODY, *visitors.sessions]
    pool = list(dict.fromkeys(one for target in targets for one in target.arguments))
    for number, (target, rol, method) in enumerate(_combinations(targets, roles, rng)):
        form = _form(target, rng)
        kind, body = _body(method, form, rng)
        headers = visitors.headers(rol) | {"CONTENT_TYPE": kind, "CONTENT_LENGTH": str(len(body))}
        if BY_SCRIPT & form.keys():
            headers["HTTP_HX_REQUEST"] = "true"
        yield Request(
            number=number,
            rol=rol,
            method=method,
            path=_path(target, pool, rng),
            query=_query(target, rng),
            body=body,
            headers=headers | _odd_headers(rng),
        )


def _combinations(
    targets: list[Target], roles: list[str], rng: Random
) -> Iterator[tuple[Target, str, str]]:
    everything = list(product(targets, roles, METHODS))
    rng.shuffle(everything)
    yield from everything
    while True:
        yield rng.choice(targets), rng.choice(roles), rng.choice(MORE_OF)


def _path(target: Target, pool: list[str], rng: Random) -> str:
    if rng.random() < 0.8:
        return target.path()
    return target.path([rng.choice((*ARGUMENTS, *pool)) for _ in target.arguments])


def _query(target: Target, rng: Random) -> str:
    """What the page asks for, and rubbish behind it, which counts where it has the same name."""
    query = list(target.query.items())
    if target.asks and rng.random() < 0.5:
        query += rng.choices(target.asks, k=rng.randint(1, 3))
    if rng.random() < 0.6:
        asked = (name for name, _ in target.asks)
        names = (*target.names, *target.query, *asked, *target.form, "next", "q", "x")
        some = rng.choices(names, k=rng.randint(1, 3))
        query += [(name, rng.choice(VALUES)) for name in some]
    return urlencode(query, errors="surrogatepass")


def _form(target: Target, rng: Random) -> dict[str, str]:
    """What the form of a page sends, with rubbish in some of its fields, or without one."""
    form = dict(target.form)
    if target.buttons and rng.random() < 0.6:
        form.update([rng.choice(target.buttons)])
    bases = [name for name in form if name.endswith("_basis")]
    if bases and rng.random() < 0.5:
        form["veld"] = rng.choice(bases).removesuffix("_basis")
        form["pagina"] = rng.choice(VALUES)
    for name in rng.sample(list(form), k=min(len(form), rng.randint(0, 4))):
        form[name] = rng.choice(VALUES)
    if rng.random() < 0.1:
        form[rng.choice(VALUES)] = rng.choice(VALUES)
    if form and rng.random() < 0.1:
        del form[rng.choice(list(form))]
    return form


def _body(method: str, form: dict[str, str], rng: Random) -> tuple[str, bytes]:
    if method == "GET":
        return "", b""
    if rng.random() < 0.75:
        return FORM, urlencoded(form)
    return odd_body(form, rng)


def _odd_headers(rng: Random) -> dict[str, str]:
    if rng.random() < 0.7:
        return {}
    names = rng.sample(sorted(HEADERS), k=rng.randint(1, 2))
    return {name: rng.choice(HEADERS[name]) for name in names}


def send(request: Request) -> tuple[int, str]:
    """The status and the page that a server would send back; what it did is undone."""
    environ: dict[str, Any] = {
        "REQUEST_METHOD": request.method,
        "PATH_INFO": request.path.encode(errors="surrogatepass").decode("latin-1"),
        "QUERY_STRING": request.query,
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.input": BytesIO(request.body),
        **request.headers,
    }
    setup_testing_defaults(environ)
    statuses: list[int] = []

    def start_response(line: str, *_: Any) -> Any:
        statuses.append(int(line.split(maxsplit=1)[0]))

    with undone():
        response = application(environ, start_response)
        page = b"".join(response)
        response.close()
    return statuses[0], page.decode(errors="replace")


def _keep_the_transaction() -> None:
    """Until it is undone: Django would end the connection between two requests."""
    for moment in (request_started, request_finished):
        moment.disconnect(close_old_connections)


def _listen(faults: Faults) -> None:
    """To what Django says is its own fault; the rest of the log would be thousands of refusals."""
    logging.root.handlers = [logging.NullHandler()]
    logging.getLogger("django.request").addHandler(faults)


def _read_forms(targets: list[Target], visitors: Visitors) -> None:
    """What the form of each page sends, and what its links ask for, to those who see most of it."""
    by_name = {target.name: target for target in targets}
    for target in targets:
        if target.route.endswith(".pdf"):
            continue
        for rol in (SUPERUSER,) if target.name.startswith(ADMIN) else WHO_SEE_ALL:
            asked = Request(0, rol, "GET", target.path(), "", b"", visitors.headers(rol))
            status, page = send(asked)
            if status != HTTPStatus.OK:
                continue
            for name, asks in asked_in(page, target.path()):
                by_name[name].asks += [one for one in asks if one not in by_name[name].asks]
            if "<form" in page:
                target.form |= whole_form(page)
                target.buttons += BUTTON.findall(page)
        target.form.pop(TOKEN, None)
