"""A preventieplan with one goal in each fase, and the folder in which a test writes it."""

from pathlib import Path

import pytest

from dossiers.materialen.domain.loading import LoadOutcome, OngeldigeMaterialen, load_materialen

HEAD = """\
materiaal:
  slug: preventieplan
  titel: Preventieplan
  plg: Antwerpen
  soort: preventieplan
  doelgroepen: [school, clb]
  fases: [0, 1, 2, 3]
versie:
  versie: "2026.1"
  datum: 2026-06-02
  status: gepubliceerd
  bron: De presentatie
aanloop: Licht toe hoe jullie dit doen
inschaling: Schaal je school in
focus: Waar wil je op inzetten?
routekaart:
  titel: Routekaart
  doel: Schooluitval voorkomen
  treden:
"""
TREDE = """\
    - fase: {fase}
      naam: Trede {fase}
      herkomst: bron
      blokken:
        - kop: kop {fase}
          woorden: [woord {fase}]
"""
DOEL = """\
  - code: f{fase}-1
    fase: {fase}
    kort: Doel {fase}
    titel: De school doet {fase}
    herkomst: bron
    inleiding:
      herkomst: voorstel
      tekst: Waarom {fase}
    vragen:
      - code: f{fase}-1-v01
        herkomst: voorstel
        tekst: Hoe doen jullie {fase}?
"""


def small_plan() -> str:
    treden = "".join(TREDE.format(fase=fase) for fase in range(4))
    doelen = "".join(DOEL.format(fase=fase) for fase in range(4))
    return f"{HEAD}{treden}doelstellingen:\n{doelen}"


class Materialen:
    """A folder with content files."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def write(self, text: str | bytes, name: str = "preventieplan/2026.1.yaml") -> str:
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return name

    def write_version(
        self, versie: str, datum: str = "2026-06-02", replace: dict[str, str] | None = None
    ) -> None:
        text = small_plan().replace('"2026.1"', f'"{versie}"').replace("2026-06-02", datum)
        for old, new in (replace or {}).items():
            assert old in text
            text = text.replace(old, new)
        self.write(text, f"preventieplan/{versie}.yaml")

    def load(self) -> list[LoadOutcome]:
        return [geladen.outcome for geladen in load_materialen(self.path)]

    def findings(self) -> list[str]:
        with pytest.raises(OngeldigeMaterialen) as caught:
            load_materialen(self.path)
        return caught.value.findings
