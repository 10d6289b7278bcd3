"""Hears every variable of our templates that Django could not resolve.

Django writes nothing where a variable is missing, and `{% if %}` takes it for false: after a
renaming a page looks well and says the wrong thing. So the tests listen where Django resolves,
which every tag and filter goes through, and a story in which something was missing fails.

What a part may go without, its page gives as None or False: `{% include ... with bij=None %}`.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.template import Context, Engine, VariableDoesNotExist
from django.template.base import Node, Variable

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"


class Nothing(str):
    """The empty text that Django takes for what fails silently, told apart from any other."""

    __slots__ = ()


NOTHING = Nothing()


@dataclass(frozen=True)
class Unresolved:
    template: str
    line: int
    variable: str

    def __str__(self) -> str:
        return f"templates/{self.template}, line {self.line}: {self.variable}"


# What may be missing, and why: (template, variable) -> reason.
OPTIONAL = {
    ("admin/base_site.html", "subtitle"): "Django's admin gives it on some of its pages only",
    ("velden/delen/veld.html", "zonder_herkenning"): "only a page that a room reads along gives it",
    ("velden/delen/veld.html", "net_bewaard"): "only the answer to a save gives it",
    ("account/password_reset_from_key.html", "token_fail"): "allauth gives it with a bad link only",
}

_heard: list[Unresolved] = []
_drawing = threading.local()


def heard() -> list[Unresolved]:
    """What was missing since the last call, each once."""
    found = list(dict.fromkeys(_heard))
    _heard.clear()
    return found


@contextmanager
def listening() -> Iterator[None]:
    """Listen while templates are drawn, in any thread of this process."""
    render, look_up = Node.render_annotated, Variable._resolve_lookup

    def render_and_know_where(node: Node, context: Context) -> Any:
        nodes = _nodes()
        nodes.append(node)
        try:
            return render(node, context)
        finally:
            nodes.pop()

    def look_up_and_listen(variable: Variable, context: Context) -> Any:
        try:
            value = look_up(variable, context)
        except VariableDoesNotExist:
            _note(variable)
            raise
        if value is NOTHING:
            _note(variable)
        return value

    with pytest.MonkeyPatch.context() as patch:
        # What is not in the database, and a method that wants more: Django makes this text of them,
        # without an exception. Of every engine: a story with settings of its own gets a new one.
        invalid = property(lambda _engine: NOTHING, lambda _engine, _value: None)
        patch.setattr(Engine, "string_if_invalid", invalid, raising=False)
        patch.setattr(Node, "render_annotated", render_and_know_where)
        patch.setattr(Variable, "_resolve_lookup", look_up_and_listen)
        yield


def _nodes() -> list[Node]:
    """The tags that this thread is in the middle of, the innermost last."""
    if not hasattr(_drawing, "nodes"):
        _drawing.nodes = []
    return _drawing.nodes


def _note(variable: Variable) -> None:
    node = _nodes()[-1] if _nodes() else None
    if node is None or node.token is None:
        return
    path = Path(str(node.origin.name))
    if not path.is_relative_to(TEMPLATES):
        return
    template = path.relative_to(TEMPLATES).as_posix()
    if (template, str(variable)) not in OPTIONAL:
        _heard.append(Unresolved(template, node.token.lineno or 0, str(variable)))
