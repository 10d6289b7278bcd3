"""CLB staff who join and leave, and what happens to their talks: shared, left behind, moved."""

from datetime import timedelta

import pytest
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from dialoogfiches.oudergesprekken.access import get_clb_dossier_or_404, get_oudergesprek_or_404
from dialoogfiches.oudergesprekken.domain.oudergesprekken import share
from dialoogfiches.oudergesprekken.domain.retention import purge_left_behind
from dialoogfiches.oudergesprekken.models import Deling, Oudergesprek
from dossiers.domain import close_dossier
from dossiers.logboek.models import Logregel
from dossiers.mensen.access import Recht
from dossiers.mensen.domain.lidmaatschappen import end_lidmaatschap, give_rol
from dossiers.mensen.models import Lidmaatschap, Rol, User
from stsdialoog.wislijst import WACHTTIJD
from tests.conftest import Huis, make_user
from tests.dialoogfiches.oudergesprekken.ouders import DIT, make_gesprek, url, write

pytestmark = pytest.mark.django_db

NOTITIE = "oudernotitie-thuis-r01-tekst"


@pytest.fixture
def gesprek(huis) -> Oudergesprek:
    return make_gesprek(huis)


@pytest.fixture
def karim(huis) -> User:
    """Karim, who also follows Sint-Jozef for the CLB."""
    karim = make_user("Karim")
    give_rol(user=karim, school=huis.school, rol=Rol.CLB_MEDEWERKER)
    return karim


@pytest.fixture
def lijst(huis) -> str:
    return reverse("oudergesprekken", args=[huis.dossier.pk])


@pytest.fixture
def achtergebleven(huis) -> str:
    return reverse("oudergesprekken-achtergebleven", args=[huis.dossier.pk])


