"""The content of a preventieplan: the schema and rules of its file, and how it is stored."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Model

from dossiers.materialen.content.blocks import (
    ACHTER_EEN_PUNT,
    GEMERKT,
    HERKOMST,
    SOME_NIVEAUS,
    TOONT,
    items,
    once,
    punt_fields,
    read_punt,
    read_toont,
    some,
    toont_field,
)
from dossiers.materialen.content.files import Finding, Inhoud, Place
from dossiers.materialen.content.schema import Schema, block, optional, text
from dossiers.materialen.models import Fase, Materiaalversie
from preventieplan.models import Checklistvraag, Doelstelling, Trede

FASE: Schema = {"enum": list(Fase.values)}


VRAAG = optional(
    block(
        {
            "code": text(pattern="^f[0-3]-[1-9][0-9]?-v[0-9]{2}$", examples=["f0-1-v01"]),
            "herkomst": HERKOMST,
            "tekst": text(),
        }
    ),
    {**ACHTER_EEN_PUNT, "niveaus": SOME_NIVEAUS},
)
DOELSTELLING = optional(
    block(
        {
            "code": text(pattern="^f[0-3]-[1-9][0-9]?$", examples=["f0-1"]),
            "fase": FASE,
            "kort": text(maxLength=40),
            "titel": text(),
            "herkomst": HERKOMST,
            "inleiding": GEMERKT,
            "vragen": some(VRAAG),
        }
    ),
    {"toont": TOONT},
)
TREDE = block(
    {
        "fase": FASE,
        "naam": text(maxLength=60),
        "herkomst": HERKOMST,
        "blokken": some(block({"kop": text(), "woorden": some(text())})),
    }
)
SCHEMA = optional(
    block(
        {
            "aanloop": text(),
            "inschaling": text(),
            "focus": text(),
            "routekaart": block({"titel": text(), "doel": text(), "treden": some(TREDE)}),
            "doelstellingen": some(DOELSTELLING),
        }
    ),
    # Of the plan as a whole.
    {"inleiding": GEMERKT},
)
# The keys of `Materiaalversie.teksten` that are those of the file.
TEKSTEN = ("inleiding", "aanloop", "inschaling", "focus")


def check(inhoud: Inhoud) -> Iterator[Finding]:
    """Check the rules across items: codes match their parent, and every fase has goals and a trede.

    Also accepts documents of the wrong shape, and skips what it cannot read.
    """
    doelen = list(items(inhoud, "doelstellingen"))
    treden = list(items(inhoud.get("routekaart"), "treden", ("routekaart",)))
    for place, doel in doelen:
        start = f"f{doel.get('fase')}-" if "fase" in doel else ""
        yield from _starts_with((*place, "code"), doel.get("code"), start, "de fase")
        for vraag_place, vraag in items(doel, "vragen", place):
            start = f"{doel.get('code')}-v" if "code" in doel else ""
            code = vraag.get("code")
            yield from _starts_with((*vraag_place, "code"), code, start, "de doelstelling")
    vragen = [found for place, doel in doelen for found in items(doel, "vragen", place)]
    yield from once(((*place, "code"), doel.get("code")) for place, doel in doelen)
    yield from once(((*place, "code"), vraag.get("code")) for place, vraag in vragen)
    yield from once(((*place, "fase"), trede.get("fase")) for place, trede in treden)
    yield from _every_fase(doelen, ("doelstellingen",), "heeft geen enkele doelstelling")
    yield from _every_fase(treden, ("routekaart", "treden"), "heeft geen trede op de routekaart")


def store(versie: Materiaalversie, inhoud: Inhoud) -> None:
    """Replace the content of a version, which must not have any answers yet."""
    routekaart = inhoud["routekaart"]
    versie.teksten = {naam: inhoud[naam] for naam in TEKSTEN if naam in inhoud} | {
        "routekaart_titel": routekaart["titel"],
        "routekaart_doel": routekaart["doel"],
    }
    versie.save(update_fields=["teksten"])
    Trede.objects.filter(versie=versie).delete()
    Trede.objects.bulk_create(Trede(versie=versie, **trede) for trede in routekaart["treden"])
    Doelstelling.objects.filter(versie=versie).delete()
    for volgorde, doel in enumerate(inhoud["doelstellingen"], start=1):
        _store_doelstelling(versie, volgorde, doel)


def read(versie: Materiaalversie) -> Inhoud:
    """Read the content of a version as a document without its head: the reverse of `store`."""
    teksten = versie.teksten
    treden = Trede.objects.filter(versie=versie)
    doelstellingen = Doelstelling.objects.filter(versie=versie).prefetch_related("vragen")
    return {naam: teksten[naam] for naam in TEKSTEN if naam in teksten} | {
        "routekaart": {
            "titel": teksten["routekaart_titel"],
            "doel": teksten["routekaart_doel"],
            "treden": [_fields(trede, "fase", "naam", "herkomst", "blokken") for trede in treden],
        },
        # In the order of the file, which is not always the order of the phases.
        "doelstellingen": [
            _read_doelstelling(doel) for doel in doelstellingen.order_by("volgorde")
        ],
    }


def _starts_with(place: Place, code: Any, start: str, of: str) -> Iterator[Finding]:
    if isinstance(code, str) and not code.startswith(start):
        yield Finding(place, f"code {code} moet met {start} beginnen, zoals {of}.")


def _every_fase(items: list[tuple[Place, Inhoud]], place: Place, missing: str) -> Iterator[Finding]:
    present = {str(item.get("fase")) for _, item in items}
    for fase in Fase:
        if str(fase.value) not in present:
            yield Finding(place, f"fase {fase.value} ({fase.label}) {missing}: vul aan.")


def _fields(record: Model, *names: str) -> Inhoud:
    return {name: getattr(record, name) for name in names}


def _read_doelstelling(doel: Doelstelling) -> Inhoud:
    return {
        **_fields(doel, "code", "fase", "kort", "titel", "herkomst"),
        "inleiding": {"herkomst": doel.inleiding_herkomst, "tekst": doel.inleiding},
        **read_toont(doel.toont),
        "vragen": [_read_vraag(vraag) for vraag in doel.vragen.all()],
    }


def _read_vraag(vraag: Checklistvraag) -> Inhoud:
    niveaus = {"niveaus": vraag.niveaus.split()} if vraag.niveaus else {}
    return {**read_punt(vraag), **niveaus}


def _store_doelstelling(versie: Materiaalversie, volgorde: int, doel: Inhoud) -> None:
    doelstelling = Doelstelling.objects.create(
        versie=versie,
        volgorde=volgorde,
        inleiding=doel["inleiding"]["tekst"],
        inleiding_herkomst=doel["inleiding"]["herkomst"],
        toont=toont_field(doel),
        **{naam: doel[naam] for naam in ("code", "fase", "kort", "titel", "herkomst")},
    )
    Checklistvraag.objects.bulk_create(
        Checklistvraag(
            doelstelling=doelstelling,
            volgorde=nummer,
            niveaus=" ".join(vraag.get("niveaus", ())),
            **punt_fields(vraag),
        )
        for nummer, vraag in enumerate(doel["vragen"], start=1)
    )
