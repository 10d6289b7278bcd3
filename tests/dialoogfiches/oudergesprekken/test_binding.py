"""Who can write in the database but has no key cannot read a talk by moving its texts.

Marie wrote a talk. Mo works for another CLB and has a talk of his own; whoever holds the database
copies what Marie's rows hold into his.
"""

import logging
from datetime import date
from io import StringIO
from itertools import permutations
from uuid import uuid4

import pytest
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from dialoogfiches.oudergesprekken.domain.oudergesprekken import start_oudergesprek
from dialoogfiches.oudergesprekken.encryption import (
    Displaced,
    EncryptedTextField,
    MissingKey,
    Sealed,
    seal,
    unseal,
)
from dialoogfiches.oudergesprekken.models import (
    Oudergesprek,
    Oudergesprekrevisie,
    Oudernotitie,
    Oudernotitierevisie,
    Ouderthema,
    Ouderthemarevisie,
    Vrijgave,
)
from tests.dialoogfiches.oudergesprekken.ouders import DIT, make_gesprek, url, write

pytestmark = pytest.mark.django_db

GEHEIM = "De bus rijdt te vroeg"
MODELS = (
    *(Oudergesprek, Oudergesprekrevisie),
    *(Ouderthema, Ouderthemarevisie),
    *(Oudernotitie, Oudernotitierevisie),
)
TEXTS = {
    f"{DIT}-focus_nu": f"{GEHEIM} nu",
    f"{DIT}-focus_later": f"{GEHEIM} later",
    f"{DIT}-school_mag_weten": f"{GEHEIM} school",
    "ouderthema-thuis-groter": f"{GEHEIM} groter",
    "ouderthema-thuis-kleiner": f"{GEHEIM} kleiner",
    "oudernotitie-thuis-r01-tekst": f"{GEHEIM} notitie",
}


def fill(client, talk) -> None:
    """Every field twice, so that each has an earlier text."""
    for naam, tekst in TEXTS.items():
        assert write(client, talk, naam, f"eerst: {tekst}").status_code == 200
        assert write(client, talk, naam, tekst, 1).status_code == 200


@pytest.fixture
def marie(als, huis):
    return als(huis.medewerker)


@pytest.fixture
def talk(huis, marie):
    talk = make_gesprek(huis)
    fill(marie, talk)
    return talk


@pytest.fixture
def mo(als, ander_huis):
    return als(ander_huis.medewerker)


@pytest.fixture
def his_talk(ander_huis, talk, mo):
    """The same fields as Marie's talk, in a talk of Mo."""
    his = start_oudergesprek(
        dossier=ander_huis.dossier,
        versie=talk.versie,
        pseudoniem="Merel",
        datum=date(2026, 11, 12),
        sleutel=uuid4(),
        door=ander_huis.medewerker,
    )
    fill(mo, his)
    return his


def encrypted(model) -> list[str]:
    return [field.name for field in model._meta.fields if isinstance(field, EncryptedTextField)]


def tokens() -> dict[tuple, Sealed]:
    """Every stored text by its model, key and column."""
    return {
        (model, row["pk"], column): row[column]
        for model in MODELS
        for row in model.objects.values("pk", *encrypted(model))
        for column in encrypted(model)
        if row[column]
    }


def read(model, pk, column) -> str:
    return getattr(model.objects.get(pk=pk), column)


def test_every_text_opens_where_it_stands_and_nowhere_else(talk, his_talk):
    kept = tokens()
    words = {place: read(*place) for place in kept}
    # Seven fields of each talk; twice six earlier texts, and of pseudonym, date and last day one.
    assert len(kept) == 2 * (7 + 15)
    # Every text in every other place: the same field of another talk, another field, the history.
    for (model, pk, column), other in permutations(kept, 2):
        with transaction.atomic():
            model.objects.filter(pk=pk).update(**{column: kept[other]})
            with pytest.raises(Displaced):
                read(model, pk, column)
            model.objects.filter(pk=pk).update(**{column: kept[model, pk, column]})
    assert {place: read(*place) for place in kept} == words


