"""Fiches in the admin: their parts, rubrieken and items."""

import re
from typing import Any, ClassVar, cast

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from dialoogfiches.domain.codes import new_item_code, new_onderdeel_code
from dialoogfiches.domain.content import BEVRAGINGSOORTEN, CODE
from dialoogfiches.models import Item, Onderdeel, Rubriek, Rubrieksoort
from dossiers.acties.belonging import goals_for
from dossiers.domain import PLAN
from dossiers.materialen.admin.content import ContentAdmin, ContentInline, page_of
from dossiers.materialen.content.files import Place
from dossiers.materialen.forms import (
    ACHTER_EEN_PUNT,
    FOUTE_CODE,
    LINK,
    Children,
    ContentRowFormSet,
    GuardedForm,
    PuntRowForm,
    VersieForm,
    herkomst_field,
    text_field,
    toont_field,
)
from dossiers.materialen.models import Herkomst, Materiaalversie, Vorm
from dossiers.materialen.queries import find_published
from dossiers.materialen.registry import Editor
from stsdialoog.admin_site import beheer
from stsdialoog.links import PageLink

HERKOMST_VAN = {
    "herkomst": "‘Woorden van de bron’ alleen als de tekst letterlijk in de bron staat.",
}


class FicheForm(VersieForm):
    """The header fields and introduction of a fiche; `fiche_form` adds its fixed texts."""

    CHILDREN: ClassVar[Children] = {"onderdelen": ("titel", "kort", "stap", "volgorde")}
    WOORDEN: ClassVar[tuple[str, ...]] = ()

    inleiding = text_field(
        "Inleiding", rows=6, help_text="Een lege regel begint een nieuwe alinea."
    )
    inleiding_herkomst = herkomst_field()

    def read_teksten(self, teksten: dict[str, Any]) -> dict[str, Any]:
        found = {"inleiding": teksten["inleiding"]}
        found |= {f"woord_{naam}": teksten["woorden"][naam] for naam in self.WOORDEN}
        return {naam: woord["tekst"] for naam, woord in found.items()} | {
            f"{naam}_herkomst": woord["herkomst"] for naam, woord in found.items()
        }

    def write_teksten(self) -> dict[str, Any]:
        teksten = {**self.instance.teksten, "inleiding": self._marked("inleiding")}
        if self.WOORDEN:
            teksten["woorden"] = {naam: self._marked(f"woord_{naam}") for naam in self.WOORDEN}
        return teksten

    def _marked(self, naam: str) -> dict[str, str]:
        data = self.cleaned_data
        return {"herkomst": data[f"{naam}_herkomst"], "tekst": data[naam]}


def fiche_form(versie: Materiaalversie) -> type[VersieForm]:
    """The form class for a concept, with a field for each of its fixed texts."""
    woorden = tuple(versie.teksten.get("woorden", ()))
    fields: dict[str, forms.Field] = {}
    for naam in woorden:
        fields[f"woord_{naam}"] = text_field(naam.replace("_", " ").capitalize())
        fields[f"woord_{naam}_herkomst"] = herkomst_field()
    fieldsets = (
        *FicheForm.FIELDSETS,
        ("Inleiding", {"fields": ("inleiding", "inleiding_herkomst")}),
        *([("Vaste woorden", {"fields": tuple(fields)})] if fields else []),
    )
    return type("FicheForm", (FicheForm,), {**fields, "WOORDEN": woorden, "FIELDSETS": fieldsets})


class OnderdeelRowFormSet(ContentRowFormSet):
    def codes(self) -> set[str]:
        return {"versie"} | set(self.instance.onderdelen.values_list("code", flat=True))

    def wrong_code(self, code: str) -> str | None:
        return None if re.fullmatch(CODE, code) else FOUTE_CODE

    def complete(self, record: Onderdeel) -> None:
        record.code = record.code or new_onderdeel_code(record.versie, record.titel)
        record.herkomst = Herkomst.VOORSTEL


class OnderdeelInline(ContentInline, admin.TabularInline):
    model = Onderdeel
    formset = OnderdeelRowFormSet
    fields = ("volgorde", "titel", "kort", "stap", "code")


