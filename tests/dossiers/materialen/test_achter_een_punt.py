"""What can stand behind a question or a point: an explanation, a link, the schools that need it."""

import io
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from dialoogfiches.models import Item
from dossiers.materialen.content.export import as_yaml
from dossiers.materialen.content.files import read_document
from dossiers.materialen.domain import versions
from dossiers.materialen.domain.documents import document_of
from dossiers.materialen.models import Materiaal, Materiaalversie
from preventieplan.models import Checklistvraag
from tests.dialoogfiches.kleinefiche import small_fiche
from tests.dossiers.materialen.beheer import change, errors, make_redacteur
from tests.dossiers.materialen.kleinplan import small_plan

pytestmark = pytest.mark.django_db

QUESTION = "        tekst: Hoe doen jullie 1?\n"
POINT = "            tekst: Wat helpt daarbij?\n"
LINK = """\
link:
  label: Onderwijs en Vorming
  adres: https://www.vlaanderen.be/onderwijs
  nagekeken: 2026-11-01
"""
INTRODUCTION = "aanloop:", "inleiding:\n  herkomst: bron\n  tekst: Waarom dit plan\naanloop:"


def under(line: str, added: str) -> str:
    """A line of a file with keys below it, indented alike."""
    pad = " " * (len(line) - len(line.lstrip()))
    return line + "".join(f"{pad}{one}\n" for one in added.splitlines())


def plan_with(added: str) -> str:
    return small_plan().replace(QUESTION, under(QUESTION, added))


def fiche_with(added: str) -> str:
    return small_fiche().replace(POINT, under(POINT, added))


# --- in a file ------------------------------------------------------------------------------------


def test_all_of_it_is_stored_and_comes_back_in_a_file(materialen, tmp_path):
    uitleg = "uitleg:\n  herkomst: voorstel\n  tekst: Kijk ook hier.\n"
    plan = plan_with(f"{uitleg}{LINK}niveaus: [BaO, BuO]\n").replace(*INTRODUCTION)
    plan = plan.replace(
        "  plg: Antwerpen", "  plg: Antwerpen\n  ook: [Spijbelplan]\n  niveaus: [SO]"
    )
    materialen.write(plan)
    materialen.write(fiche_with(uitleg + LINK), "klein/2026.1.yaml")
    materialen.load()

    vraag = Checklistvraag.objects.get(code="f1-1-v01")
    assert (vraag.uitleg, vraag.uitleg_herkomst) == ("Kijk ook hier.", "voorstel")
    assert (vraag.link_label, vraag.link_domein) == ("Onderwijs en Vorming", "www.vlaanderen.be")
    assert vraag.link_nagekeken == date(2026, 11, 1)
    assert (vraag.niveaus, vraag.voor) == ("BaO BuO", "BaO en BuO")
    item = Item.objects.get(code="start-v1")
    assert (item.uitleg, item.link_adres) == (
        "Kijk ook hier.",
        "https://www.vlaanderen.be/onderwijs",
    )
    materiaal = Materiaal.objects.get(slug="preventieplan")
    assert (materiaal.ook, materiaal.niveaus) == (["Spijbelplan"], ["SO"])
    for versie in Materiaalversie.objects.all():
        exported = tmp_path / "uit.yaml"
        exported.write_text(as_yaml(document_of(versie)))
        assert read_document(exported).data == document_of(versie)


def test_a_later_version_without_other_names_takes_them_away(materialen):
    materialen.write(small_plan().replace("  plg: Antwerpen", "  plg: Antwerpen\n  ook: [Ander]"))
    materialen.load()
    materialen.write_version("2026.2", "2026-09-01")
    materialen.load()

    assert Materiaal.objects.get().ook == []


@pytest.mark.parametrize(
    ("adres", "sentence"),
    [
        (
            "http://www.vlaanderen.be",
            'adres moet eruitzien als "https://www.vlaanderen.be/onderwijs"',
        ),
        ("www.vlaanderen.be", "adres moet eruitzien als"),
        ("https://vlaanderen", "adres moet eruitzien als"),
        ("https://an@vlaanderen.be", "adres moet eruitzien als"),
        ("https://vlaanderen.be:8000/", "adres moet eruitzien als"),
        ("https://vlaanderen.be/een pagina", "adres moet eruitzien als"),
        ("https://vlааnderen.be", "adres moet eruitzien als"),
        ('https://vlaanderen.be/"onmouseover=', "adres moet eruitzien als"),
        ("javascript:alert(1)", "adres moet eruitzien als"),
        (f"https://vlaanderen.be/{'a' * 300}", "adres telt 322 tekens: maak er hoogstens 300 van."),
    ],
)
@pytest.mark.parametrize("kind", ["plan", "fiche"])
def test_a_bad_address_is_refused_with_its_line(materialen, adres, sentence, kind):
    bad = LINK.replace("https://www.vlaanderen.be/onderwijs", f"'{adres}'")
    text = plan_with(bad) if kind == "plan" else fiche_with(bad)
    name = materialen.write(text, f"{'preventieplan' if kind == 'plan' else 'klein'}/2026.1.yaml")
    line = text[: text.index("adres:")].count("\n") + 1

    (found,) = materialen.findings()

    assert found.startswith(f"{name}, regel {line}: {sentence}")