@pytest.mark.parametrize(
    "becomes_his",
    [
        "UPDATE oudergesprekken_oudergesprek SET auteur_id = {mo}, dossier_id = {dossier}",
        "UPDATE oudergesprekken_oudergesprek SET auteur_id = {mo}",
        "UPDATE oudergesprekken_ouderthema SET oudergesprek_id = {his} "
        "WHERE oudergesprek_id <> {his}",
        "UPDATE oudergesprekken_oudernotitie SET oudergesprek_id = {his} "
        "WHERE oudergesprek_id <> {his}",
    ],
)
def test_a_whole_row_that_is_given_to_somebody_else_stays_closed(
    talk, his_talk, ander_huis, becomes_his
):
    """Not the ciphertext moves but what it belongs to; the texts below it stay closed too."""
    Ouderthema.objects.filter(oudergesprek=his_talk).delete()
    Oudernotitie.objects.filter(oudergesprek=his_talk).delete()
    marie = [place for place in tokens() if not is_of(his_talk, place)]
    before = [place for place in marie if readable(place)]
    names = {
        "mo": raw(ander_huis.medewerker.pk),
        "dossier": raw(ander_huis.dossier.pk),
        "his": raw(his_talk.pk),
    }
    # Even between two talks of one author nothing moves.
    Oudergesprek.objects.filter(pk=his_talk.pk).update(auteur=talk.auteur)
    with connection.cursor() as cursor:
        cursor.execute(becomes_his.format(**names))

    assert len(before) == len(marie) == 7 + 15
    moved = {
        "oudergesprek": MODELS,
        "ouderthema": (Ouderthema, Ouderthemarevisie),
        "oudernotitie": (Oudernotitie, Oudernotitierevisie),
    }[becomes_his.split()[1].split("_")[1]]
    assert [place for place in marie if place[0] in moved and readable(place)] == []


def raw(pk) -> str:
    return f"'{pk}'" if connection.vendor == "postgresql" else f"'{pk.hex}'"


def is_of(talk, place) -> bool:
    model, pk, _ = place
    row = model.objects.get(pk=pk)
    row = getattr(row, "record", row)
    return getattr(row, "oudergesprek", row) == talk


def readable(place) -> bool:
    try:
        return bool(read(*place))
    except Displaced:
        return False


PAGES = ("oudergesprek", "oudergesprek-pdf")


@pytest.mark.parametrize(
    ("model", "column", "where"),
    [
        (Oudergesprek, "pseudoniem", "pseudoniem of oudergesprek"),
        (Oudergesprek, "school_mag_weten", "school_mag_weten of oudergesprek"),
        (Ouderthema, "groter", "groter of ouderthema"),
        (Oudernotitie, "tekst", "tekst of oudernotitie"),
    ],
)
def test_a_copied_text_gives_a_page_that_says_so_and_a_line_in_the_log(
    talk, his_talk, mo, marie, caplog, model, column, where
):
    hers, his = sorted(
        model.objects.values("pk", column),
        key=lambda row: is_of(his_talk, (model, row["pk"], column)),
    )
    assert GEHEIM in marie.get(url(talk)).text
    model.objects.filter(pk=his["pk"]).update(**{column: hers[column]})
    caplog.set_level(logging.DEBUG)
    pages = [url(his_talk, name) for name in PAGES]

    for page in pages:
        answer = mo.get(page)
        assert answer.status_code == 503
        assert "hoort" in answer.text
        assert "We tonen hem niet" in answer.text
        assert GEHEIM not in answer.text
        assert "Kolibrie" not in answer.text
    lines = [one.getMessage() for one in caplog.records if one.name.startswith("dialoogfiches")]
    assert len(lines) == len(pages)
    assert all(f"{where} {his['pk']}" in line for line in lines)
    assert not any(GEHEIM in line or hers[column].token in line for line in lines)
    assert marie.get(url(talk)).status_code == 200, "hers is as it was"


def test_a_copied_earlier_text_is_not_shown_on_the_page_of_earlier_texts(talk, his_talk, mo):
    hers = Oudernotitierevisie.objects.values().get(record__oudergesprek=talk, revisie=1)
    page = reverse("oudergesprek-historiek", args=[his_talk.pk, "oudernotitie-thuis-r01-tekst"])
    assert mo.get(page).status_code == 200
    Oudernotitierevisie.objects.filter(record__oudergesprek=his_talk, revisie=1).update(
        waarde=hers["waarde"]
    )

    answer = mo.get(page)
    assert answer.status_code == 503
    assert GEHEIM not in answer.text


