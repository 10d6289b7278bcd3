"""Addresses that programs know by heart, and what they find there."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from start.domain.well_known import contact_uri, security_txt

SECURITY, PASSWORD = "/.well-known/security.txt", "/.well-known/change-password"
TODAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("contact", "uri"),
    [
        ("veilig@clb.test", "mailto:veilig@clb.test"),
        ("veilig+sts@clb.test", "mailto:veilig+sts@clb.test"),
        ("één@clb.test", "mailto:%C3%A9%C3%A9n@clb.test"),
        ("https://clb.test/melden", "https://clb.test/melden"),
        ("tel:+32-2-000-00-00", "tel:+32-2-000-00-00"),
        ("http://clb.test/melden", ""),
        ("Bel ons, of mail naar veilig@clb.test", ""),
        ("javascript:x@y", ""),
        ("", ""),
    ],
)
def test_a_contact_is_an_address_that_a_program_can_use(contact, uri):
    assert contact_uri(contact) == uri


def test_it_is_valid_for_less_than_a_year_and_the_same_all_day():
    address = "https://sts.test" + SECURITY
    text = security_txt(contact="mailto:veilig@clb.test", address=address, today=TODAY)

    fields = dict(line.split(": ", 1) for line in text.splitlines())
    assert fields == {
        "Contact": "mailto:veilig@clb.test",
        "Expires": "2027-11-29T00:00:00Z",
        "Preferred-Languages": "nl, en",
        "Canonical": address,
    }
    expires = datetime.fromisoformat(fields["Expires"])
    assert timedelta(0) < expires - datetime(2026, 11, 30, tzinfo=UTC) < timedelta(days=365)


@pytest.mark.django_db
@pytest.mark.parametrize("contact", ["", "Bel ons, of mail naar veilig@clb.test"])
def test_without_an_address_to_report_to_there_is_no_such_file(client, settings, contact):
    settings.SECURITY_CONTACT = contact

    assert client.get(SECURITY).status_code == 404


@pytest.mark.django_db
def test_a_stranger_finds_where_to_report_a_weakness(client, settings):
    settings.SECURITY_CONTACT = "veilig@clb.test"
    response = client.get(SECURITY)

    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert "Contact: mailto:veilig@clb.test\n" in response.text
    assert f"Canonical: {settings.SITE_URL}{SECURITY}\n" in response.text


@pytest.mark.django_db
def test_a_password_manager_finds_where_to_change_the_password(als, tom):
    assert als(tom).get(PASSWORD).url == reverse("account_change_password")
    assert als(tom).get("/.well-known/niets-wat-bestaat").status_code == 404
