"""What one reads on Mijn scholen, out of its HTML."""

import re
from dataclasses import dataclass
from html import unescape


@dataclass(frozen=True)
class Shown:
    """A school in a group, with why it is there and its button."""

    groep: str
    naam: str
    zin: str
    knop: str
    url: str
    gevuld: bool


def shown(html: str) -> list[Shown]:
    """The schools in their groups, from top to bottom."""
    found = []
    for groep, inside in re.findall(
        r'class="groep groep-([\w-]+)"(.*?)</(?:section|details)>', html, re.S
    ):
        for row in re.findall(r'<li class="schoolrij">(.*?)</li>', inside, re.S):
            naam = re.search(r'<div class="school">\s*<a href="[^"]+">(.*?)</a>', row, re.S)
            zin = re.search(r'<p class="waarom">(.*?)</p>', row, re.S)
            knop = re.search(r'<(?:a|button) class="btn ([\w-]+)".*?>(.*?)<span', row, re.S)
            url = re.findall(r'(?:href|action)="([^"]+)"', row)[-1]
            assert naam
            assert zin
            assert knop
            found.append(
                Shown(
                    groep=groep,
                    naam=unescape(naam[1]),
                    zin=unescape(re.sub(r"</?(?:strong|small)>", "", zin[1])),
                    knop=unescape(knop[2]).strip(),
                    url=url,
                    gevuld=knop[1] == "btn-primary",
                )
            )
    return found


def groups(html: str) -> dict[str, list[str]]:
    """The names of the schools by group."""
    result: dict[str, list[str]] = {}
    for one in shown(html):
        result.setdefault(one.groep, []).append(one.naam)
    return result


def names(html: str) -> list[str]:
    """The names of the schools in the table."""
    return [
        unescape(naam)
        for naam in re.findall(
            r'<th role="rowheader" scope="row">\s*<a href="[^"]+">([^<]+)</a>', html
        )
    ]


def row_of(html: str, naam: str) -> str:
    """The words of a row of the table."""
    rows = re.findall(r"<tr role=\"row\">.*?</tr>", html, re.S)
    row = next(row for row in rows if naam in row)
    return " ".join(re.sub(r"<[^>]+>", " ", row).split())
