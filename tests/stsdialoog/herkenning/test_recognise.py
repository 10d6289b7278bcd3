"""Recognising what could identify somebody, without false alarms."""

from datetime import date

import pytest

from stsdialoog.herkenning.recognise import Recognised, Trait, recognise, recognise_pseudonym

VANDAAG = date(2026, 11, 24)


def found(tekst: str) -> list[tuple[Trait, str]]:
    return [(vondst.trait, vondst.words) for vondst in recognise(tekst, today=VANDAAG)]


@pytest.mark.parametrize(
    ("tekst", "naam"),
    [
        ("Jan Peeters", "Jan Peeters"),
        ("Jan Peeters komt niet meer.", "Jan Peeters"),
        ("Volgens Fatima El Amrani ging het beter.", "Fatima El Amrani"),
        ("gesprek met Annelies van den Broeck gehad", "Annelies van den Broeck"),
        ("de zus, Lotte De Smet, helpt", "Lotte De Smet"),
        ("Jean-Pierre D'Hondt belt terug", "Jean-Pierre D'Hondt"),
        ("vriend: Mohamed Ben Ali", "Mohamed Ben Ali"),
        ("Moeder Şule Yılmaz brengt haar", "Şule Yılmaz"),
        ("Zei ze. Daarna belde Emma Claes.", "Emma Claes"),
        ("gesprek met JAN PEETERS", "JAN PEETERS"),
        ("PEETERS Jan", "PEETERS Jan"),
        ("volgens Jan PEETERS", "Jan PEETERS"),
        ("leerling: Peeters, Jan", "Peeters, Jan"),
        ("J. Peeters belt", "J. Peeters"),
        ("belt met M.-J. De Smet", "J. De Smet"),
        ("volgens Piet MAES", "Piet MAES"),
        ("volgens mevrouw Peeters", "mevrouw Peeters"),
        ("Dhr. van den Broeck komt", "Dhr. van den Broeck"),
        ("Mohamed ben Ali", "Mohamed ben Ali"),
        ("zijn mama, Nguyễn Thị Hoa", "Nguyễn Thị Hoa"),
        ("Annelies van 't Hof", "Annelies van 't Hof"),
        ("Marie d'Hondt", "Marie d'Hondt"),
        ("bij Opa Jos Peeters", "Jos Peeters"),
        ("Zoe\u0308 Claes", "Zoe\u0308 Claes"),
    ],
)
def test_a_full_name_is_seen(tekst, naam):
    assert found(tekst) == [(Trait.NAAM, naam)]


@pytest.mark.parametrize(
    "tekst",
    [
        "",
        "Ster",
        "Kolibrie 3",
        "Vindt Wiskunde en Frans moeilijk. Ook Smartschool lukt niet.",
        "Maandag Turnen, dinsdag Frans.",
        "Praat thuis Turks. Mama spreekt wat Nederlands.",
        "Slaapt slecht voor een schooldag.\nDrinkt veel Cola.\nKijkt Netflix.",
        "Gaat bij Jan. Peter komt mee.",
        "Gaat graag naar de Chiro in Mechelen, sinds September.",
        "Wil stoppen met TSO en OKAN, CLB belt GO! op.",
        "Is bang in de bus\nWil liever met de fiets",
        "Opa brengt hem. Oma Rosa haalt hem op. Bij Rosa voelt hij zich goed.",
        "De Lijn rijdt niet op tijd.",
        "Van Hamme is een schrijver",
        "Volgt Moderne Talen, daarvoor Sociale Wetenschappen.",
        "Aangemeld bij Integrale Jeugdhulp en het Rode Kruis.",
        "Ging naar het Huis van het Kind.",
        "Kwam uit Burkina Faso, via Sri Lanka en Saudi Arabië.",
        "Slaapt bij Opa Jos, Meester Bart belt.",
        "Op vakantie in De Panne. Verhuisd van Den Haag. Gaat Het beter?",
        "Mevrouw Els en Juf An weten ervan.",
        "HEEL BOOS op iedereen",
        "Komt via CLB Marie en OCMW Emma",
        "volgens Piet BOS",
        "Fatima, Emma en Jan. Gisteren, Jan belde.",
        "Neemt vitamine D. Daarna slaapt hij.",
    ],
)
def test_a_capital_alone_is_no_name(tekst):
    assert found(tekst) == []


