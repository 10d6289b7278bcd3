"""Exported versions can be loaded again unchanged; files and the admin do not interfere."""

from datetime import date
from pathlib import Path
from unicodedata import normalize

import pytest
from django.conf import settings
from hypothesis import HealthCheck, example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from dossiers.materialen.content.export import as_yaml
from dossiers.materialen.content.files import read_document
from dossiers.materialen.domain import versions
from dossiers.materialen.domain.documents import digest_of
from dossiers.materialen.domain.loading import LoadOutcome, load_materialen
from dossiers.materialen.models import Materiaal, Materiaalversie
from dossiers.mensen.models import User
from preventieplan.domain.acties import create_planactie
from preventieplan.models import Checklistvraag, Doelstelling
from tests.dossiers.materialen.beheer import change, make_redacteur, new_row, versie_page
from tests.dossiers.materialen.kleinplan import Materialen, small_plan
from tests.dossiers.materialen.nieuweversie import next_version

pytestmark = pytest.mark.django_db

SLUGS = sorted(path.name for path in settings.MATERIALEN_DIR.iterdir())
VANDAAG = date(2026, 11, 24)


@pytest.fixture
def sofie(db) -> User:
    return make_redacteur()


@pytest.fixture
def redactie(als, sofie):
    return als(sofie)


def forget_all_of(slug: str) -> None:
    """Take a material off the shelf; those that it refers to stay."""
    Materiaalversie.objects.filter(materiaal__slug=slug).delete()
    Materiaal.objects.filter(slug=slug).delete()


def load_text(folder: Path, slug: str, versie: str, text: bytes) -> Materiaalversie:
    path = folder / slug / f"{versie}.yaml"
    path.parent.mkdir(parents=True)
    path.write_bytes(text)
    load_materialen(folder)
    return Materiaalversie.objects.get(materiaal__slug=slug, versie=versie)


# --- export and load -----------------------------------------------------------------------------


@pytest.mark.parametrize("slug", SLUGS)
def test_every_material_comes_back_as_it_went_out(redactie, laad, slug, tmp_path):
    versie = laad(slug)
    digest = versie.digest
    assert digest_of(versions.document_of(versie)) == digest

    response = redactie.get(versie_page(versie, "export"))

    assert response["Content-Disposition"] == f'attachment; filename="{slug}-{versie.versie}.yaml"'
    forget_all_of(slug)
    again = load_text(tmp_path, slug, versie.versie, response.content)
    assert again.digest == digest
    assert again.kop["titel"] == again.materiaal.titel


def test_a_concept_that_was_edited_comes_back_the_same(redactie, laad, sofie, tmp_path):
    concept = versions.make_concept(versie=laad("dialoogdocument"), door=sofie, today=VANDAAG)
    rubriek = concept.onderdelen.first().rubrieken.filter(items__isnull=False).first()
    change(
        redactie,
        rubriek,
        **{
            "items-0-tekst": "Eén regel: met 'tekens' # en \"meer\"\r\n\r\n- en een tweede",
            "items-1-uitleg": "Uitleg 🙂",
            "items-2-DELETE": "on",
        },
    )
    new_row(redactie, rubriek, "items", tekst="2026-01-01", herkomst="bron", volgorde="1")
    change(redactie, concept, titel="Ja", bron="x" * 300)

    concept.refresh_from_db()
    file = redactie.get(versie_page(concept, "export")).content
    forget_all_of("dialoogdocument")

    assert load_text(tmp_path, "dialoogdocument", concept.versie, file).digest == concept.digest


def test_a_file_is_made_to_be_read(redactie, laad):
    versie = laad("preventieplan")
    text = redactie.get(versie_page(versie, "export")).content.decode()

    assert text.startswith("materiaal:\n  slug: preventieplan\n  titel: Preventieplan afwezigheden")
    assert "  doelgroepen: [school, clb]\n  fases: [0, 1, 2, 3]\n  ook: [Preventieplan," in text
    assert f"  datum: {versie.datum}\n" in text
    assert "bron: >-\n" in text
    assert "tekst: |\n" in text
    assert "één" in text
    prose = [line for line in text.splitlines() if "tekst: |" not in line]
    assert not any("\\" in line for line in prose)


TEXT = st.text(
    st.characters(exclude_categories=("Cc", "Cs"), include_characters="\n"), min_size=1
).filter(str.strip)


@given(TEXT)
@example("a: b")
@example("- een")
@example("2026-01-01")
@example("ja\n  ingesprongen\nnee")
@example("# geen commentaar")
@example("true")
@example("w " * 200)
@hypothesis_settings(max_examples=150, suppress_health_check=list(HealthCheck))
def test_any_text_comes_back_as_it_went_out(tmp_path, text):
    path = tmp_path / "tekst.yaml"
    path.write_text(as_yaml({"tekst": text}), encoding="utf-8", newline="")
    one = read_document(path).data
    path.write_text(as_yaml(one), encoding="utf-8", newline="")

    assert read_document(path).data == one
    assert one["tekst"].split() == normalize("NFC", text).split()


# --- deploys and edits in the admin --------------------------------------------------------------


def export_to(materialen: Materialen, versie: Materiaalversie) -> str:
    text = as_yaml(versions.document_of(versie))
    materialen.write(text, f"preventieplan/{versie.versie}.yaml")
    return text


