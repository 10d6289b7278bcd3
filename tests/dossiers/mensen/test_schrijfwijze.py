"""A name or an address is stored and found in one way, however somebody typed or pasted it."""

from importlib import import_module

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db.models import Value
from django.urls import reverse

from dossiers.mensen.domain.uitnodigingen import invite
from dossiers.mensen.models import CLB, Lidmaatschap, Rol, School, Uitnodiging, User
from stsdialoog.fields import LONGEST
from tests.dossiers.conftest import WACHTWOORD, link_in

migration = import_module("dossiers.mensen.migrations.0004_een_schrijfwijze")

CAFE = "zoe@caf\u00e9.be"
IN_ASCII = "zoe@xn--caf-dma.be"
SPELLINGS = [
    *(CAFE, IN_ASCII, "ZOE@CAF\u00c9.BE", " zoe@cafe\u0301.be "),
    *(f"zoe@caf{sign}\u00e9.be" for sign in "\u200b\u00ad\u2060\ufeff"),
    "z\u200doe@caf\u00e9.be",
]
DE_EIK = {
    "naam": "De Eik",
    "instellingsnummer": "012345",
    "niveau": "so",
    "gemeente": "Lier",
    "provincie": "antwerpen",
}


@pytest.fixture
def zoe(db):
    return User.objects.create_user(CAFE, WACHTWOORD, naam="Zo\u00eb")


@pytest.fixture
def sts(client, db):
    """A superuser, logged in."""
    client.force_login(User.objects.create_superuser("sts@test.be", WACHTWOORD, naam="Sts"))
    return client


# --- Addresses ----------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", SPELLINGS, ids=ascii)
def test_whoever_types_her_address_logs_in(client, zoe, typed):
    assert zoe.email == IN_ASCII

    response = client.post(reverse("account_login"), {"login": typed, "password": WACHTWOORD})

    assert response.url == reverse("start")


@pytest.mark.parametrize("typed", SPELLINGS, ids=ascii)
@pytest.mark.parametrize("page", ["account_request_login_code", "account_reset_password"])
def test_a_code_and_a_new_password_come_at_her_address(client, zoe, mailoutbox, page, typed):
    client.post(reverse(page), {"email": typed})

    assert [message.to for message in mailoutbox] == [[IN_ASCII]]
    assert mailoutbox[0].subject != ""
    assert "geen account" not in mailoutbox[0].body


@pytest.mark.parametrize("typed", SPELLINGS, ids=ascii)
def test_an_address_has_one_account_and_one_invitation(client, linde, lien, zoe, typed):
    invite(school=linde, email=CAFE, rol=Rol.LEZER, door=lien)
    client.force_login(lien)

    client.post(reverse("uitnodigen", args=[linde.pk]), {"adressen": typed, "rol": Rol.LEZER})

    assert set(Uitnodiging.objects.values_list("email", flat=True)) == {IN_ASCII}
    assert Uitnodiging.objects.filter(ingetrokken_op=None).count() == 1


@pytest.mark.parametrize("typed", SPELLINGS, ids=ascii)
def test_the_admin_makes_no_second_account(sts, zoe, typed):
    response = sts.post(reverse("admin:mensen_user_add"), {"email": typed, "naam": "Zoe"})

    assert response.status_code == 200
    assert "bestaat al" in response.text
    assert User.objects.filter(email=typed).get() == zoe


@pytest.mark.parametrize("typed", SPELLINGS, ids=ascii)
def test_a_command_makes_no_second_account(zoe, typed):
    with pytest.raises(CommandError):
        call_command("createsuperuser", interactive=False, email=typed, naam="Zoe")


@pytest.mark.parametrize(
    "typed", ["zoe@-\u00e9.be", "zo\u00eb@test.be", "zoe@\u200b", "a" * LONGEST + "@test.be"]
)
def test_what_is_no_address_is_refused(client, linde, lien, typed):
    client.force_login(lien)

    page = client.post(
        reverse("uitnodigen", args=[linde.pk]), {"adressen": typed, "rol": Rol.LEZER}
    )

    assert not Uitnodiging.objects.exists()
    assert 'aria-invalid="true"' in page.text


