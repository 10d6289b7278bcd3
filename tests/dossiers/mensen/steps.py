"""An app with codes, as somebody has it on a telephone."""

import time
from datetime import timedelta

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from tests.conftest import PASSWORD
from tests.dossiers.mensen.logging_in import code_in


class App:
    def __init__(self, secret):
        self.secret = secret

    def code(self, *, at=None):
        """What it shows now, or at another moment (seconds since 1970)."""
        moment = int(time.time()) if at is None else at
        return format_hotp_value(hotp_value(self.secret, moment // app_settings.TOTP_PERIOD))


def give_app(user, *, since=timedelta(days=30)):
    """An app and recovery codes that somebody set up some time ago."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    made = timezone.now() - since
    Authenticator.objects.filter(user=user).update(created_at=made)
    return App(secret)


def recovery_codes_of(user):
    return Authenticator.objects.get(user=user, type="recovery_codes").wrap().get_unused_codes()


def first_step(browser, user, password=PASSWORD):
    return browser.post(reverse("account_login"), {"login": user.email, "password": password})


def log_in(browser, user, app, password=PASSWORD):
    """Both steps, as somebody does whose app shows a code that she did not use yet."""
    first_step(browser, user, password)
    cache.clear()
    return browser.post(reverse("mfa_authenticate"), {"code": app.code()})


def show_mailbox(browser, mailoutbox):
    """Type the code from one's mailbox, as who sets up her first second step is asked to."""
    page = reverse("mailbox-tonen")
    browser.post(page, {"knop": "mail"})
    return browser.post(page, {"code": code_in(mailoutbox.pop())})
