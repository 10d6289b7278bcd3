"""The mutants of a file. What to change is up to mutmut; here each change becomes a whole file.

mutmut's own runner would not do: it passes by every function with a decorator, keeps one database
for all that runs at once, and takes a test that could not even begin for one that failed.
"""

import ast
import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from libcst import Module
from mutmut.mutation.file_mutation import create_mutations, deep_replace

# @transaction.atomic stands above nearly all that writes; as a comment mutmut does not see it.
DECORATOR = re.compile(r"^( *)@(?=\w)", re.MULTILINE)
HIDDEN = re.compile(r"^( *)#@(?=\w)", re.MULTILINE)
FUNCTION = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Mutant:
    """A file of the project (by its path from the root) with one change."""

    path: str
    before: str
    after: str

    @property
    def line(self) -> int:
        """The first line that the change touches."""
        same = difflib.SequenceMatcher(None, self.before.splitlines(), self.after.splitlines())
        return next(start for tag, start, *_ in same.get_opcodes() if tag != "equal") + 1

    @property
    def diff(self) -> str:
        lines = difflib.unified_diff(
            self.before.splitlines(), self.after.splitlines(), n=2, lineterm=""
        )
        return "\n".join([*lines][2:])  # the path stands above it

    @property
    def lines(self) -> range | None:
        """The smallest statement around the change, by its lines; of one with a block, its head.

        None for what is not inside a function: it runs but once, when the file is imported.
        """
        nodes = [*ast.walk(ast.parse(self.before))]
        if not any(self.line in _body(node) for node in nodes if isinstance(node, FUNCTION)):
            return None
        return min((span for node in nodes if self.line in (span := _own(node))), key=len)


def mutants_of(root: Path, path: str) -> list[Mutant]:
    """All mutants of a file, each once."""
    before = (root / path).read_text()
    changed = dict.fromkeys(_changed(path, before))
    return [Mutant(path, before, after) for after in changed if after != before]


def _changed(path: str, source: str) -> Iterator[str]:
    module, mutations, *_ = create_mutations(path, DECORATOR.sub(r"\1#@", source))
    for mutation in mutations:
        changed = deep_replace(module, mutation.original_node, mutation.mutated_node)
        yield HIDDEN.sub(r"\1@", cast(Module, changed).code)


def _body(node: ast.FunctionDef | ast.AsyncFunctionDef) -> range:
    return range(node.body[0].lineno, _end(node))


def _own(node: ast.AST) -> range:
    if not isinstance(node, ast.stmt | ast.excepthandler):
        return range(0)
    block = getattr(node, "body", None)
    return range(node.lineno, block[0].lineno if block else _end(node))


def _end(node: ast.stmt | ast.excepthandler) -> int:
    return (node.end_lineno or node.lineno) + 1
