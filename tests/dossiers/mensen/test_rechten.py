"""Three separate rights in the admin, none of them for oneself, and nothing of it unseen.

Bea is a superuser. Mats edits materials, Orla manages organisations, Hugo helps users. Lien is the
ankerfiguur of CLB De Brug, which works with De Linde; Karim is in the team of that school.
"""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from dossiers.logboek.models import Logregel
from dossiers.mensen.domain.accounts import change_account
from dossiers.mensen.domain.lidmaatschappen import NietVoorJezelf, add_ankerfiguur
from dossiers.mensen.domain.organisaties import change_school
from dossiers.mensen.models import CLB, Aankondiging, Lidmaatschap, Rol, School, User
from stsdialoog.mail import MailNietVerstuurd
from tests.dossiers.conftest import WACHTWOORD

pytestmark = pytest.mark.django_db

ORLA, HUGO = "Orla (orla@sts.be)", "Hugo (hugo@sts.be)"
KARIM, LIEN = "Karim (karim@delinde.be)", "Lien (lien@clb.be)"
MADE_TOM = f"{ORLA} maakte Tom (tom@elders.be) ankerfiguur van CLB De Brug."
RECHTEN = ("beheert_materialen", "beheert_organisaties", "helpt_gebruikers")
PEOPLE = ("user",)
PLACES = ("clb", "school", "lidmaatschap")
NIEUW = {
    "user": {"email": "eva@sts.be", "naam": "Eva", "is_active": "on"},
    "clb": {"naam": "CLB De Zee", "instellingsnummer": "114599"},
    "school": {
        "naam": "De Eik",
        "instellingsnummer": "012345",
        "niveau": "so",
        "gemeente": "Lier",
        "provincie": "antwerpen",
    },
}


def staff(naam: str, *rechten: str) -> User:
    flags = dict.fromkeys(rechten, True)
    email = f"{naam.lower()}@sts.be"
    return User.objects.create_user(email, WACHTWOORD, naam=naam, is_staff=True, **flags)


@pytest.fixture
def bea(db):
    return User.objects.create_superuser("bea@sts.be", WACHTWOORD, naam="Bea")


@pytest.fixture
def mats(db):
    return staff("Mats", "beheert_materialen")


@pytest.fixture
def orla(db):
    return staff("Orla", "beheert_organisaties")


@pytest.fixture
def hugo(db):
    return staff("Hugo", "helpt_gebruikers")


@pytest.fixture
def wim(db):
    """Somebody of the STS-team without any of the rights."""
    return staff("Wim")


@pytest.fixture
def veer(db):
    """The other CLB, with Vera as its ankerfiguur."""
    clb = CLB.objects.create(naam="CLB Het Veer", instellingsnummer="114513")
    vera = User.objects.create_user("vera@veer.be", WACHTWOORD, naam="Vera")
    Lidmaatschap.objects.create(user=vera, clb=clb, rol=Rol.ANKERFIGUUR)
    return clb


def url(model: str, what: str = "changelist", *args: object) -> str:
    app = "logboek" if model == "logregel" else "mensen"
    return reverse(f"admin:{app}_{model}_{what}", args=args)


def statuses(client) -> dict[str, tuple[int, int]]:
    """For each page: may she look at it, and does it have a form to add something."""
    return {
        model: (client.get(url(model)).status_code, client.get(url(model, "add")).status_code)
        for model in (*PEOPLE, *PLACES, "logregel")
    }


# --- Separate ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "people", "places", "log"),
    [
        ("wim", (403, 403), (403, 403), (403, 403)),
        ("mats", (403, 403), (403, 403), (403, 403)),
        # She has to find the person whom she gives a role.
        ("orla", (200, 403), (200, 200), (200, 403)),
        ("hugo", (200, 200), (403, 403), (200, 403)),
        ("bea", (200, 200), (200, 200), (200, 403)),
    ],
)
def test_each_right_opens_its_own_pages(client, request, linde, who, people, places, log):
    client.force_login(request.getfixturevalue(who))
    expected = dict.fromkeys(PEOPLE, people) | dict.fromkeys(PLACES, places) | {"logregel": log}
    assert statuses(client) == expected
    assert client.get(reverse("admin:materialen_materiaalversie_changelist")).status_code == 200


@pytest.mark.parametrize("right", RECHTEN)
def test_a_right_without_the_admin_is_no_right(client, right):
    user = User.objects.create_user("x@sts.be", WACHTWOORD, naam="X", **{right: True})
    client.force_login(user)
    assert {look for look, _ in statuses(client).values()} <= {302, 403}
    assert client.get(reverse("admin:index")).status_code in (302, 403)


