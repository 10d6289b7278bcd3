"""A page as a tree, to ask what stands where on it."""

from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

import tinyhtml5


class Node:
    """An element of a page. tag, id and kind (a class) narrow down what is looked for in it."""

    def __init__(self, element: Element) -> None:
        self.element = element

    def all(self, tag: str = "", **wanted: str) -> list["Node"]:
        return list(self._matches(tag, **wanted))

    def one(self, tag: str = "", **wanted: str) -> "Node":
        return self.all(tag, **wanted)[0]

    def has(self, tag: str = "", **wanted: str) -> bool:
        return bool(self.all(tag, **wanted))

    @property
    def words(self) -> str:
        return " ".join(" ".join(self.element.itertext()).split())

    def __getitem__(self, attribute: str) -> str:
        return self.element.attrib[attribute]

    def _matches(self, tag: str, *, id: str = "", kind: str = "") -> Iterator["Node"]:
        for found in self.element.iter():
            if (
                (not tag or _name(found) == tag)
                and (not id or found.get("id") == id)
                and (not kind or kind in (found.get("class") or "").split())
            ):
                yield Node(found)


def _name(element: Element) -> str:
    """Without the namespace that an element of a drawing has."""
    return str(element.tag).rpartition("}")[2]


def page(client: Any, url: str) -> Node:
    return Node(tinyhtml5.parse(client.get(url).text))
