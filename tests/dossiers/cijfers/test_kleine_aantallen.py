"""A count of 1 to 4 pupils is nowhere: not kept, not told, and nobody can work it out."""

import logging
from collections import defaultdict
from itertools import combinations, product

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from dossiers.cijfers.domain import hide_small_differences, save_cijfers
from dossiers.cijfers.models import (
    KLEINSTE,
    MINDER_DAN_5,
    MINDER_DAN_VORIGE,
    Cijfergroep,
    Cijfers,
    Groep,
    cells,
)
from tests.dossiers.cijfers.cijfers import cijfers_url, send, typed

ENOUGH = 16  # pupils, for every case that there is


def test_no_count_and_no_difference_of_1_to_4_can_be_worked_out():
    """By somebody who knows the rules and reads the whole row."""
    behind = defaultdict(list)
    for chain in product(range(ENOUGH + 1), repeat=4):
        if list(chain) == sorted(chain, reverse=True):
            coarse = [MINDER_DAN_5 if 0 < count < KLEINSTE else count for count in chain]
            told = tuple(cell.tekst for cell in cells(hide_small_differences(coarse)))
            behind[told].append(chain)

    assert len(behind) > 500
    for told, chains in behind.items():
        for place in range(4):
            known = {chain[place] for chain in chains}
            assert len(known) > 1 or not 0 < known.pop() < KLEINSTE, told
        for more, fewer in combinations(range(4), 2):
            known = {chain[more] - chain[fewer] for chain in chains}
            assert len(known) > 1 or not 0 < known.pop() < KLEINSTE, told


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ([30, 20, 10, 5], ["30", "20", "10", "5"]),
        ([12, 4, 1, 0], ["12", "minder dan 5", "minder dan 5", "0"]),
        # 2 of at least 5, and not of 10.
        ([12, 10, 7, 0], ["12", "minder dan 12", "7", "0"]),
        ([12, 11, 9, 8], ["12", "minder dan 12", "minder dan 12", "minder dan 12"]),
        ([12, 12, 7, 7], ["12", "12", "7", "7"]),
        # Between 4 and 6 there is only one number.
        ([6, 5, 1, 0], ["6", "minder dan 6", "minder dan 6", "0"]),
        ([7, 5, 4, 0], ["7", "minder dan 7", "minder dan 5", "0"]),
        ([5, 4, 0, 0], ["5", "minder dan 5", "0", "0"]),
        ([12, None, 10, None], ["12", "", "minder dan 12", ""]),
    ],
)
def test_a_row_tells(counts, told):
    coarse = [MINDER_DAN_5 if count and count < KLEINSTE else count for count in counts]
    kept = hide_small_differences(coarse)

    assert [cell.tekst for cell in cells(kept)] == told
    # Saving the same once more changes nothing.
    assert hide_small_differences(kept) == kept


@pytest.mark.django_db
@pytest.mark.parametrize("aantal", [1, 2, 3, 4])
def test_what_was_typed_is_in_no_table(als, tom, dossier, aantal, caplog):
    caplog.set_level(logging.DEBUG)
    client = als(tom)
    before = _rows()

    send(client, dossier, typed(leerlingen=400, ziekte=[300, 200, aantal, 0]))

    kept = Cijfergroep.objects.get()
    assert (kept.ziekte_15, kept.ziekte_30) == (MINDER_DAN_5, 0)
    new = {table for table, count in _rows().items() if count != before.get(table)}
    assert new == {"cijfers_cijfers", "cijfers_cijfergroep"}
    assert "school-ziekte_15" not in caplog.text


def _rows() -> dict[str, int]:
    counted = {model._meta.db_table: model._base_manager.count() for model in apps.get_models()}
    assert set(counted) <= set(connection.introspection.table_names())
    return {table: count for table, count in counted.items() if not table.startswith("django_")}


