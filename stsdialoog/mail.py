"""The only module that sends mail: plain text, in Dutch, with links based on SITE_URL."""

import logging
from collections.abc import Mapping
from smtplib import SMTPException, SMTPServerDisconnected
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from stsdialoog.metrics import mails

logger = logging.getLogger(__name__)


class MailNietVerstuurd(Exception):
    """The mail server could not be reached, or refused the mail."""


class MailserverWeg(MailNietVerstuurd):
    """The mail server could not be reached: another mail would not leave either."""


def send_mail(*, to: str, template: str, context: Mapping[str, Any]) -> None:
    """Send a mail to one address.

    template: the common prefix of two template names, which end in _subject.txt and _message.txt.
    Raises MailNietVerstuurd when the mail server refuses it or cannot be reached.
    """
    context = {**context, "site_url": settings.SITE_URL}
    # A line break in the subject would start another header.
    subject = " ".join(render_to_string(f"{template}_subject.txt", context).split())
    message = EmailMessage(
        subject=settings.ACCOUNT_EMAIL_SUBJECT_PREFIX + subject,
        body=render_to_string(f"{template}_message.txt", context).strip() + "\n",
        to=[to],
    )
    try:
        message.send()
    except (SMTPException, OSError) as error:
        # The error message holds the address, which must not reach the log or a traceback.
        logger.error("mail %s not sent: %s", template, type(error).__name__)
        mails.labels("failed").inc()
        refused = isinstance(error, SMTPException) and not isinstance(error, SMTPServerDisconnected)
        raise (MailNietVerstuurd if refused else MailserverWeg) from None
    mails.labels("sent").inc()


def absolute_url(viewname: str, **kwargs: Any) -> str:
    """The absolute URL of a page, for use in a mail; never built from the host of a request."""
    return settings.SITE_URL + reverse(viewname, kwargs=kwargs)
