"""What somebody wrote, and where: words for herself and as long as she may read them there."""

from collections.abc import Iterator
from heapq import merge
from operator import itemgetter
from typing import Any

from django.apps import apps
from django.db.models import Count, Max, Min, Model, Q, QuerySet

from dialoogfiches.bevragingen.models import Bevraging
from dialoogfiches.gesprekken.models import Gesprekstap, Voorbereiding
from dialoogfiches.oudergesprekken.access import own_talks
from dialoogfiches.oudergesprekken.models import Deling, Geheimrevisie, Vrijgave
from dossiers.acties.models import Trekker
from dossiers.cijfers.models import Cijfers
from dossiers.mensen.access import places_of
from dossiers.mensen.models import User
from dossiers.models import Dossier
from dossiers.velden.models import Revisie
from preventieplan.bestuur.models import Bestuurslink, VastgesteldeRoutekaart
from preventieplan.inschalen.models import Ronde
from preventieplan.opmerkingen.models import Opmerking
from preventieplan.spiegel.models import Spiegel
from preventieplan.uitzoeken.models import Uitzoekvraag
from start.gegevens.queries.parts import Deel, Row, newest_first
from start.notities.models import Gidsnotitie

# What she did that is no text: the model and the way to its dossier, who did it, when, and what
# that is called.
DONE: tuple[tuple[type[Model], str, str, str, str], ...] = (
    (Dossier, "", "geopend_door", "geopend_op", "dossier geopend"),
    (Bevraging, "dossier__", "geopend_door", "geopend_op", "bevraging geopend"),
    (Spiegel, "dossier__", "geopend_door", "geopend_op", "spiegel geopend"),
    (Ronde, "dossier__", "geopend_door", "geopend_op", "ronde om stil in te schalen geopend"),
    (VastgesteldeRoutekaart, "dossier__", "door", "op", "routekaart vastgesteld"),
    (
        *(Bestuurslink, "kaart__dossier__", "door", "gemaakt_op"),
        "link voor het schoolbestuur gemaakt",
    ),
    (Trekker, "actie__dossier__", "gekozen_door", "gekozen_op", "gekozen wie een actie doet"),
    (
        *(Uitzoekvraag, "antwoord__dossier__", "gegeven_door", "gegeven_op"),
        "gekozen wie een vraag uitzoekt",
    ),
    (Uitzoekvraag, "antwoord__dossier__", "klaar_door", "klaar_op", "vraag uitgezocht"),
    (Opmerking, "dossier__", "afgehandeld_door", "afgehandeld_op", "opmerking afgehandeld"),
    (Cijfers, "dossier__", "gewijzigd_door", "gewijzigd_op", "cijfers het laatst gewijzigd"),
    (Gesprekstap, "dossier__", "afgerond_door", "afgerond_op", "stap van een gesprek afgerond"),
    (
        *(Voorbereiding, "gesprek__dossier__"),
        *("gewijzigd_door", "gewijzigd_op", "gesprek het laatst voorbereid"),
    ),
)


def teksten(user: User) -> Deel:
    """Each text as she saved it, in the dossiers that she may read today."""
    return Deel(
        "teksten",
        "Wat je schreef",
        "Elke tekst zoals jij ze bewaarde, in de dossiers die je vandaag kan lezen.",
        ("wanneer", "school", "schooljaar", "waarin", "veld", "tekst"),
        _teksten(user),
    )


def elders(user: User) -> Deel:
    """How many texts, and when, in the dossiers that she may not read any more."""
    return Deel(
        "teksten-elders",
        "Wat je schreef in dossiers die je niet meer kan lezen",
        "De teksten horen bij de school, waar je geen rol meer hebt. Hier staat hoeveel het er "
        "zijn en van wanneer.",
        ("waarin", "aantal", "eerste", "laatste"),
        _elders(user),
    )


def werk(user: User) -> Deel:
    """What she opened, finished or counted."""
    return Deel(
        "werk",
        "Wat je verder deed in een dossier",
        "In de dossiers die je vandaag kan lezen.",
        ("wanneer", "wat", "school", "schooljaar"),
        _werk(user),
    )


def trekkers(user: User) -> Deel:
    """Which actions she was chosen for, in the dossiers that she may read today."""
    rows = Trekker.objects.filter(
        gebruiker=user, actie__dossier__in=Dossier.objects.filter(_readable(user)).values("pk")
    )
    return Deel(
        "acties",
        "Acties die je team aan jou gaf",
        "In de dossiers die je vandaag kan lezen. Je vindt ze bij ‘Mijn taken’ zolang ze open "
        "staan.",
        ("actie", "school", "schooljaar"),
        (
            (one.actie.wat, str(one.actie.dossier.school), one.actie.dossier.schooljaar_label)
            for one in rows.select_related("actie__dossier__school").order_by("-pk").iterator()
        ),
    )


def opmerkingen(user: User) -> Deel:
    """Each remark of hers, in the dossiers that she may read today, also as a board."""
    rows = Opmerking.objects.filter(
        door=user, dossier__in=Dossier.objects.filter(_readable(user)).values("pk")
    ).select_related("dossier__school")
    return Deel(
        "opmerkingen",
        "Opmerkingen die je naast een vraag of actie schreef",
        "In de dossiers die je vandaag kan lezen.",
        ("wanneer", "school", "schooljaar", "tekst"),
        (
            (one.op, str(one.dossier.school), one.dossier.schooljaar_label, one.tekst)
            for one in newest_first(rows, op="op")
        ),
    )


