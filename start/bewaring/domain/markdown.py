"""The table as a page of docs/, for whoever reads the code or signs for it."""

from start.bewaring.domain.rij import Rij
from start.bewaring.domain.table import by_owner

KOP = """\
# Hoe lang wat blijft

Deze tabel staat in de code (`start/bewaring/domain/`). De privacypagina toont ze, en
`manage.py ruim_op` doet elke nacht wat ze zegt. Wijzig ze daar, en schrijf deze pagina opnieuw met
`manage.py bewaartermijnen > docs/retention.md`; een test legt de twee naast elkaar.

Voor geen van deze gegevens kennen de makers een termijn in een wet. Elke termijn is een
**voorstel**: het CLB bevestigt ze als verwerkingsverantwoordelijke, en legt ze naast zijn eigen
regels voor archieven. Elk model van de databank staat in één rij, ook die van Django en van
pakketten.
"""
KOLOMMEN = ("Wat", "Hoe lang", "Waarom", "Wat er dan gebeurt", "Modellen", "`ruim_op`")


def as_markdown() -> str:
    parts = [KOP]
    for van, rijen in by_owner():
        lines = [f"## {van}", "", _line(KOLOMMEN), _line(["---"] * len(KOLOMMEN))]
        parts.append("\n".join([*lines, *(_line(_cells(rij)) for rij in rijen)]) + "\n")
    return "\n".join(parts)


def _cells(rij: Rij) -> list[str]:
    models = ", ".join(f"`{label}`" for label in rij.models)
    taken = "; ".join(taak.wat for taak in rij.taken)
    return [rij.wat, rij.hoe_lang, rij.waarom, rij.daarna, models or "geen", taken or "niets"]


def _line(cells: list[str] | tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"