# --- Names --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("De\u200b Eik", "De Eik"),
        ("\u202eDe\n Eik\u2069", "De Eik"),
        ("De\u00a0Eik \ufeff", "De Eik"),
        ("Zoe\u0308", "Zo\u00eb"),
    ],
)
def test_a_school_is_named_in_what_one_sees(client, clb, lien, typed, kept):
    client.force_login(lien)
    client.post(reverse("school-nieuw"), {**DE_EIK, "naam": typed, "gemeente": typed})

    assert School.objects.values_list("naam", "gemeente").get() == (kept, kept)


@pytest.mark.parametrize("typed", ["\u200b", "\u00ad\u2060", "\u3164", "12", "-"], ids=ascii)
@pytest.mark.parametrize("veld", ["naam", "gemeente"])
def test_a_name_has_a_letter(client, clb, lien, veld, typed):
    client.force_login(lien)

    page = client.post(reverse("school-nieuw"), {**DE_EIK, veld: typed})

    assert not School.objects.exists()
    assert 'aria-invalid="true"' in page.text


def test_a_new_colleague_is_named_in_what_one_sees(client, linde, lien, mailoutbox):
    client.force_login(lien)
    client.post(reverse("uitnodigen", args=[linde.pk]), {"adressen": CAFE, "rol": Rol.LEZER})
    client.logout()
    link = link_in(mailoutbox[-1])

    page = client.post(link, {"naam": "\u200b", "password": WACHTWOORD})
    assert 'aria-invalid="true"' in page.text
    client.post(link, {"naam": "Zo\u200be\u0308\u202e", "password": WACHTWOORD})

    assert User.objects.get(email=IN_ASCII).naam == "Zo\u00eb"


@pytest.mark.parametrize("model", ["clb", "user"])
def test_so_does_the_admin(sts, model):
    page = reverse(f"admin:mensen_{model}_add")
    data = {"instellingsnummer": "654321", "email": "iemand@test.be"}

    assert sts.post(page, {**data, "naam": "\u2060"}).status_code == 200
    sts.post(page, {**data, "naam": "\u2060De Brug\u200e"})

    assert apps.get_model("mensen", model).objects.filter(naam="De Brug").exists()


# --- What was stored before -----------------------------------------------------------------------


def stored(model, pk, **velden) -> None:
    """Store values past their fields, as they were stored before."""
    raw = {veld: Value(waarde) for veld, waarde in velden.items()}
    model.objects.filter(pk=pk).update(**raw, **({"zoeksleutel": ""} if "naam" in velden else {}))


def migrate() -> None:
    for step in (
        migration.name_organisations,
        migration.name_people,
        migration.address_invitations,
    ):
        step(apps, None)


def test_what_was_stored_gets_its_form_and_its_key(linde, lien):
    stored(School, linde.pk, naam="De\u200b Linde\n", gemeente="Mechelen\u00ad")
    stored(CLB, linde.clb_id, naam="\u200b")
    stored(User, lien.pk, naam="Lien\u202e", email="lien@caf\u00e9.be")

    migrate()

    linde.refresh_from_db()
    lien.refresh_from_db()
    assert (linde.naam, linde.gemeente) == ("De Linde", "Mechelen")
    assert linde.zoeksleutel == "de linde mechelen 037804"
    assert (linde.clb.naam, linde.clb.zoeksleutel) == ("CLB 114512", "clb 114512 114512")
    assert (lien.naam, lien.email) == ("Lien", "lien@xn--caf-dma.be")
    assert lien.zoeksleutel == "lien lien@xn caf dma.be"


def test_of_two_accounts_with_one_address_one_keeps_it(zoe, lien, capsys):
    stored(User, lien.pk, naam="Lien", email=CAFE)

    migrate()

    lien.refresh_from_db()
    assert lien.email == CAFE
    assert User.objects.get(email=CAFE) == zoe
    assert "een ander account al heeft: 1." in capsys.readouterr().out