@pytest.mark.django_db
def test_every_page_tells_it_in_words(als, tom, huis, dossier):
    send(als(tom), dossier, typed(leerlingen=400, ongewettigd=[17, 15, 3, 3]))

    for user in (tom, huis.lezer):
        for url in (cijfers_url(dossier), reverse("doelstelling", args=[dossier.pk, "f0-4"])):
            page = als(user).get(url).text
            assert "minder dan 17" in page
            assert "minder dan 5" in page
            assert ">15<" not in page
    page = als(tom).get(cijfers_url(dossier)).text
    assert ">3<" not in page
    # Nor does the form give it back.
    assert 'value="15"' not in page
    assert 'value="3"' not in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [
        {"ziekte_5": 3},
        {"leerlingen": 4},
        {"leerlingen": MINDER_DAN_VORIGE},
        {"ziekte_5": 20, "ziekte_10": 21},
        {"ziekte_5": 20, "ziekte_10": None, "ziekte_15": None, "ziekte_30": 21},
        {"ziekte_5": 401},
        {"ziekte_5": 0, "ziekte_10": MINDER_DAN_5},
        {"ziekte_5": MINDER_DAN_5, "ziekte_10": MINDER_DAN_VORIGE},
        {"ziekte_5": MINDER_DAN_5, "ziekte_10": 5},
        {"leerlingen": 30_000},
        {"groep": "graad-4"},
        {"groep": Groep.SCHOOL},
    ],
)
def test_the_database_refuses_it(dossier, tom, wrong):
    cijfers = Cijfers.objects.create(dossier=dossier, gewijzigd_door=tom)
    Cijfergroep.objects.create(cijfers=cijfers, groep=Groep.SCHOOL, leerlingen=400)
    fields = {"groep": Groep.LAGER, "leerlingen": 400, "ziekte_5": 20, "ziekte_10": 10, **wrong}

    with pytest.raises(IntegrityError), transaction.atomic():
        Cijfergroep.objects.create(cijfers=cijfers, **fields)


@pytest.mark.django_db
def test_a_school_counts_as_a_whole_or_by_its_parts(als, tom, dossier):
    """With the whole, two parts and nothing of the third, everybody would know the third."""
    client = als(tom)
    send(client, dossier, typed(leerlingen=400, ziekte=[30]))
    both = typed("graad-1", 130, ziekte=[15]) | typed("graad-2", 140, ziekte=[12])
    both |= typed("graad-3", 130, ziekte=[3]) | typed(leerlingen=400, ziekte=[30])

    send(client, dossier, both, per="deel")

    assert set(Cijfergroep.objects.values_list("groep", flat=True)) == {
        *("graad-1", "graad-2", "graad-3")
    }
    page = client.get(cijfers_url(dossier))
    whole, *parts = page.context["page"].story.groepen
    # All pupils can be told; how many were ill cannot, because one part of them is too small.
    assert (whole.nu.telling.tekst, [row.reden for row in whole.rows]) == ("400", [])
    assert [part.nu.ziekte_5 for part in parts] == [15, 12, MINDER_DAN_5]
    assert ">30<" not in page.text


@pytest.mark.django_db
def test_the_domain_takes_no_whole_beside_its_parts(tom, dossier):
    counts = {"leerlingen": 400}

    with pytest.raises(ValueError, match="a small part"):
        save_cijfers(
            dossier=dossier,
            seen="0",
            geteld_tot=None,
            op_routekaart=False,
            groepen={Groep.SCHOOL: counts, Groep.GRAAD_1: counts},
            door=tom,
        )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("third", "sums"),
    [
        ([20, 10, 5, 0], ["50", "25", "15", "0"]),
        ([20, 10, 4, 0], ["50", "25", "", "0"]),
        ([20, 17, 5, 0], ["50", "", "15", "0"]),
        ([20, 10, "", 0], ["50", "25", "", "0"]),
    ],
)
def test_the_sum_of_the_parts_is_told_where_each_is_exact(als, tom, dossier, third, sums):
    client = als(tom)
    parts = typed("graad-1", 100, ziekte=[15, 10, 5, 0]) | typed(
        "graad-2", 100, ziekte=[15, 5, 5, 0]
    )

    send(client, dossier, parts | typed("graad-3", 100, ziekte=third), per="deel")

    whole = client.get(cijfers_url(dossier)).context["page"].story.groepen[0]
    (row,) = whole.rows
    assert [cell.tekst for cell in row.nu] == sums
