"""The audit log in the admin, read-only."""

from django.contrib import admin

from dossiers.logboek.models import Logregel
from stsdialoog.admin_site import ReadOnly, beheer


@admin.register(Logregel, site=beheer)
class LogregelAdmin(ReadOnly):
    readers = ("beheert_organisaties", "helpt_gebruikers")
    list_display = ("op", "door", "handeling", "soort", "record_id")
    list_filter = ("handeling", "op")
    list_select_related = ("door",)
    search_fields = ("door__zoeksleutel__contains", "record_id__contains")