@pytest.fixture
def at_once(django_capture_on_commit_callbacks):
    """Mails leave once it is certain that something happened; here, at the end of a block."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def leaves(user: User, huis: Huis) -> None:
    running = Lidmaatschap.objects.get(user=user, actief_tot__isnull=True)
    end_lidmaatschap(lidmaatschap=running, door=huis.ankerfiguur)


def status(als, user, gesprek, name="oudergesprek") -> int:
    return als(user).get(url(gesprek, name)).status_code


# --- sharing -----------------------------------------------------------------------------------
def test_who_left_and_comes_back_has_to_be_let_in_again(als, huis, gesprek, karim, lijst):
    share(oudergesprek=gesprek, met=karim, door=huis.medewerker)
    marie, delen = als(huis.medewerker), url(gesprek, "oudergesprek-delen")
    assert "Alleen jij en Karim zien dit" in marie.get(url(gesprek)).text
    leaves(karim, huis)

    # No page says that he still has access.
    for page in (url(gesprek), lijst, delen):
        assert "Karim" not in marie.get(page).text
    assert "Alleen jij ziet dit" in marie.get(url(gesprek)).text
    give_rol(user=karim, school=huis.school, rol=Rol.CLB_MEDEWERKER)
    assert status(als, karim, gesprek) == 404
    assert "Kolibrie" not in als(karim).get(lijst).text
    assert "Alleen jij ziet dit" in marie.get(url(gesprek)).text

    assert marie.post(delen, {"met": str(karim.pk)}).status_code == 302
    assert status(als, karim, gesprek) == 200
    assert Deling.objects.count() == 1
    assert Logregel.objects.filter(handeling="oudergesprek-gedeeld").count() == 2


def test_who_got_a_part_in_the_school_is_not_among_who_sees_it(als, huis, gesprek, karim, lijst):
    share(oudergesprek=gesprek, met=huis.ankerfiguur, door=huis.medewerker)
    marie = als(huis.medewerker)
    assert "gedeeld met An" in marie.get(lijst).text
    Lidmaatschap.objects.create(user=huis.ankerfiguur, school=huis.school, rol=Rol.LEZER)

    assert "gedeeld met An" not in marie.get(lijst).text
    assert "Alleen jij ziet dit" in marie.get(url(gesprek)).text


# --- left behind -------------------------------------------------------------------------------
def test_when_the_author_left_who_it_is_shared_with_decides(als, huis, gesprek, karim):
    share(oudergesprek=gesprek, met=karim, door=huis.medewerker)
    assert status(als, karim, gesprek, "oudergesprek-wissen") == 403
    leaves(huis.medewerker, huis)

    zijn = als(karim)
    for name in ("delen", "vrijgeven", "wissen"):
        assert zijn.get(url(gesprek, f"oudergesprek-{name}")).status_code == 200
    assert "Alleen jij ziet dit" in zijn.get(url(gesprek)).text
    sooner = timezone.localdate() + timedelta(days=30)
    assert write(zijn, gesprek, f"{DIT}-wissen_op", sooner.isoformat(), 1).status_code == 200
    zijn.post(url(gesprek, "oudergesprek-delen"), {"met": str(huis.ankerfiguur.pk)})
    assert status(als, huis.ankerfiguur, gesprek, "oudergesprek-wissen") == 200
    assert zijn.post(url(gesprek, "oudergesprek-wissen")).status_code == 302
    assert not Oudergesprek.objects.exists()


def test_an_author_whose_account_is_closed_has_left_too(als, huis, gesprek, karim):
    share(oudergesprek=gesprek, met=karim, door=huis.medewerker)
    User.objects.filter(pk=huis.medewerker.pk).update(is_active=False)

    assert status(als, karim, gesprek, "oudergesprek-wissen") == 200


def test_a_closed_account_opens_no_talk_and_no_list(gesprek, huis):
    """Whatever let it this far: its sessions ended when it was closed."""
    User.objects.filter(pk=huis.medewerker.pk).update(is_active=False)

    with pytest.raises(Http404):
        get_oudergesprek_or_404(user=huis.medewerker, pk=gesprek.pk)
    with pytest.raises(Http404):
        get_clb_dossier_or_404(user=huis.medewerker, pk=huis.dossier.pk, recht=Recht.LEZEN)


def test_of_what_is_left_behind_an_ankerfiguur_sees_only_how_many(
    als, huis, gesprek, karim, lijst, achtergebleven
):
    make_gesprek(huis, "Ster")
    shared = make_gesprek(huis, "Maan")
    share(oudergesprek=shared, met=karim, door=huis.medewerker)
    Oudergesprek.objects.filter(pk=gesprek.pk).update(wissen_op="2027-02-03")
    an = als(huis.ankerfiguur)
    assert "Achtergebleven" not in an.get(lijst).text
    assert "Geen achtergebleven gesprekken" in an.get(achtergebleven).text
    leaves(huis.medewerker, huis)

    for page in (lijst, achtergebleven):
        text = an.get(page).text
        assert "2 gesprekken kunnen door niemand meer geopend worden" in text
        assert "Vanaf 3 februari 2027" in text
        for secret in ("Kolibrie", "Ster", "Maan", "Marie", str(gesprek.pk)):
            assert secret not in text
    assert "Achtergebleven" not in als(karim).get(lijst).text
    assert als(karim).get(achtergebleven).status_code == 403
    # The colleague it was shared with leaves too, and does not regain access on returning.
    leaves(karim, huis)
    give_rol(user=karim, school=huis.school, rol=Rol.CLB_MEDEWERKER)
    assert "3 gesprekken" in an.get(lijst).text


def test_an_ankerfiguur_deletes_blind_what_is_left_behind(
    als, huis, ander_huis, gesprek, karim, achtergebleven, settings, mailoutbox, at_once
):
    day = timezone.localdate() + WACHTTIJD
    shared, hers = make_gesprek(huis, "Maan"), make_gesprek(ander_huis, "Zon")
    share(oudergesprek=shared, met=karim, door=huis.medewerker)
    leaves(huis.medewerker, huis)
    leaves(ander_huis.medewerker, ander_huis)
    # Also without the encryption key, and in a closed dossier.
    settings.OUDERGESPREK_SLEUTELS = ["ZWVuLWFuZGVyZS1zbGV1dGVsLXZvb3ItZGUtdGVzdC4="]
    close_dossier(dossier=huis.dossier, door=huis.ankerfiguur)
    an = als(huis.ankerfiguur)

    assert als(karim).post(achtergebleven, {"aantal": "1"}).status_code == 403
    for wrong in ("0", "2", "", "rommel"):
        assert an.post(achtergebleven, {"aantal": wrong}).url == achtergebleven
    assert set(Oudergesprek.objects.values_list("pk", flat=True)) == {
        gesprek.pk,
        shared.pk,
        hers.pk,
    }
    with at_once():
        an.post(achtergebleven, {"aantal": "1"})
    # Nothing goes at once: who wrote it hears of it, by no more than the school.
    assert gesprek in Oudergesprek.objects.only("pk")
    (told,) = mailoutbox
    assert told.to == [huis.medewerker.email]
    assert date_format(day, "j F Y") in told.body
    assert "Kolibrie" not in told.body
    assert sum(purge_left_behind(op=day - timedelta(days=1))) == 0
    assert sum(purge_left_behind(op=day)) == 1

    assert set(Oudergesprek.objects.values_list("pk", flat=True)) == {shared.pk, hers.pk}
    line = Logregel.objects.get(handeling="oudergesprek-gewist")
    assert (line.door, line.record_id, line.clb_id) == (None, str(gesprek.pk), huis.clb.pk)
    line = Logregel.objects.get(handeling="oudergesprek-wissen-gevraagd")
    assert (line.door, line.record_id) == (huis.ankerfiguur, str(gesprek.pk))


def test_what_is_left_behind_is_kept_when_somebody_takes_it_back(
    als, huis, gesprek, achtergebleven, mailoutbox, at_once
):
    day = timezone.localdate() + WACHTTIJD
    leaves(huis.medewerker, huis)
    an = als(huis.ankerfiguur)
    an.get(achtergebleven)
    an.post(achtergebleven, {"aantal": "1"})
    page = an.get(achtergebleven).text
    assert f"1 gesprek wordt gewist vanaf {date_format(day, 'j F Y')}" in page
    assert "over 30 dagen</button>" not in page

    with at_once():
        an.post(achtergebleven, {"terug": "1"})

    assert [mail.to for mail in mailoutbox] == [[huis.medewerker.email]]
    assert "ze blijven tot hun eigen dag" in mailoutbox[0].body
    assert sum(purge_left_behind(op=day)) == 0
    assert gesprek in Oudergesprek.objects.only("pk")
    kinds = Logregel.objects.filter(record_id=str(gesprek.pk)).order_by("pk")
    assert list(kinds.values_list("handeling", flat=True))[-2:] == [
        "oudergesprek-wissen-gevraagd",
        "oudergesprek-wissen-terug",
    ]


def test_what_is_left_behind_is_kept_when_its_author_comes_back(als, huis, gesprek, achtergebleven):
    day = timezone.localdate() + WACHTTIJD
    leaves(huis.medewerker, huis)
    an = als(huis.ankerfiguur)
    an.get(achtergebleven)
    an.post(achtergebleven, {"aantal": "1"})
    give_rol(user=huis.medewerker, school=huis.school, rol=Rol.CLB_MEDEWERKER)

    assert sum(purge_left_behind(op=day)) == 0
    # And when she leaves once more, it is not gone that very night.
    leaves(huis.medewerker, huis)
    assert sum(purge_left_behind(op=day)) == 0
    assert gesprek in Oudergesprek.objects.only("pk")
