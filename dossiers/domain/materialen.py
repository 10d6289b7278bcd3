"""Materials: versioned content files, checked as a whole and loaded all or nothing.

A file stands in `<slug>/<versie>.yaml`. Its head (`materiaal`, `versie` and, if it likes,
`waarvoor`) is the same for every material; the rest is up to its soort, which the app that owns the
content registers here.
"""

import hashlib
import json
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models.functions import Length

from dossiers.domain.bestanden import Document, Finding, OnleesbaarBestand, read_document
from dossiers.domain.onderdelen import HERKOMST
from dossiers.domain.schema import Schema, block, check_shape, text
from dossiers.domain.wijzigingen import Stuk
from dossiers.models import Materiaal, Materiaalversie

Inhoud = dict[str, Any]

HEAD: Schema = {
    "type": "object",
    "required": ["materiaal", "versie"],
    "properties": {
        "materiaal": block(
            {
                "slug": text(
                    pattern="^[a-z0-9]+(-[a-z0-9]+)*$", maxLength=50, examples=["preventieplan"]
                ),
                "titel": text(maxLength=120),
                "plg": text(maxLength=60),
                "soort": text(),
                "doelgroepen": {
                    "type": "array",
                    "minItems": 1,
                    "uniqueItems": True,
                    "items": {"enum": ["school", "leerkracht", "ouders", "clb"]},
                },
                "fases": {
                    "type": "array",
                    "minItems": 1,
                    "uniqueItems": True,
                    "items": {"enum": [0, 1, 2, 3]},
                },
            }
        ),
        "versie": block(
            {
                "versie": text(pattern=r"^[0-9]{4}\.[1-9][0-9]{0,3}$", examples=["2026.1"]),
                "datum": text(format="date"),
                "status": {"enum": list(Materiaalversie.Status.values)},
                "bron": text(),
            }
        ),
        "waarvoor": block({"herkomst": HERKOMST, "tekst": text(maxLength=160)}),
    },
}


@dataclass(frozen=True)
class Soort:
    """A kind of material, and all that loading one needs to know about it.

    schema: JSON Schema of the document without its head.
    check: finds what a schema cannot say, such as rules across items; it also gets documents
        whose shape is wrong, and passes over what it cannot read.
    store: writes the content of a version, in place of what the version held.
    read: gives what a version holds as the document has it, without its head; undoes `store`.
    has_answers: whether something that a school filled in hangs on a version.
    stukken: the parts of a document, in its order, by which two versions are compared.
    """

    naam: str
    schema: Schema
    check: Callable[[Inhoud], Iterable[Finding]]
    store: Callable[[Materiaalversie, Inhoud], None]
    read: Callable[[Materiaalversie], Inhoud]
    has_answers: Callable[[Materiaalversie], bool]
    stukken: Callable[[Inhoud], Iterable[Stuk]]


class GeenMateriaal(Exception):
    """No published version of a material is loaded."""

    def __init__(self, slug: str) -> None:
        super().__init__(
            f"Er is nog geen gepubliceerde versie van {slug}. "
            "Laad de materialen met: python manage.py laad_materialen"
        )


class OngeldigeMaterialen(Exception):
    """Nothing was loaded; `findings` has a sentence for everything that stands in the way."""

    def __init__(self, findings: list[str]) -> None:
        super().__init__("\n".join(findings))
        self.findings = findings


class Uitkomst(StrEnum):
    NIEUW = "nieuw"
    ONGEWIJZIGD = "ongewijzigd"
    VERVANGEN = "vervangen"
    BEHEER = "blijft zoals het in het beheer staat"


@dataclass(frozen=True)
class Geladen:
    """What became of one file."""

    slug: str
    versie: str
    uitkomst: Uitkomst


@dataclass
class _Bestand:
    naam: str
    soort: Soort
    inhoud: Inhoud
    document: Document

    @property
    def slug(self) -> str:
        return self.inhoud["materiaal"]["slug"]

    @property
    def versie(self) -> str:
        return self.inhoud["versie"]["versie"]

    @cached_property
    def digest(self) -> str:
        return digest_of(self.inhoud)

    def sentence(self, finding: Finding) -> str:
        return _sentence(self.naam, self.document.line_of(finding.place), finding.text)


# What stands in the head of a file and belongs to a version: see `Materiaalversie.kop`.
KOP = ("titel", "plg", "doelgroepen", "fases")
# The order of versions: 2026.10 is newer than 2026.9.
NEWEST_FIRST = ("-datum", Length("versie").desc(), "-versie")
# What stands in a content file but on no page.
NOT_READ = frozenset(
    ("slug", "soort", "status", "herkomst", "code", "vorm", "onderdeelnaam", "begeleidt", "acties")
)

