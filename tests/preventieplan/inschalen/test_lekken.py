"""Who tries to learn what one colleague gave: each way that other tools leaked by, by its name."""

import itertools
from datetime import timedelta
from http import HTTPStatus

import pytest
from django.core.management import call_command
from django.db import connection, models
from django.urls import reverse
from django.utils import timezone

from dossiers.domain import open_dossier
from preventieplan.inschalen.domain.codes import sealed
from preventieplan.inschalen.domain.rondes import (
    ErLooptEenRonde,
    NogTeWeinig,
    RondeVoorbij,
    VandaagGetoond,
    WachtOpIedereen,
    open_second,
    put_on_paper,
    show,
    spread_of,
    stop,
)
from preventieplan.inschalen.domain.stemmen import RondeVol, TeVeelPapieren
from preventieplan.inschalen.models import Ronde, Rondedoel, Stemmental, Zin
from preventieplan.inschalen.queries.rondes import find_ronde, mark_at, printed_spreads
from tests.client import Browser
from tests.pages import whole_form
from tests.preventieplan.inschalen.rondes import (
    DOEL,
    a_day_later,
    beamer,
    counted,
    gives,
    opened,
    phone,
    shown,
)

pytestmark = pytest.mark.django_db

ZIN = "Op de gang ken ik niemand."


@pytest.mark.parametrize(
    ("telefoons", "papieren", "opens"),
    [(3, 0, False), (4, 0, True), (0, 3, False), (0, 4, True)],
)
def test_a_guide_cannot_open_a_round_for_three(als, tom, dossier, telefoons, papieren, opens):
    data = {"doelen": [DOEL], "telefoons": telefoons, "papieren": papieren}

    answer = als(tom).post(reverse("inschalen", args=[dossier.pk]), data)

    assert Ronde.objects.exists() is opens
    assert answer.status_code == (HTTPStatus.FOUND if opens else HTTPStatus.UNPROCESSABLE_ENTITY)
    if not opens:
        assert "Stil inschalen kan vanaf 4 mensen" in answer.text


@pytest.mark.parametrize(("telefoons", "opens"), [(1, False), (3, False), (4, True)])
def test_no_round_has_a_few_phones_beside_its_papers(als, tom, dossier, telefoons, opens):
    """Who counts the papers has read them; what is left of the spread is what the phones gave."""
    data = {"doelen": [DOEL], "telefoons": telefoons, "papieren": 4}

    answer = als(tom).post(reverse("inschalen", args=[dossier.pk]), data)

    assert Ronde.objects.exists() is opens
    assert ("Scoor dan allemaal op papier" in answer.text) is not opens


@pytest.mark.parametrize(("phones", "shows"), [(0, True), (1, False), (3, False), (4, True)])
def test_who_counted_the_papers_does_not_learn_what_a_few_phones_gave(
    als, tom, dossier, phones, shows
):
    ronde = opened(dossier, tom, telefoons=5, papieren=4)
    gives(ronde, *range(phones))
    counted(ronde, 4, 4, 4, 4)

    page = als(tom).post(beamer(ronde), {"knop": "toon"}, follow=True).text

    assert ("Het midden is" in page) is shows
    assert ("nog geen 4 scores op een telefoon" in page) is not shows


@pytest.mark.parametrize(("count", "shows"), [(3, False), (4, True), (5, True)])
def test_with_three_scores_nothing_is_shown(als, tom, dossier, count, shows):
    ronde = opened(dossier, tom)
    gives(ronde, *range(count))

    page = als(tom).post(beamer(ronde), {"knop": "toon"}, follow=True).text

    assert ("Het midden is" in page) is shows
    assert ("Er zijn nog geen 4 scores" in page) is not shows
    assert (find_ronde(dossier=dossier, pk=ronde.pk).doelen[0].spread is not None) is shows


@pytest.mark.parametrize(("count", "reads"), [(4, False), (5, True), (6, True)])
def test_sentences_of_four_are_erased_unread(als, tom, dossier, count, reads):
    ronde = shown(dossier, tom, *range(count), zin=ZIN)

    page = als(tom).get(beamer(ronde)).text

    assert (ZIN in page) is reads
    assert Zin.objects.exists() is reads


