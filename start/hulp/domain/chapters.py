"""The chapters of the users' manual: one file each, with for whom it is and where it comes."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from django.conf import settings
from django.utils.safestring import SafeString

from dossiers.mensen.models import Rol
from start.hulp.domain.markdown import Task, render_markdown

# Whom a chapter is for, besides the roles of a Lidmaatschap.
IEDEREEN, LEERKRACHT, PLG, STS_TEAM = "iedereen", "leerkracht", "plg", "sts-team"
READERS = frozenset({*Rol.values, IEDEREEN, LEERKRACHT, PLG, STS_TEAM})
FENCE = "---\n"


@dataclass(frozen=True)
class Chapter:
    """slug: the name of its file, and its address. voor: one of READERS. kort: a sentence on it."""

    slug: str
    titel: str
    voor: str
    kort: str
    volgorde: int
    tasks: tuple[Task, ...]
    html: SafeString


@dataclass(frozen=True)
class Shelf:
    """The chapters as somebody finds them: those of her own roles, those for all, the others."""

    own: tuple[Chapter, ...]
    for_all: tuple[Chapter, ...]
    others: tuple[Chapter, ...]


def chapters() -> tuple[Chapter, ...]:
    """Every chapter, in order. A server reads them once; while one writes, each time anew."""
    read = read_chapters if settings.DEBUG else _read_once
    return read(settings.HANDLEIDING_DIR)


def find_chapter(slug: str) -> Chapter | None:
    """The chapter with this address, if there is one."""
    return next((chapter for chapter in chapters() if chapter.slug == slug), None)


def shelf_for(readers: Collection[str]) -> Shelf:
    """Put the chapters in the order of somebody who is all of these `READERS`."""
    own = tuple(chapter for chapter in chapters() if chapter.voor in readers)
    everybody = tuple(chapter for chapter in chapters() if chapter.voor == IEDEREEN)
    others = tuple(chapter for chapter in chapters() if chapter not in (*own, *everybody))
    return Shelf(own, everybody, others)


def read_chapters(folder: Path) -> tuple[Chapter, ...]:
    """Read every chapter (`*.md`) of a folder.

    Raises ValueError, naming the file, when one lacks its title or does not say for whom it is.
    """
    found = [_read_chapter(path) for path in folder.glob("*.md")]
    return tuple(sorted(found, key=lambda chapter: (chapter.volgorde, chapter.slug)))


_read_once = cache(read_chapters)


def _read_chapter(path: Path) -> Chapter:
    try:
        before, head, text = path.read_text(encoding="utf-8").split(FENCE, 2)
        about = yaml.safe_load(head)
        if before or about["voor"] not in READERS:
            raise ValueError(f"'voor' is one of {', '.join(sorted(READERS))}.")
        rendered = render_markdown(text, folder=path.parent)
        return Chapter(
            slug=path.stem,
            titel=rendered.titel,
            voor=about["voor"],
            kort=about["kort"],
            volgorde=about["volgorde"],
            tasks=rendered.tasks,
            html=rendered.html,
        )
    except (ValueError, KeyError, TypeError, FileNotFoundError) as error:
        raise ValueError(f"{path.name}: {error}") from error
