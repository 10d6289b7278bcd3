"""People and organisations in the admin: accounts, CLBs, schools, ankerfiguren."""
# ruff: noqa: ARG002 (the admin calls with more than we use)

from typing import Any, ClassVar, cast

from django import forms
from django.contrib import admin, messages
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from dossiers.mensen.access import may_change_address, may_give_rights
from dossiers.mensen.domain.accounts import (
    RECHTEN,
    add_account,
    change_account,
    send_email_changed,
)
from dossiers.mensen.domain.lidmaatschappen import (
    EERST_EEN_BLIJVENDE,
    add_ankerfiguur,
    end_in_beheer,
    permanent_ankerfiguren,
)
from dossiers.mensen.domain.organisaties import add_clb, add_school, change_clb, change_school
from dossiers.mensen.domain.plgleden import add_plglid, end_plglid
from dossiers.mensen.domain.wissen import ask_to_erase_account
from dossiers.mensen.models import CLB, Lidmaatschap, Plglid, Rol, School, User
from dossiers.mensen.proof import require_recent_step
from stsdialoog.admin_site import ManagedAdmin, beheer
from stsdialoog.fields import DayFormField
from stsdialoog.mail import MailNietVerstuurd

VAST_ADRES = (
    "Met een ander adres kan iemand anders inloggen. Wie voor een CLB werkt of werkte, houdt "
    "vertrouwelijke gesprekken bij; wie in het beheer mag, heeft die rechten alleen voor zichzelf. "
    "Vraag een wijziging aan wie STS-Dialoog technisch beheert."
)
GESPREKKEN_DICHT = (
    "Gesprekken met ouders blijven voor dit account dicht tot de eigenaar inlogt met de tweede "
    "stap van ervoor, of tot twee collega's van het CLB bevestigen wie het is."
)
ORGANISATIES, GEBRUIKERS = ("beheert_organisaties",), ("helpt_gebruikers",)


class UserForm(forms.ModelForm):
    class Meta:
        help_texts = {
            "email": "Hiermee logt deze persoon in, met een code die we mailen.",
            "is_active": "Zet dit uit voor wie weg is: inloggen kan dan niet meer, wat er "
            "ingevuld werd blijft. Weer aan: dan wordt het ook niet gewist.",
            "is_staff": "Voor het STS-team. Dit opent geen dossiers. De rechten hieronder zeggen "
            "wat iemand er mag doen.",
            "beheert_materialen": "Voor wie van het STS-team de teksten van de materialen wijzigt "
            "en publiceert.",
            "beheert_organisaties": "Voor wie CLB's, scholen en ankerfiguren toevoegt en wijzigt. "
            "De ankerfiguren van het CLB krijgen daar een mail van.",
            "helpt_gebruikers": "Voor wie accounts maakt, en naam, adres en toegang wijzigt. Geef "
            "dit en het recht op organisaties liefst niet aan dezelfde persoon.",
        }