def test_sentences_of_four_phones_are_erased_unread_beside_any_number_of_papers(als, tom, dossier):
    """On a paper stays what is written there: of six who scored, only four can have typed it."""
    ronde = opened(dossier, tom, telefoons=4, papieren=2)
    gives(ronde, 2, 3, 4, 5, zin=ZIN)
    counted(ronde, 4, 4)

    page = als(tom).post(beamer(ronde), {"knop": "toon"}, follow=True).text

    assert "Het midden is" in page
    assert ZIN not in page
    assert not Zin.objects.exists()


def test_until_the_spread_nobody_reads_a_count_a_score_or_a_sentence(als, tom, dossier):
    """Counts and the order of arrival: all the same page, whatever came in."""
    ronde = opened(dossier, tom, telefoons=5)
    seen = set()
    for score in (0, 10, 3):
        seen.add(_without_tokens(als(tom).get(beamer(ronde))))
        seen.add(mark_at(sealed(str(ronde.code))) or "")
        gives(ronde, score, zin=ZIN)
    seen.add(_without_tokens(als(tom).get(beamer(ronde))))

    # The page, and what it asks for.
    assert len(seen) == 2
    gives(ronde, 4, 5)
    assert "Iedereen klaar" in als(tom).get(beamer(ronde)).text


def test_no_row_is_of_one_person(tom, dossier):
    """A vote is one more of a score: no person, no device, no time, no order."""
    ronde = opened(dossier, tom)
    before = set(Stemmental.objects.values_list("pk", flat=True))
    gives(ronde, 7)

    assert set(Stemmental.objects.values_list("pk", flat=True)) == before
    kinds = {field.name: type(field) for field in (*Stemmental._meta.fields, *Zin._meta.fields)}
    assert not {models.DateTimeField, models.DateField, models.GenericIPAddressField} & set(
        kinds.values()
    )
    assert {field.related_model for field in Stemmental._meta.fields if field.is_relation} == {
        Rondedoel
    }


@pytest.mark.django_db(transaction=True)
def test_no_row_says_which_score_was_given_last(tom, dossier):
    ronde = opened(dossier, tom)
    for score in (7, 3, 7):
        gives(ronde, score)

    if connection.vendor == "postgresql":
        # Only PostgreSQL stores with each row which transaction wrote it, and in which order.
        with connection.cursor() as cursor:
            cursor.execute("SELECT score, xmin::text FROM inschalen_stemmental ORDER BY ctid")
            scores, transactions = zip(*cursor.fetchall(), strict=True)
        assert scores == tuple(range(11))
        assert len(set(transactions)) == 1


def test_sentences_are_written_in_another_order_each_time(tom, dossier):
    ronde = opened(dossier, tom, telefoons=12)
    orders = set()
    for nummer in range(12):
        gives(ronde, 5, zin=f"Zin {nummer}.")
        with connection.cursor() as cursor:
            # As the table has them, not as the model sorts them.
            cursor.execute(f"SELECT tekst FROM {Zin._meta.db_table}")  # noqa: S608
            orders.add(cursor.fetchall()[0])

    # The first one to write stands first each time with a chance of one in 12!.
    assert len(orders) > 1


def test_the_number_of_people_cannot_be_changed_to_find_out_how_many_there_are(als, tom, dossier):
    ronde = opened(dossier, tom, telefoons=6)
    gives(ronde, 4)

    als(tom).post(beamer(ronde), {"knop": "toon", "telefoons": "1"})
    als(tom).post(reverse("inschalen", args=[dossier.pk]), {"doelen": [DOEL], "telefoons": 4})

    ronde.refresh_from_db()
    assert (ronde.telefoons, Ronde.objects.count()) == (6, 1)