@pytest.mark.parametrize(
    ("added", "sentence"),
    [
        ("niveaus: [BaO, HO]\n", 'niveaus (nummer 2) moet "BaO", "SO" of "BuO" zijn, niet "HO".'),
        ("niveaus: []\n", "niveaus is leeg: vul iets in."),
        ("niveaus: [SO, SO]\n", "niveaus noemt iets twee keer: laat er één weg."),
        ("uitleg: Zomaar\n", "uitleg moet een blok met sleutels zijn."),
        ("link:\n  label: X\n  adres: https://x.be\n", '"nagekeken" ontbreekt in link.'),
        (
            LINK.replace("2026-11-01", "november"),
            'nagekeken moet een datum zijn zoals 2026-06-02, niet "november".',
        ),
        ("links: []\n", '"links" is hier geen bekende sleutel: bedoel je "link"?'),
    ],
)
def test_what_is_wrong_is_said(materialen, added, sentence):
    name = materialen.write(plan_with(added))

    (found,) = materialen.findings()

    assert found.startswith(f"{name}, regel ")
    assert found.endswith(sentence)


def test_a_question_of_a_goal_that_is_not_there_is_refused(materialen):
    name = materialen.write(small_plan().replace("code: f1-1-v01", "code: f1-7-v01"))

    (found,) = materialen.findings()

    assert (
        found == f"{name}, regel 66: code f1-7-v01 moet met f1-1-v beginnen, zoals de doelstelling."
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"link_adres": "http://x.be", "link_label": "X", "link_nagekeken": date(2026, 11, 1)},
        {"link_adres": "https://x.be", "link_label": "X"},
        {"link_label": "X"},
        {"uitleg": "Zonder herkomst"},
        {"niveaus": "HO"},
    ],
)
def test_the_database_refuses_half_of_it(materialen, wrong):
    materialen.write(small_plan())
    materialen.load()

    with pytest.raises(IntegrityError), transaction.atomic():
        Checklistvraag.objects.filter(code="f1-1-v01").update(**wrong)


# --- between versions -----------------------------------------------------------------------------


def test_the_difference_tells_of_it(materialen):
    materialen.write(small_plan())
    materialen.write(
        plan_with(f"{LINK}niveaus: [SO]\n")
        .replace('"2026.1"', '"2026.2"')
        .replace("2026-06-02", "2026-09-01")
        .replace(*INTRODUCTION),
        "preventieplan/2026.2.yaml",
    )
    materialen.load()
    oud, nieuw = Materiaalversie.objects.order_by("versie")

    found = versions.difference(oud=oud, nieuw=nieuw)

    assert [(part.waar, part.tekst) for part in found.nieuw] == [
        ("Inleiding", "Waarom dit plan"),
        (
            "Fase 1, Doel 1, link",
            "Onderwijs en Vorming: https://www.vlaanderen.be/onderwijs",
        ),
        ("Fase 1, Doel 1, voor wie", "SO"),
    ]
    assert (found.weg, found.anders) == ((), ())


def test_that_a_link_was_looked_at_again_is_no_change(materialen):
    materialen.write(plan_with(LINK))
    materialen.write(
        plan_with(LINK.replace("2026-11-01", "2027-11-01"))
        .replace('"2026.1"', '"2026.2"')
        .replace("2026-06-02", "2026-09-01"),
        "preventieplan/2026.2.yaml",
    )
    materialen.load()
    oud, nieuw = Materiaalversie.objects.order_by("versie")

    assert versions.difference(oud=oud, nieuw=nieuw).is_empty


# --- in the admin ---------------------------------------------------------------------------------


