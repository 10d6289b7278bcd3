"""Who may answer a question for a place: whoever manages the school, or the CLB."""

from uuid import UUID

from django.http import Http404

from dossiers.aanmelden.models import Lidmaatschapsvraag
from dossiers.mensen.access import Recht, get_clb_or_404, get_school_or_404
from dossiers.mensen.models import User


def get_vraag_or_404(*, user: User, pk: UUID) -> Lidmaatschapsvraag:
    """Load a question, open or not.

    Raises Http404 for an outsider and PermissionDenied below BEHEREN, as `get_school_or_404`.
    """
    found = Lidmaatschapsvraag.objects.filter(pk=pk)
    vraag = found.select_related("user", "school__clb", "clb").first()
    if vraag is None:
        raise Http404
    if vraag.school_id:
        get_school_or_404(user=user, pk=vraag.school_id, recht=Recht.BEHEREN)
    elif vraag.clb_id:
        get_clb_or_404(user=user, pk=vraag.clb_id, recht=Recht.BEHEREN)
    return vraag
