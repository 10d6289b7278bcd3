"""A whole dossier as one file."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from html import unescape

from django.template.loader import render_to_string
from django.utils.text import slugify

from preventieplan.bestuur.queries.kaarten import documents_in
from start.uitvoer.domain.archive import json_of, zip_of
from start.uitvoer.domain.schema import published_schema
from start.uitvoer.pdf import documents_of
from start.uitvoer.queries.acties import actie_sheet, acties_of
from start.uitvoer.queries.dossier import SCHEMA, Contents, dossier_data
from stsdialoog.documents.bundle import find_or_make_all
from stsdialoog.documents.document import KeptDocument
from stsdialoog.spreadsheet import workbook
from stsdialoog.typeface import missing_from


@dataclass(frozen=True)
class Papers:
    """The documents of a dossier.

    pdfs: by their path.
    missing: the words with signs that could not be printed.
    """

    pdfs: dict[str, bytes]
    missing: tuple[str, ...]


def find_or_make_papers(contents: Contents, *, today: date, user: str) -> Papers:
    """The documents of a dossier, found or made as far as one request has patience.

    today: the day that decides what is late. user: the primary key of who asks.
    Raises Unfinished and NotMade, as `find_or_make_all` does.
    """
    paths: list[str] = []
    missing: list[str] = []

    def documents() -> Iterator[KeptDocument]:
        for part in documents_of(contents, today=today):
            paths.append(part.path)
            missing.extend(map(unescape, missing_from(part.document.html)))
            yield part.document

    made = find_or_make_all(documents(), user=user)
    pdfs = dict(zip(paths, made, strict=True)) | documents_in(contents.dossier)
    return Papers(pdfs, tuple(dict.fromkeys(missing)))


def export_file(contents: Contents, papers: Papers) -> bytes:
    """The ZIP of a dossier; for the same dossier the same bytes."""
    dossier = contents.dossier
    naam = "Acties (oefening)" if dossier.school.oefen else "Acties"
    context = {"dossier": dossier, "contents": contents, "papers": papers, "schema": SCHEMA}
    readme = render_to_string("uitvoer/leesmij.txt", context)
    acties = acties_of(dossier)
    return zip_of(
        {
            "LEESMIJ.txt": readme.encode(),
            **papers.pdfs,
            "acties.xlsx": workbook(actie_sheet(acties, naam=naam)),
            "dossier.json": json_of(dossier_data(contents, acties)),
            f"{SCHEMA}.schema.json": published_schema(),
        }
    )


def export_name(contents: Contents) -> str:
    """The name that the file is saved under."""
    school = contents.dossier.school
    what = slugify(school.naam) or school.instellingsnummer
    return f"dossier-{what}-{contents.dossier.schooljaar_label}.zip"
