"""Writing a version as the content file that the loader reads: made to be read by people too."""

from typing import Any

import yaml

from dossiers.materialen.content.files import Inhoud, PlainLoader

# Characters on a line; the word that crosses it still stands there.
WIDTH = 90
# A longer text stands in a block of its own; a longer list has an item on each line.
IN_LINE = 72


def as_yaml(inhoud: Inhoud) -> str:
    """A document as the text of its file; reading that gives the same document."""
    # A blank line between the parts at the top.
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
    """What the loader reads plainly is written plainly: a date, for one."""

    yaml_implicit_resolvers = PlainLoader.yaml_implicit_resolvers

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002
        # A list stands further in than its key.
        super().increase_indent(flow, False)


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = None
    if "\n" in text:
        style = "|"
        # The reader trims it again; without it the block would begin with a minus sign.
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
