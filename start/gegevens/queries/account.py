"""An account itself: who it is, where it has a role, how it logs in, who was invited."""

from collections.abc import Iterator
from itertools import chain

from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q

from dossiers.aanmelden.domain.koppelingen import koppelingen_of
from dossiers.aanmelden.models import Lidmaatschapsvraag
from dossiers.mensen.domain.accounts import RECHTEN
from dossiers.mensen.models import (
    Bevestigingsmail,
    Herstelaanvraag,
    Lidmaatschap,
    Sessie,
    Uitnodiging,
    User,
    Verhuis,
    Vertrek,
)
from start.gegevens.queries.parts import Cell, Deel, Row, newest_first

Step = Authenticator.Type
STAPPEN = {
    Step.TOTP: "app met codes",
    Step.WEBAUTHN: "passkey",
    Step.RECOVERY_CODES: "herstelcodes",
}


def account(user: User) -> Deel:
    rechten = [str(User._meta.get_field(veld).verbose_name) for veld in RECHTEN]  # type: ignore[union-attr]
    has = [naam for veld, naam in zip(RECHTEN, rechten, strict=True) if getattr(user, veld)]
    row: dict[str, Cell] = {
        "naam": user.naam,
        "e-mailadres": user.email,
        "account sinds": user.sinds,
        "laatst ingelogd": user.last_login,
        "staat aan": "ja" if user.is_active else "nee",
        "heeft een wachtwoord": "ja" if user.has_usable_password() else "nee",
        "rechten in het beheer": ", ".join(has),
        "wordt gewist op": user.wissen_op,
        "verwittigd dat het lang niet gebruikt werd": user.gewaarschuwd_op,
        "gesprekken met ouders dicht sinds": user.gesprekken_dicht_sinds,
    }
    return Deel(
        "account",
        "Je account",
        "Van je wachtwoord is alleen een vingerafdruk bewaard, die niemand kan terugrekenen.",
        tuple(row),
        [tuple(row.values())],
    )


def rollen(user: User) -> Deel:
    found = Lidmaatschap.objects.filter(user=user).select_related("clb", "school")
    return Deel(
        "rollen",
        "Je rollen",
        "Ook die voorbij zijn.",
        ("rol", "waar", "van", "tot", "loopt tot en met", "bevestigd op"),
        (
            (
                lid.get_rol_display(),
                str(lid.school or lid.clb),
                lid.sinds,
                lid.actief_tot,
                lid.eindigt_op,
                lid.bevestigd_op,
            )
            for lid in found.order_by("sinds", "pk")
        ),
    )


def stappen(user: User) -> Deel:
    """Without what opens anything."""
    return Deel(
        "tweede-stap",
        "Je tweede stap om in te loggen",
        "De geheimen zelf staan hier niet bij: ze zijn versleuteld, en openen je account.",
        ("soort", "naam", "ingesteld op", "laatst gebruikt"),
        (
            (
                STAPPEN[Step(one.type)],
                one.wrap().name if one.type == Step.WEBAUTHN else "",
                one.created_at,
                one.last_used_at,
            )
            for one in Authenticator.objects.filter(user=user).order_by("created_at")
        ),
    )


def koppelingen(user: User) -> Deel:
    """Without the mark by which she is known there."""
    return Deel(
        "koppelingen",
        "Waarmee je nog inlogt",
        "De accounts van ACM/IDM, Microsoft of Google die je koppelde.",
        ("aanbieder", "heet daar", "gekoppeld op"),
        (
            (one.provider, one.extra_data.get("als", ""), one.date_joined)
            for one in koppelingen_of(user)
        ),
    )


def vragen(user: User) -> Deel:
    """Hers, and those she answered, without whose they were."""
    mine = Lidmaatschapsvraag.objects.filter(Q(user=user) | Q(door=user))
    return Deel(
        "vragen-om-een-plaats",
        "Vragen om een plaats",
        "Die je vroeg door elders in te loggen, en die je beantwoordde.",
        ("wat", "waar", "gevraagd op", "beantwoord op"),
        (
            (
                "zelf gevraagd" if one.user_id == user.pk else "beantwoord",
                str(one.plek),
                one.gevraagd_op,
                one.beantwoord_op,
            )
            for one in mine.select_related("school", "clb").order_by("gevraagd_op")
        ),
    )