INGEVULD = (
    "versie {versie} is al door scholen ingevuld en verandert niet meer. Zet dit bestand terug "
    "zoals het was, en zet de nieuwe tekst in een nieuw bestand ernaast, met een volgende versie."
)
GEPUBLICEERD_IN_BEHEER = (
    "versie {versie} is in het beheer gepubliceerd met een andere inhoud en verandert niet meer. "
    "Zet hier het bestand dat je daar downloadt, en zet de nieuwe tekst in een nieuw bestand "
    "ernaast, met een volgende versie."
)
_soorten: dict[str, Soort] = {}


def register(soort: Soort) -> None:
    """Make a kind of material known; an app does this when it is ready."""
    _soorten[soort.naam] = soort


def soort_of(versie: Materiaalversie) -> Soort:
    """The kind of material that a version is of."""
    return _soorten[versie.materiaal.soort]


def latest_published(slug: str) -> Materiaalversie:
    """The newest published version of a material.

    Raises GeenMateriaal when there is none.
    """
    versie = (
        Materiaalversie.objects.filter(
            materiaal__slug=slug, status=Materiaalversie.Status.GEPUBLICEERD
        )
        .order_by(*NEWEST_FIRST)
        .first()
    )
    if versie is None:
        raise GeenMateriaal(slug)
    return versie


def load_materialen(directory: Path) -> list[Geladen]:
    """Load every content file under a directory, or none at all when anything is wrong.

    A file that did not change is left alone. A version that schools filled in keeps its content
    for ever: a better text goes into the file of a next version, which stands beside it. What was
    made or changed in the admin since its file was loaded is never overwritten: a concept stays
    as it is, and of a version that was published there a file cannot say something else.
    Raises OngeldigeMaterialen with all findings of all files.
    """
    bestanden = _read_all(directory)
    with transaction.atomic():
        loaded = [(bestand, _loaded(bestand)) for bestand in bestanden]
        if refused := [found for one in loaded if (found := _refusal(*one))]:
            raise OngeldigeMaterialen(refused)
        return [_load(bestand, versie) for bestand, versie in loaded]


def _read_all(directory: Path) -> list[_Bestand]:
    paths = sorted(directory.rglob("*.y*ml"))
    if not paths:
        raise OngeldigeMaterialen([f"In {directory} staat geen enkel materiaal."])
    findings: list[str] = []
    bestanden = [bestand for path in paths if (bestand := _read(path, directory, findings))]
    findings += _changes_of_soort(bestanden)
    if findings:
        raise OngeldigeMaterialen(findings)
    return bestanden


def _read(path: Path, directory: Path, findings: list[str]) -> _Bestand | None:
    """Read and check one file; what is wrong goes to `findings`, in the order of its lines."""
    naam = path.relative_to(directory).as_posix()
    if path.suffix != ".yaml" or path.parent.parent != directory:
        findings.append(_sentence(naam, 1, "een materiaal hoort in <slug>/<versie>.yaml."))
        return None
    try:
        document = read_document(path)
    except OnleesbaarBestand as error:
        findings.append(_sentence(naam, error.line, error.text))
        return None
    wrong = document.findings + [
        (document.line_of(finding.place), finding.text)
        for finding in check_document(document.data, slug=path.parent.name, versie=path.stem)
    ]
    findings += [_sentence(naam, line, found) for line, found in sorted(wrong)]
    if wrong:
        return None
    soort = _soorten[document.data["materiaal"]["soort"]]
    return _Bestand(naam, soort, document.data, document)


def check_document(data: Any, *, slug: str, versie: str) -> Iterator[Finding]:
    """Everything that is wrong with a document, whose file or record has these names."""
    yield from check_shape(data, HEAD)
    if not isinstance(data, dict):
        return
    yield from _check_name(data, "materiaal", "slug", slug, "de map")
    yield from _check_name(data, "versie", "versie", versie, "het bestand")
    naam = _at(data, "materiaal", "soort")
    soort = _soorten.get(naam) if isinstance(naam, str) else None
    if soort:
        body = {key: value for key, value in data.items() if key not in HEAD["properties"]}
        yield from check_shape(body, soort.schema)
        yield from soort.check(data)
    elif naam:
        known = " of ".join(f'"{soort}"' for soort in _soorten)
        yield Finding(("materiaal", "soort"), f'soort "{naam}" bestaat niet: kies {known}.')


def _check_name(data: Inhoud, part: str, key: str, wanted: str, of: str) -> Iterator[Finding]:
    found = _at(data, part, key)
    if isinstance(found, str) and found != wanted:
        yield Finding((part, key), f'{key} is "{found}", maar {of} heet "{wanted}": kies er één.')


def _at(data: Inhoud, part: str, key: str) -> Any:
    head = data.get(part)
    return head.get(key) if isinstance(head, dict) else None


