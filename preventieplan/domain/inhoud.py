"""The content of a preventieplan: the shape of its file, its rules, and how it is stored."""

from collections.abc import Iterable, Iterator
from typing import Any

from dossiers.domain.bestanden import Finding, Place
from dossiers.domain.materialen import Inhoud, Soort
from dossiers.domain.schema import Schema, block, text
from dossiers.models import Herkomst, Materiaalversie
from preventieplan.models import (
    Antwoord,
    Checklistvraag,
    Doelstelling,
    Fase,
    Inschaling,
    Planactie,
    Trede,
)

HERKOMST: Schema = {"enum": list(Herkomst.values)}
FASE: Schema = {"enum": list(Fase.values)}


def _some(item: Schema) -> Schema:
    return {"type": "array", "minItems": 1, "items": item}


VRAAG = block(
    {
        "code": text(pattern="^f[0-3]-[1-9][0-9]?-v[0-9]{2}$", examples=["f0-1-v01"]),
        "herkomst": HERKOMST,
        "tekst": text(),
    }
)
DOELSTELLING = block(
    {
        "code": text(pattern="^f[0-3]-[1-9][0-9]?$", examples=["f0-1"]),
        "fase": FASE,
        "kort": text(maxLength=40),
        "titel": text(),
        "herkomst": HERKOMST,
        "inleiding": block({"herkomst": HERKOMST, "tekst": text()}),
        "vragen": _some(VRAAG),
    }
)
TREDE = block(
    {
        "fase": FASE,
        "naam": text(maxLength=60),
        "herkomst": HERKOMST,
        "blokken": _some(block({"kop": text(), "woorden": _some(text())})),
    }
)
SCHEMA = block(
    {
        "aanloop": text(),
        "inschaling": text(),
        "focus": text(),
        "routekaart": block({"titel": text(), "doel": text(), "treden": _some(TREDE)}),
        "doelstellingen": _some(DOELSTELLING),
    }
)


def check(inhoud: Inhoud) -> Iterator[Finding]:
    """The rules across items: the codes fit together, and every fase has its goals and trede."""
    doelen = list(_items(inhoud, "doelstellingen"))
    treden = list(_items(inhoud.get("routekaart"), "treden", ("routekaart",)))
    for place, doel in doelen:
        start = f"f{doel.get('fase')}-" if "fase" in doel else ""
        yield from _starts_with((*place, "code"), doel.get("code"), start, "de fase")
        for vraag_place, vraag in _items(doel, "vragen", place):
            start = f"{doel.get('code')}-v" if "code" in doel else ""
            code = vraag.get("code")
            yield from _starts_with((*vraag_place, "code"), code, start, "de doelstelling")
    vragen = [found for place, doel in doelen for found in _items(doel, "vragen", place)]
    yield from _once(((*place, "code"), doel.get("code")) for place, doel in doelen)
    yield from _once(((*place, "code"), vraag.get("code")) for place, vraag in vragen)
    yield from _once(((*place, "fase"), trede.get("fase")) for place, trede in treden)
    yield from _every_fase(doelen, ("doelstellingen",), "heeft geen enkele doelstelling")
    yield from _every_fase(treden, ("routekaart", "treden"), "heeft geen trede op de routekaart")


def store(versie: Materiaalversie, inhoud: Inhoud) -> None:
    """Write the content of a version in place of what it held; nothing may hang on that."""
    routekaart = inhoud["routekaart"]
    versie.teksten = {naam: inhoud[naam] for naam in ("aanloop", "inschaling", "focus")} | {
        "routekaart_titel": routekaart["titel"],
        "routekaart_doel": routekaart["doel"],
    }
    versie.save(update_fields=["teksten"])
    Trede.objects.filter(versie=versie).delete()
    Trede.objects.bulk_create(Trede(versie=versie, **trede) for trede in routekaart["treden"])
    Doelstelling.objects.filter(versie=versie).delete()
    for volgorde, doel in enumerate(inhoud["doelstellingen"], start=1):
        _store_doelstelling(versie, volgorde, doel)


def has_answers(versie: Materiaalversie) -> bool:
    """Whether a school answered, scored or planned anything on a version."""
    return (
        Antwoord.objects.filter(vraag__doelstelling__versie=versie).exists()
        or Inschaling.objects.filter(doelstelling__versie=versie).exists()
        or Planactie.objects.filter(doelstelling__versie=versie).exists()
    )


PREVENTIEPLAN = Soort(
    naam="preventieplan", schema=SCHEMA, check=check, store=store, has_answers=has_answers
)


def _starts_with(place: Place, code: Any, start: str, of: str) -> Iterator[Finding]:
    if isinstance(code, str) and not code.startswith(start):
        yield Finding(place, f"code {code} moet met {start} beginnen, zoals {of}.")


def _once(found: Iterable[tuple[Place, Any]]) -> Iterator[Finding]:
    """Each value stands in only one place; the finding is for the second one."""
    seen = set()
    for place, value in found:
        if str(value) in seen:
            yield Finding(place, f"{place[-1]} {value} bestaat al hierboven: kies een andere.")
        if value is not None:
            seen.add(str(value))


def _every_fase(items: list[tuple[Place, Inhoud]], place: Place, missing: str) -> Iterator[Finding]:
    present = {str(item.get("fase")) for _, item in items}
    for fase in Fase:
        if str(fase.value) not in present:
            yield Finding(place, f"fase {fase.value} ({fase.label}) {missing}: vul aan.")


def _items(parent: Any, key: str, place: Place = ()) -> Iterator[tuple[Place, Inhoud]]:
    """The blocks of a list with their place; what is no block, the schema already named."""
    found = parent.get(key) if isinstance(parent, dict) else None
    for index, item in enumerate(found if isinstance(found, list) else []):
        if isinstance(item, dict):
            yield (*place, key, index), item


def _store_doelstelling(versie: Materiaalversie, volgorde: int, doel: Inhoud) -> None:
    doelstelling = Doelstelling.objects.create(
        versie=versie,
        volgorde=volgorde,
        inleiding=doel["inleiding"]["tekst"],
        inleiding_herkomst=doel["inleiding"]["herkomst"],
        **{naam: doel[naam] for naam in ("code", "fase", "kort", "titel", "herkomst")},
    )
    Checklistvraag.objects.bulk_create(
        Checklistvraag(doelstelling=doelstelling, volgorde=nummer, **vraag)
        for nummer, vraag in enumerate(doel["vragen"], start=1)
    )
