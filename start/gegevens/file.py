"""What is kept about somebody, as a JSON file, piece by piece: there can be many texts."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime

from start.gegevens.queries.parts import Deel

# Of the shape of the file, for who reads it with a program.
VERSIE = 1


def json_pieces(delen: Iterable[Deel], *, made_at: datetime) -> Iterator[str]:
    """One object: when it was made, and for each part its title, what it is, and its rows."""
    yield f'{{"versie": {VERSIE}, "gemaakt_op": {_json(made_at.isoformat(timespec="seconds"))}'
    for deel in delen:
        head = f'"titel": {_json(deel.titel)}, "uitleg": {_json(deel.uitleg)}'
        yield f',\n{_json(deel.naam)}: {{{head}, "rijen": ['
        between = "\n"
        for row in deel.as_data():
            yield f"{between}{_json(row)}"
            between = ",\n"
        yield "]}"
    yield "}\n"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
