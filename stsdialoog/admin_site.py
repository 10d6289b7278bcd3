"""The admin site, and the base classes of its model pages."""
# ruff: noqa: ARG002 (the admin calls with more than we use)

from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib import admin, messages
from django.contrib.auth.decorators import login_not_required
from django.db import IntegrityError
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, include, path
from django.utils.decorators import method_decorator

from stsdialoog.errors import AlreadyExists
from stsdialoog.text import search_key

# The admin pages of these apps keep the URLs they had when they were part of the `dossiers` app.
URL_PREFIX = "dossiers"
MOVED_APPS = ("mensen/", "logboek/", "materialen/")


class BeheerSite(admin.AdminSite):
    """Our own admin site, free of the models that other packages register on the default one."""

    site_title = site_header = "Beheer STS-Dialoog"
    index_title = "Wat wil je beheren?"

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Keep the pages of every model at the URL they have always had."""
        return [
            path(f"{URL_PREFIX}/", self.admin_view(lambda _request: redirect("admin:index"))),
            *(_at_its_old_url(pattern) for pattern in super().get_urls()),
        ]

    @method_decorator(login_not_required)
    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        # A single login page: our own, with its rate limits and its login by code.
        return secure_admin_login(super().login)(request, extra_context)

    def password_change(  # type: ignore[override]
        self, request: HttpRequest, extra_context: Any = None
    ) -> HttpResponse:
        return redirect("account_change_password")


def _at_its_old_url(pattern: URLPattern | URLResolver) -> URLPattern | URLResolver:
    route = str(pattern.pattern)
    if isinstance(pattern, URLResolver) and route.startswith(MOVED_APPS):
        return path(f"{URL_PREFIX}/{route.partition('/')[2]}", include(pattern.url_patterns))
    return pattern


beheer = BeheerSite()

INTUSSEN_BEWAARD = (
    "Dit is niet bewaard: iemand anders bewaarde intussen hetzelfde. Kijk het na in de lijst."
)


class ManagedAdmin(admin.ModelAdmin):
    """Anyone with access to the admin (`is_staff`) may view, add and change.

    Nothing can be deleted: records are ended or deactivated instead. A list is searched by search
    keys: `search_fields` names fields that hold one, with `__contains`.
    """

    # Counting all rows beside those that were found takes as long as finding them.
    show_full_result_count = False

    def has_module_permission(self, request: HttpRequest) -> bool:
        return True

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return True

    def has_add_permission(self, request: HttpRequest) -> bool:
        return True

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return True

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        return super().get_search_results(request, queryset, search_key(search_term))

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except (AlreadyExists, IntegrityError):
            # The form was valid when it was checked; submitting again gives its own message.
            messages.error(request, INTUSSEN_BEWAARD)
            return redirect(request.get_full_path())


class ReadOnly(ManagedAdmin):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False
