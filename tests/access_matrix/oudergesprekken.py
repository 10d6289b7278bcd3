"""Only the CLB of the school has access; Marie (medewerker) is the author, An sees nothing."""

from uuid import uuid4

from dialoogfiches.oudergesprekken.domain.oudergesprekken import (
    release_text,
    share,
    start_oudergesprek,
)
from dossiers.velden.domain.saving import save_veld
from tests.access_matrix import Row
from tests.conftest import Huis, load_material, make_user

# The column order is that of ROLES.
CLB = "302 404  404 404 200 200  404 404 404 404"
CLB_WRITE = "403 404  404 404 302 302  404 404 404 404"
CLB_SEND = "403 404  404 404 200 200  404 404 404 404"
AUTHOR = "302 404  404 404 200 404  404 404 404 404"
AUTHOR_WRITE = "403 404  404 404 302 404  404 404 404 404"
# What nobody can open any more: only an ankerfiguur, who sees no more than their number.
LEFT_BEHIND = "302 404  404 404 403 200  404 404 404 404"
LEFT_BEHIND_WRITE = "403 404  404 404 403 302  404 404 404 404"
# Writers of the dossier can read a released text; for the board it does not exist.
WITHDRAW_PAGE = "302 404  404 403 200 200  404 404 404 404"
WITHDRAW = "403 404  404 403 302 302  404 404 404 404"

VELD = {"oudergesprek-dit-focus_nu": "samen naar de bus", "oudergesprek-dit-focus_nu_basis": "0"}

ROWS: list[Row] = [
    Row("get", "oudergesprekken", CLB),
    Row("get", "oudergesprek-nieuw", CLB),
    Row("post", "oudergesprek-nieuw", CLB_WRITE, {"pseudoniem": "Ster"}),
    Row("get", "oudergesprek-zonder-bewaren", CLB),
    Row("post", "oudergesprek-zonder-bewaren", CLB_SEND, VELD),
    Row("get", "oudergesprek-blanco", CLB),
    Row("get", "oudergesprek", AUTHOR),
    Row("post", "oudergesprek", AUTHOR_WRITE, VELD),
    Row("get", "oudergesprek-pdf", AUTHOR),
    Row("get", "oudergesprek-historiek", AUTHOR),
    Row("post", "oudergesprek-historiek", AUTHOR_WRITE, {"revisie": "1", "basis": "1"}),
    Row("get", "oudergesprek-delen", AUTHOR),
    # Not the key of a user: the page is shown again with an error.
    Row("post", "oudergesprek-delen", "403 404  404 404 422 404  404 404 404 404", {"met": "x"}),
    Row("get", "oudergesprek-vrijgeven", AUTHOR),
    Row("post", "oudergesprek-vrijgeven", AUTHOR_WRITE, {"knop": "tekst", "revisie": "1"}),
    Row("get", "oudergesprek-wissen", AUTHOR),
    Row("post", "oudergesprek-wissen", AUTHOR_WRITE),
    Row("get", "oudergesprekken-achtergebleven", LEFT_BEHIND),
    Row("post", "oudergesprekken-achtergebleven", LEFT_BEHIND_WRITE, {"aantal": "1"}),
    # Of schools that went to another CLB: each CLB has its own, and here nobody has any.
    Row("get", "oudergesprekken-gebleven", "302 404  404 404 200 200  404 404 200 200"),
    Row("get", "vrijgave-intrekken", WITHDRAW_PAGE),
    Row("post", "vrijgave-intrekken", WITHDRAW),
]


def args(huis: Huis) -> dict[str, list]:
    gesprek = start_oudergesprek(
        dossier=huis.dossier,
        versie=load_material("dialoogdocument-ouders"),
        pseudoniem="Kolibrie",
        datum=None,
        sleutel=uuid4(),
        door=huis.medewerker,
    )
    save_veld(
        record=gesprek,
        veld="school_mag_weten",
        waarde="Graag onthaal.",
        basis=0,
        door=huis.medewerker,
    )
    vrijgave = release_text(oudergesprek=gesprek, revisie=1, door=huis.medewerker)
    # Sharing with somebody outside the CLB grants nothing; access is checked at each request.
    for user in (huis.team, huis.lezer, make_user("Petra")):
        share(oudergesprek=gesprek, met=user, door=huis.medewerker)
    dossier, talk = [huis.dossier.pk], [gesprek.pk]
    return {
        "oudergesprekken": dossier,
        "oudergesprek-nieuw": dossier,
        "oudergesprek-zonder-bewaren": dossier,
        "oudergesprekken-achtergebleven": dossier,
        "oudergesprek-blanco": dossier,
        "oudergesprek": talk,
        "oudergesprek-pdf": talk,
        "oudergesprek-historiek": [gesprek.pk, "oudergesprek-dit-pseudoniem"],
        "oudergesprek-delen": talk,
        "oudergesprek-vrijgeven": talk,
        "oudergesprek-wissen": talk,
        "oudergesprekken-gebleven": [],
        "vrijgave-intrekken": [vrijgave.pk],
    }
