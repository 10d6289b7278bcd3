"""The only module that sends mail: in Dutch, as text, with links based on SITE_URL."""

import logging
from collections.abc import Mapping
from contextlib import suppress
from email.utils import parseaddr
from functools import partial
from smtplib import SMTPException, SMTPServerDisconnected
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from stsdialoog.metrics import mails

logger = logging.getLogger(__name__)


class MailNietVerstuurd(Exception):
    """The mail server could not be reached, or refused the mail."""


class MailserverWeg(MailNietVerstuurd):
    """The mail server could not be reached: another mail would not leave either."""


def send_mail(
    *,
    to: str,
    template: str,
    context: Mapping[str, Any],
    headers: Mapping[str, str] | None = None,
    html: bool = False,
) -> None:
    """Send a mail to one address.

    template: the common prefix of two template names, which end in _subject.txt and _message.txt.
    headers: beside the usual ones; with a Message-ID, that one is taken.
    html: whether there is a third template, _message.html, that says the same.
    Raises MailNietVerstuurd when the mail server refuses it or cannot be reached.
    """
    context = {**context, "site_url": settings.SITE_URL}
    # A line break in the subject would start another header.
    subject = " ".join(render_to_string(f"{template}_subject.txt", context).split())
    message = EmailMultiAlternatives(
        subject=settings.ACCOUNT_EMAIL_SUBJECT_PREFIX + subject,
        body=render_to_string(f"{template}_message.txt", context).strip() + "\n",
        to=[to],
        headers=dict(headers or {}),
    )
    if html:
        message.attach_alternative(
            render_to_string(f"{template}_message.html", context), "text/html"
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


def send_if_possible(to: str, template: str, context: Mapping[str, Any]) -> None:
    """As `send_mail`, of what stands whether it leaves or not, and is on a page too: one that did
    not leave is only logged.
    """
    with suppress(MailNietVerstuurd):
        send_mail(to=to, template=template, context=context)


def send_when_committed(to: str, template: str, context: Mapping[str, Any]) -> None:
    """As `send_if_possible`, once what it tells is certain."""
    transaction.on_commit(partial(send_if_possible, to, template, context))


def message_id(*what: object) -> str:
    """A Message-ID that is the same whenever the same mail is sent again.

    what: tells the mail apart from all others.
    """
    _, _, host = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")
    return f"<{'.'.join(map(str, what))}@{host}>"


def absolute_url(viewname: str, **kwargs: Any) -> str:
    """The absolute URL of a page, for use in a mail; never built from the host of a request."""
    return absolute(reverse(viewname, kwargs=kwargs))


def absolute(path: str) -> str:
    """The same for a path of this application, with what follows on it."""
    return f"{settings.SITE_URL}{path}"