def _changes_of_soort(bestanden: list[_Bestand]) -> Iterator[str]:
    """A material keeps its soort for ever: the content of an older version hangs on it."""
    soorten = dict(Materiaal.objects.values_list("slug", "soort"))
    for bestand in bestanden:
        soort = soorten.setdefault(bestand.slug, bestand.soort.naam)
        if soort != bestand.soort.naam:
            wrong = f'soort moet "{soort}" blijven, zoals in de andere versies.'
            yield bestand.sentence(Finding(("materiaal", "soort"), wrong))


def _outcome(bestand: _Bestand, versie: Materiaalversie | None) -> Uitkomst:
    """What is to become of a file, beside the version that stands in the database."""
    if versie is None:
        return Uitkomst.NIEUW
    if versie.digest == bestand.digest:
        return Uitkomst.ONGEWIJZIGD
    if versie.is_beheerd and (
        # The admin went on from this very file, or the file is the concept of what was published.
        versie.bestand_digest == bestand.digest
        or versie.digest == digest_of(published(bestand.inhoud))
        or (versie.is_concept and not bestand.soort.has_answers(versie))
    ):
        return Uitkomst.BEHEER
    return Uitkomst.VERVANGEN


def _refusal(bestand: _Bestand, versie: Materiaalversie | None) -> str | None:
    """Why a file may not take the place of what is loaded; None when nothing is in its way."""
    if versie is None or _outcome(bestand, versie) != Uitkomst.VERVANGEN:
        return None
    if bestand.soort.has_answers(versie):
        why = INGEVULD
    elif versie.is_beheerd:
        why = GEPUBLICEERD_IN_BEHEER
    else:
        return None
    return bestand.sentence(Finding(("versie", "versie"), why.format(versie=bestand.versie)))


def _load(bestand: _Bestand, versie: Materiaalversie | None) -> Geladen:
    uitkomst = _outcome(bestand, versie)
    if uitkomst in (Uitkomst.NIEUW, Uitkomst.VERVANGEN):
        _store(bestand)
    elif versie and uitkomst == Uitkomst.ONGEWIJZIGD:
        versie.bestand_digest = bestand.digest
        # A next release can look for it another way.
        versie.zoektekst = searchable(bestand.inhoud)
        versie.save(update_fields=["bestand_digest", "zoektekst"])
    return Geladen(bestand.slug, bestand.versie, uitkomst)


def _loaded(bestand: _Bestand) -> Materiaalversie | None:
    """The version that a file names, held so that nobody edits it in the admin meanwhile."""
    return (
        Materiaalversie.objects.select_for_update()
        .filter(materiaal__slug=bestand.slug, versie=bestand.versie)
        .first()
    )


def _store(bestand: _Bestand) -> None:
    head, materiaal = bestand.inhoud["versie"], bestand.inhoud["materiaal"]
    versie, _ = Materiaalversie.objects.update_or_create(
        materiaal=Materiaal.objects.get_or_create(slug=bestand.slug, defaults=materiaal)[0],
        versie=head["versie"],
        defaults={
            **head,
            "kop": {naam: materiaal[naam] for naam in KOP},
            "waarvoor": bestand.inhoud.get("waarvoor", {}),
            "digest": bestand.digest,
            "bestand_digest": bestand.digest,
            "zoektekst": searchable(bestand.inhoud),
        },
    )
    bestand.soort.store(versie, bestand.inhoud)
    name_material(versie.materiaal)


def name_material(materiaal: Materiaal) -> None:
    """Call a material as its newest published version does."""
    versies = materiaal.versies.filter(status=Materiaalversie.Status.GEPUBLICEERD)
    if newest := versies.order_by(*NEWEST_FIRST).first():
        Materiaal.objects.filter(pk=materiaal.pk).update(**newest.kop)


def published(inhoud: Inhoud) -> Inhoud:
    """The same document with the status of a published version."""
    head = {**inhoud["versie"], "status": Materiaalversie.Status.GEPUBLICEERD.value}
    return {**inhoud, "versie": head}


def digest_of(inhoud: Inhoud) -> str:
    """The digest of a document, whatever the order of its keys."""
    canonical = json.dumps(inhoud, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def plain(text: str) -> str:
    """A text without capitals and accents, so that one finds it whichever way one types it."""
    letters = unicodedata.normalize("NFD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def searchable(inhoud: Inhoud) -> str:
    """Every sentence of a document, as `plain` writes it."""
    sentences = (text for part in inhoud.values() for text in _texts(part))
    return plain("\n".join(sentences))


def _texts(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        # Codes and the like are words for the machine.
        part = [value for key, value in part.items() if key not in NOT_READ]
    if isinstance(part, list):
        for one in part:
            yield from _texts(one)
    elif isinstance(part, str):
        yield part


def _sentence(naam: str, line: int, found: str) -> str:
    return f"{naam}, regel {line}: {found}"
