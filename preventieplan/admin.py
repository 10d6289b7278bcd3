"""The preventieplan in the admin: its goals with their questions, and the routekaart's texts."""
# ruff: noqa: ARG002 (the admin calls with more than we use)

import re
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db import models
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest

from dossiers.materialen.admin.content import ContentAdmin, ContentInline, page_of
from dossiers.materialen.content.files import Place
from dossiers.materialen.forms import (
    ACHTER_EEN_PUNT,
    LINK,
    Children,
    ContentRowForm,
    ContentRowFormSet,
    ContentTextField,
    Fieldsets,
    GuardedForm,
    NamesField,
    PuntRowForm,
    VersieForm,
    herkomst_field,
    text_field,
    toont_field,
)
from dossiers.materialen.models import NIVEAUS, Herkomst, Materiaalversie
from dossiers.materialen.registry import Editor
from preventieplan.domain.codes import new_doel_code, new_vraag_code
from preventieplan.domain.content import DOELSTELLING, VRAAG
from preventieplan.models import Checklistvraag, Doelstelling, Trede
from stsdialoog.admin_site import beheer
from stsdialoog.links import PageLink

Blokken = list[dict[str, Any]]


class BlocksField(ContentTextField):
    """The key words of a step as lines: per block a heading and its words, then a blank line."""

    widget = forms.Textarea(attrs={"rows": 12, "class": "vLargeTextField"})

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, list):
            return value
        return "\n\n".join("\n".join([blok["kop"], *blok["woorden"]]) for blok in value)

    def clean(self, value: Any) -> Any:
        groups = re.split(r"\n\s*\n", super().clean(value))
        rows = [[line.strip() for line in group.split("\n") if line.strip()] for group in groups]
        return [{"kop": kop, "woorden": woorden} for kop, *woorden in rows]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class PlanForm(VersieForm):
    """The head of a plan and its fixed sentences."""

    CHILDREN: ClassVar[Children] = {
        "doelstellingen": ("fase", "kort", "volgorde"),
        "treden": ("naam", "herkomst", "blokken"),
    }
    TEKSTEN: ClassVar = ("aanloop", "inschaling", "focus", "routekaart_titel", "routekaart_doel")
    FIELDSETS: ClassVar[Fieldsets] = (
        *VersieForm.FIELDSETS,
        ("Inleiding", {"fields": ("inleiding", "inleiding_herkomst")}),
        ("Vaste zinnen", {"fields": TEKSTEN}),
    )

    inleiding = text_field(
        "Inleiding",
        rows=6,
        help_text="Een lege regel begint een nieuwe alinea. Mag leeg blijven.",
        required=False,
    )
    inleiding_herkomst = herkomst_field()
    aanloop = text_field("Boven de vragen")
    inschaling = text_field("Boven de score", rows=2)
    focus = text_field("Boven de focus", rows=2)
    routekaart_titel = text_field("Titel van de routekaart", rows=1)
    routekaart_doel = text_field("Doel van de routekaart", rows=1)

    def read_teksten(self, teksten: dict[str, Any]) -> dict[str, Any]:
        inleiding = teksten.get("inleiding", {})
        return {
            **teksten,
            "inleiding": inleiding.get("tekst", ""),
            "inleiding_herkomst": inleiding.get("herkomst", Herkomst.VOORSTEL),
        }

    def write_teksten(self) -> dict[str, Any]:
        data = self.cleaned_data
        teksten = {naam: data[naam] for naam in self.TEKSTEN}
        if data["inleiding"]:
            herkomst = data["inleiding_herkomst"]
            teksten["inleiding"] = {"herkomst": herkomst, "tekst": data["inleiding"]}
        return teksten


