"""The open list of schools: a look ahead line by line, and then all of it or nothing."""

from io import StringIO
from time import process_time

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import IntegrityError

from dossiers.inzage.queries import of_clb, with_names
from dossiers.logboek.models import Logregel
from dossiers.mensen.domain import invoer
from dossiers.mensen.domain.organisaties import oefenschool_of
from dossiers.mensen.models import CLB, School

HEADING = (
    "schoolnummer;intern_vplnummer;naam;net;hoofdstructuur;status erkenning;hoofdzetel;straat;"
    "gemeente;provincie;telefoon"
)
LINDE = "37804", "1", "De Linde", "vrij", "211", "erkend", "ja", "Dreef 1", "Lier", "Antwerpen", "0"
EIK = "012345", "1", "De Eik", "GO!", "311", "erkend", "ja", "Laan 2", "Duffel", "Antwerpen", "0"
COLUMNS = HEADING.split(";")


def changed(row: tuple[str, ...], **values: str) -> tuple[str, ...]:
    return tuple(
        values.get(column.replace(" ", "_"), value)
        for column, value in zip(COLUMNS, row, strict=True)
    )


@pytest.fixture
def lijst(tmp_path):
    """Write a list as the ministry does: a mark of Excel, quotes, and a CR behind each line."""

    def write(*rows: tuple[str, ...], heading: str = HEADING, name: str = "scholen.csv"):
        lines = [heading, *(";".join(f'"{value}"' for value in row) for row in rows), ""]
        path = tmp_path / name
        path.write_bytes(("\N{ZERO WIDTH NO-BREAK SPACE}" + "\r".join(lines)).encode())
        return path

    return write


def told(*args: object) -> str:
    out = StringIO()
    call_command("importeer_scholen", *map(str, args), stdout=out)
    return out.getvalue()


def refused(*args: object) -> str:
    """All that is said when nothing is written, and that nothing was."""
    before = list(School.objects.order_by("pk").values())
    out = StringIO()
    with pytest.raises(CommandError) as error:
        call_command("importeer_scholen", *map(str, args), stdout=out, stderr=out)
    assert list(School.objects.order_by("pk").values()) == before
    assert not Logregel.objects.exists()
    return f"{out.getvalue()}{error.value}"


def kept(number: str) -> tuple[str, ...]:
    school = School.objects.get(instellingsnummer=number)
    return school.naam, school.niveau, school.gemeente, school.provincie, school.clb.naam


def test_new_schools_are_added_to_a_clb(clb, lijst):
    said = told(lijst(EIK, LINDE), "--clb", clb.instellingsnummer)

    assert kept("012345") == ("De Eik", "so", "Duffel", "antwerpen", "CLB De Brug")
    assert kept("037804") == ("De Linde", "bao", "Lier", "antwerpen", "CLB De Brug")
    assert "Regel 2: nieuw: 012345 De Eik, Duffel, Secundair onderwijs, met CLB De Brug" in said
    assert "Schoolnummers zonder nullen vooraan, aangevuld: 1." in said
    assert "2 nieuw, 0 gewijzigd, 0 ongewijzigd, 0 niet in de lijst." in said
    found = School.objects.filter(zoeksleutel__contains="duffel")
    assert [school.naam for school in found] == ["De Eik"]


def test_the_log_tells_it_for_each_school(clb, linde, lijst):
    told(lijst(EIK, LINDE), "--clb", clb.instellingsnummer)

    lines = with_names(list(of_clb(clb)))
    assert sorted((line.zin, line.waar) for line in lines) == [
        ("STS-Dialoog voegde deze school toe.", "De Eik"),
        ("STS-Dialoog wijzigde de gegevens van deze school.", "De Linde"),
    ]


def test_a_known_school_gets_the_name_and_the_place_of_the_list(clb, linde, lijst):
    said = told(lijst(changed(LINDE, provincie="Limburg")), "--clb", clb.instellingsnummer)

    assert kept("037804") == ("De Linde", "bao", "Lier", "limburg", "CLB De Brug")
    was = "(was Basisschool De Linde, Mechelen)"
    assert f"Regel 2: gewijzigd: 037804 De Linde, Lier {was}" in said
    assert School.objects.get(zoeksleutel__contains="lier").pk == linde.pk


