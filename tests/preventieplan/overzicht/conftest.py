"""The overview of the actions of Sint-Jozef, with one action."""

import pytest
from django.urls import reverse

from preventieplan.domain.acties import create_planactie


@pytest.fixture
def url(dossier):
    return reverse("overzicht", args=[dossier.pk])


@pytest.fixture
def actie(dossier, doel, tom):
    return create_planactie(dossier=dossier, doelstelling=doel, wat="Onthaaldag", door=tom)