class DoelRowForm(ContentRowForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The code of an existing goal begins with the number of its fase.
        self.fields["fase"].disabled = not self.instance._state.adding


class DoelRowFormSet(ContentRowFormSet):
    def codes(self) -> set[str]:
        return set(self.instance.doelstellingen.values_list("code", flat=True))

    def wrong_code(self, code: str) -> str | None:
        rule = DOELSTELLING["properties"]["code"]["pattern"]
        return None if re.fullmatch(rule, code) else "Een code ziet eruit als f0-1."

    def complete(self, record: Doelstelling) -> None:
        record.code = record.code or new_doel_code(record.versie, record.fase)
        record.herkomst = record.inleiding_herkomst = Herkomst.VOORSTEL


class DoelstellingInline(ContentInline, admin.TabularInline):
    model = Doelstelling
    form = DoelRowForm
    formset = DoelRowFormSet
    fields = ("volgorde", "fase", "kort", "code")
    verbose_name_plural = "doelstellingen"


class TredeRowForm(forms.ModelForm):
    blokken = BlocksField(
        label="Kernwoorden",
        help_text="De eerste regel is de kop, elke regel eronder een kernwoord. "
        "Een lege regel begint een nieuw blok.",
    )


class TredeRowFormSet(BaseInlineFormSet):
    """Rows without a number or a code: the steps are those of the zorgcontinuüm."""


class TredeInline(ContentInline, admin.StackedInline):
    """The four steps of the routekaart, which can be edited but not added or deleted."""

    model = Trede
    form = TredeRowForm
    formset = TredeRowFormSet
    extra = 0
    show_change_link = False
    fields = ("naam", "herkomst", "blokken")
    classes = ("collapse",)
    verbose_name_plural = "treden van de routekaart"

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class VraagRowFormSet(ContentRowFormSet):
    def codes(self) -> set[str]:
        return set(self.instance.vragen.values_list("code", flat=True))

    def wrong_code(self, code: str) -> str | None:
        start = f"{self.instance.code}-v"
        rule = VRAAG["properties"]["code"]["pattern"]
        right = re.fullmatch(rule, code) and code.startswith(start)
        return None if right else f"Een code ziet hier uit als {start}01."

    def complete(self, record: Checklistvraag) -> None:
        record.code = record.code or new_vraag_code(self.instance)


class VraagRowForm(PuntRowForm):
    niveaus = NamesField(
        label="Alleen voor",
        choices=[(naam, naam) for naam in NIVEAUS.values()],
        help_text="Vink niets aan als elke school deze vraag nodig heeft.",
        required=False,
    )


class VraagInline(ContentInline, admin.StackedInline):
    model = Checklistvraag
    form = VraagRowForm
    formset = VraagRowFormSet
    show_change_link = False
    fields = (
        *(("volgorde", "code"), ("tekst", "herkomst"), "niveaus", ("uitleg", "uitleg_herkomst")),
        LINK,
    )
    verbose_name = "vraag"
    verbose_name_plural = "vragen"


class DoelstellingForm(GuardedForm):
    CHILDREN: ClassVar[Children] = {
        "vragen": ("volgorde", "tekst", "herkomst", "niveaus", *ACHTER_EEN_PUNT)
    }

    toont = toont_field()

    class Meta:
        labels = {"kort": "Korte naam", "inleiding_herkomst": "Herkomst van de inleiding"}
        help_texts = {
            "kort": "Voor lijsten en tekeningen, hoogstens 40 tekens.",
            "herkomst": "Van de titel: ‘woorden van de bron’ alleen als ze er letterlijk staat.",
            "inleiding": "Een lege regel begint een nieuwe alinea.",
        }


@admin.register(Doelstelling, site=beheer)
class DoelstellingAdmin(ContentAdmin):
    form = DoelstellingForm
    fields = ("kort", "titel", "herkomst", "inleiding", "inleiding_herkomst", "toont", "stand")
    inlines = (VraagInline,)

    def parents_of(self, obj: Doelstelling) -> list[models.Model]:
        return [obj.versie]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("versie__materiaal")


def page_of_place(versie: Materiaalversie, place: Place) -> PageLink | None:
    """The page of the goal that holds this place of the document; None outside the goals."""
    match place:
        case ("doelstellingen", int(nummer), *_):
            doelen = sorted(versie.doelstellingen.all(), key=lambda doel: doel.volgorde)
            return page_of(doelen[nummer])
    return None


EDITOR = Editor(
    form=lambda _versie: PlanForm,
    inlines=(DoelstellingInline, TredeInline),
    page_of_place=page_of_place,
    prefetch=("doelstellingen",),
    rows="vragen",
)