def test_doing_it_twice_changes_nothing_more(clb, lijst):
    args = (lijst(EIK, LINDE), "--clb", clb.instellingsnummer)
    told(*args)
    lines = Logregel.objects.count()

    assert "0 nieuw, 0 gewijzigd, 2 ongewijzigd" in told(*args)
    assert Logregel.objects.count() == lines


def test_a_trial_says_the_same_and_writes_nothing(clb, linde, lijst):
    args = (lijst(EIK, LINDE), "--clb", clb.instellingsnummer)

    trial = told(*args, "--proef")

    assert kept("037804")[0] == "Basisschool De Linde"
    assert School.objects.count() == 1
    assert not Logregel.objects.exists()
    assert trial.endswith(
        "Er is niets gewijzigd: dit was een proef. Laat --proef weg om het te doen.\n"
    )
    assert told(*args) == trial.removesuffix(trial.splitlines(keepends=True)[-1])


def test_without_a_clb_only_known_schools_follow(clb, linde, lijst):
    said = told(lijst(EIK, LINDE), "--proef")

    assert "Zonder CLB, en dus overgeslagen: 1. Zeg hun CLB met --clb of --clbs." in said
    assert "0 nieuw, 1 gewijzigd" in said
    told(lijst(EIK, LINDE))
    assert kept("037804")[0] == "De Linde"
    assert School.objects.count() == 1


def test_a_school_that_is_not_in_the_list_is_named_and_stays(clb, linde, lijst):
    verweg = CLB.objects.create(naam="CLB Verweg", instellingsnummer="114514")
    for number, naam, van in (("000001", "Berk", clb), ("000002", "Els", verweg)):
        School.objects.create(
            instellingsnummer=number, naam=naam, clb=van, niveau="so", gemeente="Lier",
            provincie="antwerpen",
        )  # fmt: skip
    oefenschool_of(clb=clb)

    said = told(lijst(LINDE), "--clb", clb.instellingsnummer)

    gone = [line for line in said.splitlines() if line.startswith("Niet in de lijst")]
    assert gone == ["Niet in de lijst, en blijft staan: 000001 Berk, Lier"]
    assert School.objects.count() == 4


def test_no_school_leaves_its_clb_with_a_list(clb, linde, lijst):
    CLB.objects.create(naam="CLB Verweg", instellingsnummer="114514")

    said = refused(lijst(EIK, LINDE), "--clb", "114514")

    assert "Regel 3: school 037804 (Basisschool De Linde) wordt gevolgd door CLB De Brug." in said
    assert "dat regelen beide CLB's samen" in said


def test_another_niveau_is_told_and_not_taken(clb, linde, lijst):
    said = told(lijst(changed(LINDE, hoofdstructuur="311")), "--clb", clb.instellingsnummer)

    assert kept("037804")[1] == "bao"
    assert "hier Basisonderwijs, en in de lijst Secundair onderwijs. Dat blijft zo" in said


# --- a file with the clb of each school ---------------------------------------------------------


def test_a_second_file_says_the_clb_of_each_school(clb, lijst, tmp_path):
    verweg = CLB.objects.create(naam="CLB Verweg", instellingsnummer="000514")
    clbs = tmp_path / "clbs.csv"
    clbs.write_text("schoolnummer;clb\n12345;514\n037804;114512\n")
    beuk = changed(EIK, schoolnummer="99", naam="De Beuk")

    said = told(lijst(EIK, LINDE, beuk), "--clbs", clbs)

    assert {school.naam: school.clb for school in School.objects.all()} == {
        "De Eik": verweg,
        "De Linde": clb,
    }
    assert "Zonder CLB, en dus overgeslagen: 1." in said


