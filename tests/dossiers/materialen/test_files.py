"""Errors in a content file: each finding gives the line and what is expected there."""

import pytest

from dossiers.materialen.domain.loading import LoadOutcome
from dossiers.materialen.models import Materiaalversie
from preventieplan.models import Doelstelling
from tests.dossiers.materialen.kleinplan import DOEL, TREDE, small_plan

pytestmark = pytest.mark.django_db

OPMAAK = (
    "hier klopt de opmaak niet. Kijk op deze regel en de regel ervoor naar het inspringen, "
    "de dubbele punten en de aanhalingstekens."
)
VERWIJZING = "gebruik geen ankers (&) en verwijzingen (*): schrijf de tekst voluit."
UITROEPTEKEN = "een tekst die met een uitroepteken begint, hoort tussen aanhalingstekens."
OPMERKING = (
    "wat hier na het hekje (#) staat, valt weg. Hoort het bij de tekst? Zet die dan tussen "
    "aanhalingstekens. Is het een opmerking? Zet ze dan op een eigen regel."
)
TE_DIEP = "hier zitten te veel blokken en lijsten in elkaar. Kijk het inspringen en de haken na."
# Original text, replacement (§ marks the line that the finding reports), finding.
BROKEN = {
    "a slip in an enum": (
        "    herkomst: bron\n    inleiding",
        "§    herkomst: bonr\n    inleiding",
        'herkomst moet "bron" of "voorstel" zijn, niet "bonr".',
    ),
    "a missing key": (
        "  - code: f2-1\n    fase: 2\n    kort: Doel 2\n",
        "§  - code: f2-1\n    fase: 2\n",
        '"kort" ontbreekt in doelstellingen (nummer 3).',
    ),
    "an unknown key": (
        "    kort: Doel 2\n",
        "    kort: Doel 2\n§    korte: Nog een\n",
        '"korte" is hier geen bekende sleutel: bedoel je "kort"?',
    ),
    "an unknown key that looks like nothing": (
        "  doel: Schooluitval",
        "§  zzzz: 1\n  doel: Schooluitval",
        '"zzzz" is hier geen bekende sleutel: kies uit "titel", "doel" of "treden".',
    ),
    "an unknown key at the top": (
        "focus: Waar",
        "§fokus: x\nfocus: Waar",
        '"fokus" is hier geen bekende sleutel: bedoel je "focus"?',
    ),
    "the same key twice": (
        "    kort: Doel 2\n",
        "    kort: Doel 2\n§    kort: Doel twee\n",
        '"kort" staat twee keer in dit blok.',
    ),
    "too long": (
        "kort: Doel 1",
        f"§kort: {'lang' * 11}",
        "kort telt 44 tekens: maak er hoogstens 40 van.",
    ),
    "an empty text": ("titel: De school doet 1", "§titel: '  '", "titel is leeg: vul iets in."),
    "nothing": ("titel: De school doet 1", "§titel:", "titel is leeg: vul iets in."),
    "an empty list": ("woorden: [woord 1]", "§woorden: []", "woorden is leeg: vul iets in."),
    "a number for a text": (
        'versie: "2026.1"',
        "§versie: 2026.1",
        "versie moet een tekst zijn (zet er aanhalingstekens rond).",
    ),
    "a yes in a list of words": (
        "woorden: [woord 1]",
        "§woorden: [yes]",
        "woorden (nummer 1) moet een tekst zijn (zet er aanhalingstekens rond).",
    ),
    "a text for a list": (
        "woorden: [woord 1]",
        "§woorden: woord",
        "woorden moet een lijst zijn, met een streepje voor elk onderdeel.",
    ),
    "a text for a block": (
        "inleiding:\n      herkomst: voorstel\n      tekst: Waarom 1",
        "§inleiding: Waarom 1",
        "inleiding moet een blok met sleutels zijn.",
    ),
    "a fase that does not exist": (
        "    - fase: 3",
        "§    - fase: 4",
        "fase moet 0, 1, 2 of 3 zijn, niet 4.",
    ),
    "a doelgroep that does not exist": (
        "[school, clb]",
        "§[school, leerling]",
        'doelgroepen (nummer 2) moet "school", "leerkracht", "ouders" of "clb" zijn, '
        'niet "leerling".',
    ),
    "the same doelgroep twice": (
        "[school, clb]",
        "§[clb, clb]",
        "doelgroepen noemt iets twee keer: laat er één weg.",
    ),
    "a date that does not exist": (
        "datum: 2026-06-02",
        "§datum: 2026-06-31",
        'datum moet een datum zijn zoals 2026-06-02, niet "2026-06-31".',
    ),
    "a date in words": (
        "datum: 2026-06-02",
        "§datum: 2 juni 2026",
        'datum moet een datum zijn zoals 2026-06-02, niet "2 juni 2026".',
    ),
    "a status that does not exist": (
        "status: gepubliceerd",
        "§status: klaar",
        'status moet "concept" of "gepubliceerd" zijn, niet "klaar".',
    ),
    "a code in another form": (
        "code: f1-1\n",
        "§code: F1.1\n",
        'code moet eruitzien als "f0-1", niet "F1.1".',
    ),
    "a code of another fase": (
        "code: f1-1\n",
        "§code: f2-9\n",
        "code f2-9 moet met f1- beginnen, zoals de fase.",
    ),
    "a question of another goal": (
        "code: f1-1-v01",
        "§code: f1-2-v01",
        "code f1-2-v01 moet met f1-1-v beginnen, zoals de doelstelling.",
    ),
    "the same goal twice": (
        "  - code: f3-1\n",
        "§" + DOEL.format(fase=2) + "  - code: f3-1\n",
        "code f2-1 bestaat al hierboven: kies een andere.",
    ),
    "the same question twice": (
        "        tekst: Hoe doen jullie 1?\n",
        "        tekst: Hoe doen jullie 1?\n"
        "§      - {code: f1-1-v01, herkomst: bron, tekst: Nog eens}\n",
        "code f1-1-v01 bestaat al hierboven: kies een andere.",
    ),
    "the same trede twice": (
        "    - fase: 3\n      naam",
        "§" + TREDE.format(fase=2) + "    - fase: 3\n      naam",
        "fase 2 bestaat al hierboven: kies een andere.",
    ),
    "another slug than its folder": (
        "slug: preventieplan",
        "§slug: preventie",
        'slug is "preventie", maar de map heet "preventieplan": kies er één.',
    ),
    "another version than its file": (
        '"2026.1"',
        '§"2026.2"',
        'versie is "2026.2", maar het bestand heet "2026.1": kies er één.',
    ),
    "a soort that nobody knows": (
        "soort: preventieplan",
        "§soort: kookboek",
        'soort "kookboek" bestaat niet: kies "preventieplan" of "fiche".',
    ),
    "an invisible character": (
        "Waarom 1",
        '§"Waar\\0om"',
        "hier staat een onzichtbaar teken (U+0000). Wis het en typ de tekst opnieuw.",
    ),
    "an invisible character as such": (
        "Waarom 1",
        "§Waar\x07om",
        "hier staat een onzichtbaar teken (U+0007). Wis het en typ de tekst opnieuw.",
    ),
    "half of a character": (
        "Waarom 1",
        '§"Waar\\uD800om"',
        "hier staat een onzichtbaar teken (U+D800). Wis het en typ de tekst opnieuw.",
    ),
    "a tab": (
        "    kort: Doel 1",
        "§\tkort: Doel 1",
        "inspringen doe je met spaties, niet met een tab.",
    ),
    "a quote that never ends": (
        "titel: De school doet 1",
        '§titel: "De school doet 1',
        "de aanhalingstekens die hier beginnen, worden nergens gesloten.",
    ),
    "a colon too many": (
        "titel: De school doet 1",
        "§titel: De school: doet 1",
        OPMAAK,
    ),
    "an anchor": (
        "titel: De school doet 1",
        "§titel: &hier De school doet 1",
        VERWIJZING,
    ),
    "an anchor that stands elsewhere": (
        "titel: De school doet 1",
        "§titel: *elders",
        VERWIJZING,
    ),
    "an exclamation mark": (
        "titel: De school doet 1",
        "§titel: ! De school doet 1",
        UITROEPTEKEN,
    ),
    "a tag": (
        "titel: De school doet 1",
        "§titel: !!python/name:os.system x",
        UITROEPTEKEN,
    ),
    "words behind a hash": (
        "titel: De school doet 1",
        "§titel: De school doet # 1",
        OPMERKING,
    ),
    "a comment behind words in quotes": (
        "titel: De school doet 1",
        "§titel: 'De school doet #1' # nog na te kijken",
        OPMERKING,
    ),
    "a comment above a text of several lines": (
        "titel: De school doet 1",
        "§titel: | # nog na te kijken\n      De school doet 1",
        OPMERKING,
    ),
}


