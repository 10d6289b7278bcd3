"""The admin site, and the base classes of its model pages."""
# ruff: noqa: ARG002 (the admin calls with more than we use)

from functools import wraps
from typing import Any, ClassVar

from allauth.account.decorators import secure_admin_login
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.views.main import ERROR_FLAG
from django.contrib.admin.widgets import AutocompleteSelect
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import SuspiciousOperation, ValidationError
from django.db import DataError, IntegrityError
from django.db.models import DateField, Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, include, path
from django.utils.decorators import method_decorator

from stsdialoog.errors import AlreadyExists
from stsdialoog.fields import DayFormField
from stsdialoog.text import search_key

# The admin pages of these apps keep the URLs they had when they were part of the `dossiers` app.
URL_PREFIX = "dossiers"
MOVED_APPS = ("mensen/", "logboek/", "materialen/")


class BeheerSite(admin.AdminSite):
    """Our own admin site, free of the models that other packages register on the default one."""

    site_title = site_header = "Beheer STS-Dialoog"
    index_title = "Wat wil je beheren?"

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Keep the pages of every model at the URL they have always had.

        Without the address that leads from any record to its page on the site: none has one, and
        Django fails there on what is no key.
        """
        ours = (one for one in super().get_urls() if getattr(one, "name", "") != "view_on_site")
        return [
            path(f"{URL_PREFIX}/", self.admin_view(lambda _request: redirect("admin:index"))),
            *(_at_its_old_url(pattern) for pattern in ours),
        ]

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Django's own, for an address that the database can be asked about."""

        @wraps(view)
        def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if any("\0" in part for pair in request.GET.items() for part in pair):
                raise SuspiciousOperation("a NUL in the address of a page of the admin")
            return view(request, *args, **kwargs)

        return super().admin_view(asked, cacheable)

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

# The lookups that the filters beside a list write in their links.
OF_FILTERS = ("exact", "isempty", "isnull", "gte", "lt")

INTUSSEN_BEWAARD = (
    "Dit is niet bewaard: iemand anders bewaarde intussen hetzelfde. Kijk het na in de lijst."
)

KIES_OPNIEUW = "Er is niets gewijzigd. Kies opnieuw wat je wil wijzigen."


class KnownKeysSelect(AutocompleteSelect):
    """Django's own, which asks the database about any submitted value, also one that is no key."""

    def optgroups(self, name: str, value: Any, attrs: Any = None) -> Any:
        pk = self.choices.queryset.model._meta.pk
        return super().optgroups(name, [one for one in value if _is_key(pk, one)], attrs)


def _is_key(pk: Any, value: str) -> bool:
    try:
        pk.to_python(value)
    except ValidationError:
        return False
    return True


class ManagedAdmin(admin.ModelAdmin):
    """A page of the admin, for whoever has the right to it; a superuser has every right.

    Nothing can be deleted: records are ended or deactivated instead. A list is searched by search
    keys: `search_fields` names fields that hold one, with `__contains`.
    """

    # The rights (fields of User) of which one is needed to look; None is for all of the admin.
    readers: ClassVar[tuple[str, ...] | None] = None
    # The rights of which one is needed to add and change.
    writers: ClassVar[tuple[str, ...]] = ()
    formfield_overrides: ClassVar[Any] = {DateField: {"form_class": DayFormField}}
    # Counting all rows beside those that were found takes as long as finding them.
    show_full_result_count = False

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.readers is None or _has_one_of(request, self.readers)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return _has_one_of(request, self.writers)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return _has_one_of(request, self.writers)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def get_object(self, request: Any, object_id: str, from_field: str | None = None) -> Any:
        # An empty name is none; Django would look for the field that is called so.
        return super().get_object(request, object_id, from_field or None)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        # Nothing links to a form with values in its address; Django would take any value there.
        return {}

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = KnownKeysSelect(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        # Django takes any lookup on any field: also a regular expression that goes on for minutes.
        filters: Any = self.list_filter
        names = [one if isinstance(one, str) else one[0] for one in filters]
        return lookup in (*names, *(f"{name}__{kind}" for name in names for kind in OF_FILTERS))

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        try:
            return super().changelist_view(request, extra_context)
        except (ValueError, OverflowError, DataError):
            # A value that the database cannot be asked about, such as a day before the first.
            return redirect(f"{request.path}?{ERROR_FLAG}=1")

    def response_action(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        chosen = request.POST.getlist(ACTION_CHECKBOX_NAME)
        if all(_is_key(self.opts.pk, one) for one in chosen):
            return super().response_action(request, *args, **kwargs)
        messages.error(request, KIES_OPNIEUW)
        return redirect(request.get_full_path())

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


def _has_one_of(request: HttpRequest, rights: tuple[str, ...]) -> bool:
    user = request.user
    return user.is_superuser or any(getattr(user, right, False) for right in rights)


class ReadOnly(ManagedAdmin):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False
