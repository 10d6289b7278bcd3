"""Tom prepares a talk."""

import pytest
from django.urls import reverse

from tests.dialoogfiches.gesprekken.voorbereiden.preparing import EERSTE


@pytest.fixture
def pagina(gesprek) -> str:
    return reverse("gesprek-voorbereiden", args=[gesprek.dossier_id, gesprek.pk])


@pytest.fixture
def omslag(gesprek) -> str:
    return reverse("gesprek", args=[gesprek.dossier_id, gesprek.pk])


@pytest.fixture
def bereid_voor(als, tom, gesprek, pagina):
    """Tom fills in the page and sends it: `bereid_voor([EERSTE], plaats="refter")`."""

    def send(vragen=(EERSTE,), *, user=tom, **more):
        client = als(user)
        seen = client.get(pagina).context["page"].form["seen"].value()
        data = {"seen": seen, "datum": "2026-12-01", "uur": "15:45", "minuten": "50"}
        return client.post(pagina, {**data, "plaats": "", "vragen": list(vragen), **more})

    return send
