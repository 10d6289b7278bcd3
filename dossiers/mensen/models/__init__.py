"""People and organisations: CLB's, schools, accounts, roles and invitations."""

from dossiers.mensen.models.accounts import GEWIST, User
from dossiers.mensen.models.herstel import Herstelaanvraag
from dossiers.mensen.models.organisaties import CLB, Niveau, School
from dossiers.mensen.models.rollen import (
    CLB_ROLLEN,
    MAX_NAAM,
    MAX_WOORD,
    Aankondiging,
    Lidmaatschap,
    Rol,
    Uitnodiging,
)

__all__ = [
    "CLB",
    "CLB_ROLLEN",
    "GEWIST",
    "MAX_NAAM",
    "MAX_WOORD",
    "Aankondiging",
    "Herstelaanvraag",
    "Lidmaatschap",
    "Niveau",
    "Rol",
    "School",
    "Uitnodiging",
    "User",
]
