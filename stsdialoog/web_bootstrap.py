"""Bootstrap as pages need it: what it says of the elements of HTML, and of the classes that we use.

The whole of it is ten times as large, and everybody's first page would wait for that.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import bootstrap_wrapper
import tinycss2

from stsdialoog.made_files import MadeFilesFinder, folder_for

PATH = "css/bootstrap.css"
# Ours, and those that crispy-forms writes. A class of Bootstrap that is not here does nothing.
CLASSES = frozenset(
    (
        "alert",
        "alert-danger",
        "btn",
        "btn-danger",
        "btn-link",
        "btn-outline-danger",
        "btn-outline-primary",
        "btn-primary",
        "btn-sm",
        "container",
        "d-block",
        "d-none",
        "form-check",
        "form-check-input",
        "form-check-label",
        "form-control",
        "form-label",
        "form-select",
        "form-text",
        "fs-6",
        "invalid-feedback",
        "is-invalid",
        "lead",
        "m-0",
        "mb-3",
        "mb-4",
        "mt-3",
        "visually-hidden",
    )
)
DARK = "[data-bs-theme=dark]"
LICENCE = re.compile(r"/\*!.*?\*/", re.DOTALL)


class WebBootstrapFinder(MadeFilesFinder):
    paths = (PATH,)

    def folder(self) -> Path:
        return _folder()

    def content(self, path: str) -> bytes:  # noqa: ARG002 (there is one)
        return web_bootstrap().encode()


def whole_bootstrap() -> Path:
    return Path(bootstrap_wrapper.get_bootstrap_dir()) / "css" / "bootstrap.min.css"


def web_bootstrap() -> str:
    """The style sheet of Bootstrap, without rules that no page of ours can meet."""
    css = whole_bootstrap().read_text(encoding="utf-8")
    licence = LICENCE.search(css)
    rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    return (licence[0] if licence else "") + "".join(_kept(rules))


def _kept(rules: Iterable[Any]) -> Iterator[str]:
    for rule in rules:
        if rule.type == "qualified-rule":
            if selectors := [one for one in _selectors(rule.prelude) if _is_ours(one)]:
                names = ",".join(map(tinycss2.serialize, selectors))
                yield f"{names}{{{tinycss2.serialize(rule.content)}}}"
        # Not @keyframes: what moves in Bootstrap is nothing of ours.
        elif rule.type == "at-rule" and rule.at_keyword == "media":
            inside = tinycss2.parse_rule_list(rule.content, skip_whitespace=True)
            if kept := "".join(_kept(inside)):
                yield f"@media{tinycss2.serialize(rule.prelude)}{{{kept}}}"


def _selectors(prelude: list[Any]) -> list[list[Any]]:
    """The selectors of a rule, which stand between commas."""
    found: list[list[Any]] = [[]]
    for part in prelude:
        if part == ",":
            found.append([])
        else:
            found[-1].append(part)
    return found


def _is_ours(selector: list[Any]) -> bool:
    classes = (
        name.value for dot, name in pairwise(selector) if dot == "." and name.type == "ident"
    )
    return CLASSES.issuperset(classes) and DARK not in tinycss2.serialize(selector)


@cache
def _folder() -> Path:
    return folder_for([Path(__file__), whole_bootstrap()])
