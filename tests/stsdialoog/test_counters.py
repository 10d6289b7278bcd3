"""The counters behind the rate limits: what is planted in their table is never run or believed."""

import base64
import os
import pickle
from datetime import timedelta

import pytest
from allauth.core.internal.ratelimit import Rate, get_cache_key
from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.session import SessionStorage
from django.core.cache import cache
from django.db import DatabaseError, connection, transaction
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string

from stsdialoog.cookies import MessageCookie
from stsdialoog.counters.cache import USED
from stsdialoog.counters.limits import give_back, take
from stsdialoog.counters.models import Counter
from tests.concurrency import at_once
from tests.conftest import PASSWORD

ADDRESS = "203.0.113.77"


class Bomb:
    """Unpickling it makes a folder."""

    def __init__(self, folder: str) -> None:
        self.folder = folder

    def __reduce__(self):
        return (os.mkdir, (self.folder,))


@pytest.fixture
def trap(tmp_path):
    folder = tmp_path / "ontploft"
    yield base64.b64encode(pickle.dumps(Bomb(str(folder)))).decode()
    assert not folder.exists()


def put_everywhere(value: object) -> int:
    """Put a value in the place of every counter; returns how many there are."""
    return Counter.objects.update(value=value)


@pytest.mark.django_db
def test_a_planted_pickle_runs_nothing_and_keeps_nobody_out(client, tom, trap):
    wrong = {"login": tom.email, "password": "fout fout"}
    client.post(reverse("account_login"), wrong, REMOTE_ADDR=ADDRESS)
    assert put_everywhere(trap) >= 2

    client.post(reverse("account_login"), wrong, REMOTE_ADDR=ADDRESS)
    right = {"login": tom.email, "password": PASSWORD}
    answer = client.post(reverse("account_login"), right, REMOTE_ADDR=ADDRESS)
    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(tom.pk)


@pytest.mark.django_db
@pytest.mark.parametrize("odd", ["gASVHw==", {"a": 1}, ["x"], [[1]], [None]])
def test_only_numbers_are_believed(odd):
    cache.set("teller", 1)
    put_everywhere(odd)
    assert cache.get("teller", "niets") == "niets"
    with pytest.raises(ValueError, match="no number"):
        cache.incr("teller")


@pytest.mark.django_db
def test_the_database_refuses_what_is_no_json(trap):
    cache.set("teller", 1)
    with (
        pytest.raises(DatabaseError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE counters_counter SET value = %s", [trap])


@pytest.mark.django_db
@pytest.mark.parametrize("value", [0, 3, 2.5, True, [], [1732867200.123456, 2.0]])
def test_a_counter_comes_back_as_it_was(value):
    cache.set("teller", value)
    assert cache.get("teller") == value
    assert type(cache.get("teller")) is type(value)


@pytest.mark.django_db
@pytest.mark.parametrize("value", ["tekst", None, {}, ["a"], b"gASV", object()])
def test_anything_else_is_no_counter(value):
    with pytest.raises(TypeError):
        cache.set("teller", value)


@pytest.mark.django_db
def test_the_later_value_stands_and_goes():
    assert cache.get("teller", 7) == 7
    cache.set("teller", 1)
    cache.set("teller", 2)
    assert cache.get("teller") == 2
    assert cache.get("andere") is None
    assert cache.delete("teller")
    assert not cache.delete("teller")
    assert cache.get("teller") is None


@pytest.mark.django_db
def test_a_name_is_taken_until_it_expires():
    assert cache.add("slot", True, 10)
    assert not cache.add("slot", True, 10)
    assert cache.get("slot") is True
    Counter.objects.update(expires=timezone.now())
    assert cache.get("slot") is None
    assert cache.add("slot", False, 10)
    assert cache.get("slot") is False


@pytest.mark.django_db
def test_counting_on_does_not_lengthen_the_window():
    with pytest.raises(ValueError, match="no number"):
        cache.incr("teller")
    cache.set("teller", 1, 60)
    end = Counter.objects.get().expires
    assert timedelta(seconds=55) < end - timezone.now() <= timedelta(seconds=60)
    assert cache.incr("teller") == 2
    assert cache.incr("teller", 3) == 5
    assert Counter.objects.get().expires == end


@pytest.mark.django_db
def test_what_has_expired_is_gone_with_the_next_counter():
    cache.set("oud", [1])
    Counter.objects.update(expires=timezone.now() - timedelta(seconds=1))
    cache.set("nieuw", [2])
    assert Counter.objects.count() == 1
    Counter.objects.update(expires=timezone.now() - timedelta(seconds=1))
    assert cache.add("nog een", True)
    assert Counter.objects.count() == 1


@pytest.mark.django_db
def test_no_address_or_name_of_a_visitor_stands_in_the_table(client, tom):
    login = {"login": tom.email, "password": "fout fout"}
    client.post(reverse("account_login"), login, REMOTE_ADDR=ADDRESS)

    request = RequestFactory().post("/", REMOTE_ADDR=ADDRESS)
    assert cache.get(
        get_cache_key(request, app="allauth.account", action="login", rate=Rate(30, 60, "ip"))
    ), "it is counted"
    kept = str([*Counter.objects.values()])
    assert ADDRESS not in kept
    assert tom.email not in kept
    assert "login" not in kept


@pytest.mark.django_db(transaction=True)
def test_of_eight_at_once_one_gets_the_name_and_all_are_counted():
    assert sum(at_once(*[lambda: cache.add("slot", True, 60)] * 8)) == 1
    cache.set("teller", 0, 60)
    at_once(*[lambda: cache.incr("teller")] * 8)
    assert cache.get("teller") == 8


def test_nothing_that_is_read_back_from_outside_is_unpickled():
    assert settings.SESSION_SERIALIZER == "django.contrib.sessions.serializers.JSONSerializer"
    # The messages go into a signed cookie or the session, both as JSON.
    assert import_string(settings.MESSAGE_STORAGE).storage_classes == (
        MessageCookie,
        SessionStorage,
    )
    assert MessageCookie._decode is CookieStorage._decode
    # The second one is in the memory of the process and reads what that process wrote itself.
    assert {store["BACKEND"] for store in settings.CACHES.values()} == {
        "stsdialoog.counters.cache.CounterCache",
        "django.core.cache.backends.locmem.LocMemCache",
    }


def test_so_many_are_taken_and_no_more_until_they_expire(db):
    assert [take("een", amount=2, seconds=60) for _ in range(3)] == [True, True, False]
    assert take("twee", amount=2, seconds=60)

    give_back("een")
    give_back("een")
    assert [take("een", amount=2, seconds=60) for _ in range(2)] == [True, False]

    # Going on stretches nothing: it ends when the first one does.
    Counter.objects.update(expires=timezone.now())
    assert take("een", amount=2, seconds=60)


def test_what_expired_is_not_given_back(db):
    give_back("nooit")
    assert not Counter.objects.exists()


def test_a_code_that_was_used_is_marked_and_no_other_text_is_kept(db):
    assert cache.add("code", USED, timeout=30)
    assert not cache.add("code", USED, timeout=30)
    with pytest.raises(TypeError):
        cache.add("code", "yes", timeout=30)
