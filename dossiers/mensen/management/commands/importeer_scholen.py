"""Bring in the open list of schools, after a look at what that would do."""

from argparse import ArgumentTypeError
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from dossiers.mensen.domain.invoer import Invoer, NietIngevoerd, bring_in, look_ahead, own_clbs
from dossiers.mensen.domain.scholenlijst import (
    KOLOMMEN,
    NIVEAUS,
    Layout,
    Problem,
    Scholenlijst,
    read_clbs,
    read_scholenlijst,
)
from dossiers.mensen.models import CLB, Niveau, School
from stsdialoog.csv_file import GeenCsv

# For who watches; nothing when the output goes to a file.
BAR: dict[str, Any] = {"unit": " rijen", "disable": None}
GEEN = "geen"
NIETS = "Er is niets gewijzigd"
GEEN_CLB = "er is geen CLB met nummer {number}. Voeg het eerst toe in /beheer/."
NIET_IN_LIJST = "school {number} staat niet in de lijst, of werd overgeslagen. Haal de regel weg."
ANDER_NIVEAU = "hier {was}. Dat blijft zo; wijzig het in /beheer/ als de lijst gelijk heeft."


class Command(BaseCommand):
    help = (
        "Voert de open lijst van scholen in: alles, of niets als er iets niet klopt. Scholen die "
        "er al zijn, krijgen de naam en de plaats van de lijst. Wie nieuw is, heeft een CLB nodig: "
        "--clb of --clbs. Er wordt niets gewist."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("bestand", type=Path, help="de lijst, als .csv")
        parser.add_argument(
            "--proef", action="store_true", help="zeg alleen wat er zou gebeuren, regel per regel"
        )
        clb = parser.add_mutually_exclusive_group()
        clb.add_argument(
            "--clb", metavar="NUMMER", help="het CLB van alle scholen in de lijst, zes cijfers"
        )
        clb.add_argument(
            "--clbs",
            type=Path,
            metavar="BESTAND",
            help="een .csv met de kolommen schoolnummer;clb. Andere scholen blijven wat ze zijn",
        )
        parser.add_argument(
            "--niveau",
            action="append",
            default=[],
            type=_niveau,
            metavar="HOOFDSTRUCTUUR=NIVEAU",
            help="bao, so of buo voor een hoofdstructuur; geen om ze over te slaan",
        )
        parser.add_argument(
            "--kolom",
            action="append",
            default=[],
            type=_kolom,
            metavar="KOLOM=KOP",
            help=f"hoe een kolom in dit bestand heet: een van {', '.join(KOLOMMEN)}",
        )
        parser.add_argument(
            "--zonder-status",
            action="append",
            default=[],
            metavar="STATUS",
            help="sla scholen met deze status erkenning over",
        )

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        layout = Layout(
            kolommen=dict(options["kolom"]),
            niveaus={**NIVEAUS, **dict(options["niveau"])},
            zonder_status=frozenset(status.casefold() for status in options["zonder_status"]),
        )
        lijst = _read(options["bestand"], layout)
        clbs, problems = _clbs_of(lijst, options)
        invoer = look_ahead(listed=lijst.scholen, clbs=clbs)
        problems = [*sorted([*lijst.problems, *invoer.problems], key=_place), *problems]
        if problems:
            self._tell(_about_list(lijst, clbs))
            self.stderr.write("\n".join(map(str, problems)))
            raise CommandError(f"{NIETS}: zet eerst recht wat hierboven staat ({len(problems)}).")
        if not options["proef"]:
            invoer = _bring_in(lijst, clbs, invoer)
        self._tell((*_about_list(lijst, clbs), *_about_schools(invoer)))
        if options["proef"]:
            self._tell([f"{NIETS}: dit was een proef. Laat --proef weg om het te doen."])

    def _tell(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.stdout.write(line)


def _read(bestand: Path, layout: Layout) -> Scholenlijst:
    data = _bytes_of(bestand)
    try:
        return read_scholenlijst(data, layout=layout, track=partial(tqdm, desc="Lezen", **BAR))
    except GeenCsv as error:
        raise CommandError(f"{NIETS}. {bestand.name}: {error}") from error


def _clbs_of(
    lijst: Scholenlijst, options: Mapping[str, Any]
) -> tuple[dict[str, CLB], list[Problem]]:
    """The CLB of each school of the list, by number, and what is wrong with the file of CLB's."""
    if options["clbs"] is not None:
        return _clbs_in(options["clbs"], lijst)
    if options["clb"] is None:
        return own_clbs(lijst.scholen), []
    number = options["clb"].zfill(6)
    clb = CLB.objects.filter(instellingsnummer=number).first()
    if clb is None:
        raise CommandError(f"{NIETS}: {GEEN_CLB.format(number=number)}")
    return dict.fromkeys(lijst.scholen, clb), []


def _clbs_in(bestand: Path, lijst: Scholenlijst) -> tuple[dict[str, CLB], list[Problem]]:
    try:
        said, problems = read_clbs(_bytes_of(bestand))
    except GeenCsv as error:
        raise CommandError(f"{NIETS}. {bestand.name}: {error}") from error
    known = {clb.instellingsnummer: clb for clb in CLB.objects.all()}
    clbs = {}
    for school, (line, number) in said.items():
        if number not in known:
            problems.append(Problem(line, GEEN_CLB.format(number=number)))
        elif school not in lijst.scholen:
            problems.append(Problem(line, NIET_IN_LIJST.format(number=school)))
        else:
            clbs[school] = known[number]
    return clbs, [
        Problem(0, f"{bestand.name}, regel {one.line}: {one.text}")
        for one in sorted(problems, key=_place)
    ]


def _bring_in(lijst: Scholenlijst, clbs: Mapping[str, CLB], ahead: Invoer) -> Invoer:
    try:
        with tqdm(total=len(ahead.nieuw) + len(ahead.gewijzigd), desc="Bewaren", **BAR) as bar:
            return bring_in(listed=lijst.scholen, clbs=clbs, done=bar.update)
    except NietIngevoerd as error:
        raise CommandError(f"{NIETS}. {error}") from error


def _about_list(lijst: Scholenlijst, clbs: Mapping[str, CLB]) -> Iterator[str]:
    without = len(lijst.scholen) - len(clbs)
    yield f"Scholen in de lijst: {len(lijst.scholen)}."
    if without:
        yield f"Zonder CLB, en dus overgeslagen: {without}. Zeg hun CLB met --clb of --clbs."
    if lijst.aangevuld:
        yield f"Schoolnummers zonder nullen vooraan, aangevuld: {lijst.aangevuld}."
    if lijst.overgeslagen:
        yield f"Rijen overgeslagen, zoals gevraagd: {lijst.overgeslagen}."
    if lijst.statussen:
        counted = (f"«{status}» {number}" for status, number in lijst.statussen.most_common())
        yield f"Status erkenning: {', '.join(counted)}. Sla er een over met --zonder-status."


def _about_schools(invoer: Invoer) -> Iterator[str]:
    for one in invoer.nieuw:
        niveau = one.school.get_niveau_display()
        yield f"Regel {one.line}: nieuw: {_named(one.school)}, {niveau}, met {one.school.clb}"
    for one in invoer.gewijzigd:
        yield f"Regel {one.line}: gewijzigd: {_named(one.school)} (was {one.was})"
    for one in invoer.anders:
        yield f"Regel {one.line}: {_named(one.school)}: {ANDER_NIVEAU.format(was=one.was)}"
    for school in invoer.weg:
        yield f"Niet in de lijst, en blijft staan: {_named(school)}"
    yield (
        f"{len(invoer.nieuw)} nieuw, {len(invoer.gewijzigd)} gewijzigd, "
        f"{invoer.gelijk} ongewijzigd, {len(invoer.weg)} niet in de lijst."
    )


def _named(school: School) -> str:
    return f"{school.instellingsnummer} {school.naam}, {school.gemeente}"


def _place(problem: Problem) -> int:
    return problem.line


def _bytes_of(bestand: Path) -> bytes:
    try:
        return bestand.read_bytes()
    except OSError as error:
        raise CommandError(f"{NIETS}. {bestand}: dat bestand is niet te lezen.") from error


def _niveau(text: str) -> tuple[str, Niveau | None]:
    code, _, niveau = text.rpartition("=")
    if not code or niveau.casefold() not in (*Niveau.values, GEEN):
        raise ArgumentTypeError(f"{text} is niet zoals 321=buo (bao, so, buo of geen)")
    return code.strip().casefold(), None if niveau.casefold() == GEEN else Niveau(niveau.casefold())


def _kolom(text: str) -> tuple[str, str]:
    name, _, kop = text.partition("=")
    if name not in KOLOMMEN or not kop:
        raise ArgumentTypeError(f"{text} is niet zoals naam=schoolnaam ({', '.join(KOLOMMEN)})")
    return name, kop
