"""The site of the admin, and how records stand in it."""
# ruff: noqa: ARG002 (the admin calls with more than we use)

from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib import admin, messages
from django.contrib.auth.decorators import login_not_required
from django.db import IntegrityError
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, include, path
from django.utils.decorators import method_decorator

from stsdialoog.errors import AlreadyThere

# People know the pages of these chambers under the name of their room: those addresses stay.
ROOM = "dossiers"
CHAMBERS = ("mensen/", "logboek/", "materialen/")


class BeheerSite(admin.AdminSite):
    """A site of our own: what other packages register has no place in it."""

    site_title = site_header = "Beheer STS-Dialoog"
    index_title = "Wat wil je beheren?"

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Give the pages of a model the address that they have always had."""
        return [
            path(f"{ROOM}/", self.admin_view(lambda _request: redirect("admin:index"))),
            *(_in_its_room(pattern) for pattern in super().get_urls()),
        ]

    @method_decorator(login_not_required)
    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        # One way in: our own page, with its limits and its login by code.
        return secure_admin_login(super().login)(request, extra_context)

    def password_change(  # type: ignore[override]
        self, request: HttpRequest, extra_context: Any = None
    ) -> HttpResponse:
        return redirect("account_change_password")


def _in_its_room(pattern: URLPattern | URLResolver) -> URLPattern | URLResolver:
    route = str(pattern.pattern)
    if isinstance(pattern, URLResolver) and route.startswith(CHAMBERS):
        return path(f"{ROOM}/{route.partition('/')[2]}", include(pattern.url_patterns))
    return pattern


beheer = BeheerSite()

INTUSSEN_BEWAARD = (
    "Dit is niet bewaard: iemand anders bewaarde intussen hetzelfde. Kijk het na in de lijst."
)


class ManagedAdmin(admin.ModelAdmin):
    """Everybody whom the site lets in (`is_staff`) may do here what the site offers.

    Nothing is deleted: it is ended, or made inactive.
    """

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

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except (AlreadyThere, IntegrityError):
            # The form was right when it was checked; its own message comes at the next try.
            messages.error(request, INTUSSEN_BEWAARD)
            return redirect(request.get_full_path())


class ReadOnly(ManagedAdmin):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False
