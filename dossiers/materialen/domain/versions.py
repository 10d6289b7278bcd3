"""Versions of a material in the admin: create a concept, edit it and publish it for good."""

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from dossiers.logboek.domain import log
from dossiers.logboek.models import Logregel
from dossiers.materialen.content.blocks import marked_part
from dossiers.materialen.content.difference import Difference, Part, compare
from dossiers.materialen.content.files import Finding, Inhoud
from dossiers.materialen.domain.documents import (
    as_if_published,
    check_document,
    digest_of,
    document_of,
    searchable,
    whole_kop,
)
from dossiers.materialen.domain.loading import follow_newest
from dossiers.materialen.domain.references import check_references, has_references, known_in
from dossiers.materialen.models import Materiaal, Materiaalversie
from dossiers.materialen.registry import contents, soort_of
from dossiers.mensen.models import User

CONCEPT, GEPUBLICEERD = Materiaalversie.Status.CONCEPT, Materiaalversie.Status.GEPUBLICEERD
NIET_NIEUWER = (
    "datum en versie moeten na die van versie {versie} ({datum:%d/%m/%Y}) komen, anders ziet "
    "niemand dat dit de nieuwste is."
)

# For whoever publishes, in the admin and in a PLG.
NA_TE_KIJKEN = "Iemand wijzigde intussen dit concept. Kijk nog even na wat je publiceert."
NU_GEPUBLICEERD = (
    "Versie {versie} is gepubliceerd. Nieuwe dossiers en gesprekken beginnen ermee; lopende "
    "krijgen ze aangeboden."
)


class ConceptBestaat(Exception):
    """The material already has a concept; there is one at a time, to avoid duplicate work."""

    def __init__(self, concept: Materiaalversie) -> None:
        super().__init__(str(concept))
        self.concept = concept


class NietConcept(Exception):
    """The version has been published and can no longer change."""


class NietsGewijzigd(Exception):
    """The concept says what the newest published version says."""


class IntussenGewijzigd(Exception):
    """Somebody edited the concept after it was reviewed."""


class OngeldigConcept(Exception):
    """The concept cannot be published as it is; `findings` has everything that is wrong."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(" ".join(finding.text for finding in findings))
        self.findings = findings


def may_edit(user: User | AnonymousUser) -> bool:
    """Whether a user may edit the content of materials."""
    return isinstance(user, User) and user.is_staff and user.beheert_materialen


def as_published(versie: Materiaalversie) -> Materiaalversie:
    """Give the material of a version the title and head of this version, for a preview.

    Changes the material in memory; do not save it.
    """
    for naam, waarde in whole_kop(versie).items():
        setattr(versie.materiaal, naam, waarde)
    return versie


def difference(*, oud: Materiaalversie, nieuw: Materiaalversie) -> Difference:
    """Compare a version with an older one. A constant number of queries."""
    return compare(parts_in(document_of(oud)), parts_in(document_of(nieuw)))


def parts_in(document: Inhoud) -> list[Part]:
    """All that is compared of a valid document: its head, and the parts of its content."""
    kop = document["materiaal"]
    over = {
        "Titel van het materiaal": kop["titel"],
        "PLG": kop["plg"],
        "Voor wie": ", ".join(kop["doelgroepen"]),
        "Fases": ", ".join(map(str, kop["fases"])),
        "Bron": document["versie"]["bron"],
        "Ook bekend als": ", ".join(kop.get("ook", ())),
        "Alleen voor": ", ".join(kop.get("niveaus", ())),
    }
    # No code in a file has a slash, so these codes are unique.
    head = [Part(f"/{waar}", waar, tekst) for waar, tekst in over.items() if tekst]
    if zin := document.get("waarvoor"):
        head.append(marked_part("/waarvoor", "Waarvoor", zin, ("waarvoor",)))
    return [*head, *contents()[kop["soort"]].parts(document)]


@transaction.atomic
def make_concept(*, versie: Materiaalversie, door: User, today: date) -> Materiaalversie:
    """Create the next version of a material: a concept with the content of a given version.

    today: the date of the concept, unless the newest version has a later one.
    Raises ConceptBestaat when the material already has a concept.
    """
    materiaal = Materiaal.objects.select_for_update().get(pk=versie.materiaal_id)
    if existing := materiaal.versies.filter(status=CONCEPT).first():
        raise ConceptBestaat(existing)
    newest = materiaal.nieuwste or versie
    concept = Materiaalversie.objects.create(
        materiaal=materiaal,
        versie=_next_number(materiaal, max(today.year, int(newest.versie.split(".")[0]))),
        # Never earlier than the newest version, which it follows.
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
    """Load a concept, locked until the end of the transaction.

    Raises NietConcept when it has been published, Materiaalversie.DoesNotExist when it is gone.
    """
    versie = Materiaalversie.objects.select_for_update(of=("self",)).select_related("materiaal")
    held = versie.get(pk=pk)
    if not held.is_concept:
        raise NietConcept
    return held


def note_edited(concept: Materiaalversie) -> None:
    """Update the digest and the search text of a concept after an edit."""
    document = document_of(concept)
    concept.digest, concept.zoektekst = digest_of(document), searchable(document)
    concept.save(update_fields=["digest", "zoektekst"])


def findings_of(concept: Materiaalversie) -> tuple[Finding, ...]:
    """Everything that prevents a concept from being published, by the rules of the file loader.

    In addition, its date and number must come after those of the newest published version.
    """
    document = as_if_published(document_of(concept))
    materiaal = concept.materiaal
    found = list(check_document(document, slug=materiaal.slug, versie=concept.versie))
    if not found and has_references(document):
        found.extend(check_references(document, known_in([document])))
    newest = materiaal.nieuwste
    if newest and not _comes_after(concept, newest):
        wrong = NIET_NIEUWER.format(versie=newest.versie, datum=newest.datum)
        found.append(Finding(("versie", "datum"), wrong))
    return tuple(found)


def is_changed(concept: Materiaalversie) -> bool:
    """Whether anything but its number and date differs from the newest published version."""
    newest = concept.materiaal.nieuwste
    return newest is None or _content_of(concept) != _content_of(newest)


@transaction.atomic
def publish(*, pk: int, digest: str, door: User) -> Materiaalversie:
    """Publish a concept, after which it can no longer change.

    digest: of the concept that the user reviewed.
    Raises NietConcept when it has been published already, IntussenGewijzigd when somebody edited it
    after the review, NietsGewijzigd when there is nothing to publish, and OngeldigConcept with all
    findings when it is invalid.
    """
    concept = hold_concept(pk)
    if concept.digest != digest:
        raise IntussenGewijzigd
    if findings := findings_of(concept):
        raise OngeldigConcept(findings)
    if not is_changed(concept):
        raise NietsGewijzigd
    concept.status = GEPUBLICEERD
    document = document_of(concept)
    concept.digest, concept.zoektekst = digest_of(document), searchable(document)
    concept.save(update_fields=["status", "digest", "zoektekst"])
    follow_newest(concept.materiaal)
    log(door=door, handeling=Logregel.Handeling.VERSIE_GEPUBLICEERD, record=concept)
    return concept


def _content_of(versie: Materiaalversie) -> Inhoud:
    document = document_of(versie)
    return {**document, "versie": document["versie"]["bron"]}


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
