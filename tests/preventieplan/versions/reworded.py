"""Newer versions of the plan, and what a dossier has of them."""

from dossiers.materialen.models import Materiaalversie
from preventieplan.models import Antwoord

WEG = "antwoord-f0-1-v03-toelichting"


def reworded(concept: Materiaalversie) -> None:
    """v01 is reworded, v03 is removed, v21 is new, and the last goal of fase 3 is removed."""
    doel = concept.doelstellingen.get(code="f0-1")
    doel.vragen.filter(code="f0-1-v01").update(tekst="Welke methodieken gebruikt de school?")
    doel.vragen.filter(code="f0-1-v03").delete()
    doel.vragen.create(code="f0-1-v21", volgorde=21, tekst="Iets nieuws?", herkomst="voorstel")
    concept.doelstellingen.filter(code="f3-4").delete()


def with_v03_again(concept: Materiaalversie) -> None:
    doel = concept.doelstellingen.get(code="f0-1")
    doel.vragen.create(code="f0-1-v03", volgorde=3, tekst="Terug van weg", herkomst="voorstel")


def with_goal_again(concept: Materiaalversie, code: str = "f3-4") -> None:
    last = concept.doelstellingen.filter(fase=3).last()
    last.pk, last.code, last.volgorde = None, code, 99
    last.save(force_insert=True)
    last.vragen.create(code=f"{code}-v01", volgorde=1, tekst="Terug?", herkomst="voorstel")


def text(response) -> str:
    return response.content.decode()


def answer_of(dossier, code: str) -> Antwoord:
    return Antwoord.objects.select_related("vraag__doelstelling").get(
        dossier=dossier, vraag__code=code
    )
