"""Materials and their versions in the admin: create a concept, preview it and publish it."""

from typing import Any, cast

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dossiers.materialen.admin.content import HeldAdmin, may_change, page_of
from dossiers.materialen.admin.sentences import sentences_by_page
from dossiers.materialen.content.export import as_yaml
from dossiers.materialen.content.files import Finding
from dossiers.materialen.domain import versions
from dossiers.materialen.models import Materiaal, Materiaalversie
from dossiers.materialen.registry import soort_of
from dossiers.materialen.shelf import preview_of
from dossiers.mensen.models import User
from stsdialoog.admin_site import ReadOnly, beheer
from stsdialoog.documents.response import pdf_response
from stsdialoog.links import PageLink

GEPUBLICEERD = "Deze versie is intussen gepubliceerd: ze verandert niet meer."
ZOEKT_IN_DE_TEKST = "Zoekt in de hele tekst, ook in de titel en de PLG."


@admin.register(Materiaal, site=beheer)
class MateriaalAdmin(ReadOnly):
    list_display = ("titel", "plg", "soort")
    search_fields = ("versies__zoektekst__contains",)
    search_help_text = ZOEKT_IN_DE_TEKST


@admin.register(Materiaalversie, site=beheer)
class MateriaalversieAdmin(HeldAdmin):
    """Every admin user may view versions; only users who may edit materials can edit a concept."""

    change_form_template = "materialen/beheer/versie.html"
    list_display = ("materiaal", "versie", "status", "datum")
    list_filter = ("status", "materiaal__plg")
    list_select_related = ("materiaal",)
    search_fields = ("zoektekst__contains",)
    search_help_text = ZOEKT_IN_DE_TEKST
    fields = ("materiaal", "versie", "datum", "status", "bron")

    def version_of(self, obj: Materiaalversie) -> Materiaalversie:
        return obj

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # Only from its own page, which shows what version it is; not from the list.
        return obj is not None and may_change(request, obj)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("materiaal")

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        if obj and may_change(request, obj):
            kwargs["form"] = soort_of(obj).content.editor.form(obj)
        return super().get_form(request, obj, change, **kwargs)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj and may_change(request, obj):
            return soort_of(obj).content.editor.form(obj).FIELDSETS  # type: ignore[attr-defined]
        return super().get_fieldsets(request, obj)

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        return soort_of(obj).content.editor.inlines if obj and may_change(request, obj) else ()

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> Any:
        context["bewerkt"] = versions.may_edit(request.user)
        return super().render_change_form(request, context, *args, **kwargs)

    def get_urls(self) -> list[URLPattern]:
        pages = {
            "concept": require_POST(self.make_concept),
            "zinnen": require_safe(self.sentences),
            "voorbeeld": require_safe(self.preview),
            "voorbeeld.pdf": require_safe(self.preview_pdf),
            "export": require_safe(self.export),
            "publiceren": require_http_methods(["GET", "HEAD", "POST"])(self.publish),
        }
        own = [
            path(
                f"<int:pk>/{naam}{'' if '.' in naam else '/'}",
                self.admin_site.admin_view(view),
                name=f"materialen_materiaalversie_{naam.replace('.', '_')}",
            )
            for naam, view in pages.items()
        ]
        return [*own, *super().get_urls()]

    def make_concept(self, request: HttpRequest, pk: int) -> HttpResponse:
        versie = _versie(request, pk)
        try:
            concept = versions.make_concept(
                versie=versie, door=cast(User, request.user), today=timezone.localdate()
            )
        except versions.ConceptBestaat as error:
            concept = error.concept
            messages.info(request, f"Er is al een concept, {concept.versie}: werk daarin verder.")
        else:
            messages.success(
                request,
                f"Dit is het concept {concept.versie}, met de tekst van {versie.versie}.",
            )
        if "zinnen" in request.POST:
            return redirect("admin:materialen_materiaalversie_zinnen", concept.pk)
        return redirect(page_of(concept).url)

    def sentences(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Every sentence of a concept, each with a link to where it is changed."""
        versie = _versie(request, pk)
        if not versie.is_concept:
            messages.info(request, GEPUBLICEERD)
            return redirect(page_of(versie).url)
        context = {
            **self.admin_site.each_context(request),
            "title": f"Een zin wijzigen in {versie.materiaal} {versie.versie}",
            "versie": versie,
            "opts": self.opts,
            "boven": page_of(versie),
            "pages": list(sentences_by_page(versie)),
        }
        return render(request, "materialen/beheer/zinnen.html", context)

    def preview(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The page of the toolbox, as it will be for everybody."""
        _versie(request, pk)
        return render(request, "materialen/beheer/voorbeeld.html", preview_of(pk))

    def preview_pdf(self, request: HttpRequest, pk: int) -> HttpResponse:
        versie = versions.as_published(_versie(request, pk))
        blank = soort_of(versie).blank_pdf(versie, None)
        return pdf_response(request, blank, filename=_filename(versie, "pdf"))

    def export(self, request: HttpRequest, pk: int) -> HttpResponse:
        versie = _versie(request, pk)
        text = as_yaml(versions.document_of(versie))
        return HttpResponse(
            text.encode(),
            content_type="application/yaml; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{_filename(versie, "yaml")}"'},
        )

    def publish(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what publishing would change, or what is still wrong; POST publishes."""
        versie = _versie(request, pk)
        if request.method == "POST":
            return self._publish(request, versie)
        if not versie.is_concept:
            messages.info(request, GEPUBLICEERD)
            return redirect(page_of(versie).url)
        vorige = versie.materiaal.nieuwste
        findings = versions.findings_of(versie)
        context = {
            **self.admin_site.each_context(request),
            "title": f"{versie.materiaal} {versie.versie} publiceren",
            "versie": versie,
            "opts": self.opts,
            "boven": page_of(versie),
            "vorige": vorige,
            "gewijzigd": versions.is_changed(versie),
            "fouten": [(_place(versie, finding), finding) for finding in findings],
            "difference": versions.difference(oud=vorige, nieuw=versie)
            if vorige and not findings
            else None,
        }
        return render(request, "materialen/beheer/publiceren.html", context)

    def _publish(self, request: HttpRequest, versie: Materiaalversie) -> HttpResponse:
        digest = request.POST.get("digest", "")
        try:
            versions.publish(pk=versie.pk, digest=digest, door=cast(User, request.user))
        except versions.NietConcept:
            messages.info(request, GEPUBLICEERD)
        except (
            versions.IntussenGewijzigd,
            versions.OngeldigConcept,
            # The page says that there is nothing to publish, and has no button.
            versions.NietsGewijzigd,
        ):
            messages.warning(request, versions.NA_TE_KIJKEN)
            return redirect(request.path)
        else:
            said = versions.NU_GEPUBLICEERD.format(versie=versie.versie)
            messages.success(request, said)
        return redirect(page_of(versie).url)


def _versie(request: HttpRequest, pk: int) -> Materiaalversie:
    """Load a version for a user who may edit materials; PermissionDenied for anyone else."""
    if not versions.may_edit(request.user):
        raise PermissionDenied
    return get_object_or_404(Materiaalversie.objects.select_related("materiaal"), pk=pk)


def _place(versie: Materiaalversie, finding: Finding) -> PageLink:
    return soort_of(versie).content.editor.page_of_place(versie, finding.place) or page_of(versie)


def _filename(versie: Materiaalversie, suffix: str) -> str:
    return f"{versie.materiaal.slug}-{versie.versie}.{suffix}"