def test_counting_papers_tells_nothing_of_the_phones(als, tom, dossier):
    """As many papers as were told, however many phones scored; one more is refused for both."""
    ronde = opened(dossier, tom, telefoons=4, papieren=2)
    url = reverse("ronde-papier", args=[dossier.pk, ronde.pk])
    for given in ([], [5, 5, 5, 5]):
        gives(ronde, *given)
        seen = whole_form(als(tom).get(url).text)
        full = als(tom).post(url, seen | {f"papier-{DOEL}-7": 2})
        assert full.status_code == HTTPStatus.FOUND
        over = als(tom).post(url, seen | {f"papier-{DOEL}-7": 3})
        assert over.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert "je telde 3 papieren en er zijn er 2" in over.text


def test_what_was_counted_on_paper_is_not_to_be_read_before_the_spread(als, huis, tom, dossier):
    """Whoever works in the dossier may open that page; two papers are of two people."""
    ronde = opened(dossier, tom, "f0-1", "f1-1", telefoons=4, papieren=2)
    url = reverse("ronde-papier", args=[dossier.pk, ronde.pk])
    seen = whole_form(als(tom).get(url).text)
    als(tom).post(url, seen | {"papier-f0-1-9": "2"})

    page = als(huis.medewerker).get(url).text

    assert "alles is geteld" in page
    assert not any(value for name, value in whole_form(page).items() if name.startswith("papier"))
    late = als(huis.medewerker).post(url, seen | {"papier-f0-1-3": "2"})
    assert late.status_code == HTTPStatus.CONFLICT
    assert whole_form(late.text)["papier-f0-1-9"] == ""


def test_a_late_vote_is_refused_and_changes_nothing(tom, dossier):
    ronde = shown(dossier, tom, 4, 5, 6, 7)
    before = spread_of(ronde.doelen.get())

    with pytest.raises(RondeVoorbij):
        gives(ronde, 10)
    answer = Browser().post(phone(ronde), {f"score-{DOEL}": "10"})

    assert answer.status_code == HTTPStatus.GONE
    assert "Kijk naar het scherm" in answer.text
    assert spread_of(ronde.doelen.get()) == before


def test_two_rounds_at_once_are_refused(tom, dossier):
    opened(dossier, tom, "f0-1")

    with pytest.raises(ErLooptEenRonde):
        opened(dossier, tom, "f0-2")


def test_a_second_round_erases_what_the_first_showed(als, tom, dossier):
    first = shown(dossier, tom, 2, 3, 4, 5, 6, zin=ZIN)

    page = als(tom).post(beamer(first), {"knop": "tweede", "doel": DOEL}, follow=True).text

    second = Ronde.objects.get()
    assert (second.keer, second.code, second.telefoons) == (2, first.code, 5)
    assert "tweede ronde" in page
    assert sum(Stemmental.objects.values_list("stemmen", flat=True)) == 0
    assert not Zin.objects.exists()


@pytest.mark.parametrize(("count", "shows"), [(4, False), (5, True)])
def test_who_leaves_before_the_second_round_is_not_told_by_what_is_missing(
    als, tom, dossier, count, shows
):
    first = shown(dossier, tom, 2, 3, 4, 5, 6)
    second = open_second(ronde=first, doel=DOEL, door=tom)
    gives(second, *range(count))

    page = als(tom).post(beamer(second), {"knop": "toon"}, follow=True).text

    assert ("Het midden is" in page) is shows
    assert ("als iedereen van de eerste opnieuw scoorde" in page) is not shows


def test_who_comes_later_is_not_told_by_what_is_more(tom, dossier):
    first = shown(dossier, tom, 2, 3, 4, 5)
    second = open_second(ronde=first, doel=DOEL, door=tom)
    gives(second, 2, 3, 4, 5)

    with pytest.raises(RondeVol):
        gives(second, 9)


def test_a_second_round_is_for_the_phones_and_the_papers_that_there_were(tom, dossier):
    """Six phones and two papers were told; four phones scored, and one paper."""
    first = opened(dossier, tom, telefoons=6, papieren=2)
    gives(first, 2, 3, 4, 5)
    counted(first, 0)
    show(ronde=first, door=tom)

    second = open_second(ronde=first, doel=DOEL, door=tom)

    assert (second.telefoons, second.papieren) == (4, 1)


