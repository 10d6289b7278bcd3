"""Recognises what in a text could identify a person: a name, a birth date, a number, an address.

`pupils.py` reads the same for what a school writes about its own policy.

The result is a warning, not a safeguard. People read a warning that is nearly always right and
ignore one that fires at every capital letter, so a first name alone passes, and so does the date
of a talk.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from stdnum.be import bis, nn

from stsdialoog.herkenning.words import BETWEEN, KIN, NEVER, STARTS, VOORNAMEN


class Trait(StrEnum):
    NAAM = "een volledige naam"
    GEBOORTEDATUM = "een geboortedatum"
    RIJKSREGISTERNUMMER = "een rijksregisternummer"
    EMAIL = "een e-mailadres"
    TELEFOON = "een telefoonnummer"
    ADRES = "een adres"
    NUMMER = "een leerlingnummer"
    KLAS = "een leeftijd met een klas"
    # Only reported for a pseudonym.
    VOORNAAM = "een voornaam"
    INITIALEN = "initialen"


@dataclass(frozen=True)
class Recognised:
    """A recognised trait, and the words that show it."""

    trait: Trait
    words: str

    def __str__(self) -> str:
        return f"‘{self.words}’ lijkt op {self.trait}."


def recognise(text: str, *, today: date) -> tuple[Recognised, ...]:
    """Find everything in a text that could identify a person, without duplicates.

    today: to work out an age from a date.
    """
    found = [*_with_digits(text, today)] if _DIGIT.search(text) else []
    if _has_capital_inside(text):
        found += (Recognised(Trait.NAAM, words) for words in _names(text))
    if "@" in text:
        found += (Recognised(Trait.EMAIL, match[0]) for match in _EMAIL.finditer(text))
    return tuple(dict.fromkeys(found))


def _with_digits(text: str, today: date) -> Iterator[Recognised]:
    finds = {
        Trait.RIJKSREGISTERNUMMER: _numbers(text),
        Trait.GEBOORTEDATUM: _birthdays(text, today),
        Trait.TELEFOON: _phones(text),
        Trait.ADRES: _addresses(text),
        Trait.KLAS: _ages_in_class(text),
    }
    return (Recognised(trait, words) for trait, found in finds.items() for words in found)


# Most texts have no digit, and no capital but at the beginning of a sentence: they are read fast.
_DIGIT = re.compile(r"\d")
_STARTS = re.compile(r"(?:^|(?<=\w{4})\.|[!?:…\n])[\W_]*\w")


def _has_capital_inside(text: str) -> bool:
    inside = _STARTS.sub("", text)
    return inside != inside.lower()


def recognise_pseudonym(text: str, *, today: date) -> tuple[Recognised, ...]:
    """Like `recognise`, for a pseudonym, where a first name or initials already say too much."""
    found = recognise(text, today=today)
    if any(one.trait == Trait.NAAM for one in found):
        return found
    names = [match[0] for match in _WORD.finditer(text) if match[0].lower() in VOORNAMEN]
    return (
        *found,
        *(Recognised(Trait.VOORNAAM, name) for name in names),
        *(
            Recognised(Trait.INITIALEN, match[0].strip())
            for match in _INITIALS_ALONE.finditer(text)
        ),
    )


# --- rijksregisternummer ----------------------------------------------------------------------
# A birth date (6 digits), a serial number (3) and a check number (2): 93.05.18-223.61 or
# 93051822361.
_NUMBER = re.compile(
    r"(?<!\d)(\d{2})[ .\-/]?(\d{2})[ .\-/]?(\d{2})[ .\-/]{0,3}(\d{3})[ .\-/]{0,3}(\d{2})(?!\d)"
)
# The notation on an identity card, with a plausible month and day.
_WRITTEN_OUT = re.compile(r"\d{2}[. /](?:0\d|1[0-2])[. /](?:[0-2]\d|3[01]) ?[-/ ] ?\d{3}[. ]\d{2}")


def _numbers(text: str) -> Iterator[str]:
    for match in _NUMBER.finditer(text):
        number = "".join(match.groups())
        # A bis number is given to who lives abroad; its month is 20 or 40 more.
        is_right = nn.is_valid(number) or bis.is_valid(number)
        # A number with a typo in it, in this notation, still says as much about a person.
        if is_right or _WRITTEN_OUT.fullmatch(match[0]):
            yield match[0]


# --- date of birth ----------------------------------------------------------------------------
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari jan", "februari feb", "maart mrt maa", "april apr", "mei", "juni jun",
            "juli jul", "augustus aug", "september sept sep", "oktober okt", "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATES = (
    re.compile(r"(?<![\d./-])(?P<d>\d{1,2})\s?[/.\-]\s?(?P<m>\d{1,2})\s?[/.\-]\s?(?P<j>\d{4}|\d{2})(?!\d)"),
    re.compile(r"(?<!\d)(?P<j>\d{4})[/.\-](?P<m>\d{1,2})[/.\-](?P<d>\d{1,2})(?!\d)"),
    re.compile(
        rf"(?<!\d)(?P<d>\d{{1,2}})(?:e|ste|de)?\s+(?P<m>{_MONTH})\.?\s+(?P<j>\d{{4}}|['’‘]\d{{2}})(?!\d)",
        re.IGNORECASE,
    ),
)  # fmt: skip
# A word for birth, followed by a day or a year.
_BORN = re.compile(
    r"(?:\bgeboren\b|\bgeboortedatum\b|\bgeb\b\.?|°)\s*:?\s*(?:(?:op|in)\s+)?(?:de\s+)?"
    rf"(?:\d{{1,2}}\s?[/.\-]\s?\d{{1,2}}(?:\s?[/.\-]\s?\d{{2,4}})?"
    rf"|\d{{1,2}}(?:e|ste|de)?\s+(?:{_MONTH})\b|(?:{_MONTH})\s+\d{{4}}|\d{{4}})(?!\d)",
    re.IGNORECASE,
)
# What precedes the date of an event that is not a birth.
_EVENT = re.compile(
    r"\b(?:sinds|vanaf|tot|attest|verslag|gesprek|brief|mail|onderzoek|diagnose|rapport|overleg"
    r"|verhuis|verhuisd|ingeschreven|opgenomen|opname|gescheiden|overleden|gestart|begonnen)"
    r"(?:\s+(?:van|vanaf|op|en|met|tot|de))*\s*:?\s*$",
    re.IGNORECASE,
)
BEFORE = 40  # how many characters before a match are looked at
# Ages in years. A more recent date is about something at school, not a birth.
YOUNGEST, OLDEST = 2, 100


def _birthdays(text: str, today: date) -> Iterator[str]:
    for pattern in _DATES:
        for match in pattern.finditer(text):
            day = _day(match["d"], match["m"], match["j"], today)
            is_age = day and YOUNGEST <= _years(day, today) <= OLDEST
            if is_age and not _EVENT.search(text[max(match.start() - BEFORE, 0) : match.start()]):
                yield match[0]
    for match in _BORN.finditer(text):
        with_year = text[match.start() : match.end() + len(" 2012")]
        if not any(pattern.search(with_year) for pattern in _DATES):
            yield match[0]


def _day(day: str, month: str, year: str, today: date) -> date | None:
    year = year.lstrip("'’‘")
    number = int(year)
    if len(year) == 2:
        number += 2000 if number <= today.year % 100 else 1900
    try:
        return date(number, _MONTHS.get(month.lower()) or int(month), int(day))
    except ValueError:
        return None


def _years(day: date, today: date) -> int:
    return today.year - day.year - ((today.month, today.day) < (day.month, day.day))


# --- e-mail and telephone ----------------------------------------------------------------------
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,63})+")
_PHONE = re.compile(r"(?<![\w+.])(?:\+\d{1,3}|0\d{2,3}-|0)(?:[ ./()]{0,2}\d){6,12}(?!\d)")


def _phones(text: str) -> Iterator[str]:
    for match in _PHONE.finditer(text):
        digits = re.sub(r"\D", "", match[0])
        # Belgian numbers have nine digits, mobile ones ten; foreign ones begin with + or 00.
        if match[0].startswith(("+", "00")) or len(digits) == (10 if digits[1] == "4" else 9):
            yield match[0]


# --- address ----------------------------------------------------------------------------------
_ADDRESS = re.compile(
    r"(?<!\w)(?:[^\W\d_][\w'’-]{0,40}(?:straat|laan|steenweg|dreef|kaai)"
    r"|[A-Z][\w'’-]{0,40}(?:weg|plein|markt|lei|baan|dijk|park|vest|hof|pad|ring|wijk)"
    r"|(?:Grote|Oude|Nieuwe|Kleine)[ ](?:Markt|Baan|Weg|Dijk|Kaai)"
    r"|Steenweg[ ]op[ ][A-Z][\w-]{0,40})"
    r",?[ ](?:nr\.?[ ])?\d{1,4}(?:[ ]?[a-zA-Z](?!\w))?(?![\d%:])"
    r"(?:[ ]bus[ ]\d{1,3})?(?![ ](?:keer|maal|uur|minuten|dagen|weken|leerlingen|jaar)\b)"
)
# Words about learning that end like a street.
_NO_STREET = re.compile(
    r"(?:leer|speel|dorps|stappen|zorg|school|groei|leef|spel|doe|rust|denk|werk)"
    r"(?:weg|plein|pad|park|hof)\b",
    re.IGNORECASE,
)
# What stands before the address of a school or a service.
_OWN_PLACE = re.compile(
    r"\b(?:campus|vestiging|school|college|atheneum|instituut|gebouw|locatie|afdeling|internaat"
    r"|basisschool|kleuterschool|clb|poort|lokaal|zaal|bureau|kantoor)\b[^.!?\n]{0,20}$",
    re.IGNORECASE,
)


def _addresses(text: str) -> Iterator[str]:
    for match in _ADDRESS.finditer(text):
        before = text[max(match.start() - BEFORE, 0) : match.start()]
        if not _NO_STREET.match(match[0]) and not _OWN_PLACE.search(before):
            yield match[0]


# --- age and class ----------------------------------------------------------------------------
_ORDINAL = "eerste|tweede|derde|vierde|vijfde|zesde|zevende|[1-7](?:de|ste|e)"
CLASS = (
    r"(?:[1-7][ ]?[A-Z][A-Za-z]{0,4}\d?(?!\w)|[1-7]?[ ]?OKAN(?!\w)|[LK][ ]?[1-6][a-zA-Z]?(?!\w)"
    r"|[1-7][ ][A-Z][a-z]{3,20}(?!\w)"
    rf"|(?:het[ ]|de[ ])?(?i:{_ORDINAL})(?:[ ](?i:leerjaar|kleuterklas|middelbaar|jaar))?(?!\w))"
)
_YEARS = r"(?:[2-9]|1\d|2[01])"
_AGES_IN_CLASS = re.compile(
    rf"(?:\({_YEARS}(?:[ ]?j(?:\.|aar)?)?\)|(?<![\w,.]){_YEARS}(?:-jarige[nr]?|[ ]?j\.|[ ]jaar)"
    rf"|\b(?:jongen|meisje|leerlinge?|kleuter)[ ]van[ ]{_YEARS})"
    rf"(?:[ ]oud)?[ ,(]{{0,3}}(?:(?:zit[ ])?(?:uit|in|van)[ ])?{CLASS}"
    rf"|(?<!\w)[1-7][A-Z][A-Za-z]{{0,4}}[ ,(]{{1,2}}{_YEARS}[ ]?(?:j\.|jaar)"
)
# Many at once: leerlingen van 12 jaar, jongens (14), codes (12).
_MANY = re.compile(r"(?<![\w-])(?!jongen\b)[a-z-]+(?:en|s)(?:[ ](?:van|vanaf|tot|rond))*[ ]\(?$")


def _ages_in_class(text: str) -> Iterator[str]:
    for match in _AGES_IN_CLASS.finditer(text):
        if not _MANY.search(text[max(match.start() - BEFORE, 0) : match.start()]):
            yield match[0]


# --- name -------------------------------------------------------------------------------------
# Letters of any alphabet, each with any combining accents.
_LETTERS = "(?:[^\\W\\d_][\u0300-\u036f]*)+"
_WORD = re.compile(rf"(?<!\w)(?:['’]t|{_LETTERS}(?:['’-]{_LETTERS})*)(?!\w)")
_GAP = re.compile(r"[ \t\u00a0]+")
_TUSSEN = rf"(?:(?:['’]t|{'|'.join(sorted(BETWEEN))})[ ]+)*"
# A title or initials, after which the next word is a surname.
_BEFORE_SURNAME = re.compile(
    r"(?<!\w)(?:"
    r"(?i:mevrouw|mevr\.?|mvr\.?|mw\.?|meneer|mijnheer|juffrouw|de heer|dhr\.?|dokter|dr\.?)[ ]+"
    rf"|(?:[A-Z]\.[ ]?){{1,3}})(?i:{_TUSSEN})(?P<naam>{_LETTERS}(?:['’-]{_LETTERS})*)"
)
# Surname first: Peeters, Jan
_REVERSED = re.compile(rf"(?<!\w)(?P<naam>{_LETTERS}),[ ](?P<voornaam>{_LETTERS})(?!\w)")
_INITIALS_ALONE = re.compile(r"(?<!\w)(?:(?:[A-Z]\.[ ]?){2,3}(?!\w)|[A-Z]{2}(?!\w))")
SHORTEST_IN_CAPITALS = 4  # letters; a shorter word in capitals is an abbreviation


def _names(text: str) -> Iterator[str]:
    """Find runs of two or more capitalised words, and words that the context marks as surnames."""
    for row in _rows(text):
        words = [match[0] for match in row]
        if words and _begins_sentence(text, row[0].start()) and words[0].lower() in STARTS:
            row, words = row[1:], words[1:]  # noqa: PLW2901
        capitals = [at for at, word in enumerate(words) if word.lower() not in BETWEEN]
        if len(capitals) >= 2 and _is_name([words[at] for at in capitals]):
            yield text[row[capitals[0]].start() : row[capitals[-1]].end()]
    for match in _BEFORE_SURNAME.finditer(text):
        if _is_surname(match["naam"]):
            yield match[0]
    for match in _REVERSED.finditer(text):
        if _is_surname(match["naam"]) and match["voornaam"].lower() in VOORNAMEN:
            yield match[0]


def _is_name(words: list[str]) -> bool:
    """Words that are all in capitals may be shouting: require a known first name among them."""
    return not all(map(str.isupper, words)) or any(word.lower() in VOORNAMEN for word in words)


def _is_surname(word: str) -> bool:
    known = NEVER | STARTS | KIN | VOORNAMEN
    return _has_capital(word) and word.lower() not in known


def _rows(text: str) -> Iterator[list[re.Match[str]]]:
    """Find runs of words that could be part of a name, with only white space between them."""
    row: list[re.Match[str]] = []
    for match in _WORD.finditer(text):
        is_next = row and _GAP.fullmatch(text, row[-1].end(), match.start())
        fits = _fits_in_name(match[0])
        if row and not (is_next and fits):
            yield row
            row = []
        if fits:
            row.append(match)
    if row:
        yield row


def _fits_in_name(word: str) -> bool:
    small = word.lower()
    return small in BETWEEN or (_has_capital(word) and small not in NEVER and small not in KIN)


def _has_capital(word: str) -> bool:
    """Whether a word is written as a name: Peeters, d'Hondt, PEETERS or JAN, but not CLB or GO."""
    if word.isupper():
        return len(word) >= SHORTEST_IN_CAPITALS or word.lower() in VOORNAMEN
    return any(part[:1].isupper() for part in re.split("['’-]", word))


def _begins_sentence(text: str, start: int) -> bool:
    before = text[max(start - BEFORE, 0) : start].rstrip(" \t\u00a0\"'‘“(-•*")
    return not before or before[-1] in ".!?:…\n"
