"""A routekaart that was fixed, for the stories about what comes after that."""

import json
import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from dossiers.mensen.models import User
from dossiers.models import Dossier
from preventieplan.bestuur.domain.links import make_link
from preventieplan.bestuur.domain.vaststellen import sha256_of
from preventieplan.bestuur.models import Bestuurslink, VastgesteldeRoutekaart
from preventieplan.bestuur.queries.data import routekaart_data
from preventieplan.routekaart.pages import routekaart_page
from tests.client import Browser

VOORZITTER = "voorzitter@test.be"
SEEN = re.compile(r'name="seen" value="([^"]*)"')
KEY = re.compile(r'name="sleutel" value="([^"]*)"')
CODE = re.compile(r"^\d{6}$", re.MULTILINE)
LINK = re.compile(r"https?://\S+?(/r/\S+)")


def keep(
    dossier: Dossier, *, door: User, vragen: Sequence[str] = (), **more: Any
) -> VastgesteldeRoutekaart:
    """Fix the routekaart of a dossier as it is, with another document and other questions."""
    page = routekaart_page(dossier=dossier, today=timezone.localdate())
    data = json.loads(routekaart_data(dossier, page, op=timezone.localdate()))
    content = json.dumps(data | {"vragen": list(vragen)}).encode()
    document = b"%PDF-1.7 " + content
    return VastgesteldeRoutekaart.objects.create(
        **{
            "school": dossier.school,
            "dossier": dossier,
            "schooljaar": dossier.schooljaar,
            "door": door,
            "bewaren_tot": date(2032, 11, 30),
            "document": document,
            "document_sha256": sha256_of(document),
            "data": content,
            "data_sha256": sha256_of(content),
            **more,
        }
    )


def invite(
    kaart: VastgesteldeRoutekaart, *, door: User, email: str = VOORZITTER, days: int = 14
) -> tuple[Bestuurslink, str]:
    """A link for the voorzitter, and its address."""
    tot = timezone.localdate() + timedelta(days=days)
    link, sleutel = make_link(kaart=kaart, email=email, functie="voorzitter", tot=tot, door=door)
    return link, reverse("bestuur", args=[sleutel])


def prove(browser: Browser, url: str, mailoutbox: list) -> None:
    """Ask for a code and type the one that was mailed."""
    browser.post(f"{url}antwoord/", {"knop": "mail"})
    code = CODE.search(mailoutbox[-1].body)[0]
    response = browser.post(f"{url}antwoord/", {"code": code})
    assert response.status_code == 302, response.text


def answer(browser: Browser, url: str, **given: str) -> Any:
    """Send answers from the page as it is: `answer(browser, url, keuze_1="ja", zin_1="Goed.")`."""
    page = browser.get(f"{url}antwoord/").text
    fields = {name.replace("_", "-"): value for name, value in given.items()}
    return browser.post(f"{url}antwoord/", {"seen": SEEN.search(page)[1], **fields})