class OnderdeelForm(GuardedForm):
    CHILDREN: ClassVar[Children] = {"rubrieken": ("soort", "kop", "volgorde")}

    fase = forms.TypedChoiceField(
        label="Fase van het zorgcontinuüm",
        choices=[("", "geen"), *((fase, f"fase {fase}") for fase in range(4))],
        coerce=int,
        empty_value=None,
        required=False,
    )
    hoort_bij = forms.ChoiceField(
        label="Doelstelling van het preventieplan",
        help_text="Daar komen de acties die hier groeien.",
        required=False,
    )
    toont = toont_field()

    class Meta:
        labels = {
            "kort": "Korte naam",
            "stap": "Dit is een stap",
            "acties": "Wat deze stap met acties doet",
        }
        help_texts = {
            **HERKOMST_VAN,
            "kort": "Voor de lijst van stappen, hoogstens 24 tekens.",
            "stap": "Zet dit uit voor wat men alleen vooraf leest.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        goals = goals_for(find_published(slug=PLAN), self.instance.hoort_bij)
        cast(forms.ChoiceField, self.fields["hoort_bij"]).choices = [("", "geen"), *goals]


class RubriekRowFormSet(ContentRowFormSet):
    def complete(self, record: Rubriek) -> None:
        record.herkomst = Herkomst.VOORSTEL


class RubriekInline(ContentInline, admin.TabularInline):
    model = Rubriek
    formset = RubriekRowFormSet
    fields = ("volgorde", "soort", "kop")

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)
        if obj:
            cast(forms.ChoiceField, formset.form.base_fields["soort"]).choices = _soorten(
                obj.versie
            )
        return formset


@admin.register(Onderdeel, site=beheer)
class OnderdeelAdmin(ContentAdmin):
    form = OnderdeelForm
    fields = ("titel", "kort", "herkomst", "stap", "fase", "hoort_bij", "acties", "toont", "stand")
    inlines = (RubriekInline,)

    def parents_of(self, obj: Onderdeel) -> list[models.Model]:
        return [obj.versie]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("versie__materiaal")


class ItemRowFormSet(ContentRowFormSet):
    def codes(self) -> set[str]:
        return set(self.instance.onderdeel.versie.items.values_list("code", flat=True))

    def wrong_code(self, code: str) -> str | None:
        start = f"{self.instance.onderdeel.code}-"
        if not code.startswith(start):
            return f"Deze code begint met {start}"
        return None if re.fullmatch(CODE, code) else FOUTE_CODE

    def complete(self, record: Item) -> None:
        onderdeel = self.instance.onderdeel
        record.versie = onderdeel.versie
        record.code = record.code or new_item_code(onderdeel)


class ItemInline(ContentInline, admin.StackedInline):
    model = Item
    form = PuntRowForm
    formset = ItemRowFormSet
    show_change_link = False
    fields = (
        *(("volgorde", "code"), ("tekst", "herkomst"), "niveaus", ("uitleg", "uitleg_herkomst")),
        LINK,
        "zelfde_als",
    )


class RubriekForm(GuardedForm):
    CHILDREN: ClassVar[Children] = {
        "items": ("volgorde", "tekst", "herkomst", "niveaus", *ACHTER_EEN_PUNT)
    }

    class Meta:
        help_texts = {
            **HERKOMST_VAN,
            "kop": "Laat leeg voor de gewone kop van deze soort.",
            "fiche": "Alleen als dit op een blad met een eigen naam staat.",
            "tekst": "Boven de punten, of in de plaats ervan. Een lege regel begint een alinea.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["soort"]).choices = _soorten(
            self.instance.onderdeel.versie
        )


@admin.register(Rubriek, site=beheer)
class RubriekAdmin(ContentAdmin):
    form = RubriekForm
    fields = ("soort", "kop", "tekst", "herkomst", "fiche", "stand")
    inlines = (ItemInline,)

    def parents_of(self, obj: Rubriek) -> list[models.Model]:
        return [obj.onderdeel.versie, obj.onderdeel]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("onderdeel__versie__materiaal")


def page_of_place(versie: Materiaalversie, place: Place) -> PageLink | None:
    """The admin page of the rubriek or part that contains a place in the content file."""
    match place:
        case ("onderdelen", int(nummer), "rubrieken", int(plaats), *_):
            onderdeel = versie.onderdelen.all()[nummer]
            rubriek = page_of(onderdeel.rubrieken.all()[plaats])
            return PageLink(rubriek.url, f"{onderdeel}, {rubriek.titel}")
        case ("onderdelen", int(nummer), *_):
            return page_of(versie.onderdelen.all()[nummer])
    return None


def _soorten(versie: Materiaalversie) -> list[tuple[str, str]]:
    """The rubriek choices that are valid for the vorm of a version."""
    is_bevraging = versie.vorm == Vorm.BEVRAGING
    return [
        (soort.value, str(soort.label))
        for soort in Rubrieksoort
        if (soort in BEVRAGINGSOORTEN) == is_bevraging
    ]


EDITOR = Editor(
    form=fiche_form,
    inlines=(OnderdeelInline,),
    page_of_place=page_of_place,
    prefetch=("onderdelen__rubrieken",),
    rows="items",
)