class ProvenAdmin(ManagedAdmin):
    """Pages on which a role, a right or an address changes: the second step is asked again."""

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.method == "POST":
            require_recent_step(request)
        return super().changeform_view(request, *args, **kwargs)

    def response_action(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        require_recent_step(request)
        return super().response_action(request, *args, **kwargs)


@admin.register(User, site=beheer)
class UserAdmin(ProvenAdmin):
    # Whoever gives somebody a role has to find that person.
    readers = (*GEBRUIKERS, *ORGANISATIES)
    writers = GEBRUIKERS
    form = UserForm
    fields = (*("email", "naam", "is_active"), *RECHTEN, *("sinds", "last_login", "wissen_op"))
    readonly_fields = ("sinds", "last_login", "wissen_op")
    list_display = ("naam", "email", "is_active", *RECHTEN, "last_login", "wissen_op")
    list_filter = ("is_active", *RECHTEN)
    search_fields = ("zoeksleutel__contains",)
    ordering = ("naam", "email")
    actions = ("erase",)

    @admin.action(description="Wis de gekozen accounts over 30 dagen", permissions=["change"])
    def erase(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """Each that may be changed here; turning it on again takes it back."""
        door, today = cast(User, request.user), timezone.localdate()
        for user in queryset:
            if not self.has_change_permission(request, user):
                messages.error(request, f"Het account van {user} kan je niet wissen.")
                continue
            ask_to_erase_account(user=user, door=door, today=today)
        messages.success(request, "De accounts staan uit. Zet er een weer aan om het te houden.")

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        # Anyone who can change the address of an account can log in as its owner.
        is_super = isinstance(obj, User) and obj.is_superuser
        return super().has_change_permission(request, obj) and (
            not is_super or cast(User, request.user).is_superuser
        )

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        # Superusers are created from the shell.
        door = cast(User, request.user)
        gives = may_give_rights(door=door, user=cast("User | None", obj))
        address = ("email",) if self._keeps_address(request, obj) else ()
        return (*address, *(() if gives else RECHTEN), *self.readonly_fields)

    def get_form(
        self, request: HttpRequest, obj: Model | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        if self._keeps_address(request, obj):
            kwargs["help_texts"] = {**UserForm.Meta.help_texts, "email": VAST_ADRES}
        return super().get_form(request, obj, change, **kwargs)

    def _keeps_address(self, request: HttpRequest, obj: Model | None) -> bool:
        door = cast(User, request.user)
        return isinstance(obj, User) and not may_change_address(door=door, user=obj)

    def save_model(self, request: HttpRequest, obj: User, form: UserForm, change: bool) -> None:
        door = cast(User, request.user)
        if not change:
            add_account(user=obj, door=door)
        elif oud := change_account(user=obj, door=door):
            transaction.on_commit(lambda: self._tell_old_address(request, obj, oud))
            if obj.gesprekken_dicht_sinds:
                messages.info(request, GESPREKKEN_DICHT)

    def _tell_old_address(self, request: HttpRequest, user: User, oud: str) -> None:
        try:
            send_email_changed(user=user, oud=oud)
        except MailNietVerstuurd:
            messages.warning(
                request, f"Het adres is gewijzigd, maar de mail daarover naar {oud} vertrok niet."
            )


@admin.register(CLB, site=beheer)
class CLBAdmin(ManagedAdmin):
    readers = writers = ORGANISATIES
    list_display = ("naam", "instellingsnummer")
    search_fields = ("zoeksleutel__contains",)

    def save_model(self, request: HttpRequest, obj: CLB, form: Any, change: bool) -> None:
        (change_clb if change else add_clb)(clb=obj, door=cast(User, request.user))


@admin.register(School, site=beheer)
class SchoolAdmin(ProvenAdmin):
    readers = writers = ORGANISATIES
    list_display = ("naam", "instellingsnummer", "niveau", "gemeente", "clb")
    list_filter = ("niveau", "provincie")
    list_select_related = ("clb",)
    search_fields = ("zoeksleutel__contains",)
    autocomplete_fields = ("clb",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[School]:
        # A CLB makes its oefenschool by itself; there is nothing to manage about it.
        return super().get_queryset(request).filter(oefen=False)

    def save_model(self, request: HttpRequest, obj: School, form: Any, change: bool) -> None:
        (change_school if change else add_school)(school=obj, door=cast(User, request.user))


class AnkerfiguurForm(forms.ModelForm):
    class Meta:
        model = Lidmaatschap
        fields = ("user", "clb", "eindigt_op")
        field_classes: ClassVar = {"eindigt_op": DayFormField}
        labels = {"user": "ankerfiguur"}
        help_texts = {"eindigt_op": "Alleen voor wie een ankerfiguur een tijd vervangt."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "clb" in self.fields:
            self.fields["clb"].required = True
            self.instance.rol = Rol.ANKERFIGUUR

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        user, clb, end = data.get("user"), data.get("clb"), data.get("eindigt_op")
        if clb is None:
            return data
        if permanent_ankerfiguren(clb).filter(user=user).exists():
            raise forms.ValidationError("Deze persoon is al ankerfiguur van dit CLB.")
        if end and end < timezone.localdate():
            self.add_error("eindigt_op", "Die dag is voorbij. Kies vandaag of later.")
        elif end and not permanent_ankerfiguren(clb).exists():
            self.add_error("eindigt_op", EERST_EEN_BLIJVENDE)
        return data


@admin.register(Lidmaatschap, site=beheer)
class LidmaatschapAdmin(ProvenAdmin):
    """Only ankerfiguren are added here; everyone else is invited from the page of a school."""

    readers = writers = ORGANISATIES
    form = AnkerfiguurForm
    list_display = ("user", "rol", "clb", "school", "sinds", "eindigt_op", "actief_tot")
    list_filter = ("rol", ("actief_tot", admin.EmptyFieldListFilter))
    list_select_related = ("user", "clb", "school")
    search_fields = (
        "user__zoeksleutel__contains",
        "clb__zoeksleutel__contains",
        "school__zoeksleutel__contains",
    )
    autocomplete_fields = ("user", "clb")
    actions = ("end",)

    def get_fields(self, request: HttpRequest, obj: Lidmaatschap | None = None) -> tuple[str, ...]:
        return self.list_display if obj else ("user", "clb", "eindigt_op")

    def get_readonly_fields(
        self, request: HttpRequest, obj: Lidmaatschap | None = None
    ) -> tuple[str, ...]:
        return self.list_display if obj else ()

    def save_model(self, request: HttpRequest, obj: Lidmaatschap, form: Any, change: bool) -> None:
        if not change:
            obj.pk = add_ankerfiguur(**form.cleaned_data, door=cast(User, request.user)).pk

    @admin.action(description="Beëindig de gekozen lidmaatschappen", permissions=["change"])
    def end(self, request: HttpRequest, queryset: QuerySet[Lidmaatschap]) -> None:
        gekozen = list(queryset.select_related("user", "clb", "school__clb"))
        for lidmaatschap in gekozen:
            end_in_beheer(lidmaatschap=lidmaatschap, door=cast(User, request.user))
        messages.success(request, "De gekozen lidmaatschappen zijn beëindigd.")
        for clb in {one.clb for one in gekozen if one.clb}:
            if not permanent_ankerfiguren(clb).exists():
                messages.warning(request, f"{clb} heeft nu geen ankerfiguur zonder einddatum meer.")


class PlglidForm(forms.ModelForm):
    class Meta:
        model = Plglid
        fields = ("user", "plg")
        help_texts: ClassVar = {
            "plg": "Dit opent de materialen van die PLG, en geen school of dossier."
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        user, plg = data.get("user"), data.get("plg")
        if Plglid.objects.active().filter(user=user, plg=plg).exists():
            raise forms.ValidationError("Deze persoon is al lid van die PLG.")
        return data


@admin.register(Plglid, site=beheer)
class PlglidAdmin(ProvenAdmin):
    readers = writers = ORGANISATIES
    form = PlglidForm
    list_display = ("user", "plg", "sinds", "actief_tot")
    list_filter = ("plg", ("actief_tot", admin.EmptyFieldListFilter))
    list_select_related = ("user",)
    search_fields = ("user__zoeksleutel__contains",)
    autocomplete_fields = ("user",)
    actions = ("end",)

    def get_fields(self, request: HttpRequest, obj: Plglid | None = None) -> tuple[str, ...]:
        return self.list_display if obj else ("user", "plg")

    def get_readonly_fields(
        self, request: HttpRequest, obj: Plglid | None = None
    ) -> tuple[str, ...]:
        return self.list_display if obj else ()

    def save_model(self, request: HttpRequest, obj: Plglid, form: Any, change: bool) -> None:
        if not change:
            obj.pk = add_plglid(**form.cleaned_data, door=cast(User, request.user)).pk

    @admin.action(
        description="Beëindig het lidmaatschap van de gekozen mensen", permissions=["change"]
    )
    def end(self, request: HttpRequest, queryset: QuerySet[Plglid]) -> None:
        for plglid in queryset.select_related("user"):
            end_plglid(plglid=plglid, door=cast(User, request.user))
        messages.success(request, "De gekozen lidmaatschappen van een PLG zijn beëindigd.")
