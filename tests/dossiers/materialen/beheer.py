"""Using the admin as a browser does: open a page, change some fields, submit the whole form."""

from typing import Any

from django.urls import reverse

from dossiers.materialen.models import Materiaalversie
from dossiers.mensen.models import User
from tests.client import Browser
from tests.conftest import PASSWORD


def make_redacteur(naam: str = "Sofie") -> User:
    """Create a member of the STS-team who edits the materials."""
    return User.objects.create_user(
        f"{naam.lower()}@sts.be", PASSWORD, naam=naam, is_staff=True, beheert_materialen=True
    )


def page(record: Any) -> str:
    opts = record._meta
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[record.pk])


def versie_page(versie: Materiaalversie, naam: str) -> str:
    return reverse(f"admin:materialen_materiaalversie_{naam}", args=[versie.pk])


def filled(response: Any) -> dict[str, Any]:
    """The POST data of the form on an admin page, unchanged."""
    forms = [response.context["adminform"].form]
    for inline in response.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    return {
        field.html_name: "on" if value is True else value
        for form in forms
        for field in form
        if not field.field.disabled and (value := field.value()) is not None and value is not False
    }


def change(client: Browser, record: Any, **typed: Any) -> Any:
    """Change some fields on the admin page of a record, save, and follow the redirect."""
    data = filled(client.get(page(record)))
    return client.post(page(record), data | typed, follow=True)


def new_row(client: Browser, record: Any, prefix: str, **typed: Any) -> Any:
    """The same, typing in the empty row below those that are there."""
    data = filled(client.get(page(record)))
    nummer = int(data[f"{prefix}-INITIAL_FORMS"])
    row = {f"{prefix}-{nummer}-{naam}": value for naam, value in typed.items()}
    return client.post(page(record), data | row, follow=True)


def errors(response: Any) -> str:
    """All validation errors on an admin page."""
    forms = response.context["adminform"].form.errors
    formsets = [inline.formset for inline in response.context["inline_admin_formsets"]]
    return f"{forms} {[(one.errors, one.non_form_errors()) for one in formsets]}"
