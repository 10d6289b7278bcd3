"""What pages tell of the figures of a dossier: the drawing with its table, and the form."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from dossiers.cijfers.domain import Counts, parts_of_school, seen_mark
from dossiers.cijfers.forms import GroepForm, HeadForm
from dossiers.cijfers.layout import Row, rows
from dossiers.cijfers.models import Cijfergroep, Cijfers, Groep, Reden
from dossiers.cijfers.queries import Figures, Year, cijfers_of, figures_of
from dossiers.ernaast import Shown
from dossiers.models import Dossier


@dataclass(frozen=True)
class GroupStory:
    """The figures of one group of pupils, beside those of the year before."""

    nu: Cijfergroep
    vorig: Cijfergroep | None
    rows: tuple[Row, ...]

    @property
    def sentence(self) -> str:
        """What the first number of the drawing says; empty when it was not filled in."""
        cell = self.nu.cells(Reden.ONGEWETTIGD)[0]
        if not cell.tekst:
            return ""
        told = (
            f"{_capital(cell.tekst)} van de {self.nu.telling.tekst} leerlingen waren minstens "
            "5 halve dagen afwezig zonder geldige reden"
        )
        before = self.vorig.cells(Reden.ONGEWETTIGD)[0] if self.vorig else None
        if self.vorig is None or before is None or not before.tekst:
            return f"{told}."
        return f"{told}; vorig schooljaar {before.tekst} van de {self.vorig.telling.tekst}."


@dataclass(frozen=True)
class Story:
    """All that the figures of a dossier tell.

    groepen: the whole school first, if that can be told, and then the parts it was counted by.
    is_vorig: whether it is told in the next schooljaar, of which there are no figures yet.
    """

    dossier: Dossier
    nu: Year
    vorig: Year | None
    groepen: tuple[GroupStory, ...]
    is_vorig: bool = False

    @property
    def drawn(self) -> tuple[GroupStory, ...]:
        """What a small place has room for: the whole school if that tells all, else its parts."""
        whole = self.groepen[0]
        parts = self.groepen[1:]
        tells_all = whole.nu.groep == Groep.SCHOOL and all(
            mine.waarde is not None or theirs.waarde is None
            for part in parts
            for reden in Reden
            for mine, theirs in zip(whole.nu.cells(reden), part.nu.cells(reden), strict=True)
        )
        return (whole,) if tells_all else tuple(g for g in self.groepen if not _is_whole(g))

    @property
    def has_vorig(self) -> bool:
        return any(groep.vorig for groep in self.groepen)

    @property
    def vorig_label(self) -> str:
        return self.vorig.cijfers.dossier.schooljaar_label if self.vorig else ""

    @property
    def gewijzigd_op(self) -> datetime:
        return self.nu.cijfers.gewijzigd_op

    @property
    def geteld_tot(self) -> date | None:
        return self.nu.cijfers.geteld_tot

    @property
    def vorig_geteld_tot(self) -> date | None:
        return self.vorig.cijfers.geteld_tot if self.vorig else None


def story_of(dossier: Dossier, figures: Figures) -> Story | None:
    """What the figures of a dossier tell; None as long as there are none."""
    if figures.nu is None:
        return None
    return Story(dossier, figures.nu, figures.vorig, _groups(figures.nu, figures.vorig))


def story_before(figures: Figures) -> Story | None:
    """What the figures of the schooljaar before tell, for where there are none of this one yet."""
    vorig = figures.vorig
    if vorig is None:
        return None
    return Story(vorig.cijfers.dossier, vorig, None, _groups(vorig, None), is_vorig=True)


def _story_beside(dossier: Dossier) -> Story | None:
    figures = figures_of(dossier)
    return story_of(dossier, figures) or story_before(figures)


def _groups(nu: Year, vorig: Year | None) -> tuple[GroupStory, ...]:
    groepen = [nu.whole] if nu.whole else []
    groepen += nu.groepen if nu.is_by_part else ()
    return tuple(_group_story(groep, vorig) for groep in groepen)


def story_for_routekaart(dossier: Dossier) -> Story | None:
    """What the figures tell on the routekaart; None unless the team wants them there. One query."""
    figures = figures_of(dossier)
    is_wanted = figures.nu is not None and figures.nu.cijfers.op_routekaart
    return story_of(dossier, figures) if is_wanted else None


# The figures as they stand beside a goal or a part.
CIJFERS = Shown(
    kop="Wat zeggen de cijfers?",
    template="cijfers/delen/ernaast.html",
    papier="cijfers/pdf/cijfers.html",
    stijl="css/cijfers.css",
    read=_story_beside,
)


@dataclass(frozen=True)
class CijfersForm:
    """The form of the figures: its head, and the groups that it asks for."""

    head: HeadForm
    groepen: tuple[GroepForm, ...]

    @property
    def is_bound(self) -> bool:
        return self.head.is_bound

    @property
    def is_by_part(self) -> bool:
        return self.groepen[0].groep != Groep.SCHOOL

    @property
    def has_errors(self) -> bool:
        return any(form.errors for form in (self.head, *self.groepen))

    def is_valid(self) -> bool:
        # Every one of them, so that everything that is wrong is said at once.
        valid = [form.is_valid() for form in (self.head, *self.groepen)]
        return all(valid)

    @property
    def counts(self) -> dict[Groep, Counts]:
        return {form.groep: form.cleaned_data for form in self.groepen}


@dataclass(frozen=True)
class CijfersPage:
    """The page of the figures.

    ervoor: those of the schooljaar before, for where there are none of this one yet.
    delen: the parts by which this school can count.
    seen: the mark of what is kept now.
    """

    cijfers: Cijfers | None
    story: Story | None
    ervoor: Story | None
    delen: tuple[Groep, ...]
    form: CijfersForm
    seen: str

    @property
    def is_by_part(self) -> bool:
        return bool(self.story and self.story.nu.is_by_part)

    @property
    def per_deel(self) -> str:
        """How the parts are counted, in words."""
        return "kleuter en lager apart" if Groep.LAGER in self.delen else "per graad"


def cijfers_page(
    *, dossier: Dossier, asked: str = "", data: Mapping[str, str] | None = None
) -> CijfersPage:
    """The page of the figures. Two queries.

    asked: the form that is asked for: per "deel" or per "school"; by default as it was counted.
    data: the POST, for a bound form.
    """
    figures, cijfers = figures_of(dossier), cijfers_of(dossier)
    delen = parts_of_school(dossier.school.niveau)
    by_part = asked == "deel" or (not asked and bool(figures.nu and figures.nu.is_by_part))
    kept = figures.nu.by_groep if figures.nu else {}
    form = CijfersForm(
        HeadForm(dossier=dossier, seen=seen_mark(cijfers), cijfers=cijfers, data=data),
        tuple(
            GroepForm(groep=groep, kept=kept.get(groep), data=data)
            for groep in (delen if by_part and delen else (Groep.SCHOOL,))
        ),
    )
    story = story_of(dossier, figures)
    before = story_before(figures)
    return CijfersPage(cijfers, story, before, delen, form, seen_mark(cijfers))


def _group_story(groep: Cijfergroep, vorig: Year | None) -> GroupStory:
    before = None
    if vorig is not None:
        before = vorig.whole if _is_school(groep) else vorig.by_groep.get(Groep(groep.groep))
    return GroupStory(groep, before, rows(groep, before))


def _is_school(groep: Cijfergroep) -> bool:
    return groep.groep == Groep.SCHOOL


def _is_whole(story: GroupStory) -> bool:
    return _is_school(story.nu)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
