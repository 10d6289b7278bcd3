"""People and organisations: CLB's, schools, accounts, roles and invitations; and sessions."""

from dossiers.mensen.models.accounts import GEWIST, User
from dossiers.mensen.models.herstel import Herstelaanvraag
from dossiers.mensen.models.organisaties import CLB, Niveau, Provincie, School
from dossiers.mensen.models.plg import Plg, Plglid
from dossiers.mensen.models.rollen import (
    CLB_ROLLEN,
    MAX_NAAM,
    MAX_WOORD,
    Aankondiging,
    Lidmaatschap,
    Rol,
    Uitnodiging,
)
from dossiers.mensen.models.sessies import Sessie
from dossiers.mensen.models.wissel import EERSTE, TWEEDE, Bevestigingsmail, Verhuis, Vertrek

__all__ = [
    "CLB",
    "CLB_ROLLEN",
    "EERSTE",
    "GEWIST",
    "MAX_NAAM",
    "MAX_WOORD",
    "TWEEDE",
    "Aankondiging",
    "Bevestigingsmail",
    "Herstelaanvraag",
    "Lidmaatschap",
    "Niveau",
    "Plg",
    "Plglid",
    "Provincie",
    "Rol",
    "School",
    "Sessie",
    "Uitnodiging",
    "User",
    "Verhuis",
    "Vertrek",
]
