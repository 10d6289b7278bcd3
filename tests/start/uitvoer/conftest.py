"""Tom takes the dossier of Sint-Jozef along; documents are their HTML, which stories can read."""

import json
from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.urls import reverse

from tests.elders import Vol
from tests.paper import lay_out_by
from tests.start.oefendossier.records import fill


@pytest.fixture
def no_layout(monkeypatch) -> None:
    lay_out_by(lambda document: document.html.encode(), monkeypatch)


@pytest.fixture
def vol(dossier, tom) -> Vol:
    """All that Tom wrote in the dossier; about its survey nothing is left to decide."""
    vol = fill(dossier, tom)
    vol.bevraging.golven.all().delete()
    return vol


class Taken(dict[str, bytes]):
    """The files of a ZIP by their path."""

    def __init__(self, response) -> None:
        assert response.status_code == 200, response
        assert response["Content-Type"] == "application/zip"
        self.zip = response.content
        with ZipFile(BytesIO(self.zip)) as archive:
            assert archive.testzip() is None
            super().__init__({name: archive.read(name) for name in archive.namelist()})

    @property
    def data(self) -> dict:
        return json.loads(self["dossier.json"])

    @property
    def everything(self) -> str:
        """All that can be read in it, also in the parts of the workbook."""
        with ZipFile(BytesIO(self["acties.xlsx"])) as workbook:
            parts = {name: workbook.read(name) for name in workbook.namelist()}
        return "\n".join(
            content.decode(errors="ignore") for content in [*self.values(), *parts.values()]
        )


@pytest.fixture
def take(als, dossier, no_layout) -> Callable[..., Taken]:
    """What somebody gets: `take(tom)`, or `take(an, oefen)` of another dossier."""

    def get(user, of=dossier) -> Taken:
        return Taken(als(user).get(reverse("uitvoer-zip", args=[of.pk])))

    return get