def uitzoeken(user: User) -> Deel:
    """Which questions she was asked to find out, in the dossiers that she may read today."""
    rows = Uitzoekvraag.objects.filter(
        gebruiker=user, antwoord__dossier__in=Dossier.objects.filter(_readable(user)).values("pk")
    ).select_related("antwoord__dossier__school", "antwoord__vraag")
    return Deel(
        "uitzoeken",
        "Vragen die je team jou liet uitzoeken",
        "In de dossiers die je vandaag kan lezen.",
        ("vraag", "school", "schooljaar", "gevraagd op", "tegen"),
        (
            (
                one.antwoord.vraag.tekst,
                str(one.antwoord.dossier.school),
                one.antwoord.dossier.schooljaar_label,
                one.gegeven_op,
                one.tegen,
            )
            for one in rows.order_by("-gegeven_op", "pk").iterator()
        ),
    )


def oudergesprekken(user: User) -> Deel:
    """When, never what: what is in them is about somebody else."""
    return Deel(
        "gesprekken-met-ouders",
        "Gesprekken met ouders die je begon",
        "Alleen de dagen. Wat erin staat, gaat over een leerling en hoort bij het dossier van het "
        "CLB: je leest het in het gesprek zelf, en een ouder of leerling vraagt het daar op.",
        ("begonnen op", "school", "schooljaar", "wordt gewist op", "gedeeld met (aantal)"),
        (
            (
                talk.gemaakt_op,
                str(talk.dossier.school),
                talk.dossier.schooljaar_label,
                talk.wissen_op,
                talk.aantal_delingen,
            )
            for talk in own_talks(user)
        ),
    )


def notities(user: User) -> Deel:
    """When she last changed notes of her CLB, never what they say."""
    places = places_of(user)
    rows = Gidsnotitie.objects.filter(gewijzigd_door=user, clb__in=list(places.works_for))
    return Deel(
        "notities",
        "Notities van je CLB die jij het laatst wijzigde",
        "Alleen de dagen. Wat erin staat, lees je op de pagina zelf.",
        ("gewijzigd op", "school", "schooljaar", "wordt gewist op"),
        (
            (
                one.gewijzigd_op,
                str(one.dossier.school),
                one.dossier.schooljaar_label,
                one.wissen_op,
            )
            for one in rows.select_related("dossier__school").order_by("-gewijzigd_op", "pk")
        ),
    )


def gedeeld(user: User) -> Deel:
    """Talks that colleagues shared with her, and what she released to a school."""
    return Deel(
        "gedeeld-en-vrijgegeven",
        "Gesprekken met ouders: met jou gedeeld, of door jou vrijgegeven",
        "Alleen de dagen.",
        ("wat", "op"),
        _gedeeld(user),
    )


def _readable(user: User) -> Q:
    """The dossiers that somebody may read today, as a condition on dossiers."""
    places = places_of(user)
    practised = Q(school__oefen=True, school__clb__in=list(places.works_for))
    return Q(school__in=places.schools()) | practised


def _revisions() -> list[type[Any]]:
    """The models that keep texts, without those of talks with parents."""
    return [
        model
        for model in apps.get_models()
        if issubclass(model, Revisie) and not issubclass(model, Geheimrevisie)
    ]


def _by(model: type[Any], user: User, *, readable: bool) -> QuerySet[Any]:
    dossiers = Dossier.objects.filter(_readable(user)).values("pk")
    rows = model._default_manager.filter(door=user)
    here = Q(record__dossier__in=dossiers)
    return rows.filter(here) if readable else rows.exclude(here)


def _teksten(user: User) -> Iterator[Row]:
    """The newest first, whatever they stand in."""
    kinds = [_of_kind(model, _by(model, user, readable=True)) for model in _revisions()]
    yield from merge(*kinds, key=itemgetter(0), reverse=True)


def _of_kind(model: type[Any], rows: QuerySet[Any]) -> Iterator[Row]:
    record = model._meta.get_field("record").related_model
    found = rows.select_related("record__dossier__school").only(
        *("veld", "waarde", "op", "record__dossier__schooljaar", "record__dossier__school__naam")
    )
    for row in newest_first(found, op="op"):
        dossier = row.record.dossier
        yield (
            row.op,
            str(dossier.school),
            dossier.schooljaar_label,
            str(record._meta.verbose_name),
            row.veld.replace("_", " "),
            row.waarde,
        )


def _elders(user: User) -> Iterator[Row]:
    for model in _revisions():
        rows = _by(model, user, readable=False)
        found = rows.aggregate(n=Count("pk"), van=Min("op"), tot=Max("op"))
        if found["n"]:
            record: Any = model._meta.get_field("record").related_model
            yield str(record._meta.verbose_name), found["n"], found["van"], found["tot"]
    elsewhere = Opmerking.objects.filter(door=user).exclude(
        dossier__in=Dossier.objects.filter(_readable(user)).values("pk")
    )
    found = elsewhere.aggregate(n=Count("pk"), van=Min("op"), tot=Max("op"))
    if found["n"]:
        yield str(Opmerking._meta.verbose_name), found["n"], found["van"], found["tot"]


def _werk(user: User) -> Iterator[Row]:
    readable = Dossier.objects.filter(_readable(user)).values("pk")
    for model, way, door, op, wat in DONE:
        rows = model._default_manager.filter(**{door: user, f"{way}pk__in": readable})
        found = rows.order_by(op, "pk").values_list(op, f"{way}school__naam", f"{way}schooljaar")
        for when, school, jaar in found:
            yield when, wat, school, f"{jaar}-{jaar + 1}"


def _gedeeld(user: User) -> Iterator[Row]:
    if user.gesprekken_dicht_sinds:
        return
    for deling in Deling.objects.filter(met=user).order_by("pk"):
        yield "met jou gedeeld", deling.op
    for vrijgave in Vrijgave.objects.filter(door=user).order_by("pk"):
        yield "door jou vrijgegeven", vrijgave.op
