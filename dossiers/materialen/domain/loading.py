"""Loads the content files of the materials: all files are checked, then all or none are loaded.

The path of a file is `<slug>/<versie>.yaml`. Its head (`materiaal`, `versie` and optionally
`waarvoor`) is the same for every material; the rest depends on its soort (`registry.py`).
"""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from django.db import transaction

from dossiers.materialen.content.files import (
    Document,
    Finding,
    Inhoud,
    OnleesbaarBestand,
    read_document,
)
from dossiers.materialen.domain.documents import (
    as_if_published,
    check_document,
    digest_of,
    kop_of,
    searchable,
    whole_kop,
)
from dossiers.materialen.domain.references import check_references, has_references, known_in
from dossiers.materialen.models import Materiaal, Materiaalversie
from dossiers.materialen.registry import Content, contents, has_answers


class OngeldigeMaterialen(Exception):
    """Nothing was loaded; `findings` has a Dutch sentence for each problem, with file and line."""

    def __init__(self, findings: list[str]) -> None:
        super().__init__("\n".join(findings))
        self.findings = findings


class LoadOutcome(StrEnum):
    """What happened to a file. The values are printed to the operator."""

    NEW = "nieuw"
    UNCHANGED = "ongewijzigd"
    REPLACED = "vervangen"
    KEPT = "blijft zoals het in het beheer staat"


@dataclass(frozen=True)
class LoadedFile:
    """The outcome of loading one file."""

    slug: str
    versie: str
    outcome: LoadOutcome


@dataclass
class _ContentFile:
    name: str
    content: Content
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
        return _sentence(self.name, self.document.line_of(finding.place), finding.text)


INGEVULD = (
    "versie {versie} is al door scholen ingevuld en verandert niet meer. Zet dit bestand terug "
    "zoals het was, en zet de nieuwe tekst in een nieuw bestand ernaast, met een volgende versie."
)
GEPUBLICEERD_IN_BEHEER = (
    "versie {versie} is in het beheer gepubliceerd met een andere inhoud en verandert niet meer. "
    "Zet hier het bestand dat je daar downloadt, en zet de nieuwe tekst in een nieuw bestand "
    "ernaast, met een volgende versie."
)


def load_materialen(directory: Path) -> list[LoadedFile]:
    """Load every content file under a directory, or none of them when anything is wrong.

    A file that did not change is skipped. A version that schools filled in never changes: a better
    text goes into a new file, for the next version. Work done in the admin since the file was
    loaded is never overwritten: a concept is kept as it is, and a file that contradicts a version
    published in the admin is refused.
    Raises OngeldigeMaterialen with the findings of all files.
    """
    files = _read_all(directory)
    with transaction.atomic():
        loaded = [(file, _loaded(file)) for file in files]
        if refused := [found for one in loaded if (found := _refusal(*one))]:
            raise OngeldigeMaterialen(refused)
        return [_load(file, versie) for file, versie in loaded]


def _read_all(directory: Path) -> list[_ContentFile]:
    paths = sorted(directory.rglob("*.y*ml"))
    if not paths:
        raise OngeldigeMaterialen([f"In {directory} staat geen enkel materiaal."])
    findings: list[str] = []
    files = [file for path in paths if (file := _read(path, directory, findings))]
    findings += _changes_of_soort(files)
    if not findings:
        findings += _wrong_references(files)
    if findings:
        raise OngeldigeMaterialen(findings)
    return files


def _read(path: Path, directory: Path, findings: list[str]) -> _ContentFile | None:
    """Read and check one file; append what is wrong to `findings`, in line order."""
    name = path.relative_to(directory).as_posix()
    if path.suffix != ".yaml" or path.parent.parent != directory:
        findings.append(_sentence(name, 1, "een materiaal hoort in <slug>/<versie>.yaml."))
        return None
    try:
        document = read_document(path)
    except OnleesbaarBestand as error:
        findings.append(_sentence(name, error.line, error.text))
        return None
    wrong = document.findings + [
        (document.line_of(finding.place), finding.text)
        for finding in check_document(document.data, slug=path.parent.name, versie=path.stem)
    ]
    findings += [_sentence(name, line, found) for line, found in sorted(wrong)]
    if wrong:
        return None
    content = contents()[document.data["materiaal"]["soort"]]
    return _ContentFile(name, content, document.data, document)