def test_of_two_open_invitations_to_one_address_one_stays(linde, lien):
    kept, _ = invite(school=linde, email=CAFE, rol=Rol.LEZER, door=lien)
    other, _ = invite(school=linde, email="een@test.be", rol=Rol.LEZER, door=lien)
    alone, _ = invite(school=linde, email="twee@test.be", rol=Rol.LEZER, door=lien)
    stored(Uitnodiging, other.pk, email=CAFE)
    stored(Uitnodiging, alone.pk, email="drie@caf\u00e9.be")

    migrate()

    still_open = Uitnodiging.objects.filter(ingetrokken_op=None)
    assert {(one.pk, one.email) for one in still_open} == {
        (kept.pk, IN_ASCII),
        (alone.pk, "drie@xn--caf-dma.be"),
    }


# --- Searching in the admin -------------------------------------------------------------------


@pytest.fixture
def found(sts, clb, lien):
    """The lists of the admin, with one record to find in each and another beside it."""
    zoe = User.objects.create_user("zoe@test.be", None, naam="Zo\u00eb D\u2019Hondt")
    brug = CLB.objects.create(naam="CLB \u00c9cole D\u2019Hondt", instellingsnummer="222222")
    for nummer, naam, bij in ((333333, "Sint\u2011Jozef", brug), (333334, "De Linde", clb)):
        School.objects.create(
            clb=bij,
            naam=naam,
            instellingsnummer=f"{nummer}",
            niveau="bao",
            gemeente="Lier",
            provincie="antwerpen",
        )
    Lidmaatschap.objects.create(
        user=zoe, school=School.objects.get(naam="Sint\u2011Jozef"), rol=Rol.LEZER
    )

    def look(model: str, zoek: str) -> list[str]:
        page = sts.get(reverse(f"admin:mensen_{model}_changelist"), {"q": zoek})
        return sorted(map(str, page.context["cl"].result_list))

    return look


@pytest.mark.parametrize(
    ("model", "zoek", "one"),
    [
        *(
            ("user", zoek, "Zo\u00eb D\u2019Hondt")
            for zoek in ("zoe", "d'hondt", "D\u2019HONDT", "ZOE@")
        ),
        *(("clb", zoek, "CLB \u00c9cole D\u2019Hondt") for zoek in ("ecole", "\u00c9COLE", "2222")),
        *(("school", zoek, "Sint\u2011Jozef") for zoek in ("sint-jozef", "jozef LIER", "333333")),
        *(
            (
                "lidmaatschap",
                zoek,
                "Zo\u00eb D\u2019Hondt: schoolbestuur (leest mee) (Sint\u2011Jozef)",
            )
            for zoek in ("sint-jozef", "zoe", "d'hondt jozef")
        ),
        ("lidmaatschap", "lien brug", "Lien: ankerfiguur (CLB De Brug)"),
    ],
)
def test_a_list_of_the_admin_is_searched_as_any_other(found, model, zoek, one):
    assert found(model, zoek) == [one]


def test_a_person_and_a_clb_are_chosen_by_the_same_search(sts, lien, clb):
    CLB.objects.create(naam="CLB \u00c9cole", instellingsnummer="222222")
    User.objects.create_user("zoe@test.be", None, naam="Zo\u00eb")

    def choices(field: str, zoek: str) -> list[str]:
        asked = {"app_label": "mensen", "model_name": "lidmaatschap", "field_name": field}
        found = sts.get(reverse("admin:autocomplete"), {**asked, "term": zoek}).json()
        return [one["text"] for one in found["results"]]

    assert choices("clb", "\u00c9COLE") == ["CLB \u00c9cole"]
    assert choices("user", "zoe") == ["Zo\u00eb"]


def test_every_search_of_the_admin_is_by_a_key():
    beheer = import_module("stsdialoog.admin_site").beheer
    searched = {
        name for admin in beheer._registry.values() for name in getattr(admin, "search_fields", ())
    }

    assert searched
    assert {name.rsplit("__", 2)[-2:][0] for name in searched} <= {
        *("zoeksleutel", "zoektekst", "record_id")
    }
    assert all(name.endswith("__contains") for name in searched)


def test_a_key_is_renewed_with_what_it_is_made_of(linde):
    linde.naam = "De Beuk"
    linde.save()

    assert School.objects.get(zoeksleutel__contains="beuk") == linde
