"""Versions of a material in the admin: a concept is made, edited, and published for ever."""

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from dossiers.logboek.domain import log
from dossiers.logboek.models import Logregel
from dossiers.materialen.content.difference import Difference, Part, compare
from dossiers.materialen.content.files import Finding
from dossiers.materialen.domain.documents import (
    as_if_published,
    check_document,
    digest_of,
    document_of,
    searchable,
)
from dossiers.materialen.domain.loading import follow_newest
from dossiers.materialen.models import Materiaal, Materiaalversie
from dossiers.materialen.registry import soort_of
from dossiers.mensen.models import User

CONCEPT, GEPUBLICEERD = Materiaalversie.Status.CONCEPT, Materiaalversie.Status.GEPUBLICEERD
NIET_NIEUWER = (
    "datum en versie moeten na die van versie {versie} ({datum:%d/%m/%Y}) komen, anders ziet "
    "niemand dat dit de nieuwste is."
)


class ConceptBestaat(Exception):
    """A material has one concept at a time, so that people do not work past each other."""

    def __init__(self, concept: Materiaalversie) -> None:
        super().__init__(str(concept))
        self.concept = concept


class NietConcept(Exception):
    """The version is published by now: it never changes any more."""


class IntussenGewijzigd(Exception):
    """The concept is not the one any more that somebody looked at."""


class OngeldigConcept(Exception):
    """A concept that cannot be published as it is, with everything that is wrong."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(" ".join(finding.text for finding in findings))
        self.findings = findings


def may_edit(user: User | AnonymousUser) -> bool:
    """Whether an account may change what stands in the materials."""
    return isinstance(user, User) and user.is_staff and user.beheert_materialen


def as_published(versie: Materiaalversie) -> Materiaalversie:
    """The same version, whose material is called as this version does; for a look, not to save."""
    for naam, waarde in versie.kop.items():
        setattr(versie.materiaal, naam, waarde)
    return versie


def difference(*, oud: Materiaalversie, nieuw: Materiaalversie) -> Difference:
    """What a version changes compared with an older one. A constant number of queries."""
    return compare(_parts(oud), _parts(nieuw))


@transaction.atomic
def make_concept(*, versie: Materiaalversie, door: User, today: date) -> Materiaalversie:
    """Begin a next version: a concept with the content of a published one.

    Raises ConceptBestaat when the material has a concept already.
    """
    materiaal = Materiaal.objects.select_for_update().get(pk=versie.materiaal_id)
    if existing := materiaal.versies.filter(status=CONCEPT).first():
        raise ConceptBestaat(existing)
    newest = materiaal.nieuwste or versie
    concept = Materiaalversie.objects.create(
        materiaal=materiaal,
        versie=_next_number(materiaal, max(today.year, int(newest.versie.split(".")[0]))),
        # Never before the newest one, which it comes after.
        datum=max(today, newest.datum),
        bron=versie.bron,
        status=CONCEPT,
        vorm=versie.vorm,
        kop=versie.kop,
        waarvoor=versie.waarvoor,
        teksten=versie.teksten,
    )
    soort_of(versie).content.store(concept, document_of(versie))
    note_edited(concept)
    log(door=door, handeling=Logregel.Handeling.VERSIE_GEMAAKT, record=concept)
    return concept


def hold_concept(pk: int) -> Materiaalversie:
    """Load a concept and keep others from changing it up to the end of the transaction.

    Raises NietConcept when it is published by now, Materiaalversie.DoesNotExist when it is gone.
    """
    versie = Materiaalversie.objects.select_for_update(of=("self",)).select_related("materiaal")
    held = versie.get(pk=pk)
    if not held.is_concept:
        raise NietConcept
    return held


def note_edited(concept: Materiaalversie) -> None:
    """Give a concept the digest and the search text of what it holds now."""
    document = document_of(concept)
    concept.digest, concept.zoektekst = digest_of(document), searchable(document)
    concept.save(update_fields=["digest", "zoektekst"])


def findings_of(concept: Materiaalversie) -> tuple[Finding, ...]:
    """Everything that keeps a concept from being published: as the loader of files sees it."""
    document = as_if_published(document_of(concept))
    materiaal = concept.materiaal
    found = list(check_document(document, slug=materiaal.slug, versie=concept.versie))
    newest = materiaal.nieuwste
    if newest and not _comes_after(concept, newest):
        wrong = NIET_NIEUWER.format(versie=newest.versie, datum=newest.datum)
        found.append(Finding(("versie", "datum"), wrong))
    return tuple(found)


@transaction.atomic
def publish(*, pk: int, digest: str, door: User) -> Materiaalversie:
    """Publish a concept; from now on it never changes any more.

    digest: of the concept that the person looked at.
    Raises NietConcept when it was published by now, IntussenGewijzigd when somebody edited it
    since, and OngeldigConcept with all findings when it is not right.
    """
    concept = hold_concept(pk)
    if concept.digest != digest:
        raise IntussenGewijzigd
    if findings := findings_of(concept):
        raise OngeldigConcept(findings)
    concept.status = GEPUBLICEERD
    document = document_of(concept)
    concept.digest, concept.zoektekst = digest_of(document), searchable(document)
    concept.save(update_fields=["status", "digest", "zoektekst"])
    follow_newest(concept.materiaal)
    log(door=door, handeling=Logregel.Handeling.VERSIE_GEPUBLICEERD, record=concept)
    return concept


def _parts(versie: Materiaalversie) -> list[Part]:
    document = document_of(versie)
    kop = document["materiaal"]
    over = {
        "Titel van het materiaal": kop["titel"],
        "PLG": kop["plg"],
        "Voor wie": ", ".join(kop["doelgroepen"]),
        "Fasen": ", ".join(map(str, kop["fases"])),
        "Bron": versie.bron,
    }
    # A stroke stands in no code of a file.
    head = [Part(f"/{waar}", waar, tekst) for waar, tekst in over.items()]
    if zin := versie.waarvoor:
        head.append(Part("/waarvoor", "Waarvoor", zin["tekst"], zin["herkomst"]))
    return [*head, *soort_of(versie).content.parts(document)]


def _next_number(materiaal: Materiaal, year: int) -> str:
    numbers = [
        int(versie.rpartition(".")[2])
        for versie in materiaal.versies.values_list("versie", flat=True)
        if versie.startswith(f"{year}.")
    ]
    return f"{year}.{max(numbers, default=0) + 1}"


def _comes_after(concept: Materiaalversie, newest: Materiaalversie) -> bool:
    def place(versie: Materiaalversie) -> tuple[date, int, str]:
        return versie.datum, len(versie.versie), versie.versie

    return place(concept) > place(newest)
