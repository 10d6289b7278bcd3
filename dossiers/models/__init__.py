from dossiers.models.acties import Actie, Actierevisie
from dossiers.models.dossiers import Dossier, DossierAfgesloten
from dossiers.models.logboek import Logregel
from dossiers.models.materialen import Fase, Herkomst, Materiaal, Materiaalversie
from dossiers.models.mensen import Lidmaatschap, Rol, Uitnodiging, User
from dossiers.models.organisaties import CLB, School
from dossiers.models.velden import MAX_TEKST, Revisie, RevisieField, Veldrecord

__all__ = [
    "CLB",
    "MAX_TEKST",
    "Actie",
    "Actierevisie",
    "Dossier",
    "DossierAfgesloten",
    "Fase",
    "Herkomst",
    "Lidmaatschap",
    "Logregel",
    "Materiaal",
    "Materiaalversie",
    "Revisie",
    "RevisieField",
    "Rol",
    "School",
    "Uitnodiging",
    "User",
    "Veldrecord",
]
