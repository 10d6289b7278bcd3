"""A letter to lay out, and people who keep the places busy."""

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from stsdialoog.documents.document import MATERIALS, KeptDocument
from stsdialoog.documents.places import Job, open_place

# Primary keys, as they stand in a place.
AN, TOM = "1", "2"


def letter(words: str = "Welkom", *, owner: str = MATERIALS) -> KeptDocument:
    html = f"<html lang=nl-BE><title>Brief</title><h1>Brief</h1><p>{words}"
    return KeptDocument("brief.html", "Brief", html, ("plan.css",), owner)


@contextmanager
def busy(*jobs: Job) -> Iterator[None]:
    """These documents are being made all the while."""
    with ExitStack() as stack:
        for number, job in enumerate(jobs):
            place = stack.enter_context(closing(open_place(f"document-{number}")))
            assert place.take()
            place.write(job)
        yield


def until_free(name: str = "document-0") -> None:
    """Wait for the end of the process that works in a place."""
    with closing(open_place(name)) as place:
        place.wait()


def kept_files(folder: Path) -> list[Path]:
    return sorted((folder / "documents").rglob("*.pdf"))