def sessies(user: User) -> Deel:
    return Deel(
        "sessies",
        "Waar je ingelogd bent",
        "Je eigen toestel is wat je bij het inloggen zo noemde.",
        ("toestel", "ingelogd sinds", "laatst gebruikt", "eigen toestel"),
        (
            (one.toestel, one.sinds, one.laatst, "ja" if one.eigen_toestel else "nee")
            for one in Sessie.objects.filter(gebruiker=user).order_by("sinds")
        ),
    )


def wissel(user: User) -> Deel:
    """What she asked and agreed to about schools that move and CLB's that stop, and that she was
    asked who stays.
    """
    moves = Verhuis.objects.filter(Q(gevraagd_door=user) | Q(bevestigd_door=user))
    leaving = Vertrek.objects.filter(Q(gevraagd_door=user) | Q(bevestigd_door=user))
    mails = Bevestigingsmail.objects.filter(user=user).select_related("clb")
    return Deel(
        "scholen-en-mensen",
        "Scholen die verhuizen, en wie er nog werkt",
        "Wat je vroeg of bevestigde, en de mails die vroegen wie er nog werkt.",
        ("wat", "waar", "wanneer"),
        chain(
            (
                (
                    "verhuis gevraagd" if one.gevraagd_door_id == user.pk else "verhuis bevestigd",
                    str(one),
                    one.gevraagd_op,
                )
                for one in moves.select_related("school", "van", "naar").order_by("gevraagd_op")
            ),
            (
                (
                    "stoppen gevraagd" if one.gevraagd_door_id == user.pk else "stoppen bevestigd",
                    str(one),
                    one.gevraagd_op,
                )
                for one in leaving.select_related("clb").order_by("gevraagd_op")
            ),
            (
                ("mail over wie er nog werkt", str(one.clb), one.verstuurd_op)
                for one in mails.order_by("jaar", "nummer")
            ),
        ),
    )


def herstel(user: User) -> Deel:
    """Hers, and those of colleagues for whom she vouched, without who that is."""
    mine = Q(user=user) | Q(eerste=user) | Q(tweede=user)
    return Deel(
        "nieuwe-tweede-stap",
        "Vragen om een nieuwe tweede stap",
        "Wat je zelf vroeg, en wat je voor een collega bevestigde.",
        ("wat", "gevraagd op", "afgerond op", "gestopt op"),
        (
            (
                "zelf gevraagd" if one.user_id == user.pk else "voor een collega bevestigd",
                one.gemaakt_op,
                one.afgerond_op,
                one.gestopt_op,
            )
            for one in Herstelaanvraag.objects.filter(mine).order_by("gemaakt_op")
        ),
    )


def uitnodigingen(user: User) -> Deel:
    """Those to her address, and those she sent, without who that was to or from."""
    return Deel(
        "uitnodigingen",
        "Uitnodigingen",
        "Die je kreeg en die je verstuurde, tot een maand nadat ze voorbij waren. Wie de andere "
        "was, staat er niet bij.",
        ("wat", "school", "rol", "aangesproken als", "woord", "op", "vervalt op", "aanvaard op"),
        _uitnodigingen(user),
    )


def _uitnodigingen(user: User) -> Iterator[Row]:
    mine = Uitnodiging.objects.filter(Q(email=user.email) | Q(door=user)).select_related("school")
    for one in mine.order_by("gemaakt_op", "pk"):
        received = one.email == user.email
        yield (
            "gekregen" if received else "verstuurd",
            str(one.school),
            one.get_rol_display(),
            # Of somebody else, it is not hers.
            one.naam if received else "",
            one.woord if received or one.door_id == user.pk else "",
            one.gemaakt_op,
            one.vervalt_op,
            one.gebruikt_op,
        )


def beheer(user: User) -> Deel:
    """What she changed in the admin, and what was changed there of her; not whose, or by whom."""
    about = Q(content_type=ContentType.objects.get_for_model(User), object_id=str(user.pk))
    lines = LogEntry.objects.filter(about | Q(user=user)).select_related("content_type")
    return Deel(
        "beheer",
        "In het beheer",
        "Wat je er wijzigde, en wat er van je account gewijzigd werd. Nooit wat er stond.",
        ("wanneer", "wat", "hoe"),
        (
            (
                line.action_time,
                "jouw account" if line.object_id == str(user.pk) else str(line.content_type),
                line.get_change_message(),
            )
            for line in newest_first(lines, op="action_time")
        ),
    )