@pytest.mark.parametrize("broken", BROKEN)
def test_a_broken_file_names_the_line_and_what_it_has_to_be(materialen, broken):
    old, new, sentence = BROKEN[broken]
    assert old in small_plan()
    text = small_plan().replace(old, new, 1)
    line = text[: text.index("§")].count("\n") + 1
    name = materialen.write(text.replace("§", ""))

    assert f"{name}, regel {line}: {sentence}" in materialen.findings()
    assert not Materiaalversie.objects.exists()


@pytest.mark.parametrize(("depth", "too_deep"), [(19, False), (20, False), (21, True)])
def test_blocks_stand_twenty_deep_at_most(materialen, depth, too_deep):
    materialen.write("[" * depth + "x" + "]" * depth)

    assert (TE_DIEP in materialen.findings()[0]) == too_deep


def test_a_comment_on_a_line_of_its_own_is_one(materialen):
    text = small_plan().replace("    kort: Doel 1", "    # Kort, dus.\n    kort: 'Doel #1'", 1)
    materialen.write(f"# Boven.\n{text}# Onder.\n")

    assert materialen.load() == [LoadOutcome.NEW]
    assert Doelstelling.objects.get(code="f1-1").kort == "Doel #1"


def test_every_fase_has_goals_and_a_trede(materialen):
    name = materialen.write(
        small_plan().replace(DOEL.format(fase=3), "").replace(TREDE.format(fase=1), "")
    )

    assert materialen.findings() == [
        f"{name}, regel 19: fase 1 (Verhoogde zorg) heeft geen trede op de routekaart: vul aan.",
        f"{name}, regel 38: fase 3 (Individueel aangepast curriculum) heeft geen enkele "
        "doelstelling: vul aan.",
    ]


