"""What a talk asks about an action besides Wat, Wie and Wanneer, in the minutes of an evening."""

import pytest
from django.utils import timezone

from dialoogfiches.gesprekken.domain.acties import create_gespreksactie
from dialoogfiches.gesprekken.models import Uitwerking
from dossiers.acties.domain.checks import finish_check
from dossiers.acties.models import Besluit, Checkmoment
from dossiers.velden.domain.striking import strike
from start.avond.domain.avonden import end_avond
from start.avond.pdf import verslag_pdf
from start.avond.queries.verslag import minutes_of
from tests.elders import Vol
from tests.start.avond.avonden import agreed_last_month, begun, minutes, says

pytestmark = pytest.mark.django_db


def test_how_an_action_is_gone_about_stands_with_that_action(als, dossier, an):
    vol = Vol(dossier, an)
    old = vol.uitwerking
    agreed_last_month(old.actie)
    avond = begun(dossier, an)
    assert minutes_of(dossier, avond).is_leeg
    says(old, "aanpak", "Een eerste versie", an)
    says(old, "aanpak", "Met twee aan de telefoon", an)
    new = create_gespreksactie(
        gesprek=vol.gesprek, onderdeel=old.actie.gespreksactie.onderdeel, wat="Een brief", door=an
    )
    says(Uitwerking(dossier=dossier, actie=new), "merkbaar", "Ze bellen terug", an)
    end_avond(avond=avond)
    says(old, "aanpak", "Van na de avond", an)

    avond.refresh_from_db()
    found = minutes_of(dossier, avond).afspraken

    (older,) = found.uitgewerkt
    assert older.uitwerking == (("Hoe pakken we het aan?", "Met twee aan de telefoon"),)
    (made,) = found.gemaakt
    assert made.uitwerking == (("Hoe zien we dat we bereiken wat we willen?", "Ze bellen terug"),)
    html = verslag_pdf(dossier, minutes_of(dossier, avond)).html
    screen = als(an).get(minutes(avond)).text
    for text in ("Wat we verder uitwerkten", "Met twee aan de telefoon", "Ze bellen terug"):
        assert text in html
        assert text in screen
    assert "Van na" not in html + screen
    strike(record=vol.gesprek, door=an)
    assert not minutes_of(dossier, avond).afspraken.uitgewerkt


def test_how_one_that_was_looked_back_on_goes_on_stands_there_once(dossier, an):
    uitwerking = Vol(dossier, an).uitwerking
    agreed_last_month(uitwerking.actie, check_op=timezone.localdate())
    avond = begun(dossier, an)
    says(uitwerking, "houden", "Elk jaar in oktober", an)
    check = Checkmoment(dossier=dossier, actie=uitwerking.actie, nummer=1)
    says(check, "besluit", Besluit.BORGEN, an)
    finish_check(check=check, door=an, today=timezone.localdate())

    found = minutes_of(dossier, avond).afspraken

    assert [one.uitwerking for one in found.teruggekeken] == [
        (("Zo krijgt dit een vaste plek", "Elk jaar in oktober"),)
    ]
    assert not found.uitgewerkt
