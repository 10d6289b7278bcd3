"""The content of a fiche: the schema of its file, its rules, and how it is stored and read."""

from collections.abc import Iterator

from dialoogfiches.domain.codes import RESERVED_CODES
from dialoogfiches.models import (
    Actiewerk,
    Item,
    Onderdeel,
    Rubriek,
    Rubrieksoort,
)
from dossiers.materialen.content.blocks import (
    ACHTER_EEN_PUNT,
    GEMERKT,
    HERKOMST,
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
from dossiers.materialen.content.schema import block, optional, text
from dossiers.materialen.models import Doelgroep, Fase, Materiaalversie, Vorm

CODE = "^[a-z0-9]+(-[a-z0-9]+)*$"
# The vormen that a fiche can have.
VORMEN = [vorm.value for vorm in Vorm if vorm != Vorm.PREVENTIEPLAN]
# The maximum number of stations that fit in the road drawing.
MAX_STATIONS = 9
# Everybody with access to a dossier can read its talks, so they cannot be for the CLB only.
VAN_ALLEN = (
    "een gesprek voeren school en CLB samen, en de school leest het: zet bij doelgroepen ook "
    "school of leerkracht."
)


ITEM = optional(
    block(
        {
            "code": text(pattern=CODE, maxLength=60, examples=["breed-kijken-r01"]),
            "herkomst": HERKOMST,
            "tekst": text(),
        }
    ),
    ACHTER_EEN_PUNT,
)
RUBRIEK = optional(
    block({"soort": {"enum": list(Rubrieksoort.values)}, "herkomst": HERKOMST}),
    {
        "fiche": text(maxLength=40),
        "kop": text(maxLength=120),
        "tekst": text(),
        "items": some(ITEM),
    },
)
ONDERDEEL = optional(
    block(
        {
            "code": text(pattern=CODE, maxLength=30, examples=["breed-kijken"]),
            "titel": text(maxLength=120),
            "kort": text(maxLength=24),
            "herkomst": HERKOMST,
            "stap": {"type": "boolean"},
            "rubrieken": some(RUBRIEK),
        }
    ),
    {
        "fase": {"enum": list(Fase.values)},
        "acties": {"enum": list(Actiewerk.values)},
        "toont": TOONT,
    },
)
SCHEMA = optional(
    block(
        {
            "vorm": {"enum": VORMEN},
            "onderdeelnaam": {"enum": ["fase", "thema", "moment", "fiche", "stap", "vraag"]},
            "inleiding": GEMERKT,
            "onderdelen": some(ONDERDEEL),
        }
    ),
    {
        "begeleidt": text(pattern=CODE, maxLength=50, examples=["dialoogdocument"]),
        "woorden": {"type": "object", "additionalProperties": GEMERKT},
    },
)
# The keys of `Materiaalversie.teksten`, in the order of the content file.
TEKSTEN = ("onderdeelnaam", "inleiding", "woorden")
# The fixed texts that are required by the pages of each vorm.
WOORDEN = {
    Vorm.BEVRAGING: ("privacy", "dank", "antwoordde_al", "gesloten"),
    Vorm.OUDERS: (
        *("raam_groter", "raam_kleiner", "boven_raam", "in_raam", "onder_raam"),
        *("focus", "focus_nu", "focus_later", "pseudoniem", "thuistaal", "school_mag_weten"),
    ),
}
BEVRAGINGSOORTEN = {
    Rubrieksoort.HOOFD,
    Rubrieksoort.KEUZE,
    Rubrieksoort.JA,
    Rubrieksoort.NEE,
}


def vorm_of(inhoud: Inhoud) -> Vorm:
    return Vorm(inhoud["vorm"])


def check(inhoud: Inhoud) -> Iterator[Finding]:
    """Check the rules that span items: codes match, and the content has what its vorm requires."""
    onderdelen = list(items(inhoud, "onderdelen"))
    rubrieken = [
        found for place, onderdeel in onderdelen for found in items(onderdeel, "rubrieken", place)
    ]
    punten = [found for place, rubriek in rubrieken for found in items(rubriek, "items", place)]
    for place, onderdeel in onderdelen:
        yield from _codes_start_alike(place, onderdeel)
        if onderdeel.get("code") in RESERVED_CODES:
            yield Finding(
                (*place, "code"), f"code {onderdeel['code']} kan hier niet: kies een andere."
            )
    for place, rubriek in rubrieken:
        if not rubriek.get("items") and not rubriek.get("tekst"):
            yield Finding(place, "deze rubriek is leeg: geef ze een tekst of items.")
    yield from once(((*place, "code"), part.get("code")) for place, part in onderdelen)
    yield from once(((*place, "code"), part.get("code")) for place, part in punten)
    yield from _check_vorm(inhoud, onderdelen, rubrieken)


def store(versie: Materiaalversie, inhoud: Inhoud) -> None:
    """Replace the content of a version; no record may refer to the content that it had."""
    versie.vorm, versie.begeleidt = inhoud["vorm"], inhoud.get("begeleidt", "")
    versie.teksten = {key: inhoud[key] for key in TEKSTEN if key in inhoud}
    versie.save(update_fields=["vorm", "begeleidt", "teksten"])
    Onderdeel.objects.filter(versie=versie).delete()
    for volgorde, onderdeel in enumerate(inhoud["onderdelen"], start=1):
        _store_onderdeel(versie, volgorde, onderdeel)


def read(versie: Materiaalversie) -> Inhoud:
    """The content of a version in the form of a content file: the inverse of `store`."""
    onderdelen = versie.onderdelen.prefetch_related("rubrieken__items")
    return {
        "vorm": versie.vorm,
        **({"begeleidt": versie.begeleidt} if versie.begeleidt else {}),
        **{key: versie.teksten[key] for key in TEKSTEN if key in versie.teksten},
        "onderdelen": [_read_onderdeel(onderdeel) for onderdeel in onderdelen],
    }


def _codes_start_alike(place: Place, onderdeel: Inhoud) -> Iterator[Finding]:
    code = onderdeel.get("code")
    for rubriek_place, rubriek in items(onderdeel, "rubrieken", place):
        for item_place, item in items(rubriek, "items", rubriek_place):
            found = item.get("code")
            if code and isinstance(found, str) and not found.startswith(f"{code}-"):
                wrong = f"code {found} moet met {code}- beginnen, zoals het onderdeel."
                yield Finding((*item_place, "code"), wrong)


def _check_vorm(
    inhoud: Inhoud, onderdelen: list[tuple[Place, Inhoud]], rubrieken: list[tuple[Place, Inhoud]]
) -> Iterator[Finding]:
    vorm = inhoud.get("vorm")
    woorden = inhoud.get("woorden")
    present = woorden if isinstance(woorden, dict) else {}
    for naam in WOORDEN.get(vorm, ()) if isinstance(vorm, str) else ():  # type: ignore[call-overload]
        if naam not in present:
            yield Finding(("woorden",), f'"{naam}" ontbreekt in woorden: {vorm} heeft die nodig.')
    head = inhoud.get("materiaal")
    if (
        vorm == Vorm.GESPREK
        and isinstance(head, dict)
        and head.get("doelgroepen") == [Doelgroep.CLB]
    ):
        yield Finding(("materiaal", "doelgroepen"), VAN_ALLEN)
    stappen = [onderdeel for _, onderdeel in onderdelen if onderdeel.get("stap") is True]
    if vorm in (Vorm.GESPREK, Vorm.OUDERS, Vorm.FLOW) and not stappen:
        wrong = "geen enkel onderdeel is een stap: zet ergens stap: true."
        yield Finding(("onderdelen",), wrong)
    if vorm == Vorm.FLOW and len(stappen) > MAX_STATIONS:
        wrong = f"een flow heeft hoogstens {MAX_STATIONS} stappen, en dit zijn er {len(stappen)}."
        yield Finding(("onderdelen",), wrong)
    for place, rubriek in rubrieken:
        if (rubriek.get("soort") in BEVRAGINGSOORTEN) != (vorm == Vorm.BEVRAGING):
            wrong = f"soort {rubriek.get('soort')} past niet bij vorm {vorm}: kies een andere."
            yield Finding((*place, "soort"), wrong)
    if vorm == Vorm.BEVRAGING:
        yield from _check_bevraging(onderdelen, rubrieken)


def _check_bevraging(
    onderdelen: list[tuple[Place, Inhoud]], rubrieken: list[tuple[Place, Inhoud]]
) -> Iterator[Finding]:
    """A survey is one part: a single question with ja or nee, and follow-up questions for each."""
    if len(onderdelen) != 1:
        yield Finding(("onderdelen",), "een bevraging heeft precies één onderdeel.")
    keuzes = [rubriek for _, rubriek in rubrieken if rubriek.get("soort") == Rubrieksoort.KEUZE]
    if len(keuzes) != 1 or len(keuzes[0].get("items") or []) != 1:
        wrong = "een bevraging heeft precies één rubriek keuze, met één vraag."
        yield Finding(("onderdelen",), wrong)
    for soort in (Rubrieksoort.JA, Rubrieksoort.NEE):
        if not any(rubriek.get("soort") == soort for _, rubriek in rubrieken):
            yield Finding(("onderdelen",), f"er is geen enkele vraag na {soort}: vul aan.")


def _store_onderdeel(versie: Materiaalversie, volgorde: int, onderdeel: Inhoud) -> None:
    fields = {key: value for key, value in onderdeel.items() if key != "rubrieken"}
    fields["toont"] = toont_field(onderdeel)
    stored = Onderdeel.objects.create(versie=versie, volgorde=volgorde, **fields)
    for nummer, rubriek in enumerate(onderdeel["rubrieken"], start=1):
        fields = {key: value for key, value in rubriek.items() if key != "items"}
        parent = Rubriek.objects.create(onderdeel=stored, volgorde=nummer, **fields)
        Item.objects.bulk_create(
            Item(versie=versie, rubriek=parent, volgorde=plaats, **punt_fields(item))
            for plaats, item in enumerate(rubriek.get("items", ()), start=1)
        )


def _read_onderdeel(onderdeel: Onderdeel) -> Inhoud:
    fields = ("code", "titel", "kort", "herkomst", "stap")
    inhoud: Inhoud = {field: getattr(onderdeel, field) for field in fields}
    if onderdeel.fase is not None:
        inhoud["fase"] = onderdeel.fase
    if onderdeel.acties:
        inhoud["acties"] = onderdeel.acties
    inhoud |= read_toont(onderdeel.toont)
    return inhoud | {"rubrieken": [_read_rubriek(rubriek) for rubriek in onderdeel.rubrieken.all()]}


def _read_rubriek(rubriek: Rubriek) -> Inhoud:
    fields = ("soort", "fiche", "kop", "herkomst", "tekst")
    inhoud: Inhoud = {key: getattr(rubriek, key) for key in fields if getattr(rubriek, key)}
    if punten := [read_punt(item) for item in rubriek.items.all()]:
        inhoud["items"] = punten
    return inhoud
