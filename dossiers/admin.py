"""Beheer: where the STS-team makes CLB's and their first ankerfiguur. No answers, no actions."""
# ruff: noqa: ARG002 (the admin calls with more than we use)

from typing import Any, cast

from allauth.account.decorators import secure_admin_login
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.decorators import login_not_required
from django.db import IntegrityError, transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator

from dossiers.domain.accounts import add_account, change_account, send_email_changed
from dossiers.domain.lidmaatschappen import AlLid, add_ankerfiguur, end_lidmaatschap
from dossiers.domain.organisaties import SchoolBestaat, add_school, change_school
from dossiers.models import (
    CLB,
    Lidmaatschap,
    Logregel,
    Materiaal,
    Materiaalversie,
    Rol,
    School,
    User,
)
from stsdialoog.mail import MailNietVerstuurd


class BeheerSite(admin.AdminSite):
    """A site of our own: what other packages register has no place in it."""

    site_title = site_header = "Beheer STS-Dialoog"
    index_title = "Wat wil je beheren?"

    @method_decorator(login_not_required)
    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        # One way in: our own page, with its limits and its login by code.
        return secure_admin_login(super().login)(request, extra_context)

    def password_change(  # type: ignore[override]
        self, request: HttpRequest, extra_context: Any = None
    ) -> HttpResponse:
        return redirect("account_change_password")


beheer = BeheerSite()

INTUSSEN_BEWAARD = (
    "Dit is niet bewaard: iemand anders bewaarde intussen hetzelfde. Kijk het na in de lijst."
)


class Beheerd(admin.ModelAdmin):
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
        except (AlLid, SchoolBestaat, IntegrityError):
            # The form was right when it was checked; its own message comes at the next try.
            messages.error(request, INTUSSEN_BEWAARD)
            return redirect(request.get_full_path())


class ReadOnly(Beheerd):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class UserForm(forms.ModelForm):
    class Meta:
        help_texts = {
            "email": "Hiermee logt deze persoon in, met een code die we mailen.",
            "is_active": "Zet dit uit voor wie weg is: inloggen kan dan niet meer, wat er "
            "ingevuld werd blijft.",
            "is_staff": "Voor het STS-team. Dit opent geen dossiers.",
        }

    def clean_email(self) -> str:
        return self.cleaned_data["email"].lower()


@admin.register(User, site=beheer)
class UserAdmin(Beheerd):
    form = UserForm
    fields = ("email", "naam", "is_active", "is_staff", "sinds", "last_login")
    readonly_fields = ("sinds", "last_login")
    list_display = ("naam", "email", "is_active", "is_staff", "last_login")
    list_filter = ("is_active", "is_staff")
    search_fields = ("naam", "email")
    ordering = ("naam", "email")

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        # Who can change the address of an account can log in with it.
        is_super = isinstance(obj, User) and obj.is_superuser
        return not is_super or cast(User, request.user).is_superuser

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        # Only a superuser lets people into the admin; superusers themselves come from the shell.
        if cast(User, request.user).is_superuser:
            return self.readonly_fields
        return ("is_staff", *self.readonly_fields)

    def save_model(self, request: HttpRequest, obj: User, form: UserForm, change: bool) -> None:
        door = cast(User, request.user)
        if not change:
            add_account(user=obj, door=door)
        elif oud := change_account(user=obj, door=door):
            transaction.on_commit(lambda: self._tell_old_address(request, obj, oud))

    def _tell_old_address(self, request: HttpRequest, user: User, oud: str) -> None:
        try:
            send_email_changed(user=user, oud=oud)
        except MailNietVerstuurd:
            messages.warning(
                request, f"Het adres is gewijzigd, maar de mail daarover naar {oud} vertrok niet."
            )


@admin.register(CLB, site=beheer)
class CLBAdmin(Beheerd):
    list_display = ("naam", "instellingsnummer")
    search_fields = ("naam", "instellingsnummer")


@admin.register(School, site=beheer)
class SchoolAdmin(Beheerd):
    list_display = ("naam", "instellingsnummer", "niveau", "gemeente", "clb")
    list_filter = ("niveau", "provincie")
    list_select_related = ("clb",)
    search_fields = ("naam", "instellingsnummer", "gemeente")
    autocomplete_fields = ("clb",)

    def save_model(self, request: HttpRequest, obj: School, form: Any, change: bool) -> None:
        (change_school if change else add_school)(school=obj, door=cast(User, request.user))


class AnkerfiguurForm(forms.ModelForm):
    class Meta:
        model = Lidmaatschap
        fields = ("user", "clb")
        labels = {"user": "ankerfiguur"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "clb" in self.fields:
            self.fields["clb"].required = True
            self.instance.rol = Rol.ANKERFIGUUR

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if Lidmaatschap.objects.filter(
            user=data.get("user"), clb=data.get("clb"), clb__isnull=False, actief_tot__isnull=True
        ).exists():
            raise forms.ValidationError("Deze persoon is al ankerfiguur van dit CLB.")
        return data


@admin.register(Lidmaatschap, site=beheer)
class LidmaatschapAdmin(Beheerd):
    """The ankerfiguren are made here; everybody else is invited from the page of her school."""

    form = AnkerfiguurForm
    list_display = ("user", "rol", "clb", "school", "sinds", "actief_tot")
    list_filter = ("rol", ("actief_tot", admin.EmptyFieldListFilter))
    list_select_related = ("user", "clb", "school")
    search_fields = ("user__naam", "user__email", "clb__naam", "school__naam")
    autocomplete_fields = ("user", "clb")
    actions = ("end",)

    def get_fields(self, request: HttpRequest, obj: Lidmaatschap | None = None) -> tuple[str, ...]:
        return self.list_display if obj else ("user", "clb")

    def get_readonly_fields(
        self, request: HttpRequest, obj: Lidmaatschap | None = None
    ) -> tuple[str, ...]:
        return self.list_display if obj else ()

    def save_model(self, request: HttpRequest, obj: Lidmaatschap, form: Any, change: bool) -> None:
        if not change:
            obj.pk = add_ankerfiguur(**form.cleaned_data, door=cast(User, request.user)).pk

    @admin.action(description="Beëindig de gekozen lidmaatschappen", permissions=["change"])
    def end(self, request: HttpRequest, queryset: QuerySet[Lidmaatschap]) -> None:
        """End the chosen memberships; those that have ended already stay as they are."""
        for lidmaatschap in queryset:
            end_lidmaatschap(lidmaatschap=lidmaatschap, door=cast(User, request.user))
        messages.success(request, "De gekozen lidmaatschappen zijn beëindigd.")


@admin.register(Materiaal, site=beheer)
class MateriaalAdmin(ReadOnly):
    list_display = ("titel", "plg", "soort")
    search_fields = ("titel", "plg")


@admin.register(Materiaalversie, site=beheer)
class MateriaalversieAdmin(ReadOnly):
    list_display = ("materiaal", "versie", "datum", "status")
    list_filter = ("status",)
    list_select_related = ("materiaal",)
    fields = ("materiaal", "versie", "datum", "status", "bron")


@admin.register(Logregel, site=beheer)
class LogregelAdmin(ReadOnly):
    list_display = ("op", "door", "handeling", "soort", "record_id")
    list_filter = ("handeling", "op")
    list_select_related = ("door",)
    search_fields = ("door__naam", "door__email", "record_id")
