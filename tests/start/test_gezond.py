"""The health check for monitoring: it says whether the site is up, and nothing more."""

import pytest
from django.db import OperationalError, connection
from django.urls import reverse

GEZOND = reverse("gezond")


@pytest.mark.django_db
def test_it_says_that_all_is_well_with_one_query(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        response = client.get(GEZOND)

    assert response.status_code == 200
    assert response.json() == {"status": "gezond"}
    assert "no-store" in response.headers["Cache-Control"]


def test_a_lost_database_gives_503_and_no_details(client, monkeypatch):
    def broken(*args, **kwargs):
        raise OperationalError("password of postgres at 10.0.0.5 refused")

    monkeypatch.setattr(connection, "cursor", broken)

    response = client.get(GEZOND)

    assert response.status_code == 503
    assert response.json() == {"status": "ziek"}


def test_it_only_answers_questions(client):
    assert client.post(GEZOND).status_code == 405
