"""Links for the board: one document for one address, until a day. None of their keys is kept."""

import hashlib
import secrets
from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from dossiers.domain import hold_open
from dossiers.logboek.domain import log, place_of
from dossiers.logboek.models import Logregel
from dossiers.mensen.models import User
from preventieplan.bestuur.models import Bestuurslink, VastgesteldeRoutekaart
from stsdialoog import mail
from stsdialoog.counters.limits import take
from stsdialoog.counters.mailed import mailed_in_a_day
from stsdialoog.small_steps import midnight
from stsdialoog.text import address

SLEUTEL_BYTES = 32
# From today, in days.
DAGEN, MAX_DAGEN = 30, 90
# In a day.
MOST_BY_ONE, MOST_TO_ONE = 20, 3
DAY = 24 * 3600  # seconds
# So long one can still see why a link does nothing any more.
BEWAARD_NA_EINDE = timedelta(days=30)
STEP = 500  # links
JIJ_VANDAAG = f"Je maakte vandaag al {MOST_BY_ONE} links. Maak de andere morgen."
DEZE_VANDAAG = (
    f"Dit adres kreeg vandaag al {MOST_TO_ONE} links. Vraag of ze bij de ongewenste mail zitten, "
    "of probeer het morgen."
)


class HeeftAlEenLink(Exception):
    """The address has an open link to this routekaart."""


class TeVeelLinks(Exception):
    """As many links as one may make or get in a day; its text says which, and what to do."""


class LinkVoorbij(Exception):
    """The link was revoked, its last day has passed, or its dossier is gone."""


@transaction.atomic
def make_link(
    *, kaart: VastgesteldeRoutekaart, email: str, functie: str, tot: date, door: User
) -> tuple[Bestuurslink, str]:
    """Make a link. Returns it with its key, which is stored nowhere: only the mail has it.

    functie: what the member of the board is. tot: the last day on which it opens anything.
    Raises HeeftAlEenLink, TeVeelLinks, and DossierAfgesloten.
    """
    hold_open(_dossier_of(kaart))
    email = address(email)
    _check_not_too_many(email=email, door=door)
    for ended in kaart.links.filter(email=email, ingetrokken_op__isnull=True):
        if not is_over(ended):
            raise HeeftAlEenLink
        Bestuurslink.objects.filter(pk=ended.pk).update(ingetrokken_op=timezone.now())
    sleutel = secrets.token_urlsafe(SLEUTEL_BYTES)
    try:
        with transaction.atomic():
            link = Bestuurslink.objects.create(
                kaart=kaart,
                functie=functie,
                email=email,
                sleutel_digest=digest_of(sleutel),
                door=door,
                tot=tot,
            )
    except IntegrityError as error:
        raise HeeftAlEenLink from error
    log(
        door=door,
        handeling=Logregel.Handeling.BESTUURSLINK_GEMAAKT,
        record=link,
        place=place_of(kaart),
    )
    return link, sleutel


@transaction.atomic
def renew_key(*, link: Bestuurslink, door: User) -> str:
    """Give a link another key, for a mail that did not arrive; the one of before opens nothing.

    Raises LinkVoorbij, TeVeelLinks, and DossierAfgesloten.
    """
    hold_open(_dossier_of(link.kaart))
    _check_not_too_many(email=link.email, door=door)
    # The same link counts there once, however often it is mailed.
    if not take(f"bestuur:opnieuw:{link.email}", amount=MOST_TO_ONE, seconds=DAY):
        raise TeVeelLinks(DEZE_VANDAAG)
    sleutel = secrets.token_urlsafe(SLEUTEL_BYTES)
    renewed = _open_now().filter(pk=link.pk)
    made = {"sleutel_digest": digest_of(sleutel), "gemaakt_op": timezone.now()}
    if not renewed.update(**made, code_digest="", code_tot=None):
        raise LinkVoorbij
    log(
        door=door,
        handeling=Logregel.Handeling.BESTUURSLINK_GEMAAKT,
        record=link,
        place=place_of(link.kaart),
    )
    return sleutel


@transaction.atomic
def revoke_link(*, link: Bestuurslink, door: User) -> bool:
    """Let a link open nothing any more, also in a closed dossier. False when it did not already."""
    revoked = (
        _open_now()
        .filter(pk=link.pk)
        .update(ingetrokken_op=timezone.now(), code_digest="", code_tot=None)
    )
    if revoked:
        log(
            door=door,
            handeling=Logregel.Handeling.BESTUURSLINK_INGETROKKEN,
            record=link,
            place=place_of(link.kaart),
        )
    return bool(revoked)


def send_link(*, link: Bestuurslink, sleutel: str) -> None:
    """Mail a link. Raises MailNietVerstuurd; the link itself is kept."""
    mail.send_mail(
        to=link.email,
        template="bestuur/mail/link",
        context={
            "link": link,
            "school": link.kaart.school,
            "adres": mail.absolute_url("bestuur", sleutel=sleutel),
        },
    )


def find_link(*, sleutel: str) -> Bestuurslink | None:
    """The link with this key, over or not, with its routekaart but for what that holds."""
    found = Bestuurslink.objects.filter(sleutel_digest=digest_of(sleutel))
    return (
        found.select_related("kaart__school", "kaart__dossier", "door")
        .defer("kaart__document")
        .first()
    )


def is_over(link: Bestuurslink) -> bool:
    return bool(
        link.ingetrokken_op or link.tot < timezone.localdate() or link.kaart.dossier is None
    )


def note_opened(*, link: Bestuurslink) -> None:
    """Note the day on which a link was first opened, and nothing else."""
    if link.geopend_op is None:
        Bestuurslink.objects.filter(pk=link.pk, geopend_op__isnull=True).update(
            geopend_op=timezone.localdate()
        )


def long_ended(op: date) -> QuerySet[Bestuurslink]:
    """The links that ended long enough before a day, and still have an address."""
    last = op - BEWAARD_NA_EINDE
    return Bestuurslink.objects.filter(
        Q(tot__lt=last) | Q(ingetrokken_op__lt=midnight(last)), sleutel_digest__isnull=False
    )


def forget_addresses(*, op: date) -> Iterator[int]:
    """Take the address and the key of those away; yields after each step how many."""
    while keys := list(long_ended(op).values_list("pk", flat=True)[:STEP]):
        yield Bestuurslink.objects.filter(pk__in=keys).update(
            email="", sleutel_digest=None, code_digest="", code_tot=None
        )


def digest_of(sleutel: str) -> str:
    return hashlib.sha256(sleutel.encode()).hexdigest()


def _open_now() -> QuerySet[Bestuurslink]:
    return Bestuurslink.objects.filter(ingetrokken_op__isnull=True, tot__gte=timezone.localdate())


def _dossier_of(kaart: VastgesteldeRoutekaart) -> UUID:
    # It came through the door of its dossier.
    assert kaart.dossier_id is not None  # noqa: S101
    return kaart.dossier_id


def _check_not_too_many(*, email: str, door: User) -> None:
    mailed = mailed_in_a_day(Bestuurslink.objects.all(), door=door, email=email)
    if mailed.by_one >= MOST_BY_ONE:
        raise TeVeelLinks(JIJ_VANDAAG)
    if mailed.to_one >= MOST_TO_ONE:
        raise TeVeelLinks(DEZE_VANDAAG)