def test_what_is_wrong_in_the_second_file_is_named_by_its_line(clb, lijst, tmp_path):
    clbs = tmp_path / "clbs.csv"
    clbs.write_text(
        "schoolnummer;clb\n12345;999\n037804;114512\n777;114512\n037804;114513\nx;114512\n12345\n"
    )

    said = refused(lijst(EIK, LINDE), "--clbs", clbs)

    assert "clbs.csv, regel 2: er is geen CLB met nummer 000999." in said
    assert "clbs.csv, regel 4: school 000777 staat niet in de lijst" in said
    assert "clbs.csv, regel 5: school 037804 heeft op regel 3 een ander CLB." in said
    assert "clbs.csv, regel 6: «x» is geen schoolnummer" in said
    assert "clbs.csv, regel 7: er staan meer of minder velden dan kolommen" in said


# --- what may be wrong with a list --------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (changed(EIK, schoolnummer="1234567"), "«1234567» is geen schoolnummer"),
        (changed(EIK, schoolnummer="1,2E+05"), "«1,2E+05» is geen schoolnummer"),
        (changed(EIK, schoolnummer="\u0663\u0667"), "is geen schoolnummer"),
        (changed(EIK, schoolnummer="000000"), "«000000» is geen schoolnummer"),
        (changed(EIK, schoolnummer=""), "«» is geen schoolnummer"),
        (changed(EIK, naam=""), "naam: "),
        (changed(EIK, naam="x" * 121), "naam: "),
        (changed(EIK, gemeente="..."), "gemeente: Schrijf hier minstens één letter."),
        (changed(EIK, provincie="Henegouwen"), "de provincie «Henegouwen» is niet bekend"),
        (changed(EIK, provincie=""), "provincie is leeg"),
        (changed(EIK, hoofdstructuur=""), "hoofdstructuur is leeg"),
        (changed(EIK, hoofdstructuur="411"), "Voeg toe: --niveau 411=bao, so of buo"),
        (EIK[:-1], "er staan meer of minder velden dan kolommen"),
    ],
)
def test_a_row_that_is_wrong_is_named_and_nothing_is_brought_in(clb, lijst, row, says):
    args = (lijst(LINDE, row), "--clb", clb.instellingsnummer)

    for said in (refused(*args), refused(*args, "--proef")):
        assert [says in line for line in said.splitlines() if line.startswith("Regel ")] == [True]
        assert "Regel 3: " in said


def test_everything_that_is_wrong_is_said_at_once(clb, lijst):
    rows = [changed(EIK, schoolnummer=str(n), provincie="?") for n in range(1, 6)]

    said = refused(lijst(*rows, LINDE), "--clb", clb.instellingsnummer)

    assert said.count("de provincie «?» is niet bekend") == 5
    assert "zet eerst recht wat hierboven staat (5)" in said


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "scholen.csv: Het bestand is leeg."),
        (b"PK\x03\x04", "scholen.csv: Dit is een werkmap"),
        (HEADING.encode() + b"\r\xeb;", "scholen.csv: Regel 2: dit is geen UTF-8"),
        (b"schoolnummer;naam\r1;De Eik\r", "ontbreken: gemeente, provincie, hoofdstructuur"),
    ],
)
def test_what_is_no_list_is_refused(clb, lijst, data, says):
    path = lijst()
    path.write_bytes(data)

    assert says in refused(path, "--clb", clb.instellingsnummer)


def test_a_file_that_is_not_there_and_a_clb_that_is_not_there(clb, lijst, tmp_path):
    assert "is niet te lezen" in refused(tmp_path / "weg.csv", "--clb", clb.instellingsnummer)
    assert "er is geen CLB met nummer 000009" in refused(lijst(EIK), "--clb", "9")


def test_a_net_that_nobody_knows_is_not_even_read(clb, lijst):
    told(lijst(changed(EIK, net="Onbekend & co")), "--clb", clb.instellingsnummer)

    assert kept("012345")[0] == "De Eik"


def test_the_places_of_one_school_are_one_school(clb, lijst):
    elsewhere = changed(EIK, intern_vplnummer="2", hoofdzetel="nee", gemeente="Lier", naam="Eikje")
    same = changed(EIK, intern_vplnummer="3", hoofdzetel="nee")

    told(lijst(elsewhere, EIK, same), "--clb", clb.instellingsnummer)

    assert kept("012345")[:3] == ("De Eik", "so", "Duffel")
    assert School.objects.count() == 1


