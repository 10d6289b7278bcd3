from dossiers.mensen.models.organisaties import CLB, School
from dossiers.mensen.models.personen import ROLLEN_IN_SCHOOL, Lidmaatschap, Rol, Uitnodiging, User

__all__ = ["CLB", "ROLLEN_IN_SCHOOL", "Lidmaatschap", "Rol", "School", "Uitnodiging", "User"]