def test_a_spread_that_was_shown_late_is_in_mind_for_a_day(tom, dossier):
    """A round that was opened yesterday and shown just now is no way to another of today."""
    late = shown(dossier, tom, 2, 3, 4, 5)
    Ronde.objects.filter(pk=late.pk).update(geopend_op=late.geopend_op - timedelta(hours=25))

    with pytest.raises(VandaagGetoond):
        opened(dossier, tom, telefoons=5)

    a_day_later(late)
    assert opened(dossier, tom, telefoons=5)


def test_another_dossier_of_the_school_is_no_way_around_it(tom, an, dossier):
    shown(dossier, tom, 2, 3, 4, 5)
    last_year = open_dossier(school=dossier.school, schooljaar=dossier.schooljaar - 1, door=an)

    with pytest.raises(VandaagGetoond):
        opened(last_year, an, telefoons=5)


def test_there_is_no_third_round_that_day_and_none_around_the_second(tom, dossier):
    """Also after a second one that was stopped: the first spread is still in mind."""
    first = shown(dossier, tom, 2, 3, 4, 5)
    with pytest.raises(VandaagGetoond):
        opened(dossier, tom, telefoons=6)
    second = open_second(ronde=first, doel=DOEL, door=tom)
    stop(ronde=second, door=tom)

    with pytest.raises(VandaagGetoond):
        opened(dossier, tom, telefoons=5)
    with pytest.raises(RondeVoorbij):
        open_second(ronde=second, doel=DOEL, door=tom)
    second.refresh_from_db()
    a_day_later(second)
    assert opened(dossier, tom, telefoons=5).keer == 1


def test_a_second_round_that_is_not_complete_shows_nothing_either_way(tom, dossier):
    second = open_second(ronde=shown(dossier, tom, 1, 2, 3, 4), doel=DOEL, door=tom)
    gives(second, 5, 5, 5)

    with pytest.raises(WachtOpIedereen):
        show(ronde=second, door=tom)

    stop(ronde=second, door=tom)
    assert not Stemmental.objects.exists()


@pytest.mark.parametrize(("count", "prints"), [(4, False), (5, True), (6, True)])
def test_on_paper_comes_only_what_was_ticked_and_from_five(tom, dossier, count, prints):
    ronde = shown(dossier, tom, *range(count))
    assert printed_spreads(dossier) == {}

    if prints:
        put_on_paper(ronde=ronde, doel=DOEL, aan=True)
    else:
        with pytest.raises(NogTeWeinig):
            put_on_paper(ronde=ronde, doel=DOEL, aan=True)

    assert (DOEL in printed_spreads(dossier)) is prints


def test_more_papers_than_there_are_never_count(tom, dossier):
    ronde = opened(dossier, tom, telefoons=4, papieren=1)

    with pytest.raises(TeVeelPapieren):
        counted(ronde, 0, 0)


def test_what_nobody_showed_is_gone_after_a_day(als, tom, dossier, capsys):
    ronde = opened(dossier, tom)
    gives(ronde, 7, zin=ZIN)
    call_command("ruim_op")
    assert Zin.objects.exists()
    a_day_later(ronde)

    assert als(tom).get(beamer(ronde)).status_code == HTTPStatus.FOUND
    call_command("ruim_op")

    assert not Ronde.objects.exists()
    assert not Zin.objects.exists()


def test_what_was_shown_stays(tom, dossier, capsys):
    ronde = shown(dossier, tom, 1, 2, 3, 4)
    a_day_later(ronde)

    call_command("ruim_op")

    assert Ronde.objects.filter(getoond_op__lte=timezone.now()).count() == 1


def test_one_device_gives_five_hundred_scores_and_no_more_count_than_there_are_people(tom, dossier):
    ronde = opened(dossier, tom, telefoons=6)
    answers = [
        Browser().post(phone(ronde), {f"score-{DOEL}": str(score)}).status_code
        for score in itertools.islice(itertools.cycle(range(11)), 500)
    ]

    assert answers.count(HTTPStatus.FOUND) == 6
    assert answers.count(HTTPStatus.GONE) == 494
    assert sum(Stemmental.objects.values_list("stemmen", flat=True)) == 6


def _without_tokens(answer) -> str:
    lines = answer.text.splitlines()
    return "\n".join(line for line in lines if "token" not in line and "data-" not in line)