def _changes_of_soort(files: list[_ContentFile]) -> Iterator[str]:
    """Find files that change the soort of a material, on which its older versions depend."""
    soorten = dict(Materiaal.objects.values_list("slug", "soort"))
    for file in files:
        soort = soorten.setdefault(file.slug, file.content.soort)
        if soort != file.content.soort:
            wrong = f'soort moet "{soort}" blijven, zoals in de andere versies.'
            yield file.sentence(Finding(("materiaal", "soort"), wrong))


def _wrong_references(files: list[_ContentFile]) -> Iterator[str]:
    """Find what refers to a question, a step or a goal that does not exist."""
    referring = [file for file in files if has_references(file.inhoud)]
    if referring:
        known = known_in(file.inhoud for file in files)
        for file in referring:
            yield from map(file.sentence, check_references(file.inhoud, known))


def _outcome(file: _ContentFile, versie: Materiaalversie | None) -> LoadOutcome:
    """Decide what to do with a file, given the version in the database."""
    if versie is None:
        return LoadOutcome.NEW
    if versie.digest == file.digest:
        return LoadOutcome.UNCHANGED
    if versie.is_beheerd and (
        # The admin edited the content of this very file, or published the concept in this file.
        versie.bestand_digest == file.digest
        or versie.digest == digest_of(as_if_published(file.inhoud))
        or (versie.is_concept and not has_answers(versie))
    ):
        return LoadOutcome.KEPT
    return LoadOutcome.REPLACED


def _refusal(file: _ContentFile, versie: Materiaalversie | None) -> str | None:
    """Say why a file may not replace the loaded version; None when it may."""
    if versie is None or _outcome(file, versie) != LoadOutcome.REPLACED:
        return None
    if has_answers(versie):
        why = INGEVULD
    elif versie.is_beheerd:
        why = GEPUBLICEERD_IN_BEHEER
    else:
        return None
    return file.sentence(Finding(("versie", "versie"), why.format(versie=file.versie)))


def _load(file: _ContentFile, versie: Materiaalversie | None) -> LoadedFile:
    outcome = _outcome(file, versie)
    if outcome in (LoadOutcome.NEW, LoadOutcome.REPLACED):
        _store(file)
    elif versie and outcome == LoadOutcome.UNCHANGED:
        versie.bestand_digest = file.digest
        # A new release may build the search text in another way.
        versie.zoektekst = searchable(file.inhoud)
        versie.save(update_fields=["bestand_digest", "zoektekst"])
    return LoadedFile(file.slug, file.versie, outcome)


def _loaded(file: _ContentFile) -> Materiaalversie | None:
    """Load the version that a file names, locked so that nobody edits it in the admin meanwhile."""
    return (
        Materiaalversie.objects.select_for_update()
        .filter(materiaal__slug=file.slug, versie=file.versie)
        .first()
    )


def _store(file: _ContentFile) -> None:
    head, materiaal = file.inhoud["versie"], file.inhoud["materiaal"]
    versie, _ = Materiaalversie.objects.update_or_create(
        materiaal=Materiaal.objects.get_or_create(slug=file.slug, defaults=materiaal)[0],
        versie=head["versie"],
        defaults={
            **head,
            "vorm": file.content.vorm_of(file.inhoud),
            "content_key": uuid.uuid4(),
            "kop": kop_of(file.inhoud),
            "waarvoor": file.inhoud.get("waarvoor", {}),
            "digest": file.digest,
            "bestand_digest": file.digest,
            "zoektekst": searchable(file.inhoud),
        },
    )
    file.content.store(versie, file.inhoud)
    follow_newest(versie.materiaal)


def follow_newest(materiaal: Materiaal) -> None:
    """Point a material at its newest published version, and copy title and head from it."""
    newest = materiaal.versies.published().newest_first().first()
    if newest is not None:
        Materiaal.objects.filter(pk=materiaal.pk).update(nieuwste=newest, **whole_kop(newest))


def _sentence(name: str, line: int, found: str) -> str:
    return f"{name}, regel {line}: {found}"
