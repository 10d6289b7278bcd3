"""Every address of the project, with arguments that exist and room for others."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import parse_qsl
from uuid import UUID

from django.db.models import Model
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve
from django.utils import timezone

from dossiers.materialen.domain.versions import make_concept
from dossiers.materialen.models import Materiaalversie
from dossiers.materialen.queries import newest_published
from dossiers.mensen.models import School, User
from stsdialoog.admin_site import beheer
from tests.access_matrix import Row
from tests.conftest import Huis
from tests.test_access_matrix import MATRIX, arguments
from tests.test_beheer_rommel import KNOWN, LOOKUPS

ARGUMENT = re.compile(r"<[^>]*>|\(\?P<.*?\)(?=/|\$)")
LINK = re.compile(r'\b(?:href|action|hx-get)="([^"?#]*)\?([^"#]*)')
ADMIN = "admin"
# What a button of a page with more of them is called.
BUTTON = "knop"
# What it takes to look somebody up, for a role.
LOOKED_UP_IN = {"app_label": "mensen", "model_name": "lidmaatschap", "field_name": "user"}


@dataclass
class Target:
    """An address.

    route: a path with {} for each argument.
    arguments: some that exist.
    query: what it needs to be asked, and names: what it may read besides.
    asks: what a link to it asks for, as names and values.
    form: what a form on that page sends when nothing is typed.
    buttons: the names and values that one of its buttons sends along.
    """

    name: str
    route: str
    arguments: list[str]
    query: dict[str, str] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    asks: list[tuple[str, str]] = field(default_factory=list)
    form: dict[str, str] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    def path(self, arguments: list[str] | None = None) -> str:
        return self.route.format(*(arguments or self.arguments))


def all_targets(huis: Huis) -> list[Target]:
    """Something of this house behind each of them; beheer has a concept to edit."""
    known = arguments(huis)
    given = {name: [str(one) for one in values] for name, values in known.items()}
    concept = _make_concepts(User.objects.get(is_superuser=True))
    targets = []
    for name, route in _routes():
        space, _, short = name.rpartition(":")
        if space == ADMIN:
            targets.append(_of_admin(name, short, route, concept))
        else:
            form, buttons = _matrix_form(name), _matrix_buttons(name)
            targets.append(Target(name, route, given[name], form=form, buttons=buttons))
    return targets


def asked_in(page: str, path: str) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """What the links on a page ask for: the name of an address of ours, with names and values.

    path: of the page itself, to which a link without one leads.
    """
    for to, query in LINK.findall(page):
        try:
            found = resolve(unescape(to) or path)
        except Resolver404:
            continue
        yield found.view_name, parse_qsl(unescape(query), keep_blank_values=True)


def _make_concepts(staff: User) -> Materiaalversie:
    """One of the plan, and one of a fiche, which is the result."""
    of = [newest_published(slug=slug) for slug in ("preventieplan", "dialoogdocument")]
    made = [make_concept(versie=versie, door=staff, today=timezone.localdate()) for versie in of]
    return made[-1]


def _routes(
    resolver: URLResolver | None = None, before: str = "/", space: str = ""
) -> Iterator[tuple[str, str]]:
    for pattern in (resolver or get_resolver()).url_patterns:
        here = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern, here, pattern.namespace or space)
        elif isinstance(pattern, URLPattern):
            name = f"{space}:{pattern.name}" if space else str(pattern.name)
            yield name, re.sub(r"[$^]", "", ARGUMENT.sub("{}", here))


def _matrix_form(name: str) -> dict[str, str]:
    rows: list[Row] = [row for row in MATRIX if row.name == name]
    return {key: value for row in rows for key, value in row.data.items()}


def _matrix_buttons(name: str) -> list[tuple[str, str]]:
    """Those of all states of a page, of which the storm sees one."""
    data = [row.data for row in MATRIX if row.name == name]
    return [(BUTTON, one[BUTTON]) for one in data if BUTTON in one]


def _of_admin(name: str, short: str, route: str, concept: Materiaalversie) -> Target:
    model = _model_of(short)
    if model is None:
        given = ["mensen" if short == "app_list" else "x"]
        query = LOOKED_UP_IN if short == "autocomplete" else {}
        return Target(name, route, given, query, [*_names_of(School), "term"])
    record: Any = (
        concept if model is Materiaalversie else model._default_manager.order_by("-pk").first()
    )
    # Of a kind of record that the houses have none of, a key of nothing.
    key = record.pk if record else UUID(int=0)
    return Target(name, route, [str(key)], names=_names_of(model))


def _model_of(short: str) -> type[Model] | None:
    """The model that a page of the admin is about: mensen_user_change."""
    app, _, rest = short.partition("_")
    models = {model for model in beheer._registry if model._meta.app_label == app}
    return next((one for one in models if one._meta.model_name == rest.split("_")[0]), None)


def _names_of(model: type[Model]) -> list[str]:
    fields = [one.name for one in model._meta.fields]
    found: Sequence[Any] = beheer._registry[model].list_filter
    filters = [one if isinstance(one, str) else one[0] for one in found]
    return [*KNOWN, *fields, *(f"{name}__{end}" for name in filters for end in LOOKUPS)]
