"""What somebody was reminded of, and the calendar elsewhere that reads along."""

from itertools import chain

from django.db.models import Count

from dossiers.mensen.models import User
from start.gegevens.queries.parts import Deel
from start.herinneringen.models import Agenda, Bericht, Herinnerwens, Melding


def herinneringen(user: User) -> Deel:
    """What she chose, and of each mail when it left and how many things it told."""
    wensen = Herinnerwens.objects.filter(gebruiker=user)
    # Of what it told, each stands with its mail.
    told = Melding.objects.filter(gebruiker=user).values("bericht").annotate(n=Count("pk"))
    counts = dict(told.values_list("bericht", "n"))
    return Deel(
        "herinneringen",
        "Je herinneringen",
        "Hoe vaak je ze wil, en de mails die je kreeg. Wat erin stond, is niet bewaard: alleen bij "
        "welke acties het hoorde.",
        ("wat", "wanneer", "aantal"),
        chain(
            ((f"gekozen: {wens.get_ritme_display()}", None, None) for wens in wensen),
            (
                ("mail", one.verstuurd_op or one.dag, counts.get(one.pk, 0))
                for one in Bericht.objects.filter(gebruiker=user).order_by("-dag")
            ),
        ),
    )


def agenda(user: User) -> Deel:
    """Without what opens it, of which only a digest is kept."""
    return Deel(
        "agenda",
        "Je agenda die meeleest",
        "Het adres zelf is niet bewaard, alleen een vingerafdruk.",
        ("gemaakt op",),
        ((one.gemaakt_op,) for one in Agenda.objects.filter(gebruiker=user)),
    )
