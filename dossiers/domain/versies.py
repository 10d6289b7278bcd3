"""Versions of a material in the admin: a concept is made, edited, and published for ever."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from dossiers.domain.bestanden import Finding
from dossiers.domain.logboek import log
from dossiers.domain.materialen import (
    NEWEST_FIRST,
    Inhoud,
    check_document,
    digest_of,
    name_material,
    published,
    searchable,
    soort_of,
)
from dossiers.domain.wijzigingen import Stuk, Verschil, compare
from dossiers.models import Logregel, Materiaal, Materiaalversie, User

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


@dataclass(frozen=True)
class OngeldigConcept(Exception):
    """A concept that cannot be published as it is, with everything that is wrong."""

    findings: tuple[Finding, ...]


def may_edit(user: User | AnonymousUser) -> bool:
    """Whether an account may change what stands in the materials."""
    return isinstance(user, User) and user.is_staff and user.beheert_materialen


def document_of(versie: Materiaalversie) -> Inhoud:
    """A version as its content file has it: the same document gives the same digest."""
    materiaal, kop = versie.materiaal, versie.kop
    return {
        "materiaal": {
            "slug": materiaal.slug,
            "titel": kop["titel"],
            "plg": kop["plg"],
            "soort": materiaal.soort,
            "doelgroepen": kop["doelgroepen"],
            "fases": kop["fases"],
        },
        "versie": {
            "versie": versie.versie,
            "datum": versie.datum.isoformat(),
            "status": str(versie.status),
            "bron": versie.bron,
        },
        **({"waarvoor": versie.waarvoor} if versie.waarvoor else {}),
        **soort_of(versie).read(versie),
    }


def as_published(versie: Materiaalversie) -> Materiaalversie:
    """The same version, whose material is called as this version does; for a look, not to save."""
    for naam, waarde in versie.kop.items():
        setattr(versie.materiaal, naam, waarde)
    return versie


def newest_published(materiaal: Materiaal) -> Materiaalversie | None:
    """The version of a material that new dossiers and talks begin with."""
    return materiaal.versies.filter(status=GEPUBLICEERD).order_by(*NEWEST_FIRST).first()


def newer_version(versie: Materiaalversie) -> Materiaalversie | None:
    """The newest published version of the same material; None when this is it. One query."""
    newest = (
        Materiaalversie.objects.filter(materiaal=versie.materiaal_id, status=GEPUBLICEERD)
        .select_related("materiaal")
        .order_by(*NEWEST_FIRST)
        .first()
    )
    return None if newest is None or newest.pk == versie.pk else newest


def difference(*, oud: Materiaalversie, nieuw: Materiaalversie) -> Verschil:
    """What a version changes compared with an older one. A constant number of queries."""
    return compare(_stukken(oud), _stukken(nieuw))


@transaction.atomic
def make_concept(*, versie: Materiaalversie, door: User, today: date) -> Materiaalversie:
    """Begin a next version: a concept with the content of a published one.

    Raises ConceptBestaat when the material has a concept already.
    """
    materiaal = Materiaal.objects.select_for_update().get(pk=versie.materiaal_id)
    if existing := materiaal.versies.filter(status=CONCEPT).first():
        raise ConceptBestaat(existing)
    newest = newest_published(materiaal) or versie
    concept = Materiaalversie.objects.create(
        materiaal=materiaal,
        versie=_next_number(materiaal, max(today.year, int(newest.versie.split(".")[0]))),
        # Never before the newest one, which it comes after.
        datum=max(today, newest.datum),
        bron=versie.bron,
        status=CONCEPT,
        kop=versie.kop,
        waarvoor=versie.waarvoor,
        teksten=versie.teksten,
    )
    soort_of(versie).store(concept, document_of(versie))
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
    document = published(document_of(concept))
    materiaal = concept.materiaal
    found = list(check_document(document, slug=materiaal.slug, versie=concept.versie))
    newest = newest_published(materiaal)
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
    name_material(concept.materiaal)
    log(door=door, handeling=Logregel.Handeling.VERSIE_GEPUBLICEERD, record=concept)
    return concept


def _stukken(versie: Materiaalversie) -> list[Stuk]:
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
    head = [Stuk(f"/{waar}", waar, tekst) for waar, tekst in over.items()]
    if zin := versie.waarvoor:
        head.append(Stuk("/waarvoor", "Waarvoor", zin["tekst"], zin["herkomst"]))
    return [*head, *soort_of(versie).stukken(document)]


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