@pytest.mark.parametrize(
    ("tekst", "datum"),
    [
        ("°12/03/2011", "12/03/2011"),
        ("geboren op 12-3-2011 in Gent", "12-3-2011"),
        ("12.03.11", "12.03.11"),
        # Two years old today, and a hundred for one more day.
        ("24/11/2024", "24/11/2024"),
        ("23/11/2024", "23/11/2024"),
        ("25/11/1925", "25/11/1925"),
        # Of two figures the youngest year that is not still to come.
        ("12.03.24", "12.03.24"),
        ("12.03.27", "12.03.27"),
        ("2011-03-12", "2011-03-12"),
        ("verjaart, 12 maart 2011", "12 maart 2011"),
        ("1 sept. 1984", "1 sept. 1984"),
        ("Geboren op 12 maart", "Geboren op 12 maart"),
        ("geboren in 2011", "geboren in 2011"),
        ("°2011", "°2011"),
        ("geb. 12/3", "geb. 12/3"),
        ("geboortedatum: maart 2012", "geboortedatum: maart 2012"),
        ("°3 april '12", "3 april '12"),
        ("jarig op 3 april ’12", "3 april ’12"),
    ],
)
def test_a_date_of_birth_is_seen(tekst, datum):
    assert found(tekst) == [(Trait.GEBOORTEDATUM, datum)]


@pytest.mark.parametrize(
    "tekst",
    [
        "afwezig op 12/10/2026 en op 13 oktober 2026",
        # Not two years ago yet, and a hundred and one.
        "25/11/2024",
        "24/11/1925",
        "12.03.26",
        "volgend gesprek op 15/01/2027",
        "sinds 3 september 2025",
        "31/02/2011",
        "Sinds 15 januari 2022 niet meer naar school",
        "attest van 1.09.2024",
        "tot en met 12/03/2011 was er niets",
        "opgenomen op 12 maart 2019",
        "staat op om 7.30, 12 dagen weg",
        "Het vriest, 3° op de bus",
        "12/3",
        "op 1/2",
    ],
)
def test_a_day_at_school_is_no_birthday(tekst):
    assert found(tekst) == []


@pytest.mark.parametrize(
    "nummer",
    [
        "93.05.18-223.61",
        "93051822361",
        "93 05 18 223 61",
        "93/05/18 - 223/61",
        # Born from 2000 on: the check number is 97 minus the remainder of "2" plus the nine digits.
        "11.03.12-001.17",
        "11031200117",
        # One digit is wrong.
        "93.05.18-223.62",
        # Of somebody without an address in Belgium: the month is 20 or 40 more.
        "98.47.28-997.65",
        "98472899765",
    ],
)
def test_a_rijksregisternummer_is_seen(nummer):
    assert (Trait.RIJKSREGISTERNUMMER, nummer) in found(f"nummer {nummer}, zegt mama")


@pytest.mark.parametrize(
    "tekst",
    [
        "93.15.18-223.62",
        "93051822362",
        "930518223610",
        "BE68 5390 0754 7034",
        # A figure too few and one too many.
        "015 12 34 5",
        "015 12 34 56 7",
        "0470 12 34 5",
        "0470 12 34 56 7",
        "01.09.2026 tot 01/10/2026",
        "04/09/2026-01/10/2026",
        "om 08.30 en 12.05",
        "instellingsnummer 037804",
    ],
)
def test_other_numbers_pass(tekst):
    assert found(tekst) == []


@pytest.mark.parametrize(
    ("tekst", "kenmerk", "woorden"),
    [
        ("mail naar emma.peeters+thuis@telenet.be.", "EMAIL", "emma.peeters+thuis@telenet.be"),
        ("bel 0470 12 34 56", "TELEFOON", "0470 12 34 56"),
        ("bel 0470/12.34.56!", "TELEFOON", "0470/12.34.56"),
        ("bel 015 12 34 56.", "TELEFOON", "015 12 34 56"),
        ("gsm 0470-123456", "TELEFOON", "0470-123456"),
        ("+32 470 12 34 56", "TELEFOON", "+32 470 12 34 56"),
        ("+212 6 12 34 56 78", "TELEFOON", "+212 6 12 34 56 78"),
    ],
)
def test_an_address_or_a_number_to_call_is_seen(tekst, kenmerk, woorden):
    assert found(tekst) == [(Trait[kenmerk], woorden)]


