"""Lines of a material, and who said something of them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import Q

from dossiers.materialen.content.difference import Part
from dossiers.materialen.domain.documents import document_of
from dossiers.materialen.kept import KeptPerProcess
from dossiers.materialen.models import Materiaal, Materiaalversie
from dossiers.materialen.registry import soort_of
from dossiers.mensen.models import School
from dossiers.reacties.access import Spreker
from dossiers.reacties.domain.zeggen import line_of
from dossiers.reacties.models import Gezegd


@dataclass(frozen=True)
class Regel:
    """A line of a material: a question, a tip, a sheet."""

    materiaal: Materiaal
    stuk: Part

    @property
    def code(self) -> str:
        return self.stuk.code

    @property
    def verwijzing(self) -> str:
        return line_of(self.materiaal, self.code)


def find_line(slug: str, code: str) -> Regel | None:
    """A line as the newest version has it that does; dossiers may work in an earlier one."""
    versies = Materiaalversie.objects.published().filter(materiaal__slug=slug)
    for versie in versies.select_related("materiaal").defer("zoektekst").newest_first():
        if stuk := _parts_of(versie).get(code):
            return Regel(versie.materiaal, stuk)
    return None


def _by_code(versie: Materiaalversie) -> Mapping[str, Part]:
    return {one.code: one for one in soort_of(versie).content.parts(document_of(versie))}


_parts_of = KeptPerProcess(_by_code)


def silent(sprekers: Collection[Spreker], regel: Regel) -> list[Spreker]:
    """Those of whom nothing waits at a line, so that they can say something. One query."""
    who = Q(school__in=[one.school for one in sprekers if one.school])
    who |= Q(clb__in=[one.clb for one in sprekers if one.clb])
    said = Gezegd.objects.filter(who, verwijzing=regel.verwijzing, wacht=True)
    keys = {
        f"school-{school}" if school else f"clb-{clb}"
        for school, clb in said.values_list("school", "clb")
    }
    return [one for one in sprekers if one.sleutel not in keys]


def read_codes(school: School, materiaal: Materiaal) -> frozenset[str]:
    """The codes of the lines of which the PLG could read what a school said. One query."""
    begin = line_of(materiaal, "")
    said = Gezegd.objects.filter(school=school, verwijzing__startswith=begin, gelezen=True)
    return frozenset(
        verwijzing.removeprefix(begin) for verwijzing in said.values_list("verwijzing", flat=True)
    )
