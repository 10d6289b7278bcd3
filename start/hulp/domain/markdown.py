"""Turns the text of a chapter into HTML: headings with an address, pictures, links to others."""

import re
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.token import Token
from PIL import Image

# A link to another chapter, as it also works between the files themselves.
CHAPTER = re.compile(r"(?P<slug>[a-z-]+)\.md(?P<place>#.+)?")
# Where the pictures stand beside the chapters, and under the address of static files.
PICTURES, SERVED_AS = "beelden/", "hulp/"


@dataclass(frozen=True)
class Task:
    """A task of a chapter: its words, and the id of its place on the page."""

    words: str
    anchor: str


@dataclass(frozen=True)
class Rendered:
    """A chapter as HTML without its title."""

    titel: str
    html: SafeString
    tasks: tuple[Task, ...]


def render_markdown(text: str, *, folder: Path) -> Rendered:
    """Make a page of the text of a chapter.

    text: CommonMark that begins with the only heading of level 1. HTML in it is shown, not obeyed.
    folder: where its pictures stand, in `beelden/`.
    Raises ValueError for a text without a title, and FileNotFoundError without a picture of it.
    """
    markdown = MarkdownIt("commonmark", {"html": False})
    tokens = markdown.parse(text)
    if [token.tag for token in tokens[:1]] != ["h1"]:
        raise ValueError("A chapter begins with its title: a line that starts with '# '.")
    title, body = tokens[1], tokens[3:]
    tasks = tuple(_give_addresses(body))
    for token in body:
        for inside in token.children or ():
            _point(inside, folder)
    html = markdown.renderer.render(body, markdown.options, {})
    return Rendered(
        titel=title.content,
        html=mark_safe(html),  # noqa: S308 (our own text, in which the renderer escapes all HTML)
        tasks=tasks,
    )


def _give_addresses(tokens: list[Token]) -> list[Task]:
    """Give each heading of level 2 an id, so that one can link to it."""
    found = []
    for opening, words in pairwise(tokens):
        if opening.type == "heading_open" and opening.tag == "h2":
            task = Task(words.content, slugify(words.content))
            opening.attrSet("id", task.anchor)
            found.append(task)
    return found


def _point(token: Token, folder: Path) -> None:
    """Let a link or picture of the files point to where the page has it."""
    if token.type == "link_open" and (chapter := CHAPTER.fullmatch(str(token.attrGet("href")))):
        address = reverse("hulp-hoofdstuk", args=[chapter["slug"]])
        token.attrSet("href", f"{address}{chapter['place'] or ''}")
    if token.type == "image":
        name = str(token.attrGet("src"))
        with Image.open(folder / name) as picture:
            width, height = picture.size
        token.attrSet("src", static(SERVED_AS + name.removeprefix(PICTURES)))
        # So that the words below do not jump when it comes in.
        token.attrSet("width", str(width))
        token.attrSet("height", str(height))
        token.attrSet("loading", "lazy")
