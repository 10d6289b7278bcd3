"""A small fiche of any vorm, as the text of a content file."""

from dialoogfiches.domain.content import WOORDEN
from dossiers.materialen.models import Vorm

HEAD = """\
materiaal:
  slug: {slug}
  titel: {titel}
  plg: {plg}
  soort: fiche
  doelgroepen: [{doelgroepen}]
  fases: [{fases}]
versie:
  versie: "{versie}"
  datum: {datum}
  status: {status}
  bron: De presentatie
vorm: {vorm}
onderdeelnaam: thema
inleiding:
  herkomst: bron
  tekst: {inleiding}
"""
GESPREK = """\
onderdelen:
  - code: start
    titel: De start
    kort: Start
    herkomst: bron
    stap: true
    acties: plannen
    rubrieken:
      - soort: richtvragen
        herkomst: bron
        items:
          - code: start-r1
            herkomst: {herkomst}
            tekst: Hoe begint een gesprek bij jullie?
            uitleg:
              herkomst: bron
              tekst: Begin met wat goed gaat.
      - soort: verdiepende-vragen
        herkomst: bron
        items:
          - code: start-v1
            herkomst: bron
            tekst: Wat helpt daarbij?
"""
# The fixed texts that a talk with parents requires.
OUDERS = "woorden:\n" + "".join(
    f"  {woord}:\n    herkomst: bron\n    tekst: Dit is {woord}\n" for woord in WOORDEN[Vorm.OUDERS]
)
BEVRAGING = """\
woorden:
  privacy:
    herkomst: bron
    tekst: Anoniem
  dank:
    herkomst: bron
    tekst: Dankjewel
  antwoordde_al:
    herkomst: bron
    tekst: Eén keer is genoeg
  gesloten:
    herkomst: bron
    tekst: Gesloten
onderdelen:
  - code: start
    titel: De start
    kort: Start
    herkomst: bron
    stap: true
    rubrieken:
      - soort: keuze
        herkomst: bron
        items:
          - code: start-k
            herkomst: bron
            tekst: Ben je een schakel?
      - soort: ja
        herkomst: bron
        items:
          - code: start-j
            herkomst: bron
            tekst: Wat doe je dan?
      - soort: nee
        herkomst: bron
        items:
          - code: start-n
            herkomst: bron
            tekst: Wat zou helpen?
"""


def small_fiche(slug: str = "klein", *, vorm: str = "gesprek", **fields: str) -> str:
    """The text of a content file; `fields` set its header, and the herkomst of its question."""
    values = {
        "slug": slug,
        "titel": slug.capitalize(),
        "plg": "Limburg",
        "doelgroepen": "school, clb",
        "fases": "0, 1",
        "versie": "2026.1",
        "datum": "2026-06-02",
        "status": "gepubliceerd",
        "inleiding": "Waarover dit gaat",
        "herkomst": "bron",
        "vorm": vorm,
        **fields,
    }
    body = {"bevraging": BEVRAGING, "ouders": OUDERS + GESPREK}.get(vorm, GESPREK)
    return (HEAD + body).format(**values)
