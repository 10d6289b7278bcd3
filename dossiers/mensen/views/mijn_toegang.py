"""How one logs in: the second steps of one's own account, and colleagues who lost theirs."""

from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dossiers.mensen.domain.herstel import requests_for
from dossiers.mensen.domain.tweede_stap import (
    STEPS,
    has_second_step,
    needs_second_step,
    passkey_name,
)
from dossiers.mensen.requests import UserRequest

Step = Authenticator.Type


@dataclass(frozen=True)
class Passkey:
    naam: str
    sinds: datetime
    sleutel: str


@require_safe
def mijn_toegang(request: UserRequest) -> HttpResponse:
    steps = list(Authenticator.objects.filter(user=request.user).order_by("created_at"))
    codes = next((one for one in steps if one.type == Step.RECOVERY_CODES), None)
    has_step = any(one.type in STEPS for one in steps)
    context = {
        "app": next((one for one in steps if one.type == Step.TOTP), None),
        "passkeys": [
            Passkey(one.wrap().name, one.created_at, passkey_name(one))
            for one in steps
            if one.type == Step.WEBAUTHN
        ],
        "herstelcodes": len(codes.wrap().get_unused_codes()) if codes else 0,
        "heeft_stap": has_step,
        "moet": needs_second_step(request.user) and not has_second_step(request.user),
        "dicht": request.user.gesprekken_dicht_sinds,
        "vragen": requests_for(request.user) if has_step else [],
    }
    return render(request, "mfa/index.html", context)
