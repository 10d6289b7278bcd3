"""Fixes the routekaarten of the demo, and answers for their board, some time ago."""

from datetime import date, timedelta
from uuid import uuid4

from django.utils import timezone

from dossiers.logboek.models import Logregel
from dossiers.models import Dossier
from preventieplan.bestuur.domain.antwoorden import Given, save_answers
from preventieplan.bestuur.domain.links import make_link
from preventieplan.bestuur.domain.vaststellen import keep
from preventieplan.bestuur.models import Bestuursantwoord, Bestuurslink, VastgesteldeRoutekaart
from preventieplan.bestuur.pages import fix_page, with_functions
from preventieplan.bestuur.queries.data import routekaart_data
from preventieplan.routekaart.pages import page_of
from preventieplan.routekaart.pdf import routekaart_document
from start.demo.pen import Outline, Pen, pen_of, set_log_back
from stsdialoog import pdf
from stsdialoog.seen import mark_of

# From today, in days: the link can still be looked at.
DAGEN = 30


def fix_routekaart(dossier: Dossier, found: Outline, outline: Outline, reference_day: date) -> None:
    """Fix the routekaart of a dossier as it is, at the time of the pen, and mail nobody.

    found: when and by whom, with the `link` of a member of the board (dossiers.yaml).
    outline: its dossier, in the same format.
    reference_day: the day from which the file counts back its days.
    """
    pen = pen_of(found, outline, reference_day)
    day = timezone.localdate(pen.op)
    shown = fix_page(dossier, today=day)
    page = page_of(with_functions(shown.kaart.kaart, shown.rollen, shown=()))
    paper = routekaart_document(dossier, page, op=day)
    kaart = keep(
        pk=uuid4(),
        dossier=dossier,
        data=routekaart_data(dossier, page, op=day),
        document=pdf.write_pdf(paper.html, styles=paper.styles),
        door=pen.door,
        op=pen.op,
    )
    set_log_back(kaart, Logregel.Handeling.ROUTEKAART_VASTGESTELD, pen.op)
    if "link" in found:
        _answer(kaart, found["link"], pen, pen_of(found["link"], outline, reference_day))


def _answer(kaart: VastgesteldeRoutekaart, found: Outline, made: Pen, answered: Pen) -> None:
    """Give somebody of the board a link, and answer what was asked of her."""
    tot = timezone.localdate() + timedelta(days=DAGEN)
    link, _ = make_link(
        kaart=kaart, email=found["email"], functie=found["functie"], tot=tot, door=made.door
    )
    given = {nummer: Given(*one) for nummer, one in found["antwoorden"].items()}
    save_answers(link=link, given=given, seen=mark_of())
    Bestuurslink.objects.filter(pk=link.pk).update(
        gemaakt_op=made.op, geopend_op=timezone.localdate(answered.op)
    )
    Bestuursantwoord.objects.filter(link=link).update(op=answered.op)
    set_log_back(link, Logregel.Handeling.BESTUURSLINK_GEMAAKT, made.op)
    set_log_back(link, Logregel.Handeling.BESTUUR_ANTWOORDDE, answered.op)