def test_a_small_plan_is_whole(materialen):
    materialen.write(small_plan())

    assert materialen.load() == [LoadOutcome.NEW]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "regel 1: het bestand is leeg."),
        ("# alleen uitleg\n", "regel 1: het bestand is leeg."),
        ("- een\n- twee\n", "regel 1: het bestand moet een blok met sleutels zijn."),
        ("materiaal: x\n", "regel 1: materiaal moet een blok met sleutels zijn."),
        (b"materiaal:\n  titel: caf\xe9\n", "regel 2: bewaar het bestand als UTF-8."),
        ("a: 1\n---\nb: 2\n", "regel 2: hier klopt de opmaak niet."),
        ("? [a]\n: 1\n", "regel 1: hier klopt de opmaak niet."),
        ("1: x\n", 'regel 1: "materiaal" ontbreekt in het bestand.'),
        ("materiaal: !!int x\n", f"regel 1: {UITROEPTEKEN}"),
        ("# boven\n" + "[" * 5_000, f"regel 2: {TE_DIEP}"),
        ("# boven\n" + "[" * 20_000 + "]" * 20_000, f"regel 2: {TE_DIEP}"),
        ("\n".join(" " * depth + "x:" for depth in range(500)), f"regel 21: {TE_DIEP}"),
        ("- " * 5_000, f"regel 1: {TE_DIEP}"),
    ],
)
def test_what_is_no_material_at_all(materialen, text, sentence):
    name = materialen.write(text)

    assert any(found.startswith(f"{name}, {sentence}") for found in materialen.findings())


@pytest.mark.parametrize(
    "name", ["2026.1.yaml", "preventieplan/2026.1.yml", "a/preventieplan/2026.1.yaml"]
)
def test_a_file_in_the_wrong_place(materialen, name):
    materialen.write(small_plan(), name)

    assert materialen.findings() == [
        f"{name}, regel 1: een materiaal hoort in <slug>/<versie>.yaml."
    ]


def test_an_empty_folder_is_no_success(materialen):
    assert materialen.findings() == [f"In {materialen.path} staat geen enkel materiaal."]


def test_all_findings_of_all_files_in_the_order_of_their_lines(materialen):
    text = small_plan().replace("kort: Doel 1", f"kort: {'x' * 41}")
    text = text.replace("status: gepubliceerd", "status: klaar").replace("f3-1-v01", "f2-1-v01")
    materialen.write(text)
    materialen.write("[", "preventieplan/2026.2.yaml")

    findings = materialen.findings()

    assert [found.split(": ")[1].split()[0] for found in findings] == [
        "status",
        "kort",
        "code",
        "code",
        "hier",
    ]
    lines = [int(found.split("regel ")[1].split(":")[0]) for found in findings[:4]]
    assert lines == sorted(lines)


def test_texts_are_stored_trimmed_and_normalised(materialen):
    materialen.write(small_plan().replace("Waarom 1", "|\n        Cafe\u0301 \n\n        twee\n"))

    materialen.load()

    assert Doelstelling.objects.get(code="f1-1").inleiding == "Caf\u00e9 \n\ntwee"


def test_a_file_of_windows_is_the_same_file(materialen):
    materialen.write(small_plan())
    materialen.load()
    materialen.write(b"\xef\xbb\xbf" + small_plan().replace("\n", "\r\n").encode())

    assert materialen.load() == [LoadOutcome.UNCHANGED]
