"""Who still works here, handing over, and Sint-Jozef that may go to another CLB."""

from datetime import timedelta

from django.utils import timezone

from dossiers.mensen.models import CLB, Lidmaatschap, School, User, Verhuis
from tests.access_matrix import MANAGE, MANAGE_PAGE, Row
from tests.conftest import Huis

CLB_PAGE = "302 404  403 403 200 200  404 404 404 404"
WORKS_THERE = "302 404  403 200 200 200  404 404 404 404"
# Not the key of a colleague or a CLB, nor a number that is known: the page comes again.
AGAIN = "403 404  403 403 403 200  404 404 404 404"

ROWS: list[Row] = [
    Row("get", "clb", CLB_PAGE),
    Row("get", "clb-bevestigen", MANAGE_PAGE),
    Row("post", "clb-bevestigen", MANAGE),
    Row("post", "lidmaatschap-behouden", MANAGE),
    Row("get", "clb-ankerfiguren", MANAGE_PAGE),
    Row("post", "clb-ankerfiguren", AGAIN, {"user": "x"}),
    Row("get", "clb-verhuizen", MANAGE_PAGE),
    Row("post", "clb-verhuizen", AGAIN, {"instellingsnummer": "999999"}),
    Row("get", "school-verhuizen", MANAGE_PAGE),
    Row("post", "school-verhuizen", AGAIN, {"naar": "x"}),
    Row("get", "verhuis", MANAGE_PAGE),
    Row("post", "verhuis", MANAGE, {"knop": "stop"}),
    Row("get", "school-stopt", MANAGE_PAGE),
    Row("post", "school-stopt", MANAGE),
    Row("get", "clb-stopt", MANAGE_PAGE),
    Row("post", "clb-stopt", MANAGE),
    Row("get", "clb-overdracht", CLB_PAGE),
    Row("get", "clb-overdracht-pdf", CLB_PAGE),
    Row("get", "voor-je-binnengaat", WORKS_THERE),
    Row("get", "overdracht", WORKS_THERE),
    Row("get", "overdracht-pdf", WORKS_THERE),
]


def args(huis: Huis) -> dict[str, list]:
    return args_of(an=huis.ankerfiguur, lies=huis.lezer, school=huis.school)


def args_of(*, an: User, lies: User, school: School) -> dict[str, list]:
    naar, _ = CLB.objects.get_or_create(naam="CLB Elders", instellingsnummer="000500")
    # Of another school: one with a move under way leads to that.
    moves, _ = School.objects.get_or_create(
        clb=school.clb,
        naam="School die verhuist",
        instellingsnummer="000501",
        niveau=school.niveau,
        gemeente=school.gemeente,
        provincie=school.provincie,
    )
    verhuis = Verhuis.objects.create(
        school=moves, van=school.clb, naar=naar, beslist=naar, gevraagd_door=an
    )
    lid = Lidmaatschap.objects.get(user=lies, actief_tot__isnull=True)
    # She reads along for some time yet.
    lid.eindigt_op = timezone.localdate() + timedelta(days=30)
    lid.save()
    names = ("clb", "clb-bevestigen", "clb-ankerfiguren", "clb-verhuizen", "clb-stopt")
    clb, dossier = [school.clb_id], [school.dossiers.latest("schooljaar").pk]
    return {
        **dict.fromkeys((*names, "clb-overdracht", "clb-overdracht-pdf"), clb),
        **dict.fromkeys(("voor-je-binnengaat", "overdracht", "overdracht-pdf"), dossier),
        "lidmaatschap-behouden": [lid.pk],
        "school-verhuizen": [school.pk],
        "school-stopt": [school.pk],
        "verhuis": [verhuis.pk],
    }