@pytest.mark.parametrize(("who", "writes"), [("orla", PLACES[:2]), ("hugo", PEOPLE), ("mats", ())])
def test_what_she_may_not_is_not_written_either(client, request, clb, linde, karim, who, writes):
    client.force_login(request.getfixturevalue(who))
    before = {model: model.objects.count() for model in (User, CLB, School)}
    for model, typed in NIEUW.items():
        client.post(url(model, "add"), typed | ({"clb": clb.pk} if model == "school" else {}))
    made = {
        model._meta.model_name for model, count in before.items() if model.objects.count() > count
    }
    assert made == set(writes)

    record = {"user": karim, "clb": clb, "school": linde}
    for model, one in record.items():
        own = {name: getattr(one, name, "") for name in ("email", "instellingsnummer")}
        typed = NIEUW[model] | own | {"naam": "X", "clb": clb.pk}
        client.post(url(model, "change", one.pk), typed)
        one.refresh_from_db()
        assert (one.naam == "X") == (model in writes), model


# --- Not for oneself -----------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["orla", "bea"])
def test_nobody_makes_herself_an_ankerfiguur(client, request, clb, lien, mailoutbox, who):
    user = request.getfixturevalue(who)
    client.force_login(user)
    answer = client.post(url("lidmaatschap", "add"), {"user": user.pk, "clb": clb.pk})
    assert answer.status_code == 403
    assert "vraag het aan een collega" in answer.text
    assert not Lidmaatschap.objects.filter(user=user).exists()
    with pytest.raises(NietVoorJezelf):
        add_ankerfiguur(clb=clb, user=user, door=user)
    assert not mailoutbox


def test_nobody_brings_a_school_to_a_clb_of_her_own(client, orla, linde, lien, veer):
    lid = Lidmaatschap.objects.create(user=orla, clb=veer, rol=Rol.ANKERFIGUUR)
    client.force_login(orla)
    typed = {**NIEUW["school"], "instellingsnummer": "037804", "clb": veer.pk}
    assert client.post(url("school", "change", linde.pk), typed).status_code == 403
    linde.refresh_from_db()
    assert linde.clb != veer
    assert not Logregel.objects.exists()

    lid.delete()
    assert client.post(url("school", "change", linde.pk), typed).status_code == 302
    linde.refresh_from_db()
    assert linde.clb == veer


@pytest.mark.parametrize("right", ["is_staff", *RECHTEN])
def test_rights_are_given_by_a_superuser_and_not_to_herself(client, bea, hugo, mats, right):
    client.force_login(hugo)
    for user in (hugo, mats, bea):
        before = getattr(user, right)
        client.post(
            url("user", "change", user.pk),
            {"email": user.email, "naam": user.naam, "is_active": "on", right: "on"},
        )
        user.refresh_from_db()
        assert getattr(user, right) == before
    client.force_login(bea)
    for user in (bea, mats):
        client.post(
            url("user", "change", user.pk),
            {"email": user.email, "naam": "Iemand", "is_active": "on", right: "on"},
        )
        user.refresh_from_db()
        assert user.naam == "Iemand"
    assert getattr(mats, right)
    assert bea.is_staff
    assert not any(getattr(bea, one) for one in RECHTEN)
    setattr(bea, right, not getattr(bea, right))
    with pytest.raises(NietVoorJezelf):
        change_account(user=bea, door=bea)


@pytest.mark.parametrize("who", ["mats", "orla", "wim", "hugo"])
def test_a_helper_gets_no_rights_by_the_address_of_who_has_them(client, request, hugo, who):
    user = request.getfixturevalue(who)
    client.force_login(hugo)
    page = client.get(url("user", "change", user.pk)).text
    assert 'name="email"' not in page
    assert "Met een ander adres kan iemand anders inloggen" in page
    typed = {"email": "mijn@adres.be", "naam": "N", "is_active": "on"}
    client.post(url("user", "change", user.pk), typed)
    user.refresh_from_db()
    assert user.email == f"{who}@sts.be"
    assert user.naam == "N"


# --- Not unseen ----------------------------------------------------------------------------------


def sent(mailoutbox) -> list[tuple[str, str]]:
    """To whom something was announced, and what."""
    announced = [one for one in mailoutbox if "wie in de dossiers" in one.subject]
    lines = [(one.to[0], one.body.split("\n\n")[1]) for one in announced]
    mailoutbox.clear()
    return sorted(lines)


def sees(client, user: User) -> list[str]:
    """The sentences on the page of an ankerfiguur, newest first."""
    client.force_login(user)
    page = client.get(reverse("toegang")).text
    return [part.split("</span>")[0] for part in page.split("<span>")[1:] if "</time>" in part]


