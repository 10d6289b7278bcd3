"""Functions in the place of names: a board has to know who does something, not what she is called.

What a team typed as who does something can be anything. It is printed as it is when it names
functions only; otherwise somebody has to tick it.
"""

import re
from collections.abc import Mapping

from dossiers.mensen.models import Rol
from stsdialoog.herkenning.words import COLLEAGUES

WORD = re.compile(r"[^\W\d_][\w'’-]*")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# What may stand between the names of functions.
BETWEEN = _words(
    """
    aan al alle allen als andere beide bij de derde door een eerste elk elke en graad graads haar
    heel hele het hun ieder iedere iedereen in jaar jaars kleuterschool lagere met middelbare na
    nieuwe of onder ons onze op per samen school schooljaar secundair tot tweede uit van vanaf
    vanuit vierde vijfde voor vóór wij ze zesde zevende
    """
)
MORE_FUNCTIES = _words(
    """
    bestuur clb-ankerfiguur clb-medewerkers directies directieteam klasleerkracht klasleerkrachten
    leerlingbegeleiding leerlingenbegeleiding leerlingenraad leerlingensecretariaat mentoren
    ouderraad personeel schooldirecteur schoolraad stagebegeleider stagebegeleiders stagecoördinator
    stagecoördinatoren titularissen toezichters vakgroep vakgroepen
    vakleerkracht vakleerkrachten vertrouwensleerkrachten zorgcel zorgleerkrachten zorgoverleg
    """
)
FUNCTIES = COLLEAGUES | MORE_FUNCTIES
VAN_DE_SCHOOL = "iemand van de school"
IN_WOORDEN = {
    Rol.ANKERFIGUUR: "de ankerfiguur",
    Rol.CLB_MEDEWERKER: "de CLB-medewerker",
    Rol.SCHOOLTEAM: "het schoolteam",
    Rol.LEZER: "het schoolbestuur",
}


def is_function(text: str) -> bool:
    """Whether a text names nothing but functions: every word is one, or joins them."""
    words = [word.lower() for word in WORD.findall(text)]
    return any(word in FUNCTIES for word in words) and all(
        word in FUNCTIES or word in BETWEEN for word in words
    )


def as_function(text: str, *, rollen: Mapping[str, str]) -> str:
    """A text in which somebody may be named, without a name.

    rollen: the role of each member of the team, by name.
    Returns the functions in it; else what the one is who is named; else that it is somebody.
    """
    if not text.strip() or is_function(text):
        return text
    if named := [word for word in WORD.findall(text) if word.lower() in FUNCTIES]:
        return ", ".join(dict.fromkeys(named))
    words = {word.lower() for word in WORD.findall(text)}
    found = [rol for naam, rol in rollen.items() if _first_name(naam) in words]
    return IN_WOORDEN[Rol(found[0])] if found else VAN_DE_SCHOOL


def _first_name(naam: str) -> str:
    first = WORD.search(naam)
    return first[0].lower() if first else ""
