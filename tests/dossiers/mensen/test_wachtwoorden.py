"""Which passwords are refused, and what one is told then."""

import pytest
from django.conf import global_settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher, get_hasher
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.urls import reverse

from dossiers.mensen.passwords import WORDS
from stsdialoog import settings as settings_of_a_server
from tests.dossiers.conftest import WACHTWOORD
from tests.dossiers.mensen.logging_in import is_logged_in, text
from tests.dossiers.mensen.steps import first_step


@pytest.mark.parametrize(
    "password",
    [
        *("schoolteam2026", "Schoolteam!!!!", "Welkom2026!!!", "W3lk0m-welkom1", "W@chtwoord123"),
        *("augustus-2026", "September2026", "clubbrugge1891", "RodeDuivels2026", "azertyuiop123"),
        *(
            "Leerkrachten1",
            "2026 mijn school",
            "0478123456789",
            "2026-11-30-12",
            "Coördinator 1",
        ),
    ],
)
def test_one_or_two_common_words_are_too_few(password):
    with pytest.raises(ValidationError) as refused:
        validate_password(password)
    assert "makkelijk te raden" in " ".join(refused.value.messages)


@pytest.mark.parametrize(
    "password",
    [
        "samen-naar-school",
        "drie groene fietsen",
        "zq7wv4kx9pmx",
        "giraf op zolder",
        "schoolbordkrijtje",
    ],
)
def test_three_words_or_what_is_no_word_is_fine(password):
    validate_password(password)


def test_the_list_holds_what_people_here_choose():
    words = WORDS.read_text().split()
    assert len(set(words)) > 400
    assert {"schoolteam", "welkom", "wachtwoord", "anderlecht", "december"} <= set(words)


def test_a_password_of_before_still_opens_until_it_is_changed(client, karim):
    karim.set_password("schoolteam")
    karim.save()
    first_step(client, karim, "schoolteam")
    assert is_logged_in(client)

    page = client.post(
        reverse("account_change_password"),
        {"oldpassword": "schoolteam", "password1": "schoolteam2026"},
    )
    assert "Neem drie woorden of meer" in text(page)
    assert "Minstens 12 tekens" in text(page)
    client.post(
        reverse("account_change_password"), {"oldpassword": "schoolteam", "password1": WACHTWOORD}
    )
    karim.refresh_from_db()
    assert karim.check_password(WACHTWOORD)


def test_a_password_is_hashed_as_often_as_owasp_asks(settings):
    assert not hasattr(settings_of_a_server, "PASSWORD_HASHERS")
    settings.PASSWORD_HASHERS = global_settings.PASSWORD_HASHERS

    hasher = get_hasher()

    assert isinstance(hasher, PBKDF2PasswordHasher)
    assert hasher.algorithm == "pbkdf2_sha256"
    assert hasher.iterations >= 600_000