@pytest.fixture
def at_once(django_capture_on_commit_callbacks):
    """Runs what waits for the end of a transaction."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def test_a_new_ankerfiguur_is_told_to_those_there_are(
    client, orla, clb, linde, lien, tom, veer, mailoutbox, at_once
):
    client.force_login(orla)
    with at_once():
        client.post(url("lidmaatschap", "add"), {"user": tom.pk, "clb": clb.pk})

    zin = MADE_TOM
    assert sent(mailoutbox) == [("lien@clb.be", zin)]
    assert sees(client, lien) == [zin]
    assert sees(client, User.objects.get(naam="Vera")) == []


@pytest.mark.parametrize(
    ("contact", "said"),
    [
        ("", "Laat het dan meteen weten aan het STS-team."),
        ("veilig@sts.be", "Laat het dan meteen weten aan het STS-team: veilig@sts.be."),
    ],
)
def test_who_is_told_reads_whom_to_ask(
    client, orla, clb, lien, tom, mailoutbox, at_once, settings, contact, said
):
    settings.SECURITY_CONTACT = contact
    with at_once():
        add_ankerfiguur(clb=clb, user=tom, door=orla)
    client.force_login(lien)

    assert said in mailoutbox[0].body
    assert said in client.get(reverse("toegang")).text


def test_the_first_ankerfiguur_of_a_clb_goes_to_the_log(
    client, orla, tom, clb, mailoutbox, at_once
):
    with at_once():
        add_ankerfiguur(clb=clb, user=tom, door=orla)
    assert sent(mailoutbox) == []
    assert sees(client, tom) == [MADE_TOM]


def test_who_is_put_aside_in_the_admin_hears_of_it(
    client, orla, clb, linde, lien, karim, mailoutbox, at_once
):
    """Otherwise one could first end the roles of who would be told."""
    client.force_login(orla)
    for user in (karim, lien):
        lid = Lidmaatschap.objects.get(user=user)
        with at_once():
            typed = {"action": "end", "_selected_action": [lid.pk]}
            client.post(url("lidmaatschap"), typed)
            client.post(url("lidmaatschap"), typed)

    school = f"{ORLA} beëindigde de rol van {KARIM} als schoolteam van Basisschool De Linde."
    eigen = f"{ORLA} beëindigde de rol van {LIEN} als ankerfiguur van CLB De Brug."
    assert sent(mailoutbox) == [("lien@clb.be", school), ("lien@clb.be", eigen)]
    assert Aankondiging.objects.filter(clb=clb).count() == 2


def test_an_ankerfiguur_who_ends_a_role_herself_needs_no_mail(
    client, lien, karim, mailoutbox, at_once
):
    client.force_login(lien)
    lid = Lidmaatschap.objects.get(user=karim)
    with at_once():
        client.post(reverse("lidmaatschap-beeindigen", args=[lid.pk]))
    assert Logregel.objects.get().handeling == "lidmaatschap-beeindigd"
    assert sent(mailoutbox) == []
    assert sees(client, lien) == []


def test_a_school_that_goes_to_another_clb_is_told_to_both(
    client, orla, linde, lien, veer, mailoutbox, at_once
):
    linde.clb, linde.naam = veer, "De Linde"
    with at_once():
        change_school(school=linde, door=orla)

    zin = f"{ORLA} bracht De Linde van het ene CLB naar het andere: CLB De Brug en CLB Het Veer."
    assert sent(mailoutbox) == [("lien@clb.be", zin), ("vera@veer.be", zin)]
    for user in (lien, User.objects.get(naam="Vera")):
        assert sees(client, user) == [zin]


def test_another_name_of_a_school_is_no_news(client, orla, linde, lien, mailoutbox, at_once):
    linde.naam = "De Linde"
    with at_once():
        change_school(school=linde, door=orla)
    assert sent(mailoutbox) == []
    assert sees(client, lien) == []


@pytest.mark.parametrize(
    ("typed", "zinnen"),
    [
        (
            {"email": "k@delinde.be"},
            [f"{HUGO} wijzigde het adres waarmee {KARIM} inlogt in k@delinde.be."],
        ),
        ({"is_active": ""}, [f"{HUGO} zette het account van {KARIM} uit."]),
        (
            {"naam": "Karim B."},
            [f"{HUGO} gaf het account van {KARIM} een andere naam: Karim B.."],
        ),
        # The new name alone would tell nobody whose account it is.
        (
            {"naam": "Testaccount", "email": "boef@boef.be"},
            [
                f"{HUGO} gaf het account van {KARIM} een andere naam: Testaccount.",
                f"{HUGO} wijzigde het adres waarmee {KARIM} inlogt in boef@boef.be.",
            ],
        ),
    ],
)
def test_another_way_in_is_told(
    client, hugo, lien, karim, veer, mailoutbox, at_once, typed, zinnen
):
    client.force_login(hugo)
    data = {"email": karim.email, "naam": karim.naam, "is_active": "on"}
    with at_once():
        client.post(url("user", "change", karim.pk), data | typed)
    assert sent(mailoutbox) == [("lien@clb.be", zin) for zin in zinnen]
    assert sees(client, lien) == zinnen[::-1]
    assert sees(client, User.objects.get(naam="Vera")) == []


def test_an_account_that_is_turned_on_again_is_told(client, hugo, lien, karim, mailoutbox, at_once):
    User.objects.filter(pk=karim.pk).update(is_active=False)
    client.force_login(hugo)
    with at_once():
        data = {"email": karim.email, "naam": karim.naam, "is_active": "on"}
        client.post(url("user", "change", karim.pk), data)
    zin = f"{HUGO} zette het account van {KARIM} weer aan."
    assert sent(mailoutbox) == [("lien@clb.be", zin)]
    assert sees(client, lien) == [zin]


def test_who_can_get_at_nothing_is_no_news(client, hugo, lien, tom, mailoutbox, at_once):
    client.force_login(hugo)
    with at_once():
        data = {"email": "t@elders.be", "naam": tom.naam, "is_active": "on"}
        client.post(url("user", "change", tom.pk), data)
    assert Logregel.objects.get().handeling == "email-gewijzigd"
    assert sent(mailoutbox) == []


def test_another_address_of_an_ankerfiguur_is_told_at_the_old_one(
    client, bea, lien, mailoutbox, at_once
):
    client.force_login(bea)
    with at_once():
        data = {"email": "b@sts.be", "naam": lien.naam, "is_active": "on"}
        client.post(url("user", "change", lien.pk), data)
    assert sent(mailoutbox) == [
        ("lien@clb.be", f"Bea (bea@sts.be) wijzigde het adres waarmee {LIEN} inlogt in b@sts.be.")
    ]


def test_what_was_said_stays_as_it_was_said(client, orla, hugo, clb, lien, tom, at_once):
    """Whoever helps users cannot make a colleague of an account that she gave a role."""
    add_ankerfiguur(clb=clb, user=tom, door=orla)
    for user in (User.objects.get(pk=tom.pk), User.objects.get(pk=orla.pk)):
        user.naam = "Nadia"
        change_account(user=user, door=hugo)

    *_, made = sees(client, lien)
    assert made == MADE_TOM


def test_another_name_of_somebody_in_the_admin_is_logged(client, hugo):
    hugo.naam = "Nadia"
    change_account(user=hugo, door=hugo)

    assert Logregel.objects.get().handeling == "naam-gewijzigd"


def test_a_mail_that_does_not_leave_undoes_nothing(
    client, orla, clb, lien, tom, monkeypatch, at_once
):
    def no_server(**_: object) -> None:
        raise MailNietVerstuurd

    monkeypatch.setattr("stsdialoog.mail.send_mail", no_server)
    with at_once():
        add_ankerfiguur(clb=clb, user=tom, door=orla)
    assert sees(client, lien) == [MADE_TOM]


def test_a_clb_that_is_made_or_changed_is_logged(client, orla, clb):
    client.force_login(orla)
    client.post(url("clb", "add"), NIEUW["clb"])
    client.post(url("clb", "change", clb.pk), {"naam": "CLB X", "instellingsnummer": "114512"})
    new = CLB.objects.get(naam="CLB De Zee")
    lines = Logregel.objects.order_by("pk").values_list("handeling", "record_id", "door__naam")
    assert list(lines) == [
        ("clb-toegevoegd", str(new.pk), "Orla"),
        ("clb-gewijzigd", str(clb.pk), "Orla"),
    ]


def test_the_page_of_changes_costs_the_same_however_many(
    client, orla, clb, lien, django_assert_num_queries
):
    def more(count: int) -> None:
        for _ in range(count):
            number = User.objects.count()
            user = User.objects.create_user(f"u{number}@x.be", WACHTWOORD, naam=f"U{number}")
            add_ankerfiguur(clb=clb, user=user, door=orla)

    more(1)
    client.force_login(lien)
    with django_assert_num_queries(5):
        client.get(reverse("toegang"))
    more(5)
    with django_assert_num_queries(5):
        client.get(reverse("toegang"))


def test_a_school_person_has_no_such_page(client, karim):
    client.force_login(karim)
    assert client.get(reverse("toegang")).status_code == 403
    assert issubclass(NietVoorJezelf, PermissionDenied)