def test_a_ciphertext_among_what_was_released_is_no_more_than_that(talk, his_talk, mo, ander_huis):
    """What is released is not encrypted, so nothing decrypts what somebody puts there."""
    hers = Oudergesprek.objects.values().get(pk=talk.pk)["school_mag_weten"]
    mo.post(
        url(his_talk, "oudergesprek-vrijgeven"),
        {"knop": "tekst", "revisie": "2"},
    )
    Vrijgave.objects.update(tekst=hers.token)
    answer = mo.get(reverse("oudergesprekken", args=[ander_huis.dossier.pk]))
    assert hers.token in answer.text
    assert GEHEIM not in answer.text


# --- The form of a text ---------------------------------------------------------------------------


def tampered(token: str) -> list[str]:
    form, key, body = token.split(".")
    other = "A" if body[20] != "A" else "B"
    return [
        f"{form}.{key}.{body[:20]}{other}{body[21:]}",
        f"{form}.{key}.{body[:-4]}",
        f"{form}.{key}.",
        f"{form}.{key}.é",
        f"{form}.{key}",
        f"2.{key}.{body}",
        f"0.{key}.{body}",
        body,
        "in gewone woorden",
    ]


def test_an_altered_text_opens_nowhere():
    good = seal("woorden", place=("tafel", "kolom", 1))
    assert unseal(good, place=("tafel", "kolom", 1), where="hier") == "woorden"
    for token in tampered(good.token):
        with pytest.raises((Displaced, MissingKey)):
            unseal(Sealed(token), place=("tafel", "kolom", 1), where="hier")


@pytest.mark.parametrize(
    "place", [("tafel", "kolom", 2), ("tafel", "kolom1"), ("tafel", "kolom", 1, ""), ("tafel",), ()]
)
def test_a_place_that_looks_alike_is_another_place(place):
    with pytest.raises(Displaced):
        unseal(seal("woorden", place=("tafel", "kolom", 1)), place=place, where="hier")


def test_a_text_of_another_key_is_no_copied_text(settings):
    good = seal("woorden", place=("hier",))
    settings.OUDERGESPREK_SLEUTELS = [Fernet.generate_key().decode()]
    with pytest.raises(MissingKey):
        unseal(good, place=("hier",), where="hier")
    # Who writes the id of a key that is there before it gets no further.
    mine = seal("iets", place=("hier",)).token.split(".")[1]
    with pytest.raises(Displaced):
        unseal(Sealed(f"1.{mine}.{good.token.split('.')[2]}"), place=("hier",), where="hier")


def test_an_older_ciphertext_or_a_plain_text_finds_no_place_in_the_database(talk, settings):
    """The form from before the binding is refused by the database, and opens nowhere either."""
    old = Fernet(settings.OUDERGESPREK_SLEUTELS[0]).encrypt(GEHEIM.encode()).decode()
    for model, pk, column in tokens():
        for planted in (old, "in gewone woorden"):
            with pytest.raises(IntegrityError), transaction.atomic():
                model.objects.filter(pk=pk).update(**{column: Sealed(planted)})
    with pytest.raises(Displaced):
        unseal(Sealed(old), place=("hier",), where="hier")


# --- Rotation -------------------------------------------------------------------------------------


def test_a_displaced_text_does_not_keep_the_others_from_a_new_key(talk, his_talk, settings):
    hers, his = (one["focus_nu"] for one in Oudergesprek.objects.order_by("gemaakt_op").values())
    Oudergesprek.objects.filter(pk=his_talk.pk).update(focus_nu=hers)
    settings.OUDERGESPREK_SLEUTELS = [
        Fernet.generate_key().decode(),
        *settings.OUDERGESPREK_SLEUTELS,
    ]
    with pytest.raises(CommandError, match=f"focus_nu of oudergesprek {his_talk.pk}") as error:
        call_command("vernieuw_sleutels", stdout=StringIO())

    assert GEHEIM not in str(error.value)
    assert len(str(error.value).splitlines()) == 2
    settings.OUDERGESPREK_SLEUTELS = settings.OUDERGESPREK_SLEUTELS[:1]
    assert his.token.split(".")[1] == hers.token.split(".")[1]
    still = {place for place in tokens() if place != (Oudergesprek, his_talk.pk, "focus_nu")}
    assert all(read(*place) for place in still)
    assert Oudergesprek.objects.values().get(pk=his_talk.pk)["focus_nu"] == hers
