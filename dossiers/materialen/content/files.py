"""Reads a content file: its data, the line number of each part, and what could not be read."""

import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from stsdialoog.text import invisible_in

# A document, or a block in one.
Inhoud = dict[str, Any]
# The path to a part of a document: ("doelstellingen", 0, "titel").
Place = tuple[str | int, ...]

OPMAAK = (
    "hier klopt de opmaak niet. Kijk op deze regel en de regel ervoor naar het inspringen, "
    "de dubbele punten en de aanhalingstekens."
)
TAB = "inspringen doe je met spaties, niet met een tab."
OPEN_AANHALING = "de aanhalingstekens die hier beginnen, worden nergens gesloten."
VERWIJZING = "gebruik geen ankers (&) en verwijzingen (*): schrijf de tekst voluit."
UITROEPTEKEN = "een tekst die met een uitroepteken begint, hoort tussen aanhalingstekens."
OPMERKING = (
    "wat hier na het hekje (#) staat, valt weg. Hoort het bij de tekst? Zet die dan tussen "
    "aanhalingstekens. Is het een opmerking? Zet ze dan op een eigen regel."
)
TE_DIEP = "hier zitten te veel blokken en lijsten in elkaar. Kijk het inspringen en de haken na."
# More lists and blocks inside each other than any material has.
MAX_DEPTH = 20
ONZICHTBAAR = "hier staat een onzichtbaar teken ({}). Wis het en typ de tekst opnieuw."


@dataclass(frozen=True)
class Finding:
    """What is wrong with one part of a document: a Dutch sentence that says how to correct it."""

    place: Place
    text: str


class OnleesbaarBestand(Exception):
    """The file is not readable YAML; `line` (from 1) and `text` say where and why."""

    def __init__(self, line: int, text: str) -> None:
        super().__init__(text)
        self.line = line
        self.text = text


@dataclass
class Document:
    """The cleaned data of one file, with the line number (from 1) of each part."""

    data: Any = None
    lines: dict[Place, int] = field(default_factory=dict)
    # (line, text) of problems found while reading that did not prevent reading the rest.
    findings: list[tuple[int, str]] = field(default_factory=list)

    def line_of(self, place: Place) -> int:
        """The line of a part or, when it is missing, of the nearest part that encloses it."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)


def read_document(path: Path) -> Document:
    """Read a YAML file. Texts are trimmed and NFC-normalised.

    Raises OnleesbaarBestand when the file is empty or not readable YAML.
    """
    text = _decode(path.read_bytes())
    try:
        loader = PlainLoader(text)
        node = loader.get_single_node()
        if node is None:
            raise OnleesbaarBestand(1, "het bestand is leeg.")
        document = Document(lines={(): node.start_mark.line + 1}, findings=loader.findings)
        _note_lines(document, node, ())
        document.data = _clean(document, loader.construct_document(node), ())
    except (yaml.YAMLError, ValueError) as error:
        raise _unreadable(error, text) from error
    return document


class PlainLoader(yaml.SafeLoader):
    """Plain YAML, in which no character of a text is lost or means something else.

    A date stays text, and anchors, aliases and tags are refused. `findings` are the lines on which
    a comment stands behind something else.
    """

    def __init__(self, stream: str) -> None:
        super().__init__(stream)
        self.findings: list[tuple[int, str]] = []
        self._depth = 0

    yaml_implicit_resolvers = {
        first: [(tag, regexp) for tag, regexp in resolvers if tag != "tag:yaml.org,2002:timestamp"]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event = self.peek_event()
        if event.anchor is not None:
            raise OnleesbaarBestand(event.start_mark.line + 1, VERWIJZING)
        if getattr(event, "tag", None) is not None:
            raise OnleesbaarBestand(event.start_mark.line + 1, UITROEPTEKEN)
        if self._depth > MAX_DEPTH:
            raise OnleesbaarBestand(event.start_mark.line + 1, TE_DIEP)
        self._depth += 1
        node = super().compose_node(parent, index)
        self._depth -= 1
        return node

    def scan_to_next_token(self) -> None:
        self._find_comment()
        super().scan_to_next_token()

    def scan_block_scalar_ignored_line(self, start_mark: yaml.Mark) -> None:
        self._find_comment()
        super().scan_block_scalar_ignored_line(start_mark)

    def _find_comment(self) -> None:
        """Note a comment that comes next and is not alone on its line."""
        before = self.buffer[self.pointer - self.column : self.pointer]
        ahead = 0
        while self.peek(ahead) == " ":
            ahead += 1
        if before.strip() and self.peek(ahead) == "#":
            self.findings.append((self.line + 1, OPMERKING))


def _decode(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise OnleesbaarBestand(line, "bewaar het bestand als UTF-8.") from error


def _note_lines(document: Document, node: yaml.Node, place: Place) -> None:
    if isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            document.lines[*place, index] = item.start_mark.line + 1
            _note_lines(document, item, (*place, index))
    elif isinstance(node, yaml.MappingNode):
        seen = set()
        for key, value in node.value:
            here = (*place, str(key.value))
            document.lines[here] = line = key.start_mark.line + 1
            if here in seen:
                document.findings.append((line, f'"{key.value}" staat twee keer in dit blok.'))
            seen.add(here)
            _note_lines(document, value, here)


def _clean(document: Document, value: Any, place: Place) -> Any:
    if isinstance(value, dict):
        return {key: _clean(document, part, (*place, str(key))) for key, part in value.items()}
    if isinstance(value, list):
        return [_clean(document, part, (*place, index)) for index, part in enumerate(value)]
    if not isinstance(value, str):
        return value
    for character in invisible_in(value):
        text = ONZICHTBAAR.format(f"U+{ord(character):04X}")
        document.findings.append((document.line_of(place), text))
    return unicodedata.normalize("NFC", value).strip()


def _unreadable(error: Exception, text: str) -> OnleesbaarBestand:
    if isinstance(error, yaml.reader.ReaderError):
        character = text[error.position]
        line = text.count("\n", 0, error.position) + 1
        return OnleesbaarBestand(line, ONZICHTBAAR.format(f"U+{ord(character):04X}"))
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return OnleesbaarBestand(1, OPMAAK)
    if error.context == "while scanning a quoted scalar" and error.context_mark:
        return OnleesbaarBestand(error.context_mark.line + 1, OPEN_AANHALING)
    is_tab = "'\\t'" in (error.problem or "")
    return OnleesbaarBestand(error.problem_mark.line + 1, TAB if is_tab else OPMAAK)