@pytest.fixture
def concept(materialen):
    materialen.write(plan_with(LINK))
    materialen.load()
    sofie = make_redacteur()
    versie = Materiaalversie.objects.get()
    return versions.make_concept(versie=versie, door=sofie, today=date(2026, 11, 29))


@pytest.fixture
def redactie(als, concept):
    return als(make_redacteur("Fien"))


def test_the_team_gives_a_question_all_of_it(redactie, concept):
    doel = concept.doelstellingen.get(code="f0-1")
    change(
        redactie,
        doel,
        **{
            "vragen-0-uitleg": "Kijk ook hier.",
            "vragen-0-link_label": "Bednet",
            "vragen-0-link_adres": "https://www.bednet.be",
            "vragen-0-link_nagekeken": "2026-11-29",
            "vragen-0-niveaus": ["BaO", "BuO"],
        },
    )
    change(
        redactie,
        concept,
        inleiding="Waarom dit plan",
        ook="Spijbelplan\n\nAnder plan",
        niveaus=["SO"],
    )

    concept.refresh_from_db()
    vraag = doel.vragen.get()
    assert (vraag.uitleg, vraag.uitleg_herkomst) == ("Kijk ook hier.", "voorstel")
    assert (vraag.link_adres, vraag.link_nagekeken) == ("https://www.bednet.be", date(2026, 11, 29))
    assert vraag.niveaus == "BaO BuO"
    assert concept.teksten["inleiding"] == {"herkomst": "voorstel", "tekst": "Waarom dit plan"}
    assert (concept.kop["ook"], concept.kop["niveaus"]) == (["Spijbelplan", "Ander plan"], ["SO"])
    assert versions.findings_of(concept) == ()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"link_label": "Bednet"}, "Een link heeft woorden, een adres en een dag"),
        ({"link_adres": "https://www.bednet.be"}, "Een link heeft woorden, een adres en een dag"),
        ({"link_adres": "http://bednet.be"}, "Een adres begint met https://"),
        ({"niveaus": ["HO"]}, "HO"),
    ],
)
def test_half_a_link_is_asked_about(redactie, concept, typed, sentence):
    doel = concept.doelstellingen.get(code="f0-1")

    response = change(redactie, doel, **{f"vragen-0-{naam}": one for naam, one in typed.items()})

    assert sentence in errors(response)
    assert doel.vragen.get().link_adres == ""


def test_an_untouched_form_keeps_the_link(redactie, concept):
    doel = concept.doelstellingen.get(code="f1-1")
    change(redactie, doel)

    assert doel.vragen.get().link_nagekeken == date(2026, 11, 1)


# --- the command ----------------------------------------------------------------------------------


def controleer() -> str:
    out = io.StringIO()
    call_command("controleer_links", stdout=out)
    return out.getvalue()


def with_link_of(materialen, day: date) -> None:
    materialen.write(plan_with(LINK.replace("2026-11-01", day.isoformat())))
    materialen.load()


def a_year_ago() -> date:
    return timezone.localdate().replace(year=timezone.localdate().year - 1)


def test_links_that_somebody_followed_this_year_are_fine(materialen):
    with_link_of(materialen, a_year_ago())

    assert controleer() == "1 links in de nieuwste versies.\n"


def test_a_link_that_nobody_followed_for_a_year_is_named(materialen):
    day = date.fromordinal(a_year_ago().toordinal() - 1)
    with_link_of(materialen, day)
    out = io.StringIO()

    with pytest.raises(CommandError, match="0 met een fout adres, 1 langer dan een jaar") as caught:
        call_command("controleer_links", stdout=out)

    assert caught.value.returncode == 1
    assert (
        f"preventieplan 2026.1, f1-1-v01: https://www.vlaanderen.be/onderwijs: "
        f"nagekeken op {day:%d/%m/%Y}." in out.getvalue()
    )


def test_an_address_that_the_rules_refuse_by_now_is_named(materialen):
    with_link_of(materialen, timezone.localdate())
    Checklistvraag.objects.filter(code="f1-1-v01").update(link_adres="https://x.be:80/")
    out = io.StringIO()

    with pytest.raises(CommandError, match="1 met een fout adres, 0 langer"):
        call_command("controleer_links", stdout=out)

    assert "f1-1-v01: https://x.be:80/: dit is geen goed adres." in out.getvalue()


def test_what_no_new_dossier_gets_is_not_looked_at(materialen):
    with_link_of(materialen, date(2020, 1, 1))
    materialen.write_version("2026.2", "2026-09-01")
    materialen.load()

    assert controleer() == "0 links in de nieuwste versies.\n"
