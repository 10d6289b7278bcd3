"""CLB's that want to stop, for whoever manages organisations: one confirms it here."""
# ruff: noqa: ARG002 (the admin calls with more than we use)

from typing import cast

from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from dossiers.mensen.admin import ORGANISATIES, ProvenAdmin
from dossiers.mensen.domain.lidmaatschappen import NietVoorJezelf
from dossiers.mensen.models import User, Vertrek
from start.domain.vertrek_clb import VertrekGesloten, confirm
from stsdialoog.admin_site import beheer


@admin.register(Vertrek, site=beheer)
class VertrekAdmin(ProvenAdmin):
    """Asked on the page of the CLB, and taken back there too."""

    readers = writers = ORGANISATIES
    fields = readonly_fields = list_display = (
        *("clb", "gevraagd_door", "gevraagd_op"),
        *("bevestigd_door", "wissen_op"),
    )
    list_select_related = ("clb", "gevraagd_door", "bevestigd_door")
    actions = ("confirm",)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    @admin.action(
        description="Bevestig: wis de gekozen CLB's over 30 dagen", permissions=["change"]
    )
    def confirm(self, request: HttpRequest, queryset: QuerySet[Vertrek]) -> None:
        door, today = cast(User, request.user), timezone.localdate()
        for vertrek in queryset.select_related("clb"):
            try:
                confirm(vertrek=vertrek, door=door, today=today)
            except NietVoorJezelf:
                messages.error(request, f"Wie voor {vertrek.clb} werkt, bevestigt dit niet zelf.")
            except VertrekGesloten:
                messages.info(request, f"Van {vertrek.clb} is dit al bevestigd of ingetrokken.")
            else:
                messages.success(
                    request, f"{vertrek.clb} stopt. Wie er een rol heeft, kreeg een mail."
                )
