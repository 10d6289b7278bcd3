"""What stands above paper: of a school for who writes there, of a CLB for its ankerfiguur."""

from dossiers.briefhoofd.domain.briefhoofd import save_briefhoofd
from dossiers.briefhoofd.domain.logo import draw_logo
from dossiers.briefhoofd.models import Briefhoofd
from dossiers.briefhoofd.queries import find_briefhoofd
from tests.access_matrix import MANAGE, MANAGE_PAGE, WRITE, Row
from tests.conftest import Huis
from tests.dossiers.briefhoofd.files import logo

LOGO = draw_logo(logo())
SEEN = {"seen": Briefhoofd(logo=LOGO).mark}
WRITE_PAGE = "302 404  403 200 200 200  404 404 404 404"

ROWS: list[Row] = [
    Row("get", "school-op-papier", WRITE_PAGE),
    Row("post", "school-op-papier", WRITE, SEEN | {"naam": "Sint-Jozef"}),
    Row("get", "school-logo", WRITE_PAGE),
    Row("get", "clb-op-papier", MANAGE_PAGE),
    Row("post", "clb-op-papier", MANAGE, SEEN | {"naam": "Ten Berg"}),
    Row("get", "clb-logo", MANAGE_PAGE),
]


def args(huis: Huis) -> dict[str, list]:
    for van in (huis.school, huis.clb):
        seen = (find_briefhoofd(van) or Briefhoofd()).mark
        save_briefhoofd(van=van, naam="", contact="", logo=LOGO, seen=seen, door=huis.ankerfiguur)
    school, clb = [huis.school.pk], [huis.clb.pk]
    return {
        **dict.fromkeys(("school-op-papier", "school-logo"), school),
        **dict.fromkeys(("clb-op-papier", "clb-logo"), clb),
    }
