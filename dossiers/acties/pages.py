"""Actions as the pages of every app draw them: those that stand there, and a new one."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dossiers.acties.forms import ActieForm, NieuweActieForm
from dossiers.acties.models import Actie
from dossiers.models import Dossier

# The input of an action's field: `actie-<uuid>-wat`.
ACTIE_FIELD = re.compile(r"actie-([0-9a-f-]{36})-")


@dataclass(frozen=True)
class Actiedeel:
    actie: Actie
    form: ActieForm


def actie_parts(
    acties: Iterable[Actie], data: Mapping[str, str] | None = None
) -> tuple[Actiedeel, ...]:
    """Actions with their forms.

    data: a POST, for forms that hold what was sent in.
    """
    return tuple(Actiedeel(actie, ActieForm(record=actie, data=data)) for actie in acties)


def new_action(naam: str, data: Mapping[str, str] | None) -> NieuweActieForm:
    """A new action; bound only when something was typed in it, or when its button was pressed.

    naam: of the place it is made in, unique on the page; also the value of its button.
    """
    prefix = f"nieuw-{naam}"
    form = NieuweActieForm(data, prefix=prefix)
    if data is not None and not form.has_changed() and data.get("nieuwe_actie") != naam:
        return NieuweActieForm(None, prefix=prefix)
    return form


def struck_meanwhile(dossier: Dossier, data: Mapping[str, str]) -> list[ActieForm]:
    """Forms for the actions that were sent in but struck since the page was made.

    What was typed in them is saved all the same, and comes back with the action.
    """
    sent = {match[1] for name in data if (match := ACTIE_FIELD.match(name))}
    struck = Actie.objects.filter(dossier=dossier, geschrapt_op__isnull=False)
    return [ActieForm(record=actie, data=data) for actie in struck if str(actie.pk) in sent]
