"""An invitation, accepted by who logs in elsewhere: her account is made with it."""

import pytest
from allauth.socialaccount.models import SocialAccount
from django.urls import reverse

from dossiers.aanmelden.session import PENDING, SECONDS
from dossiers.mensen.domain.uitnodigingen import invite
from dossiers.mensen.models import Rol, User
from tests.client import text_of
from tests.dossiers.aanmelden.through import linked
from tests.dossiers.mensen.logging_in import is_logged_in

pytestmark = pytest.mark.django_db

ADRES = "els@delinde.be"


def invitation(school, door, email=ADRES):
    _, token = invite(school=school, email=email, rol=Rol.SCHOOLTEAM, door=door, naam="Els")
    return reverse("uitnodiging", args=[token])


@pytest.fixture
def link(linde, lien):
    return invitation(linde, lien)


def test_the_account_has_the_invited_address_and_no_password(google, client, link, linde):
    google.op.logs_in("els-bij-google", email="een-ander@gmail.test", email_verified=True)
    assert "Ga verder met Google" in text_of(client.get(link))

    answer = google.log_in(client, next=link)
    assert answer.url == link
    form = text_of(client.get(link))
    assert "Je logt straks in via Google" in form
    assert "password" not in form
    client.post(link, {"naam": "Els"})

    els = User.objects.get(email=ADRES)
    assert client.session["_auth_user_id"] == str(els.pk)
    assert not els.has_usable_password()
    assert els.lidmaatschappen.get().school == linde
    assert SocialAccount.objects.get().user == els
    assert PENDING not in client.session
    client.logout()
    assert google.log_in(client).url == reverse("start")


def test_it_is_for_this_invitation_alone(google, client, link, linde, lien):
    google.op.logs_in("els-bij-google")
    google.log_in(client, next=link)
    other = invitation(linde, lien, "an@delinde.be")

    assert "Kies een wachtwoord" in text_of(client.get(other))
    client.post(other, {"naam": "An"})
    assert not User.objects.filter(email="an@delinde.be").exists()


def test_it_does_not_wait_all_day(google, client, link):
    google.op.logs_in("els-bij-google")
    google.log_in(client, next=link)
    session = client.session
    session[PENDING] = session[PENDING] | {"op": session[PENDING]["op"] - SECONDS - 1}
    session.save()

    assert "Kies een wachtwoord" in text_of(client.get(link))


def test_a_login_that_was_linked_meanwhile_makes_no_second_account(google, client, link, karim):
    google.op.logs_in("els-bij-google")
    google.log_in(client, next=link)
    linked(google, karim, "els-bij-google")

    answer = client.post(link, {"naam": "Els"})

    assert answer.url == link
    assert not User.objects.filter(email=ADRES).exists()
    assert "hoort al bij een ander account" in text_of(client.get(link))
    assert not is_logged_in(client)


def test_who_is_known_here_is_logged_in_by_it(google, client, link, karim):
    """And reads that the invitation is for another address."""
    linked(google, karim, "karim-bij-google")

    google.log_in(client, next=link)

    assert is_logged_in(client)
    assert "voor een ander adres" in text_of(client.get(link))


def test_an_address_with_an_account_is_linked_only_from_within(google, client, linde, lien, tom):
    """Whoever has the mail of Tom, and not his account, links nothing to it."""
    link = invitation(linde, lien, tom.email)
    google.op.logs_in("wie-de-mail-las", email=tom.email)

    google.log_in(client, next=link)

    assert "Je hebt al een account" in text_of(client.get(link))
    client.post(link, {"naam": "Tom"})
    assert not is_logged_in(client)
    assert not SocialAccount.objects.exists()
