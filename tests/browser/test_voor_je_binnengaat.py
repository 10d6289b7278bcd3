"""An looks at a school before she enters it: from her list, by keyboard, and on a phone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from dossiers.acties.models import Actie
from dossiers.velden.domain.saving import save_veld
from preventieplan.domain.acties import create_planactie
from preventieplan.models import Antwoord

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.looks]


def test_from_her_list_to_the_question(
    page, live_server, log_in_by_hand, huis, doel, vraag, check, console
):
    an, tom = huis.ankerfiguur, huis.team
    antwoord = Antwoord(dossier=huis.dossier, vraag=vraag)
    save_veld(record=antwoord, veld="stand", waarde="deels", basis=0, door=an)
    antwoord.history().update(op=timezone.now() - timedelta(days=12))
    save_veld(record=antwoord, veld="toelichting", waarde="elke dag", basis=0, door=tom)
    actie = create_planactie(
        dossier=huis.dossier, doelstelling=doel, wat="de cijfers meebrengen", wie="An", door=tom
    )
    Actie.objects.filter(pk=actie.pk).update(wanneer_op=timezone.localdate() - timedelta(days=1))
    log_in_by_hand(page, an)

    page.get_by_role("link", name="Voor je binnengaat bij Sint-Jozefschool").press("Enter")

    page.get_by_role("heading", name="Bij Verbindend schoolklimaat is een afspraak").wait_for()
    page.get_by_text("Verbindend schoolklimaat: aan 1 vraag gewerkt").wait_for()
    page.get_by_role("link", name="de cijfers meebrengen").wait_for()
    check("before entering a school")
    page.get_by_role("link", name="Naar het dossier").click()
    page.get_by_text("Sinds vorige keer").first.wait_for()
    assert console == []
