"""A draft becomes the team's own sentence."""

from dossiers.mensen.models import User
from dossiers.velden.domain.saving import SaveOutcome, save_veld
from preventieplan.routekaart.models import Routezinnen


def take_draft(*, zinnen: Routezinnen, naam: str, klad: str, door: User) -> bool:
    """Save a draft as the text of a field in which nothing stands, to go on from.

    Returns False, and changes nothing, when somebody wrote in it meanwhile.
    Raises DossierAfgesloten when the dossier has been closed.
    """
    if getattr(zinnen, naam).strip():
        return False
    basis = zinnen.revisie(naam)
    result = save_veld(record=zinnen, veld=naam, waarde=klad, basis=basis, door=door)
    return result.outcome != SaveOutcome.CONFLICT
