"""What in a text could tell who somebody is: a full name, a date of birth, a rijksregisternummer.

It is a friend who looks over one's shoulder and no lock: a warning that is nearly always right is
read, one that cries at every capital is not. So a first name alone passes, and the date of a talk.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Kenmerk(StrEnum):
    NAAM = "een volledige naam"
    GEBOORTEDATUM = "een geboortedatum"
    RIJKSREGISTERNUMMER = "een rijksregisternummer"


@dataclass(frozen=True)
class Vondst:
    """What was found, and the words in which."""

    kenmerk: Kenmerk
    woorden: str


def herken(tekst: str, *, vandaag: date) -> tuple[Vondst, ...]:
    """Everything in a text that could tell who somebody is, each once."""
    found = [
        *(Vondst(Kenmerk.RIJKSREGISTERNUMMER, words) for words in _numbers(tekst)),
        *(Vondst(Kenmerk.GEBOORTEDATUM, words) for words in _birthdays(tekst, vandaag)),
        *(Vondst(Kenmerk.NAAM, words) for words in _names(tekst)),
    ]
    return tuple(dict.fromkeys(found))


# --- rijksregisternummer ----------------------------------------------------------------------
# Six digits of a birthday, three that count, two that check: 93.05.18-223.61 or 93051822361.
_NUMBER = re.compile(
    r"(?<!\d)(\d{2})[ .\-/]?(\d{2})[ .\-/]?(\d{2})[ .\-/]{0,3}(\d{3})[ .\-/]{0,3}(\d{2})(?!\d)"
)


def _numbers(tekst: str) -> Iterator[str]:
    for match in _NUMBER.finditer(tekst):
        nine, check = "".join(match.groups()[:4]), int(match[5])
        # Who was born from 2000 on has a 2 before the nine digits that are counted with.
        if check in (97 - int(nine) % 97, 97 - int(f"2{nine}") % 97):
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
        rf"(?<!\d)(?P<d>\d{{1,2}})(?:e|ste|de)?\s+(?P<m>{_MONTH})\.?\s+(?P<j>\d{{4}})(?!\d)",
        re.IGNORECASE,
    ),
)  # fmt: skip
# The word that says it, with a day or a year behind it.
_BORN = re.compile(
    r"(?:\bgeboren\b|\bgeboortedatum\b|\bgeb\b\.?|°)\s*:?\s*(?:(?:op|in)\s+)?(?:de\s+)?"
    rf"(?:\d{{1,2}}\s?[/.\-]\s?\d{{1,2}}(?:\s?[/.\-]\s?\d{{2,4}})?"
    rf"|\d{{1,2}}(?:e|ste|de)?\s+(?:{_MONTH})\b|(?:{_MONTH})\s+\d{{4}}|\d{{4}})(?!\d)",
    re.IGNORECASE,
)
# In years: what happened more recently is a day at school and no birthday.
YOUNGEST, OLDEST = 2, 100


def _birthdays(tekst: str, vandaag: date) -> Iterator[str]:
    for pattern in _DATES:
        for match in pattern.finditer(tekst):
            day = _day(match["d"], match["m"], match["j"], vandaag)
            if day and YOUNGEST <= _years(day, vandaag) <= OLDEST:
                yield match[0]
    for match in _BORN.finditer(tekst):
        if not any(pattern.search(match[0]) for pattern in _DATES):
            yield match[0]


def _day(day: str, month: str, year: str, vandaag: date) -> date | None:
    number = int(year)
    if len(year) == 2:
        number += 2000 if number <= vandaag.year % 100 else 1900
    try:
        return date(number, _MONTHS.get(month.lower()) or int(month), int(day))
    except ValueError:
        return None


def _years(day: date, vandaag: date) -> int:
    return vandaag.year - day.year - ((vandaag.month, vandaag.day) < (day.month, day.day))


# --- full name --------------------------------------------------------------------------------
_CAPITAL = r"[A-ZÀ-ÖØ-ÞŁŞŠŽĞİ](?:['’][A-ZÀ-ÖØ-Þ])?[a-zß-öø-ÿłşšžğıćčńęąő]+(?:[-'’][A-ZÀ-Þa-zß-ÿ]+)*"
_BETWEEN = r"(?:van|de|der|den|het|ter|ten|te|'t|’t|von|du|la|le|el|bin|ibn|da|dos|di)"
_WORD = re.compile(rf"(?<!\w)(?:{_CAPITAL}|{_BETWEEN})(?!\w)")
_GAP = re.compile(r"[ \t\u00a0]+")
_ONLY_BETWEEN = re.compile(_BETWEEN)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# What begins a sentence, and with a capital; it says nothing about the word behind it.
_STARTS = _words(
    """
    aan ook al alle alleen alles als altijd anders behalve best beste bij bijna binnen blijft
    boven broer brussen buiten daar daarna daarom dan dat de deze die dit doet door doordat
    drinkt dus een eerst eet eigenlijk elke en enkel er even familie gaan gaat geeft geen
    gebruikt gezin goed goede graag haar had hebben heeft hem hen het hier hij hoe houdt hun
    ik in is ja jij kan kijkt kind komt krijgt kunnen leerkracht leerling leert leest ligt
    lijkt loopt luistert maar mag mama mams met meer mee meestal meneer mevrouw mijn misschien
    mist moeder moet na naar neemt nee niemand niet nieuwe niks noemt nog nooit nu of om omdat
    onder ondanks ons op opa oma oom over ouders papa per plus praat rond samen school sinds
    slaapt slecht slechts soms speelt spreekt sprak staat straks stopt sommige tante te tegen
    tegenover ten ter terwijl thuis tijdens toch toen tot totdat tussen twee uit vader van
    vanaf vandaag veel verder vertelt via vindt volgende volgens voor vooral vraag vraagt
    vriend vriendin vroeger vond waar waarom wanneer want waren was wat weer weet welke werd
    werkt wie wij wil wilt woont wordt ze zegt zei zeker zelf ziet zijn zit zo zoals zodat
    zolang zonder zou zoon dochter zus zusje broertje neef nicht buurvrouw buurman juf meester
    """
)
# Never part of a name, wherever it stands: days, months, languages, places of work.
_NEVER = _words(
    """
    maandag dinsdag woensdag donderdag vrijdag zaterdag zondag januari februari maart april
    mei juni juli augustus september oktober november december frans franse nederlands
    nederlandse engels engelse duits duitse turks turkse arabisch arabische marokkaans
    marokkaanse pools poolse roemeens roemeense bulgaars bulgaarse spaans spaanse italiaans
    italiaanse berbers portugees portugese russisch oekraïens oekraïense albanees grieks
    latijn belgisch belgische vlaams vlaamse dari farsi pasjtoe somalisch tigrinya lingala
    wiskunde godsdienst islam ramadan suikerfeest pasen kerstmis kerst paasvakantie
    kerstvakantie herfstvakantie krokusvakantie smartschool discimus dataloep lars vlaanderen
    brussel antwerpen gent mechelen leuven limburg chiro scouts facebook instagram snapchat
    tiktok whatsapp youtube netflix fortnite roblox playstation xbox nintendo google teams
    """
)


def _names(tekst: str) -> Iterator[str]:
    """Two or more words with a capital in a row, with their tussenvoegsels."""
    for row in _rows(tekst):
        words = [match[0] for match in row]
        if words and _begins_sentence(tekst, row[0].start()) and words[0].lower() in _STARTS:
            row, words = row[1:], words[1:]  # noqa: PLW2901
        capitals = [at for at, word in enumerate(words) if not _ONLY_BETWEEN.fullmatch(word)]
        if len(capitals) >= 2:
            yield tekst[row[capitals[0]].start() : row[capitals[-1]].end()]


def _rows(tekst: str) -> Iterator[list[re.Match[str]]]:
    """Words that can be of a name, with nothing but a space between them."""
    row: list[re.Match[str]] = []
    for match in _WORD.finditer(tekst):
        is_next = row and _GAP.fullmatch(tekst[row[-1].end() : match.start()])
        if row and not is_next:
            yield row
            row = []
        if match[0].lower() in _NEVER:
            if row:
                yield row
            row = []
        else:
            row.append(match)
    if row:
        yield row


def _begins_sentence(tekst: str, start: int) -> bool:
    before = tekst[:start].rstrip(" \t\u00a0\"'‘“(-•*")
    return not before or before[-1] in ".!?:…\n"
