"""Finds fields of the plan by name: `antwoord-f0-1-v03-toelichting`, `inschaling-f0-1-score`."""

from functools import partial
from typing import Any

from django.db.models import FilteredRelation, Q, QuerySet
from django.urls import reverse

from dossiers.acties.domain.checks import moment_at
from dossiers.acties.finders import find_actie
from dossiers.acties.models import Actie
from dossiers.models import Dossier
from dossiers.overnemen.queries import earlier_content
from dossiers.velden.forms import UNKNOWN, Progress, whole_number
from dossiers.velden.registry import FoundField, GeenVeld
from preventieplan.forms import AntwoordForm, CheckForm, InschalingForm
from preventieplan.models import Antwoord, Checklistvraag, Doelstelling
from preventieplan.queries.plan import goal_of, inschaling_of, questions_by_code
from stsdialoog.links import PageLink


def page_of_goal(dossier: Dossier, doel: Doelstelling) -> PageLink:
    return PageLink(reverse("doelstelling", args=[dossier.pk, doel.code]), doel.kort)


def page_of_actie(dossier: Dossier, actie: Actie) -> PageLink:
    """Link to the overview of all actions of a dossier, with the row of this one open."""
    return PageLink(f"{reverse('overzicht', args=[dossier.pk])}?open={actie.pk}", "Overzicht")


def page_of_check(dossier: Dossier, actie: Actie) -> PageLink:
    return PageLink(reverse("check", args=[dossier.pk, actie.pk]), "Check")


def find_check(dossier: Dossier, sleutel: str, veld: str) -> FoundField:
    """A field of a check, `check-<uuid>-<nummer>-<veld>`: one that is there, or the next one."""
    pk, _, nummer = sleutel.rpartition("-")
    actie = find_actie(dossier, pk)
    check = moment_at(actie, whole_number(nummer) or UNKNOWN)
    if check is None:
        raise GeenVeld
    return FoundField(CheckForm, check, veld, page_of_check(dossier, actie))


def find_antwoord(dossier: Dossier, sleutel: str, veld: str) -> FoundField:
    vraag = questions_by_code(dossier.planversie).get(sleutel) or _earlier(
        Checklistvraag.objects.filter(code=sleutel).select_related("doelstelling"),
        dossier,
        records="antwoorden",
        via="doelstelling__",
    )
    doel = vraag.doelstelling
    # Only a stand changes how much of the goal was discussed.
    counted = veld == "stand"
    wanted = {"vraag__doelstelling": doel} if counted else {"vraag": vraag}
    found = {one.vraag_id: one for one in Antwoord.objects.filter(dossier=dossier, **wanted)}
    antwoord = found.pop(vraag.pk, None) or Antwoord()
    antwoord.dossier, antwoord.vraag = dossier, vraag
    elsewhere = sum(bool(one.stand) for one in found.values())
    others = frozenset(pk for pk, one in found.items() if one.is_filled)
    progress = partial(_progress, antwoord, elsewhere, others) if counted else None
    return FoundField(AntwoordForm, antwoord, veld, page_of_goal(dossier, doel), progress)


def find_inschaling(dossier: Dossier, sleutel: str, veld: str) -> FoundField:
    doel = goal_of(dossier.planversie, sleutel) or _earlier(
        Doelstelling.objects.filter(code=sleutel), dossier, records="inschalingen"
    )
    inschaling = inschaling_of(dossier, doel)
    return FoundField(InschalingForm, inschaling, veld, page_of_goal(dossier, doel))


def _earlier(content: QuerySet[Any], dossier: Dossier, *, records: str, via: str = "") -> Any:
    """A goal or question that the version in use lacks, of the version it was filled in for.

    For a page that was open before another version was adopted, and for the history of what stayed
    on an older version. Raises GeenVeld when no earlier version has it.
    """
    record = FilteredRelation(records, condition=Q(**{f"{records}__dossier": dossier}))
    found = earlier_content(content.annotate(record=record), dossier.planversie, via=via).first()
    if found is None:
        raise GeenVeld
    return found


def _progress(antwoord: Antwoord, elsewhere: int, others: frozenset[int]) -> Progress:
    """How much of a goal was discussed, once the answer is saved.

    others: the questions of the goal with another answer, which count whatever the school.
    """
    filled = others | {antwoord.vraag_id} if antwoord.is_filled else others
    vragen = antwoord.vraag.doelstelling.vragen.all()
    asked = [one for one in vragen if one.pk in filled or one.is_for(antwoord.dossier)]
    return Progress(bool(antwoord.stand), elsewhere, len(asked))
