"""What somebody is and did in a PLG: her membership, what she looked at, and her remarks."""

from dossiers.mensen.models import Plglid, User
from dossiers.regels.models import Nagekeken, Regelopmerking
from start.gegevens.queries.parts import Deel, newest_first


def plg(user: User) -> Deel:
    found = Plglid.objects.filter(user=user).order_by("sinds", "pk")
    return Deel(
        "plg",
        "Van welke PLG je lid bent",
        "Ook wat voorbij is.",
        ("PLG", "van", "tot"),
        ((one.plg, one.sinds, one.actief_tot) for one in found),
    )


def nagekeken(user: User) -> Deel:
    """Which lines she looked at; of a line that changed since, that was of its words of then."""
    found = Nagekeken.objects.filter(user=user).select_related("materiaal").order_by("-op", "pk")
    return Deel(
        "nagekeken-regels",
        "Regels van een materiaal die je nakeek",
        "Zo weten de andere leden van je PLG dat iemand ze al las.",
        ("wanneer", "materiaal", "regel"),
        ((one.op, str(one.materiaal), one.code) for one in found.iterator()),
    )


def opmerkingen_bij_regels(user: User) -> Deel:
    rows = Regelopmerking.objects.filter(door=user).select_related("materiaal")
    return Deel(
        "opmerkingen-bij-regels",
        "Opmerkingen die je bij een regel van een materiaal schreef",
        "De leden van de PLG lezen ze.",
        ("wanneer", "materiaal", "regel", "tekst"),
        ((one.op, str(one.materiaal), one.code, one.tekst) for one in newest_first(rows, op="op")),
    )