@pytest.fixture
def plan(materialen) -> Materiaalversie:
    materialen.write(small_plan())
    materialen.load()
    return Materiaalversie.objects.get()


@pytest.fixture
def concept(plan, sofie) -> Materiaalversie:
    return versions.make_concept(versie=plan, door=sofie, today=VANDAAG)


def reword(versie: Materiaalversie, tekst: str = "Van de redactie") -> None:
    Checklistvraag.objects.filter(doelstelling__versie=versie, code="f0-1-v01").update(tekst=tekst)
    versions.note_edited(versie)


def question(versie: str) -> str:
    return Checklistvraag.objects.get(doelstelling__versie__versie=versie, code="f0-1-v01").tekst


def test_a_deploy_without_that_file_leaves_a_concept_and_what_is_published(
    materialen, concept, plan, sofie
):
    reword(concept)
    assert materialen.load() == [LoadOutcome.UNCHANGED]
    versions.publish(pk=concept.pk, digest=_digest(concept), door=sofie)

    assert materialen.load() == [LoadOutcome.UNCHANGED]
    assert question("2026.2") == "Van de redactie"


def _digest(versie: Materiaalversie) -> str:
    return Materiaalversie.objects.get(pk=versie.pk).digest


def test_a_file_never_writes_over_a_concept_of_the_admin(materialen, concept):
    reword(concept)
    materialen.write_version("2026.2", "2026-12-01", replace={"Hoe doen jullie 0?": "Uit bestand"})

    assert materialen.load() == [LoadOutcome.UNCHANGED, LoadOutcome.KEPT]
    assert question("2026.2") == "Van de redactie"


def test_a_concept_from_a_file_that_was_edited_since_stays(materialen, sofie, redactie):
    materialen.write_version("2026.1")
    materialen.write_version("2026.2", "2026-12-01", replace={"gepubliceerd": "concept"})
    materialen.load()
    concept = Materiaalversie.objects.get(versie="2026.2")
    reword(concept)
    # The next deploy brings the same file, and a later one another.
    assert materialen.load() == [LoadOutcome.UNCHANGED, LoadOutcome.KEPT]
    versions.publish(pk=concept.pk, digest=_digest(concept), door=sofie)
    assert materialen.load() == [LoadOutcome.UNCHANGED, LoadOutcome.KEPT]

    assert question("2026.2") == "Van de redactie"
    assert not Materiaalversie.objects.get(versie="2026.2").is_concept


def test_a_file_cannot_say_something_else_than_what_was_published(materialen, concept, sofie):
    reword(concept)
    versions.publish(pk=concept.pk, digest=_digest(concept), door=sofie)
    materialen.write_version("2026.2", "2026-12-01", replace={"Hoe doen jullie 0?": "Uit bestand"})

    assert materialen.findings() == [
        "preventieplan/2026.2.yaml, regel 9: versie 2026.2 is in het beheer gepubliceerd met een "
        "andere inhoud en verandert niet meer. Zet hier het bestand dat je daar downloadt, en zet "
        "de nieuwe tekst in een nieuw bestand ernaast, met een volgende versie."
    ]
    assert question("2026.2") == "Van de redactie"


def test_the_downloaded_file_stands_in_nobodys_way(materialen, concept, sofie):
    reword(concept)
    export_to(materialen, concept)
    assert materialen.load() == [LoadOutcome.UNCHANGED, LoadOutcome.UNCHANGED]
    published = versions.publish(pk=concept.pk, digest=_digest(concept), door=sofie)

    # The file of the concept is outdated; that of the published version is unchanged.
    assert materialen.load() == [LoadOutcome.UNCHANGED, LoadOutcome.KEPT]
    export_to(materialen, published)
    assert materialen.load() == [LoadOutcome.UNCHANGED, LoadOutcome.UNCHANGED]


def test_the_file_of_a_concept_that_was_published_with_the_same_words_is_old_news(
    materialen, concept, sofie
):
    reword(concept)
    text = as_yaml(versions.document_of(Materiaalversie.objects.get(pk=concept.pk)))
    versions.publish(pk=concept.pk, digest=_digest(concept), door=sofie)
    materialen.write(text, "preventieplan/2026.2.yaml")

    assert materialen.load() == [LoadOutcome.UNCHANGED, LoadOutcome.KEPT]


def test_what_a_school_filled_in_stays_whoever_made_it(materialen, huis, sofie):
    Materiaal.objects.filter(slug="preventieplan").update(slug="ander-plan")
    materialen.write(small_plan())
    materialen.load()
    plan = Materiaalversie.objects.get(materiaal__slug="preventieplan")
    nieuw = next_version(plan, sofie, reword)
    huis.dossier.planversie = nieuw
    huis.dossier.save()
    doel = Doelstelling.objects.get(versie=nieuw, code="f0-1")
    create_planactie(dossier=huis.dossier, doelstelling=doel, wat="Iets", door=huis.team)
    materialen.write_version(nieuw.versie, "2027-12-01")

    assert "is al door scholen ingevuld" in materialen.findings()[0]


def test_a_concept_does_not_name_its_material(materialen):
    titel = "titel: Preventieplan\n"
    materialen.write_version("2026.1")
    materialen.write_version(
        "2026.2", "2026-09-01", replace={titel: "titel: Straks\n", "gepubliceerd": "concept"}
    )
    materialen.load()

    assert Materiaal.objects.get().titel == "Preventieplan"
