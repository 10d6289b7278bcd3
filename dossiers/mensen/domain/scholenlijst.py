"""Reading the open list of schools: what its rows say, and what is wrong with them.

Nothing here asks the database. The layout is that of the list of the ministry (docs/facts.md, "The
open list of schools"). What is kept of a school is the little that the application works with; of
the rest of the list no column is read.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError

from dossiers.mensen.models import Niveau, Provincie, School
from stsdialoog.csv_file import Row, column_name, read_rows

NUMMER, NAAM, GEMEENTE, PROVINCIE = "schoolnummer", "naam", "gemeente", "provincie"
HOOFDSTRUCTUUR, STATUS, HOOFDZETEL = "hoofdstructuur", "status_erkenning", "hoofdzetel"
NEEDED = (NUMMER, NAAM, GEMEENTE, PROVINCIE, HOOFDSTRUCTUUR)
# Read when the list has them.
EXTRA = (STATUS, HOOFDZETEL)
KOLOMMEN = (*NEEDED, *EXTRA)

# docs/facts.md, "The open list of schools". What is not there is asked, and not made up.
NIVEAUS: Mapping[str, Niveau | None] = {
    "111": Niveau.BAO,
    "121": Niveau.BAO,
    "211": Niveau.BAO,
    "221": Niveau.BUO,
    "311": Niveau.SO,
}
PROVINCIES = {
    column_name(name): provincie for provincie in Provincie for name in (provincie, provincie.label)
}
YES = frozenset({"ja", "j", "1", "true", "waar", "x", "hoofdzetel"})

GEEN_NUMMER = "«{text}» is geen schoolnummer: dat telt hoogstens zes cijfers."
VELDEN = "er staan meer of minder velden dan kolommen (een ; zonder aanhalingstekens eromheen?)."
GEEN_NIVEAU = (
    "de hoofdstructuur «{code}» zegt niet welk niveau dit is. Voeg toe: --niveau {code}=bao, so of "
    "buo; of --niveau {code}=geen, om zulke scholen over te slaan."
)
GEEN_PROVINCIE = "de provincie «{text}» is niet bekend. Het is een van: {known}."
NIETS_IN = "{column} is leeg. Vul dat in."
NOG_EENS = (
    "schoolnummer {number} staat ook op regel {line}, met een andere naam, plaats of niveau. Hou "
    "er één van, of zeg in de kolom hoofdzetel welke het is."
)


@dataclass(frozen=True)
class Problem:
    """What is wrong with a line of a file; `line` is 0 for what has no line in it."""

    line: int
    text: str

    def __str__(self) -> str:
        return f"Regel {self.line}: {self.text}" if self.line else self.text


@dataclass(frozen=True)
class Layout:
    """How a list is to be read.

    kolommen: another heading for one of KOLOMMEN.
    niveaus: the niveau of each hoofdstructuur; None for schools to leave out.
    zonder_status: recognitions of schools to leave out, in small letters.
    """

    kolommen: Mapping[str, str] = field(default_factory=dict)
    niveaus: Mapping[str, Niveau | None] = field(default_factory=lambda: NIVEAUS)
    zonder_status: frozenset[str] = frozenset()

    def column(self, name: str) -> str:
        return column_name(self.kolommen.get(name, name))


@dataclass(frozen=True)
class Listed:
    """A school as a line of the list tells it, cleaned; `school` is not saved and has no CLB."""

    line: int
    school: School
    is_main: bool

    @property
    def number(self) -> str:
        return self.school.instellingsnummer or ""

    @property
    def kept(self) -> tuple[str, ...]:
        """All that is kept of it."""
        school = self.school
        return school.naam, school.niveau, school.gemeente, school.provincie


@dataclass
class Scholenlijst:
    """A list as it was read.

    scholen: by number, each once.
    aangevuld: how many numbers had lost zeros at their front.
    statussen: how many rows have each recognition, as the list words it.
    overgeslagen: how many rows were left out, by niveau or recognition.
    """

    scholen: dict[str, Listed] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    statussen: Counter[str] = field(default_factory=Counter)
    aangevuld: int = 0
    overgeslagen: int = 0


class _Wrong(Exception):
    """A row that says no school."""


class _Skipped(Exception):
    """A row that the operator asked to leave out."""


def read_scholenlijst(
    data: bytes, *, layout: Layout, track: Callable[[list[Row]], Iterable[Row]] = iter
) -> Scholenlijst:
    """Read a list; what is wrong with its rows is in its `problems`.

    track: gives the rows on one by one, and may tell somebody how far it is.
    Raises GeenCsv when it is no list at all.
    """
    rows = read_rows(data, needed=[layout.column(name) for name in NEEDED])
    lijst = Scholenlijst()
    found: defaultdict[str, list[Listed]] = defaultdict(list)
    for row in track(rows):
        try:
            one = _listed(row, layout, lijst)
            found[one.number].append(one)
        except _Wrong as wrong:
            lijst.problems.append(Problem(row.line, str(wrong)))
        except _Skipped:
            lijst.overgeslagen += 1
    for same in found.values():
        lijst.problems += _differing(same)
        lijst.scholen[same[0].number] = _the_one(same)[0]
    lijst.problems.sort(key=lambda problem: problem.line)
    return lijst


def read_clbs(data: bytes) -> tuple[dict[str, tuple[int, str]], list[Problem]]:
    """Read a file schoolnummer;clb: the line and the number of the CLB of each school.

    Raises GeenCsv.
    """
    found: dict[str, tuple[int, str]] = {}
    problems = []
    for row in read_rows(data, needed=(NUMMER, "clb")):
        try:
            if not row.is_whole:
                raise _Wrong(VELDEN)
            number, clb = _number(row.values[NUMMER]), _number(row.values["clb"])
            line, other = found.setdefault(number, (row.line, clb))
            if other != clb:
                raise _Wrong(f"school {number} heeft op regel {line} een ander CLB. Hou er één.")
        except _Wrong as wrong:
            problems.append(Problem(row.line, str(wrong)))
    return found, problems


def _listed(row: Row, layout: Layout, lijst: Scholenlijst) -> Listed:
    if not row.is_whole:
        raise _Wrong(VELDEN)
    values = {name: row.values.get(layout.column(name), "") for name in KOLOMMEN}
    if values[STATUS]:
        lijst.statussen[values[STATUS]] += 1
    if values[STATUS].casefold() in layout.zonder_status:
        raise _Skipped
    number, niveau = _number(values[NUMMER]), _niveau(values[HOOFDSTRUCTUUR], layout)
    lijst.aangevuld += len(values[NUMMER]) < len(number)
    school = School(
        instellingsnummer=number,
        naam=values[NAAM],
        niveau=niveau,
        gemeente=values[GEMEENTE],
        provincie=_provincie(values[PROVINCIE]),
    )
    try:
        school.clean_fields(exclude=("id", "clb"))
    except ValidationError as error:
        raise _Wrong("; ".join(_told(error))) from error
    return Listed(row.line, school, values[HOOFDZETEL].casefold() in YES)


def _told(error: ValidationError) -> Iterator[str]:
    for column, messages in error.message_dict.items():
        yield f"{column}: {' '.join(messages)}"


def _number(text: str) -> str:
    if not re.fullmatch(r"[0-9]{1,6}", text) or not int(text):
        raise _Wrong(GEEN_NUMMER.format(text=text))
    return text.zfill(6)


def _niveau(text: str, layout: Layout) -> Niveau:
    """The niveau of a hoofdstructuur, which may have its name behind its code."""
    if not text:
        raise _Wrong(NIETS_IN.format(column=HOOFDSTRUCTUUR))
    codes = (text.casefold(), text.split(maxsplit=1)[0].casefold())
    code = next((code for code in codes if code in layout.niveaus), None)
    if code is None:
        raise _Wrong(GEEN_NIVEAU.format(code=codes[1] if codes[1].isdigit() else text))
    niveau = layout.niveaus[code]
    if niveau is None:
        raise _Skipped
    return niveau


def _provincie(text: str) -> Provincie:
    if not text:
        raise _Wrong(NIETS_IN.format(column=PROVINCIE))
    try:
        return PROVINCIES[column_name(text)]
    except KeyError as error:
        known = ", ".join(Provincie.labels)
        raise _Wrong(GEEN_PROVINCIE.format(text=text, known=known)) from error


def _the_one(same: list[Listed]) -> list[Listed]:
    """The rows of one number that count: its hoofdzetel, if the list says which that is."""
    return [one for one in same if one.is_main] or same


def _differing(same: Iterable[Listed]) -> Iterator[Problem]:
    """A school has a row for each of its places, which may say the same; one that does not counts
    only where the hoofdzetel is known."""
    first, *others = _the_one(list(same))
    for one in others:
        if one.kept != first.kept:
            yield Problem(one.line, NOG_EENS.format(number=one.number, line=first.line))