def test_a_number_that_stands_for_two_schools_is_refused(clb, lijst):
    other = changed(EIK, schoolnummer="12345", naam="De Beuk")

    said = refused(lijst(EIK, LINDE, other), "--clb", clb.instellingsnummer)

    assert "Regel 4: schoolnummer 012345 staat ook op regel 2" in said


def test_the_operator_says_what_the_list_does_not(clb, lijst):
    heading = HEADING.replace("naam", "schoolnaam", 1).replace("hoofdstructuur", "soort instelling")
    oud = changed(LINDE, schoolnummer="1", status_erkenning="Opgeheven")
    avond = changed(LINDE, schoolnummer="2", hoofdstructuur="Avondschool")
    eik = changed(EIK, hoofdstructuur="Middenschool")

    said = told(
        lijst(eik, LINDE, oud, avond, heading=heading),
        *("--clb", clb.instellingsnummer),
        *("--kolom", "naam=schoolnaam", "--kolom", "hoofdstructuur=soort instelling"),
        *("--niveau", "Middenschool=so", "--niveau", "Avondschool=geen"),
        *("--zonder-status", "opgeheven"),
    )

    assert sorted(School.objects.values_list("naam", "niveau")) == [
        ("De Eik", "so"),
        ("De Linde", "bao"),
    ]
    assert "Rijen overgeslagen, zoals gevraagd: 2." in said
    assert "Status erkenning: «erkend» 3, «Opgeheven» 1." in said


@pytest.mark.parametrize("args", [["--niveau", "411"], ["--niveau", "411=hbo"], ["--kolom", "x=y"]])
def test_what_the_operator_mistypes_is_told(clb, lijst, args):
    with pytest.raises(CommandError, match="is niet zoals"):
        told(lijst(EIK), "--clb", clb.instellingsnummer, *args)


# --- all or nothing -----------------------------------------------------------------------------


def test_a_school_that_came_in_meanwhile_leaves_nothing_half_done(clb, linde, lijst, monkeypatch):
    def too_late(schools):
        raise IntegrityError

    monkeypatch.setattr(School.objects, "bulk_create", too_late)

    said = refused(lijst(LINDE, EIK), "--clb", clb.instellingsnummer)

    assert invoer.INTUSSEN in said
    assert kept("037804")[0] == "Basisschool De Linde"


def test_what_changed_since_the_look_ahead_is_looked_at_again(clb, linde, lijst, monkeypatch):
    """A school moved to another CLB between the look ahead and the writing."""
    verweg = CLB.objects.create(naam="CLB Verweg", instellingsnummer="114514")
    look = invoer.look_ahead

    def look_and_then(**kwargs):
        seen = look(**kwargs)
        School.objects.filter(pk=linde.pk).update(clb=verweg)
        return seen

    monkeypatch.setattr(
        "dossiers.mensen.management.commands.importeer_scholen.look_ahead", look_and_then
    )
    with pytest.raises(CommandError, match="wordt gevolgd door CLB Verweg"):
        told(lijst(EIK, LINDE), "--clb", clb.instellingsnummer)

    assert School.objects.get() == linde


@pytest.mark.parametrize("known", [False, True])
def test_five_thousand_schools_take_no_time(clb, lijst, known):
    rows = [changed(EIK, schoolnummer=str(n), naam=f"School {n}") for n in range(1, 5001)]
    if known:
        told(lijst(*rows), "--clb", clb.instellingsnummer)
        rows = [changed(row, gemeente="Lier") for row in rows]
    # Of the processor, because how busy the machine is says nothing of this.
    path, begin = lijst(*rows), process_time()

    said = told(path, "--clb", clb.instellingsnummer)

    assert process_time() - begin < 20
    assert f"{0 if known else 5000} nieuw, {5000 if known else 0} gewijzigd" in said
    assert School.objects.count() == 5000
