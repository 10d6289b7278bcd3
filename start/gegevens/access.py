"""Who may answer, for somebody else, what is kept about her."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from dossiers.mensen.access import TE_KLEINE_ROL
from dossiers.mensen.models import User


def get_user_or_404(*, door: User, pk: UUID) -> User:
    """Load an account of somebody, for whoever helps people with their accounts.

    Raises PermissionDenied for anybody else, and for the account of a superuser unless one asks;
    Http404 for one that does not exist, or was erased.
    """
    if not door.is_superuser and not (door.is_staff and door.helpt_gebruikers):
        raise PermissionDenied(TE_KLEINE_ROL)
    user = get_object_or_404(User.objects.known(), pk=pk)
    if user.is_superuser and not door.is_superuser:
        raise PermissionDenied(TE_KLEINE_ROL)
    return user
