"""An oefendossier goes into a backup like any other, and what was emptied does not come back."""

from django.utils import timezone

from dossiers.models import Dossier
from start.domain.oefendossier import empty_oefendossier, open_oefendossier
from tests.database import connected_to
from tests.elders import Vol
from tests.start.kopie.elders import bewaar, zet_terug


def test_what_was_emptied_since_is_emptied_again_and_no_other(huis, ander_huis, folder, leeg):
    today = timezone.localdate()
    emptied, stays = (
        open_oefendossier(clb=house.clb, today=today, door=house.ankerfiguur)
        for house in (huis, ander_huis)
    )
    for dossier, house in ((emptied, huis), (stays, ander_huis)):
        assert Vol(dossier, house.ankerfiguur).ouderthema.pk
    kopie = bewaar(folder)
    empty_oefendossier(dossier=emptied, door=huis.ankerfiguur)

    with connected_to(leeg):
        zet_terug(kopie)

        assert Dossier.objects.get(school__oefen=True).pk == stays.pk
        assert Dossier.objects.filter(school__oefen=False).count() == 2
        again = open_oefendossier(clb=huis.clb, today=today, door=huis.ankerfiguur)
        assert again.school.clb == huis.clb