@pytest.mark.parametrize(
    ("tekst", "adres"),
    [
        ("woont in de Molenstraat 45.", "Molenstraat 45"),
        ("woont in de kerkstraat 4b", "kerkstraat 4b"),
        ("Gentsesteenweg 112, 9300 Aalst", "Gentsesteenweg 112"),
        ("naar Grote Markt 3 bus 2", "Grote Markt 3 bus 2"),
        ("Steenweg op Gent 7", "Steenweg op Gent 7"),
    ],
)
def test_an_address_is_seen(tekst, adres):
    assert found(tekst) == [(Trait.ADRES, adres)]


@pytest.mark.parametrize(
    "tekst",
    [
        "de campus in de Molenstraat 45",
        "Molenstraat",
        "de Leerweg 3 keer",
        "in de Molenstraat 3 keer per week",
        "het Leerplein 2",
    ],
)
def test_a_street_of_the_school_or_without_a_number_passes(tekst):
    assert found(tekst) == []


@pytest.mark.parametrize(
    ("tekst", "woorden"),
    [
        ("een jongen (14) uit 3B", "(14) uit 3B"),
        ("de 14-jarige uit 3B", "14-jarige uit 3B"),
        ("iemand (14 j.), 3B", "(14 j.), 3B"),
        ("een meisje van 15 jaar uit 4BSO", "15 jaar uit 4BSO"),
        ("kleuter van 5 jaar in K3", "5 jaar in K3"),
        ("16 jaar, 5 Verzorging", "16 jaar, 5 Verzorging"),
        ("een kind van 21 jaar uit OKAN", "21 jaar uit OKAN"),
        ("een kind van 2 jaar uit K1", "2 jaar uit K1"),
    ],
)
def test_an_age_with_a_class_is_seen(tekst, woorden):
    assert found(tekst) == [(Trait.KLAS, woorden)]


@pytest.mark.parametrize(
    "tekst",
    [
        "3B",
        "een jongen uit 3B",
        "een jongen van 14 jaar",
        "leerlingen van 14 jaar uit 3B",
        "de codes (12) in 3B",
        "een kind van 22 jaar uit 3B",
        "een kind van 1 jaar uit K1",
        "3B (14 leerlingen)",
    ],
)
def test_a_class_or_an_age_alone_passes(tekst):
    assert found(tekst) == []


@pytest.mark.parametrize(
    ("pseudoniem", "kenmerk"),
    [
        ("Emma", Trait.VOORNAAM),
        ("mohamed", Trait.VOORNAAM),
        ("Emma 2", Trait.VOORNAAM),
        ("EP", Trait.INITIALEN),
        ("E.P.", Trait.INITIALEN),
        ("Emma Peeters", Trait.NAAM),
        ("E. Peeters", Trait.NAAM),
    ],
)
def test_of_a_pseudonym_a_first_name_or_initials_say_too_much(pseudoniem, kenmerk):
    (vondst,) = recognise_pseudonym(pseudoniem, today=VANDAAG)
    assert vondst.trait == kenmerk


@pytest.mark.parametrize("pseudoniem", ["", "Ster", "Kolibrie 3", "de rode fiets", "Maan", "X"])
def test_a_word_for_oneself_is_a_pseudonym(pseudoniem):
    assert recognise_pseudonym(pseudoniem, today=VANDAAG) == ()


def test_each_thing_is_told_once_and_in_the_words_that_were_typed():
    tekst = "Jan Peeters, 12/03/2011. Jan Peeters!"

    assert recognise(tekst, today=VANDAAG) == (
        Recognised(Trait.GEBOORTEDATUM, "12/03/2011"),
        Recognised(Trait.NAAM, "Jan Peeters"),
    )


def test_a_long_text_is_read_in_no_time():
    import time  # noqa: PLC0415

    heavy = (
        "Aa " * 3300 + "1" * 3300 + " geboren op de " * 400,
        "A. " * 7000,
        "a" * 20_000,
        "de " * 7000,
        "mevrouw van de " * 1300,
        "0 1" * 7000,
        "a@" * 10_000,
        "." * 20_000,
        "sinds " * 20 + "1/1/2011 " * 2200,
    )
    start = time.perf_counter()
    for tekst in heavy:
        recognise(tekst[:20_000], today=VANDAAG)

    assert time.perf_counter() - start < 2
