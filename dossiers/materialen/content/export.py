"""Writes a version as a content file that the loader can read, and that people can read too."""

from typing import Any

import yaml

from dossiers.materialen.content.files import Inhoud, PlainLoader

# Line width in characters; the word that crosses it stays on the line.
WIDTH = 90
# Above this many characters, a text gets a block of its own and a list one item per line.
IN_LINE = 72


def as_yaml(inhoud: Inhoud) -> str:
    """Write a document as YAML. Reading the result gives the same document."""
    # The top-level parts are separated by a blank line.
    return "\n".join(_dump({key: part}) for key, part in inhoud.items())


def _dump(part: Inhoud) -> str:
    return yaml.dump(
        part,
        Dumper=_Dumper,
        sort_keys=False,
        allow_unicode=True,
        width=WIDTH,
        default_flow_style=False,
    )


class _Dumper(yaml.SafeDumper):
    """Writes unquoted whatever the loader reads as plain text, such as a date."""

    yaml_implicit_resolvers = PlainLoader.yaml_implicit_resolvers

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002
        # Indent a list below its key.
        super().increase_indent(flow, False)


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = None
    if "\n" in text:
        style = "|"
        # Without a final line break the block would begin with "|-"; the loader trims it again.
        text += "\n"
    elif len(text) > IN_LINE:
        style = ">"
    elif ": " in text or text[:1] in "'\"":
        style = '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _list(dumper: yaml.SafeDumper, items: list[Any]) -> yaml.SequenceNode:
    words = all(isinstance(item, str | int) for item in items)
    flow = words and sum(len(str(item)) + 2 for item in items) <= IN_LINE
    return dumper.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=flow)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(list, _list)
