"""The one place that sends a mail: plain text, in Dutch, with links that start from SITE_URL."""

import logging
from collections.abc import Mapping
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

logger = logging.getLogger(__name__)


class MailNietVerstuurd(Exception):
    """The mail server did not take the mail."""


def send_mail(*, to: str, template: str, context: Mapping[str, Any]) -> None:
    """Send a mail to one address.

    template: the start of two template names, which end in _subject.txt and _message.txt.
    Raises MailNietVerstuurd when the mail server refuses it or cannot be reached.
    """
    context = {**context, "site_url": settings.SITE_URL}
    # A mail is no HTML, and a line break in a subject would be a header of its own.
    subject = " ".join(render_to_string(f"{template}_subject.txt", context).split())
    message = EmailMessage(
        subject=settings.ACCOUNT_EMAIL_SUBJECT_PREFIX + subject,
        body=render_to_string(f"{template}_message.txt", context).strip() + "\n",
        to=[to],
    )
    try:
        message.send()
    except (SMTPException, OSError) as error:
        # The error's own words hold the address: neither the log nor a traceback gets them.
        logger.error("mail %s not sent: %s", template, type(error).__name__)
        raise MailNietVerstuurd from None


def absolute_url(viewname: str, **kwargs: Any) -> str:
    """The address of a page for in a mail; never built from the host of a request."""
    return settings.SITE_URL + reverse(viewname, kwargs=kwargs)
