"""What the questions of the plan ask: first whether the school does it, then how."""

import pytest

from dossiers.materialen.models import Herkomst
from preventieplan.models import Checklistvraag

pytestmark = pytest.mark.django_db

# None of these is answered with doen we, deels or nog niet: all that a spiegel asks of teachers.
OPEN = {"Hoe", "Hoeveel", "Waar", "Waarom", "Wanneer", "Wat", "Welke", "Wie"}


def test_what_the_source_does_not_word_asks_first_whether_the_school_does_it(laad):
    vragen = Checklistvraag.objects.filter(doelstelling__versie=laad("preventieplan"))
    opened = {vraag.code: vraag.herkomst for vraag in vragen if vraag.tekst.split()[0] in OPEN}

    assert vragen.count() == 157
    # The source itself words two so.
    assert opened == {"f0-1-v05": Herkomst.BRON, "f0-1-v08": Herkomst.BRON}
