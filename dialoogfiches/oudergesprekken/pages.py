"""The content of a parents' talk, stored or not, as its page and its PDF show it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from dialoogfiches.models import Item, Rubriek, Rubrieksoort
from dialoogfiches.oudergesprekken.forms import (
    CheckedField,
    OudergesprekForm,
    OudernotitieForm,
    OuderthemaForm,
    SecretForm,
)
from dialoogfiches.oudergesprekken.models import Oudergesprek, Oudernotitie, Ouderthema
from dialoogfiches.oudergesprekken.queries import attach_to, notities_of, themas_of
from dialoogfiches.oudergesprekken.raam import Raam, raam
from dialoogfiches.queries import Fiche, FichePart, fiche_of
from dossiers.acties.forms import NieuweActieForm
from stsdialoog.typeface import missing_from


@dataclass(frozen=True)
class ParentNotePart:
    item: Item
    rubriek: Rubriek
    form: OudernotitieForm

    @property
    def checked(self) -> CheckedField:
        return self.form.checked_field("tekst")

    @property
    def tekst(self) -> str:
        return self.form.text_of("tekst")


@dataclass(frozen=True)
class ThemePart:
    """One topic: its questions, and what widens and what narrows the window."""

    deel: FichePart
    vragen: tuple[ParentNotePart, ...]
    form: OuderthemaForm

    @property
    def is_gevoelig(self) -> bool:
        """Whether the material marks the topic as sensitive, by a text (soort info) about that."""
        return any(rubriek.soort == Rubrieksoort.INFO for rubriek in self.deel.others)

    @property
    def groter(self) -> str:
        return self.form.text_of("groter")

    @property
    def kleiner(self) -> str:
        return self.form.text_of("kleiner")

    @property
    def is_empty(self) -> bool:
        texts = (self.groter, self.kleiner, *(vraag.tekst for vraag in self.vragen))
        return not any(text.strip() for text in texts)


@dataclass(frozen=True)
class ParentTalkPage:
    fiche: Fiche
    gesprek: Oudergesprek
    form: OudergesprekForm
    themas: tuple[ThemePart, ...]

    @property
    def forms(self) -> Iterator[SecretForm]:
        yield self.form
        for thema in self.themas:
            yield from (vraag.form for vraag in thema.vragen)
            yield thema.form

    @property
    def typed_actions(self) -> list[tuple[object, NieuweActieForm]]:
        """No actions are created on this page: what the school may see has a separate page."""
        return []

    @property
    def is_oefen(self) -> bool:
        return self.gesprek.dossier.school.oefen

    @property
    def datum(self) -> date | None:
        """The day of the talk; only for a form with a valid date."""
        return self.form.fields["datum"].clean(self.form["datum"].value())

    @property
    def stand_van(self) -> datetime | None:
        """The moment of the last change; None for a talk that is not stored."""
        moments = (form.record.gewijzigd_op for form in self.forms)
        return max(filter(None, moments), default=None)

    @property
    def focus(self) -> list[tuple[str, str]]:
        """What to focus on now and later, as (question, text)."""
        return [
            (str(self.form.fields[naam].label), self.form.text_of(naam))
            for naam in ("focus_nu", "focus_later")
        ]

    @property
    def niet_op_papier(self) -> tuple[str, ...]:
        """The different words in what was noted that cannot be printed whole."""
        texts = (form.text_of(naam) for form in self.forms for naam in form.fields)
        return missing_from("\n".join(texts), scripts=True)

    @property
    def raam(self) -> Raam:
        return raam(
            (thema.deel.onderdeel.kort, thema.groter, thema.kleiner) for thema in self.themas
        )


def parent_talk_page(
    *,
    gesprek: Oudergesprek,
    form_class: type[OudergesprekForm] = OudergesprekForm,
    data: Mapping[str, str] | None = None,
) -> ParentTalkPage:
    """Build the page of a talk.

    Two queries besides the content, and none for a talk that is not in the database.

    data: the POST data, to bind the forms to what was submitted.
    """
    fiche = fiche_of(gesprek.versie)
    themas, notities = themas_of(gesprek), notities_of(gesprek)
    return ParentTalkPage(
        fiche=fiche,
        gesprek=gesprek,
        form=form_class(record=gesprek, data=data),
        themas=tuple(
            ThemePart(
                deel,
                tuple(
                    ParentNotePart(item, rubriek, _note_form(gesprek, item, notities, data))
                    for rubriek in deel.vragen
                    for item in rubriek.items.all()
                ),
                OuderthemaForm(
                    record=attach_to(
                        themas.get(deel.onderdeel.pk) or Ouderthema(),
                        gesprek,
                        onderdeel=deel.onderdeel,
                    ),
                    data=data,
                ),
            )
            for deel in fiche.stappen
        ),
    )


def _note_form(
    gesprek: Oudergesprek,
    item: Item,
    notities: Mapping[int, Oudernotitie],
    data: Mapping[str, str] | None,
) -> OudernotitieForm:
    record = attach_to(notities.get(item.pk) or Oudernotitie(), gesprek, item=item)
    return OudernotitieForm(record=record, data=data)


def raam_of(thema: Ouderthema) -> Raam:
    """Only the window of a talk, with one of its topics as it is now and those beside it.

    thema: from `thema_of`.
    """
    themas = thema.beside | {thema.onderdeel_id: thema}
    return raam(
        (
            deel.onderdeel.kort,
            _text(themas, deel.onderdeel.pk, "groter"),
            _text(themas, deel.onderdeel.pk, "kleiner"),
        )
        for deel in fiche_of(thema.oudergesprek.versie).stappen
    )


def _text(themas: Mapping[int, Ouderthema], onderdeel: int, naam: str) -> str:
    thema = themas.get(onderdeel)
    return getattr(thema, naam) if thema else ""
