"""The content of a concept in the admin: nested parts, each edited on a page of its own.

Only users who may edit materials get in, and only for a concept: a published version never changes.
"""
# ruff: noqa: ARG002 (the admin calls with more than we use)

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import PermissionDenied
from django.db import models
from django.forms.models import BaseInlineFormSet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse

from dossiers.materialen.domain.versions import may_edit, note_edited
from dossiers.materialen.forms import ContentRowForm, ContentRowFormSet, ContentTextField
from dossiers.materialen.models import Materiaalversie
from stsdialoog.admin_site import ManagedAdmin
from stsdialoog.fields import LineFormField
from stsdialoog.links import PageLink

# The name of the button that saves and then shows what publishing would change.
AND_PUBLISH = "_verschil"


def may_change(request: HttpRequest, versie: Materiaalversie | None) -> bool:
    """Whether this user may change this version; None stands for any concept."""
    return may_edit(request.user) and (versie is None or versie.is_concept)


def page_of(record: models.Model) -> PageLink:
    """Link to the admin page on which a record is edited."""
    opts = record._meta
    url = reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[record.pk])
    return PageLink(url, str(record))


class HeldAdmin(ManagedAdmin):
    """An admin page that changes a version: a save locks the version, then reloads the record."""

    formfield_overrides: ClassVar = {
        **ManagedAdmin.formfield_overrides,
        models.CharField: {"form_class": LineFormField},
        models.TextField: {
            "form_class": ContentTextField,
            "widget": AdminTextareaWidget(attrs={"rows": 3}),
        },
        models.SlugField: {"required": False},
    }
    actions = None

    def version_of(self, obj: Any) -> Materiaalversie:
        """The version that a record belongs to."""
        raise NotImplementedError

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_change(request, self.version_of(obj) if obj else None)

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Any:
        obj = super().get_object(request, object_id, from_field)
        if obj is None or request.method != "POST":
            return obj
        versie = self.version_of(obj)
        # Wait for anyone who is publishing or saving this version at the moment.
        Materiaalversie.objects.select_for_update().filter(pk=versie.pk).first()
        return super().get_object(request, object_id, from_field)

    def _get_obj_does_not_exist_redirect(
        self, request: HttpRequest, opts: Any, object_id: str
    ) -> HttpResponse:
        # A decision of a PLG makes the records of a concept anew; a 404 gives back what was typed.
        if request.method == "POST":
            raise Http404
        gone = super()._get_obj_does_not_exist_redirect  # type: ignore[misc]
        return gone(request, opts, object_id)

    def response_post_save_change(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        if AND_PUBLISH in request.POST:
            versie = self.version_of(obj)
            return redirect("admin:materialen_materiaalversie_publiceren", versie.pk)
        return self.response_after(request, obj)

    def response_after(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        """Where one goes after an ordinary save."""
        return super().response_post_save_change(request, obj)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        note_edited(self.version_of(form.instance))


class ContentAdmin(HeldAdmin):
    """The page of one part of a concept, reached from the page of its parent."""

    change_form_template = "materialen/beheer/inhoud.html"

    def parents_of(self, obj: Any) -> list[models.Model]:
        """The ancestors of a record, starting with the version."""
        raise NotImplementedError

    def version_of(self, obj: Any) -> Materiaalversie:
        versie = self.parents_of(obj)[0]
        assert isinstance(versie, Materiaalversie)  # noqa: S101
        return versie

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is not None and self.has_change_permission(request, obj)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        # A row is deleted on the page of its parent, next to the other rows.
        raise PermissionDenied

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return redirect("admin:materialen_materiaalversie_changelist")

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        context["show_delete"] = False
        context["boven"] = [page_of(parent) for parent in self.parents_of(context["original"])]
        return super().render_change_form(request, context, *args, **kwargs)

    def response_after(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        return redirect(page_of(self.parents_of(obj)[-1]).url)


class ContentInline(admin.options.InlineModelAdmin):
    """The child rows of a part, which anyone who may change the part may change too."""

    form: type[forms.ModelForm] = ContentRowForm
    formset: type[BaseInlineFormSet] = ContentRowFormSet
    extra = 1
    show_change_link = True
    formfield_overrides = HeldAdmin.formfield_overrides

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_edit(request.user)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_edit(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_edit(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_edit(request.user)
