"""Many at once, each with a connection: a code, an answer and a routekaart count once."""

from collections import Counter
from uuid import uuid4

import pytest
from django.utils import timezone

from preventieplan.bestuur.domain import codes
from preventieplan.bestuur.domain.antwoorden import Given, save_answers
from preventieplan.bestuur.domain.codes import CodeVoorbij, mail_code, use_code
from preventieplan.bestuur.domain.links import HeeftAlEenLink
from preventieplan.bestuur.domain.vaststellen import fix, sha256_of
from preventieplan.bestuur.models import Bestuursantwoord, Bestuurslink, VastgesteldeRoutekaart
from preventieplan.bestuur.pages import reread
from stsdialoog.seen import IntussenGewijzigd, mark_of
from tests.concurrency import at_once
from tests.preventieplan.bestuur.vast import CODE, invite, keep

pytestmark = pytest.mark.django_db(transaction=True)

PEOPLE = 8


@pytest.fixture
def kaart(dossier, tom) -> VastgesteldeRoutekaart:
    return keep(dossier, door=tom, vragen=["Twee lesuren?"])


@pytest.fixture
def link(kaart, tom) -> Bestuurslink:
    return invite(kaart, door=tom)[0]


def outcome(work) -> str:
    try:
        return str(work())
    except (CodeVoorbij, HeeftAlEenLink, IntussenGewijzigd) as error:
        return type(error).__name__


def test_of_eight_who_type_the_code_at_once_one_is_let_in(link, mailoutbox):
    mail_code(link=link)
    code = CODE.search(mailoutbox[-1].body)[0]

    def type_it():
        return outcome(lambda: use_code(link=link, code=code, place="192.0.2.1"))

    told = Counter(at_once(*[type_it] * PEOPLE))

    assert told["True"] == 1


def test_eight_guesses_at_once_are_five_at_most(link, mailoutbox):
    mail_code(link=link)

    def guess():
        return outcome(lambda: use_code(link=link, code="geen", place="192.0.2.1"))

    told = Counter(at_once(*[guess] * PEOPLE))

    assert told == {"False": codes.MOST_TRIES, "CodeVoorbij": PEOPLE - codes.MOST_TRIES}


def test_two_who_answer_at_once_do_not_go_over_each_other(link):
    seen = mark_of()

    def answer(keuze):
        return lambda: outcome(lambda: save_answers(link=link, given={1: Given(keuze)}, seen=seen))

    told = Counter(at_once(answer("ja"), answer("nee")))

    assert told == {"True": 1, "IntussenGewijzigd": 1}
    assert Bestuursantwoord.objects.count() == 1


def test_of_two_who_mail_the_same_address_one_makes_a_link(kaart, tom):
    def make():
        return outcome(lambda: len(invite(kaart, door=tom, email="lid@test.be")))

    assert Counter(at_once(make, make)) == {"2": 1, "HeeftAlEenLink": 1}


def test_of_two_who_fix_it_at_once_one_does(dossier, tom, an):
    today = timezone.localdate()
    data = reread(dossier, today=today)
    seen = mark_of(sha256_of(data), None)

    def fix_as(door):
        def work():
            made = fix(
                pk=uuid4(),
                dossier=dossier,
                data=data,
                document=b"%PDF-",
                seen=seen,
                reread=lambda: reread(dossier, today=today),
                door=door,
            )
            return made and "vast"

        return lambda: outcome(work)

    assert Counter(at_once(fix_as(tom), fix_as(an))) == {"vast": 1, "IntussenGewijzigd": 1}
    assert VastgesteldeRoutekaart.objects.count() == 1
