"""Reading the content of a material version."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Prefetch

from dialoogfiches.domain.parts import FASE, in_steps, onderdeelnaam
from dialoogfiches.models import Item, Onderdeel, Rubriek, Rubrieksoort
from dossiers.materialen.kept import KeptPerProcess
from dossiers.materialen.models import Herkomst, Materiaalversie, Vorm


@dataclass(frozen=True)
class Sheet:
    """The rubrieken of one part that belong on the same sheet of paper; its name may be empty."""

    naam: str
    rubrieken: tuple[Rubriek, ...]


@dataclass(frozen=True)
class FichePart:
    """One part with its rubrieken and their items."""

    onderdeel: Onderdeel
    nummer: int | None  # position among the steps, from 1; None for a page that is not a step
    rubrieken: tuple[Rubriek, ...]

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        return tuple(
            Sheet(naam, tuple(rubrieken))
            for naam, rubrieken in groupby(self.rubrieken, key=lambda rubriek: rubriek.fiche)
        )

    @property
    def vragen(self) -> tuple[Rubriek, ...]:
        """The rubrieken with questions on which a talk can take notes."""
        return tuple(rubriek for rubriek in self.rubrieken if rubriek.is_vraag)

    @property
    def rol_clb(self) -> tuple[Rubriek, ...]:
        return tuple(one for one in self.rubrieken if one.soort == Rubrieksoort.ROL_CLB)

    @property
    def others(self) -> tuple[Rubriek, ...]:
        """Content that is only read: neither questions nor the role of the CLB."""
        return tuple(
            one for one in self.rubrieken if not one.is_vraag and one.soort != Rubrieksoort.ROL_CLB
        )

    @property
    def invulbladen(self) -> tuple[Item, ...]:
        """The items with a sheet to fill in by hand."""
        return tuple(item for rubriek in self.rubrieken for item in rubriek.invulbladen)

    @property
    def heeft_voorstel(self) -> bool:
        """Whether any of its content still awaits confirmation by the PLG."""
        return Herkomst.VOORSTEL in (self.onderdeel.herkomst, *self._herkomsten)

    @property
    def _herkomsten(self) -> Iterator[str]:
        for rubriek in self.rubrieken:
            yield rubriek.herkomst
            for item in rubriek.items.all():
                yield item.herkomst
                yield item.uitleg_herkomst
                yield item.invulblad.get("herkomst", "")


@dataclass(frozen=True)
class Fiche:
    """A whole material of the fiche kind, as shown on a page or in a PDF."""

    versie: Materiaalversie
    parts: tuple[FichePart, ...]

    @property
    def vorm(self) -> Vorm:
        return Vorm(self.versie.vorm)

    @property
    def is_gesprek(self) -> bool:
        return self.vorm == Vorm.GESPREK

    @property
    def is_bevraging(self) -> bool:
        return self.vorm == Vorm.BEVRAGING

    @property
    def is_tips(self) -> bool:
        return self.vorm == Vorm.TIPS

    @property
    def onderdeelnaam(self) -> str:
        return onderdeelnaam(self.versie.teksten["onderdeelnaam"])

    @property
    def inleiding(self) -> dict[str, str]:
        """The introduction, as a dict with `herkomst` and `tekst`."""
        return self.versie.teksten["inleiding"]

    @property
    def woorden(self) -> dict[str, dict[str, str]]:
        """The fixed texts of the material by name, each with `herkomst` and `tekst`."""
        return self.versie.teksten.get("woorden", {})

    @property
    def heeft_voorstel(self) -> bool:
        """Whether any of its content still awaits confirmation by the PLG."""
        marked = (self.inleiding, *self.woorden.values())
        return any(text["herkomst"] == Herkomst.VOORSTEL for text in marked) or any(
            deel.heeft_voorstel for deel in self.parts
        )

    @property
    def stappen(self) -> tuple[FichePart, ...]:
        return tuple(deel for deel in self.parts if deel.onderdeel.stap)

    @property
    def vooraf(self) -> tuple[FichePart, ...]:
        """The pages to read beforehand."""
        return tuple(deel for deel in self.parts if not deel.onderdeel.stap)

    @property
    def is_per_part(self) -> bool:
        """Whether each part has a page of its own: it is a fiche with sheets to print."""
        return self.vorm == Vorm.LEZEN and any(deel.invulbladen for deel in self.parts)

    def page(self, code: str) -> tuple[FichePart, ...]:
        """What its page with this code shows, of a fiche with a page per part: that part.

        Without a code the first one; nothing for a code that no part has.
        """
        return (
            tuple(deel for deel in self.parts if deel.onderdeel.code == code)
            if code
            else (self.parts[:1])
        )

    def part(self, code: str) -> FichePart | None:
        return next((deel for deel in self.parts if deel.onderdeel.code == code), None)

    def question(self, code: str) -> Item | None:
        """A question of one of the steps, by its code."""
        questions = (
            item for deel in self.stappen for rubriek in deel.vragen for item in rubriek.items.all()
        )
        return next((item for item in questions if item.code == code), None)


@dataclass(frozen=True)
class TalkFiche(Fiche):
    """A fiche as a talk about it shows it: what the source calls fase is called stap."""

    @property
    def inleiding(self) -> dict[str, str]:
        found = super().inleiding
        return {**found, "tekst": _worded(self.versie, found["tekst"])}


def fiche_of(versie: Materiaalversie, *, niveau: str = "") -> Fiche:
    """The content of a version. Three queries; cached per process for a published version.

    niveau: of a school, to leave out what only others need.
    """
    return Fiche(versie, parts_of(versie, niveau=niveau))


def _read_parts(versie: Materiaalversie, *, niveau: str) -> tuple[FichePart, ...]:
    items = Prefetch("rubrieken__items", Item.objects.needed_in(niveau))
    onderdelen = Onderdeel.objects.filter(versie=versie).prefetch_related(items)
    return tuple(_numbered(onderdelen))


def talk_of(versie: Materiaalversie, *, niveau: str = "") -> TalkFiche:
    """`fiche_of`, in the words of a talk. The toolbox shows those of the source."""
    return TalkFiche(versie, talk_parts_of(versie, niveau=niveau))


def _read_talk_parts(versie: Materiaalversie, *, niveau: str) -> tuple[FichePart, ...]:
    found = _read_parts(versie, niveau=niveau)
    for deel in found:
        for rubriek in deel.rubrieken:
            rubriek.kop = _worded(versie, rubriek.kop)
            rubriek.tekst = _worded(versie, rubriek.tekst)
            for item in rubriek.items.all():
                item.tekst = _worded(versie, item.tekst)
                item.uitleg = _worded(versie, item.uitleg)
    return found


def _worded(versie: Materiaalversie, tekst: str) -> str:
    return in_steps(tekst) if versie.teksten["onderdeelnaam"] == FASE else tekst


def _numbered(onderdelen: Iterable[Onderdeel]) -> Iterator[FichePart]:
    nummer = 0
    for onderdeel in onderdelen:
        nummer += onderdeel.stap
        rubrieken = tuple(onderdeel.rubrieken.all())
        yield FichePart(onderdeel, nummer if onderdeel.stap else None, rubrieken)


parts_of = KeptPerProcess(_read_parts)
talk_parts_of = KeptPerProcess(_read_talk_parts)
